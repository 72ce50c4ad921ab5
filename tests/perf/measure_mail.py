"""What a message costs, on documents that people follow: statements, and processor time of Python and of PostgreSQL.

    .venv/bin/python tests/perf/measure_mail.py [--messages 10000] [--documents 1000] [--profile]

The database is made on the embedded PostgreSQL of a temporary directory, or in `--data-dir`, where it stays. Each
message is posted in a transaction of its own, as a request does it, to the documents in turn; three people have it in
their inbox, three from outside get an e-mail. The e-mails stay in the queue, and a thousand of them are sent at the end
to a mail server that takes them.
"""

import argparse
import contextlib
import cProfile
import multiprocessing
import os
import pstats
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from markupsafe import Markup

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from mail_host import MailServer
from server_process import ROOT

from odoo import sql_db
from odoo.db import embedded, lifecycle
from odoo.modules.registry import Registry
from odoo.orm.environment import SUPERUSER_ID, Environment
from odoo.tools import config

#: users with an inbox and people from outside, and how many of each follow a document
USERS, OUTSIDE, FOLLOWING = 20, 200, 3
#: messages that are posted before anything is measured, and those of a row of the table
WARM_UP, PORTION = 30, 1000
BODY = Markup(
    "<p>The crates for <b>number %s</b> left this morning.</p><p>They are due on Friday; please have a fork lift.</p>"
)


class Clock:
    """What was used since it was made: statements of the registry's cursors, seconds of Python and of PostgreSQL."""

    def __init__(self, registry):
        self._registry = registry
        self.statements = 0
        self._python, self._database, self._wall = time.process_time(), self._backends(), time.perf_counter()

    def _backends(self):
        """Return the processor seconds of the database's processes that work for this one."""
        with self._registry.cursor() as cr:
            cr.execute("SELECT pid FROM pg_stat_activity WHERE application_name LIKE %s", [f"%-{os.getpid()}"])
            times = [psutil.Process(pid).cpu_times() for (pid,) in cr.fetchall()]
        return sum(spent.user + spent.system for spent in times)

    def row(self, count):
        """Return statements, and milliseconds of Python, PostgreSQL and the clock, for one of ``count``."""
        python, wall = time.process_time() - self._python, time.perf_counter() - self._wall
        database = self._backends() - self._database
        return self.statements / count, *(seconds * 1000 / count for seconds in (python, database, wall))


def prepare(registry, count):
    """Make the people, and documents that they follow; return the ids of the one who writes and of the documents."""
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "no_reset_password": True})
        inside = env["res.users"].create(
            [
                {
                    "name": f"Colleague {number}",
                    "login": f"colleague{number}",
                    "email": f"colleague{number}@house.example.com",
                    "notification_type": "inbox",
                    "groups_id": [(6, 0, [env.ref("base.group_user").id, env.ref("base.group_partner_manager").id])],
                }
                for number in range(USERS + 1)
            ]
        )
        outside = env["res.partner"].create(
            [{"name": f"Client {number}", "email": f"client{number}@example.com"} for number in range(OUTSIDE)]
        )
        documents = env["res.partner"].create([{"name": f"Freight {number}"} for number in range(count)])
        for number, document in enumerate(documents):
            chosen = [inside[1 + (number + step) % USERS].partner_id.id for step in range(FOLLOWING)]
            chosen += [outside[(number + step) % OUTSIDE].id for step in range(FOLLOWING)]
            document.message_subscribe(chosen)
        return inside[0].id, documents.ids


def post(registry, user_id, document_id, number):
    """Post a message in a transaction; return how many statements that took."""
    with registry.cursor() as cr:
        document = Environment(cr, user_id, {"mail_notify_force_send": False})["res.partner"].browse(document_id)
        document.message_post(body=BODY % number, message_type="comment", subtype_xmlid="mail.mt_comment")
        cr.commit()
        return cr.sql_log_count


