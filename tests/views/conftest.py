"""An environment on a database with base, rolled back after each test."""

import pytest

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry


@pytest.fixture
def env(databases):
    """Environment of the superuser; nothing a test does stays."""
    registry = Registry(databases.template("base"))
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        yield env
        cr.rollback()
    registry.clear_all_caches()


@pytest.fixture
def make_view(env):
    """A function that creates a view of res.partner."""

    def make(arch, model="res.partner", **values):
        return env["ir.ui.view"].create({"name": "test view", "model": model, "arch": arch, **values})

    return make


@pytest.fixture
def employee(env):
    """An ordinary internal user."""
    return env["res.users"].create(
        {"name": "Employee", "login": "employee", "groups_id": [(6, 0, [env.ref("base.group_user").id])]}
    )
