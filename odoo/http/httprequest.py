"""The incoming request, as parsed by Werkzeug."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

import werkzeug.user_agent
import werkzeug.wrappers

from .constants import DEFAULT_MAX_CONTENT_LENGTH, MAX_FORM_MEMORY_SIZE

_PLATFORMS = [
    ("iphone|ios", "iphone"),
    ("ipad", "ipad"),
    ("android", "android"),
    ("cros", "chromeos"),
    ("darwin|mac|os x", "macos"),
    ("windows|win32", "windows"),
    ("x11|lin(?:ux)?", "linux"),
]
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
        self.platform = _first_match(_PLATFORMS, string)
        self.browser = _first_match(_BROWSERS, string)
        version = self.browser and re.search(r"(?:version|chrome|firefox|edg|opr)/([\d.]+)", string, re.IGNORECASE)
        self.version = version.group(1) if version else None
        self.language = None


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
        super().__init__(environ, populate_request=False)


HTTPREQUEST_ATTRIBUTES = sorted(
    name for name in dir(HTTPRequest) if not name.startswith("_") and not name.endswith("_class")
)


def make_request_wrap_methods(attr: str) -> tuple[Callable[[Any], Any], Callable[[Any, Any], None]]:
    """Return the getter and the setter of an attribute that a wrapper forwards to its `_HTTPRequest__wrapped`."""

    def setter(self, value):
        setattr(self._HTTPRequest__wrapped, attr, value)

    return operator.attrgetter(f"_HTTPRequest__wrapped.{attr}"), setter
