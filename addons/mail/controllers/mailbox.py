"""The user's own messages: to read, read, and marked."""

from odoo import http
from odoo.http import request

from .thread import as_page, page_limits


class MailboxController(http.Controller):
    """Routes of the mailboxes."""

    def _page(self, domain, search_term, limits, limit, **kwargs):
        """Return a page of messages."""
        fetch = request.env["mail.message"]._message_fetch
        found = fetch(domain, search_term, **page_limits(limit, **limits))
        return as_page(found, for_current_user=True, **kwargs)

    @http.route("/mail/inbox/messages", methods=["POST"], type="json", auth="user", readonly=True)
    def discuss_inbox_messages(self, search_term=None, before=None, after=None, limit=30, around=None):
        """Return what the user has to read."""
        limits = {"before": before, "after": after, "around": around}
        return self._page([("needaction", "=", True)], search_term, limits, limit, add_followers=True)

    @http.route("/mail/history/messages", methods=["POST"], type="json", auth="user", readonly=True)
    def discuss_history_messages(self, search_term=None, before=None, after=None, limit=30, around=None):
        """Return what the user has read."""
        limits = {"before": before, "after": after, "around": around}
        return self._page([("needaction", "=", False)], search_term, limits, limit)

    @http.route("/mail/starred/messages", methods=["POST"], type="json", auth="user", readonly=True)
    def discuss_starred_messages(self, search_term=None, before=None, after=None, limit=30, around=None):
        """Return what the user marked."""
        limits = {"before": before, "after": after, "around": around}
        return self._page([("starred", "=", True)], search_term, limits, limit)
