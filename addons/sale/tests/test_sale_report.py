"""The quotation that a customer gets."""

from lxml import html

from odoo import Command
from odoo.tests import TransactionCase, tagged


@tagged("-at_install", "post_install")
class TestSaleReport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Ada Workshop", "street": "Mill Lane 3", "lang": "en_US"})
        desk, chair = cls.env["product.product"].create(
            [{"name": "Desk", "list_price": 100.0}, {"name": "Chair", "list_price": 40.0}]
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "note": "<p>Payable within 30 days</p>",
                "client_order_ref": "PO-7",
                "order_line": [
                    Command.create({"display_type": "line_section", "name": "Furniture"}),
                    Command.create({"product_id": desk.id, "product_uom_qty": 2}),
                    Command.create({"display_type": "line_note", "name": "Made to order"}),
                    Command.create({"display_type": "line_section", "name": "Seats"}),
                    Command.create({"product_id": chair.id, "product_uom_qty": 3}),
                ],
            }
        )

    def page(self, orders, **data):
        content = self.env["ir.actions.report"]._render_qweb_html("sale.report_saleorder", orders.ids, data=data)[0]
        return html.fromstring(content)

    def texts(self, page, path):
        return [" ".join(node.text_content().split()) for node in page.xpath(path)]

    def test_quotation(self):
        page = self.page(self.order)
        self.assertEqual(self.texts(page, "//h2"), [f"Quotation {self.order.name}"])
        [address] = self.texts(page, "//div[@name='address']")
        self.assertIn("Ada Workshop", address)
        self.assertIn("Mill Lane 3", address)
        self.assertEqual(self.texts(page, "//*[@name='td_section_line']"), ["Furniture", "Seats"])
        self.assertEqual(self.texts(page, "//*[@name='td_note_line']"), ["Made to order"])
        self.assertEqual([text.split()[0] for text in self.texts(page, "//*[@name='td_quantity']")], ["2.00", "3.00"])
        totals = self.texts(page, "//*[@name='td_section_subtotal']")
        self.assertEqual(["200.00" in totals[0], "120.00" in totals[1], len(totals)], [True, True, 2])
        self.assertIn("320.00", self.texts(page, "//*[@id='total']")[0])
        self.assertEqual(self.texts(page, "//*[@name='order_note']"), ["Payable within 30 days"])
        self.assertIn("PO-7", self.texts(page, "//*[@name='informations_reference']")[0])
        self.assertFalse(page.xpath("//*[@name='th_discount']"))

    def test_discounts_and_states(self):
        self.order.order_line[1].discount = 10
        self.order.action_confirm()
        page = self.page(self.order)
        self.assertTrue(page.xpath("//*[@name='th_discount']"))
        self.assertIn("10.00 %", self.texts(page, "//tbody")[0])
        self.assertEqual(self.texts(page, "//h2"), [f"Sales Order {self.order.name}"])

    def test_other_addresses(self):
        branch = self.env["res.partner"].create(
            {"name": "Store", "type": "delivery", "parent_id": self.customer.id, "street": "Dock 9"}
        )
        self.assertFalse(self.page(self.order).xpath("//*[@name='information_block']"))
        self.order.partner_shipping_id = branch
        self.assertIn("Dock 9", self.texts(self.page(self.order), "//*[@name='information_block']")[0])

    def test_customers_have_their_languages(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["sale"], ["fr_FR"])
        other = self.order.copy({"partner_id": self.customer.copy({"lang": "fr_FR"}).id})
        page = self.page(self.order | other)
        langs = [node.get("data-oe-lang") for node in page.find_class("article")]
        self.assertEqual(langs, ["en_US", "fr_FR"])
        self.assertEqual(self.texts(page, "//h2"), [f"Quotation {self.order.name}", f"Devis {other.name}"])
        self.assertEqual(self.texts(page, "//*[@name='th_quantity']"), ["Quantity", "Quantité"])

    def test_offered_for_orders(self):
        report = self.env.ref("sale.action_report_saleorder")
        self.assertIn(report.id, [entry["id"] for entry in self._printed()])

    def _printed(self):
        return self.env["ir.actions.actions"].get_bindings("sale.order").get("report", [])
