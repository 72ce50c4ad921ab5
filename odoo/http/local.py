"""The request of the running thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Protocol

import werkzeug.wrappers
from werkzeug.local import LocalProxy, LocalStack

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

    @property
    def csp_nonce(self) -> str:
        """Return the nonce that scripts of the page have to have."""

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


#: the requests of the running thread, the current one last
_requests: ContextVar[list[CurrentRequest]] = ContextVar("odoo.http.requests")
_request_stack: LocalStack[CurrentRequest] = LocalStack(_requests)


class _RequestProxy(LocalProxy):
    """Stands for the request that is current when something is asked of it."""

    __slots__ = ()

    def __init__(self, stack: LocalStack) -> None:
        super().__init__(stack)
        unbound = self._get_current_object

        def current():
            # fast path of LocalProxy's, which asks two more functions
            current = _requests.get((None,))
            return current[-1] if current and current[-1] is not None else unbound()

        object.__setattr__(self, "_get_current_object", current)

    def __getattr__(self, name: str) -> Any:
        # fast path of LocalProxy's, which makes a function for each access
        current = _requests.get((None,))
        if current and current[-1] is not None:
            return getattr(current[-1], name)
        return super().__getattr__(name)


request: CurrentRequest = _RequestProxy(_request_stack)  # type: ignore[assignment]  # as good as one


@contextlib.contextmanager
def borrow_request() -> Iterator[CurrentRequest | None]:
    """Take the current request off the thread for the duration of the block; yields it."""
    current = _request_stack.pop()
    try:
        yield current
    finally:
        _request_stack.push(current)  # type: ignore[arg-type]  # None as well, to be taken off again
