from lxml import etree

from odoo.tests import TransactionCase


class FormatAddressCase(TransactionCase):
    """Checks that a model with addresses shows them as the company's country writes them."""

    def assertAddressView(self, model):
        """Check that the form of ``model`` takes over the view of addresses of the company's country."""
        view = self.env["ir.ui.view"].create(
            {
                "name": "an address",
                "model": "res.partner",
                "arch": '<form><div class="o_address_format"><field name="city"/><field name="zip"/></div></form>',
                "priority": 900,
            }
        )
        form = self.env[model].get_view(False, "form")
        self.assertNotIn("a mark of this test", form["arch"])
        view.arch = (
            '<form><div class="o_address_format" data-mark="a mark of this test"><field name="parent_name"/>'
            '<field name="city"/><field name="zip"/></div></form>'
        )
        self.env.company.country_id = self.env.ref("base.be")
        self.env.company.country_id.address_view_id = view
        form = self.env[model].with_company(self.env.company).get_view(False, "form")
        self.assertIn("a mark of this test", form["arch"])


class TestPartnerAddress(FormatAddressCase):
    def test_country_view_replaces_the_block(self):
        self.assertAddressView("res.partner")

    def test_city_line_follows_the_country(self):
        def order(country):
            self.env.company.country_id = self.env.ref(country)
            view = self.env["res.partner"].get_view(self.env.ref("base.view_partner_form").id, "form")
            block = etree.fromstring(view["arch"]).find(".//div[@class='o_address_format']")
            return [node.get("name") for node in block.iter("field") if node.get("name") in ("zip", "city", "state_id")]

        self.assertEqual(order("base.us"), ["city", "state_id", "zip"])
        self.assertEqual(order("base.be")[:2], ["zip", "city"])

    def test_label_of_the_tax_number(self):
        self.env.company.country_id = self.env.ref("base.fr")
        view = self.env["res.partner"].get_view(self.env.ref("base.view_partner_form").id, "form")
        node = etree.fromstring(view["arch"]).find(".//field[@name='vat']")
        self.assertEqual(node.get("string"), self.env.ref("base.fr").vat_label)
