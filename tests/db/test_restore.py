"""Restoring dumps of strangers: no commands, no reach for the machine, nothing half restored."""

import os
import subprocess
import uuid
import zipfile
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest
from databases import Server

from odoo.db import embedded, lifecycle
from odoo.db.connect import connection_info_for
from odoo.service import db as db_service
from odoo.sql_db import close_all, close_db, db_connect
from odoo.tools import archives, config

END = "\n--\n-- PostgreSQL database dump complete\n--\n"
TABLE = "CREATE TABLE public.kept (id integer, note text);\n"


@pytest.fixture(scope="module")
def own_server(db_server, tmp_path_factory):
    """A server that no other test process uses, as the tests look at all there is on it."""
    if not embedded.is_wanted():
        yield
        return
    shared, data_dir = tmp_path_factory.mktemp("shared"), tmp_path_factory.mktemp("data")
    close_all()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "_running", None)
        patch.setitem(config.options, "data_dir", str(data_dir))
        server = Server(shared)
        server.start()
        yield
        server.stop()


@pytest.fixture
def other_name(own_server):
    name = f"test_{uuid.uuid4().hex[:12]}"
    yield name
    close_db(name)
    lifecycle.drop(name)


@pytest.fixture
def reachable():
    """A path that the account of the database server could write."""
    directory = Path(f"/tmp/restore-{uuid.uuid4().hex[:8]}")
    directory.mkdir()
    directory.chmod(0o777)
    yield directory / "written"
    for path in directory.iterdir():
        path.unlink()
    directory.rmdir()


@pytest.fixture(scope="module")
def source(own_server):
    """A database whose dump has everything that makes reading one hard."""
    dbname = f"test_{uuid.uuid4().hex[:12]}"
    lifecycle.create(dbname)
    with db_connect(dbname).cursor() as cr:
        cr.execute("CREATE TABLE ir_module_module (name varchar, state varchar, latest_version varchar)")
        cr.execute("INSERT INTO ir_module_module VALUES ('base', 'installed', '18.0.1.0')")
        cr.execute(r"""
            CREATE TABLE "odd ""name; -- 'x" (
                id serial PRIMARY KEY, note text DEFAULT E'it''s \\ "quoted"
-- no comment
\! no command
COPY x FROM stdin;
$$', price numeric CHECK (price > 0), "e" text DEFAULT 'a\'
            )""")
        cr.execute(r"""COMMENT ON TABLE "odd ""name; -- 'x" IS '/* no comment; $1$ \. '""")
        notes = ["\\.", "\\", "a\tb\nc", "\\N", None, "", "x" * 200_000, "'; DROP TABLE x; --", "é\u2028\x0b"]
        for note in notes:
            cr.execute("""INSERT INTO "odd ""name; -- 'x" (note) VALUES (%s)""", [note])
        cr.execute("""CREATE VIEW names AS SELECT note || ';' AS note, '--' AS dashes FROM "odd ""name; -- 'x" """)
        cr.execute("""CREATE INDEX by_half ON ir_module_module (lower(name)) WHERE state = '/*'""")
        cr.execute("CREATE TYPE mood AS ENUM ('it''s', '$$')")
        cr.execute("CREATE DOMAIN few AS integer CHECK (VALUE < 10)")
        cr.execute("CREATE TABLE empty_one (a few, b mood, \"Order\" date DEFAULT DATE'2024-01-01')")
    yield dbname
    lifecycle.drop(dbname)


