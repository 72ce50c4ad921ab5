"""Company-dependent values and consistency between companies."""

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user


class TestCompanyDependent(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.env.company
        cls.two = cls.env["res.company"].create({"name": "Company Two"})
        cls.Document = cls.env["test_orm.document"]
        cls.document = cls.Document.create({"name": "d", "code": "first", "amount": 1.5, "number": 3})
        cls.document2 = cls.document.with_company(cls.two)

    def test_values_by_company(self):
        self.assertFalse(self.document2.code)
        self.document2.code = "second"
        self.assertEqual((self.document.code, self.document2.code), ("first", "second"))
        self.env.invalidate_all()
        self.assertEqual((self.document.code, self.document2.code), ("first", "second"))

    def test_types(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        values = {"amount": 2.5, "number": 7, "flag": True, "day": "2024-05-06", "choice": "b", "tag_id": tag.id}
        self.document2.write(values)
        self.env.invalidate_all()
        self.assertEqual(
            [self.document2[name] for name in values], [2.5, 7, True, fields.Date.to_date("2024-05-06"), "b", tag]
        )
        self.assertEqual([self.document[name] for name in values], [1.5, 3, False, False, False, tag.browse()])

    def test_storage(self):
        self.document2.code = "second"
        self.env.flush_all()
        self.env.cr.execute("SELECT code FROM test_orm_document WHERE id = %s", [self.document.id])
        self.assertEqual(self.env.cr.fetchone()[0], {str(self.one.id): "first", str(self.two.id): "second"})

    def test_unset(self):
        self.document2.code = "second"
        self.document2.code = False
        self.env.invalidate_all()
        self.assertFalse(self.document2.code)
        self.assertEqual(self.document.code, "first")

    def test_fallback(self):
        self.env["ir.default"].set("test_orm.document", "code", "fallback", company_id=self.two.id)
        self.env.invalidate_all()
        self.assertEqual(self.document2.code, "fallback")
        self.assertEqual(self.document.code, "first")
        new = self.Document.with_company(self.two).create({})
        self.assertEqual(new.code, "fallback")
        self.assertFalse(new.with_company(self.one).code)

    def test_search(self):
        other = self.Document.create({"name": "e"})
        self.document2.code = "second"
        domain = [("id", "in", (self.document + other).ids)]
        self.assertEqual(self.Document.search([("code", "=", "first"), *domain]), self.document)
        self.assertEqual(self.Document.search([("code", "=", False), *domain]), other)
        Document2 = self.Document.with_company(self.two)
        self.assertEqual(Document2.search([("code", "=", "second"), *domain]), self.document)
        self.assertFalse(Document2.search([("code", "=", "first"), *domain]))
        self.assertEqual(Document2.search([("code", "ilike", "SEC"), *domain]), self.document)
        self.assertEqual(self.Document.search([("amount", ">", 1), *domain]), self.document)
        self.assertEqual(Document2.search([("amount", "=", 0), *domain], order="id"), self.document + other)

    def test_search_fallback(self):
        self.env["ir.default"].set("test_orm.document", "code", "fallback", company_id=self.two.id)
        domain = [("id", "=", self.document.id)]
        self.assertEqual(
            self.Document.with_company(self.two).search([("code", "=", "fallback"), *domain]), self.document
        )

    def test_search_many2one(self):
        tag = self.env["test_orm.tag"].create({"name": "searched tag"})
        self.document2.tag_id = tag
        domain = [("id", "=", self.document.id)]
        Document2 = self.Document.with_company(self.two)
        self.assertEqual(Document2.search([("tag_id", "=", tag.id), *domain]), self.document)
        self.assertEqual(Document2.search([("tag_id.name", "=", "searched tag"), *domain]), self.document)
        self.assertFalse(self.Document.search([("tag_id", "=", tag.id), *domain]))

    def test_computed_from_it(self):
        self.document2.code = "second"
        self.assertEqual((self.document.code_length, self.document2.code_length), (5, 6))
        self.document.code = "x"
        self.assertEqual((self.document.code_length, self.document2.code_length), (1, 6))

    def test_related_to_it(self):
        child = self.Document.create({"parent_id": self.document.id})
        self.document2.code = "second"
        self.assertEqual((child.parent_code, child.with_company(self.two).parent_code), ("first", "second"))
        self.document.code = "x"
        self.assertEqual((child.parent_code, child.with_company(self.two).parent_code), ("x", "second"))

    def test_deleted_target(self):
        tag = self.env["test_orm.tag"].create({"name": "gone"})
        self.document2.tag_id = tag
        tag.unlink()
        self.env.invalidate_all()
        self.assertFalse(self.document2.tag_id)

    def test_group_and_order(self):
        other = self.Document.create({"code": "a", "number": 9})
        domain = [("id", "in", (self.document + other).ids)]
        self.assertEqual(self.Document.search(domain, order="code"), other + self.document)
        self.assertEqual(
            self.Document._read_group(domain, ["code"], ["number:sum"], order="code"), [("a", 9), ("first", 3)]
        )

    def test_copy(self):
        self.assertEqual(self.document.copy().code, "first")

    def test_as_user(self):
        user = new_test_user(self.env, "company_user", company_id=self.two.id, company_ids=[Command.set(self.two.ids)])
        self.document.with_user(user).code = "by user"
        self.assertEqual(self.document2.code, "by user")
        self.assertEqual(self.document.code, "first")

    def test_description(self):
        self.assertTrue(self.Document.fields_get(["code"])["code"]["company_dependent"])
        self.assertEqual(self.Document._fields["code"].column_type[0], "jsonb")


class TestCheckCompany(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.env.company
        cls.two = cls.env["res.company"].create({"name": "Company Two"})
        cls.Document = cls.env["test_orm.document"]
        cls.of_one, cls.of_two, cls.of_none = cls.Document.create(
            [
                {"name": "Document One", "company_id": cls.one.id},
                {"name": "Document Two", "company_id": cls.two.id},
                {"name": "shared"},
            ]
        )

    def test_same_company(self):
        self.of_one.parent_id = self.Document.create({"company_id": self.one.id})
        self.of_one.parent_id = self.of_none
        self.assertEqual(self.of_one.parent_id, self.of_none)

    def test_many2one(self):
        with self.assertRaises(UserError) as caught:
            self.of_one.parent_id = self.of_two
        message = str(caught.exception)
        for name in ("Document One", "Document Two", "Parent"):
            self.assertIn(name, message)

    def test_many2many(self):
        with self.assertRaises(UserError):
            self.of_one.related_ids = self.of_two
        self.of_one.related_ids = self.of_none

    def test_on_create(self):
        with self.assertRaises(UserError):
            self.Document.create({"company_id": self.one.id, "parent_id": self.of_two.id})

    def test_change_of_company(self):
        child = self.Document.create({"company_id": self.one.id, "parent_id": self.of_one.id})
        with self.assertRaises(UserError):
            child.company_id = self.two

    def test_company_dependent_field(self):
        with self.assertRaises(UserError):
            self.of_none.document_id = self.of_two
        self.of_none.with_company(self.two).document_id = self.of_two
        self.assertFalse(self.of_none.document_id)

    def test_domain_for_clients(self):
        domain = self.Document.fields_get(["parent_id"])["parent_id"]["domain"]
        self.assertIsInstance(domain, str)
        self.assertIn("company_id", domain)
