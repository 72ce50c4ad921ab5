"""A database with the web client's server side, and clients that talk to the WSGI application without a network."""

import os

import pytest
from web_client import WebClient, forget_failures

from odoo.http import root
from odoo.tools import config


@pytest.fixture(scope="session")
def database(request, data_dir):
    """Name of a database with base and web; an existing one, with its files, when `HTTP_TEST_DB` names it."""
    name, databases = os.environ.get("HTTP_TEST_DB"), None
    if name:
        config["data_dir"] = os.environ.get("HTTP_TEST_DATA_DIR") or config["data_dir"]
    else:
        databases = request.getfixturevalue("databases")
        name = databases.copy("web")
    yield name
    if databases:
        databases.drop(name)


@pytest.fixture(autouse=True)
def served(request, monkeypatch):
    """Have the server serve the database of the tests, and no other."""
    if "database" in request.fixturenames:
        monkeypatch.setitem(config.options, "db_name", request.getfixturevalue("database"))


@pytest.fixture
def visitor(database):
    """A client that is not logged in."""
    forget_failures(database)
    return WebClient(root)


@pytest.fixture
def admin(visitor, database):
    """A client logged in as the administrator."""
    answer = visitor.fresh()
    result = answer.authenticate(database, "admin", "admin").json
    assert "error" not in result, result["error"]
    return answer
