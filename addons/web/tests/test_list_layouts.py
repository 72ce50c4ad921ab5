"""Layouts of lists are kept for their users, within bounds."""

from odoo.addons.web.models.list_layouts import MOST_CHARACTERS, MOST_LISTS
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

LAYOUT = {"columns": ["b", "a"], "widths": {"a": 120}, "optional": {"c": True}}


@tagged("post_install", "-at_install")
class TestListLayouts(TransactionCase):
    """Two users and their settings."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann, cls.bob = (
            new_test_user(cls.env, f"{name}_of_lists", groups="base.group_user") for name in ("ann", "bob")
        )

    def settings(self, user, by=None):
        return self.env["res.users.settings"]._find_or_create_for_user(user).with_user(by or user).sudo(False)

    def test_layouts_are_kept_list_by_list(self):
        settings = self.settings(self.ann)
        settings.set_list_layout("res.partner,list,3", LAYOUT)
        settings.set_list_layout("res.partner,form,lines,list", {"widths": {"x": 50}})
        self.assertEqual(settings.list_layouts["res.partner,list,3"], LAYOUT)
        told = self.env["res.users.settings"]._find_or_create_for_user(self.ann)._res_users_settings_format()
        self.assertEqual(set(told["list_layouts"]), {"res.partner,list,3", "res.partner,form,lines,list"})
        settings.set_list_layout("res.partner,list,3", {})
        self.assertEqual(list(settings.list_layouts), ["res.partner,form,lines,list"])

    def test_layouts_of_others_are_theirs(self):
        with self.assertRaises(AccessError):
            self.settings(self.ann, by=self.bob).set_list_layout("res.partner,list", LAYOUT)

    def test_what_is_no_layout_is_refused(self):
        settings = self.settings(self.ann)
        for layout in (
            {"columns": "a"},
            {"columns": [1]},
            {"columns": ["<b>"]},
            {"widths": {"a": "wide"}},
            {"widths": {"a": 5}},
            {"optional": {"a": 1}},
            {"more": 1},
            ["a"],
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                settings.set_list_layout("res.partner,list", layout)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            settings.set_list_layout("<script>", LAYOUT)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            settings.write({"list_layouts": ["x"]})

    def test_what_was_changed_longest_ago_makes_room(self):
        settings = self.settings(self.ann)
        for number in range(MOST_LISTS + 2):
            settings.set_list_layout(f"res.partner,list,{number}", {"widths": {"a": 50}})
        self.assertEqual(len(settings.list_layouts), MOST_LISTS)
        self.assertNotIn("res.partner,list,1", settings.list_layouts)
        self.assertIn("res.partner,list,101", settings.list_layouts)
        with self.assertRaises(UserError):
            settings.set_list_layout("res.partner,list", {"columns": ["a" * 100] * (MOST_CHARACTERS // 400)})
