"""The talk on the pages of documents, with ratings."""

from odoo import http
from odoo.addons.portal.controllers.mail import PortalChatter
from odoo.http import request
from odoo.osv import expression


class PortalChatterRating(PortalChatter):
    """Messages with stars."""

    def _setup_portal_message_fetch_extra_domain(self, data):
        """Show the messages with one number of stars only.

        :param data: dict, with ``rating_value``
        """
        domain = super()._setup_portal_message_fetch_extra_domain(data)
        if not data.get("rating_value"):
            return domain
        return expression.AND([domain, [("rating_value", "=", float(data["rating_value"]))]])

    @http.route()
    def portal_message_fetch(self, thread_model, thread_id, limit=10, after=None, before=None, **kw):
        """Tell the averages too, where the page wants ratings.

        :param kw: with ``rating_include``, and ``rating_value`` for one number of stars
        :return: as before, with ``rating_stats``: dict of ``avg``, ``total`` and ``percent``
        """
        found = super().portal_message_fetch(thread_model, thread_id, limit=limit, after=after, before=before, **kw)
        model = request.env[thread_model]
        if kw.get("rating_include") and hasattr(model, "rating_get_stats"):
            # the messages were shown: the caller may read the document
            document = model.browse(int(thread_id)).sudo()
            inside = request.env.user._is_internal()
            found["rating_stats"] = document.rating_get_stats([] if inside else [("is_internal", "=", False)])
        return found
