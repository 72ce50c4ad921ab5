"""A server in a process of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg2
import pytest

from odoo.db import embedded
from odoo.tools import config

ROOT = Path(__file__).parents[1]
START_TIMEOUT = 60


def free_port() -> int:
    """Return a TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServerProcess:
    """``odoo-bin`` serving one database."""

    host = "127.0.0.1"
    login = password = "admin"
    #: what the command begins with, and variables of its environment
    prefix: tuple = ()
    environment: dict = {}

    def __init__(self, db, options, log):
        self.db = db
        self.port = free_port()
        self.url = f"http://{self.host}:{self.port}"
        self._options = options
        #: file that it writes to
        self.log = log
        self.process = None

    def start(self):
        """Start the server and wait until it answers."""
        command = [
            *self.prefix,
            sys.executable,
            str(ROOT / "odoo-bin"),
            "-d",
            self.db,
            f"--http-port={self.port}",
            f"--http-interface={self.host}",
            *self._options,
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
                env={**os.environ, **self.environment},
            )
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{self.url}/web/health", timeout=5)
                return self
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server does not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def kill(self):
        """Kill all its processes at once, without a chance to finish anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Stop the server in an orderly way."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def query(self, statement, params=()):
        """Return the rows of a query made beside the server."""
        parameters = embedded.connection_parameters() if embedded.is_wanted() else {}
        connection = psycopg2.connect(dbname=self.db, **parameters)
        try:
            with connection, connection.cursor() as cr:
                cr.execute(statement, params)
                return cr.fetchall()
        finally:
            connection.close()


@contextlib.contextmanager
def own_server(db, modules="", *, data_dir=None, options=(), serving=()):
    """Serve a database on the embedded PostgreSQL of a directory: what measures, and looks at pages, works with it.

    :param str db: its name
    :param str modules: what is installed first, names joined by commas; nothing when empty
    :param data_dir: directory with the database; a temporary one when None
    :param options: more options of the server
    :param serving: options of it when it serves only
    :return: context manager of the :class:`ServerProcess`
    """
    with contextlib.ExitStack() as stack:
        data_dir = data_dir or stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{db}-"))
        config.parse_config([f"--data-dir={data_dir}"])
        stack.callback(embedded.release)
        if embedded.is_wanted():
            embedded.acquire()
        arguments = [f"--data-dir={data_dir}", "--max-cron-threads=0", "--log-level=warn", *options]
        if modules:
            install = [sys.executable, str(ROOT / "odoo-bin"), "-d", db, "-i", modules]
            subprocess.run([*install, *arguments, "--no-http", "--stop-after-init"], check=True)
        server = ServerProcess(db, [*arguments, *serving], Path(data_dir) / f"{db}.log")
        stack.callback(server.stop)
        server.start()
        yield server
