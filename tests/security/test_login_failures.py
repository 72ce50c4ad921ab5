"""Guessing logins: what it costs the guesser, and what it does not cost the server."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from web_client import WebClient, error_of

from odoo.addons.base.models import login_failures, res_users_login
from odoo.http import root
from odoo.modules.registry import Registry
from odoo.tests import freeze_time

MAX_LOGIN = 256


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hash the passwords of users who do not exist in less time."""
    monkeypatch.setattr(res_users_login, "MIN_ROUNDS", 1000)


@pytest.fixture
def failures(database, visitor):
    """The table of failed logins, empty."""
    visitor.authenticate(database, "nobody", "wrong")
    table = Registry(database)._login_failures
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


def test_f8_failures_are_few_and_short_lived():
    table, wait = login_failures.LoginFailures(), timedelta(seconds=60)
    with patch.object(login_failures, "SIZE", 50):
        for number in range(200):
            table.add((f"198.51.100.{number}", "admin"), wait)
            assert len(table) <= 50
    table.clear()
    start = datetime.now()
    for minutes, expected in ((0, 2), (30, 4), (61, 4), (200, 2)):
        with freeze_time(start + timedelta(minutes=minutes)):
            table.add((f"198.51.100.{minutes}", "admin"), wait)
        assert len(table) == expected, minutes


def test_f8_many_logins_of_many_clients(database, failures, three_tries):
    for number in range(30):
        client = caller(f"198.51.100.{number}")
        for attempt in range(8):
            client.authenticate(database, f"login {number} {attempt}", "wrong")
    # what is refused without a look is not counted
    assert len(failures) <= 30 * (1 + 2 * 3)


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
    network = login_failures.client_network
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
    with freeze_time(datetime.now() + timedelta(seconds=61)):
        assert not tell(client.authenticate(database, "clerk", "correct horse"))
