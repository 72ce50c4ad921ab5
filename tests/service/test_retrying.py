"""Transactions that are tried again."""

from types import SimpleNamespace

import psycopg2.errors
import pytest

from odoo.exceptions import UserError
from odoo.orm import retrying
from odoo.service import model


class FakeCursor:
    def __init__(self):
        self.closed = False
        self.log = []
        self.commits = 0

    def commit(self):
        self.log.append("commit")
        self.commits += 1

    def __getattr__(self, name):
        return lambda: self.log.append(name)


@pytest.fixture
def env(monkeypatch):
    monkeypatch.setattr(retrying.time, "sleep", lambda seconds: None)
    log = []
    registry = SimpleNamespace(
        reset_changes=lambda: log.append("reset_changes"),
        signal_changes=lambda: log.append("signal_changes"),
        in_test_mode=lambda: True,
    )
    return SimpleNamespace(
        cr=FakeCursor(),
        log=log,
        transaction=SimpleNamespace(reset=lambda: log.append("reset"), owns_registry=False, registry=registry),
        registry=registry,
    )


def failing(times, error):
    """Return a function that raises ``error`` a number of times and then returns how often it was called."""
    calls = []

    def function():
        calls.append(1)
        if len(calls) <= times:
            raise error
        return len(calls)

    return function


def test_success_commits_once(env):
    assert model.retrying(lambda: 42, env) == 42
    assert env.cr.log == ["flush", "commit"]
    assert env.log == ["signal_changes"]


@pytest.mark.parametrize(
    "error",
    [
        psycopg2.errors.SerializationFailure(),
        psycopg2.errors.DeadlockDetected(),
        psycopg2.errors.LockNotAvailable(),
    ],
)
def test_bad_luck_is_retried_on_a_fresh_transaction(env, error):
    assert model.retrying(failing(2, error), env) == 3
    assert env.cr.log == ["rollback", "rollback", "flush", "commit"]
    assert env.log == ["reset", "reset_changes"] * 2 + ["signal_changes"]


def test_gives_up_after_five_tries(env):
    with pytest.raises(psycopg2.errors.SerializationFailure):
        model.retrying(failing(5, psycopg2.errors.SerializationFailure()), env)
    assert env.cr.log == ["rollback"] * 5
    assert "signal_changes" not in env.log


@pytest.mark.parametrize("error", [psycopg2.errors.AdminShutdown(), UserError("no"), KeyError("x")])
def test_other_errors_are_not_retried(env, error):
    function = failing(1, error)
    with pytest.raises(type(error)):
        model.retrying(function, env)
    assert function() == 2
    assert "commit" not in env.cr.log


def test_what_fails_after_the_commit_does_not_keep_others_from_hearing_of_it(env):
    commit = env.cr.commit

    def fail():
        commit()
        raise ConnectionError("a hook failed")

    env.cr.commit = fail
    with pytest.raises(ConnectionError):
        model.retrying(lambda: 42, env)
    assert env.log == ["signal_changes"]


def test_what_is_not_committed_is_not_told(env):
    def fail():
        raise psycopg2.errors.ForeignKeyViolation("a deferred constraint")

    env.cr.commit = fail
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        model.retrying(lambda: 42, env)
    assert "signal_changes" not in env.log


def test_closed_cursor_is_left_alone(env):
    env.cr.closed = True
    assert model.retrying(lambda: "done", env) == "done"
    assert env.cr.log == []
