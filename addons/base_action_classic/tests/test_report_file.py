"""Names of the files of reports."""

import json

from odoo import http
from odoo.tests.common import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestReportFile(HttpCase):
    def test_file_is_called_after_the_template(self):
        template = self.env["ir.ui.view"].create(
            {
                "name": "Names",
                "type": "qweb",
                "key": "base_action_classic.names",
                "arch": "<t><t t-esc='docs.name'/></t>",
            }
        )
        report = self.env["ir.actions.report"].create(
            {"name": "A title", "model": "res.partner", "report_type": "qweb-text", "report_name": template.key}
        )
        self.authenticate("admin", "admin")
        partner = self.env.user.partner_id
        data = {
            "data": json.dumps([f"/report/text/{report.report_name}/{partner.id}", "qweb-text"]),
            "csrf_token": http.Request.csrf_token(self),
        }
        answer = self.url_open("/report/download", data=data)
        self.assertEqual(answer.text, partner.name)
        self.assertIn("base_action_classic.names.txt", answer.headers["Content-Disposition"])
        report.print_report_name = "'Names of %s' % object.id"
        answer = self.url_open("/report/download", data=data)
        self.assertIn(f"Names of {partner.id}.txt", answer.headers["Content-Disposition"])
