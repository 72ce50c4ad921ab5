"""Messages that people get in their language."""

import psycopg2

from odoo.exceptions import ValidationError
from odoo.orm.pg_errors import validation_error
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestTranslatedMessages(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.constraint = cls.env.ref("base.constraint_res_users_login_key")
        cls.constraint.with_context(lang="fr_FR").message = "Ce nom est pris."

    def refusal(self, lang):
        """Return the message about two users with one login."""
        env = self.env(context={"lang": lang})
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError) as caught, self.env.cr.savepoint():
            env["res.users"].create({"login": env.user.login, "name": "Twin"})
        self.env.invalidate_all()
        error = validation_error(env, caught.exception)
        self.assertIsInstance(error, ValidationError)
        return str(error)

    def test_violated_constraint(self):
        self.assertIn("Ce nom est pris.", self.refusal("fr_FR"))
        self.assertIn(self.constraint.message, self.refusal("en_US"))

    def test_violated_constraint_of_an_import(self):
        partners = self.env["res.users"].with_context(lang="fr_FR")
        with mute_logger("odoo.sql_db"):
            result = partners.load(["login", "name"], [[self.env.user.login, "Twin"]])
        self.assertEqual([message["message"] for message in result["messages"]], ["Ce nom est pris."])

    def test_words_of_a_truth_value(self):
        converter = self.env["ir.fields.converter"]
        field = self.env["res.partner"]._fields["active"]
        for text, value in (("YES", True), ("true", True), ("1", True), ("No", False), ("false", False), ("0", False)):
            self.assertEqual(converter._str_to_boolean(self.env["res.partner"], field, text), (value, []))
