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

    def test_home_action_works_without_another_one(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        client = {"name": "Again", "tag": "reload"}
        window = {"name": "Lines", "res_model": "res.partner", "domain": "[('parent_id', '=', active_id)]"}
        for action in (
            self.env["ir.actions.client"].create(client),
            self.env["ir.actions.act_window"].create(window),
            self.env.ref("base.action_open_website"),
        ):
            with self.assertRaises(ValidationError):
                user.action_id = action.id
        user.action_id = self.env["ir.actions.client"].create({"name": "Board", "tag": "board"}).id
        user.action_id = self.env["ir.actions.act_window"].create({**window, "domain": "[]"}).id

    def test_restored_user_has_a_restored_partner(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        user.toggle_active()
        user.partner_id.active = False
        user.toggle_active()
        self.assertTrue(user.active and user.partner_id.active)

    def test_counts_of_groups(self):
        user = new_test_user(self.env, "plain", groups="base.group_user")
        groups = user.groups_id
        self.assertEqual(user.groups_count, len(groups))
        self.assertEqual(user.accesses_count, len(groups.model_access))
        self.assertEqual(user.rules_count, len(groups.rule_groups))

    def test_user_in_memory_has_groups(self):
        group = self.env.ref("base.group_portal")
        user = self.env["res.users"].new({"groups_id": [Command.set(group.ids)]})
        self.assertTrue(user._has_group("base.group_portal"))
        self.assertFalse(user._has_group("base.group_system"))

    def test_outsiders_ask_for_their_own_groups(self):
        inside = new_test_user(self.env, "plain", groups="base.group_user")
        outside = new_test_user(self.env, "outsider", groups="base.group_portal")
        self.assertTrue(inside.with_user(outside).sudo().has_group("base.group_user"))
        self.assertTrue(outside.with_user(inside).has_group("base.group_portal"))
        with self.assertRaises(AccessError):
            inside.with_user(outside).has_group("base.group_user")

    def test_companies_of_the_user_are_active_ones(self):
        main, other = self.env.company, self.env["res.company"].create({"name": "Elsewhere"})
        user = new_test_user(self.env, "plain", groups="base.group_user", company_ids=[Command.set((main | other).ids)])
        self.assertEqual(set(user._get_company_ids()), {main.id, other.id})
        other.active = False
        self.assertEqual(user.with_context(active_test=False)._get_company_ids(), tuple(main.ids))

    def test_signature_is_text(self):
        user = self.env["res.users"].create({"name": "A <i>B</i> & C", "login": "abc"})
        self.assertIn("A &lt;i&gt;B&lt;/i&gt; &amp; C", user.signature)

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
        named = user.copy({"name": "Other", "login": "other"})
        self.assertEqual((named.name, named.login), ("Other", "other"))

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
