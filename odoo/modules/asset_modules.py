"""ES modules of a bundle as one script, for pages that do not fetch them one by one.

Each module becomes a function that the page's loader (:data:`LOADER`) calls when it is needed; so
modules of one bundle import those of another, and one that fails leaves the others alone. A module is compiled once
for each content, whatever the databases and bundles it is part of.
"""

from __future__ import annotations

import functools
import hashlib
import json
import logging
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from typing import NamedTuple

from odoo.tools.config import config

from .asset_encodings import keep_file
from .asset_js import NODE_MODULES, NPM_MODULES, digest, is_module, module_alias, module_names, versioned_url
from .asset_paths import AssetFile

_logger = logging.getLogger("odoo.addons.base.models.assetsbundle")

#: script that has to run before scripts of modules
LOADER = "/web/static/src/module_loader.js"
#: seconds that the compilation of all modules of a bundle may take
_TIMEOUT = 120
_OPTIONS = (
    "--format=cjs",
    # names stay: addons ask classes for theirs, and errors are read by people
    "--minify-syntax",
    "--minify-whitespace",
    "--sourcemap=external",
    "--sources-content=false",
    "--target=es2022",
    # what is imported later is a module of the page as well
    "--supported:dynamic-import=false",
    "--preserve-symlinks",
    "--log-level=error",
    "--color=false",
)
#: what is more for libraries, except for that whose errors people read: short names of what is theirs alone
_LIBRARY_OPTIONS = ("--minify-identifiers", "--keep-names")
#: changes whenever compiled modules are to be made anew
_FORMAT = "3"
#: how the compiler imports into files that Node takes for modules (`.mjs`): their default would be all that is exported
_NODE_IMPORT = re.compile(r'((?<![\w$])[\w$]+\(require\("[^"\n]+"\),)1\)')
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


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


class Compiled(NamedTuple):
    """What became of a file.

    :ivar code: body of the module's function
    :ivar mappings: source map of the code, as JSON
    :ivar imports: names of the modules that it imports
    """

    code: str
    mappings: str
    imports: list[str]


@functools.cache
def compiler() -> str | None:
    """Return the program that compiles modules; None when it is not installed, or there is none for this machine."""
    system = {"linux": "linux", "darwin": "darwin"}.get(sys.platform)
    machine = _MACHINES.get(platform.machine().lower())
    path = os.path.join(NODE_MODULES, "@esbuild", f"{system}-{machine}", "bin", "esbuild")
    if os.access(path, os.X_OK):
        return path
    _logger.warning("esbuild is not installed (npm ci): pages of the web client load each module by itself")
    return None


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
        _FORMAT,
        *_OPTIONS,
        *_LIBRARY_OPTIONS,
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
    compiled = _compile([module.path for module in modules], problems)
    wanted = {name for path in compiled for name in compiled[path].imports}
    libraries = [library for library in _with_libraries(wanted) if library.name not in present]
    modules = [*libraries, *modules]
    compiled |= _compile([module.path for module in libraries], problems)
    writer = _Writer()
    for module in modules:
        writer.add(module, compiled.get(module.path))
    # what runs, in this order; where a module is, is told where its name does not
    names = [module.name for module in modules]
    addresses = {module.name: module.url.partition("?")[0] for module in modules}
    urls = {name: url for name, url in addresses.items() if not url.startswith("/") or module_names(url)[0] != name}
    aliases = {module.alias: module.name for module in modules if module.alias}
    writer.write(f"odoo.loader.run({_dumps(names)},{_dumps(urls)},{_dumps(aliases)});\n")
    if source_map:
        writer.write(f"//# sourceMappingURL={source_map}\n")
    return "".join(writer.parts), writer.source_map()


class _Writer:
    """A script that grows, and the source map of its parts."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._line = 0
        self._sections: list[dict] = []
        self.write('"use strict";\n')

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
            for name in _compile([module.path], []).get(module.path, Compiled("", "", [])).imports:
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


# --- compilation ----------------------------------------------------------------------------------------------------


def _compile(paths, problems):
    """Return ``{path: Compiled}`` of files, from where it is kept or by the compiler."""
    keys = {path: _key(path) for path in paths}
    result = {path: found for path, key in keys.items() if (found := _read(key))}
    missing = [path for path in keys if path not in result]
    if not missing:
        return result
    shortened = [path for path in missing if _is_shortened(path)]
    for alike in (shortened, [path for path in missing if path not in shortened]):
        made = _run(alike) if alike else {}
        if made is None:  # one of them is wrong: which one is not told by the others
            made = {}
            for path in alike:
                single = _run([path], problems)
                made.update(single or {})
        for path, compiled in made.items():
            _keep(keys[path], compiled)
        result |= made
    return result


def _is_shortened(path):
    folder = next(
        (folder for folder in (NODE_MODULES, os.path.realpath(NODE_MODULES)) if path.startswith(folder)), None
    )
    return folder is not None and not path.startswith(os.path.join(folder, "@odoo", ""))


def _options(path):
    return (*_OPTIONS, *_LIBRARY_OPTIONS) if _is_shortened(path) else _OPTIONS


def _run(paths, problems=None):
    """Have files compiled, all with the same options; return ``{path: Compiled}``, None when one cannot be.

    :param problems: gets the message of what is wrong
    """
    program = compiler()
    if program is None:
        raise FileNotFoundError("esbuild is not installed: npm ci installs it")
    with tempfile.TemporaryDirectory(prefix="odoo-modules-") as folder:
        overview = os.path.join(folder, "overview.json")
        command = [program, *paths, *_options(paths[0]), "--outbase=/", f"--outdir={folder}", f"--metafile={overview}"]
        # relative names in the overview are relative to the folder in which the program runs
        outcome = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=_TIMEOUT, check=False)
        if outcome.returncode:
            if problems is not None:
                problems.append(" ".join(outcome.stderr.split())[:1000])
            return None
        with open(overview, encoding="utf-8") as file:
            outputs = json.load(file)["outputs"]
        result = {}
        for output, details in outputs.items():
            if entry := details.get("entryPoint"):
                code = os.path.join("/", output)
                with open(code, encoding="utf-8") as file, open(f"{code}.map", encoding="utf-8") as mappings:
                    imports = list(dict.fromkeys(part["path"] for part in details["imports"]))
                    # of the same length, as the map counts columns
                    script = _NODE_IMPORT.sub(r"\g<1>0)", file.read())
                    result[os.path.join("/", entry)] = Compiled(script, mappings.read(), imports)
        return result


def _key(path):
    parts = (_FORMAT, compiler(), *_options(path), digest(path))
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:32]


def _folder():
    return os.path.join(config["data_dir"], "modules")


def _read(key):
    """Return what is kept of an earlier compilation, None without."""
    try:
        with open(os.path.join(_folder(), f"{key}.json"), encoding="utf-8") as file:
            return Compiled(*json.load(file))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _keep(key, compiled):
    """Keep a compiled file for later, and for other processes."""
    keep_file(os.path.join(_folder(), f"{key}.json"), json.dumps(compiled).encode())