def send(registry, count):
    """Send e-mails of the queue; return the row of the table for one of them."""
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        mails = env["mail.mail"].search([("state", "=", "outgoing")], order="id", limit=count)
        clock = Clock(registry)
        before = cr.sql_log_count
        mails.send(auto_commit=True)
        clock.statements = cr.sql_log_count - before
        return clock.row(len(mails))


def check(registry, count):
    """Check that nobody was left out.

    :raise RuntimeError: otherwise
    """
    with registry.cursor() as cr:
        cr.execute(
            """SELECT count(*) FILTER (WHERE notification_type = 'inbox'),
                      count(*) FILTER (WHERE notification_type = 'email') FROM mail_notification"""
        )
        found = cr.fetchone()
        cr.execute("SELECT count(*) FROM bus_bus WHERE message LIKE '%%mail.message/inbox%%'")
        found += cr.fetchone()
    if found != (count * FOLLOWING,) * 3:
        raise RuntimeError(f"{count} messages came to {found} inboxes, people by e-mail, and browsers")


def measure(registry, options):
    """Print the table."""
    user_id, documents = prepare(registry, options.documents)
    numbers = iter(range(WARM_UP + options.messages))

    def portion(count):
        clock = Clock(registry)
        for number in (next(numbers) for _turn in range(count)):
            clock.statements += post(registry, user_id, documents[number % len(documents)], number)
        return clock.row(count)

    portion(WARM_UP)
    print("| | statements | Python, ms | PostgreSQL, ms | by the clock, ms |\n" + "| --- " * 5 + "|")
    profile = cProfile.Profile() if options.profile else None
    first = last = None
    for start in range(0, options.messages, PORTION):
        if profile:
            profile.enable()
        last = portion(min(PORTION, options.messages - start))
        if profile:
            profile.disable()
        first = first or last
        tell(f"messages {start + 1:,} to {min(start + PORTION, options.messages):,}", last)
    tell("the last ones over the first", [late / early for late, early in zip(last, first, strict=True)])
    check(registry, WARM_UP + options.messages)
    tell("an e-mail that is sent to three", send(registry, PORTION))
    if profile:
        pstats.Stats(profile).sort_stats(options.profile).print_stats(60)


def tell(what, row):
    """Print a row."""
    print(f"| {what} | {' | '.join(f'{figure:.2f}' for figure in row)} |", flush=True)


def main():
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", help="where the embedded PostgreSQL has the database, which has to be new")
    parser.add_argument("--db", default="perf_mail", help="its name")
    parser.add_argument("--modules", default="mail", help="what is installed")
    parser.add_argument("--messages", type=int, default=10_000, help="how many are posted")
    parser.add_argument("--documents", type=int, default=1000, help="on how many documents")
    parser.add_argument("--profile", nargs="?", const="tottime", help="say where the time goes, in which order")
    options = parser.parse_args()
    mail_server = MailServer()
    taking = multiprocessing.get_context("fork").Process(target=mail_server.serve_forever, daemon=True)
    taking.start()
    with contextlib.ExitStack() as stack:
        stack.callback(taking.terminate)
        data_dir = options.data_dir or stack.enter_context(tempfile.TemporaryDirectory(prefix="odoo-mail-"))
        arguments = [f"--data-dir={data_dir}", "--log-level=warn"]
        smtp = ["--smtp=127.0.0.1", f"--smtp-port={mail_server.port}"]
        config.parse_config([*arguments, *smtp, f"--database={options.db}"])
        stack.callback(embedded.release)
        stack.callback(sql_db.close_all)
        if embedded.is_wanted():
            embedded.acquire()
        if lifecycle.exists(options.db):
            parser.error(f"the database {options.db} is there already")
        command = [sys.executable, str(ROOT / "odoo-bin"), "-d", options.db, "-i", options.modules, *arguments]
        subprocess.run([*command, "--without-demo=all", "--no-http", "--stop-after-init"], check=True)
        measure(Registry(options.db), options)


if __name__ == "__main__":
    main()
