"""What tests of addons start from: users and partners of each kind."""

import contextlib
import smtplib
from unittest.mock import patch

from odoo import Command, modules
from odoo.tests import HttpCase, TransactionCase, new_test_user

#: context in which nothing is sent or followed
DISABLED_MAIL_CONTEXT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


class BaseCommon(TransactionCase):
    """A test with a partner, in a context without e-mails, and with the company's currency as one expects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env["base"].with_context(**DISABLED_MAIL_CONTEXT).env
        cls.partner = cls.env["res.partner"].create({"name": "Test Partner"})
        cls.currency = cls.env.company.currency_id
        cls.group_portal = cls.env.ref("base.group_portal")
        cls.group_user = cls.env.ref("base.group_user")

    @classmethod
    def _enable_currency(cls, currency_code):
        """Activate a currency and return it."""
        domain = [("name", "=", currency_code.upper()), ("active", "in", [True, False])]
        currency = cls.env["res.currency"].search(domain)
        currency.active = True
        return currency

    @classmethod
    def _use_currency(cls, currency_code):
        """Make a currency that of the current company; amounts that exist are not converted."""
        currency = cls._enable_currency(currency_code)
        cls.env.cr.execute("UPDATE res_company SET currency_id = %s WHERE id = %s", [currency.id, cls.env.company.id])
        cls.env.invalidate_all()
        cls.currency = currency

    @classmethod
    def _create_partner(cls, **create_values):
        """Return a new partner."""
        return cls.env["res.partner"].create({"name": "Test Partner", **create_values})

    @classmethod
    def _create_company(cls, **create_values):
        """Return a new company, in which the current user may work."""
        company = cls.env["res.company"].create({"name": "Test Company", **create_values})
        cls.env = (
            cls.env["base"]
            .with_context(
                allowed_company_ids=[*cls.env.context.get("allowed_company_ids", cls.env.companies.ids), company.id]
            )
            .env
        )
        return company

    @classmethod
    def _create_new_internal_user(cls, **kwargs):
        """Return a new internal user."""
        return new_test_user(cls.env, **{"login": "internal_user", "groups": "base.group_user", **kwargs})

    @classmethod
    def _create_new_portal_user(cls, **kwargs):
        """Return a new user from outside."""
        return new_test_user(cls.env, **{"login": "portal_user", "groups": "base.group_portal", **kwargs})


class BaseUsersCommon(BaseCommon):
    """A test with an internal user and one from outside."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_internal, cls.user_portal = cls._create_new_internal_user(), cls._create_new_portal_user()


def _find_or_create_user(env, login, groups, partner_values, **values):
    """Return the user of a login, made with a partner of its own when there are no demonstration data."""
    users = env["res.users"].with_context(no_reset_password=True)
    user = users.search([("login", "=", login)])
    if not user:
        values["groups_id"] = [Command.set([env.ref(group).id for group in groups])]
        values["partner_id"] = env["res.partner"].create(partner_values).id
        user = users.create({**values, "login": login})
    return user.with_env(env)


def _user_demo(env):
    """Return the user ``demo``."""
    partner_values = {
        "name": "Marc Demo",
        "email": "marc.demo@example.com",
        "company_id": env.ref("base.main_company").id,
        "tz": "Europe/Brussels",
    }
    groups = ["base.group_user", "base.group_partner_manager"]
    return _find_or_create_user(env, "demo", groups, partner_values, password="demodemo")


def _user_admin(env):
    """Return the administrator, under the name that tests of addons compare."""
    admin = env.ref("base.user_admin")
    admin.name = "Mitchell Admin"
    return admin


class TransactionCaseWithUserDemo(TransactionCase):
    """A test with the user ``demo`` in ``user_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _user_admin(cls.env)
        cls.user_demo = _user_demo(cls.env)
        cls.partner_demo = cls.user_demo.partner_id


class HttpCaseWithUserDemo(HttpCase):
    """A test over HTTP with the user ``demo`` (password ``demo``) in ``user_demo``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_admin = _user_admin(cls.env)
        cls.partner_admin = cls.user_admin.partner_id
        cls.user_demo = _user_demo(cls.env)
        cls.user_demo.password = "demo"
        cls.partner_demo = cls.user_demo.partner_id


