"""The stores of sessions, which give the same guarantees: ids, content, rotation, revocation, expiry."""

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import werkzeug.exceptions
from server_process import free_port
from stand_ins import RedisServer

from odoo.db import lifecycle
from odoo.http import FilesystemSessionStore, Session, errors, get_default_session, outage, session_stores
from odoo.http.constants import SESSION_LIFETIME
from odoo.http.session_stores.redis_server import RedisSessionStore
from odoo.tools import config_options

KINDS = ("file", "postgresql", "redis")


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis") / "log")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def session_database(db_server):
    """A database for sessions, made by the first store that is opened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lifecycle, "SESSION_DATABASE", f"test_sessions_{os.getpid()}")
        yield lifecycle.SESSION_DATABASE
        lifecycle.drop(lifecycle.SESSION_DATABASE)


@pytest.fixture(params=KINDS)
def store(request, tmp_path):
    return open_store(request, request.param, tmp_path)


def open_store(request, kind, path):
    """Return a store as another process has it."""
    if kind == "file":
        return FilesystemSessionStore(str(path))
    if kind == "redis":
        return session_stores.open_session_store(request.getfixturevalue("redis_server").url)
    request.getfixturevalue("session_database")
    return session_stores.open_session_store("postgresql")


@pytest.fixture
def other(request, store, tmp_path):
    """The same store, as another process has it."""
    kind = {FilesystemSessionStore: "file", RedisSessionStore: "redis"}.get(type(store), "postgresql")
    return open_store(request, kind, tmp_path)


def raw(store, session):
    """Return everything that the store keeps of a session, as text."""
    if isinstance(store, FilesystemSessionStore):
        path = Path(store.get_session_filename(session.sid))
        return path.name + path.read_bytes().decode(errors="replace")
    if isinstance(store, RedisSessionStore):
        return "".join((key + store._client.get(key)).decode() for key in store._client.keys(f"*{session.sid[:42]}*"))
    return str(store._execute("SELECT s::text FROM odoo_session s WHERE identifier = %s", session.sid[:42]))


def make_older(store, session, seconds):
    """Have a session look as if it had been stored that long ago."""
    if isinstance(store, FilesystemSessionStore):
        then = time.time() - seconds
        os.utime(store.get_session_filename(session.sid), (then, then))
    elif isinstance(store, RedisSessionStore):
        store._client.expire(f"odoo:session:{session.sid[:42]}", SESSION_LIFETIME - seconds)
    else:
        store._execute(
            "UPDATE odoo_session SET stored = stored - make_interval(secs => %s) WHERE identifier = %s",
            seconds,
            session.sid[:42],
        )


def saved(store, **values):
    session = store.new()
    session.update(get_default_session(), **values)
    store.save(session)
    return session


def test_ids_are_random_and_url_safe(store):
    ids = {store.generate_key() for _ in range(50)}
    assert len(ids) == 50
    assert all(store.is_valid_key(sid) and len(sid) == 84 for sid in ids)


@pytest.mark.parametrize("sid", [None, "", "short", "a" * 83, "a" * 85, "../" + "a" * 81, "a" * 83 + "\n", "é" * 84])
def test_malformed_ids_never_reach_the_store(store, sid):
    session = store.get(sid)
    assert session.is_new and session.sid != sid


def test_round_trip(store):
    session = saved(store, uid=7, context={"lang": "fr_FR"})
    loaded = store.get(session.sid)
    assert (loaded.uid, loaded.context, loaded.is_new, loaded.is_dirty) == (7, {"lang": "fr_FR"}, False, False)


def test_unknown_id_is_not_adopted(store):
    """Session fixation: an id the client made up is never used."""
    forged = store.generate_key()
    assert store.get(forged).sid != forged


def test_second_half_of_the_id_is_checked(store):
    session = saved(store, uid=7)
    guessed = session.sid[:42] + "A" * 42
    assert store.get(guessed).is_new


def test_rotation_leaves_nothing_behind(store):
    session = saved(store, uid=None)
    old = session.sid
    store.rotate(session, None)
    assert session.sid != old
    assert store.get(old).is_new
    assert not store.get(session.sid).is_new


def test_corrupt_content_is_no_session(store):
    session = saved(store, uid=7)
    if isinstance(store, FilesystemSessionStore):
        Path(store.get_session_filename(session.sid)).write_bytes(b"\0\0\0\0{not json")
    elif isinstance(store, RedisSessionStore):
        store._client.set(f"odoo:session:{session.sid[:42]}", b"{not json")
    else:
        store._execute("UPDATE odoo_session SET data = %s WHERE identifier = %s", "{not json", session.sid[:42])
    assert store.get(session.sid).is_new


def test_files_are_private(tmp_path):
    store = FilesystemSessionStore(str(tmp_path))
    session = saved(store)
    assert os.stat(store.get_session_filename(session.sid)).st_mode & 0o077 == 0


def test_the_second_half_of_the_id_is_not_kept(store):
    session = saved(store, uid=7)
    text = raw(store, session)
    assert session.sid[:42] in text and session.sid[42:] not in text


def test_vacuum_removes_old_sessions(store):
    old, fresh = saved(store), saved(store)
    make_older(store, old, 3600)
    store.vacuum(max_lifetime=60)
    assert store.get(old.sid).is_new
    assert not store.get(fresh.sid).is_new


def test_the_vacuum_removes_what_a_full_disk_left_behind(tmp_path):
    store = FilesystemSessionStore(str(tmp_path))
    leftover = tmp_path / "tmpabc.__wz_cache"
    leftover.write_bytes(b"")
    os.utime(leftover, (0, 0))
    store.vacuum()
    assert not leftover.exists()


def test_sessions_end_by_themselves(store):
    if isinstance(store, FilesystemSessionStore):
        store._files.default_timeout = -1
    session = saved(store)
    if not isinstance(store, FilesystemSessionStore):
        make_older(store, session, SESSION_LIFETIME)
    assert store.get(session.sid).is_new


def test_delete_from_identifiers(store):
    session = saved(store)
    store.delete_from_identifiers([session.sid[:42]])
    assert store.get(session.sid).is_new
    with pytest.raises(ValueError, match="identifier"):
        store.delete_from_identifiers(["../../etc/passwd"])
    store.delete_from_identifiers([])


def test_missing_identifiers(store):
    there, gone = saved(store), store.new()
    assert store.get_missing_session_identifiers([there.sid[:42], gone.sid[:42]]) == {gone.sid[:42]}
    assert store.get_missing_session_identifiers([]) == set()


def test_processes_agree_at_once(store, other):
    session = saved(store, uid=7)
    seen = other.get(session.sid)
    assert seen.uid == 7
    seen["context"] = {"lang": "fr_FR"}
    other.save(seen)
    assert store.get(session.sid).context == {"lang": "fr_FR"}
    other.delete(session.sid)
    assert store.get(session.sid).is_new


def test_a_session_that_was_ended_is_not_brought_back(store, other):
    session = saved(store, uid=7)
    in_use = other.get(session.sid)
    store.delete_from_identifiers([session.sid[:42]])
    in_use["debug"] = "1"
    assert other.save(in_use) is False
    assert store.get(session.sid).is_new


def test_the_old_id_is_not_brought_back_after_a_rotation(store, other):
    session = saved(store, uid=None)
    old = session.sid
    in_use = other.get(old)
    store.rotate(session, None)
    in_use["debug"] = "1"
    assert other.save(in_use) is False
    assert store.get(old).is_new and not store.get(session.sid).is_new


def test_many_write_one_session_at_once(store):
    session = saved(store, uid=7)

    def work(number):
        mine = store.get(session.sid)
        mine["number"] = number
        return store.save(mine)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(80)))
    assert store.get(session.sid)["number"] in range(80)


def test_any_text_can_be_kept(store):
    text = "\0 \ud800 'é\u2028"
    session = saved(store, text=text)
    assert store.get(session.sid)["text"] == text


def test_reading_a_session_in_postgresql_is_one_statement(request, session_database):
    store = open_store(request, "postgresql", None)
    session = saved(store, uid=7)
    # the server tells the only connection of the store what it is asked
    store._execute("SET client_min_messages = log")
    store._execute("SET log_statement = 'all'")
    with store._connection() as connection:
        told = connection.notices
    told.clear()
    for _ in range(10):
        store.get(session.sid)
    assert len(told) == 10
    assert all("SELECT digest, data" in statement for statement in told)


def test_the_database_of_sessions_is_none_of_the_product(request, session_database):
    saved(open_store(request, "postgresql", None))
    assert session_database not in lifecycle.list_databases()
    assert lifecycle.exists(session_database)


def test_sessions_in_a_database_that_is_there_already(session_database):
    name = session_database
    store = session_stores.open_session_store(f"postgresql:///{name}?application_name=sessions")
    session = saved(store, uid=3)
    assert store.get(session.sid).uid == 3
    assert store._pool.borrow(store._parameters).dsn.count("application_name=sessions") == 1


def warnings(caplog):
    return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]


@pytest.fixture
def lost_address(monkeypatch):
    """The address of a Redis server that does not answer, and of which nothing was said yet."""
    monkeypatch.setattr(outage, "_last_warnings", {})
    return f"127.0.0.1:{free_port()}"


def test_a_store_that_is_away_says_so(request, redis_server, monkeypatch, caplog):
    monkeypatch.setattr(outage, "_last_warnings", {})
    store = open_store(request, "redis", None)
    session = saved(store, uid=7)
    redis_server.stop()
    try:
        for _number in range(3):
            with pytest.raises(werkzeug.exceptions.ServiceUnavailable):
                store.get(session.sid)
    finally:
        redis_server.start()
    (told,) = warnings(caplog)
    assert f"127.0.0.1:{redis_server.port}" in told
    assert store.get(session.sid).is_new
    saved(store)


def test_addresses_of_stores_are_told_to_the_log_only(lost_address, caplog):
    pytest.importorskip("redis")
    store = RedisSessionStore(f"redis://{lost_address}/0")
    for _number in range(3):
        with pytest.raises(werkzeug.exceptions.ServiceUnavailable) as caught:
            store.get("a" * 84)
        errors.log_exception(caught.value)
        response = caught.value.get_response()
        assert (response.status_code, response.headers["Retry-After"]) == (503, "3")
        seen = (response.get_data(as_text=True), errors.jsonrpc_error(caught.value, debug=False))
        assert lost_address.partition(":")[2] not in str(seen) and "127.0.0.1" not in str(seen)
    assert len(warnings(caplog)) == 1


def test_a_redis_server_that_says_nothing_is_asked_once(monkeypatch):
    """Each request holds a thread meanwhile."""
    pytest.importorskip("redis")
    monkeypatch.setattr(session_stores.redis_server, "_TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = RedisSessionStore(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        with pytest.raises(werkzeug.exceptions.ServiceUnavailable):
            store.get("x" * 84)
        silent.settimeout(0.1)
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()


def test_passwords_of_stores_are_not_told(lost_address, caplog):
    pytest.importorskip("redis")
    store = RedisSessionStore(f"redis://:hush@{lost_address}/0")
    with pytest.raises(werkzeug.exceptions.ServiceUnavailable) as caught:
        store.get("a" * 84)
    assert lost_address in caplog.text
    assert "hush" not in caplog.text + str(caught.value)


def test_unknown_places_are_refused(capsys):
    with pytest.raises(SystemExit):
        config_options.make_parser().parse_args(["--session-store=memcached://here"])
    assert "'memcached' is no place for sessions" in capsys.readouterr().err


def test_only_changes_make_a_session_dirty():
    session = Session({"uid": 1}, "sid")
    session["uid"] = 1
    assert not session.is_dirty
    session.uid = 2
    assert session.is_dirty and session["uid"] == 2
    assert session.anything is None


def test_values_must_be_json():
    with pytest.raises(TypeError):
        Session({}, "sid")["x"] = object()


@pytest.mark.parametrize("content", [b"", b"x", b"\0\0\0\0", b"\0\0\0\0{", b"\0\0\0\0\xff", b"\0\0\0\0null"])
@pytest.mark.parametrize("expires", [None, -5, 60])
def test_files_are_read_as_they_are_written(tmp_path, content, expires, caplog):
    store = FilesystemSessionStore(str(tmp_path))
    for size in (1, 100_000):
        session = saved(store, big="x" * size, odd="\ud800 \0 é", number=float("inf"))
        identifier = session.sid[:42]
        if expires is not None:
            store._files.set(identifier, {"sid": "digest", "data": {"big": size}}, timeout=expires)
        stored = store._files.get(identifier)
        assert store._read(identifier) == (stored and (stored["sid"], stored["data"]))
        assert bool(stored) == (expires != -5)
    path = Path(store.get_session_filename(session.sid))
    path.write_bytes(content)
    assert store._read(identifier) is store._files.get(identifier) is None
    path.unlink()
    path.mkdir()
    assert store._read(identifier) is store._files.get(identifier) is None
