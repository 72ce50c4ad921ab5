from types import SimpleNamespace
from unittest.mock import MagicMock, patch

from odoo.addons.base.models import res_device
from odoo.tests import TransactionCase, new_test_user


class TestDevice(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "traveller")

    def session(self, letter):
        trace = {
            "platform": "android",
            "browser": "firefox",
            "ip_address": "192.0.2.1",
            "first_activity": 1_700_000_000,
            "last_activity": 1_700_003_600,
        }
        return MagicMock(sid=letter * 84, uid=self.user.id, update_trace=MagicMock(return_value=trace))

    def test_use_of_a_session_is_noted(self):
        self.env["res.device.log"]._update_device(SimpleNamespace(session=self.session("a")))
        device = self.env["res.device"].search([("user_id", "=", self.user.id)])
        self.assertEqual(device.session_identifier, "a" * 42)
        self.assertEqual((device.platform, device.browser, device.device_type), ("android", "firefox", "mobile"))
        self.assertEqual(device.last_activity.hour - device.first_activity.hour, 1)
        self.assertFalse(device.revoked)
        self.assertFalse(device.is_current)

    def test_nothing_is_noted_when_it_was_just_before(self):
        session = self.session("a")
        session.update_trace.return_value = None
        self.env["res.device.log"]._update_device(SimpleNamespace(session=session))
        self.assertFalse(self.env["res.device"].search([("user_id", "=", self.user.id)]))

    def test_sessions_are_ended(self):
        sessions = [self.session("a"), self.session("b")]
        for session in sessions:
            self.env["res.device.log"]._update_device(SimpleNamespace(session=session))
        first, _second = self.env["res.device"].search([("user_id", "=", self.user.id)], order="session_identifier")
        with (
            patch.object(res_device, "root") as root,
            patch.object(res_device, "request", SimpleNamespace(session=sessions[1])),
        ):
            self.assertFalse(first.is_current)
            first._revoke()
            sessions[1].logout.assert_not_called()
        self.assertEqual([set(call.args[0]) for call in root.session_store.mock_calls], [{"a" * 42}])
        remaining = self.env["res.device"].search([("user_id", "=", self.user.id)])
        self.assertEqual(remaining.session_identifier, "b" * 42)
        with (
            patch.object(res_device, "root"),
            patch.object(res_device, "request", SimpleNamespace(session=sessions[1])),
        ):
            remaining.invalidate_recordset()
            self.assertTrue(remaining.is_current)
            remaining._revoke()
            sessions[1].logout.assert_called_once()
