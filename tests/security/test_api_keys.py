"""What gives a program access: it ends at once, in every process, when it is taken away."""

from unittest.mock import patch

import pytest
from passlib.context import CryptContext
from web_client import error_of

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


@pytest.mark.parametrize("uid", [10**6, 2**31, -1, 0])
def test_f11_nobody(program, database, uid):
    assert program.may_call(program.key)
    caches = Registry(database)._Registry__caches
    before = len(caches["default"])
    program.uid, uid = uid, program.uid
    assert not program.may_call(PASSWORD)
    program.uid = uid
    assert len(caches["default"]) >= before > 0, "the caches are not emptied by strangers"
