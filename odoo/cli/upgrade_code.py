"""The command ``odoo-bin upgrade_code``: rewrites the sources of addons for a newer version.

The scripts are in ``odoo/upgrade_code``, named ``{version}-{what}.py``, and run in the order of their names. Each has a
function ``upgrade(file_manager)``, which iterates over the files and assigns their ``content``. The command can be run
as a file, too, without the packages of the server: ``python odoo/cli/upgrade_code.py --addons-path ...``.
"""

import argparse
import importlib.util
import re
import sys
from functools import cached_property
from pathlib import Path

try:
    from odoo.tools import config

    from .command import Command
except ImportError:
    # run as a file
    config, Command = None, object

__all__ = ["FileAccessor", "FileManager", "UpgradeCode", "migrate"]

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "upgrade_code"
_SCRIPT_NAME = re.compile(r"(?P<version>\d+\.\d+)-.+\.py")
#: files that nobody wrote
_SKIPPED = frozenset(("__pycache__", "node_modules", ".git"))


class FileAccessor:
    """A file of an addon.

    :ivar path: its :class:`~pathlib.Path`
    :ivar addon: the directory of the addon that it is in
    """

    def __init__(self, path, addon):
        self.path = path
        self.addon = addon
        #: what the file is to contain, None while that is what it contains
        self._written = None

    @cached_property
    def _found(self):
        # line ends stay as they are
        with self.path.open(encoding="utf-8", newline="") as stream:
            try:
                return stream.read()
            except UnicodeDecodeError as error:
                raise ValueError(f"{self.path} is no text in UTF-8: {error}") from error

    @property
    def dirty(self):
        """Whether the file is to be rewritten."""
        return self._written is not None

    @property
    def content(self):
        """The text of the file with its line ends, read when it is asked for; assign it to rewrite the file.

        :raise ValueError: when the file is not in UTF-8
        """
        return self._written if self.dirty else self._found

    @content.setter
    def content(self, text):
        self._written = None if text == self._found else text


class FileManager:
    """The files that a script sees, sorted by their paths.

    :param addons_path: directories of addons
    :param str glob: which files, as a pattern below these directories
    """

    addons_path: list
    glob: str

    def __init__(self, addons_path, glob="**/*"):
        self.addons_path = [Path(path).resolve() for path in addons_path]
        self.glob = glob
        self._files = {
            str(path): FileAccessor(path, directory / path.relative_to(directory).parts[0])
            for directory in self.addons_path
            for path in sorted(directory.glob(glob))
            if path.is_file() and _SKIPPED.isdisjoint(path.parts)
        }

    def __iter__(self):
        return iter(self._files.values())

    def __len__(self):
        return len(self._files)

    def get_file(self, path):
        """Return the file of a path, None when it is not among those of the manager."""
        return self._files.get(str(path))

    def print_progress(self, current, total=None):
        """Show how far a script is, where somebody watches."""
        if sys.stdout.isatty():
            total = total or len(self) or 1
            print(f"\r{current / total:4.0%}", end="\n" if current >= total else "", flush=True)


def _load(path):
    """Return the module of a script.

    :raise ValueError: it has no function ``upgrade``
    """
    spec = importlib.util.spec_from_file_location(f"upgrade_code_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not hasattr(module, "upgrade"):
        raise ValueError(f"{path} has no function upgrade(file_manager)")
    return module


def _version(text):
    try:
        return tuple(int(part) for part in text.split("."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no version, such as 17.5") from None


def get_upgrade_code_scripts(from_version, to_version):
    """Return the paths of the scripts for the versions after one, up to and including another, in order.

    :param from_version, to_version: tuples of numbers
    """
    found = []
    for path in sorted(SCRIPTS.glob("*.py")):
        name = _SCRIPT_NAME.fullmatch(path.name)
        if name and from_version < _version(name["version"]) <= to_version:
            found.append(path)
    return found


def _script(text):
    """Return the path of a script that is given by its name, with or without ending, or by its path."""
    for path in (SCRIPTS / text, SCRIPTS / f"{text}.py", Path(text)):
        if path.is_file():
            return path
    raise argparse.ArgumentTypeError(f"there is no script {text!r}, not in {SCRIPTS} either")


def migrate(addons_path, glob="**/*", from_version=None, to_version=None, script=None, dry_run=False):
    """Run scripts on the files of addons and write what they changed; print the paths of these files.

    :param addons_path: directories of addons
    :param str glob: which files
    :param from_version, to_version: tuples of numbers: the scripts of the versions after the one, up to the other
    :param script: path of the only script to run
    :param bool dry_run: write nothing
    :return: whether any file changed
    """
    scripts = [script] if script else get_upgrade_code_scripts(from_version, to_version)
    manager = FileManager(addons_path, glob)
    # all scripts have run before anything is written: an error leaves the files as they are
    for path in scripts:
        _load(path).upgrade(manager)
    changed = [file for file in manager if file.dirty]
    for file in changed:
        print(file.path)
        if not dry_run:
            file.path.write_text(file.content, encoding="utf-8", newline="")
    return bool(changed)


def _parse(args, prog):
    parser = argparse.ArgumentParser(prog=prog, description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--script", type=_script, metavar="NAME", help="run this script")
    which.add_argument("--from", dest="from_version", type=_version, metavar="VERSION", help="run those after it")
    newest = (sys.maxsize,)
    parser.add_argument("--to", dest="to_version", type=_version, default=newest, metavar="VERSION", help="up to this")
    parser.add_argument("--glob", default="**/*", help="files to rewrite, all of the addons by default")
    parser.add_argument("--dry-run", action="store_true", help="list the files that would change, and change none")
    parser.add_argument("--addons-path", metavar="DIRS", help="directories of addons, comma separated")
    options = parser.parse_args(args)
    given = options.addons_path or (config["addons_path"] if config else "")
    if not given:
        parser.error("--addons-path is missing")
    options.addons_path = [path for path in given.split(",") if path]
    for path in options.addons_path:
        if not Path(path).is_dir():
            parser.error(f"--addons-path: {path} is not a directory")
    return options


def _run(args, prog):
    options = _parse(args, prog)
    changed = migrate(**vars(options))
    return int(changed and options.dry_run)


class UpgradeCode(Command):
    """Rewrite the sources of addons for a newer version."""

    name = "upgrade_code"

    def run(self, args):
        """Run the scripts; with ``--dry-run`` the status tells whether there is something to change."""
        return _run(args, self.prog)


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:], None))
