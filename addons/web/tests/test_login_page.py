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
