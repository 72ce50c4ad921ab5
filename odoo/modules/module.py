"""Addon modules on disk: where they are, how to import them, what they require."""

import functools
import importlib
import importlib.metadata
import importlib.util
import logging
import os
import pathlib
import shutil
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, Literal

from odoo.tools.config import config
from odoo.tools.suggestions import nearest

from .manifest import (  # noqa: F401 - the names addons import from here
    _DEFAULT_MANIFEST,
    MANIFEST_NAMES,
    README,
    ManifestError,
    adapt_version,
    clear_manifest_cache,
    get_manifest,
    load_manifest,
    module_manifest,
)

_logger = logging.getLogger(__name__)

#: the test being run, or False; set by the test framework
current_test = False

_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class MissingDependency(Exception):
    """A Python package or a program that a module needs is not there."""


def _addons_paths():
    """Return the search list of the package ``odoo.addons``."""
    import odoo.addons

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
        from odoo import release

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
        from odoo import release

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
    parts = (module.icon or "").lstrip("/").split("/")
    if len(parts) > 1 and (path := get_resource_path(*parts)):
        return path
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


def get_modules_with_version() -> dict[str, Any]:
    """Return ``{name: version}`` of all modules in the addons paths."""
    return {name: get_manifest(name).get("version") for name in get_modules()}


def load_openerp_module(module_name: str) -> None:
    """Import the Python code of a module and run its ``post_load`` function, once per process.

    :raise ImportError: when the module's code cannot be imported
    :raise ManifestError: when ``post_load`` names a function that does not exist
    """
    qualified = f"odoo.addons.{module_name}"
    if qualified in sys.modules:
        return
    try:
        package = importlib.import_module(qualified)
    except Exception:
        _logger.critical("Couldn't load module %s", module_name)
        _forget_code(module_name)
        raise
    hook = get_manifest(module_name).get("post_load")
    if hook:
        get_hook(package, module_name, "post_load", hook)()


def _forget_code(module_name):
    """Forget what was imported of a module, so that a second attempt starts from nothing."""
    from odoo.orm.model_class import MetaModel

    qualified = f"odoo.addons.{module_name}"
    for name in [name for name in sys.modules if name == qualified or name.startswith(f"{qualified}.")]:
        del sys.modules[name]
    MetaModel.module_to_models.pop(module_name, None)


def get_hook(package: ModuleType, module_name: str, kind: str, name: str) -> Callable[..., Any]:
    """Return the function `name` of a module's Python package.

    :param package: the imported package
    :param str kind: manifest key that names the function, for the message
    :raise ManifestError: when there is no such function
    """
    function = getattr(package, name, None)
    if not callable(function):
        defined = [attribute for attribute in vars(package) if not attribute.startswith("__")]
        raise ManifestError(
            f"module {module_name}: {kind!r} in its manifest names {name!r}, "
            f"but its __init__.py has no such function{nearest(name, defined)}"
        )
    return function


def check_python_external_dependency(pydep: str) -> None:
    """Check that a Python requirement (``name`` or ``name>=1.2``) is met.

    :raise MissingDependency: when it is not
    """
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        requirement = Requirement(pydep)
    except InvalidRequirement as error:
        raise MissingDependency(f"{pydep!r} is not a valid Python requirement: {error}") from error
    if requirement.marker and not requirement.marker.evaluate():
        return
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError as error:
        # manifests may also give the name under which a package is imported
        if _is_importable(pydep):
            return
        raise MissingDependency(
            f"the Python package {requirement.name!r} is not installed (pip install {requirement.name})"
        ) from error
    if requirement.specifier and not requirement.specifier.contains(version, prereleases=True):
        raise MissingDependency(
            f"the Python package {requirement.name!r} is installed in version {version}, required is {pydep!r}"
        )


def _is_importable(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def check_manifest_dependencies(manifest: Mapping[str, Any]) -> None:
    """Check the ``external_dependencies`` of a manifest.

    :raise MissingDependency: for the first Python package or program that is missing
    """
    needs = manifest.get("external_dependencies") or {}
    for requirement in needs.get("python", ()):
        check_python_external_dependency(requirement)
    for program in needs.get("bin", ()):
        if not _find_program(program):
            raise MissingDependency(f"the program {program!r} is not on the PATH")


@functools.cache
def _find_program(name):
    return shutil.which(name)
