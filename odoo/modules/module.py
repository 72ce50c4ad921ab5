"""Addon modules: importing their code, and what they require; with the names around them that addons know here."""

import functools
import importlib
import importlib.metadata
import importlib.util
import logging
import shutil
import sys
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

from odoo.orm.model_class import MetaModel
from odoo.tools.suggestions import nearest

from .manifest import (  # noqa: F401 - names that addons import from here
    _DEFAULT_MANIFEST,
    README,
    ManifestError,
    adapt_version,
    clear_manifest_cache,
    get_manifest,
    load_manifest,
)
from .paths import (  # noqa: F401 - names that addons import from here
    MANIFEST_NAMES,
    check_resource_path,
    get_module_icon,
    get_module_icon_path,
    get_module_path,
    get_module_resource,
    get_module_root,
    get_modules,
    get_resource_from_path,
    get_resource_path,
    initialize_sys_path,
    module_manifest,
)

_logger = logging.getLogger(__name__)

#: the test being run, or False; set by the test framework
current_test = False


class MissingDependency(Exception):
    """A Python package or a program that a module needs is not there."""


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
