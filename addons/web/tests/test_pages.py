"""Pages of the web client over HTTP, from within the server's own test framework."""

import json
import re

from odoo import Command
from odoo.modules.neutralize import neutralize_database
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("-at_install", "post_install")
class TestPages(HttpCase):
    def test_login_page(self):
        page = self.url_open("/web/login")
        self.assertEqual(page.status_code, 200)
        self.assertIn('name="csrf_token"', page.text)

    def test_backend_needs_a_login(self):
        page = self.url_open("/odoo", allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertURLEqual(page.headers["Location"], "/web/login?redirect=%2Fodoo%3F")

    def test_backend_page(self):
        self.authenticate("admin", "admin")
        page = self.url_open("/odoo")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["X-Frame-Options"], "DENY")
        self.assertIn("__session_info__", page.text)

    def test_neutralized_copies_say_so(self):
        self.assertNotIn("o_neutralize_banner", self.url_open("/web/login").text)
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        self.assertIn("o_neutralize_banner", self.url_open("/web/login").text)
        self.authenticate("admin", "admin")
        self.assertIn("o_neutralize_banner", self.url_open("/odoo").text)

    def test_users_from_outside_have_no_backend(self):
        new_test_user(self.env, "web_portal", groups="base.group_portal")
        self.authenticate("web_portal", "web_portal")
        page = self.url_open("/odoo", allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        # an addon may have pages for them
        home = "/my" if "portal.mixin" in self.env else "/web/login_successful"
        self.assertURLEqual(page.headers["Location"], home)

    def test_session_info_of_several_companies(self):
        other = self.env["res.company"].create({"name": "Second Company"})
        user = new_test_user(self.env, "web_user", groups="base.group_user,base.group_multi_company")
        user.company_ids = [Command.link(other.id)]
        self.authenticate("web_user", "web_user")
        answer = self.url_open(
            "/web/session/get_session_info",
            data=json.dumps({"params": {}}),
            headers={"Content-Type": "application/json"},
        ).json()["result"]
        self.assertEqual(set(answer["user_companies"]["allowed_companies"]), {str(user.company_id.id), str(other.id)})
        self.assertTrue(answer["display_switch_company_menu"])
        self.assertEqual(answer["uid"], user.id)

    def test_session_info_follows_the_settings(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        user = new_test_user(self.env, "web_french", groups="base.group_user")
        # the settings are there, so that nothing has to be written and tried again
        self.env["res.users.settings"]._find_or_create_for_user(user)
        self.authenticate(user.login, user.login)
        user.lang = "fr_FR"
        languages = []

        def get_view_info(views):
            languages.append(views.env.context["lang"])
            return {}

        self.patch(self.registry["ir.ui.view"], "get_view_info", get_view_info)
        request = {"data": json.dumps({"params": {}}), "headers": {"Content-Type": "application/json"}}
        info = self.url_open("/web/session/get_session_info", **request).json()["result"]
        self.assertEqual((info["user_context"]["lang"], info["bundle_params"]["lang"]), ("fr_FR", "fr_FR"))
        self.assertEqual(languages, ["fr_FR"])

    def test_pages_from_right_to_left(self):
        self.env["res.lang"]._activate_lang("ar_001")
        user = new_test_user(self.env, "web_arab", groups="base.group_user")
        self.authenticate(user.login, user.login)
        page = self.url_open("/odoo").text
        self.assertRegex(page, '<html lang="en-US">')
        self.assertRegex(page, r'href="/web/bundle/web\.assets_web\.css\?v=')
        # the session stays
        user.lang = "ar_001"
        page = self.url_open("/odoo").text
        self.assertRegex(page, r'<html[^>]* lang="ar-001"[^>]* dir="rtl"')
        address = re.search(r'href="(/web/bundle/web\.assets_web\.rtl\.css\?v=\w+)"', page)[1]
        style = self.url_open(address)
        self.assertEqual(style.status_code, 200)
        self.assertIn("immutable", style.headers["Cache-Control"])
        self.assertRegex(style.text, r"\.float-start \{\s*float: right")
        lists = [self.url_open(f"/web/bundle/web.assets_web.json{query}").json() for query in ("", "?lang=en_US")]
        self.assertEqual([[".rtl.css" in url for url in parts["styles"]] for parts in lists], [[True], [False]])
