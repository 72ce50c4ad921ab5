"""Databases for tests: copies of templates, which have addons installed and are kept until the files of one change."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import secrets
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import odoo
from odoo import sql_db
from odoo.db import lifecycle
from odoo.modules.graph import ModuleGraph
from odoo.modules.install_request import InstallRequest
from odoo.modules.module import get_module_path
from odoo.modules.registry import Registry
from odoo.tools import config

__all__ = ["copy_of_template", "install_missing"]

_logger = logging.getLogger(__name__)
_PREFIX = "odoo_test_template"
#: directories of addons that do not end up in databases
_NOT_INSTALLED = frozenset(("tests", "static", "__pycache__", "node_modules"))


def copy_of_template(addons) -> str:
    """Return the name of a new database with addons installed, which the caller drops.

    :param addons: names of the addons
    :raise ModuleGraphError: one of them, or one that it needs, is missing
    """
    nodes = _nodes(addons)
    demo = "" if config["without_demo"] else "demo"
    family = f"{_PREFIX}_{_digest(demo, *(node.name for node in nodes))}"
    with _locked():
        template = f"{family}_{_fingerprint(nodes)}"
        databases = lifecycle.list_databases()
        if template not in databases:
            for outdated in databases:
                if outdated.startswith(f"{family}_"):
                    lifecycle.drop(outdated)
            _make(template, addons)
        name = f"odoo_test_{secrets.token_hex(5)}"
        lifecycle.duplicate(template, name)
    return name


def install_missing(dbname, addons) -> None:
    """Install addons in a database unless they are; the database is created if it does not exist.

    :param str dbname: name of the database
    :param addons: names of the addons
    """
    if not lifecycle.exists(dbname):
        lifecycle.create(dbname)
        addons = {"base", *addons}
    with sql_db.db_connect(dbname).cursor() as cr:
        cr.execute("SELECT to_regclass('ir_module_module') IS NOT NULL")
        [[initialised]] = cr.fetchall()
        if initialised:
            cr.execute("SELECT name FROM ir_module_module WHERE state = 'installed'")
            addons = set(addons).difference(name for [name] in cr.fetchall())
    if addons:
        _logger.info("Installing %s in database %s", ", ".join(sorted(addons)), dbname)
        request = replace(InstallRequest.from_options(), init=frozenset(addons), tested=frozenset())
        Registry.new(dbname, update_module=True, request=request)


def _nodes(addons) -> list:
    graph = ModuleGraph()
    for name in sorted({"base", *addons}):
        graph.add(name)
    return list(graph)


def _make(template, addons):
    """Make a template; nobody finds it by its name before it is complete."""
    unfinished = f"{template}_new"
    lifecycle.drop(unfinished)
    try:
        install_missing(unfinished, addons)
    except Exception:
        Registry.delete(unfinished)
        lifecycle.drop(unfinished)
        raise
    Registry.delete(unfinished)
    lifecycle.rename(unfinished, template)


@contextmanager
def _locked():
    """Keep other processes from making and copying templates inside the block."""
    directory = Path(config["data_dir"])
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (directory / "test_templates.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _fingerprint(nodes) -> str:
    """Return what tells one state of the files of the framework and of modules from another."""
    root = Path(odoo.__file__).parent
    directories = {str(root), *(get_module_path(node.name) for node in nodes)}
    return _digest(*(entry for directory in sorted(directories) for entry in _files(directory)))


def _files(top):
    """Yield path, size and time of the files below a directory that installing depends on."""
    for directory, names, files in os.walk(top):
        if os.path.basename(directory) == "addons" and directory != top:
            # the addons that come with the framework are looked at one by one
            names.clear()
            continue
        names[:] = sorted(set(names) - _NOT_INSTALLED)
        for name in sorted(files):
            info = os.stat(path := os.path.join(directory, name))
            yield f"{path}:{info.st_size}:{info.st_mtime_ns}"


def _digest(*parts) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
