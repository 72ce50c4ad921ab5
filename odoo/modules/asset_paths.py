"""Which files make up a bundle: directives of manifests and records, globs, and their order."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from glob import glob
from typing import Any, NamedTuple, NoReturn

from odoo.tools.suggestions import nearest

from .paths import get_module_path

_logger = logging.getLogger("odoo.addons.base.models.ir_asset")

SCRIPT_EXTENSIONS = ("js",)
STYLE_EXTENSIONS = ("css", "scss", "sass", "less")
TEMPLATE_EXTENSIONS = ("xml",)
ASSET_EXTENSIONS = SCRIPT_EXTENSIONS + STYLE_EXTENSIONS + TEMPLATE_EXTENSIONS

APPEND, PREPEND, AFTER, BEFORE, REMOVE, REPLACE, INCLUDE = DIRECTIVES = (
    "append",
    "prepend",
    "after",
    "before",
    "remove",
    "replace",
    "include",
)
_WITH_TARGET = (AFTER, BEFORE, REPLACE)

#: records with a lower sequence are applied before the directives of manifests
DEFAULT_SEQUENCE = 16

_WILDCARD = re.compile(r"[*?\[]")


class AssetError(ValueError):
    """A bundle cannot be put together; the message names the bundle, the directive and the file."""


@contextlib.contextmanager
def left_out(problems: list[str] | None) -> Iterator[None]:
    """Context manager that notes an :class:`AssetError` of its block in a list; without a list it is raised."""
    try:
        yield
    except AssetError as error:
        if problems is None:
            raise
        problems.append(str(error))


class AssetFile(NamedTuple):
    """A member of a bundle.

    `path` is the full path on disk and `mtime` its modification time; both are ``None`` for what only has a URL.
    """

    url: str
    path: str | None
    bundle: str
    mtime: float | None

    @property
    def extension(self) -> str:
        """Extension of the file's name, without dot."""
        return self.url.partition("?")[0].rpartition(".")[2].lower()

    @property
    def content(self) -> str:
        """Text of the file; empty for what only has a URL."""
        if not self.path:
            return ""
        with open(self.path, encoding="utf-8") as file:
            return file.read()


def parse_command(command: Any) -> tuple[str, str | None, str]:
    """Return ``(directive, target, path)`` of an entry of a manifest's bundle.

    :param command: a path, ``(directive, path)``, or ``(directive, target, path)``
    :raise AssetError: when it has no such form
    """
    if isinstance(command, str):
        return APPEND, None, command
    if isinstance(command, (list, tuple)) and command and all(isinstance(part, str) for part in command):
        directive = command[0]
        if directive not in DIRECTIVES:
            raise AssetError(f"unknown directive {directive!r} in {command!r}{nearest(directive, DIRECTIVES)}")
        if directive in _WITH_TARGET and len(command) == 3:
            return directive, command[1], command[2]
        if directive not in _WITH_TARGET and len(command) == 2:
            return directive, None, command[1]
        wanted = "a target and a path" if directive in _WITH_TARGET else "one path"
        raise AssetError(f"directive {directive!r} takes {wanted}: {command!r}")
    raise AssetError(f"an entry of a bundle is a path or a tuple of strings, not {command!r}")


class BundleFiles:
    """The ordered files of a bundle, each at most once."""

    def __init__(self) -> None:
        self.files: list[AssetFile] = []
        self._urls: set[str] = set()

    def append(self, files: Iterable[AssetFile]) -> None:
        """Add those of `files` that are not there yet, at the end."""
        self.insert(files, len(self.files))

    def insert(self, files: Iterable[AssetFile], index: int) -> None:
        """Add those of `files` that are not there yet, at a position."""
        new = [file for file in dict.fromkeys(files) if file.url not in self._urls]
        self.files[index:index] = new
        self._urls.update(file.url for file in new)

    def remove(self, files: Iterable[AssetFile]) -> int:
        """Take out those of `files` that are there; return how many that were."""
        gone = {file.url for file in files} & self._urls
        self.files = [file for file in self.files if file.url not in gone]
        self._urls -= gone
        return len(gone)

    def index(self, url: str) -> int | None:
        """Return the position of a URL, or ``None``."""
        return next((index for index, file in enumerate(self.files) if file.url == url), None)


