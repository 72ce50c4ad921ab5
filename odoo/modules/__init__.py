"""Modules: manifests, dependency graph, data files, install, upgrade, uninstall, asset bundles."""

from . import db, graph, loading, migration, module, registry
from .loading import load_modules, reset_modules_state
from .module import (
    adapt_version,
    check_manifest_dependencies,
    get_manifest,
    get_module_path,
    get_module_resource,
    get_modules,
    get_modules_with_version,
    get_resource_from_path,
    get_resource_path,
    initialize_sys_path,
    load_openerp_module,
)

__all__ = [
    "adapt_version",
    "check_manifest_dependencies",
    "db",
    "get_manifest",
    "get_module_path",
    "get_module_resource",
    "get_modules",
    "get_modules_with_version",
    "get_resource_from_path",
    "get_resource_path",
    "graph",
    "initialize_sys_path",
    "load_modules",
    "load_openerp_module",
    "loading",
    "migration",
    "module",
    "neutralize",
    "registry",
    "reset_modules_state",
]
