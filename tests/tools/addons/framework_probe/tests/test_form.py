from datetime import date

from odoo.tests import Form, TransactionCase


class TestForm(TransactionCase):
    def test_new(self):
        partner = self.env["res.partner"].create({"name": "P", "email": "p@x.com"})
        tag = self.env["probe.tag"].create({"name": "t"})
        with Form(self.env["probe.order"]) as f:
            self.assertEqual(f.state, "draft")
            f.name = "new"
            f.partner_id = partner
            self.assertEqual(f.email, "p@x.com")
            f.date = "2024-01-02"
            f.tag_ids.add(tag)
            with f.line_ids.new() as line:
                self.assertEqual(line.qty, 1)
                line.name = "l1"
                line.price = 5
                self.assertEqual(line.subtotal, 5)
                self.assertEqual(line.partner_name, "P")
            self.assertEqual(f.total, 5)
            with f.line_ids.new() as line:
                line.name = "l2"
                line.qty = 2
                line.price = 5
            self.assertEqual(f.total, 15)
            with f.line_ids.edit(0) as line:
                self.assertEqual(line.name, "l1")
                line.qty = 10
            self.assertEqual(f.total, 60)
            f.line_ids.remove(1)
            self.assertEqual(f.total, 50)
        order = f.record
        self.assertRecordValues(
            order,
            [
                {
                    "name": "new",
                    "partner_id": partner.id,
                    "email": "p@x.com",
                    "date": date(2024, 1, 2),
                    "total": 50,
                    "tag_ids": tag.ids,
                }
            ],
        )
        self.assertRecordValues(order.line_ids, [{"name": "l1", "qty": 10, "price": 5}])

    def test_existing(self):
        order = self.env["probe.order"].create(
            {"name": "o", "line_ids": [(0, 0, {"name": "a", "qty": 2, "price": 3}), (0, 0, {"name": "b"})]}
        )
        with Form(order) as f:
            self.assertEqual(f.total, 6)
            self.assertEqual(len(f.line_ids), 2)
            with f.line_ids.edit(0) as line:
                line.price = 4
            self.assertEqual(f.total, 8)
            f.line_ids.remove(1)
            with f.line_ids.new() as line:
                line.name = "c"
                line.price = 1
            self.assertEqual(f.total, 9)
        self.assertRecordValues(order.line_ids, [{"name": "a", "price": 4.0}, {"name": "c", "price": 1.0}])
        self.assertEqual(order.total, 9)

    def test_modifiers(self):
        with self.assertRaisesRegex(AssertionError, "name is a required field"):
            Form(self.env["probe.order"]).save()
        # an empty text is what was typed: the server has to say what it thinks of it
        f = Form(self.env["probe.order"])
        f.name = ""
        self.assertEqual(f.save().name, "")
        f = Form(self.env["probe.order"])
        with self.assertRaisesRegex(AssertionError, "readonly field 'total'"):
            f.total = 3
        f.state = "done"
        with self.assertRaisesRegex(AssertionError, "readonly field 'note'"):
            f.note = "x"
        with self.assertRaises(AssertionError):
            f.tag_ids.add(self.env["probe.tag"].create({"name": "x"}))
        with self.assertRaisesRegex(AssertionError, "not found in the view"):
            f.nope
        f.name = "x"
        f.date = False
        with self.assertRaisesRegex(AssertionError, "date is a required"):
            f.save()

    def test_warning(self):
        f = Form(self.env["probe.order"])
        with self.assertLogs("odoo.tests.common.onchange", "WARNING"):
            f.note = "warn"
        f.note = "lines"
        self.assertEqual(len(f.line_ids), 1)
        self.assertEqual(f.total, 6)
        f.name = "x"
        order = f.save()
        self.assertRecordValues(order.line_ids, [{"name": "made", "qty": 3, "price": 2}])

    def test_m2m(self):
        tags = self.env["probe.tag"].create([{"name": "a"}, {"name": "b"}, {"name": "c"}])
        order = self.env["probe.order"].create({"name": "o", "tag_ids": [(6, 0, tags[:2].ids)]})
        with Form(order) as f:
            self.assertEqual(f.tag_ids[:], tags[:2])
            self.assertIn(tags[0], f.tag_ids)
            f.tag_ids.remove(tags[0].id)
            f.tag_ids.add(tags[2])
        self.assertEqual(order.tag_ids, tags[1:])
        with Form(order) as f:
            f.tag_ids.set(tags[0])
        self.assertEqual(order.tag_ids, tags[0])
        with Form(order) as f:
            f.tag_ids.clear()
        self.assertFalse(order.tag_ids)

    def test_other_view_and_context(self):
        partner = self.env["res.partner"].create({"name": "P"})
        f = Form(
            self.env["probe.order"].with_context(default_name="dn"),
            view="framework_probe.probe_order_view_form_dialogs",
        )
        self.assertEqual(f.name, "dn")
        f.partner_id = partner
        with f.line_ids.new() as line:
            self.assertEqual(line.qty, 7)
            self.assertEqual(line.partner_name, "P")
            line.name = "x"
            line.price = 2
        order = f.save()
        self.assertEqual(order.total, 14)
        dialogs = self.env.ref("framework_probe.probe_order_view_form_dialogs")
        with Form(order, view=dialogs) as f, f.line_ids.edit(0) as line:
            self.assertEqual(line.price, 2)
            line.price = 3
        self.assertEqual(order.total, 21)

    def test_from_action(self):
        f = Form.from_action(
            self.env, {"type": "ir.actions.act_window", "res_model": "probe.order", "context": {"default_name": "z"}}
        )
        self.assertEqual(f.save().name, "z")