def script_of(name, *options):
    """Return the SQL script of a database."""
    __, parameters = connection_info_for(name)
    environment = {
        **os.environ,
        **{f"PG{key.upper()}": str(parameters[key]) for key in ("host", "user", "port") if parameters.get(key)},
    }
    text = subprocess.run(
        [lifecycle._program("pg_dump"), f"--dbname={name}", "--no-owner", *options],
        env=environment,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return "\n".join(line for line in text.split("\n") if not line.startswith(("\\restrict", "\\unrestrict")))


def archive(tmp_path, script, **files):
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("dump.sql", script)
        for name, content in files.items():
            file.writestr(f"filestore/{name[:2]}/{name}", content)
    return str(path)


def everything():
    """Return what a restore could leave behind: databases, roles and directories of files."""
    with db_connect("postgres").cursor() as cr:
        cr.execute("SELECT 'database', datname FROM pg_database UNION SELECT 'role', rolname FROM pg_roles")
        found = set(cr.fetchall())
    filestores = Path(config.filestore("x")).parent
    return found | {("files", path.name) for path in filestores.glob("*")}


@pytest.mark.parametrize("backup_format", ["zip", "dump"])
def test_f2_what_a_dump_holds_is_restored(source, other_name, tmp_path, backup_format):
    path = tmp_path / "backup"
    with path.open("wb") as file:
        lifecycle.dump(source, file, backup_format)
    before = everything()
    lifecycle.restore(other_name, str(path))
    assert script_of(other_name) == script_of(source)
    assert everything() - before - {("files", other_name)} == {("database", other_name)}
    assert other_name in lifecycle.list_databases()
    with db_connect(other_name).cursor() as cr:
        cr.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relowner != current_user::regrole"
        )
        assert cr.fetchone() == (0,)


def test_f2_scripts_with_inserts_and_comments(source, other_name, tmp_path):
    script = script_of(source, "--inserts", "--rows-per-insert=3")
    script = script.replace("\nSET ", "\n/* a /* nested; */ -- comment\n' */ SET ") + "\n"
    lifecycle.restore(other_name, archive(tmp_path, script))
    assert script_of(other_name) == script_of(source)


def test_f2_guards_of_newer_dumps_are_known(other_name, tmp_path):
    body = f"{TABLE}COMMENT ON EXTENSION plpgsql IS 'not ours';\n{END}"
    script = f"\\restrict abcDEF123\n\n{body}\n\\unrestrict abcDEF123\n"
    lifecycle.restore(other_name, archive(tmp_path, script, abcdef="content"))
    assert (Path(config.filestore(other_name)) / "ab" / "abcdef").read_text() == "content"


@pytest.mark.parametrize(
    "command",
    [
        "\\! touch {path}",
        "SELECT 1 \\! touch {path}",
        "SELECT 1 \\g {path}",
        "SELECT 1 \\g | touch {path}",
        "\\o {path}\nSELECT 1;",
        "\\copy public.kept to {path}",
        "\\copy public.kept to program 'touch {path}'",
        "\\set x `touch {path}`",
        "SELECT :'x' \\gexec",
        "\\restrict x\n\\! touch {path}",
        "\\unrestrict x; \\! touch {path}",
        "\\i /etc/passwd",
        "\\connect postgres",
        "COPY public.kept FROM stdin;\n1\tx\n\\.\n\\! touch {path}",
        "SELECT '\n';\\! touch {path}",
    ],
)
def test_f2_commands_of_psql_are_not_run(other_name, tmp_path, reachable, command):
    before = everything()
    script = TABLE + command.format(path=reachable) + "\n" + END
    with pytest.raises(RuntimeError, match="Line"):
        lifecycle.restore(other_name, archive(tmp_path, script, abcdef="content"))
    assert not reachable.exists()
    assert everything() == before


