"""Creating, copying, renaming, dumping and dropping databases."""

import io
import json
import uuid
import zipfile
from pathlib import Path

import pytest

from odoo.db import extensions, lifecycle
from odoo.sql import SQL
from odoo.sql_db import db_connect
from odoo.tools import config


@pytest.fixture
def other_name(db_server):
    name = f"test_{uuid.uuid4().hex[:12]}"
    yield name
    lifecycle.drop(name)


@pytest.fixture
def filled(dbname, tmp_path, monkeypatch):
    monkeypatch.setitem(config.options, "data_dir", config["data_dir"])
    with db_connect(dbname).cursor() as cr:
        cr.execute("DROP TABLE IF EXISTS ir_module_module")
        cr.execute("CREATE TABLE ir_module_module (name varchar, state varchar, latest_version varchar)")
        cr.execute("INSERT INTO ir_module_module VALUES ('base', 'installed', '18.0.1.0')")
    file = Path(config.filestore(dbname)) / "ab" / "abcdef"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"content")
    return dbname


def count(name):
    with db_connect(name).cursor() as cr:
        cr.execute("SELECT count(*) FROM ir_module_module")
        return cr.fetchone()[0]


def test_collation_and_encoding(dbname):
    with db_connect(dbname).cursor() as cr:
        cr.execute("SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s", [dbname])
        assert cr.fetchone() == ("C", "UTF8")


def test_indexes_without_accents_are_restored(filled, other_name, tmp_path):
    with db_connect(filled).cursor() as cr:
        if extensions.has_unaccent(cr) == extensions.FunctionStatus.MISSING:
            pytest.skip("PostgreSQL has no extension unaccent")
        assert extensions.has_unaccent(cr) == extensions.FunctionStatus.INDEXABLE
        cr.execute("CREATE TABLE named (name text)")
        function = extensions.accent_function(cr)
        cr.execute(SQL("CREATE INDEX named_index ON named (%s(name))", function))
        cr.execute("INSERT INTO named VALUES ('Ärger')")
    path = tmp_path / "accents.zip"
    with open(path, "wb") as stream:
        lifecycle.dump(filled, stream)
    lifecycle.restore(other_name, str(path))
    with db_connect(other_name).cursor() as cr:
        cr.execute(SQL("SELECT %s(name) FROM named", function))
        assert cr.fetchall() == [("Arger",)]
        cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'named_index'")
        assert "immutable_unaccent" in cr.fetchone()[0]


def test_older_indexes_without_accents_are_restored(filled, other_name, tmp_path):
    with db_connect(filled).cursor() as cr:
        if extensions.has_unaccent(cr) == extensions.FunctionStatus.MISSING:
            pytest.skip("PostgreSQL has no extension unaccent")
        # as databases are whose indexes were made before there was a function of ours
        cr.execute("ALTER FUNCTION unaccent(text) IMMUTABLE")
        cr.execute("CREATE TABLE formerly (name text)")
        cr.execute("CREATE INDEX formerly_index ON formerly (unaccent(name))")
        cr.execute("INSERT INTO formerly VALUES ('Ärger')")
    path = tmp_path / "accents.zip"
    with open(path, "wb") as stream:
        lifecycle.dump(filled, stream)
    lifecycle.restore(other_name, str(path))
    with db_connect(other_name).cursor() as cr:
        cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'formerly_index'")
        assert "(unaccent(name))" in cr.fetchone()[0]
        assert extensions.accent_function(cr) == SQL.identifier("immutable_unaccent")


def test_missing_extensions_are_named_once(dbname, monkeypatch, caplog):
    monkeypatch.setattr(extensions, "_EXTENSIONS", {"no_such": "pigs fly", "nor_this": "cows sing"})
    extensions.create_extensions(dbname)
    [record] = caplog.records
    assert record.levelname == "WARNING"
    for word in ("no_such", "pigs fly", "nor_this", "cows sing", "postgresql-contrib"):
        assert word in record.getMessage()


def test_create_twice(dbname):
    with pytest.raises(lifecycle.DatabaseExists, match=dbname):
        lifecycle.create(dbname)


@pytest.mark.parametrize("name", ["", "a b", 'a"b', "-a", "a" * 64, None])
def test_names_are_checked(name):
    with pytest.raises(ValueError, match="database name"):
        lifecycle.create(name)


def test_duplicate_takes_files_along(filled, other_name):
    lifecycle.duplicate(filled, other_name)
    assert count(other_name) == 1
    assert (Path(config.filestore(other_name)) / "ab" / "abcdef").read_bytes() == b"content"
    assert count(filled) == 1


def test_rename_and_drop(filled, other_name):
    lifecycle.duplicate(filled, other_name)
    renamed = f"{other_name}_renamed"
    lifecycle.rename(other_name, renamed)
    assert lifecycle.exists(renamed)
    assert not lifecycle.exists(other_name)
    assert renamed in lifecycle.list_databases()
    assert lifecycle.drop(renamed) is True
    assert lifecycle.drop(renamed) is False
    assert not Path(config.filestore(renamed)).exists()


def test_missing_source(db_server, other_name):
    with pytest.raises(lifecycle.DatabaseMissing, match="no_such_database"):
        lifecycle.duplicate("no_such_database", other_name)


@pytest.mark.parametrize("backup_format", ["zip", "dump"])
def test_dump_and_restore(filled, other_name, tmp_path, backup_format):
    path = tmp_path / "backup"
    with path.open("wb") as file:
        lifecycle.dump(filled, file, backup_format)
    lifecycle.restore(other_name, str(path))
    assert count(other_name) == 1
    copied = Path(config.filestore(other_name)) / "ab" / "abcdef"
    assert copied.exists() == (backup_format == "zip")


def test_zip_describes_itself(filled):
    stream = lifecycle.dump(filled)
    with stream, zipfile.ZipFile(io.BytesIO(stream.read())) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {"dump.sql", "filestore/ab/abcdef"} <= set(archive.namelist())
    assert manifest["db_name"] == filled
    assert manifest["modules"] == {"base": "18.0.1.0"}


def test_broken_dump_leaves_nothing(other_name, tmp_path):
    path = tmp_path / "broken.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dump.sql", "SELECT no_such_function();")
    with pytest.raises(RuntimeError, match="no_such_function"):
        lifecycle.restore(other_name, str(path))
    assert not lifecycle.exists(other_name)
