"""What commands do that work on one database which is there."""

import sys

from odoo.db import lifecycle
from odoo.service.server import load_server_wide_modules

from .preparation import configure, one_database, server_options, start_database_server


def prepare_database(options, prog):
    """Prepare the process for work on the database that the options name.

    :param argparse.Namespace options: parsed options, those of the server among them
    :param str prog: name of the command, for messages
    :return: the name of the database
    :raise SystemExit: there is no such database
    """
    configure(server_options(options, "db_name"), prog)
    start_database_server()
    name = one_database()
    if not lifecycle.exists(name):
        sys.exit(f"{prog}: there is no database {name!r}")
    load_server_wide_modules()
    return name
