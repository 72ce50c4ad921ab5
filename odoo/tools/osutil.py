"""Files, directories and archives."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from os.path import join as opj

__all__ = ["clean_filename", "is_running_as_nt_service", "listdir", "tempdir", "walksymlinks", "zip_dir"]

# what some file system refuses in a name
_FORBIDDEN = re.compile(r"[^\w_.()\[\] -]+")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)", re.IGNORECASE)

tempdir = tempfile.TemporaryDirectory


def clean_filename(name: str, replacement: str = "") -> str:
    """Return a text as a file name that every file system accepts.

    :param name: wanted name
    :param replacement: put in the place of what is not accepted
    :return: name, ``Untitled`` when nothing is left
    """
    if _RESERVED.match(name):
        return "Untitled"
    return re.sub(r"[.\s]+$", "", _FORBIDDEN.sub(replacement, name).lstrip(".-")) or "Untitled"


def listdir(dir: str, recursive: bool = False) -> list[str]:
    """Return the files of a directory, with those of its subdirectories when asked, as relative paths."""
    if not recursive:
        return os.listdir(dir)
    found = []
    for root, _directories, files in walksymlinks(dir):
        relative = os.path.relpath(root, dir)
        found.extend(os.path.normpath(opj(relative, file)) for file in files)
    return found


def walksymlinks(top: str, topdown: bool = True, onerror=None):
    """Like :func:`os.walk`, into linked directories too, each real directory once."""
    seen = set()
    for dirpath, dirnames, filenames in os.walk(top, topdown=topdown, onerror=onerror, followlinks=True):
        real = os.path.realpath(dirpath)
        if real in seen:
            dirnames[:] = []
            continue
        seen.add(real)
        yield dirpath, dirnames, filenames


def zip_dir(path: str, stream, include_dir: bool = True, fnct_sort=None) -> None:
    """Write the files of a directory into a zip archive.

    :param path: the directory
    :param stream: path or file object to write to
    :param include_dir: whether names in the archive start with the directory's own name
    :param fnct_sort: sort key for the file names
    """
    path = os.path.normpath(path)
    base = os.path.dirname(path) if include_dir else path
    with zipfile.ZipFile(stream, "w", compression=zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for dirpath, _directories, filenames in os.walk(path):
            for filename in sorted(filenames, key=fnct_sort):
                if os.path.splitext(filename)[1] in (".pyc", ".pyo", ".swp", ".DS_Store"):
                    continue
                file = os.path.join(dirpath, filename)
                if os.path.isfile(file):
                    archive.write(file, os.path.relpath(file, base))


def is_running_as_nt_service() -> bool:
    """Tell whether the process is a Windows service; this server is not made to be one."""
    return False
