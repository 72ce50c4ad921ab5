"""Names of requests and of runs of jobs: what ties lines of the log, answers and complaints of users together.

The one of a thread's work is its attribute ``request_id``, beside ``dbname`` and ``uid``.
"""

from __future__ import annotations

import itertools
import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["current_request_id", "named_run", "new_request_id", "readable_request_id"]

#: what others may call a request: it ends up in logs, headers and pages
_READABLE = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")


class _Names:
    """Names that no other process gives: a part that is drawn once, and a number."""

    def __init__(self):
        self.draw()

    def draw(self):
        self.prefix = secrets.token_hex(6)
        self.numbers = itertools.count(1)


_names = _Names()
os.register_at_fork(after_in_child=_names.draw)


def new_request_id() -> str:
    """Return a name that nothing else has."""
    return f"{_names.prefix}-{next(_names.numbers)}"


def readable_request_id(text: str | None) -> str | None:
    """Return a name that somebody else gave, None when there is none or it may not be used."""
    return text if text and _READABLE.fullmatch(text) else None


def current_request_id() -> str | None:
    """Return the name of what this thread works on, None when it has none."""
    return getattr(threading.current_thread(), "request_id", None)


@contextmanager
def named_run(kind: str) -> Iterator[str]:
    """Give what is done in the block a name of its own, which it yields.

    :param kind: how the name begins, such as ``cron``
    """
    facts = vars(threading.current_thread())
    before = facts.get("request_id")
    facts["request_id"] = name = f"{kind}-{new_request_id()}"
    try:
        yield name
    finally:
        facts["request_id"] = before