class BundleResolver:
    """Finds the files of bundles.

    :param addons: names of installed modules, those depended upon first
    :param get_manifest: function giving the manifest of a module
    :param get_records: function giving ``(sequence, directive, target, path)`` of the active records of a bundle,
        ordered by sequence
    """

    def __init__(
        self,
        addons: Iterable[str],
        get_manifest: Callable[[str], Mapping[str, Any]],
        get_records: Callable[[str], Iterable[tuple[int, str, str | None, str]]] = lambda bundle: (),
    ) -> None:
        self._addons = list(addons)
        self._installed = set(self._addons)
        self._get_manifest = get_manifest
        self._get_records = get_records
        #: directories of files -> where they are
        self._real_directories: dict[str, str] = {}

    def resolve(self, bundle: str) -> list[AssetFile]:
        """Return the list of :class:`AssetFile` of a bundle.

        :raise AssetError: when a directive cannot be applied
        """
        result = BundleFiles()
        self._fill(bundle, result, [])
        return result.files

    def _fill(self, bundle, result, including):
        if bundle in including:
            raise AssetError(f"bundles include each other in a circle: {' > '.join([*including, bundle])}")
        including = [*including, bundle]
        # what is prepended comes before this bundle, not before those that include it
        start = len(result.files)
        records = list(self._get_records(bundle))
        for record in records:
            if record[0] < DEFAULT_SEQUENCE:
                self._apply(record[1:], bundle, result, start, including, "an asset record")
        for addon in self._addons:
            for command in (self._get_manifest(addon).get("assets") or {}).get(bundle, ()):
                where = f"the manifest of module {addon!r}"
                try:
                    parsed = parse_command(command)
                except AssetError as error:
                    raise AssetError(f"bundle {bundle!r}, {where}: {error}") from error
                self._apply(parsed, bundle, result, start, including, where)
        for record in records:
            if record[0] >= DEFAULT_SEQUENCE:
                self._apply(record[1:], bundle, result, start, including, "an asset record")

    def _apply(self, command, bundle, result, start, including, where):
        directive, target, path = command
        if directive == INCLUDE:
            self._fill(path, result, including)
            return
        files = self.find(path, bundle)
        if directive == APPEND:
            result.append(files)
        elif directive == PREPEND:
            result.insert(files, start)
        elif directive == REMOVE:
            if not result.remove(files):
                self._not_found(path, bundle, result, directive, where)
        else:
            self._apply_at(directive, target, files, bundle, result, where)

    def _apply_at(self, directive, target, files, bundle, result, where):
        targets = self.find(target, bundle)
        position = result.index(targets[0].url) if targets else None
        if position is None:
            self._not_found(target, bundle, result, directive, where)
        if directive == REPLACE:
            result.insert(files, position)
            kept = {file.url for file in files}
            result.remove([file for file in targets if file.url not in kept])
        else:
            result.insert(files, position + (directive == AFTER))

    def _not_found(self, path: str, bundle: str, result: BundleFiles, directive: str, where: str) -> NoReturn:
        wanted = "/" + path.lstrip("/")
        raise AssetError(
            f"bundle {bundle!r}, {where}: cannot {directive} {path!r}, which is not in the bundle at that "
            f"point{nearest(wanted, [file.url for file in result.files])}"
        )

    def _real_path(self, path):
        """Return where a file is; its directory is looked at once."""
        if os.path.islink(path):
            return os.path.realpath(path)
        directory, name = os.path.split(path)
        if directory not in self._real_directories:
            self._real_directories[directory] = os.path.realpath(directory)
        return os.path.join(self._real_directories[directory], name)

    def find(self, path: str, bundle: str) -> list[AssetFile]:
        """Return the files that a path or glob of a directive stands for, sorted.

        :param str path: ``<module>/static/...``, with or without a leading slash, or any other URL
        :param str bundle: recorded in the files
        """
        if re.match(r"(https?:)?//", path):
            return [AssetFile(path, None, bundle, None)]
        addon, _slash, inner = path.lstrip("/").partition("/")
        root = get_module_path(addon, display_warning=False) if addon in self._installed else False
        if not root:
            if path.startswith("/") and not _WILDCARD.search(path):
                return [AssetFile(path, None, bundle, None)]
            _logger.warning("bundle %s: %r is in no installed module", bundle, path)
            return []
        static = os.path.join(os.path.realpath(root), "static", "")
        found = []
        for match in sorted(glob(os.path.join(glob_escape(root), inner), recursive=True)):
            if not self._real_path(match).startswith(static):
                _logger.warning("bundle %s: %r is not in the directory static of its module", bundle, path)
                break
            if match.rpartition(".")[2] in ASSET_EXTENSIONS and os.path.isfile(match):
                url = f"/{addon}/{os.path.relpath(match, root).replace(os.sep, '/')}"
                found.append(AssetFile(url, match, bundle, os.path.getmtime(match)))
        if not found:
            _logger.warning("bundle %s: no file matches %r", bundle, path)
        return found


def glob_escape(path: str) -> str:
    """Return `path` such that a glob takes it literally."""
    return re.sub(r"([*?\[])", r"[\1]", path)
