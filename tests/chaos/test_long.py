"""Faults that take minutes, or the whole database server: only for ``make chaos``."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from databases import execute
from server_process import ROOT

from chaos.arena import LONG, Load, Outcome
from chaos.disks import small_disk
from chaos.work import FILES, ORDERS, Files, call, log_in
from odoo import sql_db
from odoo.db import embedded, lifecycle
from odoo.tools import config

pytestmark = LONG

FAKETIME = [*Path("/usr/lib").glob("*/faketime/libfaketime.so.1")]


def test_everything_is_killed(under_load, report):
    server, began = under_load.server, time.monotonic()
    server.kill()
    server.start()
    report("kill -9 of all processes, and a start", ORDERS, under_load.outcome(under_load.recover(began)))


def test_the_master_is_killed(under_load, report):
    """Those that it leaves behind end, and give its port to the next one."""
    server, began = under_load.server, time.monotonic()
    server.kill_master()
    server.start_when_free()
    report("kill -9 of the master, and a start", ORDERS, under_load.outcome(under_load.recover(began)))


@pytest.fixture
def lasting_commits():
    """Have the database server write a commit before it answers, which it need not in other tests."""
    execute("ALTER SYSTEM SET synchronous_commit = on", "SELECT pg_reload_conf()")
    yield
    execute("ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")


def test_the_database_server_is_killed(lasting_commits, under_load, report):
    began = time.monotonic()
    pid_file = (Path(config["data_dir"]) / "postgres").resolve() / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    sql_db.close_all()
    time.sleep(0.5)
    deadline = began + 30
    while True:
        try:
            embedded.acquire().start_again()
            break
        except embedded.EmbeddedError:
            # its children have to be gone first
            assert time.monotonic() < deadline
            time.sleep(0.2)
    report("kill -9 of the postmaster, and a start", ORDERS, under_load.outcome(under_load.recover(began)))


def test_the_disk_of_the_database_is_full(another_server, chaos_server, report):
    [(size,)] = chaos_server.query("SELECT pg_database_size(current_database())")
    with small_disk(size + (24 << 20), owner=embedded.acquire().account.uid) as disk:
        sql_db.close_all()
        execute(f"CREATE TABLESPACE tiny LOCATION '{disk.path}'")
        execute(f'ALTER DATABASE "{chaos_server.db}" SET TABLESPACE tiny')
        try:
            server = another_server()
            with Load(server) as load:
                disk.fill()
                load.wait_for_failures(20)
                began = time.monotonic()
                disk.free()
                report("disk of the database full", ORDERS, load.outcome(load.recover(began)))
            server.stop()
        finally:
            sql_db.close_all()
            execute(f'ALTER DATABASE "{chaos_server.db}" SET TABLESPACE pg_default', "DROP TABLESPACE tiny")


def test_the_disk_of_files_and_sessions_is_full(another_server, chaos_server, report):
    files = Path(config.filestore(chaos_server.db))
    size = sum(path.stat().st_size + 4096 for path in files.rglob("*"))
    with small_disk(size + (72 << 20)) as disk:
        shutil.copytree(files, disk.path / "filestore" / chaos_server.db)
        server = another_server(directory=disk.path)
        reader = log_in(server)
        # the load takes what is left
        disk.fill(8 << 20)
        with Load(server, kind=Files) as load:
            load.wait_for_failures(12)
            # who is logged in goes on reading
            assert call(server, reader, "res.partner", "search_count", [])
            began = time.monotonic()
            disk.free()
            recovered = load.recover(began)
        log_in(server)
        outcome = load.outcome(recovered)
        server.query("DELETE FROM ir_attachment WHERE name LIKE 'chaos %%' RETURNING id")
        server.stop()
    report("disk of files and sessions full", FILES, outcome)


def test_more_is_asked_for_than_there_are_connections(another_server, report):
    server = another_server("--db_maxconn=2", "--threads=12")
    with Load(server, callers=16) as load:
        time.sleep(8)
        began = time.monotonic()
    with Load(server, callers=1) as after:
        after.take_over(load)
        report("two connections for twelve threads", "16 callers", after.outcome(after.recover(began)))


@pytest.mark.skipif(not FAKETIME, reason="there is no libfaketime: apt-get install faketime")
def test_the_clock_jumps(another_server, report, tmp_path):
    offset = tmp_path / "offset"
    offset.write_text("+0\n")
    server = another_server(
        environment={
            "LD_PRELOAD": str(FAKETIME[0]),
            "FAKETIME_TIMESTAMP_FILE": str(offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
    )
    with Load(server) as load:
        began = time.monotonic()
        for jump in ("+3h", "-3h", "+0"):
            offset.write_text(f"{jump}\n")
            recovered = load.recover(began)
        report("the clock jumps three hours on, six back, three on", ORDERS, load.outcome(recovered))


def test_an_upgrade_is_killed(another_server, chaos_server, report, server_options, data_dir):
    command = [sys.executable, str(ROOT / "odoo-bin"), "-d", chaos_server.db, "-u", "sale", "--stop-after-init"]
    command += [*server_options, f"--data-dir={data_dir}", "--no-http"]
    for seconds in (3, 6, 9):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
        process.wait()
    began = time.monotonic()
    server = another_server()
    with Load(server) as load:
        recovered = load.recover(began)
        report("kill -9 of an upgrade, three times, and a start", ORDERS, load.outcome(recovered))
    server.stop()
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert chaos_server.query("SELECT count(*) FROM ir_module_module WHERE state LIKE 'to %%'") == [(0,)]


def test_broken_archives_are_restored(chaos_server, report, tmp_path):
    whole = tmp_path / "whole.zip"
    with whole.open("wb") as stream:
        lifecycle.dump(chaos_server.db, stream)
    content = whole.read_bytes()
    before = set(lifecycle.list_databases())
    broken = [content[: len(content) * part // 8] for part in range(8)]
    for place in (len(content) // 3, len(content) // 2, len(content) - 30):
        broken.append(
            content[:place] + bytes(255 - byte for byte in content[place : place + 20]) + content[place + 20 :]
        )
    refused = 0
    for number, archive in enumerate(broken):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(archive)
        try:
            lifecycle.restore("chaos_restored", str(path))
        except Exception:
            refused += 1
        else:
            lifecycle.drop("chaos_restored")
    half = len(set(lifecycle.list_databases()) - before)
    assert refused >= len(broken) - 1
    report("broken archives are restored", f"{len(broken)} archives", Outcome(len(broken), refused, 0, half, 0))
