"""Addons written to a temporary directory."""

import contextlib
import io
import sys
import textwrap

import pytest

import odoo.addons
from odoo.modules.manifest import clear_manifest_cache


class AddonsDirectory:
    """A directory of addons on the path of ``odoo.addons``."""

    def __init__(self, path):
        self.path = path

    def write(self, module, files, **manifest):
        """Write a module: its manifest from keywords, its files from ``{relative path: text}``."""
        root = self.path / module
        root.mkdir(parents=True, exist_ok=True)
        values = {"name": module, "license": "LGPL-3", "version": "1.0", **manifest}
        (root / "__manifest__.py").write_text(repr(values))
        for name, text in {"__init__.py": "", **files}.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(textwrap.dedent(text))
        clear_manifest_cache()
        return root


@pytest.fixture
def addons(tmp_path, monkeypatch):
    """An empty addons directory, forgotten after the test."""
    directory = AddonsDirectory(tmp_path / "addons")
    directory.path.mkdir()
    monkeypatch.setattr(odoo.addons, "__path__", [*odoo.addons.__path__, str(directory.path)])
    clear_manifest_cache()
    yield directory
    clear_manifest_cache()
    for name in [name for name in sys.modules if name.startswith("odoo.addons.")]:
        origin = getattr(sys.modules[name], "__file__", None) or ""
        if origin.startswith(str(directory.path)):
            del sys.modules[name]


@pytest.fixture
def database(databases):
    """Name of a database of the test's own, with nothing but the module base and what installs itself along."""
    name = databases.copy("base")
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def registry(databases):
    """The registry of the database with the module base."""
    from odoo.modules.registry import Registry

    return Registry(databases.template("base"))


@pytest.fixture
def env(registry):
    """An environment of the superuser whose changes are rolled back."""
    from odoo.orm.environment import SUPERUSER_ID, Environment

    with contextlib.closing(registry.cursor()) as cr:
        yield Environment(cr, SUPERUSER_ID, {})
        cr.rollback()
    registry.clear_all_caches()


@pytest.fixture
def load(env):
    """A function that loads the text of an XML file as module alpha."""
    from odoo.modules.data import convert_xml_import

    def load(text, mode="init", noupdate=False, idref=None):
        file = io.BytesIO(text.encode())
        file.name = "alpha/data.xml"
        convert_xml_import(env, "alpha", file, {} if idref is None else idref, mode, noupdate)
        env.flush_all()

    return load


class Server:
    """A database and what one does with its modules."""

    def __init__(self, database):
        self.database = database

    def load(self, init=(), update=(), **options):
        """Build the registry anew, as the server does with the options ``-i`` and ``-u``."""
        from odoo.modules.install_request import InstallRequest
        from odoo.modules.registry import Registry

        request = InstallRequest.of(init, update)
        return Registry.new(self.database, update_module=bool(request), request=request, **options)

    @contextlib.contextmanager
    def env(self):
        """An environment of the superuser, committed at the end."""
        from odoo.modules.registry import Registry
        from odoo.orm.environment import SUPERUSER_ID, Environment

        with Registry(self.database).cursor() as cr:
            yield Environment(cr, SUPERUSER_ID, {})

    def query(self, query, params=()):
        """Return the rows of a query on a fresh connection."""
        from odoo import sql_db

        with sql_db.db_connect(self.database).cursor() as cr:
            cr.execute(query, params)
            return cr.fetchall()

    def states(self, *names):
        """Return the states of modules by name."""
        return dict(self.query("SELECT name, state FROM ir_module_module WHERE name = ANY(%s)", [list(names)]))

    def touched(self, *names):
        """Return those of some modules that are installed or marked."""
        return {name for name, state in self.states(*names).items() if state != "uninstalled"}


@pytest.fixture
def server(addons, database):
    """A server on a database of the test's own and an addons directory."""
    return Server(database)
