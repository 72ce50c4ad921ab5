"""Sessions in files: on the disk of the machine, or in a directory that several machines share."""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

import cachelib

from odoo.http.constants import SESSION_LIFETIME
from odoo.http.session import IDENTIFIER_LENGTH, Session

from .base import SessionStore, decode, encode

#: bytes of a file that are read at once: sessions have a few hundred
_READ_AT_ONCE = 16 * 1024
#: what the files of cachelib begin with: when they expire, in seconds since 1970, 0 for never
_EXPIRY = struct.Struct("I")


class _JsonSerializer:
    """The content of a file."""

    def dump(self, value: Any, file: IO[bytes]) -> None:
        file.write(encode(value).encode())

    def load(self, file: IO[bytes]) -> Any:
        return decode(file.read(), f"the file {file.name}")


class _Files(cachelib.FileSystemCache):
    """Files named after the keys, in folders named after their first two letters."""

    serializer = _JsonSerializer()  # type: ignore[assignment]  # it is called in the same way

    def _get_filename(self, key):
        return os.path.join(self._path, key[:2], key)


def _beginning(path):
    """Return the first bytes of a file, all when there are less than can be read at once."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(file, _READ_AT_ONCE)
    finally:
        os.close(file)


class FilesystemSessionStore(SessionStore):
    """Sessions as files, named after the first half of the session id.

    :param path: folder of the files
    :param session_class: class of the sessions
    """

    def __init__(self, path: str, session_class: type = Session) -> None:
        super().__init__(session_class)
        self.path = path
        self._files = _Files(path, threshold=0, default_timeout=SESSION_LIFETIME)

    def get_session_filename(self, sid: str) -> str:
        """Return the path of the file of a session."""
        identifier = sid[:IDENTIFIER_LENGTH]
        return f"{self.path}{os.sep}{identifier[:2]}{os.sep}{identifier}"

    def _read(self, identifier):
        # fast path of cachelib's, which takes many more steps: each request does this
        path = self.get_session_filename(identifier)
        try:
            content = _beginning(path)
        except FileNotFoundError:
            return None
        except OSError:
            content = b""
        stored = None
        if not _EXPIRY.size < len(content) < _READ_AT_ONCE:
            stored = self._files.get(identifier)
        elif not (expiry := _EXPIRY.unpack_from(content)[0]) or expiry >= time.time():
            stored = decode(content[_EXPIRY.size :], f"the file {path}")
        return (stored["sid"], stored["data"]) if stored else None

    def _write(self, identifier, digest, data, new):
        path = self.get_session_filename(identifier)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with self._locked(path):
            if not new and not os.path.exists(path):
                return False
            if not self._files.set(identifier, {"sid": digest, "data": data}):
                raise OSError(f"The session could not be written below {self.path!r}")
        return True

    def _remove(self, identifiers):
        removed = 0
        for identifier in identifiers:
            path = self.get_session_filename(identifier)
            with contextlib.suppress(FileNotFoundError), self._locked(path):
                os.unlink(path)
                removed += 1
        return removed

    def _present(self, identifiers: Collection[str]) -> set[str]:
        return {identifier for identifier in identifiers if os.path.exists(self.get_session_filename(identifier))}

    def vacuum(self, max_lifetime: int = SESSION_LIFETIME) -> None:
        """Remove the files not written for `max_lifetime` seconds, and what writing left behind on a full disk."""
        threshold = time.time() - max_lifetime
        for file in Path(self.path).rglob("*"):
            with contextlib.suppress(FileNotFoundError):
                if file.is_file() and file.stat().st_mtime < threshold:
                    file.unlink()

    @contextlib.contextmanager
    def _locked(self, path: str) -> Iterator[None]:
        """Keep other processes from writing and removing the files beside one inside the block."""
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
