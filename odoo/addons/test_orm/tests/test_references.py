"""Statements of the ORM references that older editions made and that still hold."""

from odoo import exceptions, models
from odoo.tests.common import TransactionCase, new_test_user


class TestReferences(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "references", "base.group_user,base.group_partner_manager")
        cls.Partner = cls.env["res.partner"]

    def test_attribute_defaults(self):
        for name, value in (("_name", None), ("_description", None), ("_inherit", ()), ("_inherits", {})):
            self.assertEqual(getattr(models.BaseModel, name), value, name)

    def test_cache_miss(self):
        partner, field = self.Partner.create({"name": "Here"}), self.Partner._fields["name"]
        partner.invalidate_recordset()
        with self.assertRaises(exceptions.CacheMiss) as caught:
            self.env.cache.get(partner, field)
        self.assertIn(f"{partner!r}.name", str(caught.exception))
        self.assertEqual(self.env.cache.get(partner, field, "nothing"), "nothing")

    def test_write_on_deleted_record(self):
        gone, there = self.Partner.create([{"name": "Gone"}, {"name": "There"}])
        gone.unlink()
        for records in (gone, gone | there):
            for model in (records, records.with_user(self.user)):
                with self.assertRaises(exceptions.MissingError) as caught:
                    model.write({"name": "Written"})
                self.assertIn(f"res.partner({gone.id},)", str(caught.exception))
                with self.assertRaises(exceptions.MissingError):
                    model[:1].comment = "Written"
        self.assertEqual(there.name, "There")

    def test_writes_of_different_columns_on_deleted_records(self):
        partners = self.Partner.create([{"name": "a"}, {"name": "b"}, {"name": "c"}])
        partners[0].unlink()
        with self.assertRaises(exceptions.MissingError):
            partners[0].name, partners[1].comment, partners[2].ref = "A", "B", "C"
            self.env.flush_all()

    def test_write_on_deleted_record_of_a_model_without_log(self):
        model = self.env["ir.profile"]
        self.assertFalse(model._log_access)
        with self.assertRaises(exceptions.MissingError):
            model.browse(99999999).write({"name": "Written"})
            self.env.flush_all()

    def test_what_is_written_before_deletion_is_no_fault(self):
        parent = self.Partner.create({"name": "Parent", "child_ids": [(0, 0, {"name": "Child"})]})
        parent.name, parent.child_ids.name = "P", "C"
        parent.unlink()
        self.env.flush_all()

    def test_wrong_option(self):
        for error in (exceptions.ValidationError, ValueError):
            with self.assertRaises(error):
                self.Partner.create({"name": "x", "type": "wrong"})
            with self.assertRaises(error):
                self.env.user.partner_id.write({"type": "wrong"})

    def test_former_names(self):
        with self.assertWarns(DeprecationWarning):
            reports = self.env["ir.actions.report.xml"]
        self.assertEqual(reports, self.env["ir.actions.report"])
        self.assertIn("ir.actions.report.xml", self.env)
        self.assertNotIn("ir.actions.report.xml", list(self.env))
        self.assertIsNone(self.env.get("no.such.model"))
