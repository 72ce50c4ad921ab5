"""What fields keep, show and accept; each test is named after its entry."""

from odoo.tests import TransactionCase, new_test_user


class TestComputedForReaders(TransactionCase):
    def test_c4_superuser_mode_and_the_reader(self):
        record = self.env["test_orm.reader"].create({"name": "r"})
        one, two = (new_test_user(self.env, login) for login in ("reader_one", "reader_two"))
        for user in (one, two, one):
            self.assertEqual(record.with_user(user).reader_name, f"r for {user.login}")
            self.assertEqual(record.with_user(user).sudo().reader_name, f"r for {user.login}")
        record.name = "s"
        self.assertEqual(record.with_user(one).reader_name, "s for reader_one")
        self.assertEqual(record.with_user(two).read(["reader_name"])[0]["reader_name"], "s for reader_two")

    def test_c4_mode_is_told_apart_without_compute_sudo(self):
        record = self.env["test_orm.reader"].create({})
        user = new_test_user(self.env, "reader_one")
        self.assertEqual(record.with_user(user).reader_mode, "reader_one False")
        self.assertEqual(record.with_user(user).sudo().reader_mode, "reader_one True")


class TestSelectionValues(TransactionCase):
    def test_c6_options_of_a_method_are_not_checked(self):
        Choice = self.env["test_orm.choice"]
        record = Choice.create({"by_method": "elsewhere", "by_function": "z"})
        record.by_function = "other"
        record.write({"by_method": "gone"})
        self.env.invalidate_all()
        self.assertEqual((record.by_method, record.by_function), ("gone", "other"))
        self.assertEqual(Choice.search([("by_method", "=", "gone")]), record)
        record.by_method = ""
        self.assertFalse(record.by_method)
        self.assertEqual(record.new({"by_method": "gone"}).by_method, "gone")

    def test_c6_options_of_a_list_are_checked(self):
        record = self.env["test_orm.choice"].create({"literal": "a"})
        record.related_id = record
        for name in ("literal", "related_literal"):
            with self.subTest(name), self.assertRaisesRegex(ValueError, "literal"):
                record.write({name: "b"})
        self.assertEqual(record.literal, "a")

    def test_c6_what_is_no_text_is_refused(self):
        record = self.env["test_orm.choice"].create({"by_method": "one"})
        for value in ([1], {"a": 1}, True, record, 1.5):
            with self.subTest(value=value):
                with self.assertRaisesRegex(ValueError, "by_method"):
                    record.by_method = value
                with self.assertRaisesRegex(ValueError, "literal"):
                    record.literal = value
        self.assertEqual(record.by_method, "one")
