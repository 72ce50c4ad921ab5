"""Modules of the client as bodies of functions: what esbuild makes of files, made once for each content.

What esbuild puts before each module that exports or imports something is the same in all: it is taken off, and a
script of many modules has it once (:func:`helpers`).
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
from .asset_js import NODE_MODULES, digest

_logger = logging.getLogger("odoo.addons.base.models.assetsbundle")

#: seconds that the compilation of all modules of a bundle may take
_TIMEOUT = 120
#: how modules become functions
_FUNCTIONS = (
    "--format=cjs",
    "--minify-syntax",
    "--minify-whitespace",
    "--target=es2022",
    # what is imported later is a module of the page as well
    "--supported:dynamic-import=false",
    "--preserve-symlinks",
)
#: in libraries all names are short that are theirs alone, except for that whose errors people read
_LIBRARY = ("--minify-identifiers", "--keep-names")
#: in other modules names inside of functions: without a format, those of modules stay, as addons ask classes for theirs
_SHORT_NAMES = ("--minify-identifiers", "--minify-syntax", "--minify-whitespace", "--target=es2022")
_QUIET = ("--sources-content=false", "--log-level=error", "--color=false")
#: changes whenever compiled modules are to be made anew
_FORMAT = "4"
#: how the compiler imports into files that Node takes for modules (`.mjs`): their default would be all that is exported
_NODE_IMPORT = re.compile(r'((?<![\w$])[\w$]+\(require\("[^"\n]+"\),)1\)')
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
#: modules that need the helpers of the compiler, each another choice of them; the first one needs all
_PROBES = (
    'import x from "x"; export * from "x"; export const y = x;',
    'import x from "x"; export const y = x;',
    'export * from "x"; export const y = 1;',
    'import x from "x"; x();',
    'export * from "x";',
    "export const y = 1;",
)
#: where a module itself begins, in a compiled probe
_BEGIN = re.compile(r"var (?:probe\d_exports|import_x)\b")


class Compiled(NamedTuple):
    """What became of a file.

    :ivar code: body of the module's function, which needs :func:`helpers` around it
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


def settings() -> tuple[str, ...]:
    """Return what compiled modules depend on beside their files."""
    return (_FORMAT, *_FUNCTIONS, *_LIBRARY, *_SHORT_NAMES)


def helpers() -> str:
    """Return the declarations that bodies of compiled modules need around them."""
    return _preludes()[0]


def compile_files(paths: Iterable[str], problems: list[str]) -> dict[str, Compiled]:
    """Return what becomes of files, from where it is kept or by the compiler.

    :param paths: paths of modules
    :param problems: gets a message for each one that cannot be compiled; the result lacks these
    """
    keys = {path: _key(path) for path in paths}
    result = {path: found for path, key in keys.items() if (found := _read(key))}
    missing = [path for path in keys if path not in result]
    if not missing:
        return result
    libraries = [path for path in missing if _is_library(path)]
    for alike in (libraries, [path for path in missing if path not in libraries]):
        made = _run(alike) if alike else {}
        if made is None:  # one of them is wrong: which one is not told by the others
            made = {}
            for path in alike:
                single = _run([path], problems)
                made.update(single or {})
        for path, compiled in made.items():
            keep(keys[path], compiled)
        result |= made
    return result


def _is_library(path):
    folder = next(
        (folder for folder in (NODE_MODULES, os.path.realpath(NODE_MODULES)) if path.startswith(folder)), None
    )
    return folder is not None and not path.startswith(os.path.join(folder, "@odoo", ""))


# --- the compiler ---------------------------------------------------------------------------------------------------


