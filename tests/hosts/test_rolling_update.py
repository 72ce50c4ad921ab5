"""Hosts are updated one after the other: those with older code go on with the database that a newer one upgraded."""

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry


def test_a_host_with_older_code_follows_and_says_so(databases, caplog):
    name = databases.copy()
    registry = Registry(name)
    with registry.cursor() as cr:
        # as another host does it: columns that this code does not know, and a later version
        cr.execute("ALTER TABLE res_partner ADD x_newer integer NOT NULL DEFAULT 1")
        cr.execute("UPDATE ir_module_module SET latest_version = '18.0.99.0' WHERE name = 'base'")
        cr.execute("SELECT nextval('base_registry_signaling')")
    try:
        current = registry.check_signaling()
        assert current is not registry
        [line] = [record.getMessage() for record in caplog.records if "older here" in record.getMessage()]
        assert "base (18.0." in line and "there 18.0.99.0)" in line
        with current.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Made by the older code"})
            partner.name = "Changed by the older code"
            env.flush_all()
    finally:
        databases.drop(name)
