"""Containers: immutable mappings, ordered sets and mappings with a twist."""

from __future__ import annotations

import enum
import itertools
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, MutableSet

__all__ = [
    "SENTINEL",
    "Callbacks",
    "ConstantMapping",
    "DotDict",
    "LastOrderedSet",
    "OrderedSet",
    "ReadonlyDict",
    "Sentinel",
    "StackMap",
    "UnquoteEvalContext",
    "freehash",
    "frozendict",
    "submap",
    "unquote",
]


class Sentinel(enum.Enum):
    """Type of the value that stands for an argument that is not given, where ``None`` is one that can be."""

    SENTINEL = -1


SENTINEL = Sentinel.SENTINEL


class frozendict(dict):
    """A dict that cannot be modified and that can be hashed, also when its values cannot."""

    __slots__ = ()

    def _refuse(self, *args, **kwargs):
        raise NotImplementedError(f"{type(self).__name__} cannot be modified")

    __delitem__ = __setitem__ = __ior__ = _refuse

    def clear(self):
        """Refused: raise :class:`NotImplementedError`."""
        self._refuse()

    def pop(self, key, default=None):
        """Refused: raise :class:`NotImplementedError`."""
        self._refuse()

    def popitem(self):
        """Refused: raise :class:`NotImplementedError`."""
        self._refuse()

    def setdefault(self, key, default=None):
        """Refused: raise :class:`NotImplementedError`."""
        self._refuse()

    def update(self, *args, **kwargs):
        """Refused: raise :class:`NotImplementedError`."""
        self._refuse()

    def __hash__(self):
        try:
            return hash(frozenset(self.items()))
        except TypeError:
            # the same hash by another way, for values that cannot be hashed
            return hash(_hashable_parts(self))

    def __reduce__(self):
        return (type(self), (dict(self),))


def freehash(value):
    """Return a hash of ``value`` that also works for (nested) mappings and iterables that are not hashable.

    :param value: anything
    :return: an integer; equal values have equal hashes
    """
    try:
        return hash(value)
    except TypeError:
        parts = _hashable_parts(value)
    return id(value) if parts is None else hash(parts)


def _hashable_parts(value):
    """Return what the hash of a container is made of, whatever the order of its items; ``None`` for other values."""
    if isinstance(value, Mapping):
        return frozenset([(key, _Hashed(item)) for key, item in value.items()])
    return frozenset(map(_Hashed, value)) if isinstance(value, Iterable) else None


class _Hashed:
    """Stands for a value in what a hash is made of."""

    __slots__ = ("_hash",)

    def __init__(self, value):
        self._hash = freehash(value)

    def __hash__(self):
        return self._hash


def submap(mapping, keys):
    """Return a copy of ``mapping`` restricted to ``keys`` (absent keys are left out).

    :param mapping: a mapping
    :param keys: iterable of keys
    :return: mapping of the same kind of content, a :class:`frozendict`
    """
    wanted = frozenset(keys)
    return frozendict((key, value) for key, value in mapping.items() if key in wanted)


class OrderedSet(MutableSet):
    """A set that remembers the order in which its elements came first."""

    __slots__ = ("_map",)

    def __init__(self, elems=()):
        self._map = dict.fromkeys(elems)

    def __contains__(self, elem):
        return elem in self._map

    def __iter__(self):
        return iter(self._map)

    def __len__(self):
        return len(self._map)

    def __repr__(self):
        return f"{type(self).__name__}({list(self)!r})"

    def add(self, elem):
        """Add one element."""
        self._map[elem] = None

    def discard(self, elem):
        """Remove the element, if it is there."""
        self._map.pop(elem, None)

    def update(self, elems):
        """Add all the elements of an iterable."""
        for elem in elems:
            self.add(elem)

    def difference_update(self, elems):
        """Remove all the elements of an iterable."""
        for elem in elems:
            self.discard(elem)

    def intersection(self, *others):
        """Return the elements that are also in each of the others, in this set's order."""
        others = [other if isinstance(other, (set, frozenset, dict, OrderedSet)) else set(other) for other in others]
        return type(self)(elem for elem in self if all(elem in other for other in others))


