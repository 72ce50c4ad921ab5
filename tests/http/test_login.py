"""Login, logout, sessions and forms in a browser's steps."""

import re

import pytest

from odoo.http import root
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.passwords import password_hashing

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def login_form(client, **values):
    page = client.get("/web/login")
    return client.post("/web/login", data={"csrf_token": TOKEN.search(page.text)[1], **values})


def test_page_has_the_fields_of_the_interface(visitor):
    page = visitor.get("/web/login?redirect=/odoo/contacts")
    assert page.status_code == 200
    for name in ("csrf_token", "login", "password", "type", "redirect"):
        assert f'name="{name}"' in page.text
    assert 'value="/odoo/contacts"' in page.text
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert 'name="viewport"' in page.text


def test_right_password_leads_to_the_backend(visitor):
    answer = login_form(visitor, login="admin", password="admin")
    assert answer.status_code == 303 and answer.headers["Location"] == "/odoo"


def test_redirect_is_kept(visitor):
    answer = login_form(visitor, login="admin", password="admin", redirect="/odoo/contacts?debug=1")
    assert answer.headers["Location"] == "/odoo/contacts?debug=1"


def test_redirect_stays_on_this_server(visitor):
    for target in ("https://evil.example/x", "//evil.example/x", "/\\evil.example/x"):
        location = login_form(visitor, login="admin", password="admin", redirect=target).headers["Location"]
        assert location.startswith("/") and not location.startswith(("//", "/\\"))


def test_wrong_password_shows_the_form_again(visitor):
    answer = login_form(visitor, login="admin", password="wrong", redirect="/odoo/x")
    assert answer.status_code == 200
    assert "Wrong login/password" in answer.text
    assert 'value="admin"' in answer.text and 'value="/odoo/x"' in answer.text
    assert "wrong" not in re.sub(r"<[^>]*role=\"alert\".*", "", answer.text).lower().replace("wrong login", "")


def test_login_changes_the_session_id(visitor):
    """Session fixation: what was known before the login is worth nothing after it."""
    visitor.get("/web/login")
    before = visitor.sid
    login_form(visitor, login="admin", password="admin")
    after = visitor.sid
    assert before and after and before != after
    visitor.set_cookie("session_id", before)
    assert "error" in visitor.rpc("/web/session/check").json


def test_session_id_of_the_client_is_not_adopted(visitor):
    visitor.set_cookie("session_id", "a" * 84)
    visitor.get("/web/login")
    assert visitor.sid != "a" * 84


def test_cookie_attributes(visitor):
    cookie = visitor.get("/web/login").headers["Set-Cookie"]
    assert re.match(r"session_id=[A-Za-z0-9_-]{84};", cookie)
    for attribute in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=604800"):
        assert attribute in cookie
    assert "Secure" not in cookie
    assert "Secure" in visitor.fresh().get("/web/login", base_url="https://localhost").headers["Set-Cookie"]


def asked_again(visitor, answer):
    """Tell whether the answer is the login form once more, for a session that works."""
    assert visitor.rpc("/web/session/check").json["error"]["code"] == 100
    token = TOKEN.search(answer.text)[1]
    form = {"csrf_token": token, "login": "admin", "password": "admin"}
    assert visitor.post("/web/login", data=form).status_code == 303
    return answer.status_code == 200 and "open for too long" in answer.text


def test_2_14_2_form_without_token(visitor):
    answer = visitor.post("/web/login", data={"login": "admin", "password": "admin"})
    assert asked_again(visitor, answer)


def test_2_14_2_form_with_the_token_of_another_session(visitor):
    token = TOKEN.search(visitor.fresh().get("/web/login").text)[1]
    visitor.get("/web/login")
    answer = visitor.post("/web/login", data={"csrf_token": token, "login": "admin", "password": "admin"})
    assert asked_again(visitor, answer)


def test_2_14_2_form_of_a_session_that_is_gone(visitor):
    stored = root.session_store.new()
    root.session_store.save(stored)
    before = stored.sid
    visitor.set_cookie("session_id", before)
    token = TOKEN.search(visitor.get("/web/login").text)[1]
    assert visitor.sid == before
    root.session_store.delete(root.session_store.get(before))
    answer = visitor.post("/web/login", data={"csrf_token": token, "login": "admin", "password": "admin"})
    assert asked_again(visitor, answer)
    # an id that somebody else may have chosen is nobody's session
    assert visitor.sid != before


def test_2_14_4_where_a_login_leads(visitor):
    assert visitor.get("/web").headers["Location"] == "/web/login?redirect=%2Fweb%3F"


