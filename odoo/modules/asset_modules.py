"""ES modules of a bundle as one script, for pages that do not fetch them one by one.

Each module becomes a function that the page's loader (:data:`LOADER`) calls when it is needed; so
modules of one bundle import those of another, and one that fails leaves the others alone. A module is compiled once
for each content, whatever the databases and bundles it is part of (:mod:`~odoo.modules.asset_compiler`).
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Iterable
from typing import NamedTuple

from odoo.tools.config import config

from .asset_compiler import Compiled, compile_files, compiler, helpers, settings
from .asset_js import NODE_MODULES, NPM_MODULES, digest, is_module, module_alias, module_names, versioned_url
from .asset_paths import AssetFile

#: script that has to run before scripts of modules
LOADER = "/web/static/src/module_loader.js"


class Module(NamedTuple):
    """A module as a part of a script.

    :ivar name: name under which it is imported
    :ivar url: address of its file, with the version
    :ivar path: its file
    :ivar alias: another name, or None
    """

    name: str
    url: str
    path: str
    alias: str | None


def together(debug: str | None = "") -> bool:
    """Return whether pages get the modules of a bundle as one script.

    :param debug: debug mode of the session; in mode `assets` each module is a file, as with `--dev=assets`
    """
    if "assets" in (debug or "").split(",") or "assets" in (config["dev_mode"] or ()):
        return False
    return compiler() is not None


def modules_of(files: Iterable[AssetFile]) -> list[Module]:
    """Return the modules among the JavaScript files of a bundle, in their order."""
    return [
        Module(module_names(file.url)[0], versioned_url(file), os.path.realpath(file.path), module_alias(file))
        for file in files
        if file.path and is_module(file)
    ]


def version(modules: Iterable[Module]) -> str:
    """Return what tells the script of some modules from another."""
    parts = [
        *settings(),
        *(f"{module.name} {module.url} {module.alias}" for module in (*modules, *_libraries())),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def script(
    modules: list[Module], problems: list[str], source_map: str = "", present: Iterable[str] = ()
) -> tuple[str, str]:
    """Put modules, and the libraries that they import, into one script.

    :param modules: the modules, in the order in which they run
    :param problems: gets a message for each module that cannot be compiled: who imports it is left out by the page
    :param source_map: address of the source map
    :param present: names of libraries that the page has
    :return: the script, and its source map as JSON
    """
    compiled = compile_files([module.path for module in modules], problems)
    wanted = {name for path in compiled for name in compiled[path].imports}
    libraries = [library for library in _with_libraries(wanted) if library.name not in present]
    modules = [*libraries, *modules]
    compiled |= compile_files([module.path for module in libraries], problems)
    writer = _Writer()
    for module in modules:
        writer.add(module, compiled.get(module.path))
    # what runs, in this order; where a module is, is told where its name does not
    names = [module.name for module in modules]
    addresses = {module.name: module.url.partition("?")[0] for module in modules}
    urls = {name: url for name, url in addresses.items() if not url.startswith("/") or module_names(url)[0] != name}
    aliases = {module.alias: module.name for module in modules if module.alias}
    writer.write(f"odoo.loader.run({_dumps(names)},{_dumps(urls)},{_dumps(aliases)});\n")
    writer.write("})();\n")
    if source_map:
        writer.write(f"//# sourceMappingURL={source_map}\n")
    return "".join(writer.parts), writer.source_map()


class _Writer:
    """A script that grows, and the source map of its parts."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._line = 0
        self._sections: list[dict] = []
        self.write(f'(function(){{"use strict";{helpers()}\n')

    def write(self, text):
        """Add a text that has no source."""
        self.parts.append(text)
        self._line += text.count("\n")

    def add(self, module, compiled):
        """Add a module; one that cannot be compiled fails when it is needed."""
        if compiled is None:
            message = f"The module {module.url.partition('?')[0]} cannot be compiled, see the server's log"
            compiled = Compiled(f"throw new SyntaxError({_dumps(message)});", "", [])
        # what it needs runs when it asks: nothing waits for it by a list
        self.write(f"odoo.define({_dumps(module.name)},[],(function(require,module,exports){{\n")
        if compiled.mappings:
            mappings = json.loads(compiled.mappings)
            mappings["sources"] = [module.url.partition("?")[0]]
            self._sections.append({"offset": {"line": self._line, "column": 0}, "map": mappings})
        self.write(compiled.code.rstrip("\n"))
        self.write("\n}),true);\n")

    def source_map(self):
        """Return the source map of the script, as JSON."""
        return json.dumps({"version": 3, "sections": self._sections}, separators=(",", ":"))


def _dumps(value):
    return json.dumps(value, separators=(",", ":"))


# --- libraries ------------------------------------------------------------------------------------------------------


@functools.cache
def _libraries():
    """Return all libraries from npm that modules may import."""
    found = []
    for name, path in NPM_MODULES.items():
        full = os.path.join(NODE_MODULES, *path.split("/"))
        if os.path.isfile(full):
            found.append(Module(name, f"/web/npm/{path}?v={digest(full)[:12]}", full, None))
    return tuple(found)


def _with_libraries(names):
    """Return the libraries of some names, the files that they consist of, and what they import before them."""
    known = {library.name: library for library in _libraries()}
    found: dict[str, Module] = {}

    def add(module):
        if module and module.path not in found:
            found[module.path] = module
            for name in compile_files([module.path], []).get(module.path, Compiled("", "", [])).imports:
                add(_part(module, name) if name.startswith(".") else known.get(name))
            # what it needs comes first
            found[module.path] = found.pop(module.path)

    for name in sorted(names):
        add(known.get(name))
    return list(found.values())


def _part(module, name):
    """Return a file of a library that another one names by the way to it, None when it is no part of a package."""
    path = os.path.normpath(os.path.join(os.path.dirname(module.path), name))
    if not path.startswith(NODE_MODULES + os.sep) or not os.path.isfile(path):
        return None
    library = next((library for library in _libraries() if library.path == path), None)
    url = f"/web/npm/{os.path.relpath(path, NODE_MODULES)}"
    return library or Module(url, f"{url}?v={digest(path)[:12]}", path, None)
