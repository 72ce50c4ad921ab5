"""What cached methods of models answer while transactions with older and newer views of the data run side by side."""

from contextlib import contextmanager

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

KEY = "cache.test"


@pytest.fixture(scope="module")
def registry(databases):
    name = databases.copy()
    yield Registry(name)
    databases.drop(name)


@pytest.fixture(autouse=True)
def before(registry):
    with changing(registry) as env:
        env["ir.config_parameter"].set_param(KEY, "before")


@contextmanager
def looking(registry):
    """Give an environment whose transaction sees the data of now, whatever is committed later."""
    with registry.cursor() as cr:
        cr.execute("SELECT 1")
        yield api.Environment(cr, SUPERUSER_ID, {})
        cr.rollback()


@contextmanager
def changing(registry):
    """Give an environment whose changes are committed and told at the end of the block, as those of a request."""
    with registry.manage_changes(), registry.cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


def change(registry, value):
    with changing(registry) as env:
        env["ir.config_parameter"].set_param(KEY, value)


def change_elsewhere(registry, value):
    """Change the parameter as another process does, of which this one knows by the database only."""
    with registry.cursor() as cr:
        cr.execute("UPDATE ir_config_parameter SET value = %s WHERE key = %s", [value, KEY])
        cr.commit()
        cr.execute("SELECT nextval('base_cache_signaling_stable')")


def parameter(env):
    return env["ir.config_parameter"].get_param(KEY)


def value_of_now(registry):
    """Return what the next request is told."""
    with registry.cursor() as cr:
        registry.check_signaling(cr)
        return parameter(api.Environment(cr, SUPERUSER_ID, {}))


def test_who_sees_older_data_leaves_nothing_of_it(registry):
    with looking(registry) as old:
        change(registry, "after")
        assert parameter(old) == "before"
        assert parameter(old) == "before"
        assert value_of_now(registry) == "after"
        assert parameter(old) == "before", "a transaction sees one state of the data"
    assert value_of_now(registry) == "after"


def test_who_asks_between_a_write_and_its_commit_leaves_nothing(registry):
    with changing(registry) as env:
        env["ir.config_parameter"].set_param(KEY, "after")
        env.flush_all()
        with looking(registry) as meanwhile:
            assert parameter(meanwhile) == "before"
        assert parameter(env) == "after", "who changed it sees the change"
        with looking(registry) as meanwhile:
            assert parameter(meanwhile) == "before", "what is not committed is nobody else's"
    assert value_of_now(registry) == "after"


def test_what_is_undone_was_never_there(registry):
    with pytest.raises(ZeroDivisionError), changing(registry) as env:
        env["ir.config_parameter"].set_param(KEY, "after")
        assert parameter(env) == "after"
        _ = 1 / 0
    assert value_of_now(registry) == "before"


def test_what_a_savepoint_undoes_was_never_there(registry):
    with changing(registry) as env:
        env["ir.config_parameter"].set_param(KEY, "first")
        with pytest.raises(ZeroDivisionError), env.cr.savepoint():
            env["ir.config_parameter"].set_param(KEY, "second")
            assert parameter(env) == "second"
            _ = 1 / 0
        assert parameter(env) == "first"
    assert value_of_now(registry) == "first"


def test_who_sees_older_data_when_another_process_changes_it_leaves_nothing(registry):
    with looking(registry) as old:
        change_elsewhere(registry, "after")
        assert value_of_now(registry) == "after"
        assert parameter(old) == "before"
    assert value_of_now(registry) == "after"


def test_changes_of_two_processes_at_the_same_time_are_both_seen(registry):
    with changing(registry) as env:
        env["ir.config_parameter"].set_param("cache.test.other", "own")
        assert value_of_now(registry) == "before"
        change_elsewhere(registry, "after")
    assert value_of_now(registry) == "after"


def test_a_call_that_is_under_way_when_caches_are_cleared_leaves_nothing(registry, monkeypatch):
    execute_query = api.Environment.execute_query

    def slowly(env, query):
        rows = execute_query(env, query)
        monkeypatch.undo()
        change(registry, "after")
        return rows

    with looking(registry) as old:
        monkeypatch.setattr(api.Environment, "execute_query", slowly)
        assert parameter(old) == "before"
    assert value_of_now(registry) == "after"


def test_answers_are_kept_for_later_transactions(registry):
    change(registry, "after")
    assert value_of_now(registry) == "after"
    with registry.cursor() as cr:
        assert parameter(api.Environment(cr, SUPERUSER_ID, {})) == "after"
        assert cr.sql_log_count == 0
        # a commit begins a transaction that sees what there is then
        change(registry, "later")
        assert parameter(api.Environment(cr, SUPERUSER_ID, {})) == "later"
        cr.commit()
        assert parameter(api.Environment(cr, SUPERUSER_ID, {})) == "later"
    with registry.cursor() as cr:
        assert parameter(api.Environment(cr, SUPERUSER_ID, {})) == "later"
        assert cr.sql_log_count == 0


def test_a_transaction_that_begins_with_the_commit_before_sees_what_there_was_then(registry, monkeypatch):
    """What is changed right after such a commit is no change that the next transaction has seen."""
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env.cr.execute("SELECT 1")
        end = type(cr)._end

        def ended(cursor, kept):
            end(cursor, kept)
            if cursor is cr:
                monkeypatch.undo()
                change(registry, "after")

        monkeypatch.setattr(type(cr), "_end", ended)
        cr.goes_on = True
        cr.commit()
        assert parameter(env) == "before"
        # as jobs do, which have the cursor of the one before
        cr.transaction = None
        assert parameter(api.Environment(cr, SUPERUSER_ID, {})) == "before"
        cr.goes_on = False
        cr.rollback()
    assert value_of_now(registry) == "after"


def test_transactions_of_a_cursor_share_what_they_answer(registry):
    change(registry, "after")
    assert value_of_now(registry) == "after"
    with registry.cursor() as cr:
        for _job in range(2):
            cr.transaction, cr.goes_on = None, True
            env = api.Environment(cr, SUPERUSER_ID, {})
            before = cr.sql_log_count
            assert parameter(env) == "after"
            assert cr.sql_log_count == before
            env.cr.execute("SELECT 1")
            cr.commit()
