"""A database with users of every kind, and a client for each of them."""

import pytest
from web_client import WebClient, forget_failures

from odoo import SUPERUSER_ID, api
from odoo.http import root
from odoo.modules.registry import Registry
from odoo.tools import config

PASSWORD = "correct horse"


@pytest.fixture(scope="package")
def database(databases):
    """Name of a database with base and web, an employee ``clerk`` and an outsider ``guest``."""
    name = databases.copy("web")
    with Registry(name).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        for login, group in (("clerk", "base.group_user"), ("guest", "base.group_portal")):
            env["res.users"].create(
                {
                    "name": login.title(),
                    "login": login,
                    "password": PASSWORD,
                    "groups_id": [(6, 0, env.ref(group).ids)],
                }
            )
    yield name
    databases.drop(name)


@pytest.fixture(autouse=True)
def served(request, monkeypatch):
    """Have the server serve the database of the tests, and no other."""
    if "database" in request.fixturenames:
        monkeypatch.setitem(config.options, "db_name", request.getfixturevalue("database"))


@pytest.fixture
def env(database):
    """The superuser's environment, in a transaction that is rolled back."""
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
        cr.rollback()


@pytest.fixture
def visitor(database):
    """A client that is not logged in."""
    forget_failures(database)
    return WebClient(root)


def _logged_in(database, visitor, login, password=PASSWORD):
    client = visitor.fresh()
    answer = client.authenticate(database, login, password).json
    assert "error" not in answer, answer["error"]
    client.uid, client.password = answer["result"]["uid"], password
    return client


@pytest.fixture
def admin(database, visitor):
    """A client of the administrator."""
    return _logged_in(database, visitor, "admin", "admin")


@pytest.fixture
def clerk(database, visitor):
    """A client of an employee without any further rights."""
    return _logged_in(database, visitor, "clerk")


@pytest.fixture
def guest(database, visitor):
    """A client of a user of the portal."""
    return _logged_in(database, visitor, "guest")
