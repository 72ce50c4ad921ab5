"""The embedded PostgreSQL server: long paths, sharing between processes, stop and restart."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest

from odoo.db import embedded
from odoo.db.embedded import EmbeddedServer
from odoo.db.system_account import Account
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


@pytest.fixture
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


def test_lost_cluster_is_named(location):
    location.parent.mkdir(parents=True)
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
