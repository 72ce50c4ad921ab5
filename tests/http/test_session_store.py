"""The store of sessions: ids, files, rotation, vacuum."""

import os
import time

import pytest

from odoo.http import FilesystemSessionStore, Session, get_default_session


@pytest.fixture
def store(tmp_path):
    return FilesystemSessionStore(str(tmp_path))


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
def test_malformed_ids_never_reach_the_disk(store, sid):
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


def test_corrupt_file_is_no_session(store):
    session = saved(store, uid=7)
    with open(store.get_session_filename(session.sid), "wb") as file:
        file.write(b"\0\0\0\0{not json")
    assert store.get(session.sid).is_new


def test_files_are_private(store):
    session = saved(store)
    assert os.stat(store.get_session_filename(session.sid)).st_mode & 0o077 == 0


def test_vacuum_removes_old_sessions(store):
    old, fresh = saved(store), saved(store)
    long_ago = time.time() - 3600
    os.utime(store.get_session_filename(old.sid), (long_ago, long_ago))
    store.vacuum(max_lifetime=60)
    assert store.get(old.sid).is_new
    assert not store.get(fresh.sid).is_new


def test_delete_from_identifiers(store):
    session = saved(store)
    store.delete_from_identifiers([session.sid[:42]])
    assert store.get(session.sid).is_new
    with pytest.raises(ValueError, match="identifier"):
        store.delete_from_identifiers(["../../etc/passwd"])


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
