from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user


class TestUsers(TransactionCase):
    def invite(self, *emails, user=None):
        users = self.env["res.users"]
        return (users.with_user(user) if user else users).web_create_users(list(emails))

    def by_login(self, *logins):
        return self.env["res.users"].with_context(active_test=False).search([("login", "in", logins)])

    def test_set4_people_are_invited(self):
        archived = new_test_user(self.env, "old", email="old@example.com")
        archived.active = False
        self.assertIs(self.invite(" Nora.B@example.com ", "old@example.com", "nora.b@example.com"), True)
        nora = self.by_login("nora.b@example.com")
        self.assertEqual((len(nora), nora.name, nora.email), (1, "nora.b", "nora.b@example.com"))
        self.assertTrue(nora.has_group("base.group_user"))
        self.assertTrue(archived.active)
        self.assertFalse(self.by_login("old@example.com"))

    def test_set4_wrong_addresses(self):
        with self.assertRaises(UserError) as caught:
            self.invite("nora@example.com", "nobody", 7)
        self.assertIn("nobody, 7", str(caught.exception))
        self.assertFalse(self.by_login("nora@example.com"))
        with self.assertRaises(UserError):
            self.invite(*(f"n{number}@example.com" for number in range(101)))

    def test_set4_who_may_invite(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.invite("nora@example.com", user=clerk)
        manager = new_test_user(
            self.env, "manager", groups="base.group_user,base.group_erp_manager,base.group_partner_manager"
        )
        self.invite("nora@example.com", user=manager)
        self.assertTrue(self.by_login("nora@example.com"))

    def test_set3_groups_of_new_employees(self):
        parameters, employees = self.env["ir.config_parameter"], self.env.ref("base.group_user")
        template, clerk = self.env.ref("base.default_user"), new_test_user(self.env, "clerk")
        extra = self.env["res.groups"].create({"name": "Extra"})
        more = self.env["res.groups"].create({"name": "More"})
        parameters.set_param("base_setup.default_user_rights", False)
        template.groups_id |= extra
        self.assertNotIn(extra, clerk.groups_id)
        user = self.env["res.users"].create({"name": "A", "login": "a"})
        self.assertEqual(user.groups_id, employees | employees.trans_implied_ids)
        parameters.set_param("base_setup.default_user_rights", True)
        template.groups_id |= more
        self.assertIn(more, clerk.groups_id)
        user = self.env["res.users"].create({"name": "B", "login": "b"})
        self.assertLessEqual(extra | more, user.groups_id)
