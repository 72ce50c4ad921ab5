"""The command ``odoo-bin scaffold``."""

import argparse
import re
import sys
from pathlib import Path
from string import Template

from .command import Command

_TEMPLATE = Path(__file__).parent / "templates" / "addon"
#: ending of the template files, so that no tool takes them for code
_SUFFIX = ".tmpl"


class Scaffold(Command):
    """Write a new addon that can be installed at once."""

    def run(self, args):
        """Write the addon's files."""
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__)
        parser.add_argument("name", help="what the addon is about, e.g. 'Library Books'")
        parser.add_argument("dest", nargs="?", default=".", help="directory in which it is made")
        options = parser.parse_args(args)
        module = technical_name(options.name)
        if not module:
            parser.error(f"{options.name!r} contains no letter to make a technical name of")
        target = Path(options.dest) / module
        if target.exists():
            sys.exit(f"{self.prog}: {target} already exists")
        write_addon(target, module, options.name)
        print(f"Wrote {target}. Install it: odoo-bin --addons-path={Path(options.dest).resolve()} -d DB -i {module}")


def technical_name(text):
    """Return the name of a Python package for a title: ``Library Books`` -> ``library_books``.

    :param str text: the title
    """
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text)
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_").lstrip("0123456789_")


def write_addon(target, module, title):
    """Write the files of an addon.

    :param Path target: its directory, which must not exist
    :param str module: its technical name
    :param str title: its title
    """
    if title == module:
        title = module.replace("_", " ").title()
    values = {
        "module": module,
        "title": title,
        "model": f"{module}.item",
        "model_xmlid": f"{module}_item",
        "class_name": "".join(word.capitalize() for word in module.split("_")) + "Item",
    }
    for source in sorted(_TEMPLATE.rglob(f"*{_SUFFIX}")):
        path = target / str(source.relative_to(_TEMPLATE)).removesuffix(_SUFFIX)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(source.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
