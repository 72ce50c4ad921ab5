"""Databases for tests: templates that are made once for all test processes, and copies of them."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
import uuid
from pathlib import Path

import psutil
import psycopg2
import pytest

from odoo import sql_db
from odoo.db import embedded, lifecycle
from odoo.db.postmaster import Postmaster
from odoo.db.system_account import owner_account, service_account
from odoo.modules.install_request import InstallRequest
from odoo.modules.registry import Registry
from odoo.tools import config

#: files in memory, for clusters: to copy a database there takes a tenth of what a disk's file system takes
MEMORY = Path("/dev/shm")
#: bytes that have to be free there, and in memory at all
ROOM, MEMORY_LEFT = 3 * 2**30, 6 * 2**30
#: seconds after which a cluster there whose server is gone was left by a run that was killed
LEFT_BEHIND = 3600
#: what an embedded server keeps beside its cluster
LOCKS = ("postgres.lock", "postgres.start.lock")


#: names of this checkout's addons, but for base and those that are there for tests
ADDONS = sorted(path.parent.name for path in Path(__file__).parents[1].glob("addons/*/__manifest__.py"))


@contextlib.contextmanager
def locked(path):
    """Keep the other test processes out of what is done in the block."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Server:
    """The database server of the tests: that of the environment, or an embedded one of all test processes.

    :param Path shared: directory of all test processes
    """

    def __init__(self, shared):
        self.shared = shared
        self.is_ours = embedded.is_wanted()

    def start(self):
        """Start the server, or count this process as one that uses it."""
        with locked(self.shared / "server.lock"):
            self._users = (self.shared / "users.lock").open("w")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            if self.is_ours:
                self._lead_to_shared(Path(config["data_dir"]))
                self._do_not_wait_for_the_disk()

    def _lead_to_shared(self, base):
        """Make the cluster of all test processes that of the data directory ``base``, too."""
        if not (self.shared / "postgres").is_symlink():
            self._put_in_memory(self.shared / "postgres")
        server = embedded.EmbeddedServer(self.shared / "postgres")
        server.acquire()
        (base / "postgres").symlink_to(server.cluster)
        for name in LOCKS:
            (base / name).symlink_to(self.shared / name)
        embedded.acquire()
        server.release()

    @staticmethod
    def _put_in_memory(location):
        """Have the cluster at ``location`` in memory, where there is room for it."""
        for left in MEMORY.glob("quoin-tests-*"):
            is_old = left.is_dir() and time.time() - left.stat().st_mtime > LEFT_BEHIND
            if is_old and not Postmaster(left).is_alive():
                shutil.rmtree(left)
        has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
        if not has_room or psutil.virtual_memory().available < MEMORY_LEFT:
            return
        cluster = Path(tempfile.mkdtemp(prefix="quoin-tests-", dir=MEMORY))
        account = service_account() if os.geteuid() == 0 else owner_account()
        account.own(cluster)
        location.symlink_to(cluster)

    @staticmethod
    def _do_not_wait_for_the_disk():
        """Have the server write without waiting: its databases need not survive a power cut."""
        names = ("fsync", "full_page_writes", "synchronous_commit")
        execute(*(f"ALTER SYSTEM SET {name} = off" for name in names), "SELECT pg_reload_conf()")

    def stop(self, templates=None):
        """Stop using the server; the last test process removes what is left on it.

        :param Templates templates: those of all test processes, if any
        """
        sql_db.close_all()
        with locked(self.shared / "server.lock"):
            is_last = self._is_last()
            self._users.close()
            if is_last and templates:
                templates.drop_all()
            if self.is_ours:
                cluster = (Path(config["data_dir"]) / "postgres").resolve()
                embedded.release()
                if is_last:
                    shutil.rmtree(cluster)
                    if (self.shared / "postgres").is_symlink():
                        (self.shared / "postgres").unlink()

    def _is_last(self):
        """Tell whether no other test process uses the server."""
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def execute(*statements):
    """Execute statements outside of a transaction, in no particular database of the embedded server."""
    connection = psycopg2.connect(dbname="postgres", **embedded.connection_parameters())
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cr:
        for statement in statements:
            cr.execute(statement)


