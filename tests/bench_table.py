"""Run the measurements, each script on a fresh database, and print them as Markdown tables.

    python tests/bench_table.py [DIRECTORY [RUNS]]

The project's own cases are in ``tests/bench``; those of DIRECTORY are added. Such a directory has scripts for the
server's shell that print one JSON object a case, and ``addons`` with the models they work on. A script begins with a
line ``# addons: name, name`` of what it needs, or is called ``orm.py`` and needs all of them.

A case has ``kind``, ``value`` and ``reach``, the value that it should not be above; ``over`` names another case whose
value is subtracted. Of other cases, ``ratio`` and ``units`` are printed beside what is to be reached here. With several
RUNS of DIRECTORY the best of each case is printed.
"""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "bench"
BASE = "bench_base"

#: what cases of other directories are to reach: as a ratio to hand-written SQL, or in units of their calibration job
RATIOS = {
    "create_batch": 1.2,
    "create_single": 1.8,
    "search_ids": 1.3,
    "search_read": 1.3,
    "search_read_page": 1.6,
    "loop_cold": 2.5,
    "write_same": 1.2,
    "write_each": 1.3,
    "orders_create": 1.8,
    "read_group": 1.2,
}
UNITS = {
    "loop_warm": 1.8,
    "filtered_domain": 1.8,
    "sorted_key": 0.5,
    "mapped_dotted": 0.1,
    "compute_nonstored": 5,
    "recompute_lines": 13,
    "button_confirm": 1.3,
    "m2m_set": 3.5,
    "name_search": 2,
    "export": 1.5,
    "copy": 1.1,
    "unlink": 0.5,
}
MEMORY = 120


class Server:
    """The commands of the server, on the databases in ``data_dir`` and with the addons of ``directory``."""

    def __init__(self, data_dir: str, directory: Path):
        self.data_dir, self.directory = data_dir, directory

    def command(self, *parts: str) -> list:
        """Return the command line of a subcommand."""
        paths = f"{ROOT / 'addons'},{self.directory / 'addons'}"
        options = ["--data-dir", self.data_dir, "--log-level=error", f"--addons-path={paths}"]
        return [sys.executable, str(ROOT / "odoo-bin"), *parts, *options]

    def install(self, database: str, addons: str):
        """Install addons in a database, which is made when there is none."""
        command = [*self.command(), "--no-http", "-d", database, "-i", addons, "--stop-after-init"]
        subprocess.run(command, check=True, cwd=ROOT)

    def duplicate(self, database: str):
        """Make a database as a copy of the one with base."""
        subprocess.run([*self.command("db"), "duplicate", BASE, database], check=True, cwd=ROOT)

    def run(self, script: Path, database: str) -> dict:
        """Return the cases that a script prints: ``{name: result}``."""
        command = [*self.command("shell"), "--no-http", "-d", database]
        with script.open() as source:
            shell = subprocess.run(command, stdin=source, stdout=subprocess.PIPE, check=True, cwd=ROOT)
        results = map(json.loads, filter(None, shell.stdout.decode().splitlines()))
        return {result["case"]: result for result in results}


def scripts_of(directory: Path) -> dict:
    """Return ``{script: names of the addons that it needs, separated by commas}`` of a directory."""
    scripts = {}
    for path in sorted(directory.glob("*.py")):
        if named := re.match(r"# addons: (.+)", path.read_text()):
            scripts[path] = named[1].replace(" ", "")
        elif path.name == "orm.py":
            scripts[path] = ",".join(addon.name for addon in directory.glob("addons/*"))
    return scripts


def run(directory: Path, data_dir: str, number: int) -> dict:
    """Return ``{case: result}`` of a run of all scripts of a directory, each on a database of its own."""
    server = Server(data_dir, directory)
    results = {}
    for script, addons in scripts_of(directory).items():
        database = f"bench_{script.stem}_{number}"
        server.duplicate(database)
        server.install(database, addons)
        results.update(server.run(script, database))
    return results


def own_tables(results: dict) -> list:
    """Return the Markdown lines of the cases that tell what they are to reach."""
    lines: list = []
    kind = None
    cases = [(case, result) for case, result in results.items() if "kind" in result]
    for case, result in sorted(cases, key=lambda item: item[1]["kind"]):
        if kind != result["kind"]:
            kind = result["kind"]
            lines += ["", f"| case | {kind} | reach |", "| --- | --- | --- |"]
        value = result["value"] - (results[result["over"]]["value"] if "over" in result else 0)
        mark = "" if value <= result["reach"] else " (missed)"
        lines.append(f"| {case} | {value:.3g}{mark} | {result['reach']} |")
    return lines


def tables(results: list) -> list:
    """Return the Markdown lines of the best of several runs, of the cases that are named here."""
    lines = ["", f"Best of {len(results)}:"]
    for kind, reaches in (("ratio", RATIOS), ("units", UNITS)):
        lines += ["", f"| case | {kind} | reach |", "| --- | --- | --- |"]
        for case, reach in reaches.items():
            best = min(result[case][kind] for result in results)
            mark = "" if best <= reach else " (missed)"
            lines.append(f"| {case} | {best:.2f}{mark} | {reach} |")
    memory = min(result["rss_mb"]["value"] for result in results)
    return [*lines, "", f"Peak memory of the run: {memory} MB (reach: {MEMORY})."]


def main():
    """Measure and print."""
    directory = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    python = platform.python_version()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {python}, {date.today():%d %B %Y}", flush=True)
    with tempfile.TemporaryDirectory() as data_dir:
        Server(data_dir, OWN).install(BASE, "base")
        print("\n".join(own_tables(run(OWN, data_dir, 0))), flush=True)
        if directory:
            print("\n".join(tables([run(directory, data_dir, number) for number in range(1, runs + 1)])))


if __name__ == "__main__":
    main()
