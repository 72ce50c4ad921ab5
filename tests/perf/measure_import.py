"""The import of a long list of contacts as the browser does it: part after part, tested first, stopped and resumed.

    .venv/bin/python tests/perf/measure_import.py [--rows 100000] [--limit 2000]

A server on the embedded PostgreSQL of a temporary directory is killed in the middle of a part, started again, and told
to go on where the last answer ended; then there has to be each contact once.
"""

import argparse
import contextlib
import csv
import io
import sys
import threading
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from json_caller import Caller
from server_process import own_server

COLUMNS = ("name", "email", "phone", "city", "country_id")
COUNTRIES = ("Belgium", "France", "Germany", "Spain", "Italy", "Portugal")
#: after which part, of all, the server is killed
KILLED_AFTER = 0.4


def contacts(count):
    """Return the text of the file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number in range(count):
        country = COUNTRIES[number % len(COUNTRIES)]
        phone, city = f"+32 475 {number:06}", f"Town {number % 500}"
        writer.writerow((f"Import {number:06}", f"import{number:06}@example.com", phone, city, country))
    return text.getvalue()


class Importing:
    """One import of a file.

    :param server: :class:`~server_process.ServerProcess`
    :param str text: the file
    :param int limit: rows of a part
    """

    def __init__(self, server, text, limit):
        self._server = server
        self.options = {
            "quoting": '"',
            "separator": ",",
            "encoding": "ascii",
            "has_headers": True,
            "float_thousand_separator": ",",
            "float_decimal_separator": ".",
            "date_format": "",
            "datetime_format": "",
            "sheet": "",
            "tracking_disable": True,
            "limit": limit,
            "name_create_enabled_fields": {},
            "import_set_empty_fields": [],
            "import_skip_records": [],
            "fallback_values": {},
        }
        self.connect()
        values = {"res_model": "res.partner", "file": text, "file_name": "contacts.csv", "file_type": "text/csv"}
        self.id = self.call("base_import.import", "create", values)

    def connect(self):
        """Log in, once more after the server was started again."""
        self.call = Caller(self._server, timeout=600).call

    def part(self, start, dryrun=False):
        """Import the part from a row on; return the row to go on with, 0 at the end.

        :raise RuntimeError: when rows are refused
        """
        options = {**self.options, "skip": start}
        arguments = [[self.id], list(COLUMNS), list(COLUMNS), options]
        result = self.call("base_import.import", "execute_import", *arguments, dryrun=dryrun)
        if result["ids"] is False:
            raise RuntimeError(f"rows from {start} on are refused: {result['messages'][:3]}")
        return result["nextrow"]

    def run(self, start=0, end=float("inf"), dryrun=False):
        """Import from a row on, until one is reached or all are done; return the row to go on with."""
        while True:
            start = self.part(start, dryrun)
            if not start or start >= end:
                return start


class Watch:
    """What a server uses: processor time, and the most memory.

    :param process: its id
    """

    def __init__(self, process):
        self._process = psutil.Process(process)
        self._stopped = threading.Event()
        self.most = self.memory()
        self._cpu, self._wall = self._spent(), time.perf_counter()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _all(self):
        return [self._process, *self._process.children(recursive=True)]

    def memory(self):
        """Return the megabytes of its largest process."""
        return max(process.memory_info().rss for process in self._all()) / 2**20

    def _spent(self):
        times = [process.cpu_times() for process in self._all()]
        return sum(spent.user + spent.system for spent in times)

    def _look(self):
        while not self._stopped.wait(0.1):
            with contextlib.suppress(psutil.NoSuchProcess, ValueError):
                self.most = max(self.most, self.memory())

    def stop(self, what, count):
        """Print the row for as many rows of the file."""
        self._stopped.set()
        self._thread.join()
        wall, cpu = time.perf_counter() - self._wall, self._spent() - self._cpu
        a_row = f"{wall / count * 1000:.2f} ms | {cpu / count * 1000:.2f} ms"
        print(f"| {what} | {wall:.1f} s | {a_row} | {self.most:.0f} MB |", flush=True)


def interrupt(server, importing, start):
    """Kill a server in the middle of a part, and start it again."""
    asked = threading.Thread(target=lambda: _until_killed(importing, start))
    asked.start()
    time.sleep(1)
    server.kill()
    asked.join()
    server.start()
    importing.connect()


def _until_killed(importing, start):
    with contextlib.suppress(OSError):
        importing.part(start)


def measure(server, options):
    """Print the table, and check that each contact is there once.

    :raise RuntimeError: otherwise
    """
    text = contacts(options.rows)
    importing = Importing(server, text, options.limit)
    print("| | time | a row | a row, processor of the server | memory |\n" + "| --- " * 5 + "|")
    watch = Watch(server.process.pid)
    importing.run(dryrun=True)
    watch.stop("test", options.rows)
    watch = Watch(server.process.pid)
    start = importing.run(end=options.rows * KILLED_AFTER)
    watch.stop(f"import, the first {start:,}", start)
    interrupt(server, importing, start)
    watch = Watch(server.process.pid)
    importing.run(start)
    watch.stop("import, the rest", options.rows - start)
    found = server.query("SELECT count(*), count(DISTINCT name) FROM res_partner WHERE name LIKE 'Import %%'")
    if found != [(options.rows, options.rows)]:
        raise RuntimeError(f"there are {found} contacts")


def main():
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the file")
    parser.add_argument("--limit", type=int, default=2000, help="rows of a part, as many as the browser sends for")
    parser.add_argument("--modules", default="base_import", help="what is installed")
    parser.add_argument("server", nargs="*", help="options of the server")
    options = parser.parse_args()
    with own_server("perf_import", options.modules, options=["--without-demo=all", *options.server]) as server:
        measure(server, options)


if __name__ == "__main__":
    main()
