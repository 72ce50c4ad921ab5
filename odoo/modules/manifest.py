"""Manifest files: reading, checking, defaults and the cache.

A manifest is a Python dictionary literal. Every complaint names the file, the line and, where one
exists, the nearest correct spelling.
"""

import ast
import functools
import logging
import os
import re
from collections.abc import Mapping
from typing import Any, Literal

from odoo import release
from odoo.tools.suggestions import nearest

from .paths import get_module_icon, get_module_path, module_manifest

_logger = logging.getLogger("odoo.modules.module")

README = ("README.rst", "README.md", "README.txt")

#: keys that are empty where a manifest does not give them, by the kind of their values
_EMPTY = {
    list: "cloc_exclude countries data demo demo_xml depends images init_xml test update_xml",
    dict: "assets configurator_snippets external_dependencies images_preview_theme new_page_templates",
    str: "description live_test_url post_init_hook post_load pre_init_hook summary uninstall_hook website",
    bool: "application auto_install bootstrap web",
}
_DEFAULT_MANIFEST = {
    **{key: kind() for kind, keys in _EMPTY.items() for key in keys.split()},
    "author": "Unknown",
    "category": "Uncategorized",
    "installable": True,
    "sequence": 100,
    "version": "1.0",
}

#: keys that addons use beside the ones that have a default
_OTHER_KEYS = {
    "name",
    "license",
    "icon",
    "maintainer",
    "maintainers",
    "contributors",
    "installable",
    "excludes",
    "url",
    "development_status",
    "price",
    "currency",
    "support",
    "theme_customizations",
    "snippet_lists",
    "qweb",
    "css",
    "js",
    "active",
    "certificate",
    "pre_init",
    "uninstall",
    "live_test",
    "tags",
    "excluded",
    "credits",
    "demo_data",
}

_TYPES: dict[str, Any] = {
    "assets": dict,
    "depends": (list, tuple),
    "data": (list, tuple),
    "demo": (list, tuple),
    "name": str,
    "version": str,
    "external_dependencies": dict,
    "pre_init_hook": str,
    "post_init_hook": str,
    "uninstall_hook": str,
    "post_load": str,
    "countries": (list, tuple),
    "images": (list, tuple),
}
_LISTS_OF_STRINGS = ("depends", "data", "demo")


class ManifestError(ValueError):
    """A manifest cannot be used; the message says which file, which line and why."""


def adapt_version(version: str) -> str:
    """Return `version` prefixed with the server's series, when it is not already.

    :param str version: as written in a manifest: ``x.y``, ``x.y.z`` or the same after the series
    :raise ValueError: when `version` has another form
    """
    series = release.major_version
    bare = version
    if version == series or not version.startswith(series + "."):
        version = f"{series}.{version}"
    else:
        bare = version[len(series) + 1 :]
    if not re.fullmatch(r"\d+\.\d+(\.\d+)?", bare):
        raise ValueError(
            f"Invalid version {bare!r}: a module version is written x.y or x.y.z, optionally after {series!r} and a dot"
        )
    return version


def parse_manifest(source: str, filename: str) -> dict[str, Any]:
    """Evaluate the text of a manifest, checking its keys and their types.

    :param str source: text of the file
    :param str filename: used in messages
    :return: the dictionary as written, without defaults
    :raise ManifestError: for a syntax error, for anything but a dictionary of literals, for a value of wrong type
    """
    try:
        node = ast.parse(source.strip("\ufeff"), filename, mode="eval").body
    except SyntaxError as error:
        raise ManifestError(f"{filename}:{error.lineno}: not a valid Python dictionary: {error.msg}") from error
    if not isinstance(node, ast.Dict):
        raise ManifestError(f"{filename}:{node.lineno}: a manifest must be a dictionary, written as a literal")
    lines: dict[str, int] = {}
    values: dict[str, Any] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        if not isinstance(key_node, ast.Constant) or not isinstance(key_node.value, str):
            raise ManifestError(f"{filename}:{value_node.lineno}: the keys of a manifest must be plain strings")
        key = key_node.value
        if key in values:
            _logger.warning(
                "%s:%s: key %r is given twice (first on line %s); the last one counts",
                filename,
                key_node.lineno,
                key,
                lines[key],
            )
        lines[key] = key_node.lineno
        try:
            values[key] = ast.literal_eval(value_node)
        except (ValueError, TypeError) as error:
            raise ManifestError(
                f"{filename}:{value_node.lineno}: the value of {key!r} must be a literal, nothing is computed here"
            ) from error
    _check_values(values, lines, filename)
    return values


