"""Records in memory, and onchange."""

from odoo import Command
from odoo.models import NewId
from odoo.tests import Form, TransactionCase


class TestNew(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["test_orm.order"]
        cls.Line = cls.env["test_orm.order.line"]
        cls.person = cls.env["test_orm.person"].create({"name": "Ann"})
        cls.order = cls.Order.create(
            {
                "name": "Stored",
                "person_id": cls.person.id,
                "line_ids": [Command.create({"product": "p", "quantity": 2, "price": 3})],
            }
        )

    def test_identity(self):
        new = self.Order.new({})
        self.assertIsInstance(new.id, NewId)
        self.assertFalse(new.id)
        self.assertEqual(new.ids, [])
        self.assertEqual(len(new), 1)
        self.assertTrue(new, "a set with a record in it")
        self.assertNotEqual(new, self.Order.new({}))
        self.assertEqual(new.exists(), new, "new records exist by convention")

    def test_equal_identifiers(self):
        self.assertEqual(NewId(origin=3), NewId(origin=3, ref="a"))
        self.assertEqual(NewId(ref="a"), NewId(ref="a"))
        self.assertNotEqual(NewId(origin=3), NewId(origin=4))
        self.assertNotEqual(NewId(), NewId())
        self.assertNotEqual(NewId(origin=3), 3)
        self.assertEqual(self.order._origin, self.order)

    def test_values(self):
        new = self.Order.new({"name": "n", "person_id": self.person.id})
        self.assertEqual(new.name, "n")
        self.assertEqual(new.person_id, self.person)
        self.assertFalse(new.note)
        self.assertEqual(new.state, "draft", "a default")

    def test_computed_values_that_were_entered_are_those_of_the_origin(self):
        record = self.env["test_orm.compute"].create({"a": 5, "editable": 42})
        record.flush_recordset()
        record.invalidate_recordset()
        new = record.new(origin=record)
        self.assertEqual(new.editable, 42)
        new.a = 6
        self.assertEqual(new.editable, self._computed_editable(6), "computed again once it depends on a change")
        self.assertEqual(record.editable, 42)

    def _computed_editable(self, a):
        return self.env["test_orm.compute"].create({"a": a}).editable

    def test_origin(self):
        new = self.Order.new(origin=self.order)
        self.assertEqual(new._origin, self.order)
        self.assertEqual(new.id.origin, self.order.id)
        self.assertEqual(new.name, "Stored")
        self.assertEqual(new.line_ids._origin, self.order.line_ids)
        self.assertEqual(new.amount_total, 6)
        self.assertEqual(self.order._origin, self.order)
        self.assertFalse(self.Order.new({})._origin)

    def test_origin_with_values(self):
        new = self.Order.new({"name": "Changed"}, origin=self.order)
        self.assertEqual(new.name, "Changed")
        self.assertEqual(new.note, False)
        self.assertEqual(self.order.name, "Stored")

    def test_ref(self):
        new = self.Order.new({}, ref="virtual_1")
        self.assertEqual(new.id.ref, "virtual_1")
        self.assertEqual(self.Order.new({}, ref="virtual_1"), new)

    def test_nothing_is_written(self):
        new = self.Order.new({"name": "memory", "line_ids": [Command.create({"product": "p"})]})
        new.name = "changed"
        self.env.flush_all()
        self.assertFalse(self.Order.search([("name", "in", ("memory", "changed"))]))
        self.assertEqual(len(new.line_ids), 1)

    def test_lines(self):
        new = self.Order.new({"line_ids": [Command.create({"quantity": 2, "price": 5}), Command.create({"price": 1})]})
        self.assertEqual(new.amount_total, 11)
        self.assertEqual(new.line_count, 2)
        new.line_ids[0].quantity = 10
        self.assertEqual(new.amount_total, 51)
        self.assertEqual(new.line_ids.order_id, new)
        new.line_ids -= new.line_ids[0]
        self.assertEqual(new.amount_total, 1)

    def test_line_of_stored_order(self):
        line = self.Line.new({"order_id": self.order.id, "quantity": 1, "price": 100})
        self.assertEqual(line.order_id, self.order)
        self.assertEqual(line.subtotal, 100)
        self.assertEqual(self.order.amount_total, 6, "what is in memory does not touch what is stored")

    def test_commands_on_origin(self):
        line = self.order.line_ids
        new = self.Order.new({"line_ids": [Command.update(line.id, {"quantity": 10})]}, origin=self.order)
        self.assertEqual(new.line_ids.quantity, 10)
        self.assertEqual(line.quantity, 2)
        self.assertEqual(new.amount_total, 30)
        self.assertEqual(self.order.amount_total, 6)

    def test_one2many_through_inverse(self):
        new = self.Order.new({})
        line = self.Line.new({"order_id": new, "price": 4})
        self.assertEqual(line.order_id, new)
        self.assertIn(line, new.line_ids)

    def test_many2many(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        new = self.Order.new({"tag_ids": [Command.link(tag.id), Command.create({"name": "u"})]})
        self.assertEqual(new.tag_ids.mapped("name"), ["t", "u"])
        self.assertEqual(new.tag_ids._origin, tag)
        new.tag_ids = [Command.clear()]
        self.assertFalse(new.tag_ids)

    def test_update(self):
        new = self.Order.new({})
        new.update({"name": "u", "note": "v"})
        self.assertEqual((new.name, new.note), ("u", "v"))

    def test_mixed_with_stored(self):
        records = self.order + self.Order.new({"name": "new"})
        self.assertEqual(records.mapped("name"), ["Stored", "new"])
        self.assertEqual(records.ids, self.order.ids)
        self.assertEqual(len(records), 2)

    def test_write_to_stored_many2one_through_new(self):
        new = self.Order.new({"person_id": self.person.id})
        new.person_id.name = "Bea"
        self.assertEqual(self.person.name, "Bea")

    def test_filtered_and_sorted(self):
        news = self.Order.concat(*(self.Order.new({"name": name}) for name in "bca"))
        self.assertEqual(news.sorted("name").mapped("name"), ["a", "b", "c"])
        self.assertEqual(news.filtered_domain([("name", "=", "b")]).name, "b")

    def test_copy_data_like_values(self):
        new = self.Order.new({"name": "n", "line_ids": [Command.create({"product": "p", "quantity": 3})]})
        values = new._convert_to_write(new._cache)
        self.assertEqual(values["name"], "n")
        self.assertEqual(values["line_ids"][-1][0], Command.CREATE)


class TestOnchange(TransactionCase):
    """Onchange methods through the call of the web client and through forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["test_orm.order"]
        cls.person = cls.env["test_orm.person"].create({"name": "Ann", "email": "ann@example.com"})
        cls.spec = {
            "name": {},
            "person_id": {"fields": {"display_name": {}}},
            "person_email": {},
            "message": {},
            "state": {},
            "urgent": {},
            "amount_total": {},
            "line_ids": {"fields": {"product": {}, "quantity": {}, "price": {}, "subtotal": {}, "discount": {}}},
        }

    def test_defaults(self):
        value = self.Order.onchange({}, [], self.spec)["value"]
        self.assertEqual((value["name"], value["state"]), ("New", "draft"))
        self.assertFalse(value.get("line_ids"))

    def test_method(self):
        values = {"name": "New", "person_id": self.person.id, "message": False, "state": "draft"}
        result = self.Order.onchange(values, ["person_id"], self.spec)
        self.assertEqual(result["value"]["message"], "Dear Ann")
        self.assertEqual(result["value"]["person_email"], "ann@example.com")
        self.assertNotIn("name", result["value"])
        self.assertNotIn("warning", result)

    def test_warning(self):
        self.person.age = -1
        result = self.Order.onchange({"person_id": self.person.id}, ["person_id"], self.spec)
        self.assertEqual(result["warning"]["title"], "Age")
        self.assertEqual(result["warning"]["message"], "Negative age")
        self.assertEqual(result["warning"]["type"], "notification")

    def test_computed(self):
        line = [Command.create({"product": "p", "quantity": 3, "price": 2})]
        result = self.Order.onchange({"line_ids": line, "amount_total": 0}, ["line_ids"], self.spec)
        self.assertEqual(result["value"]["amount_total"], 6)

    def test_lines_are_added_and_changed(self):
        order = self.Order.create({"line_ids": [Command.create({"product": "p", "price": 2})]})
        result = order.onchange({"urgent": True}, ["urgent"], self.spec)
        commands = result["value"]["line_ids"]
        self.assertEqual(sorted(command[0] for command in commands), [Command.CREATE, Command.UPDATE])
        update = next(command for command in commands if command[0] == Command.UPDATE)
        self.assertEqual(update[1], order.line_ids.id)
        self.assertEqual(update[2]["price"], 4)
        created = next(command for command in commands if command[0] == Command.CREATE)
        self.assertEqual(created[2]["product"], "Express")
        self.assertEqual(order.line_ids.price, 2, "nothing is written")

    def test_nothing_is_written(self):
        order = self.Order.create({"name": "Stored"})
        order.onchange({"name": "Changed", "person_id": self.person.id}, ["person_id"], self.spec)
        self.env.invalidate_all()
        self.assertEqual(order.name, "Stored")
        self.assertFalse(order.message)

    def test_editable_computed(self):
        spec = {"quantity": {}, "discount": {}, "subtotal": {}, "price": {}}
        Line = self.env["test_orm.order.line"]
        result = Line.onchange({"quantity": 200, "price": 1, "discount": 0}, ["quantity"], spec)
        self.assertEqual(result["value"]["discount"], 10)
        self.assertEqual(result["value"]["subtotal"], 180)

    def _form(self, record=None):
        view = self.env["ir.ui.view"].create(
            {
                "name": "order form",
                "model": "test_orm.order",
                "arch": """
                <form>
                    <field name="name"/><field name="person_id"/><field name="message"/><field name="urgent"/>
                    <field name="person_email"/><field name="tag_ids"/>
                    <field name="line_ids">
                        <list editable="bottom">
                            <field name="product"/><field name="quantity"/><field name="price"/>
                            <field name="discount"/><field name="subtotal"/>
                        </list>
                    </field>
                    <field name="amount_total"/>
                </form>""",
            }
        )
        return Form(record if record is not None else self.Order, view)

    def test_form(self):
        with self._form() as form:
            form.person_id = self.person
            self.assertEqual(form.message, "Dear Ann")
            with form.line_ids.new() as line:
                line.product = "four"
                self.assertEqual(line.price, 4)
                line.quantity = 3
                self.assertEqual(line.subtotal, 12)
            self.assertEqual(form.amount_total, 12)
        order = form.record
        self.assertEqual(order.line_ids.subtotal, 12)
        self.assertEqual(order.person_email, "ann@example.com")

    def test_form_of_record(self):
        order = self.Order.create({"line_ids": [Command.create({"product": "p", "price": 2})]})
        with self._form(order) as form:
            with form.line_ids.edit(0) as line:
                line.quantity = 100
                self.assertEqual(line.discount, 10)
            form.urgent = True
            self.assertEqual(len(form.line_ids), 2)
        self.assertEqual(order.line_ids.mapped("product"), ["p", "Express"])
        self.assertEqual(order.line_ids[0].discount, 10)

    def test_form_many2many(self):
        tag = self.env["test_orm.tag"].create({"name": "t"})
        with self._form() as form:
            form.tag_ids.add(tag)
        self.assertEqual(form.record.tag_ids, tag)

    def test_has_onchange(self):
        self.assertIn("person_id", self.Order._onchange_methods)
        self.assertTrue(self.Order._has_onchange(self.Order._fields["person_id"], []))
        self.assertFalse(self.Order._has_onchange(self.Order._fields["note"], []))
