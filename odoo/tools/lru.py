"""A mapping that keeps the entries used last."""

import threading
from collections.abc import Iterable, Iterator, MutableMapping
from typing import TypeVar

__all__ = ["LRU"]

K = TypeVar("K")
V = TypeVar("V")


class LRU(MutableMapping):
    """A thread-safe mapping of at most ``count`` entries; adding one more drops the one unused for longest.

    :param count: capacity, at least 1
    :param pairs: initial entries
    """

    __slots__ = ("_count", "_entries", "_lock", "_ordered_from")

    def __init__(self, count: int, pairs: Iterable[tuple[K, V]] = ()):
        if count < 1:
            raise ValueError(f"an LRU needs a capacity of at least 1, got {count}")
        self._count = count
        self._ordered_from = count // 2
        self._lock = threading.RLock()
        # dicts keep insertion order: the first key is the oldest
        self._entries: dict = {}
        for key, value in pairs:
            self[key] = value

    @property
    def count(self) -> int:
        """The capacity."""
        return self._count

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def __getitem__(self, key: K) -> V:
        entries = self._entries
        value = entries[key]
        # with room to spare nothing is dropped soon, and the order of use does not matter yet
        if len(entries) > self._ordered_from:
            with self._lock:
                if key in entries:
                    entries[key] = entries.pop(key)
        return value

    def __setitem__(self, key: K, value: V):
        with self._lock:
            entries = self._entries
            entries.pop(key, None)
            entries[key] = value
            while len(entries) > self._count:
                entries.pop(next(iter(entries)), None)

    def __delitem__(self, key: K):
        with self._lock:
            del self._entries[key]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[K]:
        with self._lock:
            return iter(list(self._entries))

    def pop(self, key: K, *default) -> V:
        """Remove an entry and return its value.

        :raise KeyError: when there is none and no default is given
        """
        with self._lock:
            return self._entries.pop(key, *default)

    def clear(self):
        """Remove all entries."""
        with self._lock:
            self._entries.clear()
