"""Comparable versions."""

from __future__ import annotations

import re

__all__ = ["parse_version"]

_TOKEN = re.compile(r"\d+|[a-z]+|[-+]")
# First letter of a part decides the order: words before a release < the release itself < words after it < further
# numbers.
_WORD_RANK = {
    "dev": "a0",
    "a": "a1",
    "alpha": "a1",
    "b": "a2",
    "beta": "a2",
    "c": "a3",
    "rc": "a3",
    "pre": "a3",
    "preview": "a3",
}
_RELEASE = "b"
_NUMBER_WIDTH = 10


def parse_version(s: str) -> tuple[str, ...]:
    """Return a tuple that compares the way versions do: ``1.0a1 < 1.0rc1 < 1.0 == 1.0.0 < 1.0-1 < 1.0.1``.

    :param s: the version; nothing counts as ``0.1``
    """
    parts: list[str] = []
    for token in _TOKEN.findall((s or "0.1").lower()):
        if token.isdigit():
            parts.append("d" + token.zfill(_NUMBER_WIDTH))
            continue
        while parts and parts[-1] == "d" + "0" * _NUMBER_WIDTH:
            parts.pop()
        if token not in ("final", "v"):
            parts.append(_WORD_RANK.get(token, f"c{token}"))
    while parts and parts[-1] == "d" + "0" * _NUMBER_WIDTH:
        parts.pop()
    return (*parts, _RELEASE)
