from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import (
    Approx,
    Like,
    RecordCapturer,
    SingleTransactionCase,
    TransactionCase,
    new_test_user,
    tagged,
    users,
    warmup,
)
from odoo.tests.common import freeze_time, mute_logger


class TestCases(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.env["probe.order"].create(
            {"name": "first", "line_ids": [(0, 0, {"name": "a", "qty": 2, "price": 3})]}
        )
        cls.user = new_test_user(cls.env, "joe", groups="base.group_user")
        new_test_user(cls.env, "ann", groups="base.group_user")

    def test_values_of_records(self):
        self.order.name = "changed"
        self.env["probe.tag"].create({"name": "t"})
        self.assertRecordValues(
            self.order, [{"name": "changed", "total": 6.0, "partner_id": False, "line_ids": self.order.line_ids.ids}]
        )
        self.assertRecordValues(self.order, [{"name": Like("ch...ed"), "total": Approx(6.004, 2)}])
        with self.assertRaises(AssertionError):
            self.assertRecordValues(self.order, [{"name": "x"}])

    def test_savepoint_of_each_test(self):
        self.assertEqual(self.order.name, "first")
        self.assertFalse(self.env["probe.tag"].search([]))

    def test_raises(self):
        with self.assertRaises(ValidationError), mute_logger("odoo.sql_db"):
            self.order.name = "bad"
            self.order.flush_recordset()
        self.assertEqual(self.order.name, "first")
        with self.assertRaisesRegex(ValidationError, "bad"):
            self.env["probe.order"].create({"name": "bad"})

    @users("joe", "ann")
    def test_users(self):
        self.assertIn(self.env.user.login, ("joe", "ann"))
        tag = self.env["probe.tag"].create({"name": "x"})
        with self.assertRaises(AccessError):
            tag.unlink()

    def test_with_user(self):
        with self.with_user("joe"):
            self.assertEqual(self.env.user, self.user)
        self.assertEqual(self.env.uid, 1)

    def test_capture(self):
        with RecordCapturer(self.env["probe.tag"], []) as capture:
            tag = self.env["probe.tag"].create({"name": "x"})
        self.assertEqual(capture.records, tag)

    def test_too_many_queries(self):
        with self.assertRaises(AssertionError), self.assertQueryCount(0):
            self.env.cr.execute("SELECT 1")

    @warmup
    def test_count(self):
        with self.assertQueryCount(1):
            self.env["probe.tag"].search([("name", "=", "a")])
        with self.assertQueriesContain(["FROM probe_tag"]):
            self.env["probe.tag"].search([("name", "=", "a")])

    def test_debug(self):
        with self.with_user("joe"):
            self.assertFalse(self.env.user.has_group("base.group_no_one"))
            with self.debug_mode():
                self.assertTrue(self.env.user.has_group("base.group_no_one"))

    @freeze_time("2020-01-02")
    def test_frozen(self):
        self.assertEqual(str(fields.Date.today()), "2020-01-02")

    def test_profile(self):
        with self.profile():
            self.env["probe.tag"].search([])


@freeze_time("2021-02-03")
class TestFrozen(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = fields.Date.today()

    def test_day(self):
        self.assertEqual(str(self.day), "2021-02-03")
        self.assertEqual(self.env["probe.order"].create({"name": "x"}).date, self.day)


class TestSingle(SingleTransactionCase):
    def test_1_creates(self):
        self.env["probe.tag"].create({"name": "kept"})

    def test_2_sees_it(self):
        self.assertTrue(self.env["probe.tag"].search([("name", "=", "kept")]))


@tagged("post_install", "-at_install")
class TestPost(TransactionCase):
    def test_post(self):
        self.assertFalse(self.env["probe.tag"].search([("name", "=", "kept")]))
