"""What reading a field gives, wherever its value comes from."""

from odoo.tests import TransactionCase


class TestFieldsOfTheirOwn(TransactionCase):
    """A class of fields decides what reading gives of what is cached, fetched, computed or in memory."""

    def test_values_of_records(self):
        record = self.env["test_orm.shouting"].create({"text": "hello", "aside": "over there"})
        self.assertEqual(record.text, "HELLO")
        self.assertEqual(record.loud, "OVER THERE")
        self.env.invalidate_all()
        self.assertEqual(record.text, "HELLO")
        self.assertEqual(record.mapped("loud"), ["OVER THERE"])
        record.aside = "here"
        self.assertEqual(record.loud, "HERE")

    def test_no_value(self):
        record = self.env["test_orm.shouting"].create({})
        self.assertEqual((record.text, record.loud), ("", ""))
        self.assertIs(record.browse().text, "")

    def test_a_record_in_memory(self):
        record = self.env["test_orm.shouting"].new({"text": "hello", "aside": "over there"})
        self.assertEqual((record.text, record.loud), ("HELLO", "OVER THERE"))

    def test_several_records(self):
        records = self.env["test_orm.shouting"].create([{"text": "a"}, {"text": "b"}])
        with self.assertRaises(ValueError):
            records.text
        self.assertEqual(records.mapped("text"), ["A", "B"])
