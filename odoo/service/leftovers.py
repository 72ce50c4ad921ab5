"""What killed processes left behind is removed: half-restored databases, half-written files, files for the time being.

Only what is old, is called as nothing else is, and is worked on by nobody: any number of servers may look at once.
"""

import logging
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

import psycopg2

from odoo.db import lifecycle
from odoo.tools import config

_logger = logging.getLogger(__name__)

#: seconds after which something unfinished is taken for given up
AGE = 24 * 3600
#: files below a filestore that were being written; a content whose checksum is not known yet is in its root
_PARTIAL_FILES = ("*/*.part", "*/??/*.part")
_PARTIAL_NAME = re.compile(r"(?:[0-9a-f]{40}\.)?[0-9a-f]{16}\.part")
#: compiled modules of the client that were being written, and what they are called
_COMPILED_FILES = "*.part"
_COMPILED_NAME = re.compile(r"tmp[a-z0-9_]{8}\.part")
#: files below the directory of the sessions that were being written
_SESSION_FILES = "*.__wz_cache"
#: files and directories of reports, dumps and restores, in the system's directory for such
_TEMPORARY_NAME = re.compile(r"odoo-(?:dump|report|restore)\.[a-z0-9_]{8}")


def sweep():
    """Remove what was left behind; what cannot be removed is logged and stays.

    :return: what was removed, as texts for people
    """
    oldest = time.time() - AGE
    removed = [*_sweep_databases(oldest), *_sweep_files(oldest)]
    if removed:
        _logger.info("Removed what was left behind: %s", ", ".join(removed))
    return removed


def _sweep_databases(oldest):
    try:
        removed = lifecycle.drop_unfinished(oldest)
    except psycopg2.Error as error:
        # another server may have been faster
        _logger.warning("Databases that were left half restored cannot be removed: %s", str(error).strip())
        return []
    return [f"database {name}" for name in removed]


def _sweep_files(oldest):
    """Yield the paths of the files and directories that were removed."""
    filestores = Path(config.filestore("x")).parent
    found = [
        *(path for form in _PARTIAL_FILES for path in filestores.glob(form) if _PARTIAL_NAME.fullmatch(path.name)),
        *Path(config["data_dir"], "sessions").glob(_SESSION_FILES),
        *(
            path
            for path in Path(config["data_dir"], "modules").glob(_COMPILED_FILES)
            if _COMPILED_NAME.fullmatch(path.name)
        ),
        *(path for path in Path(tempfile.gettempdir()).iterdir() if _TEMPORARY_NAME.fullmatch(path.name)),
    ]
    for path in found:
        if _is_old_and_ours(path, oldest) and _remove(path):
            yield str(path)
    for path in filestores.glob("*"):
        started = lifecycle.unfinished_since(path.name)
        is_given_up = started is not None and started < oldest and _is_old_and_ours(path, oldest)
        if is_given_up and _is_gone(path.name) and _remove(path):
            yield str(path)


def _is_old_and_ours(path, oldest):
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    return status.st_mtime < oldest and status.st_uid == os.geteuid()


def _is_gone(name):
    try:
        return not lifecycle.exists(name)
    except psycopg2.Error:
        return False


def _remove(path):
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        _logger.warning("%s was left behind and cannot be removed: %s", path, error)
        return False
    return True
