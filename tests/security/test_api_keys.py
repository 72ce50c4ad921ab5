"""What gives a program access: it ends at once, in every process, when it is taken away."""

from unittest.mock import patch

import pytest
from passlib.context import CryptContext
from web_client import error_of

from odoo import SUPERUSER_ID, api
from odoo.addons.base.models import res_users_apikeys
from odoo.modules.registry import Registry
from odoo.tools import SQL

PASSWORD = "battery staple"


@pytest.fixture
def program(env, database, visitor):
    """A user with an API key and a password, and a function that calls with one of them."""
    with Registry(database).cursor() as cr:
        user = env(cr=cr)["res.users"].create(
            {
                "name": "Robot",
                "login": "robot",
                "password": PASSWORD,
                "groups_id": [(6, 0, env.ref("base.group_user").ids)],
            }
        )
        user.groups_id.write({"api_key_duration": 30})
        keys = user.with_user(user).sudo().env["res.users.apikeys"]
        robot = Program(database, user.id, keys._generate("rpc", "robot", "2099-01-01 00:00:00"), visitor)
    # as a request would at its end, so that caches are not cleared at the end of the next one
    Registry(database).signal_changes()
    yield robot
    with Registry(database).cursor() as cr:
        env(cr=cr)["res.users"].browse(robot.uid).unlink()


class Program:
    def __init__(self, database, uid, key, client):
        self.database, self.uid, self.key, self.client = database, uid, key, client

    def may_call(self, secret):
        """Tell whether a call with a password or key is answered."""
        answer = self.client.rpc(
            "/jsonrpc",
            service="object",
            method="execute_kw",
            args=[self.database, self.uid, secret, "res.users", "search_count", [[["id", "=", self.uid]]]],
        )
        assert error_of(answer) in (None, "AccessDenied"), answer.text
        return not error_of(answer)

    def elsewhere(self, statement):
        """Run SQL as another process would: nothing in this one is told."""
        with Registry(self.database).cursor() as cr:
            cr.execute(SQL(statement, self.uid))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM res_users_apikeys WHERE user_id = %s",
        "UPDATE res_users_apikeys SET expiration_date = now() AT TIME ZONE 'UTC' - interval '1 second' "
        "WHERE user_id = %s",
        "UPDATE res_users_apikeys SET user_id = 2 WHERE user_id = %s",
        "UPDATE res_users SET active = false WHERE id = %s",
    ],
)
def test_f11_keys_end_at_once(program, statement):
    assert program.may_call(program.key) and program.may_call(program.key)
    program.elsewhere(statement)
    for _attempt in range(3):
        assert not program.may_call(program.key)


def test_f11_keys_that_their_owner_removes(program, env, database):
    assert program.may_call(program.key)
    with Registry(database).cursor() as cr:
        user = env(cr=cr)["res.users"].browse(program.uid)
        user.with_user(user).sudo(False).api_key_ids._remove()
    assert not program.may_call(program.key)
    assert program.may_call(PASSWORD)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE res_users SET password = NULL WHERE id = %s",
        "UPDATE res_users SET password = (SELECT password FROM res_users WHERE id = 2) WHERE id = %s",
        "UPDATE res_users SET active = false WHERE id = %s",
    ],
)
def test_f11_passwords_end_at_once(program, statement):
    assert program.may_call(PASSWORD) and program.may_call(PASSWORD)
    program.elsewhere(statement)
    assert not program.may_call(PASSWORD)


def test_f11_one_key_ends_another_goes_on(program, env, database):
    with Registry(database).cursor() as cr:
        user = env(cr=cr)["res.users"].browse(program.uid)
        other = user.with_user(user).sudo().env["res.users.apikeys"]._generate(None, "second", "2099-01-01 00:00:00")
    assert program.may_call(program.key) and program.may_call(other)
    program.elsewhere("DELETE FROM res_users_apikeys WHERE user_id = %s AND name = 'robot'")
    assert program.may_call(other) and not program.may_call(program.key)


