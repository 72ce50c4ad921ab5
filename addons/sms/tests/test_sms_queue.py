from unittest.mock import patch

from odoo.addons.sms.tests.common import SMSCommon
from odoo.addons.sms.tools.sms_api import SmsApi
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger


class TestQueue(SMSCommon):
    def create(self, **values):
        return self.env["sms.sms"].create({"body": "Hello", "number": "+32475000001", **values})

    def test_s1_messages(self):
        sms, other = self.create(), self.create(to_delete=True)
        self.assertRegex(sms.uuid, "^[0-9a-f]{32}$")
        self.assertEqual((sms.state, sms.display_name), ("outgoing", "+32475000001"))
        self.assertNotEqual(sms.copy().uuid, sms.uuid)
        self.env["sms.sms"]._gc_device()
        self.assertTrue(sms.exists())
        self.assertFalse(other.exists())

    def test_s2_s3_sending(self):
        messages = self.create() + self.create(number="+32475000002") + self.create(body="Bye")
        skipped = self.create(state="canceled") + self.create(to_delete=True)
        with self.mockSMSGateway(nbr_t_error={"+32475000002": "insufficient_credit"}):
            (messages + skipped).send()
        self.assertSMSSent(["+32475000001", "+32475000001"])
        self.assertEqual(messages.mapped("state"), ["pending", "error", "pending"])
        self.assertEqual(messages[1].failure_type, "sms_credit")
        self.assertFalse(any(messages.mapped("to_delete")))
        with self.mockSMSGateway(sms_allow_unlink=True):
            messages[1].action_set_outgoing()
            messages[1].send()
        self.assertEqual((messages[1].state, messages[1].to_delete), ("pending", True))

    def test_s3_answers_of_the_server(self):
        for answer, state, failure in (
            ("processing", "process", False),
            ("delivered", "sent", False),
            ("wrong_number_format", "error", "sms_number_format"),
            ("country_not_supported", "error", "sms_country_not_supported"),
            ("unregistered", "error", "sms_acc"),
            ("server_error", "error", "sms_server"),
            ("moonlight", "error", "unknown"),
        ):
            sms = self.create()
            with self.mockSMSGateway(sim_error=answer):
                sms.send()
            self.assertEqual((sms.state, sms.failure_type), (state, failure), answer)
        sms = self.create()
        with self.mockSMSGateway(sim_error="jsonrpc_exception"):
            sms.send(unlink_failed=True)
            self.assertEqual((sms.state, sms.failure_type, sms.to_delete), ("error", "sms_server", True))
            with self.assertRaises(OSError):
                self.create().send(raise_exception=True)

    def test_s2_batches(self):
        self.env["ir.config_parameter"].set_param("sms.session.batch.size", "2")
        messages = self.env["sms.sms"].union(*(self.create(number=f"+3247500000{n}") for n in range(5)))
        calls = []
        with patch.object(SmsApi, "_send_sms_batch", lambda _api, told, delivery_reports_url: calls.append(told) or []):
            self.env["sms.sms"]._process_queue(messages[:3].ids)
        self.assertEqual([len(call[0]["numbers"]) for call in calls], [2, 1])
        with patch.object(type(messages), "send", side_effect=ZeroDivisionError), mute_logger("odoo.addons.sms"):
            self.env["sms.sms"]._process_queue()

    def test_s3_without_a_server_nothing_is_sent(self):
        message = self.ann._message_sms("Hello")
        sms = message.notification_ids.sms_id
        self.assertEqual((sms.state, sms.failure_type), ("error", "sms_server"))
        self.assertIn("tests", message.notification_ids.failure_reason)

    def test_s4_states(self):
        with self.mockSMSGateway():
            message = self.ann._message_sms("Hello", put_in_queue=True)
            sms, row = self._new_sms, message.notification_ids
            self.assertEqual((sms.state, row.notification_status), ("outgoing", "ready"))
            sms.action_set_error("sms_credit")
            self.assertEqual((row.notification_status, row.failure_type), ("exception", "sms_credit"))
            result = sms.resend_failed()
            self.assertEqual((sms.state, row.notification_status, row.failure_type), ("pending", "pending", False))
            self.assertEqual((result["tag"], result["params"]["type"]), ("display_notification", "success"))
            sms.action_set_canceled()
            # what was sent cannot be called back
            self.assertEqual(row.notification_status, "pending")
            self.assertEqual(sms.resend_failed()["params"]["type"], "warning")

    def test_s5_what_servers_tell_later(self):
        with self.mockSMSGateway():
            row = self.ann._message_sms("Hello").notification_ids
        tracker = row.sms_tracker_ids
        for error, status, failure, reason in (
            ("not_delivered", "exception", "sms_not_delivered", False),
            ("rejected", "bounce", "sms_rejected", False),
            ("full_moon", "exception", "unknown", "full_moon"),
        ):
            row.notification_status = "pending"
            self.assertEqual(tracker._action_update_from_provider_error(error), (status, failure, reason))
            self.assertEqual(row.notification_status, status)
            self.assertEqual((row.failure_type, row.failure_reason), (failure, reason))
        row.notification_status = "sent"
        for state in ("outgoing", "process", "pending", "canceled"):
            tracker._action_update_from_sms_state(state)
            self.assertEqual(row.notification_status, "sent")

    def test_s7_rights(self):
        sms, portal = self.create(), self._create_portal_user()
        for user in (self.user_employee, portal):
            with self.assertRaises(AccessError):
                sms.with_user(user).send()
        with self.assertRaises(AccessError):
            self.ann.with_user(portal)._message_sms("Hello")

    def test_s12_server(self):
        api, calls = SmsApi(self.env), []
        self.assertEqual(api.account.service_name, "sms")
        with patch("odoo.addons.iap.tools.iap_tools.iap_jsonrpc", lambda url, **kw: calls.append((url, kw["params"]))):
            api._send_sms_batch([], "https://us/sms/status")
            self.env["ir.config_parameter"].set_param("sms.endpoint", "https://sms.example.com/")
            api._send_verification_sms("+32475000001")
            api._verify_account("123")
            api._set_sender_name("Us")
        self.assertEqual(
            [url for url, _params in calls],
            ["", *(f"https://sms.example.com/api/sms/{end}" for end in _PATHS)],
        )
        self.assertEqual(calls[1][1]["account_token"], api.account.account_token)

    def test_s12_registration(self):
        account = self.env["iap.account"].get("sms")
        phone = self.env["sms.account.phone"].create({"account_id": account.id, "phone_number": "0475000001"})
        with (
            patch.object(SmsApi, "_send_verification_sms", return_value={"state": "wrong_number_format"}),
            self.assertRaisesRegex(UserError, "no telephone number"),
        ):
            phone.action_send_verification_code()
        with patch.object(SmsApi, "_send_verification_sms", return_value={"state": "success"}) as sent:
            action = phone.action_send_verification_code()
        sent.assert_called_once_with("+32475000001")
        code = self.env[action["res_model"]].with_context(**action["context"]).create({"verification_code": " 12 "})
        with patch.object(SmsApi, "_verify_account", return_value={"state": "success"}):
            action = code.action_register()
        self.assertEqual((account.state, action["res_model"]), ("registered", "sms.account.sender"))
        sender = self.env["sms.account.sender"].with_context(**action["context"]).create({})
        for wrong in ("ab", "much too long", "Zoë"):
            with self.assertRaises(UserError):
                sender.sender_name = wrong
        sender.sender_name = "Quoin"
        with patch.object(SmsApi, "_set_sender_name", return_value={"state": "success"}):
            sender.action_set_sender_name()
        self.assertEqual(account.sender_name, "Quoin")


_PATHS = ("1/account/create", "2/account/verify", "1/account/update_sender")


@tagged("post_install", "-at_install")
class TestStatusRoute(SMSCommon, HttpCase):
    def test_s6_what_servers_tell(self):
        with self.mockSMSGateway():
            row = self.ann._message_sms("Hello").notification_ids
            sms = self._new_sms
        told = [{"sms_status": "delivered", "uuids": [sms.uuid, "0" * 32]}]
        self.assertEqual(self.make_jsonrpc_request("/sms/status", {"message_statuses": told}), "OK")
        self.assertEqual((row.notification_status, sms.to_delete), ("sent", True))
        for wrong in (
            None,
            ["x"],
            [{}],
            [{"sms_status": "a b", "uuids": [sms.uuid]}],
            [{"sms_status": "sent", "uuids": ["x"]}],
            [{"sms_status": "sent", "uuids": None}],
        ):
            with mute_logger("odoo.http"):
                answer = self.url_open("/sms/status", json={"params": {"message_statuses": wrong}})
            self.assertEqual(answer.json()["error"]["data"]["message"], "Bad parameters")
