"""Guessing logins: what it costs the guesser, and what it does not cost the server."""

import re
import threading
from pathlib import Path

import pytest
from web_client import WebClient, error_of

from odoo import SUPERUSER_ID, api, netsvc
from odoo.addons.base.models import res_users_login, res_users_login_failure
from odoo.http import root
from odoo.modules.registry import Registry
from odoo.tools.addresses import client_network

MAX_LOGIN = 256
#: a line of the server's log, up to the message
LOG_FORMAT = "%(asctime)s %(pid)s %(levelname)s %(dbname)s %(name)s: %(message)s %(perf_info)s%(request_mark)s"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hash the passwords of users who do not exist in less time."""
    monkeypatch.setattr(res_users_login, "MIN_ROUNDS", 1000)


class Failures:
    """The table of failed logins of a database."""

    def __init__(self, database):
        self.database = database

    def __len__(self):
        return self.execute("SELECT count(*) FROM res_users_login_failure")[0][0]

    def execute(self, statement, *params):
        with Registry(self.database).cursor() as cr:
            cr.execute(statement, params)
            return cr.fetchall() if cr.description else []

    def wait(self, seconds):
        """Let time pass."""
        self.execute("UPDATE res_users_login_failure SET last_failure = last_failure - %s * interval '1 s'", seconds)

    def clear(self):
        self.execute("DELETE FROM res_users_login_failure")


@pytest.fixture
def failures(database):
    """The table of failed logins, empty."""
    table = Failures(database)
    table.clear()
    yield table
    table.clear()


@pytest.fixture
def three_tries(admin):
    """Let clients fail three times."""
    admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "3"])
    yield
    admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "10"])


class Caller(WebClient):
    """A client at another address."""

    address = "203.0.113.7"

    def open(self, *args, **kwargs):
        return super().open(*args, environ_base={"REMOTE_ADDR": self.address}, **kwargs)


def caller(address):
    """Return a client at an address."""
    client = Caller(root)
    client.address = address
    return client


def tell(answer):
    """Return what an answer says of the login: its error's text, empty when it succeeded."""
    return answer.json.get("error", {}).get("data", {}).get("message", "")


@pytest.mark.parametrize(
    "login",
    [
        "x" * (MAX_LOGIN + 1),
        "x" * (8 << 20),
        None,
        False,
        7,
        ["admin"],
        {"login": "admin"},
    ],
    ids=lambda login: repr(login)[:10],
)
def test_f8_logins_are_short_texts(database, visitor, failures, caplog, login):
    caplog.set_level("INFO")
    assert error_of(visitor.authenticate(database, login, "wrong")) == "AccessDenied"
    answer = visitor.rpc("/jsonrpc", service="common", method="login", args=[database, login, "wrong"])
    assert answer.json["result"] is False
    assert len(failures) == 0
    assert len(caplog.text) < 10_000


def test_f8_form_with_a_long_login(visitor, failures):
    answer = visitor.form("/web/login", login="x" * 100_000, password="wrong")
    assert answer.status_code == 200 and "Wrong login/password" in answer.text
    assert len(failures) == 0


def test_f8_longest_login_works(database, env, visitor):
    login = "l" * MAX_LOGIN
    with Registry(database).cursor() as cr:
        user = env(cr=cr)["res.users"].create({"name": "Long", "login": login, "password": "correct horse"})
    try:
        assert not error_of(visitor.authenticate(database, login, "correct horse"))
    finally:
        with Registry(database).cursor() as cr:
            user.with_env(env(cr=cr)).unlink()


def test_f8_failures_are_few_and_short_lived(database, failures, monkeypatch):
    monkeypatch.setattr(res_users_login_failure, "SIZE", 50)
    monkeypatch.setattr(res_users_login_failure, "SWEEP_INTERVAL", 10)
    with Registry(database).cursor() as cr:
        table = api.Environment(cr, SUPERUSER_ID, {})["res.users.login.failure"]
        for number in range(80):
            table._count([f"198.51.100.{number}|*"])
        assert len(failures) <= 60
        failures.wait(res_users_login_failure.MEMORY + 1)
        table._count(["198.51.100.200|*"])
    with Registry(database).cursor() as cr:
        api.Environment(cr, SUPERUSER_ID, {})["res.users.login.failure"]._gc_login_failures()
    assert len(failures) == 1


