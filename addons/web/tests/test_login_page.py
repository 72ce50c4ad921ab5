from unittest.mock import patch

from odoo.addons.web.controllers.webmanifest import WebManifest
from odoo.tests import HttpCase, tagged

EXTENSION = """
<data inherit_id="web.login" name="Login of another addon">
    <xpath expr="//button[@type='submit']" position="after">
        <div class="o_extra_links">
            <a class="o_extra_signup" t-attf-href="/web/signup?{{ keep_query() }}">Sign up</a>
            <a class="o_extra_reset" t-attf-href="/web/reset_password?{{ keep_query() }}">Reset</a>
        </div>
    </xpath>
    <xpath expr="//form" position="attributes"><attribute name="data-extended">1</attribute></xpath>
    <xpath expr="//div[hasclass('o_login_auth')]" position="inside"><i class="o_extra_auth"/></xpath>
    <xpath expr="//div[hasclass('field-login')]" position="before"><i class="o_extra_before"/></xpath>
    <xpath expr="//div[hasclass('field-password')]/input" position="attributes">
        <attribute name="data-own">2</attribute>
    </xpath>
    <xpath expr="//div[hasclass('oe_login_buttons')]" position="inside"><i class="o_extra_button"/></xpath>
    <xpath expr="//input[@name='redirect']" position="after"><i class="o_extra_redirect"/></xpath>
</data>
"""


@tagged("-at_install", "post_install")
class TestLoginPage(HttpCase):
    def test_addons_put_their_links_on_it(self):
        """Those of passwords that are forgotten and of accounts that are made stand where 18.0 has them."""
        self.env["ir.ui.view"].create(
            {
                "name": "links",
                "type": "qweb",
                "mode": "extension",
                "inherit_id": self.env.ref("web.login").id,
                "arch": EXTENSION,
            }
        )
        page = self.url_open("/web/login?redirect=/odoo/sales").text
        for place in ("signup", "reset", "auth", "before", "button", "redirect"):
            self.assertIn(f"o_extra_{place}", page)
        self.assertIn('data-extended="1"', page)
        self.assertIn('data-own="2"', page)
        self.assertIn("/web/signup?redirect=", page)

    def test_who_worked_in_the_browser_is_proposed(self):
        """Visitors who are new load no scripts for it."""
        page = self.url_open("/web/login").text
        self.assertNotIn("owl-component", page)
        self.assertNotIn("assets_frontend", page)
        self.opener.cookies["known_users"] = "1"
        page = self.url_open("/web/login").text
        self.assertIn('<owl-component name="web.user_switch"', page)
        self.assertIn("web.assets_frontend_lazy.modules", page)
        bundle = self.env["ir.qweb"]._get_asset_bundle("web.assets_frontend_lazy")
        names = {module.name for module in bundle.modules}
        self.assertLessEqual({"@web/core/user_switch/user_switch", "@web/core/pwa/pwa_service"}, names)
        self.assertNotIn("@web/core/tree_editor/tree_editor", names)

    def test_the_page_of_one_application(self):
        page = self.url_open("/scoped_app?app_id=web&path=scoped_app/parts&app_name=Parts").text
        self.assertIn('<owl-component name="web.install_scoped_app"', page)
        self.assertIn("web.assets_frontend_lazy.modules", page)
        manifest = self.url_open("/web/manifest.scoped_app_manifest?app_id=web&path=scoped_app/parts&app_name=Parts")
        self.assertEqual(manifest.json()["start_url"], "/scoped_app/parts")

    def test_files_are_shared_where_an_application_takes_them(self):
        self.assertNotIn("share_target", self.url_open("/web/manifest.webmanifest").json())
        with patch.object(WebManifest, "_has_share_target", lambda self: True):
            target = self.url_open("/web/manifest.webmanifest").json()["share_target"]
        self.assertEqual((target["action"], target["method"]), ("/odoo?share_target=trigger", "POST"))
        self.assertEqual(target["params"]["files"][0]["name"], "externalMedia")
