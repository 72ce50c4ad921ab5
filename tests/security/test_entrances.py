"""Where each kind of user is sent, and what each may do with the controllers of the web client."""

import pytest
from web_client import error_of

LOGIN_DONE = "/web/login_successful"


@pytest.mark.parametrize(("client", "home"), [("visitor", "/odoo"), ("guest", LOGIN_DONE), ("clerk", "/odoo")])
def test_start_page_leads_home(request, client, home):
    answer = request.getfixturevalue(client).get("/?debug=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{home}?debug=1")


def test_backend_is_for_internal_users(guest, clerk):
    assert guest.get("/odoo").headers["Location"] == LOGIN_DONE
    page = clerk.get("/odoo")
    assert (page.status_code, page.headers["X-Frame-Options"]) == (200, "DENY")
    assert page.headers["Cache-Control"] == "no-store"


def test_pages_asked_for_are_kept_until_the_login(visitor):
    assert visitor.get("/odoo/x?a=1").headers["Location"] == "/web/login?redirect=%2Fodoo%2Fx%3Fa%3D1"


def test_login_form_remembers_what_was_typed_but_the_password(visitor):
    page = visitor.form("/web/login", login="clerk", password="no such password")
    assert "Wrong login/password" in page.text and 'value="clerk"' in page.text
    assert "no such password" not in page.text
    assert "; frame-ancestors 'self'; " in page.headers["Content-Security-Policy"]


def test_message_of_the_backend_to_outsiders(visitor):
    assert "ask an administrator" in visitor.get("/web/login?error=access").text


def test_own_arrangement_of_a_view(clerk, env):
    view = env["ir.ui.view"].search([("type", "=", "form")], limit=1)
    Custom = env["ir.ui.view.custom"]
    own, other = Custom.create(
        [{"ref_id": view.id, "user_id": uid, "arch": "<form/>"} for uid in (clerk.uid, env.ref("base.user_admin").id)]
    )
    env.cr.commit()
    arch = "<form><field name='id'/></form>"
    assert clerk.rpc("/web/view/edit_custom", custom_id=own.id, arch=arch).json["result"] == {"result": True}
    assert error_of(clerk.rpc("/web/view/edit_custom", custom_id=other.id, arch=arch)) == "AccessError"
    env.invalidate_all()
    assert (own.arch, other.arch) == (arch, "<form/>")
    (own + other).unlink()
    env.cr.commit()


@pytest.mark.parametrize("action", ["base.action_res_users", "no.such_action", "no_such_path", 999999999, "", False])
def test_actions_are_found_by_every_name(admin, action):
    answer = admin.rpc("/web/action/load", action_id=action)
    found = action == "base.action_res_users"
    assert error_of(answer) == (None if found else "MissingActionError")


def test_buttons_answer_with_actions_only(clerk):
    def press(method, *args):
        return clerk.rpc("/web/dataset/call_button", model="res.users", method=method, args=list(args), kwargs={})

    assert press("has_group", [clerk.uid], "base.group_user").json["result"] is False
    assert press("action_get").json["result"]["type"] == "ir.actions.act_window"


def test_unknown_models_of_calls(clerk):
    answer = clerk.rpc("/web/dataset/call_kw", model="no.such.model", method="read", args=[[1]], kwargs={})
    assert "no.such.model" in answer.text


def test_reports_on_papers_are_not_for_visitors(visitor):
    assert visitor.get("/report/html/web.preview_internalreport/1").status_code == 303
