"""A pooler that gives a connection to each transaction (pgbouncer) stands before PostgreSQL."""

import io
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest
from server_process import free_port
from web_client import WebClient

from odoo import SUPERUSER_ID, api, sql_db
from odoo.db import embedded, lifecycle
from odoo.http import root, session_stores
from odoo.modules.registry import Registry
from odoo.service import cron_server
from odoo.tools import config

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
CONNECTIONS = 4

SETTINGS = """
[databases]
* = host={host} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {users}
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
query_wait_timeout = 20
{account}
"""


class Pooler:
    """pgbouncer in a process of its own.

    :param directory: where its files are, which everybody can read
    """

    def __init__(self, directory):
        self.port = free_port()
        parameters = embedded.connection_parameters()
        account = embedded.acquire().account
        users = directory / "users.txt"
        users.write_text(f'"{parameters["user"]}" ""\n')
        settings = directory / "pgbouncer.ini"
        settings.write_text(
            SETTINGS.format(
                **parameters,
                port=self.port,
                users=users,
                size=CONNECTIONS,
                account=f"user = {account.name}" if os.geteuid() == 0 else "",
            )
        )
        for path in (directory, users, settings):
            path.chmod(0o755)
        self._log = (directory / "log").open("wb")
        self._process = subprocess.Popen([PROGRAM, str(settings)], stdout=self._log, stderr=self._log)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        pytest.fail(f"pgbouncer does not start: {(directory / 'log').read_text()}")

    def stop(self):
        self._process.terminate()
        self._process.wait()
        self._log.close()


@pytest.fixture(scope="module")
def pooled(databases):
    """The name of a database that is reached through the pooler."""
    if PROGRAM is None:
        pytest.skip("there is no pgbouncer: apt-get install pgbouncer")
    if not embedded.is_wanted():
        pytest.skip("the server of the environment has users that are not known")
    name = databases.copy("web")
    parameters = embedded.connection_parameters()
    # it does not stay root, who alone can enter those of pytest
    directory = Path(tempfile.mkdtemp(prefix="pooler-"))
    pooler = Pooler(directory)
    Registry.delete(name)
    sql_db.close_all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(config.options, "db_host", "127.0.0.1")
        patch.setitem(config.options, "db_port", pooler.port)
        patch.setitem(config.options, "db_user", parameters["user"])
        patch.setitem(config.options, "db_direct_host", parameters["host"])
        patch.setitem(config.options, "db_direct_port", 5432)
        patch.setitem(config.options, "db_name", name)
        yield name
        Registry.delete(name)
        sql_db.close_all()
    pooler.stop()
    shutil.rmtree(directory)
    databases.drop(name)


@pytest.fixture
def client(pooled):
    client = WebClient(root)
    assert "error" not in client.authenticate(pooled, "admin", "admin").json
    return client


def test_requests_share_few_connections(pooled, client):
    """More threads than the pooler has connections, and settings of one transaction do not reach the next."""

    def work(number):
        mine = WebClient(root)
        mine.set_cookie("session_id", client.sid)
        [made] = mine.call("res.partner", "create", [[{"name": f"Pooled {number}"}]]).json["result"]
        found = mine.call("res.partner", "search_read", [[["id", "=", made]], ["name"]]).json["result"]
        return found[0]["name"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(24))) == [f"Pooled {number}" for number in range(24)]
    with sql_db.db_connect(pooled).cursor() as cr:
        cr.execute("SHOW transaction_isolation")
        assert cr.fetchone() == ("repeatable read",)
    with sql_db.db_connect(pooled).cursor() as cr, pytest.raises(ZeroDivisionError), cr.read_committed():
        cr.execute("SELECT 1")
        1 / 0
    with sql_db.db_connect(pooled).cursor() as cr:
        cr.execute("SHOW transaction_isolation")
        assert cr.fetchone() == ("repeatable read",)


def test_only_reading_cursors_stay_so(pooled, monkeypatch):
    monkeypatch.setitem(config.options, "dev_mode", ["replica"])
    for _ in range(CONNECTIONS * 2):
        with Registry(pooled).cursor(readonly=True) as cr, pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
            cr.execute("UPDATE res_partner SET ref = ref", log_exceptions=False)
        with Registry(pooled).cursor() as cr:
            cr.execute("UPDATE res_partner SET ref = ref WHERE id = 1")


def test_modules_are_changed_through_the_pooler(pooled, client):
    before = Registry(pooled)
    client.call("ir.model", "create", [[{"name": "Pooled", "model": "x_pooled"}]])
    assert Registry(pooled).check_signaling() is not before
    assert client.call("ir.model", "search_count", [[["model", "=", "x_pooled"]]]).json["result"] == 1


def test_scheduled_actions_hear_of_jobs(pooled, monkeypatch):
    looked = threading.Event()
    monkeypatch.setattr(cron_server, "served_databases", lambda: [pooled])
    monkeypatch.setattr(cron_server, "has_due_jobs", lambda name: looked.set())
    runner = cron_server.CronRunner(1)
    thread = threading.Thread(target=runner.run)
    thread.start()
    try:
        assert looked.wait(20), "it looks once when it begins"
        looked.clear()
        for _ in range(3):
            with Registry(pooled).cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["ir.cron"]._notifydb()
            assert looked.wait(10)
            looked.clear()
    finally:
        runner.stop()
        thread.join()


def test_sessions_are_kept_through_the_pooler(pooled, monkeypatch):
    monkeypatch.setattr(lifecycle, "SESSION_DATABASE", f"test_pooled_sessions_{os.getpid()}")
    store = session_stores.open_session_store("postgresql")
    try:
        session = store.new()
        session["uid"] = 7
        with ThreadPoolExecutor(8) as pool:
            store.save(session)
            assert set(pool.map(lambda _: store.get(session.sid).uid, range(40))) == {7}
    finally:
        store._pool.close_all()
        lifecycle.drop(lifecycle.SESSION_DATABASE)


def test_databases_are_copied_dumped_and_restored_past_the_pooler(pooled):
    copy, restored = f"{pooled}_copy", f"{pooled}_restored"
    # a connection that the pooler keeps is in nobody's way
    with sql_db.db_connect(pooled).cursor() as cr:
        cr.execute("SELECT 1")
    try:
        lifecycle.duplicate(pooled, copy)
        stream = io.BytesIO()
        lifecycle.dump(copy, stream, "dump")
        assert stream.getvalue()[:5] == b"PGDMP"
        lifecycle.rename(copy, restored)
        with sql_db.db_connect(restored).cursor() as cr:
            cr.execute("SELECT count(*) > 0 FROM res_users")
            assert cr.fetchone() == (True,)
    finally:
        lifecycle.drop(copy)
        lifecycle.drop(restored)
