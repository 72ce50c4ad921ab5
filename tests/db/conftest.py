"""A throwaway database of its own for each test module."""

import uuid

import pytest

from odoo import sql_db
from odoo.db import lifecycle


@pytest.fixture(scope="module")
def dbname(db_server):
    """Name of an empty database, dropped at the end."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    lifecycle.create(name)
    yield name
    sql_db.close_db(name)
    lifecycle.drop(name)


@pytest.fixture
def connection(dbname):
    """The :class:`odoo.sql_db.Connection` to that database."""
    return sql_db.db_connect(dbname)


@pytest.fixture
def cr(connection):
    """A cursor whose work is undone."""
    cursor = connection.cursor()
    yield cursor
    cursor.close()