def test_f11_what_passed_is_not_hashed_again(program):
    for secret in (PASSWORD, program.key):
        assert program.may_call(secret)
        with (
            patch.object(CryptContext, "verify", side_effect=AssertionError),
            patch.object(CryptContext, "verify_and_update", side_effect=AssertionError),
        ):
            assert program.may_call(secret)


def test_f11_no_secret_is_a_key_of_a_cache(program, database):
    for secret in (PASSWORD, program.key):
        assert program.may_call(secret)
        for cache in Registry(database)._Registry__caches.values():
            assert not any(secret in repr(key) or secret in repr(value) for key, value in cache.items())


def test_f11_a_client_that_has_to_wait_does_not_guess_on(program, admin):
    """What passed before is no way round the pause after too many wrong passwords."""
    admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "3"])
    try:
        assert program.may_call(PASSWORD)
        for _attempt in range(4):
            assert not program.may_call("wrong")
        assert not program.may_call(PASSWORD)
    finally:
        admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "10"])


@pytest.mark.parametrize("door", ["object", "common"])
def test_f11_keys_do_not_wait_for_strangers(program, database, visitor, door):
    """A key is not guessed: what others fail with does not stop the program that has one."""

    def log_in(secret):
        answer = visitor.rpc("/jsonrpc", service="common", method="login", args=[database, "robot", secret])
        assert error_of(answer) in (None, "AccessDenied"), answer.text
        return answer.json.get("result")

    for _attempt in range(11):
        assert not log_in("wrong")
        assert not program.may_call("wrong")
    assert not log_in(PASSWORD) and not program.may_call(PASSWORD)
    for _attempt in range(2):
        assert log_in(program.key) == program.uid if door == "common" else program.may_call(program.key)
    assert not log_in(PASSWORD), "nothing was forgotten"


@pytest.mark.parametrize("uid", [10**6, 2**31, -1, 0])
def test_f11_nobody(program, database, uid):
    assert program.may_call(program.key)
    caches = Registry(database)._Registry__caches
    before = len(caches["default"])
    program.uid, uid = uid, program.uid
    assert not program.may_call(PASSWORD)
    program.uid = uid
    assert len(caches["default"]) >= before > 0, "the caches are not emptied by strangers"


class Reader:
    """Calls with a key that only reads."""

    def __init__(self, program, key):
        self.program, self.key = program, key

    def call(self, model, method, args, **kwargs):
        """Return the result of a call, or the name of its error and the message."""
        answer = self.program.client.rpc(
            "/jsonrpc",
            service="object",
            method="execute_kw",
            args=[self.program.database, self.program.uid, self.key, model, method, args, kwargs],
        )
        if name := error_of(answer):
            return name, answer.json["error"]["data"]["message"]
        return answer.json.get("result")

    def open(self, path):
        return self.program.client.get(path, headers={"Authorization": f"Bearer {self.key}"})


@pytest.fixture
def reader(program, env, database):
    """A caller with a key that only reads."""
    with Registry(database).cursor() as cr:
        user = env(cr=cr)["res.users"].browse(program.uid)
        keys = user.with_user(user).sudo().env["res.users.apikeys"]
        return Reader(program, keys._generate("rpc", "reader", "2099-01-01 00:00:00", read_only=True))


def test_keys_that_only_read(reader):
    uid = reader.program.uid
    assert reader.call("res.users", "search_count", [[["id", "=", uid]]]) == 1
    assert reader.call("res.users", "read", [[uid], ["login"]]) == [{"id": uid, "login": "robot"}]
    assert reader.call("res.partner", "name_search", ["Robot"])
    for model, method, args in (
        ("res.users", "write", [[uid], {"name": "x"}]),
        ("res.partner", "create", [{"name": "x"}]),
        ("res.users", "preference_save", [[uid]]),
        ("res.users", "change_password", [PASSWORD, "other"]),
    ):
        name, message = reader.call(model, method, args)
        assert (name, "only reads" in message) == ("AccessError", True), message
    assert reader.call("res.partner", "_read_format", [[1]])[0] == "AccessError"
    assert "does not exist" in reader.call("res.partner", "nothing", [])[1]

    def read(self, fields=None, load="_classic_read"):
        self.env["res.partner"].sudo().create({"name": "written by a reader"}).flush_recordset()
        return []

    # one that writes although it says that it does not
    read._readonly = True
    with patch.object(Registry(reader.program.database)["res.partner"], "read", read):
        assert reader.call("res.partner", "read", [[1]])[0] == "AccessError"
    assert reader.call("res.partner", "search_count", [[["name", "=", "written by a reader"]]]) == 0


