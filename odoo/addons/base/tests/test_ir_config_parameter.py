from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user


class TestConfigParameter(TransactionCase):
    def test_set_and_get(self):
        parameters = self.env["ir.config_parameter"]
        self.assertIs(parameters.set_param("test.key", "1"), False)
        self.assertEqual(parameters.get_param("test.key"), "1")
        self.assertEqual(parameters.set_param("test.key", 2), "1")
        self.assertEqual(parameters.get_param("test.key"), "2")
        parameters.set_param("test.key", False)
        self.assertEqual(parameters.get_param("test.key", "default"), "default")

    def test_defaults(self):
        parameters = self.env["ir.config_parameter"]
        for key in ("database.uuid", "database.secret", "web.base.url"):
            self.assertTrue(parameters.get_param(key))
        secret = parameters.search([("key", "=", "database.secret")])
        with self.assertRaises(ValidationError):
            secret.unlink()
        with self.assertRaises(ValidationError):
            secret.key = "something.else"

    def test_first_values(self):
        parameters = self.env["ir.config_parameter"]
        before = parameters.get_param("database.secret")
        self.env.cr.execute("DELETE FROM ir_config_parameter WHERE key = 'base.login_cooldown_after'")
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        parameters.init()
        self.assertEqual(parameters.get_param("base.login_cooldown_after"), "10")
        self.assertEqual(parameters.get_param("database.secret"), before)
        parameters.init(force=True)
        self.assertNotEqual(parameters.get_param("database.secret"), before)

    def test_access(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["ir.config_parameter"].with_user(user).get_param("database.secret")
        self.assertTrue(self.env["ir.config_parameter"].with_user(user).sudo().get_param("database.secret"))


class TestDecimalPrecision(TransactionCase):
    def test_precision(self):
        precision = self.env["decimal.precision"]
        self.assertEqual(precision.precision_get("no such usage"), 2)
        record = precision.create({"name": "Test weights", "digits": 4})
        self.assertEqual(precision.precision_get("Test weights"), 4)
        record.digits = 5
        self.assertEqual(precision.precision_get("Test weights"), 5)
