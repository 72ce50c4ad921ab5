"""A database with the sample models, and an environment whose work is undone after each test."""

import importlib
import uuid

import pytest

from odoo import SUPERUSER_ID, api, sql_db
from odoo.db import lifecycle
from odoo.orm.model_class import MetaModel, build_model
from odoo.orm.registry import Registry

from . import sample_models

DATA_METHODS = [
    f"odoo.addons.web.models.{name}" for name in ("models", "onchange", "progressbar", "saving", "searchpanel")
]


@pytest.fixture(scope="session")
def sample_db(db_server):
    """Name of a database with tables for the sample models."""
    name = f"test_query_{uuid.uuid4().hex[:8]}"
    lifecycle.create(name)
    registry = object.__new__(Registry)
    registry.init(name)
    Registry.registries[name] = registry
    with registry.cursor() as cr:
        names = list(registry.load(cr, sample_models.MODULE))
        # the data methods of the web client, without the rest of their module
        importlib.import_module("odoo.addons.web.models")
        for definition in MetaModel.module_to_models["web"]:
            if definition.__module__ in DATA_METHODS:
                build_model(definition, registry)
        registry.setup_models(cr)
        registry._init_modules.add(sample_models.MODULE)
        registry.init_models(cr, names, {"module": sample_models.MODULE})
        # by SQL, as records need a user who creates them; two users, the superuser and another
        cr.execute(
            "INSERT INTO query_partner (name, active, parent_path) VALUES ('System', true, '1/'), ('User', true, '2/')"
        )
        cr.execute("INSERT INTO res_company (name, partner_id) VALUES ('Company', 1)")
        cr.execute("INSERT INTO res_users (login, partner_id, company_id) VALUES ('root', 1, 1), ('user', 2, 1)")
    registry.ready = True
    yield name
    Registry.delete(name)
    sql_db.close_db(name)
    lifecycle.drop(name)


@pytest.fixture
def env(sample_db):
    """A superuser environment in a transaction that is rolled back."""
    cr = Registry.registries[sample_db].cursor()
    yield api.Environment(cr, SUPERUSER_ID, {})
    cr.rollback()
    cr.close()
