"""What the tests of accounts share."""

import re
from urllib.parse import parse_qs, urlsplit

from odoo.addons.mail.tests.common import MockEmail
from odoo.tests import new_test_user

LINK = re.compile(r"https?://[^\s\"'<>]+/web/(?:signup|reset_password)\?[^\s\"'<>]+")


class SignupCase(MockEmail):
    """A customer without account, and an administrator of accounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create({"name": "Cora", "email": "cora@example.org", "lang": "en_US"})
        cls.manager = new_test_user(
            cls.env,
            "boss",
            groups="base.group_user,base.group_erp_manager,base.group_partner_manager",
            email="boss@example.com",
        )
        cls.parameters = cls.env["ir.config_parameter"]

    def link_of(self, mail):
        """Return the link in a sent e-mail that leads to the page of the password."""
        return LINK.search(mail["body"])[0].replace("&amp;", "&")

    def query_of(self, url):
        """Return the arguments of an address."""
        return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
