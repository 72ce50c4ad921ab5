from unittest.mock import patch

from odoo import modules
from odoo.addons.iap.tools import iap_tools
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, TransactionCase
from odoo.tools import mute_logger


def refusal(name, message="no"):
    return {"error": {"data": {"name": f"odoo.exceptions.{name}", "message": message}}}


class TestIapAnswers(BaseCase):
    def test_s23_no_calls_in_tests(self):
        with self.assertRaises(AccessError):
            iap_tools.iap_jsonrpc("http://127.0.0.1:9/x")

    def test_s23_answers(self):
        self.assertEqual(iap_tools._answer({"result": {"a": 1}}), {"a": 1})
        for name, kind in (("UserError", UserError), ("AccessError", AccessError), ("KeyError", AccessError)):
            with self.assertRaisesRegex(kind, "no"), mute_logger(iap_tools.__name__):
                iap_tools._answer(refusal(name))
        with self.assertRaises(iap_tools.InsufficientCreditError) as caught:
            iap_tools._answer(refusal("InsufficientCreditError", "poor"))
        self.assertEqual(caught.exception.data["message"], "poor")
        for broken in ([], None, "text", {"error": "broken"}):
            with self.assertRaises(AccessError), mute_logger(iap_tools.__name__):
                iap_tools._answer(broken)

    def test_s23_servers_that_are_not_there(self):
        with patch.object(modules.module, "current_test", False):
            for url in ("", None, "ftp://example.com", "file:///etc/passwd"):
                with self.assertRaisesRegex(AccessError, "iap.endpoint"):
                    iap_tools.iap_jsonrpc(url)
            with self.assertRaisesRegex(AccessError, "cannot be reached"), self.assertLogs(iap_tools.__name__):
                iap_tools.iap_jsonrpc("http://127.0.0.1:1/x", timeout=1)


class TestIapCharge(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("iap.endpoint", "https://paid.example.com/")

    def setUp(self):
        super().setUp()
        self.calls = []

        def call(url, method="call", params=None, timeout=15):
            self.calls.append((url.rsplit("/", 1)[1], params))
            return "reserved"

        self.startPatcher(patch.object(iap_tools, "iap_jsonrpc", call))

    def test_s23_work_is_paid_when_it_is_done(self):
        with iap_tools.iap_charge(self.env, "key", "token", 5) as transaction:
            transaction.credit = 3
        self.assertEqual([name for name, _params in self.calls], ["authorize", "capture"])
        self.assertEqual(self.calls[0][1]["credit"], 5)
        self.assertEqual(self.calls[1][1], {"credit_to_capture": 3, "key": "key", "token": "reserved"})

    def test_s23_work_that_fails_costs_nothing(self):
        with self.assertRaises(ZeroDivisionError), iap_tools.iap_charge(self.env, "key", "token", 5):
            raise ZeroDivisionError
        self.assertEqual([name for name, _params in self.calls], ["authorize", "cancel"])
