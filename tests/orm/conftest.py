"""What the tests of the ORM share."""

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.orm.model_class import build_model


@pytest.fixture
def setup(databases):
    """Function that adds model definitions to a registry of the test's own and sets it up."""
    registry = Registry(databases.template("test_orm"))
    with registry.cursor() as cr:

        def add(*definitions):
            for definition in definitions:
                build_model(definition, registry)
            registry.setup_models(cr)
            return api.Environment(cr, SUPERUSER_ID, {})

        yield add
        cr.rollback()
    registry.reset_changes()
    Registry.delete(registry.db_name)
