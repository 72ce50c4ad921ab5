"""Choosing, making, copying, saving and dropping databases from a browser."""

import io
import uuid
import zipfile

import pytest
from web_client import WebClient

from odoo import api, http
from odoo.db import lifecycle
from odoo.http import root
from odoo.modules.registry import Registry
from odoo.tools import config

MASTER = "the master password"


@pytest.fixture
def client():
    return WebClient(root)


@pytest.fixture
def several(database, monkeypatch):
    """Two databases are visible; only one of them is there."""
    monkeypatch.setattr(http, "db_list", lambda force=False, host=None: [database, "other_db"])
    monkeypatch.setitem(config.options, "db_name", f"{database},other_db")
    return database


@pytest.fixture
def none(db_server, monkeypatch):
    """No database is visible."""
    monkeypatch.setitem(config.options, "dbfilter", "^nothing$")


def test_without_database_everything_leads_to_the_selector(client, none):
    for path in ("/odoo", "/web", "/web/login"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/web/database/selector")
    page = client.get("/web/database/selector")
    assert page.status_code == 200 and "There is no database yet" in page.text


def test_several_databases_have_to_be_chosen_from(client, several):
    assert client.get("/odoo").headers["Location"] == "/web/database/selector"


def test_database_in_the_query_string(client, several):
    answer = client.get(f"/web/login?db={several}")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/web/login?db={several}"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get("/web/login").status_code == 200


def test_invisible_database_in_the_query_string(client, several):
    assert client.get("/web/login?db=postgres").headers["Location"] == "/web/database/selector"


def test_database_in_a_header(client, several):
    answer = client.post("/web/session/check", json={"params": {}}, headers={"X-Odoo-Database": several})
    assert answer.json["error"]["code"] == 100
    assert "Set-Cookie" not in answer.headers


def test_header_against_session(client, several):
    client.authenticate(several, "admin", "admin")
    assert client.get("/robots.txt", headers={"X-Odoo-Database": "other_db"}).status_code == 403


def test_a_second_factor_is_asked_for_in_the_database_of_the_login(client, several, monkeypatch):
    monkeypatch.setattr(Registry(several)["res.users"], "_mfa_url", lambda self: "/web/login/code")
    client.get("/web/login?db=other_db")
    # one that began with another database, and one that began without any
    for program in (client, client.fresh()):
        assert program.authenticate(several, "admin", "admin").json["result"] == {"uid": None}
        session = root.session_store.get(program.sid)
        assert (session.db, session.uid, session.pre_db) == (several, None, several)
        assert session.pre_uid and session.pre_token


@pytest.fixture(scope="module")
def other_database(databases):
    """A second database, whose administrator has another password."""
    name = databases.copy()
    with Registry(name).cursor() as cr:
        api.Environment(cr, api.SUPERUSER_ID, {}).ref("base.user_admin").password = "another one"
    yield name
    databases.drop(name)


@pytest.mark.parametrize("began", ["visitor", "half", "logged in"])
def test_login_to_another_database_than_that_of_the_session(client, database, other_database, monkeypatch, began):
    monkeypatch.setitem(config.options, "db_name", f"{database},{other_database}")
    client.get(f"/web/login?db={database}")
    if began == "half":
        with monkeypatch.context() as patched:
            patched.setattr(Registry(database)["res.users"], "_mfa_url", lambda self: "/web/login/code")
            client.authenticate(database, "admin", "admin")
    elif began == "logged in":
        client.authenticate(database, "admin", "admin")
    before = client.sid
    info = client.authenticate(other_database, "admin", "another one").json["result"]
    assert (info["db"], info["username"]) == (other_database, "admin")
    assert client.sid != before, "a login gives the session another id"
    info = client.rpc("/web/session/get_session_info").json
    assert info.get("result", {}).get("db") == other_database, info
    # and back again
    client.authenticate(database, "admin", "admin")
    assert client.rpc("/web/session/get_session_info").json["result"]["db"] == database


@pytest.mark.parametrize("began", ["visitor", "half", "logged in"])
def test_half_login_to_another_database_is_finished_there(client, database, other_database, monkeypatch, began):
    monkeypatch.setitem(config.options, "db_name", f"{database},{other_database}")
    client.get(f"/web/login?db={database}")
    if began != "visitor":
        with monkeypatch.context() as patched:
            if began == "half":
                patched.setattr(Registry(database)["res.users"], "_mfa_url", lambda self: "/web/login/code")
            client.authenticate(database, "admin", "admin")
    monkeypatch.setattr(Registry(other_database)["res.users"], "_mfa_url", lambda self: "/web/login/code")
    assert client.authenticate(other_database, "admin", "another one").json["result"] == {"uid": None}
    assert client.rpc("/web/session/get_session_info").json["error"]["code"] == 100
    session = root.session_store.get(client.sid)
    with Registry(database).cursor() as cr:
        assert session.half_login(api.Environment(cr, api.SUPERUSER_ID, {})) is None
    session = root.session_store.get(client.sid)
    with Registry(other_database).cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        assert session.half_login(env) == env.ref("base.user_admin").id
        session.finalize(env)
        assert http.check_session(session, env)


def test_database_that_is_gone(client, several):
    client.get("/web/login?db=other_db")
    answer = client.get("/odoo")
    assert answer.status_code == 303 and answer.headers["Location"] == "/web/database/selector"


@pytest.mark.parametrize(
    ("host", "pattern", "visible"),
    [
        ("acme.example.com", "^%d$", ["acme"]),
        ("www.acme.example.com:8069", "^%d$", ["acme"]),
        ("acme.example.com", "^%h$", []),
        ("a.b", "^acme", ["acme", "acme2"]),
        ("x.*", "^%d$", []),
    ],
)
def test_filter(monkeypatch, host, pattern, visible):
    monkeypatch.setitem(config.options, "dbfilter", pattern)
    assert http.db_filter(["acme", "acme2", "other"], host=host) == visible


@pytest.fixture
def master(monkeypatch, data_dir):
    """The master password is chosen, and nobody has guessed yet."""
    monkeypatch.setitem(config.options, "admin_passwd", config["admin_passwd"])
    config.set_admin_password(MASTER)
    (data_dir / "admin_guesses").unlink(missing_ok=True)
    yield MASTER
    (data_dir / "admin_guesses").unlink(missing_ok=True)


def test_life_of_a_database(client, db_server, monkeypatch, master):
    name, copy, restored = (f"test_life_{uuid.uuid4().hex[:8]}" for _ in range(3))
    monkeypatch.setitem(config.options, "dbfilter", "^test_life_")
    monkeypatch.setitem(config.options, "db_name", False)

    def post(path, **fields):
        return client.post(f"/web/database/{path}", data={"master_pwd": MASTER, **fields})

    try:
        answer = post("create", name=name, login="boss@example.com", password="secret", lang="en_US")
        assert (answer.status_code, answer.headers.get("Location")) == (303, "/odoo"), answer.text
        assert client.rpc("/web/session/get_session_info").json["result"]["username"] == "boss@example.com"

        assert post("duplicate", name=name, new_name=copy).status_code == 303
        assert sorted(client.rpc("/web/database/list").json["result"]) == sorted([name, copy])

        dump = post("backup", name=name, backup_format="zip")
        assert "dump.sql" in zipfile.ZipFile(io.BytesIO(dump.data)).namelist()
        assert f"{name}_" in dump.headers["Content-Disposition"]
        assert (
            post("restore", name=restored, copy="true", backup_file=(io.BytesIO(dump.data), "x.zip")).status_code == 303
        )

        for database in (name, copy, restored):
            assert post("drop", name=database).status_code == 303
        assert client.rpc("/web/database/list").json["result"] == []
    finally:
        for database in (name, copy, restored):
            if lifecycle.exists(database):
                lifecycle.drop(database)


ACTS = [
    ("create", {"name": "test_x", "lang": "en_US", "password": "x", "login": "x"}),
    ("drop", {"name": "test_x"}),
    ("backup", {"name": "test_x"}),
    ("duplicate", {"name": "test_x", "new_name": "test_y"}),
    ("change_password", {"master_pwd_new": "x"}),
    ("restore", {"name": "test_x"}),
]


@pytest.mark.parametrize(("path", "fields"), ACTS)
def test_wrong_master_password(client, none, master, path, fields):
    if path == "restore":
        fields = {**fields, "backup_file": (io.BytesIO(b"x"), "x.zip")}
    answer = client.post(f"/web/database/{path}", data={"master_pwd": "wrong", **fields})
    assert answer.status_code == 200 and "the master password is wrong" in answer.text


@pytest.mark.parametrize(("path", "fields"), ACTS)
@pytest.mark.parametrize("stored", [False, "admin", ""])
def test_f2_no_password_opens_a_server_without_one(client, none, master, monkeypatch, path, fields, stored):
    monkeypatch.setitem(config.options, "admin_passwd", stored)
    for password in ("admin", "", "False"):
        files = {"backup_file": (io.BytesIO(b"x"), "x.zip")} if path == "restore" else {}
        answer = client.post(f"/web/database/{path}", data={"master_pwd": password, **fields, **files})
        assert "the master password is wrong" in answer.text
    assert "shown on the console" in client.get("/web/database/manager").text


def test_f2_guesses_are_counted(client, none, master):
    for __ in range(10):
        assert "is wrong" in client.post("/web/database/drop", data={"master_pwd": "wrong", "name": "test_x"}).text
    answer = client.post("/web/database/drop", data={"master_pwd": MASTER, "name": "test_x"})
    assert "too many wrong master passwords" in answer.text


def test_f2_known_password_is_not_chosen(client, none, master):
    answer = client.post("/web/database/change_password", data={"master_pwd": MASTER, "master_pwd_new": "admin"})
    assert "that nobody can know" in answer.text


@pytest.mark.parametrize("name", ["a", "", "-x", "a b", "é", "a;b", "../x"])
def test_impossible_name(client, none, name):
    answer = client.post(
        "/web/database/create",
        data={"master_pwd": "admin", "name": name, "lang": "en_US", "password": "x", "login": "x"},
    )
    assert answer.status_code == 200 and "is no name for a database" in answer.text


def test_error_text_is_escaped(client, none):
    answer = client.post(
        "/web/database/create",
        data={
            "master_pwd": "admin",
            "name": "<script>alert(1)</script>",
            "lang": "en_US",
            "password": "x",
            "login": "x",
        },
    )
    assert "<script>alert(1)" not in answer.text