def test_f8_many_logins_of_many_clients(database, failures, three_tries):
    for number in range(30):
        client = caller(f"198.51.100.{number}")
        for attempt in range(8):
            client.authenticate(database, f"login {number} {attempt}", "wrong")
    # what is refused without a look is not counted
    assert len(failures) <= 30 * (1 + 2 * 2 * 3)


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::7"])
def test_f9_one_address_with_many_logins_has_to_wait(database, failures, three_tries, address):
    client = caller(address)
    texts = [tell(client.authenticate(database, f"user{number}", "Welcome1")) for number in range(10)]
    assert all("Too many" in text for text in texts[6:]) and not any("Too many" in text for text in texts[:6])
    assert "Too many" in tell(client.authenticate(database, "clerk", "correct horse"))
    assert not tell(caller("203.0.113.8").authenticate(database, "clerk", "correct horse")), "others go on"


def test_f9_one_client_has_all_addresses_of_a_network(database, failures, three_tries):
    for number in range(6):
        caller(f"2001:db8:1:2::{number}").authenticate(database, f"user{number}", "wrong")
    assert "Too many" in tell(caller("2001:db8:1:2:ffff::1").authenticate(database, "clerk", "correct horse"))
    for other in ("2001:db8:1:3::1", "::ffff:203.0.113.9"):
        assert not tell(caller(other).authenticate(database, "clerk", "correct horse"))


def test_f9_mapped_addresses_are_clients_of_their_own():
    network = client_network
    assert network("::ffff:198.51.100.1") == network("198.51.100.1") != network("::ffff:198.51.100.2")
    assert network("fe80::1%eth0") and network("unix:") == "unix:" and network(None) is None


def test_f9_success_forgets_the_login_but_not_the_address(database, failures, three_tries):
    client = caller("203.0.113.7")
    for _round in range(2):
        for _attempt in range(2):
            client.authenticate(database, "clerk", "wrong")
        assert not tell(client.authenticate(database, "clerk", "correct horse"))
    for number in range(2):
        client.authenticate(database, f"user{number}", "wrong")
    assert "Too many" in tell(client.authenticate(database, "clerk", "correct horse"))


def test_f9_waiting_ends(database, failures, three_tries):
    client = caller("203.0.113.7")
    for number in range(7):
        client.authenticate(database, f"user{number % 2}", "wrong")
    assert "Too many" in tell(client.authenticate(database, "clerk", "correct horse"))
    failures.wait(61)
    assert not tell(client.authenticate(database, "clerk", "correct horse"))


def seconds(answer):
    """Return how long an answer says to wait, 0 when it does not."""
    return answer.json.get("error", {}).get("data", {}).get("context", {}).get("retry_after", 0)


def test_f9_pauses_grow_and_are_forgotten(database, failures, three_tries):
    client, waits = caller("203.0.113.7"), []
    for _attempt in range(3):
        assert not seconds(client.authenticate(database, "clerk", "wrong"))
    for _attempt in range(8):
        waits.append(seconds(client.authenticate(database, "clerk", "wrong")))
        failures.execute("UPDATE res_users_login_failure SET last_failure = last_failure - interval '2 hours'")
        failures.execute("UPDATE res_users_login_failure SET failures = failures + 24")
        assert not seconds(client.authenticate(database, "clerk", "wrong"))
    assert waits[0] in (59, 60) and waits == sorted(waits) and len(set(waits)) > 4
    assert waits[-1] in (3599, 3600)
    failures.wait(24 * 3600)
    for _attempt in range(3):
        assert not seconds(client.authenticate(database, "clerk", "wrong"))