class SavepointCaseWithUserDemo(TransactionCaseWithUserDemo):
    """A test with the user ``demo`` and some partners."""

    @classmethod
    def _load_partners_set(cls):
        """Create tags, companies and their people."""
        tags = cls.env["res.partner.category"]
        top = tags.create({"name": "Sellers", "color": 2})
        office, desks = tags.create(
            [{"name": name, "parent_id": top.id} for name in ("Office Supplies", "Desk Manufacturers")]
        )
        cls.partner_category, cls.partner_category_child_1, cls.partner_category_child_2 = top, office, desks
        people_of = {
            ("Inner Works", office): ["Sheila Ruiz", "Wyatt Howard", "Austin Kennedy"],
            ("Pepper Street", desks): ["Liam King", "Craig Richardson", "Adam Cox"],
            ("Amber & Forge", top): ["Robin Smith", "Morgan Rose", "Kevin Reid"],
            ("Rebecca's Shelves", tags): ["Charlie Bernard", "Jessica Dupont"],
            ("Quiet Harbour", office): ["Ronnie Hart", "Vincent Garcia"],
        }
        cls.partners = cls.env["res.partner"].create(
            [
                {
                    "name": company,
                    "is_company": True,
                    "category_id": [Command.set(tag.ids)],
                    "child_ids": [Command.create({"name": name}) for name in people],
                }
                for (company, tag), people in people_of.items()
            ]
        )


class HttpCaseWithUserPortal(HttpCase):
    """A test over HTTP with a user from outside (login and password ``portal``) in ``user_portal``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner_values = {"name": "Pat Portal", "email": "pat.portal@example.com"}
        cls.user_portal = _find_or_create_user(cls.env, "portal", ["base.group_portal"], partner_values)
        cls.user_portal.password = "portal"
        cls.partner_portal = cls.user_portal.partner_id


class _KeepingConnection:
    """A connection to a server of e-mails that keeps what it is given.

    :param emails: list that gets them
    """

    _host = "kept"

    def __init__(self, emails):
        self._emails = emails
        self.from_filter = self.smtp_from = False

    def send_message(self, message, smtp_from, smtp_to_list):
        """Keep a message."""
        self.sendmail(smtp_from, smtp_to_list, message.as_string(), message["From"])

    def sendmail(self, smtp_from, smtp_to_list, message_str, from_address=None, mail_options=()):
        """Keep a message that is a text."""
        self._emails.append(
            {
                "smtp_from": smtp_from,
                "smtp_to_list": smtp_to_list,
                "message": message_str,
                "msg_from": from_address,
                "from_filter": self.from_filter,
            }
        )

    def _take(self, *_args, **_kwargs):
        return 250, b"taken"

    set_debuglevel = starttls = login = quit = close = ehlo_or_helo_if_needed = _take


class MockSmtplibCase:
    """Has e-mails be sent in a test, to a connection that keeps them in ``emails``."""

    @contextlib.contextmanager
    def mock_smtplib_connection(self):
        """Keep what is sent, and the parameters with which servers were connected to in ``connect_mocked``."""
        self.emails = []
        connection = _KeepingConnection(self.emails)
        servers = type(self.env["ir.mail_server"])
        connect = servers.connect
        with (
            patch.object(smtplib, "SMTP", lambda *_args, **_kwargs: connection),
            patch.object(smtplib, "SMTP_SSL", lambda *_args, **_kwargs: connection),
            patch.object(modules.module, "current_test", None),
            patch.object(servers, "connect", autospec=True, side_effect=connect) as self.connect_mocked,
        ):
            yield

    def assertSMTPEmailsSent(
        self,
        smtp_from=None,
        smtp_to_list=None,
        message_from=None,
        msg_from=None,
        mail_server=None,
        from_filter=None,
        emails_count=1,
    ):
        """Check how many e-mails were sent that have what is given.

        :param smtp_from: who the server was told is the sender, or a function that says whether it is the wanted one
        :param smtp_to_list: addresses that the server was given
        :param message_from: the header, as it stands in the text
        :param msg_from: the header
        :param mail_server: server whose filter of senders the connection has
        :param emails_count: how many there are
        """
        wanted = {"smtp_to_list": smtp_to_list, "msg_from": msg_from, "from_filter": from_filter}
        if mail_server:
            wanted["from_filter"] = mail_server.from_filter

        def fits(email):
            sender = smtp_from(email["smtp_from"]) if callable(smtp_from) else email["smtp_from"] == smtp_from
            return (
                (smtp_from is None or sender)
                and (message_from is None or f"From: {message_from}" in email["message"])
                and all(value is None or email[name] == value for name, value in wanted.items())
            )

        found = [email for email in self.emails if fits(email)]
        self.assertEqual(len(found), emails_count, f"e-mails that were sent: {self.emails}")
