"""Assertions and helpers of test cases: what they undo, forget and tell."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase


class Unexpected(Exception):
    """Raised where nothing should be."""


class TestCaseTools(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Sheet = cls.env["test_orm.sheet"]
        cls.sheet = cls.Sheet.create({"name": "s"})

    def _fail(self, calls):
        """Return a function that raises at its first calls, as many as there are, and does nothing afterwards."""
        left = [None] * calls

        def fail():
            if left:
                left.pop()
                raise Unexpected

        return fail

    def _assert_usable(self):
        """Check that the transaction goes on, with what it did before."""
        self.assertEqual(self.Sheet.search([("name", "=", "s")]), self.sheet)

    def _assert_not_entered(self, method, calls, exception):
        """Check that a block is not entered, and its assertion not satisfied, when something else fails before.

        :param method: name of the method of the cursor that fails, as many times as ``calls``
        :param exception: what the block is to raise
        """
        with super().assertRaises(Unexpected), patch.object(self.env.cr, method, self._fail(calls)):
            self._raise_in_block(exception)
        self._assert_usable()

    def _raise_in_block(self, exception):
        with self.assertRaises(exception):
            self.fail("the block is entered")

    def test_f10_error_before_the_block(self):
        self._assert_not_entered("flush", 1, UserError)
        self._assert_not_entered("flush", 1, Unexpected)

    def test_f10_error_while_the_cache_is_cleared(self):
        self._assert_not_entered("clear", 1, AccessError)
        self._assert_not_entered("clear", 2, (UserError, AccessError))

    def test_f10_error_after_the_block(self):
        with self.assertRaises(Unexpected):
            self.sheet.name = "changed"
            self.startPatcher(patch.object(self.env.cr, "flush", self._fail(1)))
        self._assert_usable()
        with super().assertRaises(Unexpected), self.assertRaises(UserError):
            self.sheet.name = "changed"
            self.startPatcher(patch.object(self.env.cr, "flush", self._fail(1)))
        self._assert_usable()

    def test_f10_cache_does_not_hide_access_errors(self):
        user = self.env["res.users"].create({"name": "u", "login": "u_f10"})
        secured = self.env["test_orm.secured"].create({"name": "x"})
        self.assertEqual(secured.name, "x")
        with self.assertRaises(AccessError):
            self.assertEqual(secured.with_user(user).name, "x")

    def test_f11_failure_tells_fields_in_their_order(self):
        with self.assertRaises(AssertionError) as caught:
            self.assertRecordValues(self.sheet, [{"name": "s", "label": False, "factor": 7}])
        text = str(caught.exception)
        self.assertLess(text.index("'name'"), text.index("'label'"))
        self.assertLess(text.index("'label'"), text.index("'factor'"))
        with self.assertRaises(AssertionError) as caught:
            self.assertRecordValues(self.sheet, [{"name": "s", "factor": 7}], field_names=["name", "factor"])
        text = str(caught.exception)
        self.assertLess(text.index("'name'"), text.index("'factor'"))

    def test_a3_debug_mode_forgets(self):
        self.sheet.row_ids = [Command.create({"name": "r"})]
        self.sheet.name = "pending"
        name = self.Sheet._fields["name"]
        with self.debug_mode():
            self.assertFalse(self.env.cache.contains(self.sheet, name))
            self.assertFalse(self.env.cache.get_dirty_fields())
            self.assertEqual(self.sheet.name, "pending")
        self.assertFalse(self.env.cache.contains(self.sheet, name))
