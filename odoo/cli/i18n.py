"""The command ``odoo-bin i18n``."""

import argparse
import csv
import io
import os
import sys
from pathlib import Path

from odoo.i18n.formats import get_iso_codes
from odoo.modules.module import get_module_path
from odoo.modules.registry import Registry
from odoo.modules.translations import TranslationImporter, load_language, trans_export
from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID
from odoo.tools.suggestions import nearest

from .command import Command
from .existing_database import prepare_database
from .preparation import add_server_options

#: stands for the terms without translations in a list of languages
_TEMPLATE = "pot"
#: what can be exported -> what the exporter calls it
_FORMATS = {"po": "po", "pot": "po", "csv": "csv", "tgz": "tgz"}


class I18n(Command):
    """Export and import translations of modules, and add languages."""

    def run(self, args):
        """Do what the subcommand says."""
        options = self._parser().parse_args(args)
        name = prepare_database(options, self.prog)
        with Registry(name).cursor() as cr:
            return options.function(Environment(cr, SUPERUSER_ID, {}), options)

    def _parser(self):
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__, allow_abbrev=False)
        commands = parser.add_subparsers(title="subcommands", required=True, metavar="COMMAND")

        def add(name, function, help):
            # the command's own options win over those of the server that are called the same
            sub = commands.add_parser(name, help=help, description=help, allow_abbrev=False, conflict_handler="resolve")
            add_server_options(sub, "db_name")
            sub.set_defaults(function=function)
            return sub

        sub = add("export", self._export, "write the terms of modules to files")
        sub.add_argument(
            "-l",
            "--languages",
            nargs="+",
            default=[_TEMPLATE],
            metavar="CODE",
            help=f"languages whose translations to write; {_TEMPLATE} (the default) is the file without any",
        )
        sub.add_argument(
            "-o",
            "--output",
            metavar="FILE",
            help="one file for all modules: po, pot, csv or tgz; - for standard output. "
            "By default each module gets its own, in its directory i18n",
        )
        sub.add_argument("modules", nargs="+", metavar="MODULE", help="names of installed modules")
        sub = add("import", self._import, "read translations from files")
        sub.add_argument("-l", "--language", required=True, metavar="CODE", help="language of the files")
        sub.add_argument("-w", "--overwrite", action="store_true", help="replace existing translations")
        sub.add_argument("files", nargs="+", metavar="FILE", help="po or csv files")
        sub = add("loadlang", self._load_languages, "add languages and their translations of the modules")
        sub.add_argument("-l", "--languages", nargs="+", required=True, metavar="CODE", help="their codes")
        return parser

    def _export(self, env, options):
        self._check_modules(env, options.modules)
        codes = [None if code == _TEMPLATE else self._active_language(env, code) for code in options.languages]
        if options.output:
            if len(codes) > 1:
                sys.exit(f"{self.prog}: one file holds one language, not {' and '.join(options.languages)}")
            self._write(env, options.modules, codes[0], options.output)
            return
        for module in options.modules:
            directory = Path(get_module_path(module)) / "i18n"
            directory.mkdir(exist_ok=True)
            for code in codes:
                name = f"{get_iso_codes(code)}.po" if code else f"{module}.pot"
                self._write(env, [module], code, str(directory / name))

    def _write(self, env, modules, code, path):
        extension = "po" if path == "-" else os.path.splitext(path)[1].removeprefix(".")
        if extension not in _FORMATS:
            sys.exit(f"{self.prog}: {path}: what is exported is one of {', '.join(_FORMATS)}")
        # a file that is there stays as it is when the export fails
        content = io.BytesIO()
        trans_export(code, modules, content, _FORMATS[extension], env.cr)
        if path == "-":
            sys.stdout.buffer.write(content.getvalue())
            return
        with open(path, "wb") as file:
            file.write(content.getvalue())
        print(path)

    def _import(self, env, options):
        code = self._active_language(env, options.language)
        importer = TranslationImporter(env.cr)
        for path in options.files:
            extension = os.path.splitext(path)[1].removeprefix(".").lower()
            try:
                with open(path, "rb") as stream:
                    importer.load(stream, extension, code)
            except (OSError, ValueError, csv.Error) as error:
                sys.exit(f"{self.prog}: {path}: {error}")
        importer.save(overwrite=options.overwrite)

    def _load_languages(self, env, options):
        known = set(env["res.lang"].with_context(active_test=False).search([]).mapped("code"))
        for code in options.languages:
            if code not in known:
                sys.exit(f"{self.prog}: there is no language {code!r}{nearest(code, known)}")
        for code in options.languages:
            load_language(env.cr, code)

    def _check_modules(self, env, names):
        installed = set(env["ir.module.module"].search([("state", "=", "installed")]).mapped("name"))
        for name in names:
            if name not in installed:
                sys.exit(f"{self.prog}: module {name!r} is not installed{nearest(name, installed)}")

    def _active_language(self, env, code):
        active = [known for known, _name in env["res.lang"].get_installed()]
        if code not in active:
            sys.exit(
                f"{self.prog}: language {code!r} is not active{nearest(code, active)}; "
                f"`{self.prog} loadlang -l {code}` adds it"
            )
        return code
