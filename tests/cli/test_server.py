"""The server and the other commands that work on a database, as processes."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
import xmlrpc.client
from pathlib import Path

import polib
import pytest
from databases import new_name

from odoo.db import lifecycle
from odoo.sql_db import close_db

ROOT = Path(__file__).resolve().parents[2]
_START_TIMEOUT = 60
#: libraries that would make every start a quarter longer, and that few requests need
LOADED_WHEN_NEEDED = {"barcode", "num2words", "pypdf", "redis", "requests", "xlsxwriter"}


@pytest.fixture(scope="module")
def options(server_options, data_dir):
    return [*server_options, "--data-dir", str(data_dir)]


@pytest.fixture(scope="module")
def database(databases):
    """A database for tests that leave its modules alone."""
    name = databases.copy()
    close_db(name)
    yield name
    databases.drop(name)


@pytest.fixture
def own_database(databases):
    """A database for the changes of one test."""
    name = databases.copy()
    close_db(name)
    yield name
    databases.drop(name)


def odoo_bin(*args, stdin=None):
    return subprocess.run(
        [sys.executable, str(ROOT / "odoo-bin"), *args],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class RunningServer:
    """A server process on a port of its own."""

    def __init__(self, log, *args, console=None):
        self.port = free_port()
        self.log = log
        self.process = subprocess.Popen(
            [
                sys.executable,
                str(ROOT / "odoo-bin"),
                *args,
                "--http-interface=127.0.0.1",
                f"--http-port={self.port}",
                "--logfile",
                str(log),
            ],
            stderr=console,
        )
        deadline = time.monotonic() + _START_TIMEOUT
        while "HTTP service running" not in self.text():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < deadline, self.text()
            time.sleep(0.1)

    def text(self):
        return self.log.read_text() if self.log.exists() else ""

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, body

    def rpc(self, service):
        return xmlrpc.client.ServerProxy(f"http://127.0.0.1:{self.port}/xmlrpc/2/{service}", allow_none=True)

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture(scope="module")
def server(tmp_path_factory, options, database):
    """A server for tests that leave it running."""
    server = RunningServer(tmp_path_factory.mktemp("server") / "server.log", "-d", database, *options)
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path, options, database):
    """A server that the test stops."""
    server = RunningServer(tmp_path / "server.log", "-d", database, *options)
    yield server
    if server.process.poll() is None:
        server.stop()


def test_server_serves_and_stops(own_server, database):
    server = own_server
    assert server.get("/web/login")[0] == 200
    uid = server.rpc("common").authenticate(database, "admin", "admin", {})
    assert uid == 2
    assert server.rpc("common").authenticate(database, "admin", "wrong", {}) is False
    names = server.rpc("object").execute_kw(database, uid, "admin", "res.users", "read", [[uid], ["login"]])
    assert names[0]["login"] == "admin"
    assert server.stop() == 0


def test_interrupt_stops_too(own_server):
    assert own_server.stop(signal.SIGINT) == 0


def test_wrong_password_and_private_methods_are_refused(server, database):
    for password, method in (("wrong", "read"), ("admin", "_write"), ("admin", "no_such_method")):
        with pytest.raises(xmlrpc.client.Fault):
            server.rpc("object").execute_kw(database, 2, password, "res.users", method, [[2]])


def test_violated_constraint_is_explained(server, database):
    with pytest.raises(xmlrpc.client.Fault) as error:
        server.rpc("object").execute_kw(
            database,
            2,
            "admin",
            "res.users",
            "create",
            [{"name": "Twin", "login": "admin"}],
        )
    assert "login" in error.value.faultString
    assert "Traceback" not in error.value.faultString


def test_lost_worker_is_replaced(server):
    def worker_pids(count):
        """Return the processes that answered, once there are as many: a request is logged after its answer."""
        deadline = time.monotonic() + 10
        while True:
            pids = set(re.findall(r" (\d+) INFO \S+ odoo\.http\.access", server.text()))
            if len(pids) == count or time.monotonic() > deadline:
                return pids
            time.sleep(0.05)

    server.get("/web/login")
    [first] = worker_pids(1)
    subprocess.run(["kill", "-9", first], check=True)
    assert server.get("/web/login")[0] == 200
    assert len(worker_pids(2)) == 2


def test_several_processes(tmp_path, options, database):
    server = RunningServer(tmp_path / "server.log", "-d", database, "--workers=2", "--limit-request=5", *options)
    try:
        assert {server.get("/web/login")[0] for __ in range(20)} == {200}
    finally:
        assert server.stop() == 0


def test_f2_master_password_is_told_once(tmp_path, options, database):
    (tmp_path / "odoorc").write_text("[options]\n")
    arguments = ["-d", database, *options, f"--data-dir={tmp_path / 'data'}", f"--config={tmp_path / 'odoorc'}"]

    def accepted(server, password):
        """Return whether a password is accepted by both processes, or by none."""
        answers = set()
        for __ in range(6):
            try:
                answers.add(bool(server.rpc("db").list_countries(password)))
            except xmlrpc.client.Fault:
                answers.add(False)
        [answer] = answers
        return answer

    consoles = []
    for number in range(2):
        with (tmp_path / f"console{number}").open("w+") as console:
            server = RunningServer(tmp_path / f"{number}.log", *arguments, "--workers=2", console=console)
            try:
                consoles.append(Path(console.name).read_text())
                password = re.search(r"shown this once: (\S+)", consoles[0])[1]
                assert password not in server.text()
                if number == 0:
                    assert accepted(server, password)
                    assert not accepted(server, "admin")
                    assert server.rpc("db").change_admin_password(password, "chosen")
                assert not accepted(server, password)
                assert accepted(server, "chosen")
            finally:
                assert server.stop() == 0
    assert "shown this once" not in consoles[1]


def test_scheduled_action_runs_when_triggered(server, database, options):
    script = "job = env['ir.cron'].search([], limit=1)\njob.lastcall = False\njob._trigger()\nenv.cr.commit()\n"
    result = odoo_bin("shell", "-d", database, *options, stdin=script)
    assert result.returncode == 0, result.stderr
    deadline = time.monotonic() + 30
    while "ir_cron" not in server.text():
        assert time.monotonic() < deadline, server.text()
        time.sleep(0.2)


def test_shell_runs_a_script_and_commits_nothing(database, options):
    script = "env['res.partner'].create({'name': 'lost'})\nprint(self.id, env.cr.dbname, odoo.release.series)\n"
    result = odoo_bin("shell", "-d", database, *options, stdin=script)
    assert result.stdout.split() == ["1", database, "18.0"], result.stderr
    script = "import sys\nprint(env['res.partner'].search_count([('name', '=', 'lost')]), 'odoo.http' in sys.modules)\n"
    script += f"print({LOADED_WHEN_NEEDED} & sys.modules.keys() or 'nothing more')\n"
    result = odoo_bin("shell", "-d", database, *options, stdin=script)
    assert result.stdout.splitlines() == ["0 True", "nothing more"], result.stderr


def test_failing_script_has_an_exit_status(database, options):
    result = odoo_bin("shell", "-d", database, *options, stdin="raise ValueError('told you')")
    assert result.returncode == 1
    assert "told you" in result.stderr


def test_database_commands(databases, options, tmp_path, data_dir):
    source = databases.copy()
    close_db(source)
    names = [f"{source}_{number}" for number in range(3)]
    try:
        assert odoo_bin("db", *options, "duplicate", source, names[0]).returncode == 0
        assert odoo_bin("db", *options, "rename", names[0], names[1]).returncode == 0
        assert odoo_bin("db", *options, "dump", names[1], str(tmp_path / "dump.zip")).returncode == 0
        assert odoo_bin("db", *options, "load", names[2], str(tmp_path / "dump.zip")).returncode == 0
        again = odoo_bin("db", *options, "load", names[2], str(tmp_path / "dump.zip"))
        assert again.returncode == 1
        assert "already exists" in again.stderr
        listed = odoo_bin("db", *options, "list").stdout.split()
        assert names[0] not in listed
        assert {source, names[1], names[2]} <= set(listed)
        assert odoo_bin("db", *options, "drop", names[2]).returncode == 0
        assert not lifecycle.exists(names[2])
    finally:
        for name in names:
            if lifecycle.exists(name):
                lifecycle.drop(name)
        databases.drop(source)
    assert odoo_bin("db", *options, "drop", names[0]).returncode == 1


def test_new_addon_is_installed_and_its_tests_pass(own_database, options, tmp_path):
    assert odoo_bin("scaffold", "Library Books", str(tmp_path)).returncode == 0
    arguments = ["-d", own_database, *options, f"--addons-path={tmp_path}", "--stop-after-init", "--no-http"]
    result = odoo_bin(*arguments, "-i", "library_books", "--test-enable")
    assert re.search(r"0 failed, 0 error\(s\) of 3 tests", result.stderr), result.stderr
    assert result.returncode == 0

    test_file = tmp_path / "library_books" / "tests" / "test_item.py"
    test_file.write_text(test_file.read_text().replace('item.state, "done"', 'item.state, "draft"'))
    result = odoo_bin(*arguments, "-u", "library_books", "--test-enable")
    assert re.search(r"1 failed, 0 error\(s\) of 3 tests", result.stderr), result.stderr
    assert result.returncode == 1


def test_failed_installation_has_an_exit_status(own_database, options, tmp_path):
    assert odoo_bin("scaffold", "Library Books", str(tmp_path)).returncode == 0
    (tmp_path / "library_books" / "models" / "item.py").write_text("import no_such_package\n")
    result = odoo_bin(
        "-d",
        own_database,
        *options,
        f"--addons-path={tmp_path}",
        "--stop-after-init",
        "--no-http",
        "-i",
        "library_books",
    )
    assert result.returncode == 1
    assert "no_such_package" in result.stderr


def test_start_prepares_a_database_and_keeps_it(databases, options, tmp_path):
    name = new_name("start")
    try:
        for expected in ("Installing base", "Loading database"):
            log = tmp_path / f"{expected.split()[0]}.log"
            server = RunningServer(log, "start", "-d", name, "-i", "base", *options)
            try:
                assert server.get("/web/login")[0] == 200
            finally:
                assert server.stop() == 0
    finally:
        odoo_bin("db", *options, "drop", name)


def test_translations_are_imported_and_exported(own_database, options, tmp_path):
    def i18n(command, *args):
        result = odoo_bin("i18n", command, "-d", own_database, "--log-level=warn", *options, *args)
        assert result.returncode == 0, result.stderr
        return result.stdout

    translated = tmp_path / "nl.po"
    translated.write_text('#. module: base\n#: model:res.country,name:base.be\nmsgid "Belgium"\nmsgstr "België"\n')
    i18n("loadlang", "-l", "nl_NL")
    i18n("import", "-l", "nl_NL", "-w", str(translated))
    exported = i18n("export", "base", "-l", "nl_NL", "-o", "-")
    assert polib.pofile(exported).find("Belgium").msgstr == "België"
