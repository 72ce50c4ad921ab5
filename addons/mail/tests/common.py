"""Helpers for tests of addons: users, e-mails that are not sent but kept, and what happened to notifications."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMailServer
from odoo.tests import TransactionCase, common, new_test_user
from odoo.tools import email_normalize

from ..models.mail_mail import MailMail
from ..models.mail_message import MailMessage
from ..models.mail_notification import MailNotification

#: users and partners of tests tell nobody that they were created
QUIET = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


def mail_new_test_user(env, login="", groups="base.group_user", context=None, **kwargs):
    """Create a user without any message about it.

    :param groups: external ids of groups, separated by commas
    :return: the user
    """
    return new_test_user(env, login=login, groups=groups, context={**QUIET, **(context or {})}, **kwargs)


class MockEmail(common.BaseCase):
    """Keeps e-mails instead of sending them."""

    def _init_mail_mock(self):
        """Forget the e-mails kept so far."""
        self._mails = []
        self._new_mails = self.env["mail.mail"].sudo()

    @contextmanager
    def mock_mail_gateway(self, mail_unlink_sent=False):
        """Keep what is sent in ``_mails``, dicts of the parameters of ``build_email``, and records in ``_new_mails``.

        :param mail_unlink_sent: e-mails are deleted when they are sent, as they are said to
        """
        build, create, unlink = IrMailServer.build_email, MailMail.create, MailMail.unlink
        self._init_mail_mock()

        def build_email(servers, email_from, email_to, subject, body, **kwargs):
            kept = {"email_from": email_from, "email_to": email_to, "subject": subject, "body": body, **kwargs}
            self._mails.append(kept)
            return build(servers, email_from, email_to, subject, body, **kwargs)

        def create_kept(model, *args, **kwargs):
            mails = create(model, *args, **kwargs)
            self._new_mails |= mails.sudo()
            return mails

        def unlink_kept(mails):
            return unlink(mails) if mail_unlink_sent else True

        with (
            patch.object(IrMailServer, "build_email", build_email),
            patch.object(MailMail, "create", create_kept),
            patch.object(MailMail, "unlink", unlink_kept),
        ):
            yield

    def flush_tracking(self):
        """Have changes be told, as at the end of a transaction."""
        self.env.flush_all()
        self.cr.flush()

    def _find_sent_email(self, email_from, emails_to, subject=None):
        """Return the first e-mail that was sent so, ``False`` when there is none."""
        wanted = {email_normalize(email) or email for email in emails_to}
        for mail in self._mails:
            to = {email_normalize(email) or email for email in mail["email_to"]}
            same_subject = subject is None or mail["subject"] == subject
            if to == wanted and same_subject and email_normalize(mail["email_from"]) == email_normalize(email_from):
                return mail
        return False

    def assertSentEmail(self, author, recipients, **values):
        """Check that an e-mail was sent.

        :param author: partner, or address
        :param recipients: list of partners or addresses
        :param values: what it has: ``subject``, ``body``, ``reply_to``, ...; ``body_content`` stands in the text
        """
        email_from = getattr(author, "email_formatted", author)
        emails_to = [getattr(one, "email_formatted", one) for one in recipients]
        mail = self._find_sent_email(email_from, emails_to, values.pop("subject", None))
        self.assertTrue(mail, f"no e-mail from {email_from} to {emails_to} among {self._mails}")
        content = values.pop("body_content", None)
        if content is not None:
            self.assertIn(content, mail["body"])
        for name, value in values.items():
            self.assertEqual(mail[name], value, f"{name} of the e-mail")
        return mail

    def assertNotSentEmail(self, recipients=None):
        """Check that no e-mail was sent, or none to some.

        :param recipients: list of partners or addresses
        """
        addresses = {email_normalize(getattr(one, "email", one)) for one in recipients or ()}
        sent = [
            mail
            for mail in self._mails
            if recipients is None or addresses & {email_normalize(email) for email in mail["email_to"]}
        ]
        self.assertFalse(sent)

    def _mails_of(self, recipients, mail_message=None, author=None):
        """Return the new e-mails to partners, maybe those of a message or an author."""
        wanted = set(recipients.ids)
        return self._new_mails.filtered(
            lambda mail: (
                wanted & set(mail.recipient_ids.ids)
                and (not mail_message or mail.mail_message_id == mail_message)
                and (not author or mail.author_id == author)
            )
        )

    def assertMailMail(
        self,
        recipients,
        status,
        email_to_recipients=None,
        author=None,
        content=None,
        mail_message=None,
        email_values=None,
        fields_values=None,
    ):
        """Check that an e-mail was made for partners, and what became of it.

        :param recipients: partners
        :param status: its state; of an e-mail that is sent, each partner has got one
        :param email_to_recipients: lists of partners, one for each that was sent; one partner each by default
        :param content: what stands in its text
        :param email_values: what those that were sent have
        :param fields_values: what the record has
        :return: the record
        """
        found = self._mails_of(recipients, mail_message, author).filtered(lambda mail: mail.state == status)
        self.assertTrue(found, f"no e-mail to {recipients.mapped('name')} with state {status}")
        for mail in found:
            if content is not None:
                self.assertIn(content, mail.body_html)
            for name, value in (fields_values or {}).items():
                self.assertEqual(mail[name], value, name)
        if status == "sent":
            sender = author or found[:1].author_id
            for group in email_to_recipients or [[partner] for partner in recipients]:
                self.assertSentEmail((email_values or {}).get("email_from", sender), group, **(email_values or {}))
        return found

    def assertNoMail(self, recipients, mail_message=None, author=None):
        """Check that no e-mail was made for partners, maybe none of a message or an author."""
        self.assertFalse(self._mails_of(recipients, mail_message, author))


class MailCase(MockEmail):
    """Keeps messages and notifications that are created."""

    _test_context = dict(QUIET)

    def setUp(self):
        """Begin without changes that are still to be told."""
        super().setUp()
        self.flush_tracking()

    @classmethod
    def _reset_mail_context(cls, record):
        """Return a record that tells of its changes as in usual work."""
        return record.with_context(mail_create_nolog=False, mail_create_nosubscribe=False, mail_notrack=False)

    @contextmanager
    def mock_mail_app(self):
        """Keep new messages in ``_new_msgs`` and new notifications in ``_new_notifs``, as superuser."""
        create_message, create_notification = MailMessage.create, MailNotification.create
        self._new_msgs = self.env["mail.message"].sudo()
        self._new_notifs = self.env["mail.notification"].sudo()

        def message(model, *args, **kwargs):
            created = create_message(model, *args, **kwargs)
            self._new_msgs |= created.sudo()
            return created

        def notification(model, *args, **kwargs):
            created = create_notification(model, *args, **kwargs)
            self._new_notifs |= created.sudo()
            return created

        with patch.object(MailMessage, "create", message), patch.object(MailNotification, "create", notification):
            yield

    @contextmanager
    def assertSinglePostNotifications(self, recipients_info, message_info=None, mail_unlink_sent=False):
        """Check whom the one message that is posted inside was sent to.

        :param recipients_info: list of dicts with ``partner``, ``type`` and maybe ``status``, ``is_read``
        :param message_info: values of the message
        """
        with self.mock_mail_gateway(mail_unlink_sent=mail_unlink_sent), self.mock_mail_app():
            yield
        message = self._new_msgs.filtered("notification_ids")
        self.assertEqual(len(message), 1, "one message is posted")
        for name, value in (message_info or {}).items():
            if name == "content":
                self.assertIn(value, message.body)
            else:
                self.assertEqual(message[name], value)
        told = set(message.notification_ids.res_partner_id.ids)
        self.assertEqual(told, {info["partner"].id for info in recipients_info})
        for info in recipients_info:
            self._assert_notification(message, info)

    def _assert_notification(self, message, info):
        """Check the notification of a partner."""
        row = message.notification_ids.filtered(lambda one: one.res_partner_id == info["partner"])
        self.assertEqual(len(row), 1)
        self.assertEqual(row.notification_type, info["type"])
        self.assertEqual(row.notification_status, info.get("status", "sent"))
        self.assertEqual(row.is_read, info.get("is_read", info["type"] != "inbox"))
        self.assertEqual(row.author_id, message.author_id)

    def assertTracking(self, message, data):
        """Check the changes that a message tells of.

        :param data: list of ``(field name, type of value, old value, new value)``
        """
        trackings = message.sudo().tracking_value_ids
        for name, kind, old, new in data:
            tracking = trackings.filtered(lambda one, name=name: one.field_id.name == name)
            self.assertEqual(len(tracking), 1, f"one change of {name}")
            pairs = ("integer", "char") if kind == "many2one" else (_COLUMN_OF.get(kind, kind),)
            for column in pairs:
                kept_old, kept_new = old, new
                if kind == "many2one":
                    kept_old, kept_new = (_of_record(value, column) for value in (old, new))
                self.assertEqual(tracking[f"old_value_{column}"] or False, kept_old or False)
                self.assertEqual(tracking[f"new_value_{column}"] or False, kept_new or False)

    def assertMessageFields(self, message, values):
        """Check values of a message.

        :param values: ``{field name: value}``
        """
        for name, value in values.items():
            self.assertEqual(message[name], value, name)


#: type of a value -> where it is kept
_COLUMN_OF = {"boolean": "integer", "date": "datetime", "monetary": "float", "selection": "char"}


def _of_record(value, column):
    """Return what is kept of a many2one."""
    return (value.id if column == "integer" else value.display_name) if value else (0 if column == "integer" else "")


class MailCommon(MailCase, TransactionCase):
    """Users of several kinds, and partners."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, **cls._test_context})
        cls.user_root = cls.env.ref("base.user_root")
        cls.partner_root = cls.user_root.partner_id
        cls.user_admin = cls.env.ref("base.user_admin")
        cls.user_admin.write({"notification_type": "inbox"})
        cls.partner_admin = cls.user_admin.partner_id
        cls.company_admin = cls.user_admin.company_id
        cls.alias_domain = "test.mycompany.com"
        domains = cls.env["mail.alias.domain"]
        cls.mail_alias_domain = domains.search([("name", "=", cls.alias_domain)]) or domains.create(
            {"name": cls.alias_domain}
        )
        cls.company_admin.write({"alias_domain_id": cls.mail_alias_domain.id, "email": "your.company@example.com"})
        cls.user_employee = mail_new_test_user(
            cls.env,
            login="employee",
            groups="base.group_user",
            company_id=cls.company_admin.id,
            country_id=cls.env.ref("base.be").id,
            email="e.e@example.com",
            name="Ernest Employee",
            notification_type="inbox",
            signature="--\nErnest",
        )
        cls.partner_employee = cls.user_employee.partner_id

    @classmethod
    def _create_portal_user(cls):
        """Create a user from outside, ``user_portal``."""
        person = {"name": "Chell Gladys", "login": "portal_test", "email": "chell@test.example.com"}
        company_id = cls.company_admin.id
        cls.user_portal = mail_new_test_user(cls.env, groups="base.group_portal", company_id=company_id, **person)
        cls.partner_portal = cls.user_portal.partner_id
        return cls.user_portal

    @classmethod
    def _create_records_for_batch(cls, model, count, additional_values=None, prefix=""):
        """Create records, each with a partner of its own.

        :return: the records, and the partners
        """
        target = cls.env[model]
        names = target._mail_get_partner_fields(introspect_fields=True)
        partners = (
            cls.env["res.partner"]
            .with_context(**cls._test_context)
            .create(
                [
                    {"name": f"{prefix}Partner_{number}", "email": f"{prefix}test_partner_{number}@example.com"}
                    for number in range(count)
                ]
            )
        )
        values = [
            {
                "name": f"{prefix}TestRecord_{number}",
                **({names[0]: partner.id} if names else {}),
                **(additional_values or {}),
            }
            for number, partner in enumerate(partners)
        ]
        return target.with_context(**cls._test_context).create(values), partners
