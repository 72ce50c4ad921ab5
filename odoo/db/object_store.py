"""Files of databases in an S3 bucket, for hosts that share no disk."""

from __future__ import annotations

import functools
import io
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO

from odoo.tools.config import config

__all__ = ["ObjectStore", "StoreAway", "object_store"]

#: bytes that are read, or sent, at once
PIECE = 2**20
_PART = 8 * 2**20
#: how often a request is made in all before the store counts as away
_TRIES = 2
_CONNECT_TIMEOUT, _READ_TIMEOUT = 5, 60


@functools.cache
def _libraries() -> tuple[Any, Any] | None:
    """Return fsspec and the exceptions of botocore, None when they are missing.

    Their import is a good part of a start, and most servers have no such store.
    """
    try:
        import botocore.exceptions  # noqa: PLC0415 - see above
        import fsspec  # noqa: PLC0415
    except ImportError:
        return None
    return fsspec, botocore.exceptions


class StoreAway(OSError):
    """The store of files cannot be reached, or refuses."""


class ObjectStore:
    """The files of all databases below an address, in a folder for each database.

    Every method raises :class:`StoreAway` when the store does not answer.

    :param address: `s3://bucket/prefix`
    :param endpoint: URL of the service where it is not Amazon's
    """

    def __init__(self, address: str, endpoint: str | None = None) -> None:
        libraries = _libraries()
        if libraries is None:
            raise RuntimeError(
                "Attachments in S3 (--attachment-s3) need the Python packages fsspec and s3fs: pip install 'odoo[s3]'"
            )
        self._fsspec, self._failures = libraries
        self.address = address.rstrip("/")
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._made: tuple[int, Any] | None = None

    @property
    def _fs(self) -> Any:
        """The file system of this process; one that was made before a fork is of no use after it."""
        made = self._made
        if made is None or made[0] != os.getpid():
            with self._lock:
                made = self._made = (os.getpid(), self._make())
        return made[1]

    def _make(self):
        limits = {
            "connect_timeout": _CONNECT_TIMEOUT,
            "read_timeout": _READ_TIMEOUT,
            "retries": {"total_max_attempts": 1},
        }
        made = self._fsspec.filesystem(
            "s3",
            endpoint_url=self._endpoint or None,
            use_listings_cache=False,
            skip_instance_cache=True,
            config_kwargs=limits,
        )
        made.retries = _TRIES
        return made

    def _path(self, dbname: str, fname: str = "") -> str:
        return f"{self.address}/{dbname}/{fname}".rstrip("/")

    def write(self, dbname: str, fname: str, content: bytes) -> None:
        """Store a content."""
        with self._answering():
            self._fs.pipe_file(self._path(dbname, fname), content, chunksize=_PART, max_concurrency=2)

    def put(self, dbname: str, fname: str, path: str) -> None:
        """Store the content of a local file, a part of it in memory at a time."""
        with self._answering():
            self._fs.put_file(path, self._path(dbname, fname), chunksize=_PART, max_concurrency=2)

    def info(self, dbname: str, fname: str) -> dict[str, Any] | None:
        """Return `{"size": bytes, "LastModified": datetime}` of a file, None when there is none."""
        try:
            with self._answering():
                return self._fs.info(self._path(dbname, fname))
        except FileNotFoundError:
            return None

    def read(self, dbname: str, fname: str, start: int | None = None, end: int | None = None) -> bytes:
        """Return the bytes of a file from `start` up to, not including, `end`.

        :raises FileNotFoundError: there is no such file
        """
        with self._answering():
            return self._fs.cat_file(self._path(dbname, fname), start=start, end=end)

    def open(self, dbname: str, fname: str, size: int) -> BinaryIO:
        """Return a file to read from, which is fetched in pieces when they are asked for."""
        return io.BufferedReader(_Pieces(self, dbname, fname, size), PIECE)

    def copy_to(self, dbname: str, fname: str, file: IO[bytes]) -> None:
        """Write the content of a file to an open one, a piece at a time.

        :raises FileNotFoundError: there is no such file
        """
        found = self.info(dbname, fname)
        if found is None:
            raise FileNotFoundError(f"There is no file {fname} of the database {dbname} in {self.address}")
        with self.open(dbname, fname, found["size"]) as source:
            shutil.copyfileobj(source, file, PIECE)

    def folders(self, dbname: str) -> list[str]:
        """Return the names of the folders that a database has files in."""
        try:
            with self._answering():
                found = self._fs.ls(self._path(dbname), detail=True)
        except FileNotFoundError:
            return []
        return [entry["name"].rpartition("/")[2] for entry in found if entry["type"] == "directory"]

    def sizes(self, dbname: str, folder: str) -> dict[str, int]:
        """Return the names of the files in a folder of a database, `folder/name`, and their sizes."""
        try:
            with self._answering():
                found = self._fs.ls(self._path(dbname, folder), detail=True)
        except FileNotFoundError:
            return {}
        return {f"{folder}/{entry['name'].rpartition('/')[2]}": entry["size"] for entry in found}

    def names(self, dbname: str) -> Iterator[str]:
        """Yield the names of all files of a database."""
        with self._answering():
            paths = self._fs.find(self._path(dbname))
        start = len(self._path(dbname).partition("://")[2]) + 1
        for path in paths:
            yield path[start:]

    def remove(self, dbname: str, fnames: Iterable[str]) -> None:
        """Remove files; those that are not there are no error."""
        paths = [self._path(dbname, fname) for fname in fnames]
        if paths:
            with self._answering():
                self._fs.rm(paths)

    def remove_all(self, dbname: str) -> None:
        """Remove all files of a database."""
        self.remove(dbname, list(self.names(dbname)))

    def copy_all(self, source: str, target: str) -> None:
        """Copy all files of a database to another one, inside of the store."""
        for name in self.names(source):
            with self._answering():
                self._fs.cp_file(self._path(source, name), self._path(target, name))

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            if "bucket" not in str(error):
                raise
            raise self._away(error) from error
        except (OSError, self._failures.BotoCoreError) as error:
            raise self._away(error) from error

    def _away(self, error):
        return StoreAway(f"The files in {self.address} cannot be reached: {error}")


class _Pieces(io.RawIOBase):
    """A file of the store, read by ranges."""

    def __init__(self, store: ObjectStore, dbname: str, fname: str, size: int) -> None:
        super().__init__()
        self._store, self._dbname, self._fname, self._size = store, dbname, fname, size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._position = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        return self._position

    def readinto(self, buffer: Any) -> int:
        end = min(self._position + len(buffer), self._size)
        if end <= self._position:
            return 0
        content = self._store.read(self._dbname, self._fname, self._position, end)
        buffer[: len(content)] = content
        self._position += len(content)
        return len(content)


_stores: dict[tuple[str, str], ObjectStore] = {}


def object_store() -> ObjectStore | None:
    """Return the store that the options name, None when they name none.

    :raises RuntimeError: the packages that it needs are not installed
    """
    address = config["attachment_s3"]
    if not address:
        return None
    key = (address, config["attachment_s3_endpoint"] or "")
    store = _stores.get(key)
    if store is None:
        store = _stores[key] = ObjectStore(*key)
    return store
