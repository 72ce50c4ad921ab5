"""Locating executables."""

import errno
import shutil

__all__ = ["which"]


def which(file: str, mode: int | None = None, path: str | None = None) -> str:
    """Return the path of an executable.

    :param file: its name
    :param mode: access mode for :func:`os.access`
    :param path: search path, ``PATH`` by default
    :raise OSError: (ENOENT) when there is none
    """
    found = shutil.which(file, path=path) if mode is None else shutil.which(file, mode, path)
    if found is None:
        raise OSError(errno.ENOENT, f"{file!r} not found in the search path")
    return found
