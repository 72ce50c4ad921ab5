"""Between the wire and the controller: how parameters are read and results written, for each type of route."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import werkzeug.exceptions
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, ServiceUnavailable

from odoo.db.outage import is_outage
from odoo.exceptions import UserError
from odoo.tools.budgets import extend_budget

from .compression import compress
from .constants import CORS_MAX_AGE, CSRF_FREE_METHODS, JSON_MIMETYPES, MISSING_CSRF_WARNING
from .errors import SessionExpiredException, jsonrpc_error, limit_exceeded, may_see_traceback
from .local import CurrentRequest
from .models import http_model
from .outage import say_when, unavailable, unavailable_page
from .response import Response

if TYPE_CHECKING:
    from werkzeug.routing import Rule

    from .routing import Endpoint

_logger = logging.getLogger("odoo.http")

_dispatchers: dict[str, type[Dispatcher]] = {}


def is_cors_preflight(request: CurrentRequest, endpoint: Endpoint) -> bool:
    """Tell whether the request only asks whether a foreign site may call the route."""
    return request.httprequest.method == "OPTIONS" and bool(endpoint.routing.get("cors"))


class Dispatcher(ABC):
    """Handler of one type of route; subclasses register themselves under their `routing_type`."""

    routing_type: str

    @classmethod
    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _dispatchers[cls.routing_type] = cls

    def __init__(self, request: CurrentRequest) -> None:
        self.request = request

    @classmethod
    @abstractmethod
    def is_compatible_with(cls, request: CurrentRequest) -> bool:
        """Tell whether the request has a form this dispatcher reads."""

    def pre_dispatch(self, rule: Rule, args: dict[str, Any]) -> None:
        """Prepare the request before authentication is through: CORS headers, limits, preflights.

        :raises werkzeug.exceptions.HTTPException: the answer is already known
        """
        routing = rule.endpoint.routing
        self.request.session.can_save &= routing["save_session"]
        cors = routing.get("cors")
        if cors:
            set_header = self.request.future_response.headers.set
            set_header("Access-Control-Allow-Origin", cors)
            methods = ["POST"] if routing["type"] == "json" else routing["methods"] or ["GET", "POST"]
            set_header("Access-Control-Allow-Methods", ", ".join(methods))
            if is_cors_preflight(self.request, rule.endpoint):
                set_header("Access-Control-Max-Age", str(CORS_MAX_AGE))
                set_header(
                    "Access-Control-Allow-Headers", "Origin, X-Requested-With, Content-Type, Accept, Authorization"
                )
                werkzeug.exceptions.abort(Response(status=204))
        if "limit_time" in routing:
            extend_budget(routing["limit_time"])
        if "max_content_length" in routing:
            limit = routing["max_content_length"]
            if callable(limit):
                limit = limit(rule.endpoint.func.__self__)
            self.request.httprequest.max_content_length = limit
        httprequest = self.request.httprequest
        limit = httprequest.max_content_length
        if limit is not None and (httprequest.content_length or 0) > limit:
            # the body may have been read already, to learn which method is called
            raise werkzeug.exceptions.RequestEntityTooLarge()

    @abstractmethod
    def dispatch(self, endpoint: Endpoint, args: dict[str, Any]) -> Any:
        """Read the parameters, call the endpoint, return its result as a response."""

    def post_dispatch(self, response: werkzeug.wrappers.Response) -> None:
        """Store the session, add what was set aside for the response, and the security headers."""
        self.request._save_session()
        self.request._inject_future_response(response)
        self.request.app.set_csp(response)

    @abstractmethod
    def handle_error(self, exc: BaseException) -> werkzeug.wrappers.Response:
        """Return the response that reports an exception."""


class HttpDispatcher(Dispatcher):
    """Routes of type `http`: query string and form in, pages and files out."""

    routing_type = "http"

    @classmethod
    def is_compatible_with(cls, request: CurrentRequest) -> bool:
        """Take any request: what cannot be read as a form has no parameters."""
        return True

    def dispatch(self, endpoint: Endpoint, args: dict[str, Any]) -> Any:
        """Call ``endpoint`` with the parameters of path, query and form, once the form proved to be ours."""
        request = self.request
        request.params = {**request.get_http_params(), **args}
        if request.httprequest.method not in CSRF_FREE_METHODS and endpoint.routing["csrf"]:
            if not request.db:
                return request.redirect("/web/database/selector")
            token = request.params.pop("csrf_token", None)
            if not request.validate_csrf(token):
                if token is not None:
                    _logger.warning("A form came to %r with a wrong CSRF token", request.httprequest.path)
                else:
                    _logger.warning(MISSING_CSRF_WARNING, request.httprequest.path)
                raise BadRequest("Session expired (invalid CSRF token)")
        if request.db:
            return http_model(request.registry)._dispatch(endpoint)
        return endpoint(**request.params)

    def handle_error(self, exc: BaseException) -> werkzeug.wrappers.Response:
        """Return the page of an error, or the way to the login when the session is over."""
        if isinstance(exc, SessionExpiredException):
            return self._to_login()
        if is_outage(exc):
            return unavailable_page(self.request)
        if isinstance(exc, HTTPException):
            return exc.get_response(self.request.httprequest.environ)
        if isinstance(exc, UserError):
            status = getattr(exc, "http_status", 422)
            error = HTTPException(str(exc.args[0]) if exc.args else None)
            error.code = status
            response = error.get_response(self.request.httprequest.environ)
            if seconds := getattr(exc, "retry_after", None):
                response.headers["Retry-After"] = str(seconds)
            return response
        if limit := limit_exceeded(exc):
            return ServiceUnavailable(str(limit)).get_response(self.request.httprequest.environ)
        return InternalServerError().get_response(self.request.httprequest.environ)

    def _to_login(self):
        request = self.request
        was_connected = request.session.uid is not None
        request.session.logout(keep_db=True)
        response = request.redirect_query("/web/login", {"redirect": request.httprequest.full_path.rstrip("?")})
        if was_connected:
            self.post_dispatch(response)
        return response


class JsonRPCDispatcher(Dispatcher):
    """Routes of type `json`: JSON-RPC 2.0 with named parameters."""

    routing_type = "json"

    def __init__(self, request: CurrentRequest) -> None:
        super().__init__(request)
        self.jsonrequest: Any = {}
        self.request_id = None

    @classmethod
    def is_compatible_with(cls, request: CurrentRequest) -> bool:
        """Tell whether the body is declared to be JSON."""
        return request.httprequest.mimetype in JSON_MIMETYPES

    def dispatch(self, endpoint: Endpoint, args: dict[str, Any]) -> Response:
        """Call ``endpoint`` with the ``params`` of the body; those in the path win."""
        request = self.request
        try:
            self.jsonrequest = request.get_json_data()
        except ValueError:
            werkzeug.exceptions.abort(Response("Invalid JSON data", status=400))
        params = self.jsonrequest.get("params", {}) if isinstance(self.jsonrequest, dict) else None
        if not isinstance(params, dict):
            werkzeug.exceptions.abort(Response("Invalid JSON-RPC data", status=400))
        self.request_id = self.jsonrequest.get("id")
        request.params = {**params, **args}
        if request.db:
            result = http_model(request.registry)._dispatch(endpoint)
        else:
            result = endpoint(**request.params)
        response = self._response(result)
        compresses = endpoint.routing.get("compress", False)
        if compresses(endpoint.func.__self__) if callable(compresses) else compresses:
            compress(response, request.httprequest)
        return response

    def handle_error(self, exc: BaseException) -> Response:
        """Return the error envelope, with status 200; the traceback is for internal users only."""
        status = 200
        if is_outage(exc):
            return self._unavailable()
        if isinstance(exc, (werkzeug.exceptions.RequestEntityTooLarge, werkzeug.exceptions.ClientDisconnected)):
            # there is no body to look at
            status = exc.code
        elif not self.jsonrequest:
            self.request_id = self._peek_id()
        return self._response(error=jsonrpc_error(exc, debug=may_see_traceback()), status=status)

    def _unavailable(self):
        if not self.jsonrequest:
            self.request_id = self._peek_id()
        return say_when(self._response(error=jsonrpc_error(unavailable(), debug=False), status=503))

    def _peek_id(self):
        """Return the id of a request that failed before it was read; None when it cannot be read."""
        try:
            content = self.request.get_json_data()
        except ValueError:
            return None
        return content.get("id") if isinstance(content, dict) else None

    def _response(self, result=None, error=None, status=200):
        name, value = ("result", result) if error is None else ("error", error)
        # the answer to a method without a result has neither key
        outcome = {} if value is None else {name: value}
        return self.request.make_json_response({"jsonrpc": "2.0", "id": self.request_id, **outcome}, status=status)
