"""Plugin of pytest for the tests of addons: ``pytest --odoo-db`` runs them in a database with the addons installed.

Without the option it does nothing, so that it may be installed beside the tests of other projects.
"""

import pytest

_KEY = pytest.StashKey()


def pytest_addoption(parser):
    """Declare the options of the plugin."""
    group = parser.getgroup("odoo", "tests of addons")
    group.addoption(
        "--odoo-db",
        nargs="?",
        const="",
        default=None,
        metavar="NAME",
        help="run tests of addons in this database; without a name in one of their own, copied from a template that "
        "has the addons installed and is kept until their files change",
    )
    group.addoption(
        "--odoo-options",
        default="",
        metavar="OPTIONS",
        help="options of odoo-bin, for example '--addons-path=... --db_host=...'; beside those of the ini file",
    )
    parser.addini("odoo_options", "options of odoo-bin for tests of addons", default="")


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """Configure the server when tests of addons are asked for."""
    if config.option.odoo_db is None:
        return
    from odoo.tests.pytest_session import AddonSession

    options = f"{config.getini('odoo_options')} {config.option.odoo_options}"
    session = config.stash[_KEY] = AddonSession(config.option.odoo_db, options, config.args)
    session.configure()


def _session(config):
    return config.stash.get(_KEY, None)


def pytest_collect_directory(path, parent):
    """Make directories of addons plain directories: Python packages have other names for the server."""
    session = _session(parent.config)
    return pytest.Dir.from_parent(parent, path=path) if session and session.addon_of(path) else None


def pytest_pycollect_makemodule(module_path, parent):
    """Import test files of addons under the names that the server knows."""
    session = _session(parent.config)
    return session.make_module(module_path, parent) if session and session.addon_of(module_path) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Give tests their tags as markers, and leave those out that are not run by default."""
    if session := _session(config):
        session.choose(config, items)


@pytest.fixture(scope="session")
def odoo_registry(request):
    """The registry of the database of the tests, which is made first if need be."""
    session = _session(request.config)
    if session is None:
        pytest.skip("tests of addons need a database: --odoo-db")
    try:
        yield session.open(request.session.items)
    finally:
        session.close()


@pytest.fixture(autouse=True, scope="session")
def _odoo_database(request):
    """Have a database before the first test of an addon sets its class up."""
    session = _session(request.config)
    if session is not None and session.addons(request.session.items):
        request.getfixturevalue("odoo_registry")


@pytest.fixture
def env(odoo_registry):
    """An environment of the superuser; what a test does in it is undone."""
    from odoo.api import SUPERUSER_ID, Environment

    cr = odoo_registry.cursor()
    yield Environment(cr, SUPERUSER_ID, {})
    cr.close()
