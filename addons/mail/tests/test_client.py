"""Unit tests of the client, in its page."""

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestClient(HttpCase):
    def test_unit_tests(self):
        success = "[HOOT] Test suite succeeded"
        self.browser_js("/web/tests?headless&mod=mail", "", login="admin", success_signal=success)
