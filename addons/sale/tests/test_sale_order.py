"""Quotations: numbering, amounts, confirmation, refusals, the wizard and who may see what."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


def _line(described):
    product, quantity, discount = described
    return Command.create({"product_id": product.id, "product_uom_qty": quantity, "discount": discount})


@tagged("-at_install", "post_install")
class TestSaleOrder(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Ada Workshop"})
        Product = cls.env["product.product"]
        cls.desk = Product.create(
            {"name": "Desk", "default_code": "D-1", "list_price": 100.0, "description_sale": "Solid oak"}
        )
        cls.chair = Product.create({"name": "Chair", "list_price": 40.0})
        lines = [(cls.desk, 2, 0), (cls.chair, 3, 10)]
        cls.order = cls.env["sale.order"].create({"partner_id": cls.customer.id, "order_line": list(map(_line, lines))})

    def test_orders_are_numbered_one_after_the_other(self):
        first, second = self.env["sale.order"].create([{"partner_id": self.customer.id} for _i in range(2)])
        self.assertRegex(first.name, r"^S\d{5}$")
        self.assertEqual(int(second.name[1:]), int(first.name[1:]) + 1)

    def test_a_name_given_is_kept(self):
        given = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "name": "Q/1", "date_order": "2026-01-31"}
        )
        self.assertEqual(given.name, "Q/1")

    def test_quotations_expire_after_their_last_day(self):
        today = fields.Date.today()
        self.order.validity_date = today
        self.assertFalse(self.order.is_expired)
        self.order.validity_date = fields.Date.subtract(today, days=1)
        self.assertTrue(self.order.is_expired)
        self.order.action_confirm()
        self.assertFalse(self.order.is_expired)

    def test_unit_follows_the_product_unless_it_measures_the_same(self):
        line, dozen = self.order.order_line[0], self.env.ref("uom.product_uom_dozen")
        line.product_uom = dozen
        line.product_id = self.chair
        self.assertEqual(line.product_uom, dozen)
        rope = self.env["product.product"].create({"name": "Rope", "uom_id": self.env.ref("uom.product_uom_meter").id})
        line.product_id = rope
        self.assertEqual(line.product_uom, rope.uom_id)

    def test_lines_take_price_and_description_from_the_product(self):
        self.assertRecordValues(
            self.order.order_line,
            [
                {"name": "[D-1] Desk\nSolid oak", "price_unit": 100.0, "price_subtotal": 200.0},
                {"name": "Chair", "price_unit": 40.0, "price_subtotal": 108.0},
            ],
        )

    def test_totals_follow_the_lines(self):
        self.assertEqual(self.order.amount_total, 308.0)
        self.order.order_line[0].product_uom_qty = 1
        self.assertEqual(self.order.amount_total, 208.0)
        self.order.order_line[1].unlink()
        self.assertEqual(self.order.amount_untaxed, 100.0)

    def test_price_tax_is_nothing_without_taxes(self):
        self.assertRecordValues(
            self.order.order_line,
            [
                {"price_subtotal": 200.0, "price_tax": 0.0, "price_total": 200.0},
                {"price_subtotal": 108.0, "price_tax": 0.0, "price_total": 108.0},
            ],
        )
        self.assertRecordValues(self.order, [{"amount_untaxed": 308.0, "amount_tax": 0.0, "amount_total": 308.0}])

    def test_price_tax_of_a_module_with_taxes_is_in_all_totals(self):
        self.order.order_line = [Command.create({"display_type": "line_note", "name": "Thanks"})]
        self.patch(type(self.env["sale.order.line"]), "_get_tax_amount", lambda line: line.price_subtotal * 0.07333)
        self.order.order_line.filtered("product_id").discount = 25
        self.assertRecordValues(
            self.order.order_line,
            [
                {"price_subtotal": 150.0, "price_tax": 11.0, "price_total": 161.0},
                {"price_subtotal": 90.0, "price_tax": 6.6, "price_total": 96.6},
                {"price_subtotal": 0.0, "price_tax": 0.0, "price_total": 0.0},
            ],
        )
        self.assertRecordValues(self.order, [{"amount_untaxed": 240.0, "amount_tax": 17.6, "amount_total": 257.6}])
        self.assertEqual(sum(self.order.order_line.mapped("price_total")), self.order.amount_total)

    def test_quantity_of_lines_without_a_product_is_kept(self):
        line, section = self.env["sale.order.line"].create(
            [
                {"order_id": self.order.id, "name": "To be chosen", "price_unit": 5, "product_uom_qty": 3},
                {"order_id": self.order.id, "name": "Extras", "display_type": "line_section"},
            ]
        )
        self.assertRecordValues(
            line + section,
            [
                {"product_uom_qty": 3.0, "price_unit": 5.0, "price_subtotal": 15.0},
                {"product_uom_qty": 0.0, "price_unit": 0.0, "price_subtotal": 0.0},
            ],
        )
        (line + section).invalidate_recordset()
        self.env.add_to_compute(line._fields["product_uom_qty"], line + section)
        self.env.add_to_compute(line._fields["price_unit"], line + section)
        self.assertRecordValues(
            line + section, [{"product_uom_qty": 3.0, "price_unit": 5.0}, {"product_uom_qty": 0.0, "price_unit": 0.0}]
        )

    def test_form_keeps_what_was_entered_on_other_lines(self):
        self.order.order_line[1].write({"price_unit": 7, "product_uom_qty": 10})
        self.env.flush_all()
        self.env.invalidate_all()
        with Form(self.order) as form:
            with form.order_line.edit(0) as line:
                line.price_unit = 50
                self.assertEqual(line.price_subtotal, 100.0)
            self.assertEqual(form.amount_total, 163.0)
        self.assertEqual(self.order.amount_total, 163.0)

    def test_form_of_a_line_without_a_product(self):
        form = Form(self.env["sale.order"])
        form.partner_id = self.customer
        with form.order_line.new() as line:
            self.assertEqual((line.product_uom_qty, line.price_unit), (1.0, 0.0))
            line.name = "By hand"
            line.price_unit = 12
            line.product_uom_qty = 2
        order = form.save()
        self.assertEqual((order.amount_untaxed, order.amount_total), (24.0, 24.0))

    def test_confirm(self):
        self.assertIs(self.order.action_confirm(), True)
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(set(self.order.order_line.mapped("state")), {"sale"})

    def test_form_of_a_confirmed_order_takes_another_product(self):
        self.order.action_confirm()
        with Form(self.order) as form:
            with form.order_line.new() as line:
                line.product_id = self.chair
                self.assertEqual(line.price_unit, 40.0)
            with form.order_line.edit(0) as line, self.assertRaises(AssertionError):
                line.product_id = self.chair
        self.assertEqual(self.order.order_line[-1].product_id, self.chair)

    def test_confirm_is_refused_when_it_is_no_quotation(self):
        self.order.action_cancel()
        with self.assertRaisesRegex(UserError, "only quotations"):
            self.order.action_confirm()
        self.assertEqual(self.order.state, "cancel")

    def test_confirm_is_refused_as_a_whole_when_a_line_lacks_its_product(self):
        incomplete = self.order.copy()
        incomplete.order_line = [Command.create({"name": "To be chosen", "price_unit": 5})]
        with self.assertRaisesRegex(UserError, "needs a product"):
            (self.order + incomplete).action_confirm()
        self.assertEqual((self.order + incomplete).mapped("state"), ["draft", "draft"])

    def test_draft_after_cancel(self):
        self.order.action_cancel()
        self.order.action_draft()
        self.assertEqual(self.order.state, "draft")

    def test_locked_orders_are_protected(self):
        self.order.action_confirm()
        self.order.action_lock()
        with self.assertRaises(UserError):
            self.order.action_cancel()
        with self.assertRaises(UserError):
            self.order.order_line[0].price_unit = 1

    def test_only_drafts_and_cancelled_orders_are_deleted(self):
        self.order.action_confirm()
        with self.assertRaises(UserError):
            self.order.unlink()
        self.order.action_cancel()
        self.order.unlink()
        self.assertFalse(self.order.exists())

    def test_button_to_the_customer(self):
        action = self.order.action_view_customer()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.customer.id))

    def test_wizard_discounts_all_lines(self):
        action = self.order.action_open_discount_wizard()
        self.assertEqual(action["target"], "new")
        wizard = self.env[action["res_model"]].with_context(**action["context"]).create({"discount_percentage": 0.25})
        self.assertEqual(wizard.amount_after, 240.0)
        self.assertEqual(wizard.action_apply_discount()["type"], "ir.actions.act_window_close")
        self.assertEqual(self.order.order_line.mapped("discount"), [25.0, 25.0])
        self.assertEqual(self.order.amount_total, 240.0)

    def test_wizard_refuses_more_than_everything(self):
        with self.assertRaises(ValidationError):
            self.env["sale.order.discount"].create({"sale_order_id": self.order.id, "discount_percentage": 1.5})

    def test_sections_have_no_amount(self):
        self.order.order_line = [Command.create({"display_type": "line_section", "name": "Extras"})]
        self.assertEqual(self.order.amount_total, 308.0)

    def test_copy_starts_as_a_new_quotation_with_the_same_lines(self):
        self.order.action_confirm()
        copy = self.order.copy()
        self.assertNotEqual(copy.name, self.order.name)
        self.assertEqual(copy.state, "draft")
        self.assertEqual(copy.amount_total, self.order.amount_total)

    def test_form_fills_in_lines(self):
        form = Form(self.env["sale.order"])
        form.partner_id = self.customer
        with form.order_line.new() as line:
            line.product_id = self.desk
            self.assertEqual(line.price_unit, 100.0)
            line.product_uom_qty = 4
        self.assertEqual(form.amount_total, 400.0)
        order = form.save()
        self.assertEqual(order.amount_total, 400.0)
        self.assertEqual(order.partner_shipping_id, self.customer)

    def test_salespeople_see_their_own_orders(self):
        anna = new_test_user(self.env, login="anna", groups="sales_team.group_sale_salesman")
        bert = new_test_user(self.env, login="bert", groups="sales_team.group_sale_salesman_all_leads")
        stranger = new_test_user(self.env, login="stranger", groups="base.group_user")
        mine = self.order.copy({"user_id": anna.id})
        self.order.user_id = bert
        orders = self.order + mine
        domain = [("id", "in", orders.ids)]
        self.assertEqual(self.env["sale.order"].with_user(anna).search(domain), mine)
        self.assertEqual(self.env["sale.order"].with_user(bert).search(domain), orders.sorted())
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(stranger).search(domain)
        with self.assertRaises(AccessError):
            self.order.with_user(anna).action_confirm()
        self.assertEqual(self.order.state, "draft")

    def test_customers_count_the_orders_of_their_contacts(self):
        contact = self.env["res.partner"].create({"name": "Ben", "parent_id": self.customer.id})
        self.order.copy({"partner_id": contact.id})
        self.assertEqual(self.customer.sale_order_count, 2)
        self.assertEqual(contact.sale_order_count, 1)
