"""A database server of the tests with a replica that follows it."""

import contextlib
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from odoo.db import embedded

#: what differs from the settings of the embedded server
SETTINGS = {
    "wal_level": "replica",
    "max_wal_senders": 4,
    "shared_buffers": "64MB",
    "max_connections": 60,
    "fsync": "off",
    "wal_retrieve_retry_interval": "100ms",
}


class Cluster:
    """A PostgreSQL cluster that is removed in the end.

    :param location: where it is to be
    """

    def __init__(self, location):
        self._server = embedded.EmbeddedServer(location)
        self.start()

    @property
    def host(self):
        """Directory of its socket."""
        return str(self._server.socket_dir)

    @property
    def programs(self):
        """Directory of its programs."""
        return self._server.bin_dir

    def start(self):
        """Start the server."""
        ours = {**embedded._settings(), **SETTINGS}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(embedded, "_settings", lambda: ours)
            self._server.acquire()

    def stop(self):
        """Stop the server."""
        self._server.release()

    def replicate(self):
        """Return a new cluster that follows this one."""
        source = self._server
        target = source.cluster.with_name(f"{source.cluster.name}-replica")
        target.mkdir(mode=0o700)
        source.account.own(target)
        options = ["-X", "stream", "-c", "fast", "--no-sync", "-R"]
        source._run("pg_basebackup", "-h", self.host, "-U", embedded.SUPERUSER, "-D", str(target), *options)
        # the backup takes the socket's lock for a file like others
        for path in target.glob(".s.PGSQL.*"):
            path.unlink()
        return Cluster(target)

    def copy_from(self, dbname, parameters, name):
        """Make a database as the copy of one of another server."""
        self.ask("postgres", f'CREATE DATABASE "{name}" TEMPLATE template0')
        source = ["-h", parameters["host"], "-U", parameters["user"], dbname]
        dump = subprocess.Popen([self.programs / "pg_dump", *source], stdout=subprocess.PIPE)
        target = ["-h", self.host, "-U", embedded.SUPERUSER, "-q", "-1", "-v", "ON_ERROR_STOP=1", name]
        subprocess.run([self.programs / "psql", *target], stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        assert dump.wait() == 0

    def ask(self, dbname, statement, *params):
        """Return the rows of a statement that is committed at once."""
        connection = psycopg2.connect(host=self.host, user=embedded.SUPERUSER, dbname=dbname)
        connection.autocommit = True
        with closing(connection), connection.cursor() as cr:
            cr.execute(statement, params)
            return cr.fetchall() if cr.description else []

    def remove(self):
        """Stop the server and remove its files."""
        self.stop()
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self._server.cluster)
        for kind in ("lock", "start.lock"):
            Path(f"{self._server.location}.{kind}").unlink(missing_ok=True)
