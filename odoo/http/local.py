"""The request of the running thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import werkzeug.wrappers
from werkzeug.local import LocalStack

from .httprequest import HTTPRequest


class CurrentRequest(Protocol):
    """A request as those see it who do a part of its work.

    :class:`~odoo.http.request.Request`, which is one, is built on them.
    """

    httprequest: HTTPRequest
    app: Any
    future_response: Any
    params: dict[str, Any]
    session: Any
    db: str | None
    registry: Any
    env: Any

    def default_lang(self) -> str:
        """Return the language of visitors without user."""

    def update_context(self, **overrides: Any) -> None:
        """Change some keys of the context of the environment."""

    def get_http_params(self) -> dict:
        """Return query string, form fields and files in one dictionary."""

    def get_json_data(self) -> Any:
        """Return the parsed JSON body."""

    def validate_csrf(self, csrf: str | None) -> bool:
        """Tell whether a token was made for the session and is still good."""

    def make_json_response(
        self, data: Any, headers: Any = None, cookies: Mapping[str, str] | None = None, status: int = 200
    ) -> Any:
        """Return a response with `data` as JSON."""

    def redirect(self, location: str, code: int = 303, local: bool = True) -> Any:
        """Return a redirection."""

    def redirect_query(
        self, location: str, query: Mapping[str, Any] | None = None, code: int = 303, local: bool = True
    ) -> Any:
        """Return a redirection with a query string."""

    def _save_session(self, env: Any = None) -> None: ...

    def _inject_future_response(self, response: werkzeug.wrappers.Response) -> werkzeug.wrappers.Response: ...


_request_stack: LocalStack[CurrentRequest] = LocalStack()

request: CurrentRequest = _request_stack()  # type: ignore[assignment]  # a proxy, which is as good as one


@contextlib.contextmanager
def borrow_request() -> Iterator[CurrentRequest | None]:
    """Take the current request off the thread for the duration of the block; yields it."""
    current = _request_stack.pop()
    try:
        yield current
    finally:
        _request_stack.push(current)  # type: ignore[arg-type]  # None as well, to be taken off again
