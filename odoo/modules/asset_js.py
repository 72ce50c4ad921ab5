"""JavaScript of bundles: module names and the import map."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .asset_paths import AssetFile

NODE_MODULES = os.path.join(
    os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "node_modules"
)

#: specifier -> file of an npm package; also the list of packages that may be served
NPM_MODULES = {
    "@odoo/owl": "@odoo/owl/dist/owl.es.js",
    "luxon": "luxon/build/es6/luxon.mjs",
    "bootstrap": "bootstrap/dist/js/bootstrap.esm.js",
    "@popperjs/core": "@popperjs/core/dist/esm/index.js",
}

#: packages without modules, for style sheets: icons, and the fonts that companies may choose for their documents
FONT_PACKAGES = frozenset(
    {
        "font-awesome",
        "@fontsource/fira-mono",
        "@fontsource/lato",
        "@fontsource/montserrat",
        "@fontsource/open-sans",
        "@fontsource/oswald",
        "@fontsource/raleway",
        "@fontsource/roboto",
        "@fontsource/tajawal",
    }
)

_HEADER = re.compile(r"/\*\*?\s*@odoo-module\b(?P<options>[^*]*)\*")
_STATEMENT = re.compile(r"^\s*(import|export)\b", re.MULTILINE)


def npm_packages() -> set[str]:
    """Return the names of the npm packages whose files may be served to browsers."""
    return set(FONT_PACKAGES) | {
        "/".join(path.split("/")[: 2 if path.startswith("@") else 1]) for path in NPM_MODULES.values()
    }


@functools.lru_cache(maxsize=65536)
def _digest(path, mtime, size):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def digest(path: str) -> str:
    """Return the hexadecimal SHA-256 of a file's content, read again only when the file changed."""
    stat = os.stat(path)
    return _digest(path, stat.st_mtime_ns, stat.st_size)


def versioned_url(file: AssetFile) -> str:
    """Return a file's URL with its content's hash as version."""
    return f"{file.url}?v={digest(file.path)[:12]}" if file.path else file.url


def module_names(url: str) -> list[str]:
    """Return the names under which the module at a URL is imported.

    ``/web/static/src/core/registry.js`` is ``@web/core/registry``, ``/web/static/tests/x.js`` is
    ``@web/../tests/x``; a file ``index.js`` also goes by its directory's name.
    """
    addon, _static, inner = url.removesuffix(".js").lstrip("/").split("/", 2)
    inner = inner.removeprefix("src/") if inner.startswith("src/") else f"../{inner}"
    names = [f"@{addon}/{inner}"]
    if inner.endswith("/index"):
        names.append(names[0].removesuffix("/index"))
    return names


@functools.lru_cache(maxsize=65536)
def _header(path, _digest_value):
    with open(path, encoding="utf-8", errors="replace") as file:
        source = file.read()
    match = _HEADER.search(source[:600])
    options = dict(part.split("=", 1) for part in match["options"].split() if "=" in part) if match else {}
    ignored = bool(match and "ignore" in match["options"].split())
    return bool(_STATEMENT.search(source)) and not ignored, options.get("alias")


def is_module(file: AssetFile) -> bool:
    """Return whether a file is an ES module; other files are plain scripts."""
    return _header(file.path, digest(file.path))[0] if file.path else False


def import_map(files: Iterable[AssetFile]) -> dict[str, dict[str, str]]:
    """Return the import map of a page: ``{"imports": {...}}``.

    :param files: iterable of :class:`~odoo.modules.asset_paths.AssetFile` of JavaScript
    """
    imports = dict(_npm_imports(_lock_state()))
    for file in files:
        if not file.path:
            continue
        target = versioned_url(file)
        stem = file.url.removesuffix(".js")
        names = [*module_names(file.url), file.url, stem]
        if stem.endswith("/index"):
            names.append(stem.removesuffix("/index"))
        names += [f"{names[0]}.js"]
        alias = _header(file.path, digest(file.path))[1]
        for name in [*names, alias] if alias else names:
            imports.setdefault(name, target)
    return {"imports": imports}


def _lock_state():
    """Return what changes whenever packages are installed anew."""
    path = os.path.join(NODE_MODULES, ".package-lock.json")
    return os.stat(path).st_mtime_ns if os.path.exists(path) else 0


@functools.lru_cache(maxsize=2)
def _npm_imports(_state):
    imports = []
    for name, path in NPM_MODULES.items():
        full = os.path.join(NODE_MODULES, *path.split("/"))
        if os.path.isfile(full):
            imports.append((name, f"/web/npm/{path}?v={digest(full)[:12]}"))
    return tuple(imports)


def dumps(mapping: object) -> str:
    """Return an import map as JSON that is safe inside a script element."""
    return json.dumps(mapping, separators=(",", ":")).replace("<", "\\u003c")
