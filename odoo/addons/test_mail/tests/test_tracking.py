"""Tracking of changes (T24 to T42, T388 to T394)."""

from odoo.tests import tagged

from .common import QUIET, MailCase


@tagged("mail_track")
class TestTracking(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = (
            cls.env["mail.test.ticket"]
            .with_context(**QUIET)
            .create({"name": "T", "customer_id": cls.customer.id})
            .with_context(dict.fromkeys(QUIET, False))
        )

    def changes(self, ticket=None):
        """Return ``{field: (old, new)}`` of what the last message tells."""
        self.flush_tracking()
        message = (ticket or self.ticket).message_ids.filtered("tracking_value_ids")[:1]
        rows = message.sudo().tracking_value_ids._tracking_value_format()
        return {row["fieldName"]: (row["oldValue"]["value"], row["newValue"]["value"]) for row in rows}

    def test_all_types(self):
        euro = self.env.ref("base.EUR")
        tag = self.env["res.partner.category"].create({"name": "Gold"})
        self.ticket.write(
            {
                "amount": 5.5,
                "currency_id": euro.id,
                "customer_id": False,
                "due_on": "2025-01-31",
                "is_urgent": True,
                "name": "U",
                "notes": "long",
                "score": 1.5,
                "starts_at": "2025-01-31 10:00:00",
                "state": "done",
                "tag_ids": [(4, tag.id)],
            }
        )
        found = self.changes()
        self.assertEqual(found["name"], ("T", "U"))
        self.assertEqual(found["amount"], (0.0, 5.5))
        self.assertEqual(found["customer_id"], ("Cora Customer", ""))
        self.assertEqual(found["due_on"], (False, "2025-01-31"))
        self.assertEqual(found["is_urgent"], (False, True))
        self.assertEqual(found["starts_at"], (False, "2025-01-31 10:00:00Z"))
        self.assertEqual(found["state"], ("New", "Done"))
        self.assertEqual(found["tag_ids"], ("", "Gold"))
        rows = self.ticket.message_ids.filtered("tracking_value_ids").tracking_value_ids._tracking_value_format()
        self.assertEqual([row["fieldName"] for row in rows][:2], ["customer_id", "score"], "by their sequence")
        money = next(row for row in rows if row["fieldName"] == "amount")
        self.assertEqual(money["newValue"]["currencyId"], euro.id)

    def test_one_message_for_a_transaction(self):
        before = len(self.ticket.message_ids)
        self.ticket.name = "A"
        self.ticket.name = "B"
        self.assertEqual(len(self.ticket.message_ids), before, "nothing is told before the end")
        self.assertEqual(self.changes(), {"name": ("T", "B")})
        self.assertEqual(len(self.ticket.message_ids), before + 1)
        self.ticket.name = "C"
        self.ticket.name = "B"
        self.flush_tracking()
        self.assertEqual(len(self.ticket.message_ids), before + 1, "nothing changed after all")

    def test_new_records_are_not_tracked(self):
        ticket = self.env["mail.test.ticket"].create({"name": "N"})
        ticket.name = "M"
        self.flush_tracking()
        self.assertFalse(ticket.message_ids.tracking_value_ids)
        self.assertEqual(ticket.message_ids.mapped("preview"), ["Ticket-like model created"])

    def test_context_keys(self):
        before = len(self.ticket.message_ids)
        self.ticket.with_context(mail_notrack=True).name = "A"
        self.ticket.with_context(tracking_disable=True).name = "B"
        self.flush_tracking()
        self.assertEqual(len(self.ticket.message_ids), before)

    def test_stored_computed_fields(self):
        self.customer.phone = "123"
        self.assertEqual(self.changes(), {"customer_phone": (False, "123")})

    def test_subtype_author_and_text(self):
        container = self.env["mail.test.container"].create({"name": "Box"})
        self.ticket.message_subscribe(self.reader.partner_id.ids)
        self.ticket._track_set_author(self.customer)
        self.ticket._track_set_log_message("because <")
        self.ticket.container_id = container
        self.flush_tracking()
        message = self.ticket.message_ids[0]
        self.assertEqual(message.subtype_id, self.env.ref("test_mail.st_mail_test_ticket_container_upd"))
        self.assertEqual(message.author_id, self.customer)
        self.assertIn("because &lt;", message.body)
        self.assertIn(self.reader.partner_id, self.notified(message))

    def test_groups_of_fields(self):
        self.ticket.secret = "s"
        self.flush_tracking()
        trackings = self.ticket.message_ids[0].sudo().tracking_value_ids
        self.assertEqual(trackings._filter_has_field_access(self.env), trackings)
        self.assertFalse(trackings._filter_has_field_access(self.as_employee))
        self.ticket.with_user(self.employee).name = "seen"
        self.assertEqual(self.changes(), {"name": ("T", "seen")})

    def test_templates_of_changes(self):
        with self.outbox() as sent:
            self.ticket.state = "done"
            self.flush_tracking()
        answer, tracking = self.ticket.message_ids[:2]
        self.assertTrue(tracking.tracking_value_ids)
        self.assertEqual(answer.message_type, "auto_comment")
        self.assertEqual(answer.subject, "Done: T")
        self.assertIn("Hello Cora Customer", answer.body)
        self.assertEqual([mail["email_to"] for mail in sent], [['"Cora Customer" <cora@example.org>']])

    def test_fields_that_are_gone(self):
        self.ticket.name = "X"
        self.flush_tracking()
        tracking = self.ticket.message_ids[0].sudo().tracking_value_ids
        tracking.write(
            {"field_id": False, "field_info": {"desc": "Gone", "name": "gone", "type": "char", "sequence": 5}}
        )
        self.assertEqual(tracking._tracking_value_format()[0]["changedField"], "Gone")
        self.assertFalse(tracking._filter_has_field_access(self.as_employee))
        self.assertTrue(tracking._filter_has_field_access(self.env))

    def test_values_that_are_not_kept(self):
        values = self.env["mail.tracking.value"]
        with self.assertRaises(ValueError):
            values._create_tracking_values("a", "b", "no_such", {"type": "char"}, self.ticket)
        with self.assertRaises(NotImplementedError):
            values._create_tracking_values("a", "b", "name", {"type": "html"}, self.ticket)

    def test_durations(self):
        record = self.env["mail.test.track.duration.mixin"].create({"name": "D", "customer_id": self.customer.id})
        self.flush_tracking()
        record.customer_id = self.reader.partner_id
        self.flush_tracking()
        record.invalidate_recordset()
        self.assertEqual(set(record.duration_tracking), {str(self.customer.id), str(self.reader.partner_id.id)})

    def test_queries(self):
        tickets = self.env["mail.test.ticket"].with_context(**QUIET).create([{"name": str(n)} for n in range(5)])
        tickets = tickets.with_context(dict.fromkeys(QUIET, False))
        self.flush_tracking()
        tickets.write({"count": 2})
        self.env.flush_all()
        with self.assertQueryCount(1):
            tickets.write({"count": 3})
            self.env.flush_all()
        self.env["mail.test.simple"].create({"name": "warm"})
        self.flush_tracking()
        counts = []
        for number in (1, 5):
            start = self.env.cr.sql_log_count if hasattr(self.env.cr, "sql_log_count") else 0
            self.env["mail.test.simple"].create([{"name": "new"}] * number)
            self.env.flush_all()
            counts.append((self.env.cr.sql_log_count if hasattr(self.env.cr, "sql_log_count") else 0) - start)
        self.assertEqual(counts[0], counts[1], "as many statements for five as for one")
        self.assertLessEqual(counts[1], 10)
