"""Counting the lines of code of modules and of customisations kept in the database."""

from __future__ import annotations

import ast
import pathlib
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID
from odoo.tools.files import file_path

from .manifest import get_manifest
from .registry import Registry

__all__ = ["Cloc"]

_STANDARD_EXCLUDED = (
    "__pycache__",
    "i18n",
    "node_modules",
    "static/lib",
    "static/tests",
    "tests",
    "static/description",
)
_MAX_FILE_SIZE = 25 * 2**20
_BLOCK_COMMENT = r"/\*.*?\*/"
_LINE_COMMENT = r"//[^\n]*"
_STRINGS = r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`"
#: fields that a button in a form gets by itself
_MADE_COUNT = re.compile(r"x_\w*_count")
_XML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

#: lines of code and all lines, or -1 and a message
_Count = tuple[int, "int | str"]


class Cloc:
    """Counts lines: all of a file, and those that are code (neither blank, nor comment, nor docstring).

    ``modules``, ``code`` and ``total`` hold the counts by module; ``errors`` the files that could not be read.
    """

    def __init__(self) -> None:
        self.modules: dict = defaultdict(dict)
        self.code: dict = defaultdict(int)
        self.total: dict = defaultdict(int)
        self.errors: dict = defaultdict(dict)
        self.excluded: dict = defaultdict(dict)

    @staticmethod
    def _count(original: str, stripped: str) -> tuple[int, int]:
        code = sum(1 for line in stripped.splitlines() if line.strip())
        return code, len(original.rstrip("\n").split("\n")) if original.strip() else 0

    def parse_xml(self, s: str) -> _Count:
        """Return (lines of code, all lines) of XML; without lines of code, a message comes second."""
        return self._count(s, _XML_COMMENT.sub("", s))

    def parse_py(self, s: str) -> _Count:
        """Return (lines of code, all lines) of Python; (-1, message) when it cannot be read."""
        source = s.strip()
        try:
            # a text over several lines is one line of code
            lines = {node.lineno for node in ast.walk(ast.parse(source)) if hasattr(node, "lineno")}
        except (SyntaxError, ValueError) as error:
            return -1, f"Syntax Error: {error}"
        return len(lines), len(source.split("\n")) if source else 0

    def parse_c_like(self, s: str, regex: str) -> _Count:
        """Return (lines of code, all lines) of a text whose comments a pattern finds.

        :param regex: pattern of comments and strings; what starts with a slash is a comment
        """
        stripped = re.compile(regex, re.DOTALL).sub(lambda match: "" if match[0].startswith("/") else match[0], s)
        return self._count(s, stripped)

    def parse_js(self, s: str) -> _Count:
        """Return (lines of code, all lines) of JavaScript."""
        return self.parse_c_like(s, f"{_LINE_COMMENT}|{_BLOCK_COMMENT}|{_STRINGS}")

    def parse_scss(self, s: str) -> _Count:
        """Return (lines of code, all lines) of SCSS."""
        return self.parse_c_like(s, f"{_LINE_COMMENT}|{_BLOCK_COMMENT}|{_STRINGS}")

    def parse_css(self, s: str) -> _Count:
        """Return (lines of code, all lines) of CSS."""
        return self.parse_c_like(s, f"{_BLOCK_COMMENT}|{_STRINGS}")

    def parse(self, s: str, ext: str) -> _Count | None:
        """Return (lines of code, all lines) of a text by the extension of its file, ``None`` for other ones."""
        parser = {
            ".py": self.parse_py,
            ".js": self.parse_js,
            ".xml": self.parse_xml,
            ".css": self.parse_css,
            ".scss": self.parse_scss,
        }.get(ext)
        return parser(s) if parser else None

    def book(self, module: str, item: str = "", count: _Count = (0, 0), exclude: bool = False) -> None:
        """Note a count.

        :param module: module it belongs to
        :param item: file
        :param count: (lines of code, all lines), or (-1, message)
        :param exclude: note that the file is not counted
        """
        if count[0] == -1:
            self.errors.setdefault(module, {})[item] = count[1]
        elif exclude and item:
            self.excluded.setdefault(module, {})[item] = count
        else:
            files = self.modules.setdefault(module, {})
            if item:
                files[item] = count
            for lines_by_module, lines in zip((self.code, self.total), count, strict=True):
                lines_by_module[module] += lines

    def count_path(self, path: str | pathlib.Path, exclude: Iterable[str] | None = None) -> None:
        """Count the files of a module.

        :param path: its directory
        :param exclude: set of paths that are not counted
        """
        root = pathlib.Path(path).resolve()
        skipped = {pathlib.Path(item).resolve() for item in exclude or ()}
        skipped |= {file for pattern in self._manifest_patterns(root) for file in root.glob(pattern)}
        self.book(root.name)
        for file in sorted(item for item in root.rglob("*") if item.is_file()):
            relative = file.relative_to(root).as_posix()
            if any(
                f"/{relative}".startswith(f"/{name}/") or f"/{name}/" in f"/{relative}" for name in _STANDARD_EXCLUDED
            ):
                continue
            if file.name in ("__manifest__.py", "__openerp__.py") or file.suffix not in (
                ".py",
                ".js",
                ".xml",
                ".css",
                ".scss",
            ):
                continue
            if file.stat().st_size > _MAX_FILE_SIZE:
                self.book(root.name, relative, (-1, "Max file size exceeded"))
                continue
            try:
                counted: Any = self.parse(file.read_text(encoding="utf-8"), file.suffix)
            except UnicodeDecodeError as error:
                counted = (-1, str(error))
            self.book(root.name, relative, counted, exclude=file in skipped)

    @staticmethod
    def _manifest_patterns(root: pathlib.Path) -> list[str]:
        """Return what the manifest says is not to be counted."""
        manifest = root / "__manifest__.py"
        if not manifest.is_file():
            return []
        values = ast.literal_eval(manifest.read_text(encoding="utf-8"))
        patterns = list(values.get("cloc_exclude", ()))
        for key in ("demo", "demo_xml"):
            patterns += values.get(key, ())
        return patterns

    def count_modules(self, env: Environment) -> None:
        """Count the installed modules that do not come with the server.

        :param env: environment
        """
        server_addons = [
            pathlib.Path(file_path("base")).resolve().parent,
            pathlib.Path(file_path("web")).resolve().parent,
        ]
        names = env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        for name in names:
            path = pathlib.Path(file_path(name)).resolve()
            if path.parent not in server_addons:
                self.count_path(path)

    def count_customization(self, env: Environment) -> None:
        """Count the code kept in the database: server actions and computed fields that no module brought.

        :param env: environment
        """
        external_ids = env.registry.services.external_ids
        for model, code_field, label in (("ir.actions.server", "code", "name"), ("ir.model.fields", "compute", "name")):
            domain = (
                [("state", "=", "code")]
                if model == "ir.actions.server"
                else [("state", "=", "manual"), ("compute", "!=", False)]
            )
            records = env[model].sudo().search(domain)
            owners = {
                id_: {name["xmlid"].partition(".")[0] for name in names}
                for id_, names in external_ids.of_records(records).items()
            }
            for record in records:
                modules = owners.get(record.id, set())
                # those of modules on disk are counted, or not, with their files
                if modules and all(map(get_manifest, modules)):
                    continue
                if "studio_customization" in modules and _MADE_COUNT.fullmatch(record[label]):
                    continue
                self.book(
                    "odoo/studio",
                    f"{model}/{record.id}: {record[label]}",
                    self.parse_py(record[code_field] or ""),
                )

    def count_env(self, env: Environment) -> None:
        """Count modules and customisations.

        :param env: environment
        """
        self.count_modules(env)
        self.count_customization(env)

    def count_database(self, database: str) -> None:
        """Count modules and customisations of a database.

        :param database: its name
        """
        registry = Registry(database)
        with registry.cursor() as cr:
            self.count_env(Environment(cr, SUPERUSER_ID, {}))

    def report(self, verbose: bool = False, width: int | None = None) -> None:
        """Print the counts as a table.

        :param verbose: with each file
        :param width: width of the first column
        """
        rows = []
        for module in sorted(self.modules):
            rows.append((module, self.total[module], self.code[module]))
            if verbose:
                rows += [(f"    {item}", count[1], count[0]) for item, count in sorted(self.modules[module].items())]
        width = width or max([len(row[0]) for row in rows] + [20])
        print(f"{'Lines of code':<{width}} {'Line':>9} {'Other':>9} {'Code':>9}")
        for name, total, code in rows:
            print(f"{name:<{width}} {total:>9} {total - code:>9} {code:>9}")
        total, code = sum(self.total.values()), sum(self.code.values())
        print(f"{'':<{width}} {total:>9} {total - code:>9} {code:>9}")
        for module, errors in self.errors.items():
            for item, message in errors.items():
                print(f"{module}/{item}: {message}")
