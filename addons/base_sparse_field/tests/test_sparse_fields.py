from odoo.exceptions import UserError
from odoo.tests import TransactionCase


class TestSparseFields(TransactionCase):
    def setUp(self):
        super().setUp()
        self.partner = self.env["res.partner"].create({"name": "Marigold"})
        self.values = {
            "boolean": True,
            "integer": 42,
            "float": 3.5,
            "char": "Kaai",
            "selection": "two",
            "partner": self.partner.id,
        }

    def stored(self, record):
        record.flush_recordset()
        self.env.cr.execute("SELECT data FROM sparse_fields_test WHERE id = %s", [record.id])
        return self.env.cr.fetchone()[0]

    def test_spa2_values_are_added_and_taken_away(self):
        record, kept = self.env["sparse_fields.test"].create({}), {}
        self.assertEqual(record.data, {})
        for name, value in self.values.items():
            record[name] = value
            kept[name] = value
            self.assertEqual(list(record.data.items()), list(kept.items()))
        record.invalidate_recordset()
        for name, value in self.values.items():
            self.assertEqual(record._fields[name].convert_to_write(record[name], record), value)
        for name in self.values:
            record[name] = False
            del kept[name]
            self.assertEqual(record.data, kept)
        self.assertEqual(self.stored(record), "{}")

    def test_spa1_several_at_once(self):
        records = self.env["sparse_fields.test"].create([self.values, {"char": "Other"}, {}])
        self.assertEqual(records.mapped("data"), [self.values, {"char": "Other"}, {}])
        records.write({"integer": 7, "char": "Same"})
        records.invalidate_recordset()
        self.assertEqual(records.mapped("char"), ["Same"] * 3)
        self.assertEqual(records[0].data, self.values | {"integer": 7, "char": "Same"})
        read = records[2].read(["integer", "char", "partner"])[0]
        self.assertEqual((read["integer"], read["char"], read["partner"]), (7, "Same", False))

    def test_spa1_the_dictionary_decides(self):
        record = self.env["sparse_fields.test"].create({"char": "Kaai"})
        self.assertEqual(record.char, "Kaai")
        record.data = {"integer": 5}
        self.assertEqual((record.char, record.integer), (False, 5))
        # what is read is a copy
        record.data["char"] = "lost"
        self.assertEqual(record.data, {"integer": 5})

    def test_spa1_copies_do_not_have_them(self):
        record = self.env["sparse_fields.test"].create(self.values)
        self.assertFalse(record._fields["char"].store)
        self.assertFalse(record._fields["char"].copy)
        self.assertEqual(record.copy().char, "Kaai", "the dictionary is copied")

    def test_spa2_deleted_records_are_not_read(self):
        record = self.env["sparse_fields.test"].create({"partner": self.partner.id})
        number = self.partner.id
        self.env.flush_all()
        self.partner.unlink()
        record.invalidate_recordset()
        self.assertFalse(record.partner)
        self.assertEqual(record.data, {"partner": number})

    def test_values_that_no_text_has(self):
        record = self.env["sparse_fields.test"].create({})
        with self.assertRaises(TypeError):
            record.data = {"partner": self.partner}

    def test_spa3_descriptions(self):
        described = self.env["ir.model.fields"]
        keeper = described._get("sparse_fields.test", "data")
        self.assertEqual(keeper.ttype, "serialized")
        self.assertFalse(keeper.serialization_field_id)
        for name in self.values:
            field = described._get("sparse_fields.test", name)
            self.assertEqual(field.serialization_field_id, keeper)
            with self.assertRaises(UserError):
                field.serialization_field_id = False
            with self.assertRaises(UserError):
                field.name = "x_other"

    def test_spa3_custom_fields(self):
        model = self.env["ir.model"]._get("res.partner")
        make = self.env["ir.model.fields"].create
        keeper = make({"name": "x_extras", "model_id": model.id, "ttype": "serialized", "field_description": "Extras"})
        make({"name": "x_colour", "model_id": model.id, "ttype": "char", "serialization_field_id": keeper.id})
        self.assertEqual(self.env["res.partner"]._fields["x_colour"].sparse, "x_extras")
        self.partner.x_colour = "orange"
        self.partner.flush_recordset()
        self.assertEqual(self.partner.x_extras, {"x_colour": "orange"})
        self.assertFalse(self.env["res.partner"]._fields["x_colour"].store)
