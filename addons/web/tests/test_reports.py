"""Reports: what they say, and their files."""

import base64

from odoo.tests import TransactionCase


class TestReports(TransactionCase):
    """Reports as markup."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["ir.actions.report"]

    def test_2_4_1_own_reports_compile(self):
        model = self.env["ir.model"]._get("res.bank")
        page = self.reports._render_qweb_html("base.report_irmodeloverview", model.ids)[0].decode()
        self.assertIn("res.bank", page)
        self.assertIn("bic", page)
        module = self.env["ir.module.module"].search([("name", "=", "base")])
        page = self.reports._render_qweb_html("base.report_irmodulereference", module.ids)[0].decode()
        self.assertIn("ir.actions.report", page)

    def test_2_3_9_images_in_the_page(self):
        company = self.env.company
        company.logo = base64.b64encode(
            b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'
        )
        converter = self.env["ir.qweb.field.image"]
        inside = converter.record_to_html(company, "logo", {"qweb_img_raw_data": True, "alt": "Logo"})
        self.assertIn('src="data:image/svg+xml;base64,', inside)
        self.assertIn('alt="Logo"', inside)
        self.assertIn('src="/web/image/res.company/', converter.record_to_html(company, "logo", {}))
        company.logo = False
        self.assertFalse(converter.record_to_html(company, "logo", {"qweb_img_raw_data": True}))
