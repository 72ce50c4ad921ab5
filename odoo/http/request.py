"""The road of one request: session, database, registry, transaction, controller."""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import threading
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import babel.core
import psycopg2
import psycopg2.errors
import werkzeug.datastructures
import werkzeug.exceptions
import werkzeug.utils

import odoo
from odoo.db import lifecycle
from odoo.db.connect import close_idle
from odoo.db.outage import is_outage
from odoo.orm.environment import Environment
from odoo.orm.registry import Registry
from odoo.orm.retrying import retrying
from odoo.tools import json_text, json_value
from odoo.tools.func import lazy_property
from odoo.tools.request_stats import current_stats

from .browser_policy import make_nonce
from .constants import DEFAULT_LANG, SESSION_COOKIE
from .csrf import check_token, is_visitor_id, make_token, make_visitor_id
from .dispatchers import _dispatchers
from .errors import RegistryError, SessionExpiredException
from .geoip import GeoIP
from .httprequest import HTTPRequest
from .models import http_model
from .own_writes import last_write, may_try_on_primary, note_write
from .profiling import profiling
from .response import FutureResponse, Response
from .session import Session, get_default_session, get_session_max_inactivity
from .static import serve_static

if TYPE_CHECKING:
    from odoo.db.cursor import BaseCursor

_logger = logging.getLogger("odoo.http")

_JSON = "application/json; charset=utf-8"
#: exceptions that answer a request: nothing failed
_ANSWERS = (werkzeug.exceptions.HTTPException, SessionExpiredException)


def _note_on_thread(**facts):
    """Keep what logs and monitors tell of the request."""
    vars(threading.current_thread()).update(facts)


def _note_cursor_mode(mode):
    stats = current_stats.get()
    if stats is not None:
        stats.cursor_mode = mode


