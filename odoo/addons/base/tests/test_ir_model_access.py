from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger


class TestAccess(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "plain", groups="base.group_user")
        cls.access = cls.env["ir.model.access"]

    def test_permissions_of_groups(self):
        check = self.access.with_user(self.user).check
        self.assertTrue(check("res.bank", "read", raise_exception=False))
        self.assertFalse(check("res.bank", "write", raise_exception=False))
        with mute_logger("odoo.addons.base.models.ir_model"), self.assertRaises(AccessError) as caught:
            check("res.bank", "write")
        self.assertIn("res.bank", str(caught.exception))
        self.assertIn("Contact Creation", str(caught.exception))

    def test_new_permission_counts_at_once(self):
        self.assertFalse(self.access.with_user(self.user).check("res.bank", "create", raise_exception=False))
        permission = self.access.create(
            {
                "name": "everybody",
                "model_id": self.env.ref("base.model_res_bank").id,
                "perm_create": True,
            }
        )
        self.assertTrue(self.access.with_user(self.user).check("res.bank", "create", raise_exception=False))
        permission.active = False
        self.assertFalse(self.access.with_user(self.user).check("res.bank", "create", raise_exception=False))

    def test_superuser_mode(self):
        self.assertTrue(self.access.with_user(self.user).sudo().check("ir.config_parameter", "unlink"))

    def test_unknown_mode(self):
        with self.assertRaises(ValueError):
            self.access.with_user(self.user).check("res.bank", "paint")

    def test_group_names(self):
        names = self.access.group_names_with_access("ir.config_parameter", "write")
        self.assertEqual(names, [self.env.ref("base.group_system").full_name.replace(" / ", "/")])

    def test_group_joins_take_effect(self):
        self.user.groups_id = [(4, self.env.ref("base.group_system").id)]
        self.assertTrue(self.access.with_user(self.user).check("ir.config_parameter", "write", raise_exception=False))

    @mute_logger("odoo.models")
    def test_2_9_9_groups_of_a_field_set_at_run_time(self):
        self.user.groups_id = [(4, self.env.ref("base.group_partner_manager").id)]
        partner = self.env["res.partner"].create({"name": "Wanda", "function": "Pilot"})
        own = partner.with_user(self.user)
        self.assertEqual(own.function, "Pilot")
        self.env.flush_all()
        with patch.object(self.registry["res.partner"]._fields["function"], "groups", "base.group_system"):
            self.env.invalidate_all()
            self.assertEqual(own.name, "Wanda")
            for use in (
                lambda: own.function,
                lambda: own.read(["name", "function"]),
                lambda: own.write({"function": "Skipper"}),
                lambda: own.search([("function", "=", "Pilot")]),
            ):
                with self.assertRaises(AccessError):
                    use()
            self.assertNotIn("function", own.fields_get())
            self.assertNotIn("function", own.read()[0])
            self.assertEqual(partner.function, "Pilot")
        self.assertEqual(own.function, "Pilot")

    def test_2_9_11_what_happens_to_caches_is_logged(self):
        registry = self.registry
        sequences = dict.fromkeys(registry.cache_sequences, 1)
        self.assertFalse(registry.registry_invalidated)
        with patch.object(registry, "in_test_mode", return_value=True), patch.object(registry, "published", True):
            registry.cache_invalidated.clear()
            with self.assertNoLogs("odoo.modules.registry", "INFO"):
                registry.signal_changes()
            registry.clear_cache("templates", "default")
            with self.assertLogs("odoo.modules.registry", "INFO") as logs:
                registry.signal_changes()
        self.assertTrue(logs.output[0].endswith("default, templates"))
        with (
            patch.object(registry, "in_test_mode", return_value=False),
            patch.object(registry, "published", True),
            patch.object(registry, "cache_sequences", sequences),
            patch.object(registry, "get_sequences") as get_sequences,
        ):
            get_sequences.return_value = (registry.registry_sequence, {**sequences, "templates": 2, "stable": 2})
            with self.assertLogs("odoo.modules.registry", "INFO") as logs:
                registry.check_signaling(self.cr)
            self.assertRegex(logs.output[0], "stable, templates")
            with self.assertNoLogs("odoo.modules.registry", "INFO"):
                registry.check_signaling(self.cr)
