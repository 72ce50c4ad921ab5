"""Run the ORM measurements on a fresh database and print them as a Markdown table.

    python tests/bench_table.py DIRECTORY [RUNS]

DIRECTORY has ``orm.py``, a script for the server's shell that prints one JSON object a case (``case``, ``ratio``,
``units``), and ``addons/bench_orm``, the models it works on. With several RUNS the best of each case is printed, each
run on a database of its own.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: what each case is to reach: as a ratio to hand-written SQL, or in units of the script's calibration job
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


def run(directory: Path, data_dir: str, database: str) -> dict:
    """Return ``{case: result}`` of one run on a database of its own."""
    options = [
        "--data-dir",
        data_dir,
        f"--addons-path={ROOT / 'addons'},{directory / 'addons'}",
        "--no-http",
        "--log-level=warn",
        "-d",
        database,
    ]
    server = [sys.executable, str(ROOT / "odoo-bin")]
    subprocess.run([*server, *options, "-i", "bench_orm", "--stop-after-init"], check=True, cwd=ROOT)
    with (directory / "orm.py").open() as script:
        shell = subprocess.run([*server, "shell", *options], stdin=script, stdout=subprocess.PIPE, check=True, cwd=ROOT)
    results = map(json.loads, filter(None, shell.stdout.decode().splitlines()))
    return {result["case"]: result for result in results}


def table(results: list) -> str:
    """Return the Markdown of the best of several runs."""
    rows = [
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{date.today():%d %B %Y}, best of {len(results)}",
        "",
    ]
    for kind, reaches in (("ratio", RATIOS), ("units", UNITS)):
        rows += [f"| case | {kind} | reach |", "| --- | --- | --- |"]
        for case, reach in reaches.items():
            best = min(result[case][kind] for result in results)
            mark = "" if best <= reach else " (missed)"
            rows.append(f"| {case} | {best:.2f}{mark} | {reach} |")
        rows.append("")
    memory = min(result["rss_mb"]["value"] for result in results)
    rows.append(f"Peak memory of the run: {memory} MB (reach: {MEMORY}).")
    return "\n".join(rows)


def main():
    """Measure and print."""
    directory = Path(sys.argv[1]).resolve()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as data_dir:
        results = [run(directory, data_dir, f"bench_{index}") for index in range(runs)]
    print(table(results))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
