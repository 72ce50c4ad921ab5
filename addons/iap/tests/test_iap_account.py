from unittest.mock import patch

from odoo.addons.iap.tools import iap_tools
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestIapAccount(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls.env["iap.account"].with_context(allowed_company_ids=cls.env.company.ids)
        cls.service = cls.env["iap.service"].create(
            {
                "name": "Weather",
                "technical_name": "weather",
                "description": "Tomorrow's weather",
                "unit_name": "Days",
                "integer_balance": True,
            }
        )
        cls.user = new_test_user(cls.env, "iap_user", groups="base.group_user")

    def create(self, **values):
        return self.accounts.create({"service_id": self.service.id, **values})

    def test_s20_accounts(self):
        account, other = self.create(), self.create(name="Ours")
        self.assertEqual((account.name, other.name), ("Weather", "Ours"))
        self.assertRegex(account.account_token, "^[0-9a-f]{32}$")
        self.assertNotEqual(account.account_token, other.account_token)
        self.assertEqual(account.service_name, "weather")
        with self.assertRaises(UserError):
            account.warning_threshold = -1
        self.user.email = False
        with self.assertRaises(UserError):
            account.warning_user_ids = self.user
        self.env["ir.config_parameter"].set_param("database.is_neutralized", "true")
        self.assertRegex(self.create().account_token, r"^[0-9a-f]{32}\+disabled$")

    @mute_logger("odoo.sql_db")
    def test_s23_services_have_names_of_their_own(self):
        with self.assertRaises(Exception) as caught:
            self.service.copy({"technical_name": "weather"})
            self.env.flush_all()
        self.assertIn("technical_name", str(caught.exception))

    def test_s21_the_account_of_a_service(self):
        self.assertFalse(self.accounts.get("weather", force_create=False))
        made = self.accounts.with_user(self.user).get("weather")
        self.assertEqual((made.service_name, made.env.uid), ("weather", self.user.id))
        self.assertEqual(self.accounts.get_account_id("weather"), made.id)
        newer = self.create()
        self.assertEqual(self.accounts.get("weather"), newer)
        ours = self.create(company_ids=self.env.company.ids)
        self.create()
        self.create(company_ids=self.env["res.company"].create({"name": "Others"}).ids)
        self.assertEqual(self.accounts.get("weather"), ours)
        useless = self.create(account_token=False, company_ids=self.env.company.ids)
        self.assertEqual(self.accounts.get("weather"), ours)
        self.assertFalse(useless.exists())
        self.assertFalse(self.accounts.get("tides", force_create=False))
        with self.assertRaisesRegex(UserError, "tides"):
            self.accounts.get("tides")

    def test_s22_credits(self):
        self.assertEqual(self.accounts.get_credits("weather"), 0)
        account = self.create()
        self.assertEqual(self.accounts.get_credits("weather"), -1)
        self.assertEqual(self.accounts.get_credits_url("weather"), "")
        with self.assertRaisesRegex(UserError, "iap.endpoint"):
            account.action_buy_credits()
        self.env["ir.config_parameter"].set_param("iap.endpoint", "https://paid.example.com/")
        url = self.accounts.get_credits_url("weather", credit=5, trial=True)
        self.assertTrue(url.startswith("https://paid.example.com/iap/1/credit?dbuuid="), url)
        for part in ("service_name=weather", f"account_token={account.account_token}", "credit=5", "trial=True"):
            self.assertIn(part, url)
        self.assertNotIn("trial", account.action_buy_credits()["url"])
        self.assertTrue(
            self.accounts.get_credits_url("weather", base_url="https://o.example/p").startswith("https://o")
        )
        self.assertIn("/odoo/iap-accounts", self.accounts.get_config_account_url())

    def test_s22_what_the_server_knows(self):
        account = self.create(warning_user_ids=self.env.user.ids)
        token = account.account_token
        self.env["ir.config_parameter"].set_param("iap.endpoint", "https://paid.example.com/")
        calls = []

        def call(url, method="call", params=None, timeout=15):
            calls.append((url, params))
            return {token: {"balance": "12.0", "state": "registered", "service_locked": True, "name": "not ours"}}

        with (
            patch.object(iap_tools, "iap_jsonrpc", call),
            patch.object(type(self.accounts), "is_running_test_suite", staticmethod(lambda: False)),
        ):
            account.web_read({"balance": {}})
            self.assertEqual((account.balance, account.state, account.service_locked), ("12 Days", "registered", True))
            self.assertEqual(account.name, "Weather")
            account.with_context(disable_iap_update=True).warning_threshold = 3
            self.assertEqual(len(calls), 1)
            account.web_save({"warning_threshold": 4}, {"balance": {}})
            self.assertEqual(len(calls), 2)
            self.assertEqual((calls[1][1]["warning_threshold"], calls[1][1]["account_token"]), (4, token))
        with self.assertLogs("odoo.addons.iap"):
            self.assertEqual(account._values_told({"balance": "many"}), {})
        self.assertEqual(account._values_told({"state": "odd"}), {})

    def test_s20_rights(self):
        account = self.create(company_ids=self.env["res.company"].create({"name": "Others"}).ids)
        with self.assertRaises(AccessError):
            account.with_user(self.user).read(["name"])
        with self.assertRaises(AccessError):
            self.create().with_user(self.user).name = "mine"
        portal = new_test_user(self.env, "iap_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.accounts.with_user(portal).get("weather")
        enrich = self.env["iap.enrich.api"]
        with self.assertRaises(AccessError):
            enrich._request_enrich({1: "a@example.com"})
