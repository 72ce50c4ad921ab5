"""Files, sessions, redirections and what a browser may be led to do."""

import base64
import json
import logging

import pytest
from web_client import error_of, forget_failures

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def hidden_file(admin):
    """Id of a private file of the administrator."""
    answer = admin.call(
        "ir.attachment", "create", [{"name": "salaries.txt", "datas": base64.b64encode(b"top secret").decode()}]
    )
    yield answer.json["result"]
    admin.call("ir.attachment", "unlink", [[answer.json["result"]]])


@pytest.mark.parametrize("client", ["visitor", "guest", "clerk"])
def test_files_of_others(request, hidden_file, client):
    client = request.getfixturevalue(client)
    for path in (
        f"/web/content/{hidden_file}",
        f"/web/content/{hidden_file}?access_token=",
        f"/web/image/{hidden_file}",
        f"/web/content/{hidden_file}?access_token=wrong",
        f"/web/content/ir.attachment/{hidden_file}/datas",
        f"/web/content?model=ir.attachment&id={hidden_file}&field=raw&download=1",
        f"/web/content/ir.attachment/{hidden_file}/raw/x.txt",
        f"/web/content/ir.attachment/{hidden_file}/db_datas",
    ):
        assert b"secret" not in client.get(path).data, path
    for method, args in (
        ("read", [[hidden_file], ["datas", "raw", "name"]]),
        ("web_read", [[hidden_file], {"raw": {}}]),
        ("search_read", [[["id", "=", hidden_file]], ["name"]]),
        ("copy", [[hidden_file]]),
        ("generate_access_token", [[hidden_file]]),
        ("mapped", [[hidden_file], "raw"]),
        ("write", [[hidden_file], {"public": True}]),
        ("unlink", [[hidden_file]]),
        ("search_count", [[["id", "=", hidden_file], ["name", "=like", "sal%"]]]),
    ):
        answer = client.call("ir.attachment", method, args)
        assert "salaries" not in answer.text and (answer.json.get("error") or not answer.json["result"]), method


def test_clerks_attach_to_what_they_may_change_only(clerk):
    content = {"name": "x.txt", "datas": base64.b64encode(b"x").decode()}
    owner = {"res_model": "res.partner", "res_id": 1}
    assert error_of(clerk.call("ir.attachment", "create", [{**content, **owner}])) == "AccessError"
    own = clerk.call("ir.attachment", "create", [{**content, "res_model": "res.partner"}]).json["result"]
    assert error_of(clerk.call("ir.attachment", "write", [[own], owner])) == "AccessError"
    assert error_of(clerk.call("ir.attachment", "write", [[own], {"res_id": 1}])) == "AccessError"
    assert not error_of(clerk.call("ir.attachment", "write", [[own], {"name": "y.txt"}]))


