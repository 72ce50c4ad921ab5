"""Figures and names the HTTP layer agrees on."""

from __future__ import annotations

CORS_MAX_AGE = 60 * 60 * 24
CSRF_FREE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
CSRF_TOKEN_SALT = 60 * 60 * 24 * 365
DEFAULT_LANG = "en_US"
DEFAULT_MAX_CONTENT_LENGTH = 128 * 1024 * 1024
MAX_FORM_MEMORY_SIZE = 10 * 1024 * 1024
JSON_MIMETYPES = ("application/json", "application/json-rpc")
MISSING_CSRF_WARNING = (
    "No CSRF token in the POST request %r.\n"
    "A form served by this server must send the field `csrf_token` with the value of"
    " `request.csrf_token()` (in JavaScript: `odoo.csrf_token`).\n"
    "A route called by other sites or machines declares `csrf=False` and checks its caller itself."
)
ROUTING_KEYS = {
    "defaults",
    "subdomain",
    "build_only",
    "strict_slashes",
    "redirect_to",
    "alias",
    "host",
    "methods",
    "websocket",
}
SESSION_COOKIE = "session_id"
SESSION_LIFETIME = 60 * 60 * 24 * 7
SESSION_TRACE_INTERVAL = 60 * 60
STATIC_CACHE = 60 * 60 * 24 * 7
STATIC_CACHE_LONG = 60 * 60 * 24 * 365
