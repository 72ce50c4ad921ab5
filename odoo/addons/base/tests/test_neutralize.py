"""Copies of a database that are made harmless."""

from odoo.modules.neutralize import neutralize_database
from odoo.tests import TransactionCase


class TestNeutralize(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env["ir.cron"].create(
            {"name": "Remind", "model_id": cls.env.ref("base.model_res_partner").id, "state": "code", "code": "pass"}
        )
        cls.server = cls.env["ir.mail_server"].create({"name": "Real", "smtp_host": "mail.example.com"})
        cls.action = cls.env["ir.actions.server"].create(
            {
                "name": "Tell",
                "model_id": cls.env.ref("base.model_res_partner").id,
                "state": "webhook",
                "webhook_url": "https://hooks.example.com/1",
            }
        )
        cls.env.flush_all()
        neutralize_database(cls.env.cr)
        cls.env.invalidate_all()
        cls.env.registry.clear_all_caches()

    def test_nothing_happens_by_itself_but_the_cleaning(self):
        self.assertFalse(self.cron.active)
        self.assertTrue(self.env.ref("base.autovacuum_job").active)

    def test_no_mail_leaves(self):
        self.assertFalse(self.server.active)
        servers = self.env["ir.mail_server"].search([])
        self.assertEqual(servers.mapped("smtp_host"), ["neutralized.invalid"])

    def test_webhooks_call_nobody(self):
        self.assertEqual(self.action.webhook_url, "https://neutralized.invalid")

    def test_the_database_says_so(self):
        self.assertEqual(self.env["ir.config_parameter"].sudo().get_param("database.is_neutralized"), "true")

    def test_twice_is_as_once(self):
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.assertFalse(self.server.active)
        self.assertEqual(self.env["ir.mail_server"].search_count([]), 1)
