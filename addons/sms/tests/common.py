"""Helpers for tests of addons: a server that sends nothing, and what it was told."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.mail.tests.common import MailCommon
from odoo.tests import common

from ..models.sms_sms import SmsSms
from ..tools.sms_api import SmsApi


class MockSMS(common.BaseCase):
    """Keeps text messages instead of sending them."""

    @contextmanager
    def mockSMSGateway(self, sms_allow_unlink=False, sim_error=None, nbr_t_error=None):
        """Keep what is sent in ``_sms``, dicts with ``body``, ``number`` and ``uuid``, and records in ``_new_sms``.

        :param sms_allow_unlink: messages are marked to be deleted when they are sent
        :param sim_error: what the server answers for each, or ``"jsonrpc_exception"``
        :param nbr_t_error: ``{number: what the server answers for it}``
        """
        self._sms, self._new_sms = [], self.env["sms.sms"].sudo()
        create, send = SmsSms.create, SmsSms._send

        def create_kept(model, vals_list):
            created = create(model, vals_list)
            self._new_sms |= created.sudo()
            return created

        def send_kept(records, unlink_failed=False, unlink_sent=True, raise_exception=False):
            return send(records, unlink_failed, unlink_sent and sms_allow_unlink, raise_exception)

        def batch(_api, messages, delivery_reports_url=False):
            if sim_error == "jsonrpc_exception":
                raise OSError("The server is away")
            results = []
            for message in messages:
                for target in message["numbers"]:
                    state = (nbr_t_error or {}).get(target["number"]) or sim_error or "success"
                    results.append({"credit": 1, "state": state, "uuid": target["uuid"]})
                    if state == "success":
                        self._sms.append({"body": message["content"], **target})
            return results

        with (
            patch.object(SmsSms, "create", create_kept),
            patch.object(SmsSms, "_send", send_kept),
            patch.object(SmsApi, "_send_sms_batch", batch),
        ):
            yield

    def assertSMSSent(self, numbers, content=None):
        """Check that exactly these numbers got messages.

        :param content: the text of all of them
        """
        self.assertEqual(sorted(sms["number"] for sms in self._sms), sorted(numbers))
        if content is not None:
            self.assertEqual({sms["body"] for sms in self._sms}, {content})

    def assertNoSMS(self):
        """Check that nobody got a message."""
        self.assertFalse(self._sms)


class SMSCommon(MailCommon, MockSMS):
    """Contacts with numbers in Belgium."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.be")
        cls.customers = cls.env["res.partner"].create(
            [
                {"name": "Ann", "mobile": "0475 00 00 01", "phone": "02 000 00 00"},
                {"name": "Bob", "phone": "+32 475 00 00 02"},
                {"name": "Cid", "phone": "none"},
                {"name": "Dan"},
            ]
        )
        cls.user_employee.groups_id += cls.env.ref("base.group_partner_manager")
        cls.ann, cls.bob, cls.cid, cls.dan = cls.customers
