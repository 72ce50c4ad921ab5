"""The script that mail programs hand e-mails to (mail_gateway F1, T5)."""

import importlib.util
import io
from contextlib import redirect_stderr
from urllib.parse import urlsplit

from odoo.tests import HttpCase, tagged
from odoo.tools import file_path, mute_logger


@tagged("mail_gateway", "post_install", "-at_install")
class TestMailgate(HttpCase):
    def hand_over(self, content, *words):
        """Run the script; return its exit code and what it says."""
        path = file_path("mail/static/scripts/odoo-mailgate.py")
        spec = importlib.util.spec_from_file_location("mailgate", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        place = urlsplit(self.base_url())
        known = ["-d", self.env.cr.dbname, "-u", str(self.env.ref("base.user_admin").id)]
        said = io.StringIO()
        with redirect_stderr(said):
            code = script.main(
                [*known, "--host", place.hostname, "--port", str(place.port), *words], io.BytesIO(content)
            )
        return code, said.getvalue()

    @mute_logger("odoo.login", "odoo.http", "odoo.addons.base.controllers.rpc")
    def test_t5_script(self):
        content = b"From: ann@example.net\r\nSubject: By script\r\nMessage-Id: <s@example.net>\r\n\r\nHello"
        other = content.replace(b"<s@", b"<t@")
        self.assertEqual(self.hand_over(content, "-p", "wrong")[0], 75)
        code, said = self.hand_over(other, "-p", "admin")
        self.assertEqual(code, 1)
        self.assertIn("<t@example.net>", said)
        self.assertEqual(said.count("\n"), 1)
        self.assertEqual(self.hand_over(content, "-p", "admin", "-o", "mail.test.ticket"), (0, ""))
        self.assertEqual(self.env["mail.test.ticket"].search_count([("name", "=", "By script")]), 1)
        self.assertEqual(self.hand_over(content, "-p", "admin", "--port", "9")[0], 75)
