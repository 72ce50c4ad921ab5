"""What somebody may have meant who wrote a name that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["closest", "nearest"]


def closest(name: object, candidates: Iterable, cutoff: float = 0.6) -> str | None:
    """Return the candidate that is most like a name, ``None`` when none is.

    :param name: the spelling that was not found
    :param candidates: existing names
    :param cutoff: similarity between 0 and 1 below which nothing is proposed
    """
    found = get_close_matches(str(name), [str(candidate) for candidate in candidates], n=1, cutoff=cutoff)
    return found[0] if found else None


def nearest(name: object, candidates: Iterable, cutoff: float = 0.6) -> str:
    """Return ``" (did you mean 'x'?)"`` for the closest candidate, an empty text without one; see :func:`closest`."""
    found = closest(name, candidates, cutoff)
    return "" if found is None else f" (did you mean {found!r}?)"
