"""The embedded PostgreSQL server: long paths, sharing between processes, stop and restart."""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from odoo.db import embedded
from odoo.db.embedded import EmbeddedServer
from odoo.db.postmaster import Postmaster
from odoo.db.system_account import Account
from odoo.service.database_watch import STEADY, DatabaseWatch, watched
from odoo.tools import config

ROOT = Path(__file__).resolve().parents[2]
_USER = """
import sys
from pathlib import Path
from odoo.db.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.acquire()
print(server.socket_dir, flush=True)
sys.stdin.read()
server.release()
"""


@pytest.fixture(scope="module")
def location():
    """A place for a cluster whose path is too long for a socket."""
    base = Path(tempfile.mkdtemp(prefix="embedded-"))
    base.chmod(0o755)
    path = base / ("long" * 30) / "postgres"
    yield path
    if path.exists():
        shutil.rmtree(path.resolve())
    shutil.rmtree(base)


def connect(socket_dir):
    return psycopg2.connect(host=str(socket_dir), user=embedded.SUPERUSER, dbname="postgres")


def test_start_share_stop_restart(location):
    first = EmbeddedServer(location)
    first.acquire()
    assert len(str(first.socket_dir / ".s.PGSQL.5432")) <= 107
    connection = connect(first.socket_dir)
    connection.autocommit = True
    connection.cursor().execute("CREATE TABLE kept (id int)")
    connection.close()

    other = subprocess.Popen(
        [sys.executable, "-c", _USER, str(location)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert other.stdout.readline().strip() == str(first.socket_dir)
    first.release()
    connect(first.socket_dir).close()  # the other process still uses it
    other.communicate("")
    assert other.returncode == 0
    with pytest.raises(psycopg2.OperationalError):
        connect(first.socket_dir)

    again = EmbeddedServer(location)
    again.acquire()
    try:
        connection = connect(again.socket_dir)
        cursor = connection.cursor()
        cursor.execute("SELECT to_regclass('kept') IS NOT NULL")
        assert cursor.fetchone() == (True,)
        connection.close()
    finally:
        again.release()


def test_killed_user_does_not_block(location):
    other = subprocess.Popen(
        [sys.executable, "-c", _USER, str(location)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    socket_dir = other.stdout.readline().strip()
    other.kill()
    other.communicate()
    connect(socket_dir).close()  # nobody could stop it
    server = EmbeddedServer(location)
    server.acquire()
    server.release()
    with pytest.raises(psycopg2.OperationalError):
        connect(socket_dir)


def test_lost_cluster_is_named(tmp_path):
    location = tmp_path / "postgres"
    location.symlink_to(location.parent / "gone")
    with pytest.raises(embedded.EmbeddedError, match="gone"):
        EmbeddedServer(location).acquire()


def programs(base, version, *extensions):
    """Make what looks like the programs of a PostgreSQL; return their directory."""
    bin_dir, lib_dir = base / version / "bin", base / version / "lib"
    for directory in (bin_dir, lib_dir):
        directory.mkdir(parents=True)
    for name in ("postgres", "initdb", "pg_ctl"):
        (bin_dir / name).touch()
    for name in extensions:
        (lib_dir / f"{name}.so").touch()
    return bin_dir


def test_programs_with_extensions_are_preferred(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "_SYSTEM_BASE", tmp_path / "system")
    server = EmbeddedServer(tmp_path / "cluster")
    server.cluster = server.location
    server.cluster.mkdir()
    monkeypatch.setattr(server, "_bundled_programs", lambda: "bundled")
    chosen = server._usable_programs
    assert chosen() == "bundled"
    old = programs(tmp_path / "system", "12", "pg_trgm", "unaccent")
    bare = programs(tmp_path / "system", "17")
    (programs(tmp_path / "system", "19", "pg_trgm", "unaccent") / "initdb").unlink()
    assert chosen() == "bundled"
    full, older = (programs(tmp_path / "system", version, "pg_trgm", "unaccent") for version in ("16", "15"))
    assert chosen() == full
    for version, expected in (("15", older), ("16", full), ("17", bare), ("18", "bundled"), ("12", "bundled")):
        (server.cluster / "PG_VERSION").write_text(f"{version}\n")
        assert chosen() == expected, version
    assert old not in embedded.system_programs().values()


def test_account_permissions(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    stranger = Account("stranger", 54321, 54321)
    owner = Account("owner", os.geteuid(), os.getegid())
    assert owner.can_enter(private)
    assert not stranger.can_enter(private)
    assert stranger.can_enter(Path("/"))


@pytest.mark.parametrize(
    ("variable", "option"), [("PGHOST", None), ("PGUSER", None), (None, "db_host"), (None, "db_user")]
)
def test_wanted_only_without_another_server(monkeypatch, variable, option):
    for name in list(os.environ):
        if name.startswith("PG"):
            monkeypatch.delenv(name)
    for key in ("db_host", "db_port", "db_user", "db_password"):
        monkeypatch.setitem(config.options, key, False)
    assert embedded.is_wanted()
    if variable:
        monkeypatch.setenv(variable, "somewhere")
    else:
        monkeypatch.setitem(config.options, option, "somewhere")
    assert not embedded.is_wanted()


@pytest.fixture
def crashing(location):
    """A running server, and a connection that works in it and does not look up."""
    server = EmbeddedServer(location)
    server.acquire()
    busy = connect(server.socket_dir)
    yield server, busy
    busy.close()
    # ends what a killed server left, too
    server.start_again()
    server.release()


def test_f10_crashed_server_is_started_again(crashing):
    server, busy = crashing
    assert server.is_running()
    server.start_again()  # it runs: nothing happens
    busy.autocommit = True
    busy.cursor().execute("CREATE TABLE answered (id int)")
    pid_file = server.cluster / "postmaster.pid"

    # one of its processes computes on and keeps the memory of the server
    stuck = subprocess.Popen(
        [sys.executable, "-c", _STUCK, str(server.socket_dir)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    stuck.stdout.readline()
    for pid_after in (None, os.getpid()):
        postmaster = psutil.Process(int(pid_file.read_text().split()[0]))
        postmaster.kill()
        psutil.wait_procs([postmaster], 10)
        if pid_after:
            # the number belongs to somebody else by now
            pid_file.write_text(pid_file.read_text().replace(pid_file.read_text().split()[0], str(pid_after), 1))
        assert not server.is_running()
        server.start_again()
        assert server.is_running()
        connection = connect(server.socket_dir)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM answered")
        connection.close()
    stuck.wait(10)


_STUCK = f"""
import sys, psycopg2
connection = psycopg2.connect(host=sys.argv[1], user={embedded.SUPERUSER!r}, dbname="postgres")
cursor = connection.cursor()
print("works", flush=True)
cursor.execute("DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$")
"""


@pytest.fixture
def left_over(tmp_path, monkeypatch):
    """Give a function that starts what looks like a process of PostgreSQL; it is told the directory.

    No other processes are found: tests may run beside other servers.
    """
    program = tmp_path / "postgres"
    shutil.copy(shutil.which("sleep"), program)
    children = []

    def start(directory):
        directory.mkdir(exist_ok=True)
        children.append(subprocess.Popen([program, "600"], cwd=directory))
        return children[-1]

    monkeypatch.setattr(psutil, "process_iter", lambda: [psutil.Process(child.pid) for child in children])
    yield start
    for child in children:
        child.kill()
        child.wait()


def denied_for(monkeypatch, name, child):
    """Have a method of psutil fail for a process as it does for those of other users."""
    method = getattr(psutil.Process, name)

    def asked(process):
        if process.pid == child.pid:
            raise psutil.AccessDenied(process.pid)
        return method(process)

    monkeypatch.setattr(psutil.Process, name, asked)


def test_only_processes_of_the_cluster_are_cleared_away(tmp_path, left_over, monkeypatch):
    cluster = tmp_path / "cluster"
    ours, other, hidden = left_over(cluster), left_over(tmp_path / "other"), left_over(tmp_path / "hidden")
    denied_for(monkeypatch, "cwd", hidden)
    Postmaster(cluster).clear_away()
    assert not psutil.pid_exists(ours.pid)
    assert [child.poll() for child in (other, hidden)] == [None, None]


def test_a_server_that_may_not_be_looked_at_is_taken_for_alive(tmp_path, left_over, monkeypatch):
    cluster = tmp_path / "cluster"
    hidden = left_over(cluster)
    denied_for(monkeypatch, "cwd", hidden)
    (cluster / "postmaster.pid").write_text(f"{hidden.pid}\n")
    assert Postmaster(cluster).is_alive()


def test_processes_that_may_not_be_ended_do_not_hinder(tmp_path, left_over, monkeypatch, caplog):
    cluster = tmp_path / "cluster"
    guarded, ours = left_over(cluster), left_over(cluster)
    denied_for(monkeypatch, "kill", guarded)
    Postmaster(cluster).clear_away()
    assert not psutil.pid_exists(ours.pid)
    assert guarded.poll() is None
    assert f"Process {guarded.pid} cannot be ended" in caplog.text


class Failing:
    """A server that lives, or ends after each start, or cannot be started."""

    running, starts, error = False, 0, None

    def is_running(self):
        return self.running

    def start_again(self):
        self.starts += 1
        if self.error:
            raise self.error


@pytest.mark.parametrize("error", [None, embedded.EmbeddedError("no space left")])
def test_f10_pauses_grow(error, caplog):
    now = 1000.0
    server = Failing()
    server.error = error
    watch = DatabaseWatch(server, clock=lambda: now)
    moments = []
    while now < 1400:
        before = server.starts
        wait = watch.look()
        assert wait > 0
        if server.starts > before:
            moments.append(now)
        now += 0.5
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert pauses[:7] == [1, 3, 7, 15, 31, 60, 60]
    assert len(caplog.records) == len(moments) * (2 if error else 1)
    server.running = True
    now += STEADY
    watch.look()
    server.running, before = False, server.starts
    watch.look()
    assert server.starts == before + 1, "after a quiet time it is started at once"


def test_f10_servers_without_web_workers_watch_too(monkeypatch):
    server = Failing()
    monkeypatch.setattr(embedded, "is_wanted", lambda: True)
    monkeypatch.setattr(embedded, "acquire", lambda: server)
    with watched():
        deadline = time.monotonic() + 10
        while not server.starts and time.monotonic() < deadline:
            time.sleep(0.01)
    assert server.starts == 1
