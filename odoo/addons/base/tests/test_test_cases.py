"""What test cases of addons let tests do with their transaction, and what the runner makes of it."""

from contextlib import closing

from odoo.tests import TransactionCase
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite
from odoo.tools import mute_logger


class TestCursorOfTests(TransactionCase):
    def ends(self):
        """Return the methods of the cursor that end its transaction."""
        return self.cr.commit, self.cr.rollback, self.cr.close

    def test_2_12_1_commit_rollback_and_close_are_refused(self):
        partner = self.env["res.partner"].create({"name": "Ann"})
        for end in self.ends():
            with self.assertRaises(AssertionError):
                end()
        with self.assertRaises(AssertionError), self.env.cr:
            partner.name = "Bob"
        self.assertFalse(self.cr.closed)
        self.assertEqual(partner.name, "Ann")

    def test_2_12_1_cursors_of_test_mode_may(self):
        self.registry.enter_test_mode(self.cr)
        try:
            with closing(self.registry.cursor()) as cr:
                cr.execute("INSERT INTO res_partner (name) VALUES ('kept') RETURNING id")
                [kept] = cr.fetchone()
                cr.commit()
                cr.execute("UPDATE res_partner SET name = 'lost' WHERE id = %s", [kept])
                cr.rollback()
        finally:
            self.registry.leave_test_mode()
        self.assertEqual(self.env["res.partner"].browse(kept).name, "kept")

    def test_2_12_1_the_class_itself_closes_its_cursor(self):
        class Inner(TransactionCase):
            def test_commit(self):
                self.cr.commit()

        result = self.run_tests(Inner("test_commit"))
        self.assertEqual((result.testsRun, result.failures_count, result.errors_count), (1, 1, 0))
        self.assertTrue(Inner.cr.closed)

    def test_2_12_2_closed_cursors_do_not_end_the_run(self):
        class Inner(TransactionCase):
            def test_own(self):
                self.registry.enter_test_mode(self.cr)
                with closing(self.registry.cursor()) as self.cr:
                    self.registry.leave_test_mode()

            def test_other(self):
                with closing(self.registry._db.cursor()) as self.cr:
                    self.cr.execute("SELECT 1")

        result = self.run_tests(Inner("test_own"), Inner("test_other"), Inner("test_own"))
        self.assertEqual((result.testsRun, result.total_errors_count()), (3, 0))

    @staticmethod
    def run_tests(*tests):
        """Run tests as the server does, without its log of failures."""
        result = OdooTestResult()
        with mute_logger(__name__):
            OdooSuite(tests).run(result)
        return result
