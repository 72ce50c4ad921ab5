"""Threads with telephone numbers: PHN-4, PHN-5b, PHN-7, PHN-8."""

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase


class TestCallers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Caller = cls.env["test_phone_mixin.caller"]
        belgium = cls.env.ref("base.be").id
        rows = [
            {"phone": "0475123456"},
            {"phone": "0032475123456"},
            {"phone": "+32 475 12.34/56"},
            {"mobile": "0476 11 22 33", "phone": "0475999999"},
            {"phone": "letters"},
            {"phone": ""},
        ]
        cls.callers = cls.Caller.create([{"country_id": belgium, **vals} for vals in rows])
        cls.plain, cls.zeros, cls.plus, cls.both, cls.letters, cls.none = cls.callers

    def found(self, operator, value):
        """Return the callers that a search finds."""
        domain = [("id", "in", self.callers.ids), ("phone_mobile_search", operator, value)]
        return self.Caller.search(domain, order="id")

    def test_phn_4_the_first_number_counts(self):
        self.assertEqual(
            self.callers.mapped("phone_sanitized"),
            ["+32475123456", "+32475123456", "+32475123456", "+32476112233", False, False],
        )

    def test_phn_8_what_is_no_number_is_passed_over(self):
        self.both.mobile = "letters"
        self.assertEqual(self.both.phone_sanitized, "+32475999999")
        self.both.mobile = False
        self.assertEqual(self.both.phone_sanitized, "+32475999999")
        self.both.phone = "letters"
        self.assertIs(self.both.phone_sanitized, False)

    def test_phn_4_blocked_numbers(self):
        self.both._phone_set_blacklisted()
        self.assertEqual(
            (self.both.phone_sanitized_blacklisted, self.both.mobile_blacklisted, self.both.phone_blacklisted),
            (True, True, False),
        )
        self.plain._phone_set_blacklisted()
        same = self.plain | self.zeros | self.plus
        blocked = [("id", "in", self.callers.ids), ("phone_sanitized_blacklisted", "=", True)]
        self.assertEqual(self.Caller.search(blocked), same | self.both)
        others = [("id", "in", self.callers.ids), ("phone_sanitized_blacklisted", "!=", True)]
        self.assertEqual(self.Caller.search(others), self.letters | self.none)
        self.plain._phone_reset_blacklisted()
        self.callers.invalidate_recordset()
        self.assertEqual(self.Caller.search(blocked), self.both)
        self.assertEqual((self.both.mobile_blacklisted, self.zeros.phone_blacklisted), (True, False))
        with self.assertRaises(UserError):
            self.Caller.search([("phone_sanitized_blacklisted", "ilike", "a")])

    def test_phn_7_whole_numbers(self):
        self.assertFalse(self.found("=", "0475"))
        self.assertEqual(self.found("=", "0475 12 34 56"), self.plain)
        for number in ("0032475123456", "+32475123456", "+32 475/12.34.56", "00 32 475 (12) 34-56"):
            self.assertEqual(self.found("=", number), self.zeros | self.plus, number)

    def test_phn_7_parts(self):
        self.assertEqual(self.found("ilike", "12.34"), self.plain | self.zeros | self.plus)
        self.assertEqual(self.found("ilike", "476 11"), self.both)
        for prefix in ("+32475", "0032475", "+32 475", "00 32 (475)"):
            self.assertEqual(self.found("ilike", prefix), self.zeros | self.plus, prefix)
        # a prefix stands at the beginning
        self.assertFalse(self.found("ilike", "+475"))
        self.assertEqual(self.found("=ilike", "0475%"), self.plain | self.both)
        self.assertFalse(self.found("ilike", "4_5"))

    def test_phn_4_what_does_not_match(self):
        self.assertEqual(self.found("not ilike", "475123"), self.both | self.letters | self.none)
        self.assertEqual(self.found("!=", "0475123456"), self.callers - self.plain)

    def test_phn_4_set_and_unset(self):
        for nothing in (False, "", " "):
            self.assertEqual(self.found("=", nothing), self.none, repr(nothing))
            self.assertEqual(self.found("!=", nothing), self.callers - self.none, repr(nothing))
        self.assertEqual(self.found("=", True), self.callers - self.none)
        self.assertEqual(self.found("!=", True), self.none)

    def test_phn_4_what_cannot_be_searched(self):
        with self.assertRaisesRegex(UserError, "at least 3"):
            self.found("ilike", "47")
        with self.assertRaisesRegex(UserError, "cannot be compared"):
            self.found(">", "0475")
        for domain in ([("phone_mobile_search", "=", "0475")], [("phone_sanitized_blacklisted", "=", True)]):
            with self.assertRaisesRegex(UserError, "does not say"):
                self.env["test_phone_mixin.silent"].search(domain)
        with self.assertRaisesRegex(UserError, "does not say"):
            self.env["test_phone_mixin.silent"].create({"name": "A"}).phone_sanitized

    def test_phn_5b_the_dialog_is_for_those_who_may_change_the_list(self):
        employee = mail_new_test_user(self.env, login="phone_employee")
        caller = self.plain.with_user(employee)
        with self.assertRaises(AccessError):
            caller.phone_action_blacklist_remove()
        self.plain._phone_set_blacklisted()
        self.assertTrue(caller.phone_sanitized_blacklisted)
        with self.assertRaises(AccessError):
            self.env["phone.blacklist"].with_user(employee).add("+32475123456")
        action = self.plain.phone_action_blacklist_remove()
        wizard = self.env[action["res_model"]].with_context(**action["context"]).create({"reason": "Asked for it"})
        wizard.action_unblacklist_apply()
        self.assertFalse(self.plain.phone_sanitized_blacklisted)
