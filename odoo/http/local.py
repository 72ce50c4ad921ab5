"""The request of the running thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from werkzeug.local import LocalStack

if TYPE_CHECKING:
    from .request import Request

_request_stack: LocalStack[Request] = LocalStack()

request: Request = _request_stack()  # type: ignore[assignment]  # a proxy, which is as good as one


@contextlib.contextmanager
def borrow_request() -> Iterator[Request | None]:
    """Take the current request off the thread for the duration of the block; yields it."""
    current = _request_stack.pop()
    try:
        yield current
    finally:
        _request_stack.push(current)  # type: ignore[arg-type]  # None as well, to be taken off again