def test_clerks_put_no_files_at_addresses(clerk, visitor):
    content = {"name": "x.txt", "datas": base64.b64encode(b"planted").decode(), "url": "/planted"}
    assert error_of(clerk.call("ir.attachment", "create", [content])) == "ValidationError"
    file = clerk.call("ir.attachment", "create", [{**content, "res_field": "x"}]).json.get("result")
    if file:
        assert error_of(clerk.call("ir.attachment", "write", [[file], {"res_field": False}])) == "ValidationError"
    assert visitor.get("/planted").status_code == 404


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("a.html", None),
        ("a.svg", None),
        ("a.xml", None),
        ("a.txt", "text/html"),
        ("a.png", "image/svg+xml"),
        ("a.xhtml", None),
        ("a", "application/xhtml+xml"),
        ("a.htm", None),
        ("a.hta", None),
    ],
)
def test_uploads_run_no_script(clerk, name, mimetype):
    page = base64.b64encode(b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>").decode()
    values = {"name": name, "datas": page, **({"mimetype": mimetype} if mimetype else {})}
    file = clerk.call("ir.attachment", "create", [values]).json["result"]
    clerk.call("ir.attachment", "write", [[file], {"mimetype": "text/html"}])
    for query in ("", "?mimetype=text/html", "?unique=1"):
        answer = clerk.get(f"/web/content/{file}{query}")
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer = clerk.get(f"/web/content/{file}")
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_f12_drawings_do_not_stop_others(admin, clerk):
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    value = base64.b64encode(drawing).decode()
    answer = clerk.call("res.users", "write", [[clerk.uid], {"image_1920": value}])
    try:
        assert not error_of(answer)
        for model in ("res.users", "res.partner"):
            for field in ("avatar_128", "avatar_1920", "image_128", "image_1920"):
                rows = clerk.call(model, "search_read", [[], ["name", field]])
                assert not error_of(rows), field
                assert value in [row[field] for row in rows.json["result"]], field
        [row] = clerk.call("res.users", "read", [[clerk.uid], ["partner_id"]]).json["result"]
        partner = f"res.partner/{row['partner_id'][0]}"
        for path in ("web/image", "web/content"):
            answer = clerk.get(f"/{path}/{partner}/image_1920")
            assert "svg" not in answer.headers["Content-Type"]
            for record in (partner, f"res.users/{clerk.uid}"):
                answer = clerk.get(f"/{path}/{record}/image_1920")
                assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    finally:
        admin.call("res.users", "write", [[clerk.uid], {"image_1920": False}])


def test_stored_names_lead_nowhere(clerk):
    for name in ("../../../etc/passwd", "/etc/passwd", "aa/../../x"):
        file = clerk.call("ir.attachment", "create", [{"name": "x.txt", "store_fname": name}]).json["result"]
        clerk.call("ir.attachment", "write", [[file], {"store_fname": name}])
        assert b"root:" not in clerk.get(f"/web/content/{file}").data
        assert not clerk.call("ir.attachment", "read", [[file], ["store_fname"]]).json["result"][0]["store_fname"]


def test_names_of_downloads_are_readable_fields_only(clerk, admin, env):
    admin.call("res.users", "write", [[2], {"image_1920": PNG}])
    answer = clerk.get("/web/content/res.users/2/image_1920?filename_field=password&download=1")
    assert "pbkdf2" not in str(answer.headers)
    for field in ("password", "name", "groups_id", "__class__", "_fields"):
        assert clerk.get(f"/web/content/res.users/2/{field}").status_code in (404, 422), field
        assert b"pbkdf2" not in clerk.get(f"/web/image/res.users/2/{field}").data


@pytest.mark.parametrize(
    "path",
    [
        "/web/static/../../../etc/passwd",
        "/web/static/..%2f..%2f__manifest__.py",
        "/web/static/%2e%2e/__manifest__.py",
        "/web/npm/../package.json",
        "/web/npm/@odoo/owl/../../../package.json",
        "/web/npm/%2e%2e/package.json",
        "/web/npm/left-pad/index.js",
        "/web/static//etc/passwd",
        "/..%5c..%5cetc/static/passwd",
        "/base/static/../data/x",
        "/web/bundle/../../x.css",
        "/web/sign/get_fonts/..%2f..%2fx",
        "/web/static/src\x00.js",
        "/base/security/x.csv",
    ],
)
def test_paths_stay_below_their_folder(clerk, path):
    answer = clerk.get(path)
    assert answer.status_code >= 400
    assert b"root:" not in answer.data and b"depends" not in answer.data


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/x",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "///evil.example",
        "/%0d%0aSet-Cookie:x=1",
        " //evil.example",
        "data:text/html,x",
        "https:evil.example",
        "\x01//evil.example",
        "/./\\evil.example",
        "////evil.example/%2e%2e",
    ],
)
def test_redirections_stay_here(visitor, clerk, target):
    answers = [
        visitor.form("/web/login", login="clerk", password=clerk.password, redirect=target),
        clerk.get("/web/login", query_string={"redirect": target}),
        clerk.get("/odoo", query_string={"redirect": target}),
        clerk.get("/web/session/logout", query_string={"redirect": target}),
    ]
    for answer in answers:
        location = answer.headers.get("Location", "/")
        assert location.startswith("/") and location[1:2] not in ("/", "\\"), location
        assert "Set-Cookie:x" not in answer.headers and "\n" not in location


@pytest.mark.parametrize(
    "path",
    [
        "/web/export/csv",
        "/web/export/xlsx",
        "/web/binary/upload_attachment",
        "/report/download",
        "/web/model/get_definitions",
        "/web/pivot/export_xlsx",
        "/web/set_profiling",
    ],
)
def test_forms_need_a_token(clerk, path):
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "0" * 40 + "o9999999999"}):
        assert clerk.post(path, data={"data": "{}", **token}).status_code == 400


