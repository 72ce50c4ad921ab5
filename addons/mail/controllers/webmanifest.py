"""The part of the service worker that shows messages."""

from odoo.addons.web.controllers.webmanifest import WebManifest
from odoo.tools import file_open


class MailWebManifest(WebManifest):
    """The service worker shows what the server sends to devices."""

    def _get_service_worker_content(self):
        """Add the code for notifications."""
        with file_open("mail/static/src/service_worker.js") as file:
            return f"{super()._get_service_worker_content()}\n{file.read()}"
