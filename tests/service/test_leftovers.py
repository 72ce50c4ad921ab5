"""What killed processes left behind is removed, and nothing else."""

import contextlib
import os
import secrets
import tempfile
import time
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from odoo.addons.base.models.ir_attachment_store import replacing
from odoo.db import lifecycle
from odoo.modules import asset_compiler
from odoo.service import leftovers
from odoo.sql_db import close_db, db_connect
from odoo.tools import config

OLD, YOUNG = (int(time.time()) - age for age in (2 * leftovers.AGE, 60))


def touch(path, moment):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    os.utime(path, (moment, moment))
    return path


def half_written(path, moment):
    """Return the file that a process leaves that is killed while it writes one of the filestore."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = {*path.parent.iterdir()}
    with replacing(str(path)):
        (partial,) = {*path.parent.iterdir()} - before
    path.unlink()
    return touch(partial, moment)


def half_compiled(moment):
    """Return the file that a process leaves that is killed while it keeps a compiled module."""
    with patch.object(os, "replace", side_effect=InterruptedError) as replace, contextlib.suppress(InterruptedError):
        asset_compiler.keep("key", asset_compiler.Compiled(*[""] * len(asset_compiler.Compiled._fields)))
    return touch(Path(replace.call_args.args[0]), moment)


@pytest.fixture
def files(monkeypatch, tmp_path):
    """Directories of the server in which nothing is yet."""
    monkeypatch.setitem(config.options, "data_dir", str(tmp_path / "data"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    return tmp_path


def test_f19_files(db_server, files):
    store, temporary = files / "data" / "filestore", files / "tmp"
    checksum = "a" * 40
    doomed = {
        half_written(store / "some_db" / "aa" / checksum, OLD),
        # what is received before its checksum is known
        touch(store / "some_db" / f"{secrets.token_hex(8)}.part", OLD),
        touch(files / "data" / "sessions" / "tmpxyz.__wz_cache", OLD),
        touch(temporary / "odoo-restore.abcd_123", OLD),
        half_compiled(OLD),
    }
    directory = temporary / "odoo-report.abcd1234"
    touch(directory / "page.html", OLD)
    os.utime(directory, (OLD, OLD))
    given_up = store / f"unfinished_{OLD:08x}_{secrets.token_hex(8)}"
    touch(given_up / "aa" / checksum, OLD)
    os.utime(given_up, (OLD, OLD))
    kept = {
        half_written(store / "some_db" / "aa" / checksum, YOUNG),
        touch(store / "some_db" / f"{secrets.token_hex(8)}.part", YOUNG),
        touch(store / "some_db" / "aa" / checksum, OLD),
        touch(store / "some_db" / "aa" / "my.part", OLD),
        touch(store / "some_db" / "my.part", OLD),
        touch(store / f"unfinished_{YOUNG:08x}_{secrets.token_hex(8)}" / "aa" / checksum, OLD),
        touch(store / "unfinished_business" / "aa" / checksum, OLD),
        touch(files / "data" / "sessions" / "ab" / "abc", OLD),
        touch(temporary / "report.pdf", OLD),
        touch(temporary / "odoo-report.abcd1235", YOUNG),
        half_compiled(YOUNG),
        touch(files / "data" / "modules" / "0123abcd.json", OLD),
        touch(files / "data" / "modules" / "my.part", OLD),
    }
    removed = leftovers.sweep()
    assert {*map(Path, removed)} == {*doomed, directory, given_up}
    assert not any(path.exists() for path in (*doomed, directory, given_up))
    assert all(path.exists() for path in kept)
    assert leftovers.sweep() == []


def test_f13_databases_and_roles(db_server, files):
    names = [f"unfinished_{moment:08x}_{secrets.token_hex(8)}" for moment in (OLD, OLD, YOUNG)]
    role = f"restore_{OLD:08x}_{secrets.token_hex(8)}"
    for name in names:
        lifecycle.create(name)
        close_db(name)
    with closing(db_connect("postgres").cursor()) as cr:
        cr.execute(f"CREATE ROLE {role}")
        cr.execute(f'ALTER DATABASE "{names[0]}" OWNER TO {role}')
        cr.commit()
    busy = db_connect(names[1]).cursor()
    try:
        assert f"database {names[0]}" in leftovers.sweep()
        assert [lifecycle.exists(name) for name in names] == [False, True, True]
        with closing(db_connect("postgres").cursor()) as cr:
            cr.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [role])
            assert cr.fetchone() == (0,)
    finally:
        busy.close()
        for name in names:
            lifecycle.drop(name)