def test_2_14_5_type_of_the_service_worker(visitor):
    assert visitor.get("/web/service-worker.js").headers["Content-Type"] == "text/javascript"


def test_logout(admin):
    before = admin.sid
    answer = admin.get("/web/session/logout?redirect=/web/login")
    assert answer.status_code == 303 and answer.headers["Location"] == "/web/login"
    assert admin.sid != before
    assert admin.rpc("/web/session/check").json["error"]["code"] == 100
    admin.set_cookie("session_id", before)
    assert admin.rpc("/web/session/check").json["error"]["code"] == 100


def test_destroy(admin):
    assert "result" not in admin.rpc("/web/session/destroy").json
    assert admin.rpc("/web/session/check").json["error"]["code"] == 100


def test_backend_wants_a_login(visitor):
    answer = visitor.get("/odoo/contacts/5?debug=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/web/login?redirect=%2Fodoo%2Fcontacts%2F5%3Fdebug%3D1"


def test_backend_page(admin):
    page = admin.get("/odoo")
    assert page.status_code == 200
    assert page.headers["X-Frame-Options"] == "DENY"
    assert '.modules.min.js"' in page.text and '<script type="importmap"' not in page.text
    assert "odoo.__session_info__" in page.text and "csrf_token" in page.text


def test_backend_page_for_authors(admin):
    page = admin.get("/odoo?debug=assets")
    assert '<script type="importmap" nonce="' in page.text and ".modules.min.js" not in page.text


def test_page_script_cannot_be_left(admin):
    admin.call("res.users", "write", [[2], {"name": "</script><script>alert(1)"}])
    try:
        assert "</script><script>alert(1)" not in admin.get("/odoo").text
    finally:
        admin.call("res.users", "write", [[2], {"name": "Administrator"}])


def test_debug_mode_is_remembered(admin):
    admin.get("/odoo?debug=assets")
    assert admin.rpc("/web/session/get_session_info").json["result"]["bundle_params"]["debug"] == "assets"
    admin.get("/odoo?debug=0")
    assert "debug" not in admin.rpc("/web/session/get_session_info").json["result"]["bundle_params"]


def test_password_change_ends_all_other_sessions(admin, database):
    other = admin.fresh()
    other.authenticate(database, "admin", "admin")
    other.call("res.users", "change_password", ["admin", "other"])
    try:
        assert admin.rpc("/web/session/check").json["error"]["code"] == 100
        assert "error" not in other.rpc("/web/session/check").json
    finally:
        other.authenticate(database, "admin", "other")
        other.call("res.users", "change_password", ["other", "admin"])


FORWARDED = {"X-Forwarded-Host": "erp.example.com", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


def test_headers_of_a_proxy_count_in_proxy_mode(visitor, monkeypatch):
    monkeypatch.setitem(config.options, "proxy_mode", True)
    assert "; Secure" in visitor.get("/web/login", headers=FORWARDED).headers["Set-Cookie"]


def test_headers_of_a_proxy_do_not_count_otherwise(visitor):
    assert "; Secure" not in visitor.get("/web/login", headers=FORWARDED).headers["Set-Cookie"]


def test_language_of_the_browser(visitor):
    page = visitor.get("/web/login", headers={"Accept-Language": "xx-invalid;q=1, de;q=0.5"})
    assert page.status_code == 200


def test_too_many_wrong_passwords(admin, visitor, database):
    admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "2"])
    try:
        for _attempt in range(3):
            answer = visitor.authenticate(database, "admin", "wrong")
        assert "Too many" in answer.json["error"]["data"]["message"]
        assert "Too many" in visitor.authenticate(database, "admin", "admin").json["error"]["data"]["message"]
    finally:
        admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "10"])


@pytest.mark.parametrize("form", [True, False])
def test_a_session_outlives_the_stronger_hash_that_its_login_stored(visitor, database, form):
    registry = Registry(database)
    weak = password_hashing(rounds=500).hash("admin")
    with registry.cursor() as cr:
        cr.execute("UPDATE res_users SET password = %s WHERE login = 'admin'", [weak])
    registry.clear_all_caches()
    client = visitor.fresh()
    if form:
        login_form(client, login="admin", password="admin")
    else:
        client.authenticate(database, "admin", "admin")
    with registry.cursor() as cr:
        cr.execute("SELECT password FROM res_users WHERE login = 'admin'")
        assert cr.fetchone()[0] != weak
    registry.clear_all_caches()
    assert client.call("res.users", "search_count", [[["login", "=", "admin"]]]).json["result"] == 1
