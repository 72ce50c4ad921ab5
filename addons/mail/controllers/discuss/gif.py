"""Moving pictures of a service, for messages."""

import logging
import re

import requests
from werkzeug.exceptions import BadRequest, NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number
from odoo.exceptions import UserError
from odoo.http import request

_logger = logging.getLogger(__name__)

#: the service, and seconds it may take
_SERVICE, _TIMEOUT = "https://tenor.googleapis.com/v2", 3
#: favorites of one page, and most pictures of one answer
_FAVORITES, _MOST = 20, 50
#: what ids of the service look like, and codes of languages and countries
_GIF_ID, _CODE = re.compile(r"\w{1,64}"), re.compile(r"[A-Za-z]{2,3}")
#: longest text to look for, and longest mark of a page
_LONGEST = 256


class DiscussGifController(http.Controller):
    """Routes of moving pictures."""

    @http.route("/discuss/gif/search", type="json", auth="user")
    def search(self, search_term, locale="en", country="US", position=None, readonly=True):
        """Look for pictures.

        :param search_term: what they are about
        :param locale: code of the user's language
        :param country: code of the user's country
        :param position: where the last page ended, as ``next`` of its answer
        :return: dict of the service with ``results`` and ``next``
        """
        get_param = request.env["ir.config_parameter"].sudo().get_param
        limit = str(get_param("discuss.tenor_gif_limit") or "")
        asked = {
            **self._place(locale, country),
            "contentfilter": get_param("discuss.tenor_content_filter") or "low",
            "limit": min(int(limit), _MOST) if limit.isdecimal() and int(limit) else 8,
            "media_filter": "tinygif",
            "q": str(search_term)[:_LONGEST],
        }
        if position:
            asked["pos"] = str(position)[:_LONGEST]
        return self._ask("search", asked)

    @http.route("/discuss/gif/categories", type="json", auth="user", readonly=True)
    def categories(self, locale="en", country="US"):
        """Return what many look for: a dict of the service with ``tags``."""
        filtered = request.env["ir.config_parameter"].sudo().get_param("discuss.tenor_content_filter") or "low"
        return self._ask("categories", {**self._place(locale, country), "contentfilter": filtered})

    @http.route("/discuss/gif/add_favorite", type="json", auth="user")
    def add_favorite(self, tenor_gif_id):
        """Keep a picture for the user."""
        wanted = {"tenor_gif_id": self._checked_id(tenor_gif_id)}
        favorites = request.env["discuss.gif.favorite"]
        if not favorites.search_count([("tenor_gif_id", "=", wanted["tenor_gif_id"]), self._own()], limit=1):
            favorites.create(wanted)

    @http.route("/discuss/gif/favorites", type="json", auth="user", readonly=True)
    def get_favorites(self, offset=0):
        """Return the pictures that the user keeps, a page of them.

        :return: list of one item, the list of pictures as the service knows them
        """
        page = {"limit": _FAVORITES, "offset": max(whole_number(offset, "offset"), 0), "order": "id desc"}
        kept = request.env["discuss.gif.favorite"].search([self._own()], **page)
        if not kept:
            return [[]]
        ids = ",".join(kept.mapped("tenor_gif_id"))
        return [self._ask("posts", {"ids": ids, "media_filter": "tinygif"}).get("results", [])]

    @http.route("/discuss/gif/remove_favorite", type="json", auth="user")
    def remove_favorite(self, tenor_gif_id):
        """Keep a picture no longer."""
        found = [("tenor_gif_id", "=", self._checked_id(tenor_gif_id)), self._own()]
        request.env["discuss.gif.favorite"].search(found).unlink()

    @staticmethod
    def _own():
        """Return the condition of what the user keeps: administrators see the favorites of all."""
        return ("create_uid", "=", request.env.uid)

    @staticmethod
    def _checked_id(tenor_gif_id):
        """Return the id of a picture.

        :raise BadRequest: for what is none
        """
        number = str(tenor_gif_id)
        if not _GIF_ID.fullmatch(number):
            raise BadRequest
        return number

    @staticmethod
    def _place(locale, country):
        """Return where the user is, as the service takes it."""
        language = locale if _CODE.fullmatch(str(locale)) else "en"
        land = country if _CODE.fullmatch(str(country)) else "US"
        return {"country": land, "locale": f"{language}_{land}"}

    @staticmethod
    def _ask(what, asked):
        """Return what the service answers, a dict.

        :raise NotFound: when the settings have no key for it
        :raise UserError: when it does not answer
        """
        key = request.env["ir.config_parameter"].sudo().get_param("discuss.tenor_api_key")
        if not key:
            raise NotFound
        try:
            answer = requests.get(f"{_SERVICE}/{what}", params={"key": key, **asked}, timeout=_TIMEOUT)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            # the address has the key: it is not logged
            _logger.warning("The service of moving pictures did not answer: %s", type(error).__name__)
            raise UserError(request.env._("The pictures cannot be reached just now.")) from error
        return found if isinstance(found, dict) else {}
