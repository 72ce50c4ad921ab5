"""The server that sends e-mails: nobody makes ours talk to hosts of theirs, least of all with our password."""

import pytest
from mail_host import open_mail_server
from web_client import error_of

from odoo.modules.registry import Registry
from odoo.tools import config

SECRET = "TOPSECRET-cfg"


@pytest.fixture
def mail_server():
    """A mail server that is not the configured one."""
    with open_mail_server() as server:
        yield server


@pytest.fixture
def configured(monkeypatch):
    """The configuration has a user and a password for its server."""
    options = {
        "smtp_user": "cfguser",
        "smtp_password": SECRET,
        "smtp_server": "127.0.0.1",
        "smtp_port": 1,
        "smtp_ssl": False,
    }
    for name, value in options.items():
        monkeypatch.setitem(config.options, name, value)
    return config.options


@pytest.fixture
def no_records(env):
    """There are no servers but the configured one, whatever other tests left."""
    env["ir.mail_server"].search([]).active = False


@pytest.mark.parametrize("client", ["guest", "clerk", "admin"])
@pytest.mark.parametrize("method", ["connect", "send_email", "build_email"])
def test_f6_nobody_connects_by_rpc(request, database, mail_server, configured, client, method):
    client = request.getfixturevalue(client)
    host = {
        "connect": {"host": "127.0.0.1", "port": mail_server.port},
        "send_email": {"message": {"From": "a@example.com"}, "smtp_server": "127.0.0.1", "smtp_port": mail_server.port},
        "build_email": {"email_from": "a@b.c", "email_to": ["b@b.c"], "subject": "s", "body": "b"},
    }[method]
    assert error_of(client.call("ir.mail_server", method, [[]], **host)) == "AccessError"
    answer = client.rpc("/web/dataset/call_button", model="ir.mail_server", method=method, args=[[]], kwargs=host)
    assert error_of(answer) == "AccessError"
    for args in ([method, [[]], host], [method, [], host]):
        answer = client.rpc(
            "/jsonrpc",
            service="object",
            method="execute_kw",
            args=[database, client.uid, client.password, "ir.mail_server", *args],
        )
        assert error_of(answer) == "AccessError"
    assert mail_server.heard == []


@pytest.mark.parametrize("client", ["guest", "clerk", "admin"])
def test_f6_servers_are_tested_by_administrators(request, env, database, mail_server, client):
    client, name = request.getfixturevalue(client), client
    with Registry(database).cursor() as cr:
        server = env(cr=cr)["ir.mail_server"].create(
            {
                "name": "Out",
                "smtp_host": "127.0.0.1",
                "smtp_port": mail_server.port,
                "smtp_user": "u",
                "smtp_pass": "p",
                "from_filter": "example.com",
            }
        )
    try:
        for method in ("test_smtp_connection", "action_retrieve_max_email_size"):
            error = error_of(client.call("ir.mail_server", method, [[server.id]]))
            assert error == (None if name == "admin" else "AccessError")
        assert mail_server.logins() == ([("u", "p")] * 2 if name == "admin" else [])
        assert bool(mail_server.heard) == (name == "admin")
    finally:
        with Registry(database).cursor() as cr:
            server.with_env(env(cr=cr)).unlink()


@pytest.mark.parametrize(
    ("arguments", "logins"),
    [
        ({}, []),
        ({"user": "own", "password": "mine"}, [("own", "mine")]),
        ({"user": "cfguser"}, [("cfguser", "")]),
        ({"password": "mine"}, []),
    ],
)
def test_f6_configured_password_is_for_the_configured_host(env, mail_server, configured, arguments, logins):
    env["ir.mail_server"].connect(host="127.0.0.1", port=mail_server.port, **arguments).close()
    assert mail_server.logins() == logins
    assert SECRET not in repr(mail_server.heard)


@pytest.mark.parametrize(
    ("arguments", "logins"),
    [
        ({}, [("cfguser", SECRET)]),
        ({"user": "own", "password": "mine"}, [("own", "mine")]),
        ({"user": "own"}, [("own", "")]),
    ],
)
def test_f6_configured_host(env, mail_server, configured, no_records, arguments, logins):
    configured["smtp_port"] = mail_server.port
    env["ir.mail_server"].connect(**arguments).close()
    assert mail_server.logins() == logins


def test_f6_server_of_the_command_line(env, mail_server, configured):
    configured["smtp_port"] = mail_server.port
    server = env["ir.mail_server"].create({"name": "cli", "smtp_host": "x", "smtp_authentication": "cli"})
    server.connect(mail_server_id=server.id).close()
    server.connect(mail_server_id=server.id, host="localhost", port=mail_server.port).close()
    assert mail_server.logins() == [("cfguser", SECRET)]


def test_f6_own_code_sends(env, mail_server, configured, no_records):
    configured["smtp_port"] = mail_server.port
    servers = env["ir.mail_server"]
    message = servers.build_email("ann@example.com", ["bob@example.com"], "Subject", "Hello")
    assert servers.send_email(message) == message["Message-Id"]
    assert "Hello" in mail_server.heard and "rcpt TO:<bob@example.com>" in mail_server.heard
