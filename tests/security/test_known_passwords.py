"""Passwords that everybody knows open nothing to other machines, be it to people or programs."""

import io

import pytest
from web_client import WebClient, error_of

from odoo.http import root
from odoo.modules.registry import Registry
from odoo.service import safety
from odoo.tools import config

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.9"}
HERE = {"REMOTE_ADDR": "127.0.0.1"}


class Caller(WebClient):
    """A client at some address, behind some proxy."""

    environ: dict = HERE

    def open(self, *args, **kwargs):
        return super().open(*args, environ_base=HERE, environ_overrides=self.environ, **kwargs)


def caller(environ):
    client = Caller(root)
    client.environ = environ
    return client


@pytest.fixture(autouse=True)
def no_failures(database):
    yield
    with Registry(database).cursor() as cr:
        cr.execute("DELETE FROM res_users_login_failure")


@pytest.mark.parametrize(
    "environ",
    [
        ELSEWHERE,
        {"REMOTE_ADDR": "::ffff:192.0.2.9"},
        {**HERE, "HTTP_X_FORWARDED_FOR": "192.0.2.9"},
        {**HERE, "HTTP_X_REAL_IP": "127.0.0.1"},
        {**HERE, "HTTP_FORWARDED": "for=127.0.0.1"},
        {**HERE, "HTTP_HOST": "erp.example.com"},
    ],
)
def test_password_that_everybody_knows(database, environ):
    client = caller(environ)
    answer = client.authenticate(database, "admin", "admin")
    assert error_of(answer) == "AccessDenied" and "everybody knows" in answer.json["error"]["data"]["message"]
    assert (
        client.rpc("/jsonrpc", service="common", method="login", args=[database, "admin", "admin"]).json["result"]
        is False
    )
    call = [database, 2, "admin", "res.users", "search", [[]]]
    here = caller(HERE)
    for _attempt in range(2):
        # that it was right before changes nothing
        assert not error_of(here.rpc("/jsonrpc", service="object", method="execute_kw", args=call))
        assert error_of(client.rpc("/jsonrpc", service="object", method="execute_kw", args=call)) == "AccessDenied"


def test_login_form_tells_why(database):
    client = caller(ELSEWHERE)
    answer = client.form("/web/login", login="admin", password="admin")
    assert answer.status_code == 200 and "choose another one" in answer.text


def test_other_passwords_and_proxies_that_tell(database, monkeypatch):
    assert not error_of(caller(ELSEWHERE).authenticate(database, "clerk", "correct horse"))
    assert not error_of(caller(HERE).authenticate(database, "admin", "admin"))
    monkeypatch.setitem(config.options, "proxy_mode", True)
    told = {**HERE, "HTTP_X_FORWARDED_FOR": "192.0.2.9", "HTTP_X_FORWARDED_HOST": "localhost"}
    assert error_of(caller(told).authenticate(database, "admin", "admin")) == "AccessDenied"


def test_databases_are_managed_here_until_a_password_is_chosen(database, monkeypatch, tmp_path):
    monkeypatch.setitem(config.options, "data_dir", str(tmp_path))
    monkeypatch.setitem(config.options, "admin_passwd", False)
    monkeypatch.setattr(config, "_file_stamp", None)
    password = config.make_admin_password()

    def backup(environ):
        return caller(environ).post("/web/database/backup", data={"master_pwd": password, "name": "no_such"}).text

    def restore(environ):
        files = {"backup_file": (io.BytesIO(b"x"), "x.zip")}
        return caller(environ).post("/web/database/restore", data={"master_pwd": password, "name": "xx", **files}).text

    for act in (backup, restore):
        assert "only that machine" in act(ELSEWHERE)
        assert "only that machine" not in act(HERE)
    config.set_admin_password(password)
    for act in (backup, restore):
        assert "only that machine" not in act(ELSEWHERE)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"http_interface": "127.0.0.1"}, []),
        ({"http_interface": "127.0.0.1", "dev_mode": ["all"]}, []),
        ({"http_enable": False}, []),
        ({}, ["without TLS, the database manager included", "'admin' of database"]),
        ({"list_db": False, "proxy_mode": True}, ["'admin' of database"]),
        ({"list_db": False, "dev_mode": ["all"]}, ["without TLS:", "developer mode", "'admin' of database"]),
    ],
)
def test_warnings_at_the_start(database, monkeypatch, tmp_path, caplog, options, expected):
    tmp_path.chmod(0o700)
    defaults = {"http_enable": True, "http_interface": "", "list_db": True, "proxy_mode": False, "dev_mode": []}
    for name, value in {**defaults, **options, "data_dir": str(tmp_path)}.items():
        monkeypatch.setitem(config.options, name, value)
    monkeypatch.setattr(safety.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(safety, "_is_superuser", lambda: False)
    safety.warn()
    assert len(caplog.records) == (1 if expected else 0)
    lines = caplog.records[0].getMessage().splitlines()[1:] if expected else []
    assert len(lines) == len(expected)
    for line, part in zip(lines, expected, strict=True):
        assert part in line


def test_warnings_about_the_machine(database, monkeypatch, tmp_path):
    tmp_path.chmod(0o755)
    monkeypatch.setitem(config.options, "data_dir", str(tmp_path))
    monkeypatch.setattr(safety.os, "geteuid", lambda: 0)
    root_line, data_line, *_others = safety.unsafe()
    assert "root" in root_line and "o-rwx" in data_line
