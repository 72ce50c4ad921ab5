"""Outgoing responses."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import werkzeug.exceptions
import werkzeug.wrappers
from werkzeug.datastructures import Headers
from werkzeug.http import dump_cookie

from .browser_policy import NONCE_MARK
from .local import request
from .models import http_model, render_template

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_logger = logging.getLogger("odoo.http")

#: status of most responses
_OK = 200
#: headers that Werkzeug completes when a response is sent
_COMPLETED = frozenset(("location", "content-location"))
DEFAULT_COOKIE_LIFETIME = timedelta(days=365)


class CookieJar:
    """Base of what cookies are set on: they go to its `headers`."""

    max_cookie_size = 4093
    headers: Headers

    def set_cookie(
        self,
        key: str,
        value: str = "",
        max_age: timedelta | int | None = None,
        expires: Any = -1,
        path: str | None = "/",
        domain: str | None = None,
        secure: bool = False,
        httponly: bool = False,
        samesite: str | None = None,
        cookie_type: str = "required",
        **options: Any,
    ) -> None:
        """Set a cookie; one of a `cookie_type` the visitor did not allow is expired instead.

        `expires` -1 stands for a year from now when there is no `max_age`; None for the end of the browser session.

        :param options: what else :func:`werkzeug.http.dump_cookie` knows
        """
        if expires == -1:
            expires = None if max_age is not None else datetime.now(UTC) + DEFAULT_COOKIE_LIFETIME
        if request and request.db and not http_model(request.env)._is_allowed_cookie(cookie_type):
            max_age = 0
        options.update(secure=secure, httponly=httponly, samesite=samesite, max_size=self.max_cookie_size)
        self.headers.add("Set-Cookie", dump_cookie(key, value, max_age, expires, path, domain, **options))

    def set_cookies(self, cookies: Mapping[str, str]) -> None:
        """Set several cookies, by name."""
        for name, value in cookies.items():
            self.set_cookie(name, value)


class Response(CookieJar, werkzeug.wrappers.Response):  # type: ignore[misc]  # its set_cookie() takes more
    """A response whose body may be a QWeb template, rendered when it is needed.

    :param template: external id of a template to render
    :param qcontext: values of the template
    :param uid: user to render it for, by default the user of the request

    Everything else goes to :class:`werkzeug.wrappers.Response`.
    """

    default_mimetype = "text/html"

    def __init__(
        self, *args: Any, template: str | None = None, qcontext: dict | None = None, uid: int | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.set_default(template, qcontext, uid)

    @classmethod
    def load(cls, result: Any, fname: str = "<function>") -> Response:
        """Make a response of what a controller method returned.

        :param result: response, text, bytes or None
        :param fname: name of the method, for messages
        :raises TypeError: nothing can be made of `result`
        """
        match result:
            case Response():
                return result
            case None | str() | bytes():
                return cls(result)
            case werkzeug.wrappers.Response():
                response: Any = cls.force_type(result)
                response.set_default()
                return response
            case werkzeug.exceptions.HTTPException():
                _logger.warning("%s returns %s: it should raise it", fname, type(result).__name__)
                raise result
        raise TypeError(f"{fname} returns {type(result).__name__} {result!r}: a response, text or bytes is expected")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send the response (WSGI)."""
        body, headers = self.response, list(self.headers)
        names = {name.lower() for name, __ in headers}
        if (
            self.status_code != _OK
            or body.__class__ is not list
            or environ["REQUEST_METHOD"] == "HEAD"
            or self._on_close
            or not _COMPLETED.isdisjoint(names)
        ):
            return super().__call__(environ, start_response)
        # fast path of Werkzeug's: no header is to be completed
        chunks = [chunk.encode() if isinstance(chunk, str) else chunk for chunk in body]
        if "content-length" not in names:
            headers.append(("Content-Length", str(sum(map(len, chunks)))))
        start_response(self.status, headers)
        return chunks

    def set_default(self, template: str | None = None, qcontext: dict | None = None, uid: int | None = None) -> None:
        """Set what the body is rendered from."""
        self.template = template
        self.qcontext = qcontext or {}
        self.qcontext["response_template"] = template
        self.uid = uid

    @property
    def is_qweb(self) -> bool:
        """Whether the body is still to be rendered from a template."""
        return self.template is not None

    def render(self) -> Any:
        """Return the rendered template; it knows the request too, and its scripts have the nonce of the request."""
        values = {"csp_nonce": NONCE_MARK, **self.qcontext, "request": request}
        page = render_template(request.env, self.template, values)
        return page.replace(NONCE_MARK, request.csp_nonce) if NONCE_MARK in page else page

    def flatten(self) -> None:
        """Render the template into the body, once."""
        if self.template:
            self.response.append(self.render())  # type: ignore[union-attr]  # a list, without a body given
            self.template = None


class FutureResponse(CookieJar):
    """Headers and cookies set before the response exists; they are added to it in the end."""

    charset = "utf-8"

    def __init__(self) -> None:
        self.headers = Headers()