def test_keys_that_only_read_in_the_header(reader, admin):
    admin.call("ir.config_parameter", "set_param", ["web.json.enabled", "True"])
    path = "/json/1/res.users?domain=[]&limit=1&offset=0&view_type=list"
    with Registry(reader.program.database).cursor() as cr:
        users = api.Environment(cr, SUPERUSER_ID, {})["res.users"]
        users.browse(reader.program.uid).groups_id += users.env.ref("base.group_allow_export")
    assert reader.open(path).status_code == 200, reader.open(path).text

    def web_search_read(self, *args, **kwargs):
        self.env["res.partner"].sudo().create({"name": "written by a reader"})
        return {}

    with patch.object(Registry(reader.program.database)["res.users"], "web_search_read", web_search_read):
        answer = reader.open(path)
    assert (answer.status_code, "only reads" in answer.text) == (403, True)
    assert reader.open(path).status_code == 200
    with Registry(reader.program.database).cursor() as cr:
        cr.execute("SELECT count(*) FROM res_users_apikeys WHERE name = 'reader' AND last_use_date IS NOT NULL")
        assert cr.fetchone() == (1,)


def test_use_of_a_key_is_noted_now_and_then(program, database):
    def noted():
        with Registry(database).cursor() as cr:
            cr.execute("SELECT last_use_date FROM res_users_apikeys WHERE user_id = %s", [program.uid])
            return cr.fetchone()[0]

    assert noted() is None
    assert program.may_call(program.key)
    first = noted()
    assert first is not None
    with patch.object(res_users_apikeys, "work_apart", side_effect=AssertionError):
        assert program.may_call(program.key)
    assert noted() == first
    program.elsewhere(
        "UPDATE res_users_apikeys SET last_use_date = last_use_date - interval '6 minutes' WHERE user_id = %s"
    )
    assert program.may_call(program.key)
    assert noted() > first


def test_keys_do_not_wait_for_wrong_passwords(program, admin):
    """What nobody guesses goes on while passwords are not even looked at."""
    admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "3"])
    try:
        for _attempt in range(4):
            assert not program.may_call("wrong")
        assert not program.may_call(PASSWORD)
        assert program.may_call(program.key)
        assert not program.may_call(program.key[:8] + "0" * 32)
    finally:
        admin.call("ir.config_parameter", "set_param", ["base.login_cooldown_after", "10"])


def test_a_key_gains_nothing_by_the_session_of_another_user(program, env, database, clerk):
    """The key of one user and the cookie of another, who has just confirmed who that is."""
    asked = clerk.call("res.users", "preference_change_password", [[clerk.uid]]).json["result"]
    dialog = [asked["res_id"]]
    clerk.call(asked["res_model"], "write", [dialog, {"password": clerk.password}])
    own = clerk.call(asked["res_model"], "run_check", [dialog]).json["result"]
    assert own["res_model"] == "change.password.own"

    def call(model, method, *args):
        credentials = [database, program.uid, program.key]
        return clerk.rpc("/jsonrpc", service="object", method="execute_kw", args=[*credentials, model, method, args])

    values = {"new_password": "taken", "confirm_password": "taken"}
    wizard = call("change.password.own", "create", values).json["result"]
    assert error_of(call("change.password.own", "change_password", [wizard])) == "UserError"
    assert not program.may_call("taken")
    assert program.may_call(PASSWORD)
