"""HTTP: controllers, routes, requests, responses and sessions. The names addon code imports; no logic."""

from __future__ import annotations

from .application import Application, root
from .constants import (
    CORS_MAX_AGE,
    CSRF_FREE_METHODS,
    CSRF_TOKEN_SALT,
    DEFAULT_LANG,
    DEFAULT_MAX_CONTENT_LENGTH,
    JSON_MIMETYPES,
    MISSING_CSRF_WARNING,
    ROUTING_KEYS,
    SESSION_LIFETIME,
    STATIC_CACHE,
    STATIC_CACHE_LONG,
)
from .dbs import db_filter, db_list, db_monodb
from .dispatchers import Dispatcher, HttpDispatcher, JsonRPCDispatcher, _dispatchers, is_cors_preflight
from .errors import RegistryError, SessionExpiredException, serialize_exception
from .geoip import GeoIP
from .httprequest import HTTPREQUEST_ATTRIBUTES, HTTPRequest, make_request_wrap_methods
from .local import _request_stack, borrow_request, request
from .request import Request
from .response import FutureResponse, Response
from .routing import Controller, _generate_routing_rules, route
from .services import dispatch_rpc, register_rpc_service
from .session import Session, check_session, get_default_session, get_session_max_inactivity
from .session_stores import FilesystemSessionStore
from .stream import Stream, content_disposition
from .websocket import WebSocket, WebSocketHandler, WebSocketResponse

__all__ = [
    "CORS_MAX_AGE",
    "CSRF_FREE_METHODS",
    "CSRF_TOKEN_SALT",
    "DEFAULT_LANG",
    "DEFAULT_MAX_CONTENT_LENGTH",
    "HTTPREQUEST_ATTRIBUTES",
    "JSON_MIMETYPES",
    "MISSING_CSRF_WARNING",
    "ROUTING_KEYS",
    "SESSION_LIFETIME",
    "STATIC_CACHE",
    "STATIC_CACHE_LONG",
    "Application",
    "Controller",
    "Dispatcher",
    "FilesystemSessionStore",
    "FutureResponse",
    "GeoIP",
    "HTTPRequest",
    "HttpDispatcher",
    "JsonRPCDispatcher",
    "RegistryError",
    "Request",
    "Response",
    "Session",
    "SessionExpiredException",
    "Stream",
    "WebSocket",
    "WebSocketHandler",
    "WebSocketResponse",
    "_dispatchers",
    "_generate_routing_rules",
    "_request_stack",
    "borrow_request",
    "check_session",
    "content_disposition",
    "db_filter",
    "db_list",
    "db_monodb",
    "dispatch_rpc",
    "register_rpc_service",
    "get_default_session",
    "get_session_max_inactivity",
    "is_cors_preflight",
    "make_request_wrap_methods",
    "request",
    "root",
    "route",
    "serialize_exception",
]
