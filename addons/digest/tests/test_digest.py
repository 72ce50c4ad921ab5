from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.addons.mail.tests.common import MailCommon
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user


class TestDigest(MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["digest.digest"].search([]).state = "deactivated"
        cls.reader = new_test_user(cls.env, "digest_reader", groups="base.group_user", email="reader@example.com")
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Numbers",
                "kpi_mail_message_total": True,
                "kpi_res_users_connected": True,
                "user_ids": cls.reader.ids,
            }
        )
        cls.env["digest.tip"].search([]).unlink()

    def log(self, user, days):
        entry = self.env["res.users.log"].with_user(user).sudo().create({})
        entry.flush_recordset()
        when = fields.Datetime.now() - timedelta(days=days)
        self.cr.execute("UPDATE res_users_log SET create_date = %s WHERE id = %s", [when, entry.id])
        entry.invalidate_recordset()

    @freeze_time("2025-01-31 10:00:00")
    def test_dig_1_periods(self):
        self.assertEqual(self.digest.available_fields, "kpi_res_users_connected_value, kpi_mail_message_total_value")
        made = {}
        for often in ("daily", "weekly", "monthly", "quarterly"):
            digest = self.env["digest.digest"].create({"name": often, "periodicity": often})
            made[often] = fields.Date.to_string(digest.next_run_date)
        self.assertEqual(
            made,
            {"daily": "2025-02-01", "weekly": "2025-02-07", "monthly": "2025-02-28", "quarterly": "2025-04-30"},
        )
        with Form(self.digest) as form:
            form.periodicity = "weekly"
            self.assertEqual(str(form.next_run_date), "2025-02-07")
        with self.assertRaises(ValueError):
            self.digest.action_set_periodicity("hourly")

    def test_dig_2_numbers(self):
        now = fields.Datetime.now()
        frame = {"start_datetime": now - timedelta(hours=1), "end_datetime": now + timedelta(hours=1)}
        digest = self.digest.with_context(**frame)
        before = digest.kpi_mail_message_total_value
        partner = self.env["res.partner"].create({"name": "Written to"})
        partner.message_post(body="a", message_type="comment", subtype_xmlid="mail.mt_comment")
        partner.message_post(body="b", message_type="comment", subtype_xmlid="mail.mt_note")
        digest.invalidate_recordset()
        self.assertEqual(digest.kpi_mail_message_total_value, before + 1)
        other = self.env["res.company"].create({"name": "Other"})
        elsewhere = self.env["digest.digest"].create({"name": "Other", "company_id": other.id})
        anywhere = self.env["digest.digest"].create({"name": "Any", "company_id": False})
        both = (self.digest + elsewhere + anywhere).with_context(**frame)
        both._calculate_company_based_kpi("res.users", "kpi_res_users_connected_value")
        connected = both.mapped("kpi_res_users_connected_value")
        self.assertGreater(connected[0], 0)
        self.assertEqual(connected[1:], [0, connected[0]])
        both._calculate_company_based_kpi("res.users", "kpi_res_users_connected_value", sum_field="id")
        self.assertGreaterEqual(both[0].kpi_res_users_connected_value, self.reader.id)

    @freeze_time("2025-03-31 08:00:00")
    def test_dig_3_times_and_columns(self):
        self.env.company.resource_calendar_id.tz = "Europe/Brussels"
        frames = self.digest._compute_timeframes(self.env.company)
        times = [[str(moment) for times in frame for moment in times] for _label, frame in frames]
        # summer time began on the 30th at 1 o'clock UTC
        self.assertEqual(times[0][:2], ["2025-03-30 08:00:00", "2025-03-31 08:00:00"])
        self.assertEqual(times[0][2], "2025-03-29 09:00:00")
        self.assertEqual(times[1][0], "2025-03-24 09:00:00")
        self.assertEqual(
            times[2], ["2025-02-28 09:00:00", "2025-03-31 08:00:00", "2025-01-28 09:00:00", "2025-02-28 09:00:00"]
        )
        margin = self.digest._get_margin_value
        self.assertEqual((margin(3, 2), margin(1, 3), margin(2, 2), margin(0, 5), margin(5, 0)), (50, -66.67, 0, 0, 0))
        euro = self.env.ref("base.EUR")
        euro.write({"symbol": "€", "position": "after"})
        self.assertEqual(self.digest._format_currency_amount("3k", euro), "3k €")
        kpis = self.digest._compute_kpis(self.env.company, self.reader)
        self.assertEqual([kpi["kpi_name"] for kpi in kpis], ["kpi_res_users_connected", "kpi_mail_message_total"])
        self.assertEqual(kpis[1]["kpi_col1"]["col_subtitle"], "Last 24 hours")

    def test_dig_4_the_mail(self):
        tips = self.env["digest.tip"].create(
            [
                {"name": "a", "sequence": 2, "tip_description": "<p>Two <t t-out='1 + 1'/></p>"},
                {"name": "b", "sequence": 1, "tip_description": "<p>One</p>", "group_id": False},
                {
                    "name": "c",
                    "sequence": 0,
                    "tip_description": "<p>Secret</p>",
                    "group_id": self.env.ref("base.group_system").id,
                },
            ]
        )
        due = self.digest.next_run_date
        with self.mock_mail_gateway():
            self.digest.action_send_manual()
            self.digest.action_send_manual()
        first, second = self._new_mails
        self.assertEqual(first.subject, f"{self.env.company.name}: Numbers")
        self.assertEqual((first.email_to, first.state), (self.reader.email_formatted, "outgoing"))
        self.assertEqual(first.author_id, self.env.user.partner_id)
        for header in ("List-Unsubscribe", "List-Unsubscribe-Post", "X-Auto-Response-Suppress"):
            self.assertIn(header, first.headers)
        page = html.fromstring(first.body_html)
        cells = page.xpath("//table[@data-field='kpi_mail_message_total']//*[@class='kpi_value']")
        self.assertEqual(len(cells), 3)
        self.assertTrue(all(cell.text.isdigit() for cell in cells))
        self.assertIn("One", first.body_html)
        self.assertIn("Two 2", second.body_html)
        self.assertNotIn("Secret", first.body_html + second.body_html)
        self.assertEqual((tips[0].user_ids, tips[2].user_ids), (self.reader, self.env["res.users"]))
        self.assertEqual((self.digest.periodicity, self.digest.next_run_date), ("daily", due))

    def test_dig_5_fewer_mails(self):
        self.log(self.reader, 1)
        due = [("next_run_date", fields.Date.today())]
        self.digest.write(dict(due))
        idle = self.digest.copy({"name": "Idle", "user_ids": self.user_employee.ids, **dict(due)})
        self.assertEqual(idle.state, "activated")
        with self.mock_mail_gateway():
            self.env["digest.digest"]._cron_send_digest_email()
            self.env["digest.digest"]._cron_send_digest_email()
        self.assertEqual(len(self._new_mails), 2)
        today = fields.Date.today()
        self.assertEqual((self.digest.periodicity, self.digest.next_run_date), ("daily", today + timedelta(days=1)))
        self.assertEqual((idle.periodicity, idle.next_run_date), ("weekly", today + timedelta(days=7)))
        idle.periodicity = "quarterly"
        with self.mock_mail_gateway():
            idle.action_send()
        self.assertEqual(idle.periodicity, "quarterly")

    def test_dig_6_who_may_what(self):
        digest = self.digest.with_user(self.user_employee)
        digest.action_subscribe()
        self.assertTrue(digest.is_subscribed)
        digest.action_unsubscribe()
        self.assertFalse(digest.is_subscribed)
        for method in ("action_send", "action_send_manual", "action_deactivate"):
            with self.assertRaises(AccessError):
                getattr(digest, method)()
        with self.assertRaises(AccessError):
            self.digest.with_user(self._create_portal_user()).action_subscribe()
        with self.assertRaises(AccessError):
            self.env["digest.tip"].with_user(self.user_employee).create({"name": "x"})

    def test_dig_7_new_users(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("digest.default_digest_id", self.digest.id)
        parameters.set_param("digest.default_digest_emails", False)
        self.assertNotIn(new_test_user(self.env, "quiet_user"), self.digest.user_ids)
        parameters.set_param("digest.default_digest_emails", True)
        self.assertIn(new_test_user(self.env, "new_user"), self.digest.user_ids)
        portal = new_test_user(self.env, "outside_user", groups="base.group_portal")
        self.assertNotIn(portal, self.digest.user_ids)