POWERS = [
    "COPY public.kept TO PROGRAM 'touch {path}';",
    "COPY public.kept FROM PROGRAM 'touch {path}';",
    "COPY public.kept TO '{path}';",
    "COPY public.kept (note) FROM '/etc/hostname';",
    "SELECT lo_import('/etc/passwd');",
    "SELECT lo_export(lo_from_bytea(0, 'x'), '{path}');",
    "SELECT pg_read_file('/etc/passwd');",
    "ALTER SYSTEM SET archive_command = 'touch {path}';",
    "CREATE ROLE another SUPERUSER;",
    "CREATE DATABASE another;",
    "SET SESSION AUTHORIZATION postgres;",
    "SELECT set_config('role', 'postgres', false);",
    "RESET SESSION AUTHORIZATION;\nCOPY public.kept TO PROGRAM 'touch {path}';",
    "RESET ROLE;\nCOPY public.kept TO PROGRAM 'touch {path}';",
    "DO $x$ BEGIN EXECUTE 'COPY public.kept TO PRO' || 'GRAM ''touch {path}'''; END $x$;",
    "CREATE FUNCTION x() RETURNS int LANGUAGE c AS 'libc', 'system';",
    "CREATE EXTENSION file_fdw;",
    "CREATE EXTENSION plpython3u;",
]
STORED = [
    "CREATE FUNCTION public.later() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN\n"
    "COPY (SELECT 1) TO PROGRAM 'touch {path}'; RETURN new; END $f$;\n"
    "CREATE TRIGGER later BEFORE INSERT ON public.kept FOR EACH ROW EXECUTE FUNCTION public.later();",
    "CREATE VIEW public.later AS SELECT pg_read_file('/etc/passwd') AS note;",
    "CREATE VIEW public.later AS SELECT * FROM pg_ls_dir('/');",
    "CREATE VIEW public.later AS SELECT query_to_xml('SELECT 1', true, true, '') AS note;",
    "ALTER TABLE public.kept ALTER note SET DEFAULT pg_read_file('/etc/passwd');",
    "ALTER TABLE public.kept ADD CHECK (note != pg_read_file('/etc/passwd'));",
    "CREATE RULE later AS ON INSERT TO public.kept DO ALSO SELECT lo_import('/etc/passwd');",
]


def is_superuser():
    with db_connect("postgres").cursor() as cr:
        cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cr.fetchone()[0]


@pytest.mark.parametrize("statements", [*POWERS, *STORED])
def test_f2_sql_has_no_power_over_the_machine(other_name, tmp_path, reachable, statements):
    if statements in STORED and not is_superuser():
        pytest.skip("what it stores never has more rights than now")
    before = everything()
    script = TABLE + statements.format(path=reachable) + "\n" + END
    with pytest.raises(RuntimeError):
        lifecycle.restore(other_name, archive(tmp_path, script))
    assert not reachable.exists()
    assert everything() == before


def test_f2_settings_of_the_database_are_not_kept(other_name, tmp_path):
    statement = "EXECUTE format('ALTER DATABASE %I SET search_path = evil', current_database())"
    lifecycle.restore(other_name, archive(tmp_path, f"{TABLE}DO $$ BEGIN {statement}; END $$;{END}"))
    with db_connect(other_name).cursor() as cr:
        cr.execute("SHOW search_path")
        assert "evil" not in cr.fetchone()[0]


def test_f13_cut_scripts_are_refused(source, other_name, tmp_path):
    script = script_of(source)
    before = everything()
    data = script.index("FROM stdin;")
    for length in (
        0,
        200,
        script.index("CREATE TABLE") + 10,
        data - 5,
        data + 12,
        data + 40,
        data + 4000,
        script.index("\n\\.\n") + 1,
        len(script) // 2,
        script.index(END.strip()) - 2,
        script.index("PostgreSQL database dump complete") + 10,
    ):
        with pytest.raises(RuntimeError, match=r"cut off|Line"):
            lifecycle.restore(other_name, archive(tmp_path, script[:length]))
        assert everything() == before


