"""The part of answering requests that modules extend: routes, authentication, errors, fallbacks."""

from __future__ import annotations

import hashlib
import json
import logging
import mimetypes
import os
import re
import unicodedata

import psycopg2
import werkzeug.datastructures
import werkzeug.exceptions
import werkzeug.routing
import werkzeug.utils

import odoo.conf
import odoo.modules
from odoo import api, http, models
from odoo.exceptions import AccessDenied, AccessError, MissingError
from odoo.http import Response, request
from odoo.http.routing import make_rule
from odoo.orm.rpc import read_only_error
from odoo.tools import get_lang, json_default, ormcache
from odoo.tools.lru import LRU
from odoo.tools.translate import code_translations

_logger = logging.getLogger(__name__)

_UNSLUG_ROUTE_PATTERN = r"(?:(?:\w{1,2}|\w[A-Za-z0-9-_]+?\w)-)?(?:-?\d+)(?=$|\/|#|\?)"
_ID = re.compile(r"-?[0-9]{1,18}")
_BEARER = re.compile(r"^bearer\s+(.+)$", re.IGNORECASE)
#: how many paths are remembered with their routes, and the longest of them
MET_ROUTES, MET_PATH = 1024, 256
_MAX_UPLOAD = "web.max_file_upload_size"


class ModelConverter(werkzeug.routing.BaseConverter):
    """`<model("res.partner"):partner>`: the record whose id ends the path part."""

    regex = r"[0-9]+"
    part_isolating = False

    def __init__(self, url_map, model=False):
        super().__init__(url_map)
        self.model = model
        self.regex = _UNSLUG_ROUTE_PATTERN

    def to_python(self, value: str):
        """Return the record; it is bound to the user when the request is authenticated."""
        _name, res_id = request.env["ir.http"]._unslug(value)
        return request.env[self.model].browse(res_id)

    def to_url(self, value) -> str:
        """Return the path part of a record."""
        return IrHttp._slug(value)


class ModelsConverter(werkzeug.routing.BaseConverter):
    """`<models("res.partner"):partners>`: the records of comma-separated ids."""

    regex = r"[0-9,]+"

    def __init__(self, url_map, model=False):
        super().__init__(url_map)
        self.model = model

    def to_python(self, value: str):
        """Return the records."""
        return request.env[self.model].browse(int(part) for part in value.split(",") if part)

    def to_url(self, value) -> str:
        """Return the path part of records."""
        return ",".join(map(str, value.ids))


class SignedIntConverter(werkzeug.routing.converters.NumberConverter):
    """`<int:value>` that may be negative."""

    regex = r"-?\d+"
    num_convert = int


