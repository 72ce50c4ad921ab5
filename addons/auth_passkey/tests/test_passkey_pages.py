import re
from unittest.mock import patch

from odoo.addons.base.models import res_users_login
from odoo.http import root
from odoo.tests import HttpCase, new_test_user, tagged

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@tagged("-at_install", "post_install")
class TestPasskeyPages(HttpCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(res_users_login, "MIN_ROUNDS", 1000))
        self.user = new_test_user(self.env, "unlocks", password="unlocks", groups="base.group_user")
        # an address of numbers has no passkeys
        self.address = self.base_url().replace("127.0.0.1", "localhost")
        self.env["ir.config_parameter"].set_param("web.base.url", self.address)
        self.env["ir.config_parameter"].set_param("web.base.url.freeze", "True")
        self.browser = self._started_browser("", False, False)
        self.page = self.browser.page
        self.page.set_default_timeout(20_000)
        self.addCleanup(self.leave)
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        self.device = self.add_device()

    def leave(self):
        self.devtools.send("WebAuthn.disable")
        self.devtools.detach()
        self.page.set_viewport_size({"width": 1366, "height": 768})
        self.page.goto("about:blank")
        self.browser.clear()
        self._wait_remaining_requests()
        self.cr.clear()

    def add_device(self):
        answer = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        return answer["authenticatorId"]

    def open(self, path):
        self.env.flush_all()
        self.cr.clear()
        self.page.goto(self.address + path)

    def open_preferences(self):
        self.page.wait_for_selector(".o_user_menu")
        self.page.click(".o_user_menu button")
        self.page.click("[data-menu=settings]")
        self.page.click("text=Account Security")

    def settle(self):
        """Wait until a page that was opened has its answers: requests share the connection of the test."""
        self.page.wait_for_selector(".o_action_manager > *")
        self._wait_remaining_requests()

    def log_in_with_passkey(self):
        self.page.context.clear_cookies()
        self.open("/web/login")
        self.page.click(".o_passkey_login")

    def test_a_passkey_from_its_making_to_its_end(self):
        page = self.page
        self.open("/web/login")
        page.fill("[name=login]", "unlocks")
        page.fill("[name=password]", "unlocks")
        page.click("button[type=submit]")
        # made, after the password
        self.open_preferences()
        page.click("button[name=action_create_passkey]")
        page.fill(".modal [name=password] input", "unlocks")
        page.click(".modal button[name=run_check]")
        page.fill(".modal [name=name] input", "Test phone")
        self.browser.take_screenshot("passkey_create_")
        with page.expect_navigation():  # the page loads anew with what has changed
            page.click(".modal .o_widget_auth_passkey_create button")
        self.open_preferences()
        page.wait_for_selector("[name=auth_passkey_key_ids] td:has-text('Test phone')")
        self.browser.take_screenshot("passkey_list_")
        [credential] = self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.device})["credentials"]
        self.assertTrue(credential["isResidentCredential"])
        # used, without login and password
        page.set_viewport_size({"width": 390, "height": 844})
        page.context.clear_cookies()
        self.open("/web/login")
        page.wait_for_selector(".o_passkey_login")
        self.browser.take_screenshot("passkey_login_")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        sent = []
        page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
        page.click(".o_passkey_login")
        page.wait_for_selector(".o_user_menu")
        page.set_viewport_size({"width": 1366, "height": 768})
        [form] = [request.post_data for request in sent if request.url.endswith("/web/login")]
        self.assertNotIn("password=", form.replace("type=password", ""))
        # what was sent once opens nothing
        self.assertIn("not accepted", self.submit_again(form).text)
        # asked for in place of the password, to delete it
        self.open_preferences()
        page.click("[name=auth_passkey_key_ids] button[name=action_delete_passkey]")
        page.click(".modal[aria-label=Confirmation] .modal-footer .btn-primary")
        page.wait_for_selector("text=Show your passkey")
        self.browser.take_screenshot("passkey_identity_")
        with page.expect_navigation():
            page.click(".modal .o_widget_auth_passkey_identity button")
        self.settle()
        self.cr.clear()
        self.env.invalidate_all()
        self.assertFalse(self.user.auth_passkey_key_ids)
        # known to the device only
        self.log_in_with_passkey()
        page.wait_for_selector("[role=alert]:has-text('Wrong login/password'):visible")

    def submit_again(self, form):
        """Send a form once more, from another session."""
        self.authenticate(None, None)
        page = self.url_open("/web/login").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        fields = re.sub(r"csrf_token=[^&]*", f"csrf_token={token}", form)
        self.url_open("/auth/passkey/start-auth", json={"params": {}})
        return self.url_open("/web/login", data=fields, headers={"Content-Type": "application/x-www-form-urlencoded"})

    def test_visitors_who_ask_for_a_challenge_leave_nothing(self):
        self.authenticate(None, None)
        with patch.object(type(root.session_store), "save") as save:
            answer = self.url_open("/auth/passkey/start-auth", json={"params": {}})
        self.assertFalse(save.called)
        self.assertTrue(answer.json()["result"]["csrf_token"])
        self.assertIn("passkey_challenge", answer.cookies)

    def test_copied_passkeys_are_noticed(self):
        self.make_key()
        self.log_in_with_passkey()
        self.page.wait_for_selector(".o_user_menu")
        self.settle()
        [credential] = self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.device})["credentials"]
        self.cr.clear()
        self.env.invalidate_all()
        self.assertEqual(self.user.auth_passkey_key_ids.sudo().sign_count, credential["signCount"])
        self.assertGreater(credential["signCount"], 1)
        self.devtools.send("WebAuthn.clearCredentials", {"authenticatorId": self.device})
        copy = {**credential, "signCount": 0}
        self.devtools.send("WebAuthn.addCredential", {"authenticatorId": self.device, "credential": copy})
        self.log_in_with_passkey()
        self.page.wait_for_selector("[role=alert]:has-text('not accepted'):visible")
        # locked devices sign nothing
        self.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": self.device, "isUserVerified": False})
        self.log_in_with_passkey()
        self.page.wait_for_selector("[role=alert]:has-text('No passkey was used'):visible")

    def make_key(self):
        """Have the device make a passkey in a page without the client around it."""
        self.authenticate("unlocks", "unlocks")
        self.page.context.add_cookies([{"name": "session_id", "value": self.session.sid, "url": self.address}])
        self.session["identity-check-last"] = [self.env.cr.dbname, self.user.id, 4_000_000_000]
        root.session_store.save(self.session)
        self.open("/web/login_successful")
        self.page.evaluate(
            """async () => {
                const { makePasskey } = await import("/auth_passkey/static/src/core/passkeys.js");
                const call = async (model, method, args, kwargs = {}) => {
                    const answer = await fetch("/web/dataset/call_kw", {
                        method: "POST",
                        headers: { "Content-Type": "application/json" },
                        body: JSON.stringify({ params: { model, method, args, kwargs } }),
                    });
                    return (await answer.json()).result;
                };
                const action = await call("res.users", "action_create_passkey", [[%d]]);
                const registration = await makePasskey(action.context.registration);
                const id = await call(action.res_model, "create", [{ name: "Phone" }]);
                await call(action.res_model, "make_key", [[id], registration]);
            }"""
            % self.user.id
        )
        self.cr.clear()
        self.env.invalidate_all()
        self.assertEqual(self.user.auth_passkey_key_ids.mapped("name"), ["Phone"])
