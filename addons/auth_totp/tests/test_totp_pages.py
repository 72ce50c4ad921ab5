import re
from unittest.mock import patch

import pyotp
from lxml import html

from odoo.addons.base.models import res_users_login
from odoo.exceptions import AccessDenied
from odoo.http import root
from odoo.http.session import HALF_LOGIN_VALIDITY
from odoo.tests import HttpCase, tagged

from .test_totp import SECRET, TestTOTPMixin

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@tagged("-at_install", "post_install")
class TestPages(TestTOTPMixin, HttpCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(res_users_login, "MIN_ROUNDS", 1000))
        self.set_up_totp()

    def submit(self, path, page, **fields):
        token = TOKEN.search(page.text)[1]
        return self.url_open(path, data={"csrf_token": token, **fields})

    def log_in(self, **fields):
        """Enter login and password, and return the page that follows."""
        page = self.url_open("/web/login?redirect=/web/login_successful")
        fields = {"redirect": "/web/login_successful", "login": "codes", "password": "codes", **fields}
        return self.submit("/web/login", page, **fields)

    def is_logged_in(self):
        answer = self.url_open("/web/session/check", json={"params": {}}).json()
        return "error" not in answer

    def test_the_page(self):
        self.assertTrue(self.url_open("/web/login/totp").url.endswith("/web/login"))
        page = self.log_in()
        self.assertURLEqual(page.url, "/web/login/totp?redirect=%2Fweb%2Flogin_successful")
        self.assertIn('autocomplete="one-time-code"', page.text)
        self.assert_guarded(page)
        self.assertFalse(self.is_logged_in())
        for wrong in ("", "12345", "x" * 10_000):
            page = self.submit("/web/login/totp", page, totp_token=wrong)
            self.assertIn("The code is wrong", page.text)
            self.assert_guarded(page)
        self.assertFalse(self.is_logged_in())
        page = self.submit("/web/login/totp", page, totp_token=self.code(), redirect="/web/login_successful?from=totp")
        self.assertURLEqual(page.url, "/web/login_successful?from=totp")
        self.assertTrue(self.is_logged_in())
        self.assertNotIn("td_id", self.opener.cookies)
        # once only
        self.opener.cookies.clear()
        page = self.submit("/web/login/totp", self.log_in(), totp_token=self.code())
        self.assertIn("used before", page.text)

    def assert_guarded(self, page):
        """Check that the browser runs the scripts of the page and no others."""
        nonces = {script.get("nonce") for script in html.fromstring(page.text).iter("script")}
        self.assertEqual(len(nonces), 1)
        self.assertIn(f"script-src 'nonce-{nonces.pop()}'", page.headers["Content-Security-Policy"])
        self.assertIn("frame-ancestors 'self'", page.headers["Content-Security-Policy"])
        markup = re.sub(r"<script.*?</script>", "", page.text, flags=re.DOTALL)
        self.assertNotRegex(markup, r"\son[a-z]+=")

    def test_programs_are_sent_to_the_page(self):
        params = {"db": self.env.cr.dbname, "login": "codes", "password": "codes"}
        answer = self.url_open("/web/session/authenticate", json={"params": params}).json()
        self.assertEqual(answer["result"], {"uid": None})
        self.assertFalse(self.xmlrpc_common.login(params["db"], "codes", "codes"))
        page = self.url_open("/web/login/totp")
        self.assertIn("totp_token", page.text)
        self.submit("/web/login/totp", page, totp_token=self.code())
        self.assertTrue(self.is_logged_in())

    def assert_over(self, page):
        """Check that no code, not even the right one, makes more of the login that was begun."""
        page = self.submit("/web/login/totp", page, totp_token=self.code())
        self.assertURLEqual(page.url, "/web/login")
        self.assertFalse(self.is_logged_in())
        session = self.stored_session()
        self.assertFalse({"pre_uid", "pre_token"} & session.keys())

    def stored_session(self):
        return root.session_store.get(self.opener.cookies["session_id"])

    def test_users_who_are_archived_meanwhile(self):
        page = self.log_in()
        self.user.active = False
        self.assert_over(page)

    def test_a_password_that_changes_meanwhile(self):
        page = self.log_in()
        self.user.password = "another"
        self.assert_over(page)

    def test_a_code_that_comes_late(self):
        page = self.log_in()
        session = self.stored_session()
        session.pre_time -= HALF_LOGIN_VALIDITY
        root.session_store.save(session)
        self.assert_over(page)

    def test_a_login_of_another_database(self):
        page = self.log_in()
        session = self.stored_session()
        session.pre_db = "another"
        root.session_store.save(session)
        self.assert_over(page)

    def test_nobody_is_let_in_who_is_not_half_logged_in(self):
        self.log_in()
        session = self.stored_session()
        with self.assertRaises(AccessDenied):
            # as it was kept before
            session.pop("pre_token")
            session.finalize(self.env)
        with self.assertRaises(AccessDenied):
            session.finalize(self.env)
        self.assertFalse(session.uid)

    def test_a_trusted_device(self):
        self.submit("/web/login/totp", self.log_in(), totp_token=self.code(), remember="1")
        [cookie] = [cookie for cookie in self.opener.cookies if cookie.name == "td_id"]
        self.assertTrue(cookie.has_nonstandard_attr("HttpOnly"))
        self.opener.cookies.clear("127.0.0.1", "/", "session_id")
        self.assertFalse(self.is_logged_in())
        self.assertURLEqual(self.log_in().url, "/web/login_successful")
        self.assertTrue(self.is_logged_in())
        # not one of another user
        self.user.copy({"login": "other", "password": "other"}).totp_secret = SECRET
        self.opener.cookies.clear("127.0.0.1", "/", "session_id")
        self.assertIn("/web/login/totp", self.log_in(login="other", password="other").url)
        self.user._change_password("codes")
        self.opener.cookies.clear("127.0.0.1", "/", "session_id")
        self.assertIn("/web/login/totp", self.log_in().url)

    def test_too_many_wrong_codes(self):
        self.env["ir.config_parameter"].set_param("base.login_cooldown_after", "3")
        page = self.log_in()
        for _attempt in range(3):
            page = self.submit("/web/login/totp", page, totp_token="000000")
            self.assertEqual(page.status_code, 200)
        # the right password does not make forget them
        self.opener.cookies.clear()
        page = self.submit("/web/login/totp", self.log_in(), totp_token=self.code())
        self.assertEqual(page.status_code, 429)
        self.assertIn("Too many", page.text)
        self.assertTrue(0 < int(page.headers["Retry-After"]) <= 60)
        self.assertFalse(self.is_logged_in())

    def open_security(self, page):
        page.click(".o_user_menu button")
        page.click("[data-menu=settings]")
        page.click("text=Account Security")

    def test_in_the_browser(self):
        """A person switches codes on in the preferences, and logs in with one on a phone."""
        self.user.totp_secret = False
        browser = self._started_browser("", False, False)
        page = browser.page
        page.set_default_timeout(20_000)
        try:
            self.env.flush_all()
            self.cr.clear()
            page.goto(f"{self.base_url()}/web/login")
            page.fill("[name=login]", "codes")
            page.fill("[name=password]", "codes")
            page.click("button[type=submit]")
            page.wait_for_selector(".o_user_menu")
            self.open_security(page)
            page.click("button[name=action_totp_enable_wizard]")
            page.fill(".modal [name=password] input", "codes")
            page.click(".modal button[name=run_check]")
            page.wait_for_selector(".modal [name=qrcode] img")
            browser.take_screenshot("totp_wizard_")
            page.click(".modal summary")
            secret = page.inner_text(".modal [name=secret]").split()[0]
            page.fill(".modal [name=code] input", pyotp.TOTP(secret).now())
            page.click(".modal button[name=enable]")
            page.wait_for_selector("text=From now on you enter a code")
            self.open_security(page)
            page.wait_for_selector("button[name=action_totp_disable]")
            browser.take_screenshot("totp_preferences_")
            page.context.clear_cookies()
            page.set_viewport_size({"width": 390, "height": 844})
            page.goto(f"{self.base_url()}/web/login")
            page.fill("[name=login]", "codes")
            page.fill("[name=password]", "codes")
            page.click("button[type=submit]")
            page.wait_for_selector("[name=totp_token]:focus")
            browser.take_screenshot("totp_page_")
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
            page.fill("[name=totp_token]", "000000")
            page.press("[name=totp_token]", "Enter")
            page.wait_for_selector("[role=alert]:has-text('The code is wrong')")
            # the code that switched it on counts no more, and the next one takes half a minute
            self.env.cr.execute("UPDATE res_users SET totp_last_counter = 0 WHERE id = %s", [self.user.id])
            page.fill("[name=totp_token]", pyotp.TOTP(secret).now())
            page.press("[name=totp_token]", "Enter")
            page.wait_for_selector(".o_user_menu")
        finally:
            page.set_viewport_size({"width": 1366, "height": 768})
            browser.clear()
            self._wait_remaining_requests()
            self.cr.clear()
