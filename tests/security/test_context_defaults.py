"""Defaults that a caller sends in the context are for fields that the caller may write, whoever creates the record."""

import base64

import pytest
from web_client import error_of

from odoo import Command
from odoo.modules.registry import Registry

PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
).decode()
#: what makes an attachment readable for everybody
DOORS = {"public": True, "url": "/shop/terms", "access_token": "known"}


@pytest.fixture
def changing(database, env):
    """The superuser's environment, in a transaction that stays."""

    def run(function):
        with Registry(database).cursor() as cr:
            return function(env(cr=cr))

    return run


def sent(values):
    """Return the context that makes ``values`` the defaults of new records."""
    return {f"default_{name}": value for name, value in values.items()}


def picture_of(env, uid):
    """Return the doors of the attachment that holds the picture of a user."""
    partner = env["res.users"].browse(uid).partner_id
    domain = [("res_model", "=", "res.partner"), ("res_id", "=", partner.id), ("res_field", "=", "image_1920")]
    return env["ir.attachment"].search(domain).read(list(DOORS))


def test_own_pictures_have_no_doors_of_their_own(clerk, env):
    answer = clerk.call("res.users", "write", [[clerk.uid], {"image_1920": PIXEL}], context=sent(DOORS))
    assert not error_of(answer)
    [doors] = picture_of(env, clerk.uid)
    assert not any(doors[name] for name in DOORS), doors


def test_defaults_of_users_are_no_way_round(clerk, env, changing):
    for name, value in DOORS.items():
        clerk.call("ir.default", "set", ["ir.attachment", name, value], user_id=True)
    try:
        answer = clerk.call("res.users", "write", [[clerk.uid], {"image_1920": PIXEL}])
        assert not error_of(answer)
        [doors] = picture_of(env, clerk.uid)
        assert not any(doors[name] for name in DOORS), doors
    finally:
        changing(lambda env: env["ir.default"].search([("user_id", "=", clerk.uid)]).unlink())


def test_users_have_defaults_of_what_they_may_write(clerk, admin, changing):
    assert error_of(clerk.call("ir.default", "set", ["res.partner", "comment", "x"], user_id=True)) == "AccessError"
    assert error_of(clerk.call("ir.default", "set", ["res.users", "share", True], user_id=True)) == "AccessError"
    assert not error_of(clerk.call("ir.default", "set", ["ir.filters", "sort", "[]"], user_id=True))
    assert not error_of(admin.call("ir.default", "set", ["res.partner", "ref", "x"], user_id=True))
    changing(lambda env: env["ir.default"].search([("json_value", "in", ['"[]"', '"x"'])]).unlink())


@pytest.fixture
def action(changing):
    """Id of an action for employees that creates contacts with the rights of the system, and names them."""
    code = """
contacts = env["res.partner"].sudo()
own = contacts.with_context(default_function="set by code").create({"name": "Made"})
tagged = contacts.create({"name": "Tagged", "category_id": [(0, 0, {"name": "Tag"})]})
action = {"type": "ir.actions.act_window_close", "infos": {
    "made": own.read(["comment", "ref", "function"])[0], "tag": tagged.category_id.read(["color"])[0]}}
"""

    def make(env):
        values = {
            "name": "Make a contact",
            "model_id": env["ir.model"]._get_id("res.partner"),
            "state": "code",
            "code": code,
            "groups_id": [Command.set(env.ref("base.group_user").ids)],
        }
        return env["ir.actions.server"].create(values).id

    return changing(make)


@pytest.mark.parametrize("door", ["call_kw", "run"])
@pytest.mark.parametrize("who", ["clerk", "admin"])
def test_code_with_more_rights(request, action, door, who):
    client = request.getfixturevalue(who)
    context = sent({"comment": "<p>sent</p>", "ref": "sent", "function": "sent", "color": 77})
    if door == "run":
        answer = client.rpc("/web/action/run", action_id=action, context=context)
    else:
        answer = client.call("ir.actions.server", "run", [[action]], context=context)
    assert not error_of(answer), answer.text
    infos = answer.json["result"]["infos"]
    assert infos["made"]["function"] == "set by code"
    assert infos["made"]["ref"] == ("sent" if who == "admin" else False)
    assert (infos["tag"]["color"] == 77) == (who == "admin")
    assert bool(infos["made"]["comment"]) == (who == "admin")


def test_code_of_an_action_may_pass_on_what_was_sent(admin, action):
    answer = admin.call("ir.actions.server", "run", [[action]], context=sent({"ref": 5}))
    assert not error_of(answer), answer.text


def test_defaults_that_the_caller_may_write_count(admin):
    contact = admin.call("res.partner", "create", [{"name": "x"}], context=sent({"ref": "sent"})).json["result"]
    assert admin.call("res.partner", "read", [[contact], ["ref"]]).json["result"][0]["ref"] == "sent"
    own = admin.call("res.partner", "default_get", [["ref"]], context=sent({"ref": "sent"})).json["result"]
    assert own == {"ref": "sent"}
