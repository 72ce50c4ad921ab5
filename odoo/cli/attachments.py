"""The command ``odoo-bin attachments``."""

import argparse
import sys

from odoo.modules.registry import Registry
from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID

from .command import Command
from .existing_database import prepare_database
from .preparation import add_server_options


class Attachments(Command):
    """Move the contents of attachments between the data directory, S3 and the database, or check them."""

    def run(self, args):
        """Do what the subcommand says."""
        options = self._parser().parse_args(args)
        name = prepare_database(options, self.prog)
        with Registry(name).cursor() as cr:
            try:
                bad = options.function(Environment(cr, SUPERUSER_ID, {})["ir.attachment"], options)
            except (OSError, RuntimeError) as error:
                sys.exit(f"{self.prog}: {error}")
        for fname in bad:
            print(f"missing or damaged: {fname}")
        return 1 if bad else 0

    def _parser(self):
        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__, allow_abbrev=False)
        commands = parser.add_subparsers(title="subcommands", required=True, metavar="COMMAND")

        def add(name, function, help):
            sub = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
            add_server_options(sub, "db_name")
            sub.set_defaults(function=function)
            return sub

        sub = add(
            "move", self._move, "move all contents to another place, while the server runs; to be stopped and resumed"
        )
        sub.add_argument("--to", required=True, choices=("file", "s3", "db"), help="where they are to be")
        sub.add_argument("--remove", action="store_true", help="delete the copies at the old place in the end")
        add("check", self._check, "read all files and compare them with their checksums")
        return parser

    def _move(self, attachments, options):
        return attachments._move_contents(options.to, self._report, remove=options.remove)

    def _check(self, attachments, options):
        return attachments._damaged_files(self._report)

    @staticmethod
    def _report(text):
        print(text, file=sys.stderr, flush=True)
