"""Blocks that are pasted into lists are saved as a whole or not at all."""

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSavedLines(TransactionCase):
    """Categories of partners, some of which are changed and some are new."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.categories = cls.env["res.partner.category"].create([{"name": "One"}, {"name": "Two"}])

    def test_lines_are_changed_and_added(self):
        one, two = self.categories
        ids = self.env["res.partner.category"].web_save_lines(
            [
                {"id": two.id, "values": {"name": "Second", "color": 3}},
                {"id": False, "values": {"name": "Third", "parent_id": one.id}},
            ]
        )
        self.assertEqual(ids[0], two.id)
        self.assertEqual((two.name, two.color), ("Second", 3))
        self.assertRecordValues(
            self.env["res.partner.category"].browse(ids[1]), [{"name": "Third", "parent_id": one.id}]
        )

    def test_one_line_that_is_refused_refuses_all(self):
        one, two = self.categories
        lines = [{"id": one.id, "values": {"name": "First"}}, {"id": two.id, "values": {"parent_id": two.id}}]
        with self.assertRaises(UserError), self.env.cr.savepoint():
            one.web_save_lines(lines)
        self.assertEqual(one.name, "One")
        gone = self.env["res.partner.category"].create({"name": "Gone"})
        gone.unlink()
        with self.assertRaises(MissingError), self.env.cr.savepoint():
            one.web_save_lines([{"id": gone.id, "values": {"name": "Back"}}])

    def test_rights_are_those_of_the_user(self):
        guest = new_test_user(self.env, "guest_of_lines", groups="base.group_user")
        lines = [{"id": self.categories[0].id, "values": {"name": "Mine"}}]
        with self.assertRaises(AccessError):
            self.env["res.partner.category"].with_user(guest).web_save_lines(lines)

    def test_what_is_no_line_and_too_much(self):
        model = self.env["res.partner.category"]
        for lines in ([{"id": 1}], ["x"], [{"values": 3}], [{"id": False, "values": {"name": "n"}}] * 1001):
            with self.assertRaises(UserError):
                model.web_save_lines(lines)