def test_f9_one_account_from_many_addresses(database, failures, three_tries, clerk):
    """Strangers do not guess on from elsewhere; its user goes on from where they were before."""
    assert clerk.call("res.users", "read", [[clerk.uid], ["login"]]).json["result"]
    for number in range(6):
        assert not seconds(caller(f"198.51.100.{number}").authenticate(database, "clerk", "wrong"))
    assert 0 < seconds(caller("198.51.100.77").authenticate(database, "clerk", "correct horse")) <= 60
    assert not tell(caller("198.51.100.77").authenticate(database, "guest", "correct horse"))
    failures.execute("UPDATE res_users_login_failure SET failures = 1000")
    assert 60 < seconds(caller("198.51.100.77").authenticate(database, "clerk", "correct horse")) <= 900
    failures.execute("DELETE FROM res_users_login_failure WHERE source NOT LIKE '*|%%'")
    assert not tell(clerk.fresh().authenticate(database, "clerk", "correct horse"))
    assert seconds(caller("198.51.100.77").authenticate(database, "clerk", "correct horse")), "nothing was forgotten"


def test_user_who_logs_in_often_does_not_help_guessers(database, failures, three_tries, clerk):
    """Somebody at home succeeds between the guesses of strangers, who have to wait all the same."""
    for number in range(6):
        assert not seconds(caller(f"198.51.100.{number}").authenticate(database, "clerk", "wrong"))
        assert not tell(clerk.fresh().authenticate(database, "clerk", "correct horse"))
    assert seconds(caller("198.51.100.77").authenticate(database, "clerk", "wrong"))


def test_wrong_keys_stop_nobody_else(database, failures, three_tries):
    """A program with a key that ended does not lock out the people at its address."""
    client = caller("203.0.113.7")
    for _attempt in range(8):
        answer = wrong_key(client, database)
    assert answer.status_code == 429
    assert not tell(client.authenticate(database, "clerk", "correct horse"))
    assert wrong_key(caller("203.0.113.8"), database).status_code == 401


def test_logins_do_not_tell_which_id_they_have(database, failures, three_tries):
    """Failures for an id count apart from those for a login, at an address and from anywhere."""
    for number in range(8):
        for _attempt in range(3):
            DOORS["object"](caller(f"198.51.100.{number}"), database)
    assert seconds(DOORS["object"](caller("198.51.100.77"), database))
    for address in ("198.51.100.0", "198.51.100.77"):
        assert not seconds(caller(address).authenticate(database, "clerk", "wrong"))
        assert not seconds(caller(address).authenticate(database, "nobody", "wrong"))


def test_f9_all_processes_count_together(database, failures, three_tries):
    """What another process counted counts here."""
    client = caller("203.0.113.7")
    client.authenticate(database, "clerk", "wrong")
    failures.execute("UPDATE res_users_login_failure SET failures = failures + 2")
    assert "Too many" in tell(client.authenticate(database, "clerk", "correct horse"))