@pytest.mark.parametrize("backup_format", ["zip", "dump"])
def test_f13_damaged_files_are_refused(source, other_name, tmp_path, backup_format):
    path = tmp_path / "backup"
    with path.open("wb") as file:
        lifecycle.dump(source, file, backup_format)
    content = path.read_bytes()
    before = everything()
    damages = [content[: len(content) // 2], content[:50], b""]
    for tenth in range(2, 8):
        # compressed data tell of it in one way or another; neither what makes the database, at the beginning, is needed
        # nor what stands at the end
        start = len(content) * tenth // 10
        flipped = bytes(byte ^ 0xFF for byte in content[start : start + 40])
        damages.append(content[:start] + flipped + content[start + 40 :])
    for damaged in damages:
        path.write_bytes(damaged)
        with pytest.raises(RuntimeError):
            lifecycle.restore(other_name, str(path))
        assert everything() == before


def test_f13_open_transaction_is_no_end(other_name, tmp_path):
    with pytest.raises(RuntimeError, match="cut off"):
        lifecycle.restore(other_name, archive(tmp_path, f"BEGIN;\n{TABLE}{END}"))


@pytest.mark.parametrize("options", [{"copy": True}, {"neutralize_database": True}])
def test_f13_failure_after_the_script_leaves_nothing(other_name, tmp_path, options):
    before = everything()
    with pytest.raises((psycopg2.Error, KeyError, RuntimeError)):
        db_service.restore_db(other_name, archive(tmp_path, TABLE + END, abcdef="content"), **options)
    assert everything() == before


def test_f13_name_is_taken_at_the_end_only(other_name, tmp_path):
    seen = []

    def finish(name):
        seen.append((lifecycle.exists(name), lifecycle.exists(other_name), name in lifecycle.list_databases()))

    lifecycle.restore(other_name, archive(tmp_path, TABLE + END), finish)
    assert seen == [(True, False, False)]
    assert lifecycle.exists(other_name)


def test_f13_bad_names_are_refused_first(tmp_path):
    with pytest.raises(ValueError, match="database name"):
        lifecycle.restore("no name", archive(tmp_path, TABLE + END))


def entries(tmp_path, script, *named):
    path = tmp_path / "dump.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("dump.sql", script)
        for name, content in named:
            file.writestr(name, content)
    return str(path)


@pytest.mark.parametrize(
    "name",
    [
        "filestore/../../outside",
        "filestore//outside",
        "filestore/./x",
        "filestore/ab\\..\\..\\x",
        f"filestore/{'a' * 256}",
    ],
)
def test_entries_stay_in_the_filestore(other_name, tmp_path, name):
    before = everything()
    with pytest.raises(RuntimeError, match=r"is not unpacked: its entry .* is no path"):
        lifecycle.restore(other_name, entries(tmp_path, TABLE + END, ("filestore/ab/abc", b"x"), (name, b"x")))
    assert everything() == before


def test_content_has_room(other_name, tmp_path, monkeypatch):
    before = everything()
    path = entries(tmp_path, TABLE + END, ("filestore/ab/abc", os.urandom(3000)))
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(total=10**6, used=10**6 - 2000, free=2000))
    with pytest.raises(RuntimeError, match="is not unpacked: its content has 3,000 bytes, and there is room for 2,000"):
        lifecycle.restore(other_name, path)
    assert everything() == before


@pytest.mark.parametrize("bomb", ["dump.sql", "filestore/ab/abc"])
def test_content_that_is_packed_out_of_all_proportion(other_name, tmp_path, bomb):
    before = everything()
    content = b" " * (archives.RATIO_FROM + 1)
    script, files = (content, ()) if bomb == "dump.sql" else (TABLE + END, ((bomb, content),))
    with pytest.raises(RuntimeError, match=rf"is not unpacked: .* more than {archives.MAX_RATIO} times"):
        lifecycle.restore(other_name, entries(tmp_path, script, *files))
    assert everything() == before


def test_number_of_entries(other_name, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRIES", 2)
    files = [(f"filestore/ab/abc{number}", b"x") for number in range(3)]
    with pytest.raises(RuntimeError, match="is not unpacked: it has more than 2 entries"):
        lifecycle.restore(other_name, entries(tmp_path, TABLE + END, *files))
