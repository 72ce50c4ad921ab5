"""Helpers for tests of addons: a server that sends nothing, and what it was told."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.mail.tests.common import MailCommon
from odoo.tests import common
from odoo.tools.mail import html2plaintext

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


class SMSCase(MockSMS):
    """Compares text messages, and what is kept of them, with what is expected."""

    def _filter_sms(self, partner, number, status, content=None):
        """Return those of the new text messages that are so.

        :param partner: who gets it, nobody for ``None``
        :param number: to which number
        :param status: its state
        """
        partner = partner or self.env["res.partner"]
        return self._new_sms.exists().filtered(
            lambda sms: (
                (sms.partner_id, sms.number or False, sms.state) == (partner, number or False, status)
                and (content is None or content in (sms.body or ""))
            )
        )

    def _find_sms_sms(self, partner, number, status, content=None):
        """Return the one new text message that is so.

        :raise AssertionError: there is none, or there are several
        """
        found = self._filter_sms(partner, number, status, content)
        known = [(sms.partner_id.name, sms.number, sms.state, sms.body) for sms in self._new_sms.exists()]
        self.assertEqual(len(found), 1, f"one message to {number} with state {status} among {known}")
        return found

    def _find_sms_sent(self, number):
        """Return what was sent to a number.

        :raise AssertionError: nothing
        """
        found = next((sms for sms in self._sms if sms["number"] == number), None)
        self.assertTrue(found, f"nothing was sent to {number}, but to {[sms['number'] for sms in self._sms]}")
        return found

    def assertSMSIapSent(self, numbers, content=None):
        """Check that numbers got messages, maybe with a text in them."""
        for number in numbers:
            self.assertIn(content or "", self._find_sms_sent(number)["body"])

    def assertSMS(self, partner, number, status, failure_type=None, content=None, fields_values=None):
        """Check a text message.

        :param status: its state
        :param failure_type: why it was not sent
        :param content: what stands in it
        :param fields_values: more of its values
        """
        sms = self._find_sms_sms(partner, number, status, content)
        if failure_type:
            self.assertEqual(sms.failure_type, failure_type)
        for name, value in (fields_values or {}).items():
            self.assertEqual(sms[name], value, name)
        if status in ("pending", "sent"):
            self.assertSMSIapSent([number], content)
        return sms

    def assertSMSOutgoing(self, partner, number, content=None):
        """Check that a text message waits to be sent."""
        return self.assertSMS(partner, number, "outgoing", content=content)

    def assertSMSCanceled(self, partner, number, failure_type, content=None):
        """Check that a text message will not be sent, and why."""
        return self.assertSMS(partner, number, "canceled", failure_type, content)

    def assertSMSFailed(self, partner, number, failure_type, content=None):
        """Check that a text message could not be sent, and why."""
        return self.assertSMS(partner, number, "error", failure_type, content)

    def assertSMSNotification(
        self, recipients_info, content, messages=None, check_sms=True, sent_unlink=False, mail_message_values=None
    ):
        """Check whom text messages about documents were told to.

        :param recipients_info: list of dicts with ``partner`` or ``number``, and maybe ``state`` of the notification
            (``pending``) and ``failure_type``
        :param content: what stands in them
        :param messages: their messages
        :param check_sms: compare the text messages, too
        :param sent_unlink: what was sent is not kept
        :param mail_message_values: values of the messages
        """
        rows = self.env["mail.notification"].sudo()
        domain = [("notification_type", "=", "sms")]
        rows = rows.search([*domain, ("mail_message_id", "in", messages.ids)] if messages else domain)
        for message in rows.mail_message_id if messages is None else messages:
            self.assertEqual(message.message_type, "sms")
            for name, value in (mail_message_values or {}).items():
                self.assertEqual(message[name], value, name)
        for info in recipients_info:
            self._assert_sms_notification(rows, info, content, check_sms, sent_unlink)

    def _assert_sms_notification(self, rows, info, content, check_sms, sent_unlink):
        """Check the notification of one recipient, and the text message."""
        partner = info.get("partner") or self.env["res.partner"]
        number = info["number"] if "number" in info else partner and partner._phone_format()
        state = info.get("state", "pending")
        found = rows.filtered(
            lambda row: (
                (row.res_partner_id, row.sms_number or False, row.notification_status)
                == (partner, number or False, state)
            )
        )
        self.assertTrue(found, f"no notification of {partner.name or number} with state {state}")
        if info.get("failure_type"):
            self.assertEqual(found.mapped("failure_type"), [info["failure_type"]] * len(found))
        if not check_sms:
            return
        if state in ("pending", "sent"):
            self.assertSMSIapSent([number], content)
            if sent_unlink:
                self.assertFalse(self._filter_sms(partner, number, state).filtered(lambda sms: not sms.to_delete))
        elif state == "ready":
            self.assertSMSOutgoing(partner, number, content)
        elif state == "exception":
            self.assertSMSFailed(partner, number, info.get("failure_type"), content)
        elif state == "canceled":
            self.assertSMSCanceled(partner, number, info.get("failure_type"), content)

    def assertNoSMSNotification(self, messages=None):
        """Check that nobody was told by text message, of some messages or of any."""
        domain = [("notification_type", "=", "sms")]
        if messages is not None:
            domain.append(("mail_message_id", "in", messages.ids))
        self.assertFalse(self.env["mail.notification"].sudo().search(domain))

    def assertSMSLogged(self, records, body):
        """Check that the newest message of records is a note with a text."""
        for record in records:
            message = record.message_ids[:1]
            self.assertEqual((message.message_type, message.subtype_id), ("sms", self.env.ref("mail.mt_note")))
            self.assertIn(body, html2plaintext(message.body))


class SMSCommon(MailCommon, SMSCase):
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
