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
