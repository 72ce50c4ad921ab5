"""What the tests of the ORM share."""

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.orm.model_class import build_model


@pytest.fixture
def setup(databases):
    """Function that adds model definitions to a registry and sets it up; the registry is put right afterwards."""
    registry = Registry(databases.template("test_orm"))
    before = {name: model._BaseModel__base_classes for name, model in registry.models.items()}
    with registry.cursor() as cr:

        def add(*definitions):
            for definition in definitions:
                build_model(definition, registry)
            registry.setup_models(cr)
            return api.Environment(cr, SUPERUSER_ID, {})

        yield add
        for name in set(registry.models) - set(before):
            del registry[name]
        for name, bases in before.items():
            registry[name]._BaseModel__base_classes = bases
        registry.setup_models(cr)
        cr.rollback()
    registry.reset_changes()
    Registry.delete(registry.db_name)
