"""The command ``odoo-bin check``."""

import argparse
import ast
import csv
import os
import sys

from lxml import etree

from odoo.modules.manifest import ManifestError, load_manifest
from odoo.modules.module import MissingDependency, check_manifest_dependencies, get_module_path, get_modules
from odoo.tools.suggestions import nearest

from .command import Command
from .preparation import configure


class Check(Command):
    """Check addons without a database: manifests, dependencies, data files, Python syntax."""

    def run(self, args):
        """Print what is wrong, one line a problem; the exit status is 1 when there is any."""
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__)
        parser.add_argument("addons", nargs="*", help="names of addons, by default all")
        parser.add_argument("--addons-path", help="directories that hold addons, comma separated")
        options = parser.parse_args(args)
        configure([f"--addons-path={options.addons_path}"] if options.addons_path else [], self.prog)
        known = get_modules()
        problems = [problem for name in options.addons or known for problem in check_addon(name, known)]
        for problem in problems:
            print(problem)
        count = len(options.addons or known)
        print(f"{count} addons checked, {len(problems)} problems", file=sys.stderr)
        return 1 if problems else 0


def check_addon(name, known):
    """Yield the problems of an addon as sentences with file and, where it makes sense, line.

    :param str name: name of the addon
    :param known: names of all addons
    """
    path = get_module_path(name, display_warning=False) if name in known else None
    if not path:
        yield f"{name}: there is no such addon{nearest(name, known)}"
        return
    try:
        manifest = load_manifest(name, path)
    except ManifestError as error:
        yield str(error)
        return
    for dependency in manifest["depends"]:
        if dependency not in known:
            yield f"{path}: depends on {dependency!r}, which does not exist{nearest(dependency, known)}"
    try:
        check_manifest_dependencies(manifest)
    except MissingDependency as error:
        yield f"{path}: {error}"
    for key in ("data", "demo"):
        for relative in manifest[key]:
            yield from _check_data_file(os.path.join(path, relative), f"{path}: {key}")
    yield from _check_python(path)


def _check_data_file(path, where):
    if not os.path.isfile(path):
        yield f"{where}: there is no file {path}"
        return
    extension = os.path.splitext(path)[1]
    if extension == ".xml":
        try:
            etree.parse(path)
        except etree.XMLSyntaxError as error:
            yield f"{path}:{error.lineno}: {error.msg}"
    elif extension == ".csv":
        with open(path, encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            header = next(rows, [])
            for row in rows:
                if row and len(row) != len(header):
                    yield f"{path}:{rows.line_num}: {len(row)} columns, the header has {len(header)}"
    elif extension != ".sql":
        yield f"{where}: files of type {extension or '(none)'} cannot be loaded: {path}"


def _check_python(path):
    for directory, __, files in os.walk(path):
        for file in sorted(files):
            if file.endswith(".py"):
                file_path = os.path.join(directory, file)
                with open(file_path, "rb") as source:
                    try:
                        ast.parse(source.read(), file_path)
                    except SyntaxError as error:
                        yield f"{file_path}:{error.lineno}: {error.msg}"
