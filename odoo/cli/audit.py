"""The command ``odoo-bin audit``."""

import argparse
import sys
from pathlib import Path

from odoo.modules.registry import Registry
from odoo.orm.environment import Environment
from odoo.orm.names import SUPERUSER_ID
from odoo.service import doors

from .command import Command
from .existing_database import prepare_database
from .preparation import add_server_options


class Audit(Command):
    """Print what each role can reach: routes, services, models and their methods."""

    def run(self, args):
        """Print it, or put it into a page between the marks."""
        parser = argparse.ArgumentParser(
            prog=self.prog, description=self.__doc__, allow_abbrev=False, conflict_handler="resolve"
        )
        add_server_options(parser, "db_name")
        parser.add_argument("-o", "--output", metavar="FILE", help="page to put it into, in the place of what it says")
        options = parser.parse_args(args)
        name = prepare_database(options, self.prog)
        with Registry(name).cursor() as cr:
            description = doors.describe(Environment(cr, SUPERUSER_ID, {}))
        if not options.output:
            sys.stdout.write(description)
            return
        page = Path(options.output)
        page.write_text(doors.replaced(page.read_text(encoding="utf-8"), description), encoding="utf-8")
