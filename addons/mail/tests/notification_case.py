"""Helpers for tests of addons: whom messages were told to, and how."""

from contextlib import contextmanager

from odoo.tests import common

#: what is said of a message beside its values
_ABOUT_MESSAGES = ("content", "email_values", "mail_mail_values", "message_values", "notif", "subtype")
#: what is said of a notification beside its values
_ABOUT_NOTIFICATIONS = ("check_send", "email", "group", "partner", "status", "type")
#: status of a notification by e-mail -> state of the e-mail
_STATES = {"exception": "exception", "ready": "outgoing", "sent": "sent"}


class NotificationCase(common.BaseCase):
    """Compares notifications with what is expected; e-mails and messages were kept before."""

    @contextmanager
    def assertPostNotifications(self, recipients_info, mail_unlink_sent=False):
        """Check the messages that are posted inside, and whom they are told to.

        :param recipients_info: see ``expected`` of :meth:`assertMailNotifications`
        """
        with self.mock_mail_gateway(mail_unlink_sent=mail_unlink_sent), self.mock_mail_app():
            yield
        self.assertMailNotifications(self._new_msgs, recipients_info)

    @contextmanager
    def assertSinglePostNotifications(self, recipients_info, message_info=None, mail_unlink_sent=False):
        """Check whom the one message that is posted inside was sent to.

        :param recipients_info: list of dicts, see ``notif`` of :meth:`assertMailNotifications`
        :param message_info: the rest of its ``expected``
        """
        with self.mock_mail_gateway(mail_unlink_sent=mail_unlink_sent), self.mock_mail_app():
            yield
        message = self._new_msgs.filtered("notification_ids") if recipients_info else self._new_msgs
        self.assertEqual(len(message), 1, "one message is posted")
        self.assertMailNotifications(message, [{**(message_info or {}), "notif": recipients_info}])

    def assertMailNotifications(self, messages, expected):
        """Check messages, and whom they are told to.

        :param messages: messages
        :param expected: list of dicts, one for each message: ``content`` stands in its text, ``subtype`` is the
            external id of its kind, ``message_values`` are its values (``message_type`` and others may stand beside),
            ``notif`` is a list of dicts with ``partner``, ``type`` (``inbox``, ``email``, ...) and maybe ``status``
            (``sent``), ``is_read``, ``author``, ``failure_type``, ``failure_reason`` and ``check_send`` (compare the
            e-mail, too); ``email_values`` and ``mail_mail_values`` are those of the e-mails
        :return: messages, notifications
        """
        self.assertEqual(len(messages), len(expected), f"messages: {messages.mapped('body')}")
        for message, info in zip(messages, expected, strict=True):
            self._assert_message(message, info)
            recipients = info.get("notif", [])
            told = message.sudo().notification_ids.res_partner_id
            self.assertEqual(set(told.ids), {one["partner"].id for one in recipients}, f"told of {message.body}")
            for one in recipients:
                self._assert_notification(message, one)
                if one["type"] == "email" and one.get("check_send", True):
                    self._assert_notification_email(message, one, info)
        return messages, messages.sudo().notification_ids

    def assertMsgWithoutNotifications(self, messages):
        """Check that nobody was told of messages."""
        self.assertFalse(messages.sudo().notification_ids)

    def _assert_message(self, message, info):
        """Check a message."""
        if info.get("content"):
            self.assertIn(info["content"], message.body)
        if info.get("subtype"):
            self.assertEqual(message.subtype_id, self.env.ref(info["subtype"]))
        beside = {name: value for name, value in info.items() if name not in _ABOUT_MESSAGES}
        self.assertMessageFields(message, {**beside, **(info.get("message_values") or {})})

    def _assert_notification(self, message, info):
        """Check the notification of a partner."""
        rows = message.sudo().notification_ids.filtered(
            lambda one: one.res_partner_id == info["partner"] and one.notification_type == info["type"]
        )
        self.assertEqual(len(rows), 1, f"one notification by {info['type']} for {info['partner'].name}")
        self.assertEqual(rows.notification_status, info.get("status", "sent"))
        expected = {"author_id": info.get("author") or message.author_id, "is_read": info["type"] != "inbox"}
        expected.update({name: info[name] for name in info if name not in (*_ABOUT_NOTIFICATIONS, "author")})
        for name, value in expected.items():
            if name in rows._fields:
                self.assertEqual(rows[name], value, f"{name} of the notification of {info['partner'].name}")

    def _assert_notification_email(self, message, info, message_info):
        """Check the e-mail of a partner, if e-mails are kept."""
        state = _STATES.get(info.get("status", "sent"))
        if not state or not getattr(self, "_new_mails", False):
            return
        self.assertMailMail(
            info["partner"],
            state,
            email_to_recipients=[[info["partner"]]],
            author=info.get("author") or message.author_id,
            content=message_info.get("content"),
            mail_message=message,
            email_values={"email_from": message.email_from, **(message_info.get("email_values") or {})},
            fields_values=message_info.get("mail_mail_values"),
        )
