"""Pages on which customers rate, reached by the links of an e-mail."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..models.rating_data import FACES

#: characters of what customers write
LONGEST = 10_000


class Rating(http.Controller):
    """Routes of ratings; whoever has the token of one may give it."""

    @http.route("/rate/<string:token>/<int:rate>", type="http", auth="public", website=True)
    def action_open_rating(self, token, rate, **kwargs):
        """Take a rating, and ask for words.

        :raise ValueError: the e-mail has no such face
        """
        if rate not in FACES:
            raise ValueError(f"ratings are {FACES}, not {rate}")
        rating, record = self._rated(token)
        if self._is_somebody_else(rating):
            return request.render("rating.rating_external_page_invalid_partner", {"rating": rating})
        record.rating_apply(rate, rating=rating, feedback=None, notify_delay_send=True)
        return self._form(rating, record, rate)

    @http.route(
        "/rate/<string:token>/submit_feedback", type="http", auth="public", methods=["post", "get"], website=True
    )
    def action_submit_rating(self, token, rate=0, **kwargs):
        """Take words with a rating; without, show where to write them."""
        rating, record = self._rated(token)
        if self._is_somebody_else(rating):
            return request.render("rating.rating_external_page_invalid_partner", {"rating": rating})
        if request.httprequest.method != "POST":
            return self._form(rating, record, rating.rating)
        number = int(rate) if str(rate).isdigit() else 0
        if number not in FACES:
            raise ValueError(f"ratings are {FACES}, not {rate}")
        feedback = (kwargs.get("feedback") or "").strip()[:LONGEST]
        record.rating_apply(number, rating=rating, feedback=feedback)
        return request.render("rating.rating_external_page_view", {"rating": rating, "record": record})

    def _rated(self, token):
        """Return the rating with a token, and its record.

        :raise NotFound: there is none
        """
        # the token is the right to give the rating
        rating = request.env["rating.rating"].sudo().search([("access_token", "=", token)], limit=1)
        model = request.env.get(rating.res_model) if rating else None
        record = model.sudo().browse(rating.res_id).exists() if model is not None else None
        if not record:
            raise NotFound
        return rating, record

    def _is_somebody_else(self, rating):
        """Tell whether the user who is logged in is not the one who was asked."""
        if not request.session.uid:
            return False
        return request.env.user.partner_id.commercial_partner_id != rating.partner_id.commercial_partner_id

    def _form(self, rating, record, rate):
        values = {"faces": FACES, "rate": int(rate), "rating": rating, "record": record}
        return request.render("rating.rating_external_page_submit", values)
