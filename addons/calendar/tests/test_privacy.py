"""Private events, and whose choice it is."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestPrivacy(CalendarCommon):
    def secret(self, **values):
        """Return a private event of Anna's, with nothing of it in the cache."""
        event = self.meet(**{"name": "Doctor", "location": "Street 7", "privacy": "private", **values})
        self.env.flush_all()
        self.env.invalidate_all()
        return event

    def test_others_see_when_and_nothing_else(self):
        event = self.secret()
        for user in (self.bert, self.user_admin):
            self.env.invalidate_all()
            seen = self.env["calendar.event"].with_user(user).search_read([("id", "=", event.id)])[0]
            self.assertEqual((seen["name"], seen["display_name"], seen["location"]), ("Busy", "Busy", False))
            self.assertEqual((seen["partner_ids"], seen["attendee_ids"]), ([], []))
            self.assertTrue(seen["start"] and seen["stop"] and seen["duration"])
            self.assertEqual(seen["user_id"][0], self.anna.id)
            self.env.invalidate_all()
            [row] = (
                self.env["calendar.event"]
                .with_user(user)
                .web_search_read(
                    [("id", "=", event.id)],
                    {"name": {}, "display_name": {}, "location": {}, "start": {}, "partner_ids": {}},
                )["records"]
            )
            self.assertEqual((row["name"], row["display_name"], row["location"]), ("Busy", "Busy", False))
            self.assertEqual(row["partner_ids"], [])
            self.env.invalidate_all()
            self.assertEqual(event.with_user(user).name, "Busy")
        self.env.invalidate_all()
        self.assertEqual(event.with_user(self.anna).name, "Doctor")
        self.env.invalidate_all()
        self.assertEqual(event.sudo().name, "Doctor")

    def test_attendees_see_everything(self):
        event = self.secret(partner_ids=[Command.set((self.anna.partner_id | self.bert.partner_id).ids)])
        self.assertEqual(event.with_user(self.bert).name, "Doctor")
        event.with_user(self.bert).write({"location": "Street 8"})

    def test_the_organizers_choice(self):
        event = self.secret(privacy=False)
        self.assertEqual(event.with_user(self.bert).name, "Doctor")
        self.anna.with_user(self.anna).calendar_default_privacy = "private"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(event.with_user(self.bert)._check_private_event_conditions())
        self.assertEqual(event.with_user(self.bert).name, "Busy")
        with self.assertRaises(AccessError):
            event.with_user(self.bert).write({"name": "Other"})
        with self.assertRaises(AccessError):
            event.with_user(self.bert).unlink()

    def test_others_find_nothing_by_what_it_is_about(self):
        event = self.secret()
        event.message_post(body="Bring the X-rays")
        events = self.env["calendar.event"].with_user(self.bert)
        for term in (("name", "ilike", "Doc"), ("display_name", "ilike", "Doc"), ("message_ids.body", "ilike", "rays")):
            with self.subTest(term=term):
                self.assertFalse(events.search([term]) & event)
                self.assertIn(event, events.with_user(self.anna).search([term]))
        self.assertIn(event, events.search([("partner_ids", "in", self.anna.partner_id.ids)]))
        self.assertFalse(events.name_search("Doctor"))

    def test_others_see_neither_attendees_nor_files(self):
        for privacy in ("private", False):
            with self.subTest(privacy=privacy):
                event = self.secret(privacy=privacy)
                file = {"name": "X-rays", "raw": b"x", "res_id": event.id, "res_model": event._name}
                file = self.env["ir.attachment"].create(file)
                self.anna.with_user(self.anna).calendar_default_privacy = "private"
                self.env.flush_all()
                self.env.invalidate_all()
                for record in (event.attendee_ids[:1], file):
                    self.assertTrue(record.with_user(self.anna).read())
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        record.with_user(self.bert).read()
                self.assertFalse(event.attendee_ids.with_user(self.bert).search([("event_id", "=", event.id)]))

    def test_groups(self):
        self.secret()
        self.secret(name="Party", privacy="confidential")
        events = self.env["calendar.event"].with_user(self.bert)
        domain = [("user_id", "=", self.anna.id)]
        self.assertEqual([row["name"] for row in events.read_group(domain, ["name"], ["name"])], ["Party"])
        found = events._read_group(domain, ["location"], ["__count"])
        self.assertEqual([count for _location, count in found], [1])
        self.assertEqual(sum(row["start_count"] for row in events.read_group(domain, ["start"], ["start:day"])), 2)
        mine = events.with_user(self.anna).read_group(domain, ["name"], ["name"])
        self.assertEqual({row["name"] for row in mine}, {"Doctor", "Party"})

    def test_others_change_nothing(self):
        event = self.secret()
        for user in (self.bert, self.user_admin):
            foreign = event.with_user(user)
            with self.assertRaises(AccessError):
                foreign.write({"name": "Other"})
            with self.assertRaises(AccessError):
                foreign.unlink()
        with self.assertRaises(AccessError):
            event.with_user(self.user_admin)._compute_user_can_edit()
        event.privacy = "confidential"
        event.with_user(self.user_admin).write({"name": "Other"})
        message = event.message_post(body="Where?")
        self.assertTrue(message.with_user(self.bert).has_access("read"))
        event.privacy = "private"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(message.with_user(self.bert).has_access("read"))

    def test_customers_see_theirs(self):
        portal = self._create_portal_user()
        event = self.meet()
        self.assertFalse(self.env["calendar.event"].with_user(portal).search([("id", "=", event.id)]))
        event.partner_ids = [Command.link(portal.partner_id.id)]
        self.assertEqual(self.env["calendar.event"].with_user(portal).search([("id", "=", event.id)]), event)
        self.assertEqual(portal.calendar_default_privacy, "public")
        self.assertFalse(portal.res_users_settings_id)

    def test_calendars_elsewhere(self):
        configs = self.env["calendar.provider.config"]
        with self.assertRaises(AccessError):
            configs.with_user(self.anna).create({})
        config = configs.with_user(self.user_admin).create({"cal_client_id": "me", "cal_client_secret": "key"})
        self.env["ir.module.module"].search([("name", "=", "google_calendar")]).state = "uninstallable"
        with self.assertRaises(UserError):
            config.action_calendar_prepare_external_provider_sync()
        modules = self.env["ir.module.module"]
        (
            modules.search([("name", "=", "google_calendar")]) or modules.create({"name": "google_calendar"})
        ).state = "installed"
        config.action_calendar_prepare_external_provider_sync()
        self.assertEqual(configs.create({}).cal_client_id, "me")

    def test_whose_choice_it_is(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.user_admin).calendar_default_privacy = "private"
        template = self.env.ref("base.default_user")
        template.with_user(self.user_admin).calendar_default_privacy = "confidential"
        users = self.env["res.users"].with_context(no_reset_password=True)
        new = users.create({"name": "New", "login": "new_calendar"})
        own = users.create({"name": "Own", "login": "own_calendar", "calendar_default_privacy": "private"})
        self.assertEqual((new | own).mapped("calendar_default_privacy"), ["confidential", "private"])
        self.assertNotIn("calendar_default_privacy", new.res_users_settings_id._res_users_settings_format())