class LastOrderedSet(OrderedSet):
    """A set that remembers the order in which its elements came last."""

    __slots__ = ()

    def __init__(self, elems=()):
        super().__init__()
        self.update(elems)

    def add(self, elem):
        """Add the element, or move it to the end."""
        self._map.pop(elem, None)
        self._map[elem] = None


class ReadonlyDict(Mapping):
    """A mapping around a dict that offers no way to modify it.

    :param data: initial content (copied)
    """

    __slots__ = ("_data__",)

    def __init__(self, data):
        self._data__ = dict(data)

    def __contains__(self, key):
        return key in self._data__

    def __getitem__(self, key):
        return self._data__[key]

    def __len__(self):
        return len(self._data__)

    def __iter__(self):
        return iter(self._data__)

    def __repr__(self):
        return f"{type(self).__name__}({self._data__!r})"


class DotDict(dict):
    """A dict whose items can also be read as attributes; missing attributes are ``None``, nested dicts follow."""

    def __getattr__(self, attrib):
        if attrib.startswith("__") and attrib.endswith("__"):
            raise AttributeError(attrib)
        value = self.get(attrib)
        return DotDict(value) if isinstance(value, dict) else value


class ConstantMapping(Mapping):
    """A mapping that gives one value for every key, and holds no key.

    :param val: the value
    """

    __slots__ = ("_value",)

    def __init__(self, val):
        self._value = val

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __getitem__(self, item):
        return self._value


class StackMap(MutableMapping):
    """A stack of mappings: the top one is written, lookups go from top to bottom.

    :param m: optional mapping at the bottom
    """

    __slots__ = ("_maps",)

    def __init__(self, m=None):
        self._maps = [{} if m is None else m]

    def __getitem__(self, key):
        for mapping in reversed(self._maps):
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self._maps[-1][key] = value

    def __delitem__(self, key):
        del self._maps[-1][key]

    def __iter__(self) -> Iterator:
        return iter(OrderedSet(itertools.chain.from_iterable(self._maps)))

    def __len__(self):
        return sum(1 for _key in self)

    def __str__(self):
        return f"<StackMap {self._maps}>"

    def pushmap(self, m=None):
        """Put a mapping (a new dict by default) on top."""
        self._maps.append({} if m is None else m)

    def popmap(self):
        """Remove and return the top mapping."""
        return self._maps.pop()


class Callbacks:
    """A queue of functions to run once, in the order they were added.

    ``data`` is a dict in which cooperating functions leave each other information; it is emptied with the queue.
    """

    __slots__ = ("_functions", "data")

    def __init__(self):
        self._functions: deque[Callable] = deque()
        self.data: dict = {}

    def add(self, func):
        """Register ``func``, a callable without argument; usable as a decorator.

        :return: ``func``
        """
        self._functions.append(func)
        return func

    def run(self):
        """Call the functions, including those added meanwhile, then forget everything."""
        functions = self._functions
        while functions:
            functions.popleft()()
        self.data.clear()

    def clear(self):
        """Forget all functions and the shared data."""
        self._functions.clear()
        self.data.clear()

    def restorer(self) -> Callable:
        """Return a function that makes the queue and the data what they are now, also what lists in the data hold."""
        functions, data = list(self._functions), _copied(self.data)

        def restore():
            self.clear()
            self._functions.extend(functions)
            self.data.update(_copied(data))

        return restore

    def __len__(self):
        return len(self._functions)


def _copied(value):
    """Return a copy of a dict, list or set and of those that it holds; all else is itself."""
    if isinstance(value, dict):
        copy = value.copy()
        copy.update((key, _copied(item)) for key, item in value.items())
        return copy
    if isinstance(value, list):
        return [_copied(item) for item in value]
    return type(value)(value) if isinstance(value, (set, OrderedSet)) else value


class unquote(str):
    """A string whose ``repr`` is itself: stands for an expression in a literal that is written out with ``repr``."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


class UnquoteEvalContext(defaultdict):
    """Evaluation context where every unknown name evaluates to itself, unquoted."""

    def __init__(self, *args, **kwargs):
        super().__init__(None, *args, **kwargs)

    def __missing__(self, key):
        return unquote(key)
