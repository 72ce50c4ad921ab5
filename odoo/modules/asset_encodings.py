"""Compressed forms of what pages load: made once for a content, and kept in the data directory."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable, Iterable

import brotli

from odoo.tools.config import config

#: for what each browser loads first: takes seconds of an installation, and saves an eighth
FIRST_QUALITY = 11
#: for what is prepared besides
QUALITY = 9
#: for what is made while somebody waits
QUICK_QUALITY = 5
#: bytes from which on compressing pays
WORTH = 1024
#: encodings of HTTP, the best one first, and what they make of a content
_COMPRESS: dict[str, Callable[[bytes, int], bytes]] = {
    "br": lambda content, quality: brotli.compress(content, quality=quality),
    "gzip": lambda content, quality: gzip.compress(content, min(quality, 6)),
}
ENCODINGS = tuple(_COMPRESS)


def compressed(content: bytes, encoding: str, key: str = "", quality: int = QUICK_QUALITY) -> bytes:
    """Return a content in an encoding.

    :param encoding: one of :data:`ENCODINGS`
    :param key: name that only this content has, by which its compressed form is kept; without, it is made each time
    :param quality: how much work is to be put into it, as of brotli
    """
    path = kept_path(f"{key}.{encoding}") if key else None
    if path and os.path.exists(path):
        with open(path, "rb") as file:
            return file.read()
    result = _COMPRESS[encoding](content, quality)
    if path:
        keep_file(path, result)
    return result


def prepared(content: bytes, encoding: str, key: str, first: bool = False) -> bytes:
    """Return what :func:`compressed` does, with as much work as there is time for before somebody waits.

    :param first: whether it is part of what each browser loads first
    """
    return compressed(content, encoding, key, FIRST_QUALITY if first else QUALITY)


def prepare(content: bytes, key: str) -> None:
    """Make and keep the compressed forms of a content that browsers load first, before it is asked for."""
    if len(content) >= WORTH:
        for encoding in ENCODINGS:
            prepared(content, encoding, key, first=True)


def encoded(content: bytes, accepted: Iterable[str], key: str = "") -> tuple[bytes, str]:
    """Return a content as a client takes it, and the encoding, empty for the content as it is.

    :param accepted: encodings of HTTP that the client takes
    :param key: as of :func:`compressed`
    """
    accepted = set(accepted)
    encoding = next((name for name in ENCODINGS if name in accepted), "")
    if not encoding or len(content) < WORTH:
        return content, ""
    return compressed(content, encoding, key), encoding


def kept_path(name: str) -> str | None:
    """Return where what is made of assets is kept under a name that only its content has; None without a place."""
    data_dir = config.get("data_dir")
    return os.path.join(data_dir, "assets", name) if data_dir else None


def keep_file(path: str, content: bytes) -> None:
    """Write a file that other threads and processes may look for, or write, at the same moment."""
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, path)
