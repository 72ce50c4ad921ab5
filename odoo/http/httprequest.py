"""The incoming request, as parsed by Werkzeug."""

from __future__ import annotations

import io
import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import IO, Any

import werkzeug.user_agent
import werkzeug.utils
import werkzeug.wrappers
from werkzeug.datastructures import EnvironHeaders, ImmutableMultiDict
from werkzeug.sansio.http import parse_cookie

from .constants import DEFAULT_MAX_CONTENT_LENGTH, MAX_FORM_MEMORY_SIZE, SESSION_COOKIE

_PLATFORMS = [
    ("iphone|ios", "iphone"),
    ("ipad", "ipad"),
    ("android", "android"),
    ("cros", "chromeos"),
    ("darwin|mac|os x", "macos"),
    ("windows|win32", "windows"),
    ("x11|lin(?:ux)?", "linux"),
]
#: longest header whose device is remembered
_AGENT_LENGTH = 512
#: characters of an URL that stand for themselves
_PLAIN = re.compile(r"(?!//)[\w\-./,=&:+]*", re.ASCII)
#: the cookie of the session among others
_SESSION_ID = re.compile(rf"(?:^|; ?){SESSION_COOKIE}=([\w-]+)(?=;|$)", re.ASCII)
#: a host that has no characters to refuse
_PLAIN_HOST = re.compile(r"[a-z0-9.-]+(?::[1-9][0-9]{0,3})?")
_BROWSERS = [
    ("googlebot", "google"),
    ("edge|edg", "edge"),
    ("opera|opr", "opera"),
    ("chrome|chromium|crios", "chrome"),
    ("firefox|fxios", "firefox"),
    ("safari", "safari"),
    ("msie|trident", "msie"),
]


class UserAgent(werkzeug.user_agent.UserAgent):
    """The `User-Agent` header and what it tells of the device."""

    def __init__(self, string: str) -> None:
        super().__init__(string)
        self.platform, self.browser, self.version = (
            _known_device(string) if len(string) <= _AGENT_LENGTH else _device(string)
        )
        self.language = None


def _device(agent):
    """Return the platform, the browser and its version that a `User-Agent` header tells of."""
    platform, browser = _first_match(_PLATFORMS, agent), _first_match(_BROWSERS, agent)
    version = browser and re.search(r"(?:version|chrome|firefox|edg|opr)/([\d.]+)", agent, re.IGNORECASE)
    return platform, browser, version.group(1) if version else None


#: the same few browsers ask again and again
_known_device = lru_cache(256)(_device)


def _first_match(table, string):
    return next((name for pattern, name in table if re.search(pattern, string, re.IGNORECASE)), None)


class HTTPRequest(werkzeug.wrappers.Request):
    """What came over the wire; its `session` attribute is the session of the request."""

    user_agent_class = UserAgent
    max_content_length = DEFAULT_MAX_CONTENT_LENGTH
    max_form_memory_size = MAX_FORM_MEMORY_SIZE
    charset = url_charset = "utf-8"
    encoding_errors = "replace"
    session: Any = None

    def __init__(self, environ: dict) -> None:
        path, port = environ.get("PATH_INFO", ""), environ.get("SERVER_PORT", "")
        if (
            not (path.isascii() and path.startswith("/") and port.isascii() and port.isdigit())
            or path.startswith("//")
            or environ.get("SCRIPT_NAME")
        ):
            super().__init__(environ, populate_request=False)
            return
        # fast path of Werkzeug's, which has a function for each part
        self.method = environ.get("REQUEST_METHOD", "GET").upper()
        self.scheme = environ.get("wsgi.url_scheme", "http")
        self.server = (environ["SERVER_NAME"], int(port)) if "SERVER_NAME" in environ else None
        self.root_path, self.path = "", path
        self.query_string = environ.get("QUERY_STRING", "").encode("latin1")
        self.headers = EnvironHeaders(environ)
        self.remote_addr = environ.get("REMOTE_ADDR")
        self.environ, self.shallow = environ, False

    @property
    def mimetype(self) -> str:
        """Type of the body, without parameters."""
        # fast path of Werkzeug's
        if self.environ.get("CONTENT_TYPE") == "application/json":
            return "application/json"
        return super().mimetype

    @property
    def session_cookie(self) -> str | None:
        """The session id that the browser sent, None when it sent none."""
        header = self.environ.get("HTTP_COOKIE", "")
        # fast path of the cookies
        if header.count(SESSION_COOKIE) == 1 and (found := _SESSION_ID.search(header)):
            return found[1]
        return self.cookies.get(SESSION_COOKIE)

    @werkzeug.utils.cached_property
    def content_length(self) -> int | None:
        """How many bytes the body has, if that is known."""
        length = self.environ.get("CONTENT_LENGTH", "")
        # fast path of Werkzeug's, for a plain number
        if "HTTP_TRANSFER_ENCODING" not in self.environ and length.isascii() and length.isdigit():
            return int(length)
        return super().content_length

    @werkzeug.utils.cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """The cookies by name."""
        # fast path of Werkzeug's, which looks through all headers for more of the kind: an environ has one
        return parse_cookie(self.environ.get("HTTP_COOKIE", ""), cls=self.dict_storage_class)  # type: ignore[return-value]  # it is of that class

    @werkzeug.utils.cached_property
    def host(self) -> str:
        """Name and port of the host that was asked, without a port that goes without saying."""
        host = self.environ.get("HTTP_HOST", "")
        # fast path of Werkzeug's, which looks through all headers
        if self.trusted_hosts is None and _PLAIN_HOST.fullmatch(host) and not host.endswith((":80", ":443")):
            return host
        return super().host

    @werkzeug.utils.cached_property
    def stream(self) -> IO[bytes]:
        """The body, to be read once, and no more of it than there may be."""
        body, length, limit = self.environ["wsgi.input"], self.content_length, self.max_content_length
        # fast path of Werkzeug's: a body that is complete, in memory and as long as it says needs no watching
        if body.__class__ is io.BytesIO and body.getbuffer().nbytes == length and (limit is None or length <= limit):
            return body
        return super().stream

    @werkzeug.utils.cached_property
    def url(self) -> str:
        """The whole address that was asked for, as an IRI."""
        query = self.query_string.decode("latin1")
        location = f"{self.path}?{query}" if query else self.path
        # fast path of Werkzeug's, which takes apart and puts together what has nothing to quote
        if not self.root_path and all(map(_PLAIN.fullmatch, (self.path, query, self.host))):
            return f"{self.scheme}://{self.host}{location}"
        return super().url


HTTPREQUEST_ATTRIBUTES = sorted(
    name for name in dir(HTTPRequest) if not name.startswith("_") and not name.endswith("_class")
)


def make_request_wrap_methods(attr: str) -> tuple[Callable[[Any], Any], Callable[[Any, Any], None]]:
    """Return the getter and the setter of an attribute that a wrapper forwards to its `_HTTPRequest__wrapped`."""

    def setter(self, value):
        setattr(self._HTTPRequest__wrapped, attr, value)

    return operator.attrgetter(f"_HTTPRequest__wrapped.{attr}"), setter
