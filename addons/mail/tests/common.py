"""Helpers for tests of addons: users, e-mails that are not sent but kept, and what happened to notifications."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMailServer
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import email_normalize

from ..models.mail_mail import MailMail
from ..models.mail_message import MailMessage
from ..models.mail_notification import MailNotification
from .gateway_case import GatewayCase
from .notification_case import NotificationCase

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


class MockEmail(GatewayCase):
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

    def _find_sent_email_wemail(self, email_to):
        """Return the one e-mail that was sent to an address.

        :raise AssertionError: there is none, or there are several
        """
        wanted = email_normalize(email_to)
        found = [mail for mail in self._mails if wanted in map(email_normalize, mail["email_to"])]
        self.assertEqual(len(found), 1, f"one e-mail to {email_to} among {[mail['email_to'] for mail in self._mails]}")
        return found[0]

    def _filter_mail(self, status=None, mail_message=None, author=None, content=None, email_from=None):
        """Return those of the new e-mails that are so; ``None`` leaves open how.

        :param content: text that stands in them
        """
        wanted = {"author_id": author, "email_from": email_from, "mail_message_id": mail_message, "state": status}
        wanted = {name: value for name, value in wanted.items() if value}
        return self._new_mails.filtered(
            lambda mail: (
                all(mail[name] == value for name, value in wanted.items()) and (content or "") in (mail.body_html or "")
            )
        )

    def _only(self, mails, described):
        """Return the first of some e-mails; without any, say which there are."""
        known = [(mail.state, mail.email_to, mail.recipient_ids.mapped("name")) for mail in self._new_mails]
        self.assertTrue(mails, f"no e-mail {described}, there are {known}")
        return mails[0]

    def _find_mail_mail_wid(self, mail_id, status=None, **how):
        """Return the new e-mail with an id; ``how`` as in :meth:`_filter_mail`, as in those below."""
        found = self._filter_mail(status, **how).filtered(lambda mail: mail.id == mail_id)
        return self._only(found, f"with the id {mail_id}")

    def _find_mail_mail_wpartners(self, recipients, status=None, **how):
        """Return the new e-mail to partners."""
        found = self._filter_mail(status, **how).filtered(lambda mail: not (recipients - mail.recipient_ids))
        return self._only(found, f"to {recipients.mapped('name')}")

    def _find_mail_mail_wemail(self, email_to, status=None, **how):
        """Return the new e-mail to an address, as it is written there or not."""
        same = (email_to, email_normalize(email_to))
        found = self._filter_mail(status, **how).filtered(
            lambda mail: mail.email_to in same or (email_normalize(mail.email_to) or mail.email_to) in same
        )
        return self._only(found, f"to {email_to}")

    def _find_mail_mail_wrecord(self, record, status=None, **how):
        """Return the new e-mail about a record."""
        found = self._filter_mail(status, **how).filtered(
            lambda mail: (mail.model, mail.res_id) == (record._name, record.id)
        )
        return self._only(found, f"about {record}")

    def _mails_of(self, recipients, mail_message=None, author=None):
        """Return the new e-mails to partners, maybe those of a message or an author."""
        return self._filter_mail(mail_message=mail_message, author=author).filtered(
            lambda mail: recipients & mail.recipient_ids
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
        groups = email_to_recipients or [[partner] for partner in recipients]
        self._assert_mails(found, status, groups, author, content, email_values, fields_values)
        return found

    def _assert_mails(self, mails, status, groups, author, content, email_values, fields_values):
        """Check e-mails, and what was sent of them; parameters as in :meth:`assertMailMail`."""
        for mail in mails:
            if content is not None:
                self.assertIn(content, mail.body_html)
            for name, value in (fields_values or {}).items():
                self.assertEqual(mail[name], value, name)
        if status == "sent":
            sender = author or mails[:1].author_id
            for group in groups:
                self.assertSentEmail((email_values or {}).get("email_from", sender), group, **(email_values or {}))

    def assertMailMailWEmails(
        self, emails, status, author=None, content=None, mail_message=None, email_values=None, fields_values=None
    ):
        """Check that an e-mail was made for each of some addresses; parameters as in :meth:`assertMailMail`."""
        for one in emails:
            mail = self._find_mail_mail_wemail(one, status, mail_message=mail_message, author=author)
            self._assert_mails(mail, status, [[one]], author, content, email_values, fields_values)

    def assertMailMailWRecord(
        self,
        record,
        recipients,
        status,
        email_to_recipients=None,
        author=None,
        content=None,
        email_values=None,
        fields_values=None,
    ):
        """Check that an e-mail about a record was made; parameters as in :meth:`assertMailMail`.

        :param recipients: partners or addresses
        """
        mail = self._find_mail_mail_wrecord(record, status, author=author)
        groups = email_to_recipients or [[one] for one in recipients]
        self._assert_mails(mail, status, groups, author, content, email_values, fields_values)
        return mail

    def assertMailMailWId(
        self,
        mail_id,
        status,
        email_to_recipients=None,
        author=None,
        content=None,
        email_values=None,
        fields_values=None,
    ):
        """Check the e-mail with an id; parameters as in :meth:`assertMailMail`."""
        mail = self._find_mail_mail_wid(mail_id, status)
        groups = email_to_recipients or [[partner] for partner in mail.recipient_ids]
        self._assert_mails(mail, status, groups, author, content, email_values, fields_values)
        return mail

    def assertNoMail(self, recipients, mail_message=None, author=None):
        """Check that no e-mail was made for partners, maybe none of a message or an author."""
        self.assertFalse(self._mails_of(recipients, mail_message, author))


class MailCase(NotificationCase, MockEmail):
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

    def assertTracking(self, message, data, strict=False):
        """Check the changes that a message tells of.

        :param data: list of ``(field name, type of value, old value, new value)``
        :param strict: it tells of no others
        """
        trackings = message.sudo().tracking_value_ids
        if strict:
            self.assertEqual(len(trackings), len(data), f"changes of {trackings.field_id.mapped('name')}")
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
        cls._init_mail_gateway()
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
    def _init_mail_gateway(cls):
        """Have a domain for addresses: ``mail_alias_domain``, and what they begin with."""
        cls.alias_domain = "test.mycompany.com"
        cls.alias_bounce, cls.alias_catchall, cls.default_from = "bounce.test", "catchall.test", "notifications.test"
        cls.mail_alias_domain = cls._alias_domain(
            cls.alias_domain, cls.alias_bounce, cls.alias_catchall, cls.default_from
        )

    @classmethod
    def _alias_domain(cls, name, bounce, catchall, default_from):
        """Return the domain with a name, made when there is none."""
        domains = cls.env["mail.alias.domain"].sudo()
        domain = domains.search([("name", "=", name)]) or domains.create({"name": name})
        domain.write({"bounce_alias": bounce, "catchall_alias": catchall, "default_from": default_from})
        return domain

    @classmethod
    def _activate_multi_company(cls):
        """Create a second company with a domain, an employee and an administrator of users of its own.

        The administrator may work in both.
        """
        cls.alias_bounce_c2, cls.alias_catchall_c2 = "bounce.c2", "catchall.c2"
        cls.alias_default_from_c2, cls.alias_domain_c2_name = "notifications.c2", "test.mycompany2.com"
        cls.mail_alias_domain_c2 = cls._alias_domain(
            cls.alias_domain_c2_name, cls.alias_bounce_c2, cls.alias_catchall_c2, cls.alias_default_from_c2
        )
        cls.company_2 = cls.env["res.company"].create(
            {
                "alias_domain_id": cls.mail_alias_domain_c2.id,
                "currency_id": cls.env.ref("base.CAD").id,
                "email": "company_2@test.example.com",
                "name": "Company 2",
            }
        )
        cls.user_admin.write({"company_ids": [(4, cls.company_2.id)]})
        cls.user_employee_c2 = cls._user_of(cls.company_2, "employee_c2", "Emma Employee", "base.group_user")
        cls.partner_employee_c2 = cls.user_employee_c2.partner_id
        cls.user_erp_manager = cls._user_of(
            cls.company_2, "erp_manager", "Edgar Manager", "base.group_erp_manager,base.group_partner_manager"
        )
        cls.user_erp_manager.company_ids |= cls.company_admin

    @classmethod
    def _user_of(cls, company, login, name, groups):
        """Create a user who works in a company."""
        return mail_new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
            email=f"{login}@test.example.com",
            name=name,
            notification_type="inbox",
            signature=f"--\n{name}",
        )

    @classmethod
    def _create_template(cls, model, template_values=None):
        """Create a template of e-mails, ``email_template``.

        :param model: name of the model it is for
        """
        values = {
            "body_html": '<p>Hello <t t-out="object.name"/></p>',
            "model_id": cls.env["ir.model"]._get_id(model),
            "name": "Test Template",
            "subject": "About {{ object.name }}",
        }
        cls.email_template = cls.env["mail.template"].create({**values, **(template_values or {})})
        return cls.email_template

    def _generate_notify_recipients(self, partners, record=None):
        """Return partners in the form that documents tell recipients in.

        :param record: document whose followers are marked
        """
        users = {partner: partner.user_ids[:1] for partner in partners}
        return [
            {
                "active": partner.active,
                "groups": user.groups_id.ids,
                "id": partner.id,
                "is_follower": bool(record) and partner in record.message_partner_ids,
                "lang": partner.lang,
                "notif": user.notification_type or "email",
                "share": partner.partner_share,
                "type": "user" if user and not partner.partner_share else "portal" if user else "customer",
                "uid": user.id,
                "ushare": user.share,
            }
            for partner, user in users.items()
        ]

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
