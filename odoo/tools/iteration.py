"""Functions over iterables, sequences and graphs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import total_ordering
from typing import TypeVar

__all__ = [
    "Reverse",
    "flatten",
    "groupby",
    "has_list_types",
    "is_list_of",
    "merge_sequences",
    "partition",
    "reverse_enumerate",
    "split_every",
    "topological_sort",
    "unique",
]

T = TypeVar("T")
K = TypeVar("K")


def groupby(iterable: Iterable[T], key: Callable[[T], K] = lambda arg: arg) -> Iterable[tuple[K, list[T]]]:
    """Group elements by key; unlike :func:`itertools.groupby` the elements need not be sorted.

    :return: pairs (key, list of elements), in the order the keys came first
    """
    groups: dict = {}
    for elem in iterable:
        groups.setdefault(key(elem), []).append(elem)
    return groups.items()


def partition(pred: Callable[[T], bool], elems: Iterable[T]) -> tuple[list[T], list[T]]:
    """Split elements into those that satisfy ``pred`` and those that do not.

    :return: pair of lists
    """
    halves: tuple[list[T], list[T]] = ([], [])
    for elem in elems:
        halves[not pred(elem)].append(elem)
    return halves


def split_every(n: int, iterable: Iterable[T], piece_maker=tuple) -> Iterator:
    """Cut an iterable into pieces of ``n`` elements; the last one may be shorter.

    :param n: size of a piece
    :param piece_maker: function that makes a piece from an iterable
    :return: iterator of pieces
    """
    iterator = iter(iterable)
    while chunk := tuple(itertools.islice(iterator, n)):
        yield chunk if piece_maker is tuple else piece_maker(chunk)


def unique(it: Iterable[T]) -> Iterator[T]:
    """Iterate over the elements without the ones that came before already."""
    seen = set()
    for elem in it:
        if elem not in seen:
            seen.add(elem)
            yield elem


def reverse_enumerate(lst) -> Iterator[tuple]:
    """Enumerate a sequence from its end: (last index, last element), ..., (0, first element)."""
    return zip(range(len(lst) - 1, -1, -1), reversed(lst), strict=True)


def flatten(elems) -> list:
    """Return the elements of (nested) lists and tuples as one flat list."""
    flat = []
    for elem in elems:
        if isinstance(elem, (list, tuple, set, frozenset)):
            flat.extend(flatten(elem))
        else:
            flat.append(elem)
    return flat


def is_list_of(values, type_: type) -> bool:
    """Tell whether ``values`` is a list or tuple with only elements of the given type."""
    return isinstance(values, (list, tuple)) and all(isinstance(item, type_) for item in values)


def has_list_types(values, types: tuple[type, ...]) -> bool:
    """Tell whether ``values`` is a list or tuple whose elements have exactly these types, in this order."""
    return isinstance(values, (list, tuple)) and len(values) == len(types) and all(map(isinstance, values, types))


def topological_sort(elems: Mapping[T, Collection[T]]) -> list[T]:
    """Sort elements so that each comes after what it depends on.

    :param elems: mapping element -> its dependencies (those that are no key are ignored)
    :return: list of the keys; elements of a cycle come in the order they were met
    """
    result: list[T] = []
    visited: set[T] = set()
    for root in elems:
        stack = [(root, False)]
        while stack:
            node, done = stack.pop()
            if done:
                result.append(node)
            elif node not in visited and node in elems:
                visited.add(node)
                stack.append((node, True))
                stack.extend((dep, False) for dep in reversed(list(elems[node])) if dep not in visited)
    return result


def merge_sequences(*iterables: Iterable[T]) -> list[T]:
    """Merge iterables into one list without duplicates that respects the order of each.

    :return: list where ``a`` comes before ``b`` when it does so in one of the iterables (if they do not contradict)
    """
    predecessors: dict = {}
    for iterable in iterables:
        previous = None
        for position, elem in enumerate(iterable):
            before = predecessors.setdefault(elem, [])
            if position:
                before.append(previous)
            previous = elem
    return topological_sort(predecessors)


@total_ordering
class Reverse:
    """Wrap a sort key to reverse its order: ``sorted(x, key=lambda r: (r.a, Reverse(r.b)))``.

    :param val: the key
    """

    __slots__ = ("val",)

    def __init__(self, val):
        self.val = val

    def __eq__(self, other):
        return self.val == other.val

    def __lt__(self, other):
        return self.val > other.val

    def __hash__(self):
        return hash(self.val)
