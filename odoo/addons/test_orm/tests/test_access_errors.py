"""What errors of record rules tell: rules, records, companies, and the way to records of other models."""

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user


class TestAccessErrors(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "clerk_a4", groups="base.group_user")
        cls.here = cls.user.company_id
        cls.there, cls.elsewhere = cls.env["res.company"].create([{"name": "There"}, {"name": "Elsewhere"}])
        cls.user.company_ids += cls.there
        cls._rule("test_orm.document", "own companies", "[('company_id', 'in', company_ids)]")

    @classmethod
    def _rule(cls, model, name, domain):
        return cls.env["ir.rule"].create(
            {"name": name, "model_id": cls.env["ir.model"]._get_id(model), "domain_force": domain}
        )

    def _error(self, records):
        """Return the error of reading ``records`` as the user."""
        with self.assertRaises(AccessError) as caught:
            records.with_user(self.user).with_context(allowed_company_ids=self.here.ids).check_access("read")
        return caught.exception

    def _document(self, company):
        return self.env["test_orm.document"].create({"name": "paper", "company_id": company.id})

    def test_a4_company_to_switch_to(self):
        error = self._error(self._document(self.there))
        self.assertIn("There", str(error))
        self.assertEqual(error.context, {"suggested_company": {"id": self.there.id, "display_name": "There"}})
        self.assertNotIn("paper", str(error))

    def test_a4_company_that_is_not_the_users(self):
        error = self._error(self._document(self.elsewhere))
        self.assertNotIn("Elsewhere", str(error))
        self.assertFalse(getattr(error, "context", {}))
        error = self._error(self._document(self.elsewhere) + self._document(self.there))
        self.assertIn("several companies", str(error))
        self.assertFalse(getattr(error, "context", {}))

    def test_a4_debug_mode_names_rules_and_records(self):
        document = self._document(self.there)
        with self.debug_mode():
            text = str(self._error(document))
        for part in ("own companies", f"paper (id={document.id}", "There"):
            self.assertIn(part, text)

    def test_a4_way_to_an_inherited_record(self):
        mail = self.env["test_orm.mail"].create({"body": "b"})
        self._rule("test_orm.letter", "no letters of that kind", "[('body', '!=', 'b')]")
        with self.debug_mode():
            text = str(self._error(mail))
        for part in ("no letters of that kind", "(test_orm.letter)", f"(id={mail.letter_id.id}", "(test_orm.mail)"):
            self.assertIn(part, text)
        with self.assertRaisesRegex(AccessError, "test_orm.mail"):
            mail.with_user(self.user).read(["body"])
