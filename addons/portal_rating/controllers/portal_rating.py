"""Answers to ratings."""

from odoo import http
from odoo.addons.web.controllers.utils import whole_number
from odoo.http import request


class PortalRating(http.Controller):
    """The house answers."""

    @http.route("/website/rating/comment", type="json", auth="user", methods=["POST"])
    def publish_rating_comment(self, rating_id, publisher_comment):
        """Answer a rating.

        :param rating_id: its id
        :param publisher_comment: text, nothing to take the answer back
        :return: dict with the answer as pages show it, or with ``error``
        """
        rating = request.env["rating.rating"].search([("id", "=", whole_number(rating_id, "rating_id"))])
        if not rating:
            return {"error": request.env._("There is no such rating any more.")}
        rating.write({"publisher_comment": str(publisher_comment or "")})
        return rating._portal_rating_format()[0]
