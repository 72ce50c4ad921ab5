"""Cursors, savepoints, the pool and the test cursor."""

import contextlib
import datetime
import io
import os
import resource
import threading
from contextlib import closing

import psycopg2
import pytest

from odoo import sql_db
from odoo.sql_db import ConnectionPool, Cursor, PoolError, TestCursor, connection_info_for
from odoo.tools.sql import SQL


@pytest.fixture(autouse=True)
def table(connection):
    with connection.cursor() as cr:
        cr.execute("CREATE TABLE IF NOT EXISTS thing (id serial PRIMARY KEY, name varchar, price numeric, data jsonb)")
        cr.execute("TRUNCATE thing")


def names(connection):
    with closing(connection.cursor()) as cr:
        cr.execute("SELECT name FROM thing ORDER BY name")
        return [name for [name] in cr.fetchall()]


def test_values_get_python_types(cr):
    cr.execute("SELECT 1.5::numeric, ARRAY[2.5::numeric], '2024-02-29'::date, '{\"a\": [1]}'::jsonb, NULL::numeric")
    assert cr.fetchone() == (1.5, [2.5], datetime.date(2024, 2, 29), {"a": [1]}, None)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2], "integer[]"),
        ([1, None], "integer[]"),
        ([2**31, -1], "bigint[]"),
        ([-(2**31)], "integer[]"),
        ([2**63, 1], "numeric[]"),
        ([1, 2.5], "numeric[]"),
        ([True, False], "boolean[]"),
        (["a'b", None], "text[]"),
        ([["a"], ["b"]], "text[]"),
    ],
)
def test_lists_become_arrays(cr, values, kind):
    cr.execute("SELECT pg_typeof(%(values)s)::text, %(values)s", {"values": values})
    assert cr.fetchone() == (kind, values)


def test_empty_list(cr):
    cr.execute("SELECT %s::int[], 1 = ANY(%s)", [[], []])
    assert cr.fetchone() == ([], False)


def test_sql_objects_and_dicts(cr):
    cr.execute(SQL("SELECT %s AS a, '50%%' AS b", 1))
    assert cr.dictfetchone() == {"a": 1, "b": "50%"}
    cr.execute(SQL("SELECT '50%%' AS b"))
    assert cr.dictfetchall() == [{"b": "50%"}]
    assert cr.dictfetchone() is None


def test_parameters_must_be_a_sequence(cr):
    with pytest.raises(ValueError, match="tuple"):
        cr.execute("SELECT %s", 1)


def test_execute_values(cr):
    rows = cr.execute_values("INSERT INTO thing (name) VALUES %s RETURNING name", [("a",), ("b",)], fetch=True)
    assert rows == [("a",), ("b",)]


def test_context_manager_commits_unless_it_raises(connection):
    with connection.cursor() as cr:
        cr.execute("INSERT INTO thing (name) VALUES ('kept')")
    with pytest.raises(RuntimeError), connection.cursor() as cr:
        cr.execute("INSERT INTO thing (name) VALUES ('lost')")
        raise RuntimeError
    assert names(connection) == ["kept"]
    assert cr.closed


def test_closed_cursor_says_so(connection):
    cr = connection.cursor()
    cr.close()
    cr.close()
    with pytest.raises(psycopg2.InterfaceError, match="closed"):
        cr.execute("SELECT 1")
    with pytest.raises(psycopg2.InterfaceError, match="closed"):
        cr.fetchone()


def test_hooks_run_at_their_time(connection):
    order = []
    with closing(connection.cursor()) as cr:
        cr.precommit.add(lambda: order.append("precommit"))
        cr.postcommit.add(lambda: order.append("postcommit"))
        cr.postrollback.add(lambda: order.append("postrollback"))
        cr.commit()
        assert order == ["precommit", "postcommit"]
        cr.prerollback.add(lambda: order.append("prerollback"))
        cr.postrollback.add(lambda: order.append("postrollback"))
        cr.precommit.add(lambda: order.append("never"))
        cr.rollback()
    assert order == ["precommit", "postcommit", "prerollback", "postrollback"]


