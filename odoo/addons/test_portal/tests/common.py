"""What the tests of pages share."""

import re

from odoo.addons.mail.tests.common import QUIET, MockEmail
from odoo.tests import new_test_user

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class PortalCase(MockEmail):
    """A customer with an account, one without, an employee, and a document of each customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        quiet = {"context": QUIET}
        cls.employee = new_test_user(
            cls.env, "emma", groups="base.group_user,base.group_partner_manager", email="emma@example.com", **quiet
        )
        cls.user = new_test_user(
            cls.env, "porter", groups="base.group_portal", name="Porter", email="porter@example.org", **quiet
        )
        partners = cls.env["res.partner"].with_context(**QUIET)
        cls.customer = partners.create({"name": "Cora", "email": "cora@example.org"})
        documents = cls.env["test.portal.document"].with_context(**QUIET)
        cls.theirs = documents.create({"name": "For Porter", "partner_id": cls.user.partner_id.id})
        cls.document = documents.create({"name": "For Cora", "partner_id": cls.customer.id})
        cls.token = cls.document._portal_ensure_token()
        cls.link = {"hash": cls.document._sign_token(cls.customer.id), "pid": cls.customer.id}