def _run(paths, problems=None):
    """Have files compiled, all of them libraries or none; return ``{path: Compiled}``, None when one cannot be.

    :param problems: gets the message of what is wrong
    """
    is_library = _is_library(paths[0])
    with tempfile.TemporaryDirectory(prefix="odoo-modules-") as folder:
        first, second = os.path.join(folder, "first"), os.path.join(folder, "second")
        try:
            outputs = _call(paths, "/", first, *_FUNCTIONS, *(_LIBRARY if is_library else ()))
        except _CompilerError as error:
            if problems is not None:
                problems.append(" ".join(str(error).split())[:1000])
            return None
        made = {}
        for output, details in outputs.items():
            if entry := details.get("entryPoint"):
                imports = list(dict.fromkeys(part["path"] for part in details["imports"]))
                made[os.path.join("/", entry)] = os.path.join("/", output), imports
        if is_library:
            return {path: _read_output(output, imports) for path, (output, imports) in made.items()}
        for output, _imports in made.values():
            _take_prelude_off(output)
        _call([output for output, _imports in made.values()], first, second, *_SHORT_NAMES)
        return {
            path: _read_output(output.replace(first, second, 1), imports) for path, (output, imports) in made.items()
        }


class _CompilerError(Exception):
    """What the compiler finds wrong."""


def _call(paths, base, target, *options):
    """Call the compiler for files below a folder, and return what it tells about those that it made in another."""
    program = compiler()
    if program is None:
        raise FileNotFoundError("esbuild is not installed: npm ci installs it")
    overview = os.path.join(target, "overview.json")
    command = [program, *paths, *options, *_QUIET, f"--outbase={base}", f"--outdir={target}", f"--metafile={overview}"]
    # relative names in the overview are relative to the folder in which the program runs
    outcome = subprocess.run(
        [*command, "--sourcemap"], cwd="/", capture_output=True, text=True, timeout=_TIMEOUT, check=False
    )
    if outcome.returncode:
        raise _CompilerError(outcome.stderr)
    with open(overview, encoding="utf-8") as file:
        return json.load(file)["outputs"]


def _read_output(output, imports):
    """Return the module that the compiler made at a path."""
    with open(output, encoding="utf-8") as file, open(f"{output}.map", encoding="utf-8") as mappings:
        # of the same length, as the map counts columns
        code = _NODE_IMPORT.sub(r"\g<1>0)", file.read().rpartition("//# sourceMappingURL=")[0])
        return Compiled(code, mappings.read(), imports)


def _take_prelude_off(output):
    """Leave the compiler's helpers out of a module that it made, while they are alike in all."""
    with open(output, encoding="utf-8") as file:
        code = file.read()
    prelude = next((prelude for prelude in _preludes() if code.startswith(prelude)), "")
    with open(output, "w", encoding="utf-8") as file:
        # blanks, which go next: the map counts columns
        file.write(" " * len(prelude) + code[len(prelude) :])


@functools.cache
def _preludes():
    """Return what the compiler writes before modules that are no libraries, the longest first."""
    with tempfile.TemporaryDirectory(prefix="odoo-modules-") as folder:
        target = os.path.join(folder, "compiled")
        names = [f"probe{number}.js" for number in range(len(_PROBES))]
        for name, text in zip(names, _PROBES, strict=True):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        _call([os.path.join(folder, name) for name in names], folder, target, *_FUNCTIONS)
        texts = [_read_output(os.path.join(target, name), []).code for name in names]
    return tuple(text[: begin.start()] for text in texts if (begin := _BEGIN.search(text)))


# --- what is kept ---------------------------------------------------------------------------------------------------


def _key(path):
    return hashlib.sha256(
        " ".join((*settings(), str(compiler()), digest(path), str(_is_library(path)))).encode()
    ).hexdigest()[:32]


def _folder():
    return os.path.join(config["data_dir"], "modules")


def _read(key):
    """Return what is kept of an earlier compilation, None without."""
    try:
        with open(os.path.join(_folder(), f"{key}.json"), encoding="utf-8") as file:
            return Compiled(*json.load(file))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def keep(key: str, compiled: Compiled) -> None:
    """Keep a compiled file for later, and for other processes."""
    keep_file(os.path.join(_folder(), f"{key}.json"), json.dumps(compiled).encode())
