"""What all tests share: one database server, and copies of databases that are made once."""

import contextlib
import gc
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from databases import Databases, Server, Templates
from server_process import ServerProcess

from odoo.db import embedded, lifecycle
from odoo.modules.module import initialize_sys_path
from odoo.orm.registry import publishing
from odoo.tools import config

initialize_sys_path()

#: files and directories that take longest: they begin first, so that no process works alone at the end
LONG = [
    "addons",
    "cli/test_server.py",
    "live",
    "docs",
    "modules/test_loading.py",
    "modules/test_install_beside.py",
    "orm",
    "tools/test_probe_addon.py",
    "hosts",
    "browser",
]
#: tests that wait more than they work: one file of theirs at a time, while other processes work
WAITING = ("chaos/", "service/")

#: tests of several processes, which meet by chance what no product can do anything about (decision 0030)
ASKED_TWICE = ("browser/", "chaos/", "hosts/", "jobs/", "live/", "service/")


def pytest_collection_modifyitems(items):
    """Put the tests of :data:`LONG` before the others, and those of :data:`WAITING` among those of the browser.

    Those of :data:`ASKED_TWICE` are run again when they fail.
    """
    here = Path(__file__).parent
    paths = {item: item.path.relative_to(here).as_posix() for item in items}
    places = {path: _place(path) for path in paths.values()}
    _spread(places, LONG.index("browser"))
    items.sort(key=lambda item: places[paths[item]])
    for item, path in paths.items():
        if path.startswith(ASKED_TWICE):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _spread(places, among):
    """Give the files of :data:`WAITING` places at the same distances among those that have the place ``among``."""
    waiting = [path for path in places if path.startswith(WAITING)]
    busy = [path for path in places if places[path] == among]
    for paths in (waiting, busy):
        places |= {path: among + (number + 0.5) / len(paths) for number, path in enumerate(paths)}


def pytest_terminal_summary(terminalreporter):
    """Show why tests were asked twice, also those that passed then."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"asked twice: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


def pytest_collection_finish():
    """Spare the garbage collector the tests themselves, which live to the end."""
    gc.collect()
    gc.freeze()


def _place(path):
    return next((place for place, start in enumerate(LONG) if path.startswith(start)), len(LONG))


@pytest.fixture(scope="session", autouse=True)
def data_dir(tmp_path_factory, shared_dir):
    """Directory of the session's files, filestore and sessions, away from those of the user."""
    path = tmp_path_factory.mktemp("data")
    # what is compiled and compressed is kept by its content: all test processes need the same
    for name in ("assets", "modules"):
        (shared_dir / name).mkdir(exist_ok=True)
        (path / name).symlink_to(shared_dir / name)
    config["data_dir"] = str(path)
    return path


@pytest.fixture(scope="session", autouse=True)
def quick_hashes():
    """Hash passwords with few rounds in this process: most tests log in, and only some ask how long that takes."""
    from odoo.addons.base.models import res_users_login

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(res_users_login, "MIN_ROUNDS", 1000)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_compression():
    """Compress what is prepared in this process with little work: pages of tests do not go over slow lines."""
    from odoo.modules import asset_encodings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asset_encodings, "FIRST_QUALITY", 1)
        patch.setattr(asset_encodings, "QUALITY", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_extra_collections():
    """Do not collect all garbage with each registry that this process loads: they are hundreds, and short-lived."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "set_aside_living", lambda: None)
        yield


@pytest.fixture(scope="session")
def install_wheels(tmp_path_factory):
    """Install addons from PyPI: ``install_wheels(names, *libraries)`` returns the folder for ``PYTHONPATH``."""

    def install(names, *libraries):
        folder = tmp_path_factory.mktemp("wheels")
        distributions = [f"odoo-addon-{name.replace('_', '-')}==18.0.*" for name in names]
        # the wheels ask for the product itself, so nothing comes along by itself
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
        subprocess.run([*command, *distributions, *libraries], check=True, timeout=600)
        return folder

    return install


@pytest.fixture(scope="session")
def shared_dir(tmp_path_factory):
    """Directory of all test processes of the session."""
    base = tmp_path_factory.getbasetemp()
    path = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    path.mkdir(exist_ok=True)
    return path


@pytest.fixture(scope="session")
def db_server(data_dir, shared_dir):
    """The templates on the database server of the environment (PGHOST and the like), else on an embedded one."""
    server = Server(shared_dir)
    try:
        server.start()
        lifecycle.list_databases()
    except psycopg2.OperationalError as error:
        pytest.fail(f"no database server: {error}")
    templates = Templates(shared_dir / "templates")
    yield templates
    server.stop(templates)


@pytest.fixture(scope="session")
def databases(db_server):
    """The :class:`Databases` of this test process."""
    databases = Databases(db_server)
    yield databases
    databases.drop_all()


@pytest.fixture(scope="session")
def server_options(db_server):
    """Command line options that make a server process use the session's database server."""
    if not embedded.is_wanted():
        return [f"--db_host={os.environ['PGHOST']}"] if os.environ.get("PGHOST") else []
    parameters = embedded.connection_parameters()
    return [f"--db_host={parameters['host']}", f"--db_user={parameters['user']}"]


@pytest.fixture(scope="session")
def serve(databases, server_options, data_dir, tmp_path_factory):
    """Serve a database that is dropped afterwards: ``with serve(name, environment) as server:``.

    What it gives is a :class:`ServerProcess`; ``environment`` are more variables of it.
    """

    @contextlib.contextmanager
    def serve(name, environment=None):
        server = ServerProcess(
            name, [*server_options, f"--data-dir={data_dir}"], tmp_path_factory.mktemp("server") / "log"
        )
        server.environment = environment or {}
        server.start()
        yield server
        server.stop()
        databases.drop(name)

    return serve


@pytest.fixture(scope="session")
def sale_server(databases, serve):
    """A running :class:`ServerProcess` with sales and demo data; its tests may change the data."""
    with serve(databases.copy("sale", demo=True)) as server:
        yield server
