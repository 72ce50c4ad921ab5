"""Addresses of public pages in the languages of visitors."""

from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import werkzeug.exceptions
import werkzeug.routing

from odoo import api, models
from odoo.http import request
from odoo.tools import ormcache

#: what paths need not quote
_SAFE = "/:@!$&'()*+,;=~"


class IrHttp(models.AbstractModel):
    """Addresses with the part that says the language."""

    _inherit = "ir.http"

    @classmethod
    def _get_default_lang(cls):
        """Return the data of the language that addresses need not say: that of new contacts, else the first one."""
        env = request.env(su=True)
        code = env["ir.default"]._get("res.partner", "lang")
        lang = code and env["res.lang"]._get_data(code=code)
        return lang or next(iter(env["res.lang"]._get_active_by("code").active()))

    @api.private
    @api.model
    def get_nearest_lang(self, lang_code):
        """Return the code of the language of public pages that is nearest to a code: itself, or of another country.

        :return: ``None`` when none is near
        """
        langs = self.env["res.lang"]._get_frontend()
        if lang_code and langs[lang_code]:
            return lang_code
        short = (lang_code or "").partition("_")[0]
        return next((lang.code for lang in langs.active() if short and _short(lang.code) == short), None)

    @classmethod
    def _is_multilang_url(cls, local_url, lang_url_codes=None):
        """Tell whether what is at an address depends on the language that the address says.

        :param local_url: path on this server, with the language or not
        :param lang_url_codes: what stands for languages in addresses; all that do by default
        """
        if lang_url_codes is None:
            lang_url_codes = [lang.url_code for lang in request.env["res.lang"]._get_frontend().active()]
        path, _mark, query = local_url.partition("#")[0].partition("?")
        parts = path.split("/")
        if len(parts) > 1 and parts[1] in lang_url_codes:
            del parts[1]
            path = "/".join(parts) or "/"
        if not _has_languages(path):
            return False
        _path, endpoint = request.env["ir.http"].url_rewrite(path, query_args=query or None)
        return not endpoint or _is_multilang(endpoint)

    @api.private
    @api.model
    @ormcache("path", "query_args", cache="routing.rewrites")
    def url_rewrite(self, path, query_args=None):
        """Return where a path leads.

        :param path: path on this server
        :param query_args: its query
        :return: the path, another one when there is one for it, and the method that answers; ``False`` without one
        """
        routes = self.routing_map().bind("localhost", query_args=query_args)
        endpoint = False
        try:
            for method in ("GET", "POST"):
                try:
                    rule, _args = routes.match(path, method=method, return_rule=True)
                except werkzeug.exceptions.MethodNotAllowed:
                    continue
                endpoint = rule.endpoint
                break
        except werkzeug.routing.RequestRedirect as redirect:
            path = urlsplit(redirect.new_url).path
        except werkzeug.exceptions.NotFound:
            # pages that are no routes have addresses, too
            endpoint = False
        return path, endpoint

    @classmethod
    def _url_lang(cls, path_or_uri, lang_code=None):
        """Return an address for a language.

        :param path_or_uri: of this server when it is relative; others stay what they are
        :param lang_code: the language; by default that of the page, which addresses say unless it is the default one
        """
        location = path_or_uri.strip()
        try:
            parts = urlsplit(location)
        except ValueError:
            # nothing that can be asked for
            return location
        forced = lang_code is not None
        if parts.netloc or parts.scheme or not (parts.path or forced):
            return location
        location = urljoin(request.httprequest.path, location)
        langs = request.env["res.lang"]._get_frontend()
        url_codes = [lang.url_code for lang in langs.active()]
        if (len(url_codes) > 1 or forced) and cls._is_multilang_url(location, url_codes):
            wanted = lang_code or request.env.context.get("lang") or ""
            location = cls._with_language(location, langs[wanted].url_code or wanted, url_codes, forced)
        return location

    @classmethod
    def _with_language(cls, location, url_code, url_codes, forced):
        """Return a path that says its language; the default one is said when it is ``forced`` only."""
        cut = min((position for mark in "?#" if (position := location.find(mark)) >= 0), default=len(location))
        path, rest = location[:cut], location[cut:]
        default = cls._get_default_lang().url_code
        parts = path.split("/")
        if parts[1] in url_codes:
            if forced:
                parts[1] = url_code
            elif parts[1] == default:
                del parts[1]
        elif forced or url_code != default:
            parts.insert(1, url_code)
            if not parts[-1]:
                del parts[-1]
        return ("/".join(parts) or "/") + rest

    @classmethod
    def _url_for(cls, url_from, lang_code=None):
        """Return the address that a page writes for another one; addons add where that one moved."""
        return cls._url_lang(url_from, lang_code=lang_code)

    @classmethod
    def _url_localized(
        cls, url=None, lang_code=None, canonical_domain=None, prefetch_langs=False, force_default_lang=False
    ):
        """Return the address of a page in a language, with the names of its records in it.

        :param url: path of the page without language; that of the request by default
        :param lang_code: the language; that of the request by default
        :param canonical_domain: address of the server, as text or split: the result is absolute and has no query
        :param prefetch_langs: whether names are wanted in other languages soon
        :param force_default_lang: say the default language, too
        """
        langs = request.env["res.lang"]._get_frontend()
        lang = langs[lang_code] if lang_code else request.lang
        if url is None:
            url, query = request.httprequest.path, request.httprequest.query_string.decode("latin1")
        else:
            url, _mark, query = url.partition("?")
        path = cls._localized_path(url, lang.code, prefetch_langs)
        if force_default_lang or lang != cls._get_default_lang():
            path = f"/{lang.url_code}{path if path != '/' else ''}"
        if canonical_domain:
            domain = urlsplit(canonical_domain) if isinstance(canonical_domain, str) else canonical_domain
            return urlunsplit((domain[0], domain[1], path, "", ""))
        return f"{path}?{query}" if query else path

    @classmethod
    def _localized_path(cls, path, lang_code, prefetch_langs):
        """Return the path of a route with the names of its records in a language; others only quoted."""
        try:
            routes = request.env["ir.http"].routing_map().bind("localhost")
            rule, args = routes.match(path, method="GET", return_rule=True)
        except (werkzeug.exceptions.HTTPException, werkzeug.routing.RoutingException):
            return quote(path, safe=_SAFE)
        context = {"lang": lang_code, "prefetch_langs": prefetch_langs}
        for name, value in args.items():
            if isinstance(value, models.BaseModel):
                args[name] = value.with_env(request.env).with_context(**context)
        built = rule.build(args)
        return built[1] if built else quote(path, safe=_SAFE)


def _short(code):
    """Return the part of the code of a language before country and script."""
    return code.partition("_")[0].partition("@")[0]


def _has_languages(path):
    """Tell whether a path may be one of a page, which has languages: files and the backend have none."""
    return "/static/" not in path and not path.startswith("/web/")


def _is_multilang(endpoint):
    """Tell whether what a method answers depends on the language in the address."""
    routing = endpoint.routing
    return bool(routing.get("website") and routing.get("multilang", routing["type"] == "http"))
