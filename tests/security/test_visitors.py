"""Visitors who only look leave nothing behind, and their forms are as safe as anybody's."""

from pathlib import Path

import pytest
from web_client import error_of

from odoo.tools import config

PASSWORD = "admin"


def session_files():
    return {path for path in Path(config["data_dir"], "sessions").rglob("*") if path.is_file()}


def token_of(page):
    return page.text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def log_in(client, token, password=PASSWORD):
    return client.post("/web/login", data={"csrf_token": token, "login": "admin", "password": password})


@pytest.mark.parametrize("path", ["/web/login", "/odoo", "/web", "/", "/web/database/selector", "/web/image/1"])
def test_visits_make_no_session_files(visitor, path):
    before = session_files()
    for _visit in range(3):
        answer, client = None, visitor.fresh()
        while answer is None or answer.status_code in (302, 303):
            answer = client.get(answer.headers["Location"] if answer else path)
    assert session_files() == before


def test_login_without_stored_session(visitor):
    before = session_files()
    first, second = visitor.get("/web/login"), visitor.get("/web/login")
    sid = visitor.sid
    assert sid and session_files() == before
    wrong = log_in(visitor, token_of(first), "wrong")
    assert wrong.status_code == 200 and visitor.sid == sid and session_files() == before
    # a page of before is as good as the last one
    assert log_in(visitor, token_of(second)).status_code == 303
    assert visitor.sid != sid, "who is logged in has an id that nobody knew before"
    assert not error_of(visitor.rpc("/web/session/get_session_info"))
    assert len(session_files() - before) == 1


def test_forms_of_others_are_refused(visitor):
    token, other = token_of(visitor.get("/web/login")), token_of(visitor.fresh().get("/web/login"))
    for client, wrong in ((visitor, other), (visitor, ""), (visitor.fresh(), token)):
        answer = log_in(client, wrong)
        assert answer.status_code != 303 or "/web/login" in answer.headers["Location"]
        assert error_of(client.rpc("/web/session/get_session_info"))
    for chosen in ("", "short", "a" * 84):
        client = visitor.fresh()
        client.set_cookie("session_id", chosen)
        page = client.get("/web/login")
        assert client.sid != chosen
        assert log_in(client, token_of(page)).status_code == 303