def note_hooks(cr):
    """Return the list to which each hook of a cursor will add its name."""
    order = []
    for name in ("precommit", "postcommit", "prerollback", "postrollback"):
        getattr(cr, name).add(lambda name=name: order.append(name))
    return order


def test_2_12_3_closing_is_a_rollback(connection, cr):
    for cursor in (connection.cursor(), TestCursor(cr, threading.RLock())):
        order = note_hooks(cursor)
        cursor.execute("INSERT INTO thing (name) VALUES ('undone')")
        cursor.close()
        assert order == ["prerollback", "postrollback"]
        cursor.close()
        assert order == ["prerollback", "postrollback"]
    assert names_seen(cr) == []


def test_2_12_3_hooks_while_the_cursor_closes(connection):
    cr = connection.cursor()
    write_later(cr, "never")
    cr.prerollback.add(lambda: cr.execute("SELECT count(*) FROM thing"))
    cr.prerollback.add(lambda: cr.postrollback.add(lambda: order.append(cr.closed)))
    order = []
    cr.close()
    assert order == [True]
    cr = connection.cursor()
    cr.prerollback.add(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cr.close()
    assert cr.closed


def test_2_12_3_after_a_commit_there_is_nothing_to_hear_of(connection):
    with connection.cursor() as cr:
        order = note_hooks(cr)
    assert order == ["precommit", "postcommit"]


def test_2_12_2_closed_cursors_tell_of_themselves(connection, cr):
    for cursor in (connection.cursor(), TestCursor(cr, threading.RLock())):
        cursor.execute("SELECT 1")
        count = cursor.sql_log_count
        cursor.close()
        assert (cursor.closed, cursor.dbname) == (True, connection.dbname)
        assert cursor.sql_log_count >= count > 0
        for name, args in (("execute", ["SELECT 1"]), ("commit", []), ("rollback", []), ("fetchone", [])):
            with pytest.raises(psycopg2.InterfaceError, match="closed"):
                getattr(cursor, name)(*args)


def write_later(cr, name):
    """Have a row inserted before the next statement of the cursor."""
    cr.before_statement = lambda: cr.execute("INSERT INTO thing (name) VALUES (%s)", [name])


def names_seen(cr):
    cr.execute("SELECT name FROM thing ORDER BY name")
    return [name for [name] in cr.fetchall()]


def test_what_waits_for_the_next_statement_is_done_once(cr):
    write_later(cr, "a")
    assert names_seen(cr) == ["a"]
    assert names_seen(cr) == ["a"]
    write_later(cr, "b")
    cr.copy_expert("COPY thing (name) TO STDOUT", stream := io.StringIO())
    assert stream.getvalue().split() == ["a", "b"]


def test_what_waits_for_the_next_statement_is_committed(connection):
    with connection.cursor() as cr:
        write_later(cr, "a")
    with connection.cursor() as cr:
        cr.precommit.add(lambda: write_later(cr, "b"))
    assert names(connection) == ["a", "b"]


def test_what_waits_for_the_next_statement_is_undone(cr):
    write_later(cr, "before")
    savepoint = cr.savepoint(flush=False)
    write_later(cr, "in it")
    savepoint.rollback()
    assert names_seen(cr) == ["before"]
    write_later(cr, "again")
    savepoint.close(rollback=False)
    assert names_seen(cr) == ["again", "before"]
    write_later(cr, "last")
    cr.rollback()
    assert names_seen(cr) == []


def test_who_asks_for_it_hears_of_undone_work(cr):
    heard = []

    def note(owner, name):
        cr.when_undone(owner, lambda: heard.append(name))

    note("a", "before")
    savepoint = cr.savepoint()
    note("a", "first")
    with cr.savepoint():
        note("a", "second")
        note("b", "of another")
    assert heard == []
    savepoint.rollback()
    assert sorted(heard) == ["first", "of another"]
    note("a", "third")
    savepoint.close()
    assert heard[2:] == ["third"]
    with pytest.raises(psycopg2.errors.DivisionByZero), cr.savepoint(flush=False):
        note("a", "fourth")
        cr.execute("SELECT 1 / 0")
    assert heard[3:] == ["fourth"]
    cr.rollback()
    with pytest.raises(RuntimeError), cr.savepoint():
        raise RuntimeError
    assert heard[4:] == []


def test_an_error_of_what_waits_is_raised_by_the_next_statement(cr):
    with pytest.raises(psycopg2.errors.NumericValueOutOfRange), cr.savepoint():
        cr.before_statement = lambda: cr.execute("SELECT 1000000::int2")
        cr.execute("SELECT 1")
    assert names_seen(cr) == []


def test_savepoint_undoes_a_failed_block(cr):
    cr.execute("INSERT INTO thing (name) VALUES ('before')")
    with pytest.raises(psycopg2.DataError), cr.savepoint():
        cr.execute("INSERT INTO thing (name) VALUES ('inside')")
        cr.execute("SELECT 1 / 0", log_exceptions=False)
    with cr.savepoint(flush=False) as savepoint:
        cr.execute("INSERT INTO thing (name) VALUES ('tried')")
        savepoint.rollback()
        cr.execute("INSERT INTO thing (name) VALUES ('after')")
    cr.execute("SELECT name FROM thing ORDER BY id")
    assert cr.fetchall() == [("before",), ("after",)]


def test_now_is_constant_in_a_transaction(cr):
    first = cr.now()
    assert first.tzinfo is None
    assert cr.now() is first
    cr.commit()
    assert cr.now() > first


def test_isolation_is_repeatable_read(connection):
    with closing(connection.cursor()) as reader:
        reader.execute("SELECT count(*) FROM thing")
        with connection.cursor() as writer:
            writer.execute("INSERT INTO thing (name) VALUES ('new')")
        reader.execute("SELECT count(*) FROM thing")
        assert reader.fetchone() == (0,)


def make_pool_cursor(pool, dbname):
    name, info = connection_info_for(dbname)
    return Cursor(pool, name, info)


def test_the_next_transaction_begins_with_the_commit(connection):
    with closing(connection.cursor()) as cr, closing(connection.cursor()) as other:
        cr.execute("INSERT INTO thing (name) VALUES ('one')")
        cr.goes_on = True
        cr.commit()
        assert cr.commits == 1 and names(connection) == ["one"]
        executed = cr.sql_log_count
        now = cr.now()
        assert cr.sql_log_count == executed
        other.execute("INSERT INTO thing (name) VALUES ('two')")
        other.commit()
        cr.execute(
            "SELECT count(*), timezone('UTC', transaction_timestamp()), min(s.setting) FROM thing, pg_settings s "
            "WHERE s.name = 'transaction_isolation'"
        )
        assert cr.fetchall() == [(1, now, "repeatable read")]
        cr.rollback()
        cr.execute("SELECT count(*) FROM thing")
        assert cr.fetchone() == (2,)


def test_a_commit_that_fails_begins_nothing(connection):
    with closing(connection.cursor()) as cr:
        cr.execute("CREATE TABLE IF NOT EXISTS single (name varchar UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        cr.commit()
        cr.execute("INSERT INTO single VALUES ('one'), ('one')")
        cr.goes_on = True
        with pytest.raises(psycopg2.IntegrityError):
            cr.commit()
        cr.rollback()
        cr.execute("SELECT count(*) FROM single")
        assert cr.fetchone() == (0,)


def test_what_follows_a_commit_comes_before_the_next_transaction(connection):
    with closing(connection.cursor()) as cr:
        cr.execute("INSERT INTO thing (name) VALUES ('one')")
        cr.goes_on = True

        @cr.postcommit.add
        def add_another():
            with connection.cursor() as other:
                other.execute("INSERT INTO thing (name) VALUES ('two')")

        cr.commit()
        cr.execute("SELECT count(*) FROM thing")
        assert cr.fetchone() == (2,)


def test_a_transaction_that_began_with_a_commit_may_be_another_kind(connection):
    with closing(connection.cursor()) as cr:
        cr.execute("INSERT INTO thing (name) VALUES ('one')")
        cr.goes_on = True
        cr.commit()
        with cr.read_committed():
            cr.execute("SHOW transaction_isolation")
            assert cr.fetchone() == ("read committed",)


def test_pool_reuses_connections_and_has_a_limit(dbname):
    pool = ConnectionPool(maxconn=2)
    first = make_pool_cursor(pool, dbname)
    raw = first._cnx
    first.close()
    again = make_pool_cursor(pool, dbname)
    assert again._cnx is raw
    second = make_pool_cursor(pool, dbname)
    with pytest.raises(PoolError, match="db_maxconn"):
        make_pool_cursor(pool, dbname)
    again.close()
    second.close()
    pool.close_all()
    assert raw.closed


def test_addons_make_a_pool_of_their_own_where_there_is_none(dbname):
    pool = sql_db._Pool or ConnectionPool(maxconn=2)
    with closing(sql_db.Connection(pool, dbname, connection_info_for(dbname)[1]).cursor()) as cr:
        cr.execute("SELECT current_database()")
        assert cr.fetchone() == (dbname,)
    pool.close_all()


def test_pool_replaces_dead_connections(dbname, connection):
    pool = ConnectionPool(maxconn=2)
    cr = make_pool_cursor(pool, dbname)
    pid = cr._cnx.info.backend_pid
    cr.close()
    with connection.cursor() as killer:
        killer.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    cr = make_pool_cursor(pool, dbname)
    cr.execute("SELECT 1")
    cr.close()
    pool.close_all()


def test_connections_of_processes_with_many_open_files(dbname):
    """A web worker with thousands of clients has descriptors that select() does not know."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 1200:
        pytest.skip("too few files may be open")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 1200), hard))
    pool = ConnectionPool(2)
    with contextlib.ExitStack() as stack:
        for __ in range(1100):
            stack.enter_context(open(os.devnull, "rb"))
        for __ in range(2):
            with closing(Cursor(pool, dbname, connection_info_for(dbname)[1])) as cr:
                assert cr._cnx.fileno() > 1023
        pool.close_all()
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_readonly_pool_refuses_to_write(dbname):
    pool = ConnectionPool(maxconn=1, readonly=True)
    with closing(make_pool_cursor(pool, dbname)) as cr:
        assert cr.readonly
        with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
            cr.execute("INSERT INTO thing (name) VALUES ('x')", log_exceptions=False)
    pool.close_all()


def test_connections_do_not_survive_a_fork(connection):
    with closing(connection.cursor()) as cr:
        cr.execute("SELECT pg_backend_pid()")
        parent_backend = cr.fetchone()[0]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with closing(connection.cursor()) as cr:
                cr.execute("SELECT pg_backend_pid()")
                os.write(writer, str(cr.fetchone()[0]).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(reader, 100)) != parent_backend
    os.close(reader)
    os.close(writer)
    with closing(connection.cursor()) as cr:
        cr.execute("SELECT pg_backend_pid()")
        assert cr.fetchone()[0] == parent_backend


class TestTestCursor:
    def test_commit_stays_in_the_real_transaction(self, cr, connection):
        lock = threading.RLock()
        with TestCursor(cr, lock) as inner:
            inner.execute("INSERT INTO thing (name) VALUES ('inner')")
        cr.execute("SELECT name FROM thing")
        assert cr.fetchall() == [("inner",)]
        assert names(connection) == []

    def test_rollback_undoes_only_its_own_work(self, cr):
        lock = threading.RLock()
        cr.execute("INSERT INTO thing (name) VALUES ('outer')")
        inner = TestCursor(cr, lock)
        inner.execute("INSERT INTO thing (name) VALUES ('committed')")
        inner.commit()
        inner.execute("INSERT INTO thing (name) VALUES ('undone')")
        inner.rollback()
        inner.execute("INSERT INTO thing (name) VALUES ('unsaved')")
        inner.close()
        cr.execute("SELECT name FROM thing ORDER BY id")
        assert cr.fetchall() == [("outer",), ("committed",)]

    def test_what_waits_for_the_next_statement(self, cr):
        with closing(TestCursor(cr, threading.RLock())) as inner:
            write_later(inner, "a")
            assert names_seen(inner) == ["a"]
            inner.commit()
            write_later(inner, "b")
            inner.rollback()
            assert names_seen(inner) == ["a"]

    def test_nested_cursors(self, cr):
        lock = threading.RLock()
        outer = TestCursor(cr, lock)
        outer.execute("INSERT INTO thing (name) VALUES ('outer')")
        with pytest.raises(RuntimeError), TestCursor(cr, lock) as inner:
            inner.execute("INSERT INTO thing (name) VALUES ('inner')")
            raise RuntimeError
        outer.commit()
        outer.close()
        cr.execute("SELECT name FROM thing ORDER BY id")
        assert cr.fetchall() == [("outer",)]

    def test_readonly(self, cr):
        lock = threading.RLock()
        inner = TestCursor(cr, lock, readonly=True)
        with closing(inner), pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
            inner.execute("INSERT INTO thing (name) VALUES ('x')", log_exceptions=False)
        cr.execute("INSERT INTO thing (name) VALUES ('writable again')")

    def test_2_12_4_who_writes_on_top_of_who_reads(self, cr):
        lock = threading.RLock()
        reader = TestCursor(cr, lock, readonly=True)
        assert names_seen(reader) == []
        with TestCursor(cr, lock) as writer:
            writer.execute("INSERT INTO thing (name) VALUES ('written')")
        assert names_seen(reader) == ["written"]
        with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
            reader.execute("INSERT INTO thing (name) VALUES ('x')", log_exceptions=False)
        reader.close()
        assert names_seen(cr) == ["written"]

    def test_who_did_nothing_takes_nothing_back(self, cr):
        lock = threading.RLock()
        with closing(TestCursor(cr, lock)), closing(TestCursor(cr, lock, readonly=True)):
            with TestCursor(cr, lock) as inner:
                inner.execute("INSERT INTO thing (name) VALUES ('inner')")
            with TestCursor(cr, lock) as inner:
                inner.execute("INSERT INTO thing (name) VALUES ('next')")
        assert names_seen(cr) == ["inner", "next"]

    def test_who_did_something_takes_back_what_came_after(self, cr):
        lock = threading.RLock()
        with closing(TestCursor(cr, lock)) as outer:
            outer.execute("INSERT INTO thing (name) VALUES ('outer')")
            with closing(TestCursor(cr, lock)), TestCursor(cr, lock) as inner:
                inner.execute("INSERT INTO thing (name) VALUES ('inner')")
        assert names_seen(cr) == []

    def test_2_12_6_closed_out_of_order(self, cr, caplog):
        lock = threading.RLock()
        outer, inner = TestCursor(cr, lock), TestCursor(cr, lock)
        outer.close()
        assert "while a later one is still open" in caplog.text
        inner.execute("INSERT INTO thing (name) VALUES ('inner')")
        inner.commit()
        inner.close()
        assert names_seen(cr) == ["inner"]

    def test_other_threads_wait(self, cr):
        lock = threading.RLock()
        order = []

        def other():
            with closing(TestCursor(cr, lock)) as cursor:
                cursor.execute("SELECT 1")
                order.append("other")

        with closing(TestCursor(cr, lock)):
            thread = threading.Thread(target=other)
            thread.start()
            thread.join(0.2)
            order.append("first")
        thread.join(5)
        assert order == ["first", "other"]
