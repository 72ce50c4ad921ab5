"""Messages in the language of who reads them."""

import logging

import requests
from babel import Locale, UnknownLocaleError
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools.mail import is_html_empty

_logger = logging.getLogger(__name__)

#: the service, seconds it may take, and characters that it takes at once
_SERVICE, _TIMEOUT, _LONGEST = "https://translation.googleapis.com/language/translate/v2", 10, 30_000


class GoogleTranslateController(http.Controller):
    """The route of translations."""

    @http.route("/mail/message/translate", type="json", auth="user")
    def translate(self, message_id):
        """Return a message in the user's language.

        :return: dict with ``body`` and ``lang_name``, the name of the language it was written in, or with ``error``
        :raise NotFound: for a message that the user does not see
        """
        message = request.env["mail.message"].search([("id", "=", int(message_id))])
        if not message:
            raise NotFound
        target = request.env.lang or "en_US"
        code = target.partition("_")[0]
        known = request.env["mail.message.translation"].sudo()
        translation = known.search([("message_id", "=", message.id), ("target_lang", "=", code)])
        if not translation:
            if problem := self._problem_of(message):
                return {"error": problem}
            try:
                values = self._translate(message.body, code)
            except (requests.RequestException, KeyError, IndexError, TypeError, ValueError) as error:
                # the address has the key: it is not logged
                _logger.warning("Message %s was not translated: %s", message.id, type(error).__name__)
                return {"error": request.env._("The message could not be translated: try again later.")}
            translation = known.create({"message_id": message.id, "target_lang": code, **values})
        return {"body": translation.body, "lang_name": self._language_name(translation.source_lang, target)}

    @staticmethod
    def _problem_of(message):
        """Return why a message cannot be translated, nothing if it can."""
        if not request.env["ir.config_parameter"].sudo().get_param("mail.google_translate_api_key"):
            return request.env._("Messages are not translated: the settings have no key for the service.")
        if is_html_empty(message.body or "") or len(message.body) > _LONGEST:
            return request.env._("This message is empty, or too long to be translated.")
        return ""

    @staticmethod
    def _translate(body, code):
        """Ask the service.

        :return: dict of ``body`` and ``source_lang``
        """
        key = request.env["ir.config_parameter"].sudo().get_param("mail.google_translate_api_key")
        asked = {"format": "html", "q": str(body), "target": code}
        answer = requests.post(_SERVICE, params={"key": key}, json=asked, timeout=_TIMEOUT)
        answer.raise_for_status()
        found = answer.json()["data"]["translations"][0]
        return {"body": found["translatedText"], "source_lang": found["detectedSourceLanguage"]}

    @staticmethod
    def _language_name(code, target):
        """Return what a language is called in another one; its code if nobody knows.

        :param code: of the language
        :param target: code of the language it is called in
        """
        try:
            return Locale.parse(code, sep="-").get_display_name(target)
        except (UnknownLocaleError, ValueError):
            return code
