"""The language that an address, or a visitor, asks for."""

import re
from urllib.parse import quote, unquote

import werkzeug.exceptions

from odoo import models
from odoo.http import request

from .ir_http_urls import _SAFE, _has_languages, _is_multilang

#: cookie with the language that a visitor was given last
COOKIE = "frontend_lang"


class IrHttp(models.AbstractModel):
    """Requests for public pages in a language."""

    _inherit = "ir.http"

    #: how often a request may be led to another path; only told, as nothing leads one more than once
    rerouting_limit = 10

    @classmethod
    def _match(cls, path):
        """Find the route of a path, with a language or without one.

        Of the request `is_frontend`, `is_frontend_multilang` and `lang` are set.

        :raises werkzeug.exceptions.NotFound: no route has this path
        :raises werkzeug.exceptions.HTTPException: the page has another address, in full
        """
        current = request._get_current_object()
        current.is_frontend = current.is_frontend_multilang = False
        try:
            rule, args = super()._match(path)
        except werkzeug.exceptions.NotFound as error:
            current.is_frontend = True
            current.is_frontend_multilang = _has_languages(path)
            code, rest = _split(path)
            lang = cls._lang_of_url(code)
            if not lang:
                cls._choose_lang(current, path)
                raise error
            current.lang = lang
            cls._check_url_lang(current, path, code, rest)
            # what the address without language leads to
            current.reroute(rest)
            rule, args = super()._match(rest)
            cls._note_route(current, rule)
        else:
            cls._note_route(current, rule)
            if current.is_frontend:
                cls._choose_lang(current, path)
        return rule, args

    @classmethod
    def _note_route(cls, current, rule):
        """Note what kind of page a route is."""
        current.is_frontend = bool(rule.endpoint.routing.get("website"))
        current.is_frontend_multilang = _is_multilang(rule.endpoint)

    @classmethod
    def _lang_of_url(cls, code):
        """Return the data of the language that a part of a path stands for, ``None`` when it stands for none."""
        langs = request.env["res.lang"]._get_frontend()
        found = next((lang for lang in langs.active() if lang.url_code == code), None)
        if found:
            return found
        nearest = request.env["ir.http"].get_nearest_lang(code)
        return langs[nearest] if nearest else None

    @classmethod
    def _choose_lang(cls, current, path):
        """Set the language of a request whose address says none.

        :raises werkzeug.exceptions.HTTPException: the address in the visitor's language
        """
        ir_http = current.env["ir.http"]
        langs, default = current.env["res.lang"]._get_frontend(), cls._get_default_lang()
        candidates = (current.cookies.get(COOKIE), current.env.context.get("lang"))
        nearest = next(filter(None, map(ir_http.get_nearest_lang, candidates)), None)
        current.lang = langs[nearest] if nearest else default
        if current.httprequest.method == "POST":
            return
        cls._merge_slashes(current, path)
        if current.lang == default or not current.is_frontend_multilang:
            return
        if ir_http.is_a_bot():
            # it reads each language at its own address
            current.lang = default
            return
        rest = path if path != "/" else ""
        cls._send_to(current, f"/{current.lang.url_code}{rest}")

    @classmethod
    def _check_url_lang(cls, current, path, code, rest):
        """Send visitors on whose address says the language in another way than addresses do.

        :raises werkzeug.exceptions.HTTPException: the address as it should be
        """
        if current.httprequest.method == "POST":
            return
        cls._merge_slashes(current, path)
        url_code = current.lang.url_code
        if current.lang == cls._get_default_lang():
            cls._send_to(current, rest)
        if code != url_code:
            cls._send_to(current, f"/{url_code}{rest if rest != '/' else ''}", status=301)
        if path == f"/{url_code}/":
            cls._send_to(current, f"/{url_code}", status=301)

    @classmethod
    def _merge_slashes(cls, current, path):
        if "//" in path:
            cls._send_to(current, re.sub(r"/{2,}", "/", path), status=301)

    @classmethod
    def _send_to(cls, current, path, status=303):
        """End the request with the way to a path; its query is kept, and the cookie tells the language."""
        query = current.httprequest.query_string.decode("latin1")
        location = quote(path, safe=_SAFE)
        response = current.redirect(f"{location}?{query}" if query else location, code=status)
        response.set_cookie(COOKIE, current.lang.code)
        werkzeug.exceptions.abort(response)

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Set the language of public pages, and send visitors to the address with the names of its records."""
        if not getattr(request, "is_frontend", False):
            super()._pre_dispatch(rule, args)
            return
        cls._frontend_pre_dispatch()
        origins = {
            name: value.env.context["_converter_value"]
            for name, value in args.items()
            if isinstance(value, models.BaseModel) and "_converter_value" in value.env.context
        }
        super()._pre_dispatch(rule, args)
        for name, value in origins.items():
            args[name] = args[name].with_context(_converter_value=value)
        if request.is_frontend_multilang and request.httprequest.method in ("GET", "HEAD"):
            cls._check_canonical(rule, args)

    @classmethod
    def _frontend_pre_dispatch(cls):
        """Have the page in the language of the request, and the visitor's next one, too."""
        code = request.lang.code
        request.update_context(lang=code)
        if request.cookies.get(COOKIE) != code:
            request.future_response.set_cookie(COOKIE, code)

    @classmethod
    def _check_canonical(cls, rule, args):
        """Send visitors to the one address of a page that several lead to.

        :raises werkzeug.exceptions.HTTPException: the address, when it is another one
        """
        built = rule.build(args)
        path = built and built[1]
        if not path or unquote(path) == request.httprequest.path:
            return
        prefix = "" if request.lang == cls._get_default_lang() else f"/{request.lang.url_code}"
        cls._send_to(request, f"{prefix}{unquote(path)}", status=301)


def _split(path):
    """Return the first part of a path, and the path without it."""
    _nothing, _slash, rest = path.partition("/")
    code, _slash, rest = rest.partition("/")
    return code, f"/{rest}"
