"""Prototype, extension, mixins and delegation; fields defined several times."""

from odoo import Command, models
from odoo.tests import TransactionCase
from odoo.tools import mute_logger


class TestInherit(TransactionCase):
    def test_prototype(self):
        parent = self.env["test_orm.parent"].create({"name": "A"})
        child = self.env["test_orm.child"].create({"name": "B"})
        self.assertEqual(parent.call(), "This is model 0 record A!")
        self.assertEqual(child.call(), "This is model 1 record B!")

    def test_prototype_has_its_own_table(self):
        self.env["test_orm.child"].create({"name": "only a child"})
        self.assertFalse(self.env["test_orm.parent"].search([("name", "=", "only a child")]))
        self.assertEqual(self.env["test_orm.child"]._table, "test_orm_child")

    def test_prototype_follows_extensions(self):
        child = self.env["test_orm.child"].create({})
        self.assertEqual((child.name, child.description, child.extra), ("A", "Extended", "Extra"))
        self.assertNotIn("extra", self.env["test_orm.parent"]._fields)

    def test_extension(self):
        record = self.env["test_orm.parent"].create({})
        self.assertEqual(
            record.read(["name", "description"]), [{"id": record.id, "name": "A", "description": "Extended"}]
        )
        self.assertEqual(record._description, "Parent")

    def test_extension_of_a_field(self):
        description = self.env["test_orm.parent"].fields_get(["state"])["state"]
        self.assertEqual(description["help"], "Where it stands")
        self.assertEqual(description["selection"], [("a", "A"), ("b", "B")])
        self.assertTrue(description["required"])
        self.assertEqual(self.env["test_orm.parent"].create({}).state, "a")

    def test_extension_with_another_parent(self):
        record = self.env["test_orm.parent"].create({})
        self.assertEqual((record.mixed, record.mixed_double), (3, 6))
        self.assertEqual(self.env["test_orm.child"].create({"mixed": 5}).mixed_double, 10)

    def test_several_parents(self):
        record = self.env["test_orm.mixed"].create({})
        self.assertEqual((record.other, record.mixed), ("other", 3))
        self.assertEqual(record.describe(), ["mixed", "other", "test_orm.mixed"])

    def test_abstract(self):
        mixin = self.env["test_orm.mixin"]
        self.assertTrue(mixin._abstract)
        self.assertFalse(mixin._auto)
        self.assertFalse(self.env["test_orm.mixed"]._abstract)
        self.env.cr.execute("SELECT to_regclass('test_orm_mixin')")
        self.assertIsNone(self.env.cr.fetchone()[0])

    def test_not_registered(self):
        self.assertNotIn("test_orm.not_registered", self.env)
        self.assertIn("test_orm.registered", self.env)
        self.assertIn("name", self.env["test_orm.registered"]._fields)

    def test_classes(self):
        self.assertTrue(issubclass(models.Model, models.BaseModel))
        self.assertIs(models.AbstractModel, models.BaseModel)
        self.assertTrue(issubclass(models.TransientModel, models.BaseModel))
        self.assertIsInstance(self.env["test_orm.parent"], models.Model)
        self.assertIsInstance(self.env["test_orm.wizard"], models.TransientModel)
        self.assertEqual((models.Model._auto, models.Model._abstract, models.Model._transient), (True, False, False))
        self.assertEqual((models.AbstractModel._auto, models.AbstractModel._abstract), (False, True))
        self.assertTrue(models.TransientModel._transient)

    def test_attribute_defaults(self):
        base = models.BaseModel
        self.assertIsNone(base._name)
        self.assertIsNone(base._description)
        self.assertIsNone(base._table)
        self.assertIsNone(base._rec_name)
        self.assertFalse(base._register)
        self.assertFalse(base._check_company_auto)
        self.assertFalse(base._parent_store)
        self.assertEqual(base._parent_name, "parent_id")
        self.assertEqual(base._order, "id")
        self.assertEqual(base._fold_name, "fold")
        self.assertEqual(list(base._sql_constraints), [])
        self.assertEqual(dict(base._inherits), {})
        self.assertEqual(tuple(base._inherit), ())