def test_json_routes_take_no_forms(clerk):
    """A page of another site can send forms, but no JSON without being asked for permission."""
    call = json.dumps({"params": {"model": "res.partner", "method": "search", "args": [[]], "kwargs": {}}})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert clerk.post("/web/dataset/call_kw", data=call, content_type=kind).status_code in (400, 415)
    answer = clerk.options("/web/dataset/call_kw", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_session_changes_with_the_user(database, visitor, clerk):
    visitor.get("/web/login")
    before = visitor.sid
    visitor.authenticate(database, "clerk", clerk.password)
    during = visitor.sid
    assert before != during
    visitor.get("/web/session/logout")
    assert visitor.sid != during
    for old in (before, during):
        stranger = visitor.fresh()
        stranger.set_cookie("session_id", old)
        assert error_of(stranger.call("res.partner", "search", [[]])) == "SessionExpiredException"


def test_session_ids_are_not_taken_from_addresses(clerk, visitor):
    for path in (f"/odoo?session_id={clerk.sid}", "/web/session/get_session_info"):
        answer = (
            visitor.get(path)
            if "?" in path
            else visitor.post(path, json={"params": {"session_id": clerk.sid}}, headers={"X-Session-Id": clerk.sid})
        )
        assert answer.status_code in (200, 303, 302)
        assert '"uid"' not in answer.text and visitor.sid != clerk.sid


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
def test_cookie(database, visitor, clerk, scheme, secure):
    answer = visitor.post(
        "/web/session/authenticate",
        base_url=f"{scheme}://localhost",
        json={"params": {"db": database, "login": "clerk", "password": clerk.password}},
    )
    [cookie] = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith("session_id=")]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and ("Secure" in cookie) is secure


def test_archived_users_are_out_at_once(database, admin, clerk, visitor):
    admin.call("res.users", "write", [[clerk.uid], {"active": False}])
    try:
        assert error_of(clerk.call("res.partner", "search", [[]])) == "SessionExpiredException"
        assert error_of(visitor.authenticate(database, "clerk", clerk.password)) == "AccessDenied"
        answer = visitor.rpc(
            "/jsonrpc",
            service="object",
            method="execute_kw",
            args=[database, clerk.uid, clerk.password, "res.partner", "search", [[]]],
        )
        assert error_of(answer) == "AccessDenied"
    finally:
        admin.call("res.users", "write", [[clerk.uid], {"active": True}])


def test_outsiders_stay_outside(guest):
    assert guest.get("/odoo").headers["Location"] == "/web/login_successful"
    assert guest.get("/web/become").status_code == 303
    for model in ("res.users", "res.partner"):
        for record in guest.call(model, "search_read", [[], ["id", "display_name"]]).json.get("result") or ():
            assert record["display_name"] in ("Guest", "My Company")
    assert error_of(guest.call("ir.model", "search_read", [[]])) == "AccessError"


def test_becoming_the_superuser_is_for_administrators(clerk, admin):
    clerk.get("/web/become")
    assert clerk.rpc("/web/session/get_session_info").json["result"]["uid"] == clerk.uid
    admin.get("/web/become")
    assert admin.rpc("/web/session/get_session_info").json["result"]["uid"] == 1


def test_uploads_are_limited(clerk, admin, env):
    admin.call("ir.config_parameter", "set_param", ["web.max_file_upload_size", 1000])
    try:
        answer = clerk.call("res.partner", "search", [[["name", "=", "x" * 2000]]])
        assert answer.status_code == 413
    finally:
        admin.call("ir.config_parameter", "set_param", ["web.max_file_upload_size", False])


def test_passwords_are_not_logged(database, admin, visitor, caplog):
    caplog.set_level(logging.DEBUG)
    secret = "Tr0ub4dor and more"
    visitor.authenticate(database, "admin", secret)
    visitor.form("/web/login", login="admin", password=secret)
    visitor.rpc("/jsonrpc", service="common", method="login", args=[database, "admin", secret])
    visitor.rpc("/jsonrpc", service="object", method="execute_kw", args=[database, 2, secret, "res.lang", "read", [1]])
    user = admin.call("res.users", "create", [{"name": "New", "login": "new", "password": secret}]).json["result"]
    admin.call("res.users", "write", [[user], {"new_password": secret}])
    admin.call("res.users", "create", [{"name": "New", "login": "new", "password": secret}])
    admin.call("change.password.wizard", "create", [{"user_ids": [[0, 0, {"user_id": user, "new_passwd": secret}]]}])
    admin.call("change.password.own", "create", [{"new_password": secret, "confirm_password": secret}])
    admin.call("ir.mail_server", "create", [{"name": "x", "smtp_host": "h", "smtp_user": "u", "smtp_pass": secret}])
    visitor.post("/web/database/change_password", data={"master_pwd": secret, "master_pwd_new": secret})
    admin.call("res.users", "unlink", [[user]])
    assert caplog.text and secret not in caplog.text
    assert "$pbkdf2" not in caplog.text


def test_wrong_logins_look_alike(database, visitor):
    answers = {visitor.authenticate(database, login, "wrong").json["error"]["message"] for login in ("admin", "nobody")}
    assert len(answers) == 1
    forget_failures(database)
