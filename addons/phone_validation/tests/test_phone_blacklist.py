"""Blocked numbers: PHN-5, PHN-5b, PHN-8."""

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase

ONE, TWO = "+32475000001", "+32475000002"


class TestPhoneBlacklist(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.belgium = cls.env.ref("base.be")
        cls.env.user.country_id = cls.belgium
        cls.List = cls.env["phone.blacklist"]

    def told(self, record):
        """Return the texts of the messages of a record, the oldest first."""
        self.env.flush_all()
        self.cr.flush()
        return " ".join(str(message.body) for message in record.message_ids.sorted("id"))

    def test_phn_5_numbers_are_kept_once(self):
        first = self.List.create({"number": "0475 00 00 01"})
        self.assertEqual(first.number, ONE)
        again = self.List.create([{"number": TWO}, {"number": "0475/00.00.01"}, {"number": "0032475000002"}])
        self.assertEqual(again.mapped("number"), [TWO, ONE])
        self.assertEqual(again[1], first)
        for wrong in ("letters", "", False):
            with self.assertRaises(UserError):
                self.List.create({"number": wrong})
        with self.assertRaises(UserError):
            first.number = "letters"

    def test_phn_5_numbers_that_were_archived(self):
        record = self.List.create({"number": ONE, "active": False})
        self.assertEqual(self.List.create({"number": ONE, "active": False}), record)
        self.assertFalse(record.active)
        self.List.create({"number": ONE})
        self.assertTrue(record.active)

    def test_phn_5_search(self):
        record = self.List.create({"number": ONE})
        for operator, value in [
            ("=", "0475 00 00 01"),
            ("in", ["0475000001"]),
            ("ilike", "0475000001"),
            ("ilike", "5000"),
        ]:
            self.assertEqual(self.List.search([("number", operator, value)]), record, (operator, value))
        self.assertNotIn(record, self.List.search([("number", "!=", "0475000001")]))

    def test_phn_5_numbers_go_and_come(self):
        record = self.List.add("0475000001", message="Wants no calls")
        self.assertEqual((record.number, record.active), (ONE, True))
        self.assertIn("Wants no calls", self.told(record))
        self.assertEqual(self.List.remove(ONE, message="Wants calls"), record)
        self.assertFalse(record.active)
        unknown = self.List.remove("0475000002", message="Never was there")
        self.assertFalse(unknown.active)
        self.assertIn("Wants calls", self.told(record))
        self.assertIn("Never was there", self.told(unknown))
        record.action_add()
        self.assertTrue(record.active)
        with self.assertRaises(UserError):
            self.List.add("letters")

    def test_phn_5_dialog(self):
        record = self.List.add(ONE)
        self.assertNotIn("Changed his mind", self.told(record))
        action = record.phone_action_blacklist_remove()
        self.env[action["res_model"]].with_context(**action["context"]).create(
            {"reason": "Changed his mind"}
        ).action_unblacklist_apply()
        self.assertFalse(record.active)
        self.assertIn("Changed his mind", self.told(record))

    def test_phn_5b_rights(self):
        self.List.add(ONE)
        employee = mail_new_test_user(self.env, login="phone_employee")
        for model in ("phone.blacklist", "phone.blacklist.remove"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(employee).search([])
        with self.assertRaises(AccessError):
            self.List.with_user(employee).remove(ONE)

    def portal_user(self, **values):
        """Return a user from outside with two numbers."""
        user = mail_new_test_user(self.env, login="phone_portal", groups="base.group_portal", email="p@example.com")
        user.partner_id.write({"country_id": self.belgium.id, "phone": ONE, "mobile": "0475000002", **values})
        return user

    def test_phn_8_who_leaves_wants_no_messages(self):
        user = self.portal_user()
        user.with_user(user)._deactivate_portal_user(request_blacklist=True)
        self.assertFalse(user.active or user.partner_id.active)
        blocked = self.List.search([("number", "in", [ONE, TWO])])
        self.assertEqual(len(blocked), 2)
        self.assertIn(user.name, self.told(blocked[0]))
        self.assertTrue(self.env["mail.blacklist"].search([("email", "=", "p@example.com")]))

    def test_phn_8_who_leaves_may_get_messages(self):
        user = self.portal_user(mobile="letters")
        user.with_user(user)._deactivate_portal_user()
        self.assertFalse(user.active)
        self.assertFalse(self.List.search([("number", "in", [ONE, TWO])]))
        self.assertFalse(self.env["mail.blacklist"].search([("email", "=", "p@example.com")]))
