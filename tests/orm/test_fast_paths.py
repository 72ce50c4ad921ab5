"""Every fast path of the ORM gives what its slow path gives: in random programs, and value by value."""

import os
import sys
from functools import lru_cache

import pytest
from hypothesis import given, settings

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db

from .plays import Play, without_order
from .programs import SETTINGS, operations
from .slow_paths import SLOW, Slowly

#: programs for each fast path; set RANDOM_PROGRAMS to run more
EXAMPLES = int(os.environ.get("RANDOM_PROGRAMS", "2"))
#: what every program begins with
START = [
    ("create", 0, 0, 1),
    ("create", 1, 1, 2),
    ("create", 2, 1, 3),
    ("create", 3, 3, 5),
    ("create_order", 0, 3, 7),
    ("create", 11, 0, 11),
    ("create", 10, 3, 3),
    ("create", 6, 1, 3),
    ("create_many", 0, 0, 3),
    ("tree", 0, 1, 0),
    ("pay", 0, 0, 5),
    ("links", 0, 1, 1),
    ("rename", 0, 0, 3),
    ("group", 0, 0, 1),
    ("web", 0, 0, 0),
    ("export", 0, 0, 0),
]


@pytest.fixture(scope="module")
def world(databases):
    """A cursor on a database with a second language, company and user; everything is undone at the end."""
    name = databases.template("test_orm")
    cr = Registry(name).cursor()
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.lang"]._activate_lang("fr_FR")
    second = env["res.company"].create({"name": "Second"})
    env["res.currency"].with_context(active_test=False).search([("name", "in", ("EUR", "JPY"))]).active = True
    groups = env.ref("base.group_user") + env.ref("test_orm.group_reader")
    env["res.users"].create(
        {
            "name": "Player",
            "login": "player",
            "groups_id": [Command.set(groups.ids)],
            "company_ids": [Command.set([env.company.id, second.id])],
        }
    )
    env.flush_all()
    yield cr
    cr.rollback()
    cr.close()
    close_db(name)


@pytest.fixture(scope="module", autouse=True)
def short_fetches(world):
    """Fetch few records together, as programs make few."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("odoo.orm.") and hasattr(module, "PREFETCH_MAX"):
                patch.setattr(module, "PREFETCH_MAX", 3)
        yield


@pytest.fixture(scope="module")
def played(world):
    """Function that returns what a program sees the fast way."""
    return lru_cache(maxsize=1000)(lambda steps, hidden: play(world, steps, hidden))


def play(cr, steps, hidden):
    """Run a program in a savepoint that is undone, and return what it saw but for the ``hidden`` fields."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    try:
        with cr.savepoint(flush=False) as savepoint:
            run = Play(env, hidden)
            for name, *arguments in (*START, *steps):
                getattr(run, name)(*arguments)
            run.check()
            savepoint.rollback()
    finally:
        env.clear()
    return run.seen


@pytest.mark.parametrize("name", SLOW)
def test_slow_path(world, played, name):
    slowly = Slowly(name, pytest.MonkeyPatch(), Registry(world.dbname))

    @settings(SETTINGS, max_examples=EXAMPLES)
    @given(steps=operations(Play, 8, 24))
    def compare(steps):
        fast = played(tuple(steps), slowly.hidden)
        with slowly:
            found = play(world, steps, slowly.hidden)
        for one, other in zip(fast, found, strict=True):
            assert one == other or (not slowly.same_order and without_order(one) == without_order(other))

    compare()
    assert slowly.taken
