"""Finding and opening files of addons, and nothing else."""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .config import config

__all__ = ["file_open", "file_open_temporary_directory", "file_path", "scan_languages"]

# Directories opened by file_open_temporary_directory, by identity of the transaction they live in.
_temporary_directories: dict[int, list[str]] = {}


def _allowed_roots(env) -> list[str]:
    addons = sys.modules.get("odoo.addons")
    roots = [*getattr(addons, "__path__", ()), config["root_path"]]
    if env is not None:
        roots += _temporary_directories.get(id(env.transaction), ())
    return [os.path.realpath(root) for root in roots if root]


def _is_inside(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def file_path(file_path: str, filter_ext: tuple[str, ...] = ("",), env=None) -> str:
    """Return the absolute path of a file that lies in an addons directory or in the server's own one.

    :param file_path: absolute path, or path relative to one of these directories (``"base/data/x.xml"``), with
        ``addons/`` in front or not
    :param filter_ext: extensions (lower case, with the dot) one of which the file must have
    :param env: environment whose temporary directories are allowed too
    :raise FileNotFoundError: when there is no such file inside these directories
    :raise ValueError: when the extension is not allowed
    """
    normalized = os.path.normpath(os.path.normcase(file_path)).removeprefix(f"addons{os.sep}")
    if filter_ext and not normalized.lower().endswith(tuple(filter_ext)):
        raise ValueError(f"file {file_path!r} must have one of the extensions {', '.join(filter_ext)}")
    for root in _allowed_roots(env):
        candidate = normalized if os.path.isabs(normalized) else os.path.join(root, normalized)
        if _is_inside(os.path.realpath(candidate), root) and os.path.exists(candidate):
            return candidate
        # an addon may be a link into another place: its path, not its target, decides then
        if _is_inside(os.path.normpath(candidate), root) and os.path.exists(candidate):
            return candidate
    raise FileNotFoundError(f"file not found in the addons paths: {file_path!r}")


def file_open(name: str, mode: str = "r", filter_ext: tuple[str, ...] = (), env=None):
    """Open a file found by :func:`file_path`.

    :param name: path, see :func:`file_path`
    :param mode: mode of :func:`open`; text is UTF-8
    :param filter_ext: allowed extensions
    :param env: environment whose temporary directories are allowed too
    :return: file object
    :raise FileNotFoundError: see :func:`file_path`
    :raise ValueError: see :func:`file_path`
    """
    path = file_path(name, filter_ext=filter_ext, env=env)
    encoding = None if "b" in mode else "utf-8"
    # the file must exist, whatever the mode: writing never makes a new one
    if not os.path.isfile(path):
        raise FileNotFoundError(f"not a file: {name!r}")
    return open(path, mode, encoding=encoding)


@contextmanager
def file_open_temporary_directory(env):
    """Create a directory, removed at the end, whose files :func:`file_open` may open when given the environment.

    :param env: environment; what counts is its transaction
    :return: context manager giving the absolute path
    """
    key = id(env.transaction)
    with tempfile.TemporaryDirectory() as directory:
        allowed = _temporary_directories.setdefault(key, [])
        allowed.append(directory)
        try:
            yield str(Path(directory))
        finally:
            allowed.remove(directory)
            if not allowed:
                del _temporary_directories[key]


def scan_languages() -> list[tuple[str, str]]:
    """Return the languages the server knows: pairs (code, name), by name, English (US) first."""
    with file_open("base/data/res.lang.csv") as stream:
        languages = [(row["code"], row["name"]) for row in csv.DictReader(stream)]
    return sorted(languages, key=lambda language: (language[0] != "en_US", language[1])) or [("en_US", "English (US)")]
