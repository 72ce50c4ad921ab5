"""Outgoing responses."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import werkzeug.exceptions
import werkzeug.wrappers
from werkzeug.datastructures import Headers
from werkzeug.http import dump_cookie

from .local import request

_logger = logging.getLogger("odoo.http")


class Response(werkzeug.wrappers.Response):
    """A response whose body may be a QWeb template, rendered when it is needed.

    :param template: external id of a template to render
    :param qcontext: values of the template
    :param uid: user to render it for, by default the user of the request

    Everything else goes to :class:`werkzeug.wrappers.Response`.
    """

    default_mimetype = "text/html"

    def __init__(self, *args, **kw):
        template = kw.pop("template", None)
        qcontext = kw.pop("qcontext", None)
        uid = kw.pop("uid", None)
        super().__init__(*args, **kw)
        self.set_default(template, qcontext, uid)

    @classmethod
    def load(cls, result, fname: str = "<function>") -> Response:
        """Make a response of what a controller method returned.

        :param result: response, text, bytes or None
        :param fname: name of the method, for messages
        :raises TypeError: nothing can be made of `result`
        """
        if isinstance(result, Response):
            return result
        if isinstance(result, werkzeug.exceptions.HTTPException):
            _logger.warning("%s returns %s: it should raise it", fname, type(result).__name__)
            raise result
        if isinstance(result, werkzeug.wrappers.Response):
            response = cls.force_type(result)
            response.set_default()
            return response
        if isinstance(result, (bytes, str, type(None))):
            return cls(result)
        raise TypeError(f"{fname} returns {type(result).__name__} {result!r}: a response, text or bytes is expected")

    def set_default(self, template: str | None = None, qcontext: dict | None = None, uid: int | None = None):
        """Set what the body is rendered from."""
        self.template = template
        self.qcontext = qcontext or {}
        self.qcontext["response_template"] = template
        self.uid = uid

    @property
    def is_qweb(self) -> bool:
        """Whether the body is still to be rendered from a template."""
        return self.template is not None

    def render(self):
        """Return the rendered template."""
        self.qcontext["request"] = request
        return request.env["ir.ui.view"]._render_template(self.template, self.qcontext)

    def flatten(self):
        """Render the template into the body, once."""
        if self.template:
            self.response.append(self.render())
            self.template = None

    def set_cookie(
        self,
        key,
        value="",
        max_age=None,
        expires=-1,
        path="/",
        domain=None,
        secure=False,
        httponly=False,
        samesite=None,
        cookie_type="required",
    ):
        """Set a cookie; one of a `cookie_type` the visitor did not allow is expired instead.

        `expires` -1 stands for a year from now when there is no `max_age`; None for the end of the browser session.
        """
        max_age, expires = _lifetime(max_age, expires, cookie_type)
        super().set_cookie(
            key,
            value=value,
            max_age=max_age,
            expires=expires,
            path=path,
            domain=domain,
            secure=secure,
            httponly=httponly,
            samesite=samesite,
        )


class FutureResponse:
    """Headers and cookies set before the response exists; they are added to it in the end."""

    charset = "utf-8"
    max_cookie_size = 4093

    def __init__(self):
        self.headers = Headers()

    def set_cookie(
        self,
        key,
        value="",
        max_age=None,
        expires=-1,
        path="/",
        domain=None,
        secure=False,
        httponly=False,
        samesite=None,
        cookie_type="required",
    ):
        """Set a cookie, see :meth:`Response.set_cookie`."""
        max_age, expires = _lifetime(max_age, expires, cookie_type)
        self.headers.add(
            "Set-Cookie",
            dump_cookie(
                key,
                value=value,
                max_age=max_age,
                expires=expires,
                path=path,
                domain=domain,
                secure=secure,
                httponly=httponly,
                max_size=self.max_cookie_size,
                samesite=samesite,
            ),
        )


def _lifetime(max_age, expires, cookie_type):
    """Return how long a cookie lives: a year by default, not at all when the visitor did not allow its type."""
    if expires == -1:
        expires = None if max_age is not None else datetime.now(UTC) + timedelta(days=365)
    if request and request.db and not request.env["ir.http"]._is_allowed_cookie(cookie_type):
        max_age = 0
    return max_age, expires
