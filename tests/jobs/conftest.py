"""A database whose jobs the tests run themselves."""

import contextlib

import pytest

from odoo import sql_db
from odoo.modules.registry import Registry
from odoo.orm.environment import SUPERUSER_ID, Environment
from odoo.sql import SQL


@pytest.fixture(scope="module")
def job_database(databases):
    """Name of a database of the file's own: servers of other tests do not find it, and leave its jobs alone."""
    name = databases.copy("base")
    set_template(name, True)
    yield name
    set_template(name, False)
    databases.drop(name)


def set_template(name, wanted):
    """Have a database be one that servers do not list, or one that they do."""
    with sql_db.db_connect("postgres").cursor() as cr:
        cr.execute(SQL("ALTER DATABASE %s IS_TEMPLATE %s", SQL.identifier(name), SQL("true" if wanted else "false")))


class Bench:
    """What a test of jobs works with.

    :param str db_name: name of the database
    """

    def __init__(self, db_name):
        self.db_name = db_name
        self.registry = Registry(db_name)

    @contextlib.contextmanager
    def env(self, uid=SUPERUSER_ID, context=None):
        """An environment whose changes are committed at the end of the block."""
        with self.registry.cursor() as cr:
            yield Environment(cr, uid, context or {})

    def query(self, statement, params=()):
        """Return the rows of a query in a transaction of its own; what it changes is committed."""
        with self.registry.cursor() as cr:
            cr.execute(statement, params)
            return cr.fetchall() if cr.description else None

    def states(self):
        """Return ``{name: state}`` of all jobs."""
        return dict(self.query("SELECT name, state FROM ir_job"))


@pytest.fixture
def bench(job_database):
    """The database, without jobs."""
    bench = Bench(job_database)
    bench.query("DELETE FROM ir_job")
    bench.query("DELETE FROM ir_job_worker")
    bench.query("DELETE FROM ir_job_channel WHERE name <> 'default'")
    bench.query("DELETE FROM res_partner_category")
    bench.registry.clear_all_caches()
    return bench


@pytest.fixture
def work(bench):
    """A function that gives the contact tags a method, and takes it from them after the test."""
    model = bench.registry["res.partner.category"]
    names = []

    def define(function, name="_work"):
        setattr(model, name, function)
        names.append(name)

    yield define
    for name in set(names):
        delattr(model, name)
