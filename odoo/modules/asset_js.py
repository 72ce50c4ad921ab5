"""JavaScript of bundles: module names and the import map."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import posixpath
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
    "chart.js": "chart.js/dist/chart.js",
    "chai": "chai/index.js",
    "qunit": "qunit/qunit/qunit.js",
    "jquery": "jquery/dist/jquery.js",
    "@kurkle/color": "@kurkle/color/dist/color.esm.js",
    # what reads the maps of scripts
    "@jridgewell/trace-mapping": "@jridgewell/trace-mapping/dist/trace-mapping.mjs",
    "@jridgewell/resolve-uri": "@jridgewell/resolve-uri/dist/resolve-uri.mjs",
    "@jridgewell/sourcemap-codec": "@jridgewell/sourcemap-codec/dist/sourcemap-codec.mjs",
    # CodeMirror, and what it is made of
    **{
        f"@codemirror/{part}": f"@codemirror/{part}/dist/index.js"
        for part in (
            "autocomplete",
            "commands",
            "lang-css",
            "lang-html",
            "lang-javascript",
            "lang-python",
            "lang-sass",
            "lang-xml",
            "language",
            "state",
            "streamparser",
            "view",
        )
    },
    **{
        f"@lezer/{part}": f"@lezer/{part}/dist/index.js"
        for part in ("common", "css", "highlight", "html", "javascript", "lr", "python", "sass", "xml")
    },
    "@marijn/find-cluster-break": "@marijn/find-cluster-break/src/index.js",
    "crelt": "crelt/index.js",
    "style-mod": "style-mod/src/style-mod.js",
    "w3c-keyname": "w3c-keyname/index.js",
    # FullCalendar, whose packages name their files in full, and what draws it
    **{
        f"@fullcalendar/{part}": f"@fullcalendar/{part}"
        for part in (
            "core/index.js",
            "core/internal.js",
            "core/preact.js",
            "daygrid/index.js",
            "daygrid/internal.js",
            "interaction/index.js",
            "list/index.js",
            "luxon3/index.js",
            "timegrid/index.js",
        )
    },
    # ProseMirror, and what it is made of
    **{
        f"prosemirror-{part}": f"prosemirror-{part}/dist/index.js"
        for part in (
            "commands",
            "dropcursor",
            "gapcursor",
            "history",
            "inputrules",
            "keymap",
            "model",
            "schema-list",
            "state",
            "tables",
            "transform",
            "view",
        )
    },
    "orderedmap": "orderedmap/dist/index.js",
    "rope-sequence": "rope-sequence/dist/index.js",
    # Yjs, which joins what several people write, and what it is made of
    "yjs": "yjs/dist/yjs.mjs",
    "y-prosemirror": "y-prosemirror/src/y-prosemirror.js",
    "y-protocols/awareness": "y-protocols/awareness.js",
    **{
        f"lib0/{part}": f"lib0/{part}.js"
        for part in (
            "array",
            "binary",
            "buffer",
            "decoding",
            "diff",
            "dom",
            "encoding",
            "environment",
            "error",
            "eventloop",
            "function",
            "hash/sha256",
            "iterator",
            "logging",
            "map",
            "math",
            "mutex",
            "object",
            "observable",
            "promise",
            "random",
            "set",
            "string",
            "time",
            "webcrypto",
        )
    },
    # what takes scripts out of HTML that is pasted
    "dompurify": "dompurify/dist/purify.es.mjs",
    "preact": "preact/dist/preact.module.js",
    "preact/compat": "preact/compat/dist/compat.module.js",
    "preact/hooks": "preact/hooks/dist/hooks.module.js",
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

#: packages of data that modules ask for
DATA_PACKAGES = frozenset({"emojibase-data"})

#: end of the addresses of modules that change classes of others
_PATCH = "_patch.js"

_HEADER = re.compile(r"/\*\*?\s*@odoo-module\b(?P<options>[^*]*)\*")
_STATEMENT = re.compile(r"^\s*(import|export)\b", re.MULTILINE)
_IMPORTED = re.compile(r"^\s*(?:import|export)\b(?:[^'\";]*?\bfrom)?\s*[\"']([^'\"\n]+)[\"']", re.MULTILINE)


def npm_packages() -> set[str]:
    """Return the names of the npm packages whose files may be served to browsers."""
    libraries = {"/".join(path.split("/")[: 2 if path.startswith("@") else 1]) for path in NPM_MODULES.values()}
    return libraries | FONT_PACKAGES | DATA_PACKAGES


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
    return bool(_STATEMENT.search(source)) and not ignored, options.get("alias"), tuple(_IMPORTED.findall(source))


def is_module(file: AssetFile) -> bool:
    """Return whether a file is an ES module; other files are plain scripts."""
    return _header(file.path, digest(file.path))[0] if file.path else False


def module_alias(file: AssetFile) -> str | None:
    """Return the second name that a module gives itself in its header, None without."""
    return _header(file.path, digest(file.path))[1] if file.path else None


def module_imports(file: AssetFile) -> list[str]:
    """Return the names of the modules that a module imports when it is loaded; relative ones as absolute addresses."""
    if not file.path:
        return []
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(file.url), name)) if name.startswith(".") else name
        for name in _header(file.path, digest(file.path))[2]
    ]


def names_of(file: AssetFile) -> list[str]:
    """Return all names under which the module of a file may be imported."""
    stem = file.url.removesuffix(".js")
    names = [*module_names(file.url), file.url, stem]
    if stem.endswith("/index"):
        names.append(stem.removesuffix("/index"))
    names.append(f"{names[0]}.js")
    alias = module_alias(file)
    return [*names, alias] if alias else names


def needed(files: Iterable[AssetFile], others: Iterable[AssetFile]) -> list[AssetFile]:
    """Return those of some other modules that modules import, themselves or by one another.

    :param files: JavaScript files that are there
    :param others: JavaScript files that may be added
    """
    by_name = {name: file for file in others if is_module(file) for name in names_of(file)}
    for file in files:
        for name in module_names(file.url) if file.path else ():
            by_name.pop(name, None)
    found: dict[str, AssetFile] = {}
    looking = [file for file in files if is_module(file)] if by_name else []
    while looking:
        for name in module_imports(looking.pop()):
            lazy = by_name.get(name)
            if lazy and lazy.url not in found:
                found[lazy.url] = lazy
                looking.append(lazy)
    return list(found.values())


def needed_with_patches(files: list[AssetFile], others: list[AssetFile]) -> list[AssetFile]:
    """Return those of some other modules that modules need: what they import, and what changes that.

    A module `..._patch` changes a class for everybody: whoever patches the class as well does so after it.

    :param files: JavaScript files that are there
    :param others: JavaScript files that may be added
    """
    waiting = [file for file in others if file.url.endswith(_PATCH) and is_module(file)]
    patches: list[AssetFile] = []
    while True:
        found = needed([*files, *patches], others)
        names = {name for file in (*found, *patches) for name in names_of(file)}
        more = [file for file in waiting if not names.isdisjoint(module_imports(file))]
        if not more:
            break
        patches += more
        waiting = [file for file in waiting if file not in more]
    urls = {file.url for file in (*found, *patches)}
    return [file for file in others if file.url in urls]


def import_map(files: Iterable[AssetFile]) -> dict[str, dict[str, str]]:
    """Return the import map of a page: ``{"imports": {...}}``.

    :param files: iterable of :class:`~odoo.modules.asset_paths.AssetFile` of JavaScript
    """
    imports = dict(_npm_imports(_lock_state()))
    for file in files:
        if not file.path:
            continue
        target = versioned_url(file)
        for name in names_of(file):
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
