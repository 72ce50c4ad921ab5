"""A dictionary that keeps what was asked for most recently, and is read like any other."""

from collections.abc import Callable, Hashable
from typing import Any

__all__ = ["Recent"]


class Recent(dict):
    """The values of the keys asked for most recently: of at least ``capacity`` keys, and at most of twice as many.

    Callers choose the keys, so what is kept must not grow for ever. No order of use is kept, which would make every
    reading a change: when the dictionary is full, all of it becomes the older half, from which what is asked for
    again comes back, and what was the older half before is forgotten.
    """

    __slots__ = ("_older", "capacity")

    def __init__(self, capacity: int) -> None:
        super().__init__()
        self.capacity = capacity
        self._older: dict = {}

    def __missing__(self, key: Hashable) -> Any:
        value = self._older[key]
        self.keep(key, value)
        return value

    def find(self, key: Hashable, build: Callable, *arguments: Any) -> Any:
        """Return the value of ``key``; one that is not known is what ``build(*arguments)`` returns."""
        # fast path of build()
        try:
            return self[key]
        except KeyError:
            # the errors of what is called next have no part in it
            pass
        value = build(*arguments)
        self.keep(key, value)
        return value

    def keep(self, key: Hashable, value: Any) -> None:
        """Keep a value."""
        if len(self) >= self.capacity:
            self._older = dict(self)
            self.clear()
        self[key] = value
