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