class RoutingMap(werkzeug.routing.Map):
    """The routes of a database, and what requests met of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        #: (method, path) -> rule and plain arguments, of the requests met last
        self.met = LRU(MET_ROUTES)


class IrHttp(models.AbstractModel):
    """What happens between a matched route and its controller; addons extend it."""

    _name = "ir.http"
    _description = "HTTP Routing"

    # -- slugs ------------------------------------------------------------------

    @classmethod
    def _slugify_one(cls, value: str, max_length: int = 0) -> str:
        plain = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode()
        words = re.sub(r"[\W_]+", "-", plain).strip("-").lower()
        return words[:max_length] if max_length > 0 else words

    @classmethod
    def _slugify(cls, value: str, max_length: int = 0, path: bool = False) -> str:
        """Return `value` in lower-case words joined by dashes.

        :param max_length: cut longer results; 0: never
        :param path: keep the slashes, and the extension of a file
        """
        if not path:
            return cls._slugify_one(value, max_length=max_length)
        stem, extension = os.path.splitext(value)
        if mimetypes.guess_type(f"file{extension}")[0] is None:
            stem, extension = value, ""
        parts = (cls._slugify_one(part, max_length=max_length) for part in stem.split("/"))
        return "/".join(part for part in parts if part) + extension

    @classmethod
    def _slug(cls, value) -> str:
        """Return the path part of a record, or of a pair (id, name).

        :raises ValueError: the record has no id
        """
        if isinstance(value, tuple):
            return str(value[0])
        if not value.id:
            raise ValueError(f"Cannot slug a record that is not in the database: {value}")
        return str(value.id)

    @classmethod
    def _unslug(cls, value: str):
        """Return None and the id that a path part is; (None, None) when it is none. Names are those of addons."""
        return (None, int(value)) if _ID.fullmatch(value) else (None, None)

    # -- routing ----------------------------------------------------------------

    @classmethod
    def _get_converters(cls) -> dict[str, type]:
        """Return the converters usable in routes, by name."""
        return {"model": ModelConverter, "models": ModelsConverter, "int": SignedIntConverter}

    @classmethod
    def _match(cls, path_info):
        """Return the rule and the arguments of the route for a path.

        :raises werkzeug.exceptions.NotFound: no route has this path
        """
        current = _current_request()
        environ = current.httprequest.environ
        routing_map = current.env["ir.http"].routing_map()
        met = getattr(routing_map, "met", None)
        if met is None or len(path_info) > MET_PATH or "HTTP_UPGRADE" in environ:
            return cls._routes_of_request().match(path_info, return_rule=True)
        # fast path of _routes_of_request()
        key = (environ["REQUEST_METHOD"], path_info)
        known = met.get(key)
        if known is None:
            known = cls._routes_of_request().match(path_info, return_rule=True)
            if not all(isinstance(value, (str, int)) for value in known[1].values()):
                # records are those of this request
                return known
            met[key] = known
        rule, args = known
        return rule, dict(args)

    @classmethod
    def _routes_of_request(cls) -> werkzeug.routing.MapAdapter:
        """Return all routes as they are for the host, the method and the query of the request."""
        return request.env["ir.http"].routing_map().bind_to_environ(request.httprequest.environ)

    def _generate_routing_rules(self, modules, converters):
        """Yield `(path, endpoint)` for the controllers of some modules."""
        return http._generate_routing_rules(modules, False, converters)

    @api.private
    @ormcache("key", cache="routing")
    def routing_map(self, key=None):
        """Return the Werkzeug map of all routes of the installed modules."""
        modules = _in_loading_order({*self.pool._init_modules, *odoo.conf.server_wide_modules})
        routing_map = RoutingMap(strict_slashes=False, converters=self._get_converters())
        for path, endpoint in self._generate_routing_rules(modules, self._get_converters()):
            rule = make_rule(path, endpoint)
            routing_map.add(rule)
        routing_map.update()
        return routing_map

    # -- authentication -----------------------------------------------------------

    @classmethod
    def _get_public_users(cls) -> list[int]:
        """Return the ids of the users that stand for visitors."""
        return [request.env["ir.model.data"]._xmlid_to_res_model_res_id("base.public_user")[1]]

    @classmethod
    def _auth_method_bearer(cls):
        """Authenticate by an API key in the `Authorization` header, else by the session of a browser's own page.

        :raises werkzeug.exceptions.Unauthorized: the key is wrong
        :raises odoo.exceptions.TooManyAttempts: too many were, the client has to wait
        :raises odoo.exceptions.AccessDenied: the key is not of the user of the session
        """
        header = request.httprequest.headers.get("Authorization")
        match = header and _BEARER.match(header)
        if match:
            key = request.env["res.users.apikeys"].sudo()._find_key(scope="rpc", key=match.group(1))
            if not key:
                request.env["res.users"]._refuse_key()
                raise werkzeug.exceptions.Unauthorized(
                    "The API key is not valid", www_authenticate=werkzeug.datastructures.WWWAuthenticate("bearer")
                )
            if request.env.uid and request.env.uid != key["user_id"]:
                raise AccessDenied("The API key is not one of the user who is logged in")
            request.update_env(user=key["user_id"])
            request.session.can_save = False
            if key["read_only"]:
                cls._only_read()
        elif not request.env.uid:
            raise werkzeug.exceptions.Unauthorized(
                "Nobody is logged in: send an API key in the header Authorization",
                www_authenticate=werkzeug.datastructures.WWWAuthenticate("bearer"),
            )
        else:
            cls._check_sec_headers()
        cls._auth_method_user()

    @classmethod
    def _only_read(cls):
        """Let the rest of the request change nothing: its key only reads."""
        request.reads_only = True
        # requests of tests work in the transactions of these
        if not request.registry.in_test_mode():
            request.env.cr.execute("SET TRANSACTION READ ONLY")

    @classmethod
    def _check_sec_headers(cls):
        """Refuse requests that a page of another site makes with the cookie of this one."""
        headers = request.httprequest.headers
        if (
            headers.get("Sec-Fetch-Dest") != "document"
            or headers.get("Sec-Fetch-Mode") != "navigate"
            or headers.get("Sec-Fetch-Site") not in ("none", "same-origin")
            or headers.get("Sec-Fetch-User") != "?1"
        ):
            raise AccessDenied(
                "Programs send an API key in the header Authorization; browsers open this page themselves."
            )

    @classmethod
    def _auth_method_user(cls):
        """Ask for a logged-in user.

        :raises odoo.http.SessionExpiredException: there is none
        """
        if request.env.uid in [None, *cls._get_public_users()]:
            raise http.SessionExpiredException("Session expired")

    @classmethod
    def _auth_method_none(cls):
        """Have no user at all."""
        request.env = api.Environment(request.env.cr, None, request.env.context)

    @classmethod
    def _auth_method_public(cls):
        """Be the public user, unless somebody is logged in."""
        if request.env.uid is None:
            request.update_env(user=cls._get_public_users()[0])

    @classmethod
    def _authenticate(cls, endpoint):
        """Check the session and do what the `auth` of the route asks for.

        :raises odoo.exceptions.AccessDenied, odoo.http.SessionExpiredException, werkzeug.exceptions.HTTPException:
            the caller may not go on
        """
        current = _current_request()
        auth = "none" if http.is_cors_preflight(current, endpoint) else endpoint.routing["auth"]
        cls._drop_stale_session(current.session)
        method = getattr(cls, f"_auth_method_{auth}", None)
        if method is None:
            raise ValueError(f"{endpoint}: unknown authentication method {auth!r}")
        method()

    @classmethod
    def _drop_stale_session(cls, session):
        """Log a user out whose session is not valid any more, and have no user for the rest of the request."""
        current = _current_request()
        if session.uid is None or http.check_session(session, current.env, current):
            return
        session.logout(keep_db=True)
        current.env = api.Environment(current.env.cr, None, session.context)

    @classmethod
    def _geoip_resolve(cls):
        """Return the place of the client."""
        return request.geoip

    # -- the way of a request ---------------------------------------------------------

    @classmethod
    def _sanitize_cookies(cls, cookies):
        """Remove from the mutable `cookies` what may not be used."""

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Prepare the request for its controller: limits, language, records of the path.

        :raises werkzeug.exceptions.NotFound: a record of the path does not exist, or a visitor may not read it
        :raises odoo.exceptions.AccessError: the user may not read a record of the path
        """
        current = _current_request()
        limit = current.env["ir.config_parameter"]._get_param(_MAX_UPLOAD)
        if limit and str(limit).isdecimal():
            current.httprequest.max_content_length = int(limit)
        current.dispatcher.pre_dispatch(rule, args)
        lang = current.env.context.get("lang")
        if not (lang and current.env["res.lang"]._get_data(code=lang)):
            lang = get_lang(current.env).code
        current.update_context(lang=lang)
        if args:
            cls._bind_path_records(rule, args)

    @classmethod
    def _bind_path_records(cls, rule, args):
        for name, record in list(args.items()):
            if not isinstance(record, models.BaseModel):
                continue
            # the path was matched before the transaction began, and maybe with another registry
            args[name] = record = request.env[record._name].browse(record.ids)
            try:
                record.check_access("read")
                if not record.exists():
                    raise MissingError(request.env._("What this address shows is not there any more."))
            except (AccessError, MissingError) as error:
                handle_error = rule.endpoint.routing.get("handle_params_access_error")
                response = handle_error and handle_error(error)
                if response:
                    werkzeug.exceptions.abort(response)
                if isinstance(error, MissingError) or request.env.user._is_public():
                    raise werkzeug.exceptions.NotFound() from error
                raise

    @classmethod
    def _dispatch(cls, endpoint):
        """Call the controller method and return its result; a template is rendered here."""
        current = _current_request()
        if current.reads_only:
            return cls._dispatch_reading(endpoint, current)
        result = endpoint(**current.params)
        if isinstance(result, Response):
            result.flatten()
        return result

    @classmethod
    def _dispatch_reading(cls, endpoint, current):
        """Do as :meth:`_dispatch` for a caller who may change nothing.

        :raises odoo.exceptions.AccessError: the controller method does not say that it only reads, or it writes
        """
        refusal = read_only_error(current.env, current.httprequest.path)
        if not endpoint.routing["readonly"]:
            raise refusal
        try:
            result = endpoint(**current.params)
            if isinstance(result, Response):
                result.flatten()
            current.env.cr.flush()
        except psycopg2.errors.ReadOnlySqlTransaction as error:
            raise refusal from error
        return result

    @classmethod
    def _post_dispatch(cls, response):
        """Finish a response: session, cookies, headers."""
        request.dispatcher.post_dispatch(response)

    @classmethod
    def _post_logout(cls):
        """Called when a session was logged out."""

    @classmethod
    def _handle_error(cls, exception):
        """Return the response for an exception."""
        return request.dispatcher.handle_error(exception)

    @classmethod
    def _serve_fallback(cls):
        """Return what stands at a path that is no route: the content of the attachment with this URL; else None."""
        attachments = request.env["ir.attachment"].sudo()
        # one without content would send the browser to its own address
        stored = ["|", ("store_fname", "!=", False), ("db_datas", "!=", False)]
        found = attachments._get_serve_attachment(request.httprequest.path, extra_domain=stored)
        return found._to_http_stream().get_response() if found else None

    @classmethod
    def _redirect(cls, location, code=303):
        """Return a redirection."""
        return werkzeug.utils.redirect(location, code=code, Response=Response)

    @classmethod
    def _is_allowed_cookie(cls, cookie_type) -> bool:
        """Tell whether a cookie of this type may be set."""
        return True

    # -- house-keeping and translations --------------------------------------------------

    @api.autovacuum
    def _gc_sessions(self):
        """Remove the sessions that nobody used for too long."""
        http.root.session_store.vacuum(max_lifetime=http.get_session_max_inactivity(self.env))

    @api.private
    @api.model
    def get_translations_for_webclient(self, modules, lang):
        """Return the terms of the web client in a language.

        :param modules: names of modules, those that are not installed are left out; all installed ones when empty
        :param lang: code of the language
        :return: `({module: {'messages': [{id, string}]}}, lang_parameters)`
        """
        installed = self.pool._init_modules
        modules = installed.intersection(modules) if modules else installed
        lang_data = self.env["res.lang"]._get_data(code=lang or self.env.context.get("lang") or "en_US")
        lang_parameters = None
        if lang_data:
            names = (
                "name",
                "code",
                "direction",
                "date_format",
                "time_format",
                "short_time_format",
                "grouping",
                "decimal_point",
                "thousands_sep",
                "week_start",
            )
            lang_parameters = {name: getattr(lang_data, name) for name in names}
            lang_parameters["week_start"] = int(lang_parameters["week_start"])
        translations = {module: code_translations.get_web_translations(module, lang) for module in sorted(modules)}
        return translations, lang_parameters

    @api.private
    @api.model
    @ormcache("frozenset(modules)", "lang")
    def get_web_translations_hash(self, modules, lang):
        """Return a hash of what :meth:`get_translations_for_webclient` returns."""
        several_languages = len(self.env["res.lang"].sudo().get_installed()) > 1
        told = [lang, several_languages, *self.get_translations_for_webclient(modules, lang)]
        digest = hashlib.sha1(usedforsecurity=False)
        digest.update(json.dumps(told, sort_keys=True, default=json_default).encode())
        return digest.hexdigest()


def _current_request():
    """Return the request itself: the proxy looks for it at each access, and these methods belong to every request."""
    return request._get_current_object()


def _in_loading_order(names):
    """Return module names so that each comes after those it depends on."""
    ordered = {}

    def visit(name):
        if name in ordered or name not in names:
            return
        for dependency in sorted(odoo.modules.get_manifest(name).get("depends") or ()):
            visit(dependency)
        ordered[name] = True

    if "base" in names:
        ordered["base"] = True
    for name in sorted(names):
        visit(name)
    return list(ordered)
