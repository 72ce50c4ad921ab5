"""Pages of errors: HRT-9."""

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import RoutingCase


@tagged("-at_install", "post_install")
class TestErrors(RoutingCase):
    def fail(self, kind):
        with mute_logger("odoo.http"):
            return self.visit(f"/test_routing/fail/{kind}")

    def test_hrt_9_pages(self):
        for kind, status, text in [
            ("access", 403, "Not for you"),
            ("user", 400, "Not like this"),
            ("missing", 404, "This page is not here"),
            ("fault", 500, "Something is broken here"),
        ]:
            answer = self.fail(kind)
            self.assertEqual(answer.status_code, status, kind)
            self.assertIn(text, answer.text)
            self.assertNotIn("Traceback", answer.text)
        self.assertIn("This page is not here", self.visit("/nowhere").text)
        answer = self.visit("/test_routing/form")
        self.assertEqual((answer.status_code, "405" in answer.text), (418, True))

    def test_hrt_9_what_is_not_a_page_stays_what_it_was(self):
        answer = self.url_open("/web/dataset/call_kw", json={"params": {}})
        self.assertIn("error", answer.json())
        answer = self.visit("/test_routing/fail/access", lang="fr")
        self.assertIn("/fr/", answer.url)
        self.assertEqual(answer.status_code, 403)

    def test_hrt_9_details_for_those_who_develop(self):
        new_test_user(self.env, "developer", "base.group_user")
        self.authenticate("developer", "developer")
        self.assertNotIn("exception_traceback", self.fail("user").text)
        self.assertIn("exception_traceback", self.visit("/test_routing/fail/user?debug=1").text)

    def test_hrt_9_what_is_stored_at_the_address(self):
        attachment = {"name": "a", "url": "/test_routing/fail/missing", "raw": b"kept", "public": True}
        self.env["ir.attachment"].create({**attachment, "type": "binary"})
        answer = self.fail("missing")
        self.assertEqual((answer.status_code, answer.content), (200, b"kept"))
