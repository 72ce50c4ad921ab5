"""Addon modules on disk: the addons paths, and the files below them."""

import logging
import os
import pathlib
from typing import Any, Literal

import odoo.addons
from odoo import release
from odoo.tools.config import config
from odoo.tools.suggestions import nearest

# the name of the module that addons know
_logger = logging.getLogger("odoo.modules.module")

MANIFEST_NAMES = ("__manifest__.py", "__openerp__.py")
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def module_manifest(path: str | Literal[False] | None) -> str | None:
    """Return the path of the manifest file in directory `path`, or ``None``."""
    if path:
        for name in MANIFEST_NAMES:
            candidate = os.path.join(path, name)
            if os.path.isfile(candidate):
                return candidate
    return None


def _addons_paths():
    """Return the search list of the package ``odoo.addons``."""
    return odoo.addons.__path__


def initialize_sys_path() -> None:
    """Make every addons directory importable as ``odoo.addons.<module>``.

    In order of precedence: the configured ``addons_path``, the addons of the data directory, the addons
    delivered with the server, and what is already on ``odoo.addons.__path__`` (the framework's own directory and
    the site-packages of addons installed with pip).
    """
    wanted = []
    data_dir = config.get("data_dir")
    if data_dir:
        wanted.append(os.path.join(data_dir, "addons", release.series))
    configured = config.get("addons_path") or []
    if isinstance(configured, str):
        configured = configured.split(",")
    wanted += [path.strip() for path in configured if path.strip()]
    wanted.append(os.path.join(_ROOT, "addons"))
    wanted.append(os.path.join(_ROOT, "odoo", "addons"))
    search_list = _addons_paths()
    known = {os.path.normcase(os.path.abspath(path)) for path in search_list}
    for path in wanted:
        path = os.path.abspath(os.path.expanduser(path))
        if os.path.normcase(path) not in known and os.path.isdir(path):
            known.add(os.path.normcase(path))
            search_list.append(path)


def get_module_path(module: str, downloaded: bool = False, display_warning: bool = True) -> str | Literal[False]:
    """Return the directory of `module`, or False when no addons path has it.

    :param bool downloaded: return the directory it would be downloaded to when it does not exist
    :param bool display_warning: log a warning when it is not found
    """
    if not module or os.path.basename(module) != module or module in (".", ".."):
        return False
    for path in _addons_paths():
        candidate = os.path.join(path, module)
        if module_manifest(candidate):
            return candidate
    if downloaded and config.get("data_dir"):
        return os.path.join(config["data_dir"], "addons", release.series, module)
    if display_warning:
        _logger.warning("module %s: not found in the addons paths%s", module, nearest(module, get_modules()))
    return False


def get_resource_path(module: str, *args: str) -> str | Literal[False]:
    """Return the full path of a file of `module`, or False when it does not exist.

    :param args: path components below the module's directory
    """
    root = get_module_path(module, display_warning=False)
    return check_resource_path(root, *args) if root else False


get_module_resource = get_resource_path


def check_resource_path(mod_path: str, *args: str) -> str | Literal[False]:
    """Return `mod_path` joined with `args` when that exists inside `mod_path`, else False."""
    root = os.path.normpath(mod_path)
    path = os.path.normpath(os.path.join(root, *args))
    inside = path == root or path.startswith(root + os.sep)
    return path if inside and os.path.exists(path) else False


def get_resource_from_path(path: str) -> tuple[str, str, str] | None:
    """Split the path of a file into its module and what is below.

    :return: ``(module, 'path/with/slashes', 'path' + os.sep + 'as on disk')`` or ``None`` when `path` is in no module
    """
    path = os.path.normpath(path)
    for root in sorted(_addons_paths(), key=len, reverse=True):
        root = os.path.join(os.path.normpath(root), "")
        if path.startswith(root):
            module, *rest = path[len(root) :].split(os.sep)
            if module:
                return module, "/".join(rest), os.sep.join(rest)
    return None


def get_module_icon(module: str) -> str:
    """Return the URL of the module's icon, or of the default icon."""
    if get_resource_path(module, "static", "description", "icon.png"):
        return f"/{module}/static/description/icon.png"
    return "/base/static/description/icon.png"


def get_module_icon_path(module: Any) -> str | Literal[False]:
    """Return the path of the file of the module's icon (an ``ir.module.module`` record), or False.

    :param module: record with the fields ``name`` and ``icon``
    """
    if module.icon:
        parts = module.icon.lstrip("/").split("/")
        return get_resource_path(*parts) if len(parts) > 1 else False
    return get_resource_path(module.name, "static", "description", "icon.png") or get_resource_path(
        "base", "static", "description", "icon.png"
    )


def get_module_root(path: str) -> str | None:
    """Return the directory of the module that the file or directory `path` is in, or ``None``."""
    here = pathlib.Path(os.path.abspath(path))
    return next((str(place) for place in (here, *here.parents) if module_manifest(str(place))), None)


def get_modules() -> list[str]:
    """Return the sorted names of all modules in the addons paths."""
    names: set[str] = set()
    for path in _addons_paths():
        if not os.path.isdir(path):
            continue
        with os.scandir(path) as entries:
            names.update(entry.name for entry in entries if entry.name.isidentifier() and module_manifest(entry.path))
    return sorted(names)