def test_f9_at_once_by_many(database, failures):
    """Failures at the same moment are all counted."""
    clients = [caller("203.0.113.7") for _number in range(6)]
    threads = [
        threading.Thread(target=client.authenticate, args=(database, f"user{number % 2}", "wrong"))
        for number, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [[count]] = failures.execute("SELECT failures FROM res_users_login_failure WHERE source = '203.0.113.7|*'")
    assert 5.5 < count <= 6


def test_f9_good_logins_write_nothing(database, failures, clerk):
    statements = []
    execute = res_users_login_failure.SQL

    def noted(code, *args, **kwargs):
        statements.append(code)
        return execute(code, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(res_users_login_failure, "SQL", noted)
        assert not tell(caller("203.0.113.7").authenticate(database, "clerk", "correct horse"))
    assert len(statements) == 1 and statements[0].startswith("SELECT")


def wrong_key(client, _database):
    return client.get("/json/1/res.partner", headers={"Authorization": "Bearer " + "0" * 40})


DOORS = {
    "form": lambda client, database: client.form("/web/login", login="clerk", password="wrong"),
    "session": lambda client, database: client.authenticate(database, "clerk", "wrong"),
    "common": lambda client, database: client.rpc(
        "/jsonrpc", service="common", method="login", args=[database, "clerk", "wrong"]
    ),
    "object": lambda client, database: client.rpc(
        "/jsonrpc",
        service="object",
        method="execute_kw",
        args=[database, clerk_id(database), "wrong", "res.users", "read", [[2], ["name"]]],
    ),
    "key": wrong_key,
}


def clerk_id(database):
    with Registry(database).cursor() as cr:
        cr.execute("SELECT id FROM res_users WHERE login = 'clerk'")
        return cr.fetchone()[0]


@pytest.mark.parametrize("door", DOORS)
def test_f9_doors_from_outside(database, failures, three_tries, caplog, door):
    client = caller("203.0.113.7")
    for _attempt in range(7):
        answer = DOORS[door](client, database)
    if door in ("form", "key"):
        assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= 60
        assert "Too many" in answer.text
    else:
        assert "Too many" in tell(answer) and 0 < seconds(answer) <= 60
    lines = [record.getMessage() for record in caplog.records if record.name == "odoo.login"]
    assert len(lines) == 7
    assert all(line.startswith(f"Failed login from 203.0.113.7 on {database}: ") for line in lines)
    # the doors for logins count together; ids and keys, of which nobody knows whose login they have, count apart
    by_login = {"form", "session", "common"}
    for other in by_login - {door} if door in by_login else ():
        answer = DOORS[other](client, database)
        assert answer.status_code == 429 or "Too many" in tell(answer), other


@pytest.mark.parametrize("door", ["change_password", "identity"])
def test_f9_doors_from_inside(database, failures, three_tries, clerk, door):
    def knock(password):
        if door == "change_password":
            return clerk.call("res.users", "change_password", [password, ""])
        action = clerk.call("res.users", "api_key_wizard", [[clerk.uid]]).json["result"]
        assert action["res_model"] == "res.users.identitycheck"
        clerk.call("res.users.identitycheck", "write", [[action["res_id"]], {"password": password}])
        return clerk.call("res.users.identitycheck", "run_check", [[action["res_id"]]])

    for _attempt in range(3):
        assert "Too many" not in tell(knock("wrong")) != ""
    assert "Too many" in tell(knock("correct horse"))
    assert "Too many" in tell(clerk.fresh().authenticate(database, "clerk", "correct horse"))


def banned(line):
    """Return the address that fail2ban takes out of a line of the log, with the filter of the deployment page."""
    text = (Path(__file__).parents[2] / "docs" / "deployment.md").read_text(encoding="utf-8")
    failregex, date = (re.search(rf"^{name} = (.+)$", text, re.MULTILINE)[1] for name in ("failregex", "datepattern"))
    for directive, digits in (("%%Y", 4), ("%%m", 2), ("%%d", 2), ("%%H", 2), ("%%M", 2), ("%%S", 2)):
        date = date.replace(directive, rf"\d{{{digits}}}")
    # what is left of a line without its date, and an address in place of <HOST>
    found = re.search(failregex.replace("<HOST>", r"(?P<host>[0-9a-fA-F.:]+)"), re.sub(date, "", line, count=1))
    return found and found["host"]


def as_logged(record):
    """Return the line of the server's log."""
    netsvc.PerfFilter().filter(record)
    return netsvc.DBFormatter(LOG_FORMAT).format(record)


def test_f9_fail2ban_reads_the_lines(database, failures, caplog):
    for address in ("203.0.113.7", "2001:db8::7"):
        caplog.clear()
        caller(address).authenticate(database, "Failed login from 192.0.2.1 on x: y", "wrong")
        [record] = [record for record in caplog.records if record.name == "odoo.login"]
        assert banned(as_logged(record)) == address
        # the same words in another line are nobody's failure
        record.name, record.msg, record.args = "odoo.http", "GET /odoo.login: %s", (record.getMessage(),)
        assert banned(as_logged(record)) is None


def test_f9_lines_of_the_log_cannot_be_forged(database, failures, caplog):
    login = "x\n2026-01-01 00:00:00,000 1 WARNING db odoo.login: Failed login from 192.0.2.1 on db: wrong"
    caller("203.0.113.7").authenticate(database, login, "wrong")
    [line] = [record.getMessage() for record in caplog.records if record.name == "odoo.login"]
    assert "\n" not in line
    assert re.match(r"Failed login from (\S+) on ", line)[1] == "203.0.113.7"