def duplicate(source, name):
    """Copy a database that nobody uses, with its files."""
    sql_db.close_db(source)
    if not embedded.is_wanted():
        lifecycle.duplicate(source, name)
        return
    # as lifecycle.duplicate() does it, but file by file: quicker where nobody waits for the disk
    execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy')
    if Path(config.filestore(source)).exists():
        shutil.copytree(config.filestore(source), config.filestore(name))


class Templates:
    """Databases with modules installed that nobody uses, each made by the first test process that needs it.

    For each there is a file in ``directory``: what the database is called, and which modules it has.
    """

    def __init__(self, directory):
        self._directory = directory
        directory.mkdir(exist_ok=True)

    def get(self, modules, demo):
        """Return the name of the template with ``modules`` (a set of names) installed, and make it if need be."""
        modules = set(modules) - {"base"}
        key = " ".join(sorted(modules)) + (" demo" if demo else "")
        note = self._directory / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
        with locked(note.with_suffix(".lock")):
            if not note.exists():
                unfinished = note.with_suffix(".new")
                unfinished.write_text(json.dumps(self._make(modules, demo)))
                unfinished.rename(note)
            found = json.loads(note.read_text())
        if found["error"]:
            pytest.fail(f"the installation of {', '.join(modules)} failed: {found['error']}")
        self._fetch_files(found["name"], Path(found["filestore"]))
        return found["name"]

    def _make(self, modules, demo):
        """Make a template and return its note; nobody is connected to it then."""
        name = new_name("template")
        if modules:
            # the addon base is installed once for all of them
            self.get((), demo)
            base = self._smaller(modules, demo)
            self._fetch_files(base["name"], Path(base["filestore"]))
            duplicate(base["name"], name)
        else:
            lifecycle.create(name)
        error = ""
        try:
            request = InstallRequest.of(init=("base", *modules), without_demo=() if demo else ["all"])
            Registry.new(name, force_demo=demo, update_module=True, request=request)
        except Exception as failure:
            error = repr(failure)
        Registry.delete(name)
        sql_db.close_db(name)
        filestore = str(config.filestore(name))
        return {"name": name, "modules": sorted(modules), "demo": demo, "filestore": filestore, "error": error}

    def _smaller(self, modules, demo):
        """Return the note on the template that has most of the wanted modules and nothing else."""
        fitting = [
            note
            for note in self._notes()
            if set(note["modules"]) < modules and note["demo"] == demo and not note["error"]
        ]
        return max(fitting, key=lambda note: len(note["modules"]))

    def _notes(self):
        """Return what is known of each template that is finished."""
        return [json.loads(path.read_text()) for path in self._directory.glob("*.json")]

    def drop_all(self):
        """Drop every template."""
        for note in self._notes():
            lifecycle.drop(note["name"])
        shutil.rmtree(self._directory)

    @staticmethod
    def _fetch_files(name, filestore):
        """Have the files of a template in this process's data directory, as if it had been made there."""
        own = Path(config.filestore(name))
        if filestore.exists() and not own.exists():
            shutil.copytree(filestore, own)


class Databases:
    """Databases of the test process: copies of :class:`Templates`.

    :param Templates templates: those of all test processes
    """

    def __init__(self, templates):
        self._templates = templates
        self._kept: dict = {}
        self._made: list = []

    def template(self, *modules, demo=False):
        """Return the name of a database with ``modules`` installed, the same at each call; not to be changed."""
        key = (frozenset(modules) - {"base"}, demo)
        if key not in self._kept:
            self._kept[key] = self.copy(*modules, demo=demo)
        return self._kept[key]

    def copy(self, *modules, demo=False):
        """Return the name of a new database with ``modules`` installed; to be dropped by :meth:`drop`."""
        name = new_name("copy")
        duplicate(self._templates.get(modules, demo), name)
        self._made.append(name)
        return name

    def drop(self, name):
        """Drop a database of :meth:`copy`."""
        Registry.delete(name)
        sql_db.close_db(name)
        lifecycle.drop(name)
        self._made.remove(name)

    def drop_all(self):
        """Drop every database that is left."""
        for name in list(self._made):
            self.drop(name)


def new_name(kind):
    """Return the name of a database that does not exist yet."""
    return f"test_{kind}_{uuid.uuid4().hex[:10]}"
