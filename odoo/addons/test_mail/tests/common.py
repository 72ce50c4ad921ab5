"""What the tests share."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMailServer
from odoo.tests import TransactionCase, new_test_user, tagged

QUIET = {"mail_create_nolog": True, "mail_create_nosubscribe": True, "mail_notrack": True, "no_reset_password": True}


@tagged("post_install", "-at_install")
class MailCase(TransactionCase):
    """An employee, a user with an inbox, a portal user and a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search([], limit=1)
        cls.domain = domain or cls.env["mail.alias.domain"].create({"name": "test.example.com"})
        cls.env.company.alias_domain_id = cls.domain
        make = {"context": QUIET}
        cls.employee = new_test_user(cls.env, "emp", name="Emma Ployee", email="emma@test.example.com", **make)
        cls.reader = new_test_user(
            cls.env, "inb", name="Ines Box", email="ines@test.example.com", notification_type="inbox", **make
        )
        cls.portal = new_test_user(
            cls.env, "port", groups="base.group_portal", name="Porter", email="porter@example.org", **make
        )
        cls.customer = (
            cls.env["res.partner"].with_context(**QUIET).create({"name": "Cora Customer", "email": "cora@example.org"})
        )
        cls.as_employee = cls.env(user=cls.employee, context={**cls.env.context, "tracking_disable": False})
        cls.record = (
            cls.env["mail.test.simple"]
            .with_context(**QUIET)
            .create({"name": "Thing"})
            .with_context(dict.fromkeys(QUIET, False))
        )
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.flush_tracking()

    def flush_tracking(self):
        """Have changes be told, as at the end of a transaction."""
        self.env.flush_all()
        self.env.cr.flush()

    def counted(self, act, *, told=True):
        """Return how many statements something takes.

        :param act: a function
        :param told: with those at the end of the transaction, which tell of changes
        """
        self.flush_tracking()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        if told:
            self.flush_tracking()
        return self.env.cr.sql_log_count - before

    @contextmanager
    def outbox(self):
        """Collect the e-mails that are sent, as dicts of the parameters of ``build_email``."""
        sent = []
        build = IrMailServer.build_email

        def build_email(servers, email_from, email_to, subject, body, **kwargs):
            sent.append({"email_from": email_from, "email_to": email_to, "subject": subject, "body": body, **kwargs})
            return build(servers, email_from, email_to, subject, body, **kwargs)

        with patch.object(IrMailServer, "build_email", build_email):
            yield sent

    def notified(self, message):
        """Return ``{partner: (type, status)}`` of the notifications of a message."""
        return {
            row.res_partner_id: (row.notification_type, row.notification_status)
            for row in message.sudo().notification_ids
        }
