"""Jobs a second of the workers of a server, and the processor time that a job takes in them and in PostgreSQL.

    .venv/bin/python tests/load/measure_jobs.py [--jobs 3000] [--rounds 3] [--workers 2]

The database is made on the embedded PostgreSQL of a temporary directory, or in `--data-dir`, where it stays.
All jobs of a case are committed at once; the clock runs from the first one that begins to the last one that ends, both
by the clock of the database. The least of the rounds is told, as others may use the machine, and the best rate.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from server_process import ROOT

from odoo import sql_db
from odoo.db import embedded, lifecycle
from odoo.modules.registry import Registry
from odoo.orm.environment import SUPERUSER_ID, Environment
from odoo.tools import config

#: seconds until the jobs of a case have to be done
PATIENCE = 300
#: jobs that are made before anything is measured
WARM_UP = 200


def nothing(model, number):
    """A job that does nothing."""
    model.enqueue().invalidate_model()


def create(model, number):
    """A job that creates a record."""
    model.enqueue().create([{"name": f"Tag {number}"}])


def write(model, number):
    """A job that changes a record that no other one changes."""
    model.browse(model.env.context["ids"][number]).enqueue().write({"color": number % 10 + 1})


CASES = (nothing, write, create)


class Workers:
    """A server that runs jobs and does nothing else.

    :param str db: its database
    :param int number: how many processes run jobs
    :param list options: its other options
    """

    def __init__(self, db, number, options):
        command = [sys.executable, str(ROOT / "odoo-bin"), "-d", db, "--no-http", "--max-cron-threads=0"]
        self._process = subprocess.Popen([*command, f"--job-workers={number}", *options], cwd=ROOT)

    def times(self):
        """Return the processor seconds that the workers have used."""
        return sum(map(_times, psutil.Process(self._process.pid).children(recursive=True)))

    def stop(self):
        """End the server."""
        self._process.terminate()
        self._process.wait()


def _times(process):
    try:
        spent = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0
    return spent.user + spent.system + spent.children_user + spent.children_system


def database_times():
    """Return the processor seconds that the database server has used, for all but this process."""
    with contextlib.closing(sql_db.db_connect("postgres").cursor()) as cr:
        cr.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        [directory] = cr.fetchone()
        cr.execute("SELECT pid FROM pg_stat_activity WHERE application_name LIKE %s", [f"%-{os.getpid()}"])
        own = {pid for (pid,) in cr.fetchall()}
    server = psutil.Process(int((Path(directory) / "postmaster.pid").read_text().split()[0]))
    return _times(server) + sum(_times(child) for child in server.children(recursive=True) if child.pid not in own)


def run(registry, case, count, ids, workers):
    """Have jobs run; return milliseconds of processor time a job (making, workers, PostgreSQL), and their rate."""
    began = time.process_time()
    with registry.cursor() as cr:
        cr.execute("DELETE FROM ir_job")
        model = Environment(cr, SUPERUSER_ID, {"ids": ids})["res.partner.category"]
        for number in range(count):
            case(model, number)
        made = time.process_time() - began
        before = workers.times(), database_times()
    deadline, open_jobs = time.monotonic() + PATIENCE, True
    while open_jobs:
        if time.monotonic() > deadline:
            raise RuntimeError(f"after {PATIENCE} seconds jobs are left")
        time.sleep(0.2)
        with registry.cursor() as cr:
            cr.execute("SELECT 1 FROM ir_job WHERE state NOT IN ('done', 'failed') LIMIT 1")
            open_jobs = bool(cr.fetchall())
    spent = workers.times() - before[0], database_times() - before[1]
    with registry.cursor() as cr:
        cr.execute(
            "SELECT EXTRACT(EPOCH FROM max(date_done) - min(date_started)), count(*) FILTER (WHERE state <> 'done') "
            "FROM ir_job"
        )
        seconds, failed = cr.fetchone()
    if failed:
        raise RuntimeError(f"{failed} jobs failed")
    return made / count * 1000, spent[0] / count * 1000, spent[1] / count * 1000, count / float(seconds)


def measure(db, options):
    """Print the table."""
    registry = Registry(db)
    with registry.cursor() as cr:
        model = Environment(cr, SUPERUSER_ID, {})["res.partner.category"]
        ids = model.create([{"name": f"Changed {number}"} for number in range(options.jobs)]).ids
    arguments = [f"--data-dir={config['data_dir']}", "--log-level=warn"]
    workers = Workers(db, options.workers, arguments)
    try:
        for case in CASES:
            run(registry, case, WARM_UP, ids, workers)
        print("| job | jobs/s | CPU ms: workers | PostgreSQL | both | to make it |\n" + "| --- " * 6 + "|")
        for case in CASES:
            rounds = [run(registry, case, options.jobs, ids, workers) for _round in range(options.rounds)]
            made, python, database = (min(times) for times in list(zip(*rounds, strict=True))[:3])
            rate = max(row[3] for row in rounds)
            both = min(row[1] + row[2] for row in rounds)
            print(
                f"| {case.__name__} | {rate:.0f} | {python:.2f} | {database:.2f} | {both:.2f} | {made:.2f} |",
                flush=True,
            )
    finally:
        workers.stop()


def main():
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", default="load_jobs", help="database, made with base when it is missing")
    parser.add_argument("--data-dir", help="where the embedded PostgreSQL has it; a temporary directory by default")
    parser.add_argument("--jobs", type=int, default=3000, help="jobs of a round")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each case")
    parser.add_argument("--workers", type=int, default=2, help="processes that run jobs")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        data_dir = options.data_dir or stack.enter_context(tempfile.TemporaryDirectory(prefix="odoo-jobs-"))
        config.parse_config([f"--data-dir={data_dir}", f"--database={options.db}", "--log-level=warn"])
        stack.callback(embedded.release)
        stack.callback(sql_db.close_all)
        if embedded.is_wanted():
            embedded.acquire()
        if not lifecycle.exists(options.db):
            command = [sys.executable, str(ROOT / "odoo-bin"), "-d", options.db, "-i", "base", "--without-demo=all"]
            command += [f"--data-dir={data_dir}", "--log-level=warn", "--no-http", "--stop-after-init"]
            subprocess.run(command, check=True)
        measure(options.db, options)


if __name__ == "__main__":
    main()
