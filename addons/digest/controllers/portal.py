"""Leaving digests, and choosing how often they come."""

from werkzeug.exceptions import Forbidden, NotFound

from odoo import Command
from odoo.http import Controller, request, route
from odoo.tools import consteq
from odoo.tools.text import natural_number

from ..models.digest import PERIODS


class DigestController(Controller):
    """Routes of the links in digests."""

    @route(
        "/digest/<int:digest_id>/unsubscribe_oneclik",
        type="http",
        website=True,
        auth="public",
        methods=["POST"],
        csrf=False,
    )
    def digest_unsubscribe_oneclick(self, digest_id, token=None, user_id=None):
        """Have a user get a digest no more; for mail programs, which post here."""
        self._leave(digest_id, token, user_id)
        return request.make_response("")

    @route("/digest/<int:digest_id>/unsubscribe", type="http", website=True, auth="public", methods=["GET", "POST"])
    def digest_unsubscribe(self, digest_id, token=None, user_id=None, one_click=None):
        """Have a user get a digest no more, and show that it was done.

        :param token: see ``_get_unsubscribe_token``; the logged in user needs none
        :param user_id: whom the token is of
        :param one_click: mail programs of former times post here
        """
        digest = self._leave(digest_id, token, user_id)
        return request.render("digest.portal_digest_unsubscribed", {"digest": digest})

    @route("/digest/<int:digest_id>/set_periodicity", type="http", website=True, auth="user")
    def digest_set_periodicity(self, digest_id, periodicity="weekly"):
        """Choose how often a digest is sent, and show it.

        :raise ValueError: there is no such periodicity
        """
        if not request.env.user.has_group("base.group_erp_manager"):
            raise Forbidden
        if periodicity not in PERIODS:
            raise ValueError(f"digests are sent {', '.join(PERIODS)}, not {periodicity}")
        digest = request.env["digest.digest"].browse(digest_id).exists()
        if not digest:
            raise NotFound
        digest.action_set_periodicity(periodicity)
        return request.redirect(f"/odoo/action-digest.digest_digest_action/{digest.id}")

    def _leave(self, digest_id, token, user_id):
        """Remove a user from a digest, and return it.

        :raise NotFound: the token is wrong, or is missing and the user is not of the house
        """
        digest = request.env["digest.digest"].sudo().browse(int(digest_id)).exists()
        if token and digest:
            # a form may have files in their place
            token, user_id = (value if isinstance(value, str) else "" for value in (token, user_id))
            leaving = natural_number(user_id)
            is_known = leaving and consteq(token.encode(), digest._get_unsubscribe_token(leaving).encode())
        else:
            leaving = request.env.uid
            is_known = digest and not token and request.session.uid and request.env.user._is_internal()
        if not is_known:
            raise NotFound
        digest.user_ids = [Command.unlink(leaving)]
        return digest
