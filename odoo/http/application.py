"""The WSGI application."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import werkzeug.exceptions
import werkzeug.middleware.proxy_fix
import werkzeug.routing

import odoo.addons
import odoo.conf
from odoo.db.outage import is_outage
from odoo.modules.module import initialize_sys_path, load_openerp_module
from odoo.tools import metrics
from odoo.tools.budgets import Budget, LimitExceeded, run_within
from odoo.tools.config import config
from odoo.tools.func import lazy_property
from odoo.tools.request_ids import new_request_id, readable_request_id
from odoo.tools.request_stats import begin_stats

from .browser_policy import guard_response
from .dispatchers import HttpDispatcher, JsonRPCDispatcher
from .errors import RegistryError, log_exception
from .geoip import open_database
from .health import serve_health
from .httprequest import HTTPRequest
from .local import _request_stack
from .local import request as current_request
from .models import http_model
from .request import Request
from .routing import _generate_routing_rules, make_rule
from .session_stores import SessionStore, open_session_store
from .static import find_static_file, static_folder

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

_logger = logging.getLogger("odoo.http")

#: key of the WSGI environment with the name of the request
REQUEST_ID = "odoo.request_id"


class Application:
    """The server as a WSGI callable: gets static files itself, sends everything else through a :class:`Request`."""

    @lazy_property
    def statics(self) -> dict[str, str]:
        """`static` folder of every module on the addons paths that has one."""
        modules = {name for path in odoo.addons.__path__ if os.path.isdir(path) for name in os.listdir(path)}
        folders = {name: static_folder(name) for name in sorted(modules)}
        return {name: folder for name, folder in folders.items() if folder}

    def get_static_file(self, url: str, host: str = "") -> str | None:
        """Return the path of the file a URL stands for, None when it stands for none.

        :param host: only URLs of this host are looked at; an URL without host always is
        """
        parts = urlsplit(url)
        if parts.netloc and parts.netloc != host:
            return None
        return find_static_file(parts.path)

    @lazy_property
    def nodb_routing_map(self) -> werkzeug.routing.Map:
        """Routes that exist without database."""
        routing_map = werkzeug.routing.Map(strict_slashes=False, converters=None)
        modules = odoo.conf.server_wide_modules
        initialize_sys_path()
        for module in modules:
            load_openerp_module(module)
        for path, endpoint in _generate_routing_rules(modules, nodb_only=True):
            routing_map.add(make_rule(path, endpoint))
        return routing_map

    @lazy_property
    def session_store(self) -> SessionStore:
        """Where sessions are kept."""
        return open_session_store()

    def get_db_router(self, db: str | None) -> werkzeug.routing.Map:
        """Return the routing map of a database; without database that of the routes which need none."""
        if not db:
            return self.nodb_routing_map
        return http_model(current_request.env).routing_map()

    @lazy_property
    def geoip_city_db(self) -> Any:
        """Reader of the GeoIP2 city database, None without."""
        return open_database("city")

    @lazy_property
    def geoip_country_db(self) -> Any:
        """Reader of the GeoIP2 country database, None without."""
        return open_database("country")

    def set_csp(self, response: werkzeug.wrappers.Response) -> None:
        """Keep browsers from guessing types, from running what an image file contains, and from going back to http."""
        current = _request_stack.top
        guard_response(response.headers, current.httprequest.scheme if current else "http")

    def __call__(self, environ: dict, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        stats, started = begin_stats(), time.monotonic()
        request_id = environ[REQUEST_ID] = _request_id(environ)
        vars(threading.current_thread()).update(dbname=None, uid=None, request_id=request_id)
        if config["proxy_mode"] and environ.get("HTTP_X_FORWARDED_HOST"):
            _proxy_fix(environ)
        httprequest = HTTPRequest(environ)
        request = Request(httprequest, self)
        _request_stack.push(request)
        try:
            try:
                response = run_within(_budget(), lambda: self._answer(request))
            except LimitExceeded as error:
                response = self._answer_error(request, error)
            response.headers["X-Request-ID"] = request_id
            if metrics.is_on():
                _count(request, response, stats, time.monotonic() - started)
            return response(environ, start_response)
        finally:
            _request_stack.pop()

    def _answer(self, request):
        try:
            if "\0" in request.httprequest.path:
                raise request.not_found()
            response = serve_health(request.httprequest)
            if response is not None:
                request.kind = "health"
                return response
            response = request._serve_static()
            if response is not None:
                request.kind = "static"
                return response
            vars(threading.current_thread())["url"] = request.httprequest.url
            request._post_init()
            if not request.db:
                return request._serve_nodb()
            try:
                return request._serve_db()
            except RegistryError as error:
                return self._without_database(request, error)
        except Exception as error:
            return self._answer_error(request, error)

    def _without_database(self, request, error):
        """Answer when the database of the session is gone or broken."""
        _logger.warning("The database of the session cannot be used, going on without", exc_info=error.__cause__)
        request.db = None
        request.session.logout()
        path = request.httprequest.path
        if path in ("/web", "/web/login", "/odoo") or path.startswith("/odoo/"):
            response = request.redirect("/web/database/selector")
            HttpDispatcher(request).post_dispatch(response)
            return response
        return request._serve_nodb()

    def _answer_error(self, request, error):
        if isinstance(error, werkzeug.exceptions.HTTPException) and error.code is None:
            # A complete response, raised through werkzeug.exceptions.abort.
            response = error.get_response(request.httprequest.environ)
            HttpDispatcher(request).post_dispatch(response)
            return response
        request.failed = True
        log_exception(error)
        response = getattr(error, "error_response", None)
        if response is None:
            response = _dispatcher_of(request, error).handle_error(error)
        self.set_csp(response)
        return response


def _count(request, response, stats, seconds):
    """Count an answer."""
    kind = request.kind or request.dispatcher.routing_type
    outcome = "error" if request.failed else "ok"
    metrics.count(metrics.REQUESTS, kind, str(response.status_code), outcome)
    metrics.observe(metrics.REQUEST_SECONDS, kind, value=seconds)
    metrics.count(metrics.STATEMENTS, by=stats.queries)
    metrics.count(metrics.STATEMENT_SECONDS, by=stats.query_time)


def _dispatcher_of(request, error):
    """Return who tells the client of an error; without a database its body tells which answer it understands."""
    if is_outage(error) and JsonRPCDispatcher.is_compatible_with(request):
        return JsonRPCDispatcher(request)
    return request.dispatcher


def _request_id(environ):
    """Return the name of a request: what the proxy calls it, if that can be believed, else a new one."""
    given = readable_request_id(environ.get("HTTP_X_REQUEST_ID")) if config["proxy_mode"] else None
    return given or new_request_id()


def _budget():
    """Return what a request may take."""
    return Budget("request", config["limit_time_real"], config["limit_time_cpu"], rows=config["limit_rows"])


def _proxy_fix(environ):
    """Take scheme, host and address of the client from the headers of one reverse proxy."""

    def application(fixed_environ, start_response):
        return []

    fix = werkzeug.middleware.proxy_fix.ProxyFix(application, x_for=1, x_proto=1, x_host=1)
    fix(environ, None)  # type: ignore[arg-type]  # nothing is answered


root = Application()