class Request:
    """One HTTP request being answered.

    :ivar httprequest: the request as it came
    :ivar app: the application
    :ivar future_response: headers and cookies for the response to come
    :ivar dispatcher: reads parameters and writes results
    :ivar params: parameters of the request
    :ivar session: session of the browser
    :ivar db: name of the database, None without
    :ivar registry: registry of the database
    :ivar env: environment of the current transaction
    :ivar reads_only: whether the caller may change nothing, as the API key only reads
    """

    #: what answers it, where that is no route
    kind = ""
    #: whether it ended with an error
    failed = False

    def __init__(self, httprequest: HTTPRequest, app: Any = None) -> None:
        self.httprequest = httprequest
        self.app = app if app is not None else odoo.http.root
        self.future_response = FutureResponse()
        self.dispatcher = _dispatchers["http"](self)
        self.params: dict[str, Any] = {}
        self.registry: Registry = None  # type: ignore[assignment]  # once there is a database
        self.env: Environment = None  # type: ignore[assignment]  # once there is a database
        self.session: Session = None  # type: ignore[assignment]  # from _post_init() on
        self.db: str | None = None
        self.reads_only = False
        self._peeked_json: Any = None

    @functools.cached_property
    def csp_nonce(self) -> str:
        """The nonce that scripts of the page have to have; templates get it by themselves, see `docs/decisions`."""
        return make_nonce()

    def _post_init(self):
        self.session, self.db = self._get_session_and_dbname()

    # -- session and database -------------------------------------------------

    def _get_session_and_dbname(self):
        sid = self.httprequest.session_cookie
        session = self.app.session_store.get(sid)
        session.sid = session.sid or self.app.session_store.generate_key()
        session.complete(get_default_session())
        if not session.context.get("lang"):
            session.context["lang"] = self.default_lang()
        self.httprequest.session = session

        host = self.httprequest.environ.get("HTTP_HOST", "")
        asked = self.httprequest.headers.get("X-Odoo-Database")
        # db_filter and db_list are called on the face: that is where tests and addons replace them.
        if session.db and odoo.http.db_filter([session.db], host=host):
            if asked and asked != session.db:
                raise werkzeug.exceptions.Forbidden(
                    f"The session is on the database {session.db!r}, the header X-Odoo-Database says {asked!r}"
                )
            return session, session.db
        if asked:
            session.can_save = False
            dbname = asked if odoo.http.db_filter([asked], host=host) else None
        else:
            dbname = odoo.http.db_monodb(host)
        if session.db and session.db != dbname:
            _logger.warning(
                "The session is on database %r, which is not served at this address: the user is logged out", session.db
            )
            session.logout(keep_db=False)
        session.assume({"db": dbname})
        return session, dbname

    def _open_registry(self):
        """Return the registry of the database, up to date, and an unused cursor.

        :raises RegistryError: the database does not exist, is not initialised, or its registry cannot be built
        :raises psycopg2.OperationalError: it cannot be reached now
        """
        try:
            return self._find_registry()
        except psycopg2.OperationalError as error:
            if not is_outage(error):
                raise
            # nothing was done yet, and the connection may only have been closed while nobody used it
            close_idle()
        try:
            return self._find_registry()
        except psycopg2.OperationalError as error:
            if lifecycle.exists(self.db):  # type: ignore[arg-type]  # asked for with a database only
                raise
            raise RegistryError(f"There is no database {self.db}") from error

    def _find_registry(self):
        """Do the work of :meth:`_open_registry`, once."""
        cr = None
        try:
            registry = Registry(self.db)  # type: ignore[arg-type]  # asked for with a database only
            cr = registry.cursor()
            known = registry.cache_sequences
            current = registry.check_signaling(cr)
            # What made others signal may be younger than this transaction's view of the data.
            if current is not registry:
                cr.close()
                registry, cr = current, current.cursor()
            elif known != registry.cache_sequences:
                cr.rollback()
            http_model(registry)
        except (AttributeError, KeyError, psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
            if cr is not None:
                cr.close()
            if isinstance(error, psycopg2.OperationalError):
                raise
            raise RegistryError(f"Cannot get registry {self.db}") from error
        return registry, cr

    def _save_session(self, env=None):
        """Store a session that changed and have its cookie sent."""
        session = self.session
        if not session.can_save:
            return
        env = env if env is not None else self.env
        kept = False
        if session.should_rotate:
            self.app.session_store.rotate(session, env)
            kept = True
        elif session.is_dirty:
            kept = self.app.session_store.save(session)
        if kept:
            self._send_sid(session.sid, env)

    def _send_sid(self, sid, env):
        """Have the cookie of the session sent."""
        self.future_response.set_cookie(
            SESSION_COOKIE,
            sid,
            max_age=get_session_max_inactivity(env),
            httponly=True,
            samesite="Lax",
            secure=self.httprequest.scheme == "https",
        )

    def _inject_future_response(self, response):
        if len(self.future_response.headers):
            response.headers.extend(self.future_response.headers)
        return response

    # -- environment ----------------------------------------------------------

    def update_env(self, user: Any = None, context: dict[str, Any] | None = None, su: bool | None = None) -> None:
        """Change the environment of the request.

        :param user: user or user id
        :param dict context: new context
        :param bool su: superuser mode
        """
        self.env = self.env(user=user, context=context, su=su)
        _note_on_thread(uid=self.env.uid)

    def update_context(self, **overrides: Any) -> None:
        """Change some keys of the context of the environment, mostly to what the client sent."""
        if overrides.items() <= self.env.context.items():
            # fast path of update_env()
            _note_on_thread(uid=self.env.uid)
        else:
            self.update_env(context=dict(self.env.context, **overrides))
        self.env.transaction.note_sent(self.env)

    @property
    def context(self) -> Any:
        """Context of the environment."""
        return self.env.context

    @context.setter
    def context(self, value: Any) -> Any:
        raise NotImplementedError("Use request.update_context instead.")

    @property
    def uid(self) -> Any:
        """Id of the user of the environment."""
        return self.env.uid

    @uid.setter
    def uid(self, value: Any) -> Any:
        raise NotImplementedError("Use request.update_env instead.")

    @property
    def cr(self) -> Any:
        """Cursor of the environment (deprecated: `env.cr`)."""
        warnings.warn("request.cr is deprecated: use request.env.cr", DeprecationWarning, stacklevel=2)
        return self.env.cr

    @cr.setter
    def cr(self, value: Any) -> Any:
        raise NotImplementedError("Use request.update_env instead.")

    def default_context(self) -> dict:
        """Return the context of a session that nobody logged in to."""
        return dict(get_default_session()["context"], lang=self.default_lang())

    @lazy_property
    def best_lang(self) -> str | None:
        """Code of the language the browser likes best, None when it says none."""
        wanted = self.httprequest.accept_languages.best
        if not wanted:
            return None
        try:
            code, territory, _script, _variant, *_modifier = babel.core.parse_locale(wanted, sep="-")
            territory = territory or babel.core.LOCALE_ALIASES[code].partition("_")[2]
        except (ValueError, KeyError):
            return None
        return f"{code}_{territory}"

    def default_lang(self) -> str:
        """Return the language of visitors without user: the browser's, else English."""
        return self.best_lang or DEFAULT_LANG

    # -- what came in ---------------------------------------------------------

    @lazy_property
    def cookies(self) -> Any:
        """Cookies of the request, without those that may not be used."""
        received = self.httprequest.cookies
        if self.registry is None:
            return received
        usable = received.copy()
        http_model(self.registry)._sanitize_cookies(usable)
        return werkzeug.datastructures.ImmutableMultiDict(usable)

    @lazy_property
    def geoip(self) -> GeoIP:
        """Where the client is, see :class:`GeoIP`."""
        return GeoIP(self.httprequest.remote_addr)

    def get_http_params(self) -> dict:
        """Return query string, form fields and files in one dictionary."""
        params = {
            **self.httprequest.args.to_dict(),
            **self.httprequest.form.to_dict(),
            **self.httprequest.files.to_dict(),
        }
        params.pop(SESSION_COOKIE, None)
        if any(isinstance(value, str) and "\0" in value for value in params.values()):
            raise werkzeug.exceptions.BadRequest("A parameter has a null character, which no text can have")
        return params

    def get_json_data(self) -> Any:
        """Return the parsed JSON body, whose parts the caller may change.

        :raises ValueError: the body is not JSON, or holds what cannot be worked with
        :raises werkzeug.exceptions.RequestEntityTooLarge: the body is over the limit of the route
        """
        peeked, self._peeked_json = self._peeked_json, None
        if peeked is not None:
            return peeked
        return _parse_json(self.httprequest.get_data())

    def peek_json_data(self) -> Any:
        """Return the parsed JSON body to look at: it goes on to whoever asks for it next.

        :raises ValueError: the body is not JSON, or holds what cannot be worked with
        :raises werkzeug.exceptions.RequestEntityTooLarge: the body is over the limit of the route
        """
        if self._peeked_json is None:
            self._peeked_json = self.get_json_data()
        return self._peeked_json

    # -- CSRF -----------------------------------------------------------------

    def csrf_token(self, time_limit: int | None = None) -> str:
        """Return a token for a form of this session. Tests call it with themselves, who have a session too.

        :param time_limit: seconds the token is good for, by default as long as the session
        """
        sid = self.session.sid
        if self.session.is_new:
            # The token is worth nothing unless the browser comes back with its id; a visitor needs no stored session.
            sid = _visitor_id(self) or sid
        return make_token(_csrf_secret(self.env), sid, time_limit)

    def validate_csrf(self, csrf: str | None) -> bool:
        """Tell whether a token was made for this session and is still good."""
        sid = self.session.sid
        if self.session.is_new:
            # what the browser was given with the form
            sid = _sent_visitor_id(self) or sid
        return bool(csrf) and check_token(_csrf_secret(self.env), sid, csrf)

    # -- what goes out --------------------------------------------------------

    def make_response(
        self, data: Any, headers: Any = None, cookies: Mapping[str, str] | None = None, status: int = 200
    ) -> Response:
        """Return a response.

        :param data: body
        :param headers: pairs of header name and value
        :param cookies: cookies to set, by name
        """
        response = Response(data, status=status, headers=headers)
        if cookies:
            response.set_cookies(cookies)
        return response

    def make_json_response(
        self, data: Any, headers: Any = None, cookies: Mapping[str, str] | None = None, status: int = 200
    ) -> Response:
        """Return a response with `data` as JSON; parameters as for :meth:`make_response`."""
        text = json_text(data)
        if headers is None and not cookies:
            # fast path of make_response(): the length is told when the response is sent
            return Response([text], status, content_type=_JSON)
        headers = werkzeug.datastructures.Headers(headers)
        headers["Content-Type"] = _JSON
        return self.make_response(text, headers, cookies, status)

    def not_found(self, description: str | None = None) -> werkzeug.exceptions.NotFound:
        """Return the error of a missing page."""
        return werkzeug.exceptions.NotFound(description)

    def redirect(self, location: str, code: int = 303, local: bool = True) -> Any:
        """Return a redirection.

        :param location: URL
        :param local: drop host and scheme of `location`: stay on this server
        """
        if local:
            parts = urlsplit(location)
            location = "/" + urlunsplit(("", "", *parts[2:])).lstrip("/\\")
        if self.db and self.env is not None:
            return http_model(self.env)._redirect(location, code)
        return werkzeug.utils.redirect(location, code, Response=Response)

    def redirect_query(
        self, location: str, query: Mapping[str, Any] | None = None, code: int = 303, local: bool = True
    ) -> Any:
        """Return a redirection to `location` with a query string made of the dictionary `query`."""
        if query:
            location += ("&" if "?" in location else "?") + urlencode(query)
        return self.redirect(location, code=code, local=local)

    def render(self, template: str, qcontext: dict | None = None, lazy: bool = True, **kw: Any) -> Any:
        """Return the response with a QWeb template as its body.

        :param lazy: render at the end of the request, so that overriding controllers can still change `qcontext`
        """
        response = Response(template=template, qcontext=qcontext, **kw)
        return response if lazy else response.render()

    def reroute(self, path: str, query_string: str | None = None) -> None:
        """Go on as if the request had been made to another path; what was asked for stays in `REQUEST_URI`.

        :param path: as text
        :param query_string: that of the request by default
        """
        environ = self.httprequest.environ.copy()
        query = environ.get("QUERY_STRING", "") if query_string is None else query_string
        # WSGI has the bytes of paths as characters
        environ["PATH_INFO"] = path.encode().decode("latin1")
        environ["QUERY_STRING"] = query
        session = self.httprequest.session
        self.httprequest = HTTPRequest(environ)
        self.httprequest.session = session
        _note_on_thread(url=self.httprequest.url)

    # -- serving --------------------------------------------------------------

    def _set_request_dispatcher(self, rule):
        routing = rule.endpoint.routing
        dispatcher = _dispatchers[routing["type"]]
        if self.httprequest.method != "OPTIONS" and not dispatcher.is_compatible_with(self):
            raise werkzeug.exceptions.UnsupportedMediaType(
                f"The route {routing['routes'][0]!r} is of type {routing['type']!r}: send its parameters as JSON, with"
                f" the header Content-Type: application/json"
            )
        self.dispatcher = dispatcher(self)

    def _serve_static(self):
        """Return the file the path stands for, None when there is none."""
        return serve_static(self.httprequest)

    def _serve_nodb(self):
        """Answer without database: only routes with `auth='none'` of server-wide modules exist."""
        routes = self.app.nodb_routing_map.bind_to_environ(self.httprequest.environ)
        rule, args = routes.match(return_rule=True)
        self._set_request_dispatcher(rule)
        return self._call_endpoint(rule, args, self.dispatcher.pre_dispatch, self.dispatcher.post_dispatch)

    def _call_endpoint(self, rule, args, before, after):
        """Call the endpoint of a route between what comes before it and what is done with its response."""
        before(rule, args)
        response = self.dispatcher.dispatch(rule.endpoint, args)
        after(response)
        return response

    def _serve_db(self):
        """Answer with a database: find the route, authenticate, call the controller, in one transaction."""
        self.registry, cr = self._open_registry()
        _note_on_thread(dbname=self.registry.db_name)
        readonly: bool | None
        with contextlib.closing(cr):
            self._use_cursor(cr)
            try:
                rule, args = http_model(self.registry)._match(self.httprequest.path)
            except werkzeug.exceptions.NotFound as error:
                serve: Callable[[], Any] = functools.partial(self._serve_ir_http_fallback, error)
                readonly = True
            else:
                self._set_request_dispatcher(rule)
                serve = functools.partial(self._serve_ir_http, rule, args)
                readonly = None
            with self._get_profiler_context_manager():
                return self._attempt(
                    lambda: self._transactioning(serve, self._is_readonly(rule) if readonly is None else readonly, cr)
                )

    def _get_profiler_context_manager(self):
        return profiling(self)

    def _is_readonly(self, rule):
        readonly = rule.endpoint.routing["readonly"]
        return readonly(rule.endpoint.func.__self__) if callable(readonly) else readonly

    def _serve_ir_http_fallback(self, not_found):
        """Answer a request that no route matches: an attachment with this URL, or the error."""
        self.params = self.get_http_params()
        ir_http = http_model(self.registry)
        ir_http._auth_method_public()
        response = ir_http._serve_fallback()
        if response is None:
            no_fallback = werkzeug.exceptions.NotFound()
            no_fallback.__cause__ = not_found
            raise no_fallback
        ir_http._post_dispatch(response)
        return response

    def _serve_ir_http(self, rule, args):
        """Answer a request that matches a route."""
        self.future_response = FutureResponse()
        ir_http = http_model(self.registry)
        ir_http._authenticate(rule.endpoint)
        return self._call_endpoint(rule, args, ir_http._pre_dispatch, ir_http._post_dispatch)

    def _use_cursor(self, cr):
        """Start over with the user of the session, on a cursor."""
        self.env = Environment(cr, self.session.uid, self.session.context)

    def _transactioning(self, func: Callable[[], Any], readonly: bool, cr: BaseCursor) -> Any:
        """Call `func` in a transaction, again when the database asks for that, and commit.

        :param readonly: whether a server that only reads may do; `cr` is used where there is none
        :param cr: cursor that reads and writes
        """
        mode = "rw"
        if readonly and self.registry.reads_apart(last_write(self.httprequest)):
            _note_cursor_mode("ro")
            # nobody waits for what finding the route has read
            cr.rollback()
            try:
                with contextlib.closing(self.registry.cursor(readonly=True)) as replica_cr:
                    self._use_cursor(replica_cr)
                    return self._retrying(func)
            except (psycopg2.errors.ReadOnlySqlTransaction, psycopg2.OperationalError) as error:
                if not may_try_on_primary(error):
                    raise
                _logger.warning("%s, retrying with a read/write cursor", str(error).rstrip())
                self._rewind()
                self._use_cursor(cr)
                mode, readonly = "ro->rw", False
            except Exception:
                # who says what went wrong reads for that
                self.env = Environment(cr, self.env.uid, self.env.context)
                raise
        _note_cursor_mode(mode)
        response = self._retrying(func)
        if not readonly:
            note_write(response, cr, secure=self.httprequest.scheme == "https")
        return response

    def _retrying(self, func):
        """Call `func` in the transaction of the request until the database accepts it, and commit."""
        env = self.env

        def follow():
            self.registry = env.registry

        return retrying(func, env, begin=follow, start_over=self._rewind, answers=_ANSWERS)

    def _rewind(self):
        """Take session and uploaded files as they were when the request came.

        :raises RuntimeError: a file cannot be read a second time
        """
        self.session = self._get_session_and_dbname()[0]
        for name, file in self.httprequest.files.items():
            if not file.seekable():
                raise RuntimeError(f"Cannot retry the request: the uploaded file {name!r} cannot be read a second time")
            file.seek(0)

    def _attempt(self, func):
        """Call `func`; an exception that ends the request gets its response while there still is a cursor."""
        try:
            return func()
        except Exception as error:
            complete = isinstance(error, werkzeug.exceptions.HTTPException) and error.code is None
            if not complete and not is_outage(error) and not hasattr(error, "error_response"):
                if not self.env.cr.closed:
                    self.env.cr.rollback()
                response = http_model(self.registry)._handle_error(error)
                error.error_response = response  # type: ignore[attr-defined]  # for who answers the request
            raise


def _sent_visitor_id(request):
    """Return the id of a visitor that the browser sent, None when it sent none that this server made."""
    sid = request.httprequest.cookies.get(SESSION_COOKIE)
    return sid if is_visitor_id(_csrf_secret(request.env), sid) else None


def _visitor_id(request):
    """Return the id that stands for a visitor without stored session: what the browser has, or is given now.

    Tests have no browser, and sessions that are stored at the end of the request have an id of their own: None.
    """
    if not isinstance(request, Request) or request.session.is_dirty:
        request.session.touch()
        return None
    sid = _sent_visitor_id(request)
    if sid is None and request.session.can_save:
        sid = make_visitor_id(_csrf_secret(request.env), request.session.sid)
        request._send_sid(sid, request.env)
    return sid


def _parse_json(text):
    """Return what JSON stands for.

    :raises ValueError: it is no JSON, nested without end, or holds halves of characters, which no database takes
    """
    try:
        content = json_value(text)
    except RecursionError:
        raise ValueError("The JSON is nested too deeply") from None
    if b"\\ud" in text or b"\\uD" in text:
        try:
            json.dumps(content, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValueError("The JSON holds halves of characters") from None
    return content


def _csrf_secret(env):
    """Return the secret of the database that tokens are made with."""
    secret = env.registry.services.parameters.get(env, "database.secret")
    if not secret:
        raise ValueError("CSRF protection requires the system parameter 'database.secret'")
    return secret
