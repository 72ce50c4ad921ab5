from unittest.mock import patch

from odoo.addons.bus.models.bus import ImBus
from odoo.tests import TransactionCase


class TestIapMail(TransactionCase):
    def test_s24_history(self):
        account = self.env["iap.account"].create({"service_id": self.env.ref("iap.iap_service_reveal").id})
        self.env.flush_all()
        self.cr.flush()
        account.write({"warning_threshold": 7, "warning_user_ids": self.env.ref("base.user_admin").ids})
        self.env.flush_all()
        self.cr.flush()
        changed = account.message_ids.sudo().tracking_value_ids.field_id.mapped("name")
        self.assertEqual(sorted(changed), ["warning_threshold", "warning_user_ids"])

    def test_s24_notifications(self):
        told = []

        def send(bus, target, kind, message):
            told.append((target, kind, message))

        accounts = self.env["iap.account"]
        with patch.object(ImBus, "_sendone", send):
            accounts._send_success_notification("Done")
            accounts._send_error_notification("Failed", title="Weather")
            accounts._send_no_credit_notification("reveal", "Leads")
        self.assertEqual({kind for _target, kind, _message in told}, {"iap_notification"})
        self.assertEqual(
            [message for _target, _kind, message in told],
            [
                {"message": "Done", "type": "success"},
                {"message": "Failed", "type": "danger", "title": "Weather"},
                {"get_credits_url": "", "title": "Leads", "type": "no_credit"},
            ],
        )

    def test_enriched_companies(self):
        text = self.env["ir.qweb"]._render("iap_mail.enrich_company", {"name": "Azure", "tech": ["PHP", "Perl"]})
        self.assertIn("Azure", text)
        self.assertIn("PHP, Perl", text)
        self.assertNotIn("facebook", text)