class TestInherits(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Laptop = cls.env["test_orm.laptop"]
        cls.laptop = cls.Laptop.create(
            {
                "screen_id": cls.env["test_orm.screen"].create({"size": 13.0}).id,
                "keyboard_id": cls.env["test_orm.keyboard"].create({"layout": "QWERTY"}).id,
            }
        )

    def test_read(self):
        self.assertEqual((self.laptop.size, self.laptop.layout), (13.0, "QWERTY"))

    def test_write(self):
        self.laptop.write({"size": 14.0, "name": "l"})
        self.assertEqual(self.laptop.screen_id.size, 14.0)
        self.laptop.layout = "QWERTZ"
        self.assertEqual(self.laptop.keyboard_id.layout, "QWERTZ")

    def test_write_on_parent(self):
        self.laptop.size
        self.laptop.screen_id.size = 17
        self.assertEqual(self.laptop.size, 17)
        self.assertEqual(self.laptop.inches_label, "17 in")

    def test_create_makes_parents(self):
        laptop = self.Laptop.create({"name": "l", "size": 15, "layout": "DVORAK"})
        self.assertEqual(laptop.screen_id.size, 15)
        self.assertEqual(laptop.keyboard_id.layout, "DVORAK")
        self.assertEqual(laptop.inches_label, "15 in")

    def test_create_with_given_parent(self):
        screen = self.env["test_orm.screen"].create({"size": 10})
        laptop = self.Laptop.create({"screen_id": screen.id, "size": 11})
        self.assertEqual(laptop.screen_id, screen)
        self.assertEqual(screen.size, 11)

    def test_defaults_of_parents(self):
        laptop = self.Laptop.create({})
        self.assertEqual(laptop.layout, "AZERTY")
        self.assertEqual(self.Laptop.default_get(["layout", "name"])["layout"], "AZERTY")

    def test_own_field_shadows(self):
        self.laptop.vendor = "me"
        self.assertFalse(self.laptop.screen_id.vendor)

    def test_last_parent_wins(self):
        self.assertEqual(self.laptop.maker, self.laptop.keyboard_id.maker)
        self.assertEqual(self.Laptop._fields["maker"].related, "keyboard_id.maker")

    def test_search(self):
        self.laptop.name = "searched"
        self.assertEqual(self.Laptop.search([("size", "=", 13), ("name", "=", "searched")]), self.laptop)
        self.assertEqual(self.Laptop.search([("layout", "ilike", "qwert"), ("name", "=", "searched")]), self.laptop)

    def test_order_by_inherited(self):
        other = self.Laptop.create({"size": 5})
        both = self.laptop + other
        self.assertEqual(self.Laptop.search([("id", "in", both.ids)], order="size"), other + self.laptop)

    def test_group_by_inherited(self):
        self.Laptop.create({"layout": "QWERTY", "size": 2})
        groups = self.Laptop._read_group([("layout", "=", "QWERTY")], ["layout"], ["size:sum", "__count"])
        self.assertEqual(groups, [("QWERTY", 15.0, 2)])

    def test_unlink_keeps_parents(self):
        screen = self.laptop.screen_id
        self.laptop.unlink()
        self.assertTrue(screen.exists())

    def test_unlink_parent(self):
        self.laptop.screen_id.unlink()
        self.assertFalse(self.laptop.exists())

    def test_copy(self):
        copy = self.laptop.copy()
        self.assertNotEqual(copy.screen_id, self.laptop.screen_id)
        self.assertEqual((copy.size, copy.layout), (13.0, "QWERTY"))

    def test_copy_with_value(self):
        copy = self.laptop.copy({"size": 20})
        self.assertEqual((copy.size, self.laptop.size), (20, 13))

    def test_x2many_of_parent(self):
        self.laptop.write({"key_ids": [Command.create({"name": key}) for key in "abc"]})
        self.assertEqual(self.laptop.keyboard_id.key_ids.mapped("name"), ["a", "b", "c"])
        self.assertEqual(self.laptop.key_ids, self.laptop.keyboard_id.key_ids)
        self.assertTrue(self.laptop.big)
        laptop = self.Laptop.create({"key_ids": [Command.create({"name": "x"})]})
        self.assertEqual(laptop.key_ids.mapped("name"), ["x"])

    def test_methods_are_not_inherited(self):
        self.assertFalse(hasattr(self.Laptop, "_compute_big"))

    def test_fields_get(self):
        description = self.Laptop.fields_get()
        self.assertIn("size", description)
        self.assertEqual(description["size"]["string"], "Screen Size in inches")
        self.assertFalse(description["size"]["readonly"])

    def test_new(self):
        laptop = self.Laptop.new({"size": 9, "layout": "X"})
        self.assertEqual((laptop.size, laptop.layout), (9, "X"))
        laptop.size = 10
        self.assertEqual(laptop.size, 10)

    def test_new_with_origin(self):
        laptop = self.Laptop.new(origin=self.laptop)
        self.assertEqual(laptop.size, 13)
        laptop.size = 99
        self.assertEqual(self.laptop.size, 13)

    def test_required_of_parent(self):
        self.assertTrue(self.Laptop._fields["layout"].required)

    def test_read_group_and_export(self):
        self.laptop.name = "e"
        self.assertEqual(self.laptop.export_data(["name", "size", "layout"])["datas"], [["e", 13.0, "QWERTY"]])

    def test_delegate_and_chained(self):
        Desk = self.env["test_orm.desk"]
        self.assertEqual(dict(Desk._inherits), {"test_orm.laptop": "laptop_id"})
        desk = Desk.create({"wood": "oak", "name": "chained", "size": 21, "layout": "BEPO"})
        self.assertEqual(desk.laptop_id.name, "chained")
        self.assertEqual(desk.laptop_id.screen_id.size, 21)
        self.assertEqual(desk.layout, "BEPO")
        desk.size = 22
        self.assertEqual(desk.laptop_id.screen_id.size, 22)
        self.assertEqual(desk.inches_label, "22 in")
        self.assertEqual(Desk.search([("size", "=", 22), ("layout", "=", "BEPO")]), desk)

    def test_chained_copy(self):
        desk = self.env["test_orm.desk"].create({"size": 21})
        copy = desk.copy()
        self.assertEqual(copy.size, 21)
        self.assertNotEqual(copy.screen_id, desk.screen_id)


class TestFieldExtension(TransactionCase):
    def test_parameters_are_merged(self):
        field = self.env["test_orm.extended"]._fields["name"]
        self.assertEqual((field.string, field.help, field.required), ("Changed", "Original help", True))

    def test_type_change(self):
        self.assertEqual(self.env["test_orm.extended"]._fields["text"].type, "text")
        self.assertEqual(self.env["test_orm.extended"].create({"name": "n", "text": "long"}).text, "long")

    def test_default_discarded(self):
        self.assertEqual(self.env["test_orm.extended"].create({"name": "n"}).number, 0)

    def test_default_replaced(self):
        self.assertEqual(self.env["test_orm.extended"].create({"name": "n"}).base_field, "from test_orm.extended")

    def test_compute_override_adds_dependencies(self):
        record = self.env["test_orm.extended"].create({"name": "n", "number": 2, "text": "abc"})
        self.assertEqual(record.total, 5)
        record.number = 3
        self.assertEqual(record.total, 6)
        record.text = "abcd"
        self.assertEqual(record.total, 7)

    def test_selection_add_order(self):
        selection = self.env["test_orm.extended"].fields_get(["kind"])["kind"]["selection"]
        self.assertEqual([value for value, _label in selection], ["a", "c", "b", "d", "e", "f", "g"])
        selection = self.env["test_orm.extended"].fields_get(["required_kind"])["required_kind"]["selection"]
        self.assertEqual(dict(selection), {"a": "A again", "z": "Z"})

    def _drop(self, value, field="kind"):
        """Do what uninstalling the module that adds the value does."""
        option = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "test_orm.extended"), ("field_id.name", "=", field), ("value", "=", value)]
        )
        self.assertEqual(len(option), 1)
        with mute_logger("odoo.addons.base.models.ir_model_fields_selection"):
            option._process_ondelete()
        self.env.invalidate_all()

    def _record(self, value):
        return self.env["test_orm.extended"].create({"name": value, "kind": value})

    def test_ondelete_set_null(self):
        record = self._record("c")
        self._drop("c")
        self.assertFalse(record.kind)

    def test_ondelete_cascade(self):
        record = self._record("d")
        self._drop("d")
        self.assertFalse(record.exists())

    def test_ondelete_set_default(self):
        record = self._record("e")
        self._drop("e")
        self.assertEqual(record.kind, "a")

    def test_ondelete_set_value(self):
        record = self._record("f")
        self._drop("f")
        self.assertEqual(record.kind, "b")

    def test_ondelete_function(self):
        record = self._record("g")
        self._drop("g")
        self.assertEqual((record.kind, record.text), ("b", "handled"))
