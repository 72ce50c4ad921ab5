from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, new_test_user


class TestDefault(TransactionCase):
    def setUp(self):
        super().setUp()
        self.defaults = self.env["ir.default"]

    def test_precedence(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        self.defaults.set("res.partner", "function", "for all")
        self.defaults.set("res.partner", "function", "for the company", company_id=True)
        self.assertEqual(self.env["res.partner"].default_get(["function"]), {"function": "for the company"})
        self.defaults.set("res.partner", "function", "for the user", user_id=user.id)
        partners = self.env["res.partner"].with_user(user)
        self.assertEqual(partners.default_get(["function"]), {"function": "for the user"})
        self.assertEqual(self.env["res.partner"].create({"name": "New"}).function, "for the company")

    def test_condition(self):
        self.defaults.set("res.partner", "ref", "DE", condition="country=de")
        self.assertEqual(self.defaults._get_model_defaults("res.partner", "country=de")["ref"], "DE")
        self.assertNotIn("ref", self.defaults._get_model_defaults("res.partner"))

    def test_get(self):
        self.assertIsNone(self.defaults._get("res.partner", "ref"))
        self.defaults.set("res.partner", "ref", "X")
        self.assertEqual(self.defaults._get("res.partner", "ref"), "X")
        self.defaults.set("res.partner", "ref", "Y")
        self.assertEqual(self.defaults._get("res.partner", "ref"), "Y")
        self.assertEqual(self.defaults.search_count([("field_id.name", "=", "ref")]), 1)

    def test_invalid(self):
        for model, field, value in [
            ("no.model", "ref", 1),
            ("res.partner", "nothing", 1),
            ("res.partner", "color", "many"),
            ("res.partner", "color", 2**40),
        ]:
            with self.assertRaises(ValidationError):
                self.defaults.set(model, field, value)
        with self.assertRaises(ValidationError):
            self.defaults.create(
                {"field_id": self.env["ir.model.fields"]._get("res.partner", "ref").id, "json_value": "not json"}
            )

    def test_discard(self):
        country = self.env["res.country"].create({"name": "Atlantis", "code": "Q1"})
        self.defaults.set("res.partner", "country_id", country.id)
        self.defaults.set("res.partner", "type", "other")
        country.unlink()
        self.assertIsNone(self.defaults._get("res.partner", "country_id"))
        self.defaults.discard_values("res.partner", "type", ["other"])
        self.assertIsNone(self.defaults._get("res.partner", "type"))

    def test_changed_defaults_are_used(self):
        self.defaults.set("res.partner", "function", "first")
        default = self.defaults.search([("field_id.name", "=", "function"), ("field_id.model", "=", "res.partner")])
        self.assertEqual(self.env["res.partner"].default_get(["function", "ref"]), {"function": "first"})
        default.field_id = self.env["ir.model.fields"]._get("res.partner", "ref")
        self.assertEqual(self.env["res.partner"].default_get(["function", "ref"]), {"ref": "first"})
        default.unlink()
        self.assertEqual(self.env["res.partner"].default_get(["function", "ref"]), {})

    def test_company_dependent_field_falls_back(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        partner = self.env["res.partner"].create({"name": "Scanned"})
        self.defaults.set("res.partner", "barcode", "none", company_id=True)
        self.assertEqual(partner.barcode, "none")
        partner.barcode = "123"
        self.assertEqual(partner.barcode, "123")
        self.assertFalse(partner.with_company(other).barcode)

    def test_2_7_5_users_set_defaults_of_their_own(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        defaults = self.defaults.with_user(user)
        self.assertFalse(self.env["ir.model.fields"].with_user(user).has_access("read"))
        for value in ("X", "Y"):
            defaults.set("res.partner", "ref", value, user_id=True)
            self.assertEqual(defaults._get("res.partner", "ref", user_id=True), value)
            self.assertEqual(self.env["res.partner"].with_user(user).default_get(["ref"]), {"ref": value})
        self.assertEqual(self.env["res.partner"].default_get(["ref"]), {})
        with self.assertRaises(ValidationError):
            defaults.set("res.partner", "color", "many", user_id=True)
        own = defaults.search([("user_id", "=", user.id)])
        own.json_value = '"Z"'
        with self.assertRaises(ValidationError):
            own.json_value = "no JSON"
        self.assertEqual(self.env["res.partner"].with_user(user).default_get(["ref"]), {"ref": "Z"})
        own.unlink()
        self.assertEqual(self.env["res.partner"].with_user(user).default_get(["ref"]), {})

    def test_2_7_5_defaults_of_others_are_not_theirs_to_set(self):
        defaults = self.defaults.with_user(new_test_user(self.env, "plain", groups="base.group_user"))
        for user_id in (False, self.env.ref("base.user_admin").id):
            with self.assertRaises(AccessError):
                defaults.set("res.partner", "ref", "X", user_id=user_id)