def _check_values(values, lines, filename):
    """Check types of known keys and point at misspelt ones."""
    known = _OTHER_KEYS.union(_DEFAULT_MANIFEST)
    for key, value in values.items():
        where = f"{filename}:{lines[key]}"
        if key not in known:
            if hint := nearest(key, known, cutoff=0.8):
                _logger.warning("%s: unknown key %r%s", where, key, hint)
            continue
        expected = _TYPES.get(key)
        if expected and not isinstance(value, expected):
            wanted = {str: "string", dict: "dictionary"}.get(expected, "list")
            raise ManifestError(f"{where}: {key!r} must be a {wanted}, not {value!r}")
        if key in _LISTS_OF_STRINGS and (wrong := [item for item in value if not isinstance(item, str)]):
            raise ManifestError(f"{where}: {key!r} must only contain strings, not {wrong[0]!r}")
    _check_auto_install(values, lines, filename)


def _check_auto_install(values, lines, filename):
    auto = values.get("auto_install")
    if isinstance(auto, (list, tuple, set)):
        depends = values.get("depends", ())
        for name in auto:
            if name not in depends:
                raise ManifestError(
                    f"{filename}:{lines['auto_install']}: 'auto_install' names {name!r}, "
                    f"which is not in 'depends'{nearest(name, depends)}"
                )


def load_manifest(module: str, mod_path: str | Literal[False] | None = None) -> dict[str, Any]:
    """Read the manifest of `module` and complete it with defaults (not cached).

    :param str module: technical name
    :param str mod_path: directory of the module; looked up in the addons paths when not given
    :return: the manifest, or ``{}`` when the module or its manifest does not exist
    :raise ManifestError: when the file cannot be used
    """
    mod_path = mod_path or get_module_path(module, display_warning=False)
    path = module_manifest(mod_path)
    if not path or not mod_path:
        _logger.debug("module %s: no manifest file found", module)
        return {}
    with open(path, encoding="utf-8") as file:
        written = parse_manifest(file.read(), path)
    manifest = _copied(_DEFAULT_MANIFEST)
    manifest["icon"] = get_module_icon(module)
    manifest.update(written)
    if not written.get("license"):
        manifest["license"] = "LGPL-3"
        _logger.warning("%s: the key 'license' is missing, LGPL-3 is assumed", path)
    manifest["name"] = written.get("name") or module
    manifest["depends"] = list(dict.fromkeys(manifest["depends"]))
    manifest["auto_install"] = _auto_install_set(manifest)
    try:
        manifest["version"] = adapt_version(manifest["version"])
    except ValueError as error:
        if manifest["installable"]:
            raise ManifestError(f"{path}: {error}") from error
        _logger.debug("%s: %s", path, error)
    if not manifest["description"]:
        manifest["description"] = _read_readme(mod_path)
    manifest["addons_path"] = os.path.normpath(os.path.join(mod_path, os.pardir))
    return manifest


def direct_dependencies(module: str, manifest: Mapping[str, Any]) -> list[str]:
    """Return the names of the modules that a module needs directly: those of its manifest, else base.

    :param str module: technical name
    :param manifest: its manifest
    """
    return manifest.get("depends") or ([] if module == "base" else ["base"])


def triggers_installation(dependency: str, manifest: Mapping[str, Any]) -> bool:
    """Tell whether a module installs itself only when this dependency is there.

    :param str dependency: a module that it needs directly
    :param manifest: its manifest; where that names no trigger but wants one, all dependencies are
    """
    triggers = manifest.get("auto_install")
    return triggers not in (None, False) and (not triggers or dependency in triggers)


def _auto_install_set(manifest):
    """Return the set of dependencies that trigger the installation, or False."""
    auto = manifest["auto_install"]
    if isinstance(auto, (list, tuple, set)):
        return set(auto)
    return set(manifest["depends"]) if auto else False


def _read_readme(mod_path):
    for name in README:
        path = os.path.join(mod_path, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                return file.read()
    return ""


def _copied(value):
    """Return a copy of what literals and sets of them make up: in a tenth of the time that any objects take."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [item if isinstance(item, str) else _copied(item) for item in value]
    if isinstance(value, tuple):
        return tuple(map(_copied, value))
    return set(value) if isinstance(value, set) else value


@functools.cache
def _get_manifest_cached(module, mod_path=None):
    return load_manifest(module, mod_path)


def get_manifest(module: str, mod_path: str | None = None) -> dict[str, Any]:
    """Return a copy of the completed manifest of `module` (cached); ``{}`` when there is none.

    :param str module: technical name
    :param str mod_path: directory of the module; looked up in the addons paths when not given
    :raise ManifestError: when the file cannot be used
    """
    manifest = _get_manifest_cached(module, mod_path)
    if not manifest:
        # a module may be added to the disk while the server runs
        _get_manifest_cached.cache_clear()
    return _copied(manifest)


def clear_manifest_cache() -> None:
    """Forget all manifests read so far, for when files on disk changed."""
    _get_manifest_cached.cache_clear()
