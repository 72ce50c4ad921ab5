import json
from unittest.mock import patch

from odoo import fields
from odoo.addons.base.models import res_users_login
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CSRF, PortalCase


@tagged("post_install", "-at_install")
class TestPages(PortalCase, HttpCase):
    """The pages of people from outside (PRT)."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(res_users_login, "MIN_ROUNDS", 1000))

    def submit(self, path, form=None, files=None, **values):
        """Send a form of a page."""
        token = CSRF.search(self.url_open(form or path).text)[1]
        return self.url_open(path, data={"csrf_token": token, **values}, files=files)

    def as_user(self):
        self.authenticate("porter", "porterxx")

    def is_logged_in(self):
        return "error" not in self.url_open("/web/session/check", json={"params": {}}).json()

    def test_prt_20_home(self):
        self.as_user()
        page = self.url_open("/my")
        self.assertIn('data-placeholder_count="document_count"', page.text)
        card = page.text[: page.text.index("document_count")].rpartition("o_portal_index_card")[2]
        self.assertIn("d-none", card)
        self.assertEqual(
            self.make_jsonrpc_request("/my/counters", {"counters": ["document_count"]}), {"document_count": 1}
        )
        page = self.url_open("/my/home")
        card = page.text[: page.text.index("document_count")].rpartition("o_portal_index_card")[2]
        self.assertNotIn("d-none", card)
        self.assertIn("porter@example.org", page.text)
        with mute_logger("odoo.http"):
            answer = self.url_open("/my/counters", json={"params": {"counters": "x" * 5}}).json()
        self.assertIn("list of at most", answer["error"]["data"]["message"])

    def test_prt_21_who_takes_care(self):
        self.user.partner_id.user_id = self.employee
        self.as_user()
        self.assertIn("emma@example.com", self.url_open("/my").text)

    def test_prt_22_the_address(self):
        self.as_user()
        belgium = self.env.ref("base.be")
        ohio = self.env.ref("base.state_us_1")
        right = {
            "name": "Porter P.",
            "email": "new@example.org",
            "phone": "123",
            "street": "Street 1",
            "city": "Gent",
            "country_id": str(belgium.id),
            "zipcode": "9000",
            "vat": "BE0477472701",
        }
        for wrong, text in (
            ({"city": " "}, "are empty"),
            ({"email": "none"}, "is none"),
            ({"city": "x" * 600}, "at most 500"),
            ({"country_id": "999999"}, "no such country"),
            ({"state_id": str(ohio.id)}, "another country"),
            ({"credit_limit": "5"}, "credit_limit"),
        ):
            page = self.submit("/my/account", **{**right, **wrong})
            self.assertIn(text, page.text)
            self.assertIn('value="Street 1"', page.text)
        self.assertFalse(self.user.partner_id.city)
        page = self.submit("/my/account", **{**right, "city": None}, files={"city": ("a.txt", b"x")})
        self.assertIn("are empty", page.text)
        page = self.submit("/my/account", **right, redirect="/my/security")
        self.assertURLEqual(page.url, "/my/security")
        self.assertRecordValues(
            self.user.partner_id,
            [
                {
                    "name": "Porter P.",
                    "city": "Gent",
                    "zip": "9000",
                    "country_id": belgium.id,
                    "email": "new@example.org",
                }
            ],
        )

    def test_prt_22_the_number_of_a_company(self):
        firm = self.env["res.partner"].create({"name": "Firm", "country_id": self.env.ref("base.fr").id})
        partner = self.user.partner_id
        partner.write({"parent_id": firm.id, "country_id": self.env.ref("base.fr").id})
        self.as_user()
        values = {"name": "Porter", "email": "a@example.org", "phone": "1", "street": "s", "city": "c"}
        page = self.submit("/my/account", **values, country_id=str(self.env.ref("base.be").id), vat="BE1")
        self.assertIn("ask us to change it", page.text)
        self.submit("/my/account", **values, country_id=str(self.env.ref("base.be").id))
        self.assertEqual((partner.city, partner.country_id.code, partner.vat), ("c", "FR", False))

    def test_prt_23_frames(self):
        self.as_user()
        for path in ("/my/account", "/my/security"):
            headers = self.url_open(path).headers
            self.assertEqual(headers["X-Frame-Options"], "SAMEORIGIN")
            self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])

    def test_prt_24_passwords(self):
        self.as_user()
        for values, text in (
            ({"old": "", "new1": "a", "new2": "a"}, "Fill this in"),
            ({"old": "porterxx", "new1": "secret12", "new2": "secret13"}, "not the password above"),
        ):
            self.assertIn(text, self.submit("/my/security", op="password", **values).text)
        with mute_logger("odoo.login"):
            page = self.submit("/my/security", old="wrong", new1="secret12", new2="secret12")
        self.assertIn("not your password", page.text)
        page = self.submit("/my/security", old="porterxx", new1="secret12", new2="secret12")
        self.assertIn("The password is changed", page.text)
        self.assertTrue(self.is_logged_in())
        self.authenticate("porter", "secret12")

    def test_prt_25_closing_the_account(self):
        self.as_user()
        send = {"path": "/my/deactivate_account", "form": "/my/security"}
        self.assertIn("not the login", self.submit(**send, validation="x", password="porterxx").text)
        with mute_logger("odoo.login"):
            self.assertIn("not your password", self.submit(**send, validation="porter", password="x").text)
        self.assertTrue(self.user.active)
        page = self.submit(**send, validation="porter", password="porterxx", request_blacklist="1")
        self.assertIn("/web/login", page.url)
        self.assertFalse(self.user.active)
        self.assertTrue(self.user.login.startswith("__deleted_user_"))
        self.assertFalse(self.is_logged_in())
        self.assertTrue(self.env["res.users.deletion"].search([("user_id", "=", self.user.id)]))
        self.assertTrue(self.env["mail.blacklist"].search([("email", "=", "porter@example.org")]))

    def test_prt_28_printed_documents(self):
        page = f"/my/documents/{self.document.id}?access_token={self.token}"
        answer = self.url_open(f"{page}&report_type=html")
        self.assertIn("Printed: For Cora", answer.text)
        self.assertEqual(answer.headers["Content-Type"], "text/html; charset=utf-8")
        answer = self.url_open(f"{page}&report_type=pdf&download=true")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("Plan-For-Cora.pdf", answer.headers["Content-Disposition"])
        self.assertNotIn("Content-Disposition", self.url_open(f"{page}&report_type=pdf").headers)
        with mute_logger("odoo.http"):
            self.assertIn("html, pdf or text", self.url_open(f"{page}&report_type=xml").text)

    def test_prt_29_where_portal_users_are(self):
        self.as_user()
        for path in ("/", "/web", "/odoo"):
            self.assertURLEqual(self.url_open(path).url, "/my")
        self.assertURLEqual(self.url_open("/odoo?a=b").url, "/my?a=b")
        self.assertURLEqual(self.url_open("/odoo/action-1").url, "/my?subpath=action-1")
        self.authenticate(None, None)
        page = self.submit("/web/login", login="porter", password="porterxx")
        self.assertURLEqual(page.url, "/my")
        self.authenticate("emma", "emmaxxxx")
        self.assertIn("/odoo", self.url_open("/").url)
        self.assertIn("Go to the backend", self.url_open("/my").text)

    def test_prt_29_files_that_are_not_sent(self):
        files = self.env["ir.attachment"]
        file = files.create({"name": "a", "raw": b"a", "res_model": "mail.compose.message", "access_token": "secret"})
        other = files.create({"name": "b", "raw": b"b", "res_model": "res.partner", "res_id": 1, "access_token": "s"})

        def remove(file, token):
            values = {"params": {"attachment_id": file.id, "access_token": token}}
            with mute_logger("odoo.http"):
                return self.url_open("/portal/attachment/remove", json=values).json()

        for one, token in ((file, "wrong"), (file, None), (other, "s")):
            self.assertEqual(remove(one, token)["error"]["data"]["name"], "odoo.exceptions.UserError")
        self.assertIs(remove(file, "secret")["result"], True)
        self.assertFalse(file.exists())
        self.assertTrue(other.exists())

    def test_prt_30_keys(self):
        self.as_user()
        self.assertNotIn("API keys", self.url_open("/my/security").text)
        self.env["ir.config_parameter"].set_param("portal.allow_api_keys", "True")
        with mute_logger("odoo.login"):
            page = self.submit("/my/security", op="api_key", name="Script", password="x")
        self.assertIn("not your password", page.text)
        page = self.submit("/my/security", op="api_key", name="Script", password="porterxx")
        self.assertIn("shown this once", page.text)
        key = self.user.api_key_ids
        self.assertEqual(key.name, "Script")
        self.assertGreater(key.expiration_date, fields.Datetime.now())
        self.submit("/my/security", op="remove_key", key_id=str(key.id))
        self.assertFalse(key.exists())

    def test_prt_30b_lists(self):
        for number in range(4):
            self.theirs.copy({"name": f"Copy {number}", "partner_id": self.user.partner_id.id})
        self.as_user()
        page = self.url_open("/my/documents?sortby=name&search=Copy").text
        self.assertIn("Copy 0", page)
        self.assertNotIn("Copy 2", page)
        self.assertIn("/my/documents/page/2?sortby=name", page)
        self.assertIn("/my/documents?search=Copy&amp;sortby=new", page)
        self.assertIn('<input type="hidden" name="sortby" value="name"', page)
        self.assertIn('value="Copy"', page)

    def test_prt_27_pages_of_documents(self):
        other = self.theirs.copy({"partner_id": self.user.partner_id.id})
        self.as_user()
        self.url_open("/my/documents")
        page = self.url_open(f"/my/documents/{other.id}").text
        self.assertIn(f"/my/documents/{self.theirs.id}?access_token=", page)
        self.assertIn('href="/my/home"', page)
        self.authenticate(None, None)
        page = self.url_open(f"/my/documents/{self.document.id}?access_token={self.token}&hash=h&pid=5").text
        self.assertIn("For Cora", page)
        self.assertNotIn('href="/my/home"', page)
        self.assertIn('data-pid="5"', page)
        self.assertIn("/web/login", self.url_open(f"/my/documents/{self.document.id}?access_token=wrong").url)
        self.assertIn("/web/login", self.url_open("/my/documents/999999").url)

    def test_prt_9_prt_50_links_of_e_mails(self):
        view = f"/mail/view?model=test.portal.document&res_id={self.document.id}"
        right = f"{view}&access_token={self.token}&pid={self.customer.id}&hash={self.link['hash']}"
        page = f"/my/documents/{self.document.id}"
        found = self.url_open(right).url
        self.assertURLEqual(found, f"{page}?access_token={self.token}&pid={self.customer.id}&hash={self.link['hash']}")
        for wrong in (f"{view}&access_token=wrong", view, "/mail/view?model=no&res_id=5", "/mail/view?res_id=x"):
            self.assertIn("/web/login", self.url_open(wrong).url)
        self.as_user()
        self.assertIn(page, self.url_open(right).url)
        self.assertIn("/my", self.url_open(f"{view}&access_token=wrong", allow_redirects=True).url)
        own = f"/mail/view?model=test.portal.document&res_id={self.theirs.id}"
        self.assertIn(f"/my/documents/{self.theirs.id}?access_token=", self.url_open(own).url)
        self.authenticate("emma", "emmaxxxx")
        for url in (right, f"{view}&access_token=wrong"):
            self.assertIn(f"/odoo/test.portal.document/{self.document.id}", self.url_open(url).url)

    def test_languages(self):
        url = f"/my/documents/{self.document.id}?access_token={self.token}"
        self.assertNotIn("js_change_lang", self.url_open(url).text)
        self.env["res.lang"]._activate_lang("fr_FR")
        page = self.url_open(url).text
        self.assertIn(f'href="/fr/my/documents/{self.document.id}?access_token={self.token}"', page)
        self.assertIn('lang="fr-FR"', self.url_open(f"/fr{url}").text)

    def test_prt_45_signature(self):
        url = f"/my/documents/{self.document.id}"
        page = self.url_open(f"{url}?access_token={self.token}").text
        self.assertIn('name="portal.signature_form"', page)
        self.assertIn(json.dumps(f"{url}/sign?access_token={self.token}").strip('"'), page)

    def test_prt_45_in_the_browser(self):
        self.document.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")
        shown = [".o_portal_message", ".o_portal_composer", ".o_portal_sign_submit:not(:disabled)"]
        ready = " && ".join(f"document.querySelector('{selector}')" for selector in shown)
        url = f"/my/documents/{self.document.id}?access_token={self.token}"
        self.browser_js(url, "console.log('test successful')", ready)
