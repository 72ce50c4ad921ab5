from unittest.mock import Mock, patch

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

    def test_2_9_1_new_groups_of_the_template_are_for_present_users(self):
        internal, archived, outsider = (
            new_test_user(self.env, name, groups=f"base.{group}")
            for name, group in (("here", "group_user"), ("away", "group_user"), ("outsider", "group_portal"))
        )
        archived.active = False
        template = self.env.ref("base.default_user")
        implied, group, other = self.env["res.groups"].create([{"name": name} for name in ("Ropes", "Boats", "Other")])
        group.implied_ids = implied
        template.write({"groups_id": [Command.link(group.id)]})
        self.assertLessEqual(group + implied, internal.groups_id)
        self.assertLessEqual(group + implied, archived.groups_id)
        self.assertFalse((group + implied) & outsider.groups_id)
        template.write({"groups_id": [Command.unlink(group.id)]})
        self.assertIn(group, internal.groups_id, "what somebody has is not taken away")
        with patch.object(self.registry["res.users"], "_apply_groups_to_existing_employees", return_value=False):
            template.write({"groups_id": [Command.link(other.id)]})
        self.assertNotIn(other, internal.groups_id)

    def test_2_9_3_language_of_a_user_without_one(self):
        for code in ("fr_FR", "nl_NL", "de_DE"):
            self.env["res.lang"]._activate_lang(code)
        user = new_test_user(self.env, "plain", groups="base.group_user")
        user.company_id.partner_id.lang = "nl_NL"

        def lang(browser=None):
            self.env.registry.clear_cache()
            asking = Mock(best_lang=browser, spec=["best_lang"]) if browser else None
            with patch("odoo.addons.base.models.res_users.request", asking):
                return user.with_user(user).context_get()["lang"]

        user.lang = "de_DE"
        self.assertEqual(lang("fr_FR"), "de_DE")
        user.lang = False
        self.assertEqual(lang("fr_FR"), "fr_FR")
        self.assertEqual(lang("ka_GE"), "nl_NL")
        self.assertEqual(lang(), "nl_NL")
        user.company_id.partner_id.lang = False
        self.assertEqual(lang(), "en_US")

    def test_2_9_8_portal_users_are_deleted_without_commit_in_tests(self):
        user = new_test_user(self.env, "outsider", groups="base.group_portal")
        partner = user.partner_id
        user._deactivate_portal_user()
        with patch.object(self.env.cr, "commit") as commit:
            self.env["res.users.deletion"]._gc_portal_users()
        commit.assert_not_called()
        self.assertFalse((user | self.env["res.users"]).exists())
        self.assertFalse(partner.exists())

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
        lonely = self.env["ir.module.category"].create({"name": "Lonely"})
        self.single = "sel_groups_%s" % self.env["res.groups"].create({"name": "One", "category_id": lonely.id}).id
        self.contacts = f"in_group_{self.env.ref('base.group_partner_manager').id}"

    def test_form_shows_all_groups(self):
        arch = self.env["res.users"].get_view(self.env.ref("base.view_users_form").id, "form")["arch"]
        for name in (self.administration, self.single, self.contacts):
            self.assertIn(name, arch)

    def test_read_and_write(self):
        names = [self.administration, self.contacts]
        manages = self.user._has_group("base.group_partner_manager")
        self.assertEqual(
            self.user.read(names)[0],
            {
                "id": self.user.id,
                self.administration: False,
                self.contacts: manages,
            },
        )
        self.user.write({self.administration: self.env.ref("base.group_erp_manager").id, self.contacts: True})
        values = self.user.read(names)[0]
        self.assertEqual(values[self.administration], self.env.ref("base.group_erp_manager").id)
        self.assertTrue(values[self.contacts])
        self.user.write({self.administration: False})
        self.assertFalse(self.user._has_group("base.group_erp_manager"))

    def test_description(self):
        fields = self.env["res.users"].fields_get([self.administration, self.single, self.contacts])
        self.assertEqual(fields[self.administration]["type"], "selection")
        self.assertEqual(fields[self.single]["type"], "selection")
        self.assertEqual(fields[self.single]["string"], "Lonely")
        self.assertEqual(fields[self.contacts]["type"], "boolean")

    def test_2_9_4_lists_leave_fields_for_groups_out(self):
        names = [self.administration, self.contacts]
        domain = [("id", "=", self.user.id)]
        [values] = self.env["res.users"].search_read(domain, ["login", *names])
        self.assertEqual(values, {"id": self.user.id, "login": "plain"})
        self.assertEqual(self.env["res.users"].search_read(domain, names), [{"id": self.user.id}])
        self.assertEqual(set(self.user.read(["login", *names])[0]), {"id", "login", *names})

    def test_2_9_5_what_depends_on_groups_follows_the_form(self):
        kinds = [self.env.ref(f"base.group_{kind}") for kind in ("user", "portal", "public")]
        field = "sel_groups_" + "_".join(str(id_) for id_ in sorted(group.id for group in kinds))
        with Form(self.user, "base.view_users_form") as form:
            self.assertFalse(form.share)
            form[field] = kinds[1].id
            self.assertTrue(form.share)
            form[field] = kinds[0].id
            self.assertFalse(form.share)
            form[self.contacts] = True
            form[self.administration] = self.env.ref("base.group_erp_manager").id
        self.assertTrue(self.user._is_internal())
        self.assertTrue(self.user._has_group("base.group_erp_manager"))
        self.assertTrue(self.user._has_group("base.group_partner_manager"))

    def test_2_9_5_forms_of_new_users_show_their_groups(self):
        with Form(self.env["res.users"], "base.view_users_form") as form:
            self.assertEqual(form[self.contacts], self.contacts_by_default())
            form.name, form.login = "New", "new"
        users = self.env["res.users"].with_context(default_groups_id=[])
        spec = {name: {} for name in ("share", self.contacts, self.administration)}
        self.assertEqual(
            users.onchange({}, [], spec)["value"], {"share": True, self.contacts: False, self.administration: False}
        )

    def contacts_by_default(self):
        return self.env.ref("base.group_partner_manager") in self.env.ref("base.default_user").groups_id

    def test_2_9_5_warning_of_rights_beyond_the_choice(self):
        apps = self.env["ir.module.category"].create([{"name": name} for name in ("Boats", "Ropes")])
        (sailor, captain), (helper, maker) = (
            self.env["res.groups"].create([{"name": name, "category_id": app.id} for name in names])
            for app, names in zip(apps, (("Sailor", "Captain"), ("Helper", "Maker")), strict=True)
        )
        captain.implied_ids = sailor + maker
        maker.implied_ids = helper
        boats, ropes = (f"sel_groups_{low.id}_{high.id}" for low, high in ((sailor, captain), (helper, maker)))
        user = self.user.with_context(show_user_group_warning=True)
        self.assertFalse(user.user_group_warning)
        with Form(user, "base.view_users_form") as form:
            form[boats] = sailor.id
            form[ropes] = helper.id
            self.assertFalse(form.user_group_warning)
            for lower in (helper.id, False):
                form[ropes] = lower
                form[boats] = captain.id
                self.assertEqual(form[ropes], lower, "the choice is left as it is")
                self.assertIn("Ropes: Maker", form.user_group_warning)
                self.assertIn("Boats / Captain", form.user_group_warning)
                self.assertEqual(len(form.user_group_warning.split("\n")), 1)
                form[boats] = sailor.id
                self.assertFalse(form.user_group_warning)
            form[boats] = captain.id
        self.assertIn(maker, self.user.groups_id)
        with Form(user, "base.view_users_form") as form:
            self.assertEqual((form[boats], form[ropes]), (captain.id, maker.id))
            self.assertFalse(form.user_group_warning)
        with Form(self.user, "base.view_users_form") as form:
            form[ropes] = False
            self.assertFalse(form.user_group_warning, "only where the context asks")

    def test_2_9_6_fields_for_groups_become_commands(self):
        values = {self.contacts: True, self.administration: self.env.ref("base.group_system").id, "name": "New"}
        low, high = sorted([self.env.ref("base.group_erp_manager").id, self.env.ref("base.group_system").id])
        contacts = self.env.ref("base.group_partner_manager").id
        self.assertEqual(
            self.env["res.users"]._remove_reified_groups(values),
            {"name": "New", "groups_id": [(3, low), (4, contacts), (4, high)]},
        )
        self.assertEqual(
            self.env["res.users"]._remove_reified_groups({self.contacts: False}), {"groups_id": [(3, contacts)]}
        )

    def test_new_groups_join_the_form(self):
        group = self.env["res.groups"].create({"name": "Gardeners"})
        arch = self.env["res.users"].get_view(self.env.ref("base.view_users_form").id, "form")["arch"]
        self.assertIn(f"in_group_{group.id}", arch)

    def test_form(self):
        with Form(self.user, "base.view_users_form") as form:
            form.name = "Renamed"
        self.assertEqual(self.user.name, "Renamed")
