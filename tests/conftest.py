"""What all tests share: one database server, and template databases that are made once and copied."""

import contextlib
import os
import shutil
import uuid
from pathlib import Path

import psycopg2
import pytest
from server_process import ServerProcess

from odoo import sql_db
from odoo.db import embedded, lifecycle
from odoo.modules.install_request import InstallRequest
from odoo.modules.module import initialize_sys_path
from odoo.modules.registry import Registry
from odoo.tools import config

initialize_sys_path()

#: files and directories that take longest: they begin first, so that no process works alone at the end
LONG = [
    "service/test_slow_clients.py",
    "cli/test_server.py",
    "live",
    "addons",
    "modules/test_loading.py",
    "docs",
    "browser",
]


def pytest_collection_modifyitems(items):
    """Put the tests of :data:`LONG` before the others."""
    here = Path(__file__).parent
    items.sort(key=lambda item: _place(item.path.relative_to(here).as_posix()))


def _place(path):
    return next((place for place, start in enumerate(LONG) if path.startswith(start)), len(LONG))


@pytest.fixture(scope="session", autouse=True)
def data_dir(tmp_path_factory):
    """Directory of the session's files, filestore and sessions, away from those of the user."""
    path = tmp_path_factory.mktemp("data")
    config["data_dir"] = str(path)
    return path


@pytest.fixture(scope="session", autouse=True)
def quick_hashes():
    """Hash passwords with few rounds in this process: most tests log in, and only some ask how long that takes."""
    from odoo.addons.base.models import res_users_login

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(res_users_login, "MIN_ROUNDS", 1000)
        yield


@pytest.fixture(scope="session")
def db_server(data_dir):
    """The database server of the environment (PGHOST and the like), else an embedded one of the test session."""
    try:
        lifecycle.list_databases()
    except psycopg2.OperationalError as error:
        pytest.fail(f"no database server: {error}")
    if embedded.is_wanted():
        _do_not_wait_for_the_disk()
    yield
    sql_db.close_all()
    if embedded.is_wanted():
        embedded.release()
        shutil.rmtree((Path(config["data_dir"]) / "postgres").resolve())


def _execute_on_server(*statements):
    """Execute statements outside of a transaction, in no particular database."""
    connection = psycopg2.connect(dbname="postgres", **embedded.connection_parameters())
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cr:
        for statement in statements:
            cr.execute(statement)


def _do_not_wait_for_the_disk():
    """Have the embedded server of the tests write without waiting: its databases need not survive a power cut."""
    names = ("fsync", "full_page_writes", "synchronous_commit")
    _execute_on_server(*(f"ALTER SYSTEM SET {name} = off" for name in names), "SELECT pg_reload_conf()")


class Databases:
    """Databases of the session: templates with modules installed, and copies of them."""

    def __init__(self):
        self._templates: dict = {}
        self._failed: dict = {}
        self._made: list = []

    def template(self, *modules, demo=False):
        """Return the name of a database with ``modules`` installed, made at the first call; not to be changed."""
        key = (frozenset(modules), demo)
        if key in self._failed:
            pytest.fail(f"the installation of {', '.join(modules)} failed before: {self._failed[key]}")
        if key not in self._templates:
            name = self._new_name("template")
            base = self._smaller_template(key)
            if base:
                self._duplicate(base, name)
            else:
                lifecycle.create(name)
            self._made.append(name)
            try:
                self._install(name, modules, demo)
            except Exception as error:
                self._failed[key] = error
                raise
            self._templates[key] = name
        return self._templates[key]

    def _smaller_template(self, key):
        """Return the template that has most of the wanted modules and nothing else."""
        modules, demo = key
        candidates = [
            (len(other), name)
            for (other, other_demo), name in self._templates.items()
            if other < modules and other_demo == demo
        ]
        return max(candidates)[1] if candidates else None

    @staticmethod
    def _install(name, modules, demo):
        request = InstallRequest.of(init=("base", *modules), without_demo=() if demo else ["all"])
        Registry.new(name, force_demo=demo, update_module=True, request=request)

    @staticmethod
    def _new_name(kind):
        return f"test_{kind}_{uuid.uuid4().hex[:10]}"

    @staticmethod
    def _duplicate(source, name):
        sql_db.close_db(source)
        if not embedded.is_wanted():
            lifecycle.duplicate(source, name)
            return
        # as lifecycle.duplicate() does it, but file by file: quicker where nobody waits for the disk
        _execute_on_server(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy')
        if Path(config.filestore(source)).exists():
            shutil.copytree(config.filestore(source), config.filestore(name))

    def copy(self, *modules, demo=False):
        """Return the name of a new database with ``modules`` installed; to be dropped by :meth:`drop`."""
        name = self._new_name("copy")
        self._duplicate(self.template(*modules, demo=demo), name)
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


@pytest.fixture(scope="session")
def databases(db_server):
    """The session's :class:`Databases`."""
    databases = Databases()
    yield databases
    databases.drop_all()


@pytest.fixture(scope="session")
def server_options():
    """Command line options that make a server process use the session's database server."""
    if not embedded.is_wanted():
        return [f"--db_host={os.environ['PGHOST']}"] if os.environ.get("PGHOST") else []
    parameters = embedded.connection_parameters()
    return [f"--db_host={parameters['host']}", f"--db_user={parameters['user']}"]


@pytest.fixture(scope="session")
def sale_server(databases, server_options, data_dir, tmp_path_factory):
    """A running :class:`ServerProcess` with sales and demo data; its tests may change the data."""
    server = ServerProcess(
        databases.copy("sale", demo=True),
        [*server_options, f"--data-dir={data_dir}"],
        tmp_path_factory.mktemp("server") / "log",
    )
    server.start()
    yield server
    server.stop()
    databases.drop(server.db)
