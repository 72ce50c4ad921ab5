from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


class TestUsers(TransactionCase):
    def test_new_user_is_made_from_the_template(self):
        user = self.env["res.users"].create({"name": "Lea", "login": "lea@example.com"})
        template = self.env.ref("base.default_user")
        self.assertLessEqual(template.groups_id, user.groups_id)
        self.assertTrue(user._is_internal())
        self.assertFalse(user.share or user.partner_share)
        self.assertIn("Lea", user.signature)
        self.assertEqual(user.company_ids, user.company_id)

    def test_login_is_unique(self):
        from psycopg2 import IntegrityError

        from odoo.tools import mute_logger

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["res.users"].create({"name": "Second", "login": "admin"})

    def test_groups_imply_others(self):
        user = new_test_user(self.env, "boss", groups="base.group_system")
        for xmlid in ("base.group_system", "base.group_erp_manager", "base.group_user", "base.group_no_one"):
            self.assertTrue(user._has_group(xmlid), xmlid)
        self.assertTrue(user._is_system() and user._is_admin())
        self.assertFalse(user.has_group("base.group_no_one"), "counts in developer mode only")

    def test_has_groups(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        self.assertTrue(user.has_groups("base.group_user,base.group_system"))
        self.assertTrue(user.has_groups("!base.group_system"))
        self.assertFalse(user.has_groups("base.group_user,!base.group_user"))
        self.assertFalse(user.has_groups("."))

    def test_one_kind_of_user(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        with self.assertRaises(ValidationError):
            user.write({"groups_id": [Command.link(self.env.ref("base.group_portal").id)]})

    def test_internal_user_becomes_one_from_outside(self):
        user = new_test_user(self.env, "plain", groups="base.group_system")
        user.write(
            {
                "groups_id": [
                    Command.unlink(self.env.ref("base.group_user").id),
                    Command.link(self.env.ref("base.group_portal").id),
                ]
            }
        )
        self.assertTrue(user._is_portal() and user.share)
        self.assertFalse(user._has_group("base.group_system"))

    def test_own_preferences(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        mine = user.with_user(user)
        mine.write({"signature": "<p>me</p>", "tz": "Europe/Madrid"})
        self.assertEqual(user.tz, "Europe/Madrid")
        self.assertEqual(mine.context_get()["tz"], "Europe/Madrid")
        with self.assertRaises(AccessError):
            mine.write({"login": "other"})
        self.assertEqual(mine.read(["login", "tz"])[0]["tz"], "Europe/Madrid")

    def test_passwords_are_not_told(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        self.assertNotIn("$", str(user.read(["password"])))
        with self.assertRaises(AccessError):
            self.env["res.users"].with_user(user).search([("password", "=", "x")])

    def test_company_has_to_be_one_of_the_users(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        main = self.env.ref("base.main_company")
        user = new_test_user(
            self.env, "plain", groups="base.group_user", company_id=main.id, company_ids=[Command.set(main.ids)]
        )
        with self.assertRaises(ValidationError):
            user.company_id = other
        user.write({"company_ids": [Command.link(other.id)], "company_id": other.id})
        self.assertEqual(user.with_user(user).env.company, other)

    def test_unauthorized_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = new_test_user(self.env, "plain", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env(user=user, context={"allowed_company_ids": [other.id]}).company.name

    def test_master_users_stay(self):
        for xmlid in ("base.user_root", "base.user_admin", "base.default_user", "base.template_portal_user_id"):
            with self.assertRaises(UserError):
                self.env.ref(xmlid).unlink()

    def test_archive_oneself(self):
        user = new_test_user(self.env, "boss", groups="base.group_erp_manager")
        with self.assertRaises(UserError):
            user.with_user(user).active = False

    def test_name_search_by_login(self):
        user = self.env["res.users"].create({"name": "Zed", "login": "aardvark@example.com"})
        self.assertEqual(self.env["res.users"].name_search("aardvark@example.com"), [(user.id, "Zed")])

    def test_copy(self):
        user = new_test_user(self.env, "plain", name="Plain", groups="base.group_user")
        twin = user.copy()
        self.assertEqual((twin.name, twin.login), ("Plain (copy)", "plain (copy)"))
        self.assertNotEqual(twin.partner_id, user.partner_id)

    def test_portal_user_closes_the_account(self):
        user = new_test_user(self.env, "outsider", groups="base.group_portal")
        user.with_user(user)._deactivate_portal_user()
        self.assertFalse(user.active)
        request = self.env["res.users.deletion"].search([("user_id", "=", user.id)])
        self.assertEqual(request.state, "todo")
        internal = new_test_user(self.env, "plain", groups="base.group_user")
        with self.assertRaises(UserError):
            internal._deactivate_portal_user()

    def test_settings(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        settings = self.env["res.users.settings"]._find_or_create_for_user(user)
        self.assertEqual(user.res_users_settings_id, settings)
        self.assertEqual(self.env["res.users.settings"]._find_or_create_for_user(user), settings)
        self.assertEqual(settings._res_users_settings_format()["user_id"], {"id": user.id})


@tagged("-at_install", "post_install")
class TestReifiedGroups(TransactionCase):
    """The groups' part of the user form."""

    def setUp(self):
        super().setUp()
        self.env["res.groups"]._update_user_groups_view()
        self.user = new_test_user(self.env, "plain", groups="base.group_user")
        self.administration = "sel_groups_" + "_".join(
            str(id_)
            for id_ in sorted([self.env.ref("base.group_erp_manager").id, self.env.ref("base.group_system").id])
        )
        self.export = f"in_group_{self.env.ref('base.group_allow_export').id}"

    def test_form_shows_all_groups(self):
        arch = self.env["res.users"].get_view(self.env.ref("base.view_users_form").id, "form")["arch"]
        self.assertIn(self.administration, arch)
        self.assertIn(self.export, arch)

    def test_read_and_write(self):
        names = [self.administration, self.export]
        exports = self.user._has_group("base.group_allow_export")
        self.assertEqual(
            self.user.read(names)[0],
            {
                "id": self.user.id,
                self.administration: False,
                self.export: exports,
            },
        )
        self.user.write({self.administration: self.env.ref("base.group_erp_manager").id, self.export: True})
        values = self.user.read(names)[0]
        self.assertEqual(values[self.administration], self.env.ref("base.group_erp_manager").id)
        self.assertTrue(values[self.export])
        self.user.write({self.administration: False})
        self.assertFalse(self.user._has_group("base.group_erp_manager"))

    def test_description(self):
        fields = self.env["res.users"].fields_get([self.administration, self.export])
        self.assertEqual(fields[self.administration]["type"], "selection")
        self.assertEqual(fields[self.export]["type"], "boolean")

    def test_new_groups_join_the_form(self):
        group = self.env["res.groups"].create({"name": "Gardeners"})
        arch = self.env["res.users"].get_view(self.env.ref("base.view_users_form").id, "form")["arch"]
        self.assertIn(f"in_group_{group.id}", arch)

    def test_form(self):
        with Form(self.user, "base.view_users_form") as form:
            form.name = "Renamed"
        self.assertEqual(self.user.name, "Renamed")
