"""Contents of attachments are reached through attachments that the user may read, and through nothing else."""

import base64

import pytest
from web_client import error_of

from odoo.modules.registry import Registry

SECRET = b"salaries of the board, nobody else may read them"
#: what follows from a content: never taken from a caller
FOLLOWING = ("store_fname", "checksum", "file_size")


@pytest.fixture
def foreign(env, database):
    """Values of an attachment of a record that only administrators may read."""
    with Registry(database).cursor() as cr:
        other = env(cr=cr)
        file = other["ir.attachment"].create(
            {"name": "board.txt", "raw": SECRET, "res_model": "ir.mail_server", "res_id": 1}
        )
        values = file.read([*FOLLOWING, "index_content"])[0]
        assert values["store_fname"]
    yield values
    with Registry(database).cursor() as cr:
        env(cr=cr)["ir.attachment"].search([("id", ">=", values["id"])]).unlink()


def defaults(values):
    """Return the context that makes ``values`` the defaults of new records."""
    return {f"default_{name}": value for name, value in values.items() if name != "id"}


def stored(env, ids):
    """Return what the database has of attachments, contents included."""
    env.invalidate_all()
    return env["ir.attachment"].browse(ids).read([*FOLLOWING, "index_content", "raw", "res_model", "res_id"])


def assert_leaks_nothing(client, env, ids):
    """Assert that the attachments have no content, and that ``client`` reads none."""
    for row in stored(env, ids):
        assert not row["raw"] and not row["store_fname"], row
        assert not row["checksum"] and not row["file_size"] and not row["index_content"], row
    for file_id in ids:
        for field in ("raw", "datas", "db_datas"):
            assert SECRET not in client.get(f"/web/content/ir.attachment/{file_id}/{field}").data
        answer = client.call("ir.attachment", "read", [[file_id], ["raw", "datas"]])
        assert not error_of(answer)
        assert base64.b64encode(SECRET).decode() not in answer.text and SECRET.decode() not in answer.text


@pytest.mark.parametrize("client", ["clerk", "admin"])
def test_f7_defaults_of_the_context(request, env, foreign, client):
    client, context = request.getfixturevalue(client), defaults(foreign)

    def call(method, *args):
        return client.call("ir.attachment", method, args, context=context).json["result"]

    ids = [
        call("create", {"name": "x"}),
        *call("create", [{"name": "x"}, {"name": "y"}]),
        call("create", {"name": "x", "type": "url", "url": "https://example.com"}),
        call("web_save", [], {"name": "x"}, {})[0]["id"],
        call("name_create", "x")[0],
        *call("load", ["name"], [["x"]])["ids"],
    ]
    assert len(ids) == 7
    assert_leaks_nothing(client, env, ids)
    assert call("default_get", [*FOLLOWING, "index_content"]) == {}


def test_f7_given_contents_win_over_defaults(clerk, env, foreign):
    content = b"mine and only mine"
    own = clerk.call(
        "ir.attachment",
        "create",
        [{"name": "x.txt", "datas": base64.b64encode(content).decode()}],
        context=defaults(foreign),
    ).json["result"]
    [row] = stored(env, [own])
    assert row["raw"] == content and row["file_size"] == len(content) and row["index_content"] == content.decode()
    assert row["checksum"] != foreign["checksum"]


@pytest.mark.parametrize("with_content", [True, False])
def test_f7_copies(clerk, env, foreign, with_content):
    values = {"name": "x.txt", **({"raw": "mine"} if with_content else {})}
    own = clerk.call("ir.attachment", "create", [values]).json["result"]
    given = {name: foreign[name] for name in FOLLOWING}
    copies = [
        clerk.call("ir.attachment", "copy", [[own]], context=defaults(foreign)).json["result"],
        clerk.call("ir.attachment", "copy", [[own], given]).json["result"],
    ]
    for row in stored(env, [copy[0] if isinstance(copy, list) else copy for copy in copies]):
        assert (row["raw"] or b"") == (b"mine" if with_content else b"")
        assert row["checksum"] != foreign["checksum"] and row["store_fname"] != foreign["store_fname"]


def test_f7_values_that_are_written(clerk, env, foreign):
    own = clerk.call("ir.attachment", "create", [{"name": "x.txt"}]).json["result"]
    given = {name: foreign[name] for name in FOLLOWING}
    for method, args in (
        ("write", [[own], given]),
        ("web_save", [[own], given, {}]),
        ("update", [[own], given]),
        ("write", [[own], {**given, "mimetype": "text/plain"}]),
        ("load", [["id", *given], [["base.x", *map(str, given.values())]]]),
    ):
        clerk.call("ir.attachment", method, args, context=defaults(foreign))
    assert_leaks_nothing(clerk, env, [own])


def test_f7_records_in_memory(clerk, foreign):
    own = clerk.call("ir.attachment", "create", [{"name": "x.txt", "raw": "mine"}]).json["result"]
    values = {name: foreign[name] for name in ("store_fname", "checksum")}
    spec = {"raw": {}, "datas": {}, "db_datas": {}, "store_fname": {}}
    coded = base64.b64encode(SECRET).decode()
    for ids in ([], [own], [foreign["id"]]):
        for given, context in ((values, {}), ({}, defaults(foreign)), ({"name": "y"}, defaults(foreign))):
            for names in ([], list(given)):
                text = clerk.call("ir.attachment", "onchange", [ids, given, names, spec], context=context).text
                assert coded not in text and SECRET.decode() not in text


def test_f7_defaults_of_users(clerk, env, foreign, database):
    with Registry(database).cursor() as cr:
        env(cr=cr)["ir.default"].set("ir.attachment", "store_fname", foreign["store_fname"])
    try:
        own = clerk.call("ir.attachment", "create", [{"name": "x"}]).json["result"]
        assert_leaks_nothing(clerk, env, [own])
    finally:
        with Registry(database).cursor() as cr:
            env(cr=cr)["ir.default"].search([("field_id.name", "=", "store_fname")]).unlink()


def test_f7_owner_by_default_is_checked(clerk, env):
    owner = {"res_model": "res.company", "res_id": 1}
    answer = clerk.call("ir.attachment", "create", [{"name": "x"}], context=defaults(owner))
    assert error_of(answer) == "AccessError"
    for name in owner:
        rest = {key: value for key, value in owner.items() if key != name}
        answer = clerk.call("ir.attachment", "create", [{"name": "x", **rest}], context=defaults({name: owner[name]}))
        assert error_of(answer) == "AccessError"


def test_visitors_do_not_share_their_files(env, database):
    public = env.ref("base.public_user")
    with Registry(database).cursor() as cr:
        other = env(cr=cr)
        file = other(user=public)["ir.attachment"].sudo().create({"name": "cv.txt", "raw": SECRET})
        assert file.create_uid == public
        assert not file.sudo(False).has_access("read")
        cr.rollback()
