"""Fields that a test adds are gone with what else it did."""

from odoo.tests import TransactionCase


class TestUndoneFields(TransactionCase):
    def add_field(self):
        Tag = self.env["test_orm.tag"]
        self.assertNotIn("x_undone", Tag._fields)
        self.env["ir.model.fields"].create(
            {
                "name": "x_undone",
                "model_id": self.env["ir.model"]._get_id(Tag._name),
                "ttype": "char",
                "field_description": "Undone",
            }
        )
        tag = Tag.create({"name": "a", "x_undone": "b"})
        self.assertEqual(tag.x_undone, "b")
        # what waits at the end of a test is forgotten
        tag.x_undone = "c"

    def test_one(self):
        self.add_field()

    def test_another(self):
        self.add_field()
