"""Orders and their lines as a user edits them, before and after they are saved."""

from odoo import Command
from odoo.tests import Form, TransactionCase


class TestOrderForm(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["test_orm.order"]
        cls.view = cls.env["ir.ui.view"].create(
            {
                "name": "order form",
                "model": "test_orm.order",
                "arch": """
                <form>
                    <field name="name"/><field name="person_id"/><field name="person_name"/><field name="boss_name"/>
                    <field name="amount_total"/><field name="line_count"/><field name="last_product"/>
                    <field name="tag_ids" widget="many2many_tags"/>
                    <field name="line_ids">
                        <list editable="bottom">
                            <field name="product"/><field name="quantity"/><field name="price"/><field name="share"/>
                            <field name="subtotal"/><field name="order_name"/><field name="order_state"/>
                            <field name="tag_ids" widget="many2many_tags"/>
                        </list>
                    </field>
                </form>""",
            }
        )
        cls.order = cls.Order.create(
            {
                "name": "Stored",
                "line_ids": [
                    Command.create({"product": "a", "quantity": 1, "price": 10}),
                    Command.create({"product": "b", "quantity": 3, "price": 10}),
                ],
            }
        )

    def _form(self, record=None):
        return Form(record if record is not None else self.Order, self.view)

    def test_line_sees_its_unsaved_order(self):
        with self._form() as form:
            form.name = "Unsaved"
            with form.line_ids.new() as line:
                self.assertEqual(line.order_name, "Unsaved")
                line.product = "x"
        self.assertEqual(form.record.line_ids.order_name, "Unsaved")

    def test_totals_of_unsaved_lines(self):
        with self._form() as form:
            for product in ("abc", "abcde"):
                with form.line_ids.new() as line:
                    line.product = product
            self.assertEqual((form.amount_total, form.line_count, form.last_product), (8, 2, "abcde"))
            form.line_ids.remove(0)
            self.assertEqual((form.amount_total, form.line_count), (5, 1))
        self.assertEqual(form.record.line_ids.mapped("product"), ["abcde"])

    def test_edit_of_stored_lines(self):
        with self._form(self.order) as form:
            self.assertEqual(form.amount_total, 40)
            with form.line_ids.edit(1) as line:
                line.quantity = 9
                self.assertEqual(line.subtotal, 90)
            self.assertEqual(form.amount_total, 100)
            self.env.invalidate_all()
            self.assertEqual(self.order.amount_total, 40, "nothing is saved yet")
        self.assertEqual(self.order.amount_total, 100)
        self.assertEqual(self.order.line_ids[1].share, 0.9)

    def test_removal_of_stored_lines(self):
        with self._form(self.order) as form:
            form.line_ids.remove(0)
            self.assertEqual((form.amount_total, form.line_count), (30, 1))
        self.assertEqual(self.order.line_ids.mapped("product"), ["b"])

    def test_related_follow_the_choice(self):
        boss = self.env["test_orm.person"].create({"name": "Boss"})
        person = self.env["test_orm.person"].create({"name": "Ann", "boss_id": boss.id})
        with self._form() as form:
            form.person_id = person
            self.assertEqual((form.person_name, form.boss_name), ("Ann", "Boss"))
            form.person_id = boss
            self.assertEqual((form.person_name, form.boss_name), ("Boss", False))
            form.person_id = self.env["test_orm.person"]
            self.assertEqual((form.person_name, form.boss_name), (False, False))

    def test_tags_of_lines(self):
        tags = self.env["test_orm.tag"].create([{"name": "t1"}, {"name": "t2"}])
        with self._form(self.order) as form:
            with form.line_ids.edit(0) as line:
                line.tag_ids.add(tags[0])
                line.tag_ids.add(tags[1])
                line.tag_ids.remove(id=tags[0].id)
            form.tag_ids.set(tags)
        self.assertEqual(self.order.line_ids[0].tag_ids, tags[1])
        self.assertEqual(self.order.tag_ids, tags)

    def test_saved_twice(self):
        form = self._form(self.order)
        with form.line_ids.new() as line:
            line.product = "c"
        form.save()
        form.save()
        self.assertEqual(self.order.line_ids.mapped("product"), ["a", "b", "c"])


class TestOnchangeCalls(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env["test_orm.order"].create(
            {"line_ids": [Command.create({"product": name, "price": 10}) for name in "ab"]}
        )
        cls.a, cls.b = cls.order.line_ids
        cls.spec = {
            "amount_total": {},
            "line_count": {},
            "name": {},
            "tag_ids": {"fields": {"display_name": {}}},
            "line_ids": {"fields": {"price": {}, "quantity": {}, "subtotal": {}, "share": {}, "order_name": {}}},
        }

    def _onchange(self, values, names):
        return self.order.onchange(values, names, self.spec)["value"]

    def test_update_of_a_line(self):
        value = self._onchange({"line_ids": [Command.update(self.a.id, {"quantity": 3})]}, ["line_ids"])
        self.assertEqual(value["amount_total"], 40)

    def test_deletion_of_a_line(self):
        value = self._onchange({"line_ids": [Command.delete(self.a.id)]}, ["line_ids"])
        self.assertEqual((value["amount_total"], value["line_count"]), (10, 1))

    def test_creation_of_a_line(self):
        new = [Command.CREATE, "virtual_1", {"quantity": 2, "price": 5}]
        value = self._onchange({"line_ids": [new]}, ["line_ids"])
        self.assertEqual((value["amount_total"], value["line_count"]), (30, 3))

    def test_change_above_lines(self):
        value = self._onchange({"name": "Renamed"}, ["name"])
        self.assertEqual({command[2]["order_name"] for command in value["line_ids"]}, {"Renamed"})

    def test_nothing_changed(self):
        self.assertEqual(self._onchange({"tag_ids": []}, ["tag_ids"]), {})
