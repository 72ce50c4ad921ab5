"""Databases as wholes: list, create, duplicate, rename, drop, dump and restore."""

import json
import logging
import math
import os
import re
import secrets
import shutil
import subprocess
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing, contextmanager
from typing import IO, Any

import psycopg2

from odoo.exceptions import AccessDenied
from odoo.release import major_version, version, version_info
from odoo.sql import SQL
from odoo.tools.archives import ArchiveRefused, check_entries
from odoo.tools.config import config

from . import embedded
from .connect import close_db, connection_info_for, db_connect
from .cursor import Cursor
from .extensions import create_extensions
from .object_store import object_store
from .restricted import drop_restoring_roles, restricted_connection
from .sql_script import run_script

_logger = logging.getLogger(__name__)

#: database that is always there, from which others are made and dropped
MAINTENANCE_DATABASE = "postgres"
#: database of the sessions, where they are kept in PostgreSQL; it is no database of the product
SESSION_DATABASE = "odoo_sessions"
_NAME_RE = re.compile(r"^[a-zA-Z0-9][a-zA-Z0-9_.\-]{0,62}$")
#: how the names of databases begin that are not restored completely, which nobody is to use
_UNFINISHED = "unfinished_"
_UNFINISHED_RE = re.compile(rf"{_UNFINISHED}([0-9a-f]{{8}})_[0-9a-f]{{16}}")
#: what reading a damaged archive raises
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class DatabaseExists(Warning):
    """There is a database of that name already."""


class DatabaseMissing(LookupError):
    """There is no database of that name."""


def database_identifier(cr: Cursor, name: str) -> SQL:
    """Return the name of a database as a quoted identifier, whatever characters it has.

    :param cr: a cursor
    :param str name: name of the database
    """
    return SQL(psycopg2.extensions.quote_ident(name, cr.connection).replace("%", "%%"))


def check_name(name: str) -> None:
    """Check the name of a database to be made.

    :param str name: the name
    :raise ValueError: it is empty, too long, or has other characters than letters, digits, ``_``, ``-`` and ``.``
    """
    if not _NAME_RE.match(name or ""):
        raise ValueError(
            f"{name!r} is no valid database name: use letters, digits, '_', '-' and '.', starting with a letter or"
            " digit"
        )


def list_databases() -> list[str]:
    """Return the names of the databases of the current PostgreSQL user, sorted."""
    with closing(db_connect(MAINTENANCE_DATABASE).cursor()) as cr:
        cr.execute(
            SQL(
                """
            SELECT datname FROM pg_database
             WHERE datdba = (SELECT usesysid FROM pg_user WHERE usename = current_user)
               AND NOT datistemplate AND datallowconn AND datname NOT IN %s AND NOT starts_with(datname, %s)
             ORDER BY datname
            """,
                (MAINTENANCE_DATABASE, SESSION_DATABASE, config["db_template"]),
                _UNFINISHED,
            )
        )
        return [name for [name] in cr.fetchall()]


def exists(name: str) -> bool:
    """Return whether there is a database of that name.

    :param str name: its name
    """
    with closing(db_connect(MAINTENANCE_DATABASE).cursor()) as cr:
        cr.execute(SQL("SELECT 1 FROM pg_database WHERE datname = %s", name))
        return cr.rowcount > 0


def create(name: str) -> None:
    """Create an empty database: UTF-8, sorted by code point, with the extensions that searches use.

    :param str name: its name
    :raise DatabaseExists: the name is taken
    :raise ValueError: the name is not allowed
    """
    check_name(name)
    template = config["db_template"]
    with _maintenance_cursor() as cr:
        if _is_there(cr, name):
            raise DatabaseExists(f"Database {name!r} already exists")
        # another template may have another collation, which cannot be changed any more
        options = SQL(" ENCODING 'unicode' LC_COLLATE 'C' LC_CTYPE 'C'") if template == "template0" else SQL()
        cr.execute(
            SQL(
                "CREATE DATABASE %s%s TEMPLATE %s",
                database_identifier(cr, name),
                options,
                database_identifier(cr, template),
            )
        )
    create_extensions(name)


def duplicate(source: str, target: str) -> None:
    """Copy a database and its filestore.

    :param str source: name of the database to copy
    :param str target: name of the copy
    :raise DatabaseExists: the target's name is taken
    :raise DatabaseMissing: there is no such source
    :raise ValueError: the target's name is not allowed
    """
    check_name(target)
    close_db(source)
    with _maintenance_cursor() as cr:
        _check_move(cr, source, target)
        _disconnect(cr, source)
        cr.execute(
            SQL(
                "CREATE DATABASE %s ENCODING 'unicode' TEMPLATE %s",
                database_identifier(cr, target),
                database_identifier(cr, source),
            )
        )
    origin, copy = config.filestore(source), config.filestore(target)
    if os.path.isdir(origin) and not os.path.exists(copy):
        shutil.copytree(origin, copy)
    if (store := object_store()) is not None:
        store.copy_all(source, target)


def rename(old: str, new: str) -> None:
    """Rename a database and its filestore.

    :param str old: present name
    :param str new: future name
    :raise DatabaseExists: the new name is taken
    :raise DatabaseMissing: there is no database of the old name
    :raise ValueError: the new name is not allowed
    """
    check_name(new)
    close_db(old)
    with _maintenance_cursor() as cr:
        _check_move(cr, old, new)
        _disconnect(cr, old)
        cr.execute(
            SQL(
                "ALTER DATABASE %s RENAME TO %s",
                database_identifier(cr, old),
                database_identifier(cr, new),
            )
        )
    origin, target = config.filestore(old), config.filestore(new)
    if os.path.isdir(origin):
        _move_files(origin, target)
    if (store := object_store()) is not None:
        store.copy_all(old, new)
        store.remove_all(old)


def drop(name: str) -> bool:
    """Delete a database and its filestore.

    :param str name: its name
    :return: False when there is no such database
    """
    close_db(name)
    with _maintenance_cursor() as cr:
        if not _is_there(cr, name):
            return False
        # a pooler that was told to leave would come back in between
        cr.execute(SQL("DROP DATABASE %s WITH (FORCE)", database_identifier(cr, name)))
    filestore = config.filestore(name)
    if os.path.isdir(filestore):
        shutil.rmtree(filestore)
    if (store := object_store()) is not None:
        store.remove_all(name)
    return True


def manifest(cr: Cursor) -> dict[str, Any]:
    """Return what a dump says about itself: versions and installed modules.

    :param cr: cursor on the database
    """
    cr.execute("SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'")
    pg_version = divmod(cr.connection.server_version, 10000)
    return {
        "odoo_dump": "1",
        "db_name": cr.dbname,
        "version": version,
        "version_info": version_info,
        "major_version": major_version,
        "pg_version": "{}.{}".format(*pg_version),
        "modules": dict(cr.fetchall()),
    }


def dump(name: str, stream: IO[bytes] | None = None, backup_format: str = "zip") -> IO[bytes] | None:
    """Write a database to a stream.

    :param str name: its name
    :param stream: binary file to write to; None returns a temporary file positioned at its start
    :param str backup_format: ``zip``: SQL, filestore and manifest; ``dump``: PostgreSQL's custom format, no filestore
    :raise DatabaseMissing: there is no such database
    """
    if not exists(name):
        raise DatabaseMissing(f"There is no database {name!r}")
    target = stream or tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    command = [_program("pg_dump"), "--no-owner", "--no-privileges", f"--dbname={name}"]
    if backup_format == "zip":
        with tempfile.TemporaryDirectory(prefix="odoo-dump.") as directory:
            sql_path = os.path.join(directory, "dump.sql")
            _run([*command, f"--file={sql_path}"], name)
            with closing(db_connect(name).cursor()) as cr:
                description = json.dumps(manifest(cr), indent=4)
            _write_archive(target, sql_path, description, name)
    else:
        with tempfile.NamedTemporaryFile(prefix="odoo-dump.") as file:
            _run([*command, "--format=c", f"--file={file.name}"], name)
            shutil.copyfileobj(file, target)
    if stream is not None:
        return None
    target.seek(0)
    return target


def restore(name: str, dump_file: str, finish: Callable[[str], object] | None = None) -> None:
    """Make a database from a dump; it appears under its name when everything has succeeded.

    The dump is not trusted: it runs no commands, and its SQL runs without the rights of a superuser.

    :param str name: name of the database to make
    :param str dump_file: path of a file written by :func:`dump`
    :param finish: function that does what else is to be done before; it is called with the name for the time being
    :raise DatabaseExists: the name is taken
    :raise RuntimeError: the dump cannot be read, or holds what is not run; nothing is left of it
    :raise ValueError: the name is not allowed
    """
    check_name(name)
    if exists(name):
        raise DatabaseExists(f"Database {name!r} already exists")
    unfinished = f"{_UNFINISHED}{int(time.time()):08x}_{secrets.token_hex(8)}"
    try:
        create(unfinished)
        if zipfile.is_zipfile(dump_file):
            _restore_archive(unfinished, dump_file)
        else:
            _restore_custom(unfinished, dump_file)
        if finish is not None:
            finish(unfinished)
        rename(unfinished, name)
    except BaseException:
        drop(unfinished)
        raise


def unfinished_since(name: str) -> int | None:
    """Return when the restoring of an unfinished database began, in seconds since 1970; None for other databases.

    :param str name: its name
    """
    match = _UNFINISHED_RE.fullmatch(name)
    return int(match[1], 16) if match else None


def drop_unfinished(oldest: float) -> list[str]:
    """Drop the databases whose restoring began long ago and that nobody works on, and the roles that restored them.

    :param float oldest: seconds since 1970: those that began before are dropped
    :return: names of what was dropped
    """
    with _maintenance_cursor() as cr:
        cr.execute(
            SQL(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
                " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = pg_database.datname)",
                _UNFINISHED,
            )
        )
        names = [name for [name] in cr.fetchall()]
    given_up = [name for name in names if (unfinished_since(name) or oldest) < oldest]
    return [name for name in given_up if drop(name)] + drop_restoring_roles(oldest)


def _restore_archive(name, dump_file):
    try:
        with zipfile.ZipFile(dump_file) as archive:
            if "dump.sql" not in archive.namelist():
                raise RuntimeError(f"{dump_file} is no database dump: it has no dump.sql")
            files = [entry for entry in archive.infolist() if entry.filename.startswith("filestore/")]
            filestore = config.filestore(name)
            # before anything is made of it
            check_entries(files, os.path.getsize(dump_file), _room(filestore))
            check_entries([archive.getinfo("dump.sql")], os.path.getsize(dump_file), math.inf)
            with restricted_connection(name) as connection, archive.open("dump.sql") as script:
                run_script(connection, script)
            _extract_files(archive, files, filestore)
    except _DAMAGES as error:
        raise RuntimeError(f"{dump_file} is damaged: {error}") from error
    except ArchiveRefused as error:
        raise RuntimeError(f"{dump_file} is not unpacked: {error}") from error


def _room(place):
    """Return how many bytes there are both for what is unpacked and for where it goes afterwards."""
    place = os.path.abspath(place)
    while not os.path.isdir(place):
        place = os.path.dirname(place)
    return min(shutil.disk_usage(place).free, shutil.disk_usage(tempfile.gettempdir()).free)


def _extract_files(archive, members, filestore):
    with tempfile.TemporaryDirectory(prefix="odoo-restore.") as directory:
        archive.extractall(directory, members)
        files = os.path.join(directory, "filestore")
        if os.path.isdir(files):
            _move_files(files, filestore)


def _restore_custom(name, dump_file):
    """Restore a dump in PostgreSQL's custom format, from the script that pg_restore makes of it."""
    with tempfile.TemporaryDirectory(prefix="odoo-restore.") as directory:
        path = os.path.join(directory, "dump.sql")
        _run([_program("pg_restore"), "--no-owner", f"--file={path}", os.path.abspath(dump_file)], name)
        with restricted_connection(name) as connection, open(path, "rb") as script:
            run_script(connection, script)


def _move_files(origin, target):
    """Move a filestore, into what may be left of a former database: the names of files are made from their content."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.isdir(target):
        shutil.copytree(origin, target, dirs_exist_ok=True)
        shutil.rmtree(origin)
    else:
        shutil.move(origin, target)


def _write_archive(target, sql_path, description, dbname):
    filestore = config.filestore(dbname)
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        archive.write(sql_path, "dump.sql")
        archive.writestr("manifest.json", description)
        for directory, __, files in os.walk(filestore):
            for file in files:
                path = os.path.join(directory, file)
                archive.write(path, os.path.join("filestore", os.path.relpath(path, filestore)))
        if (store := object_store()) is not None:
            for fname in store.names(dbname):
                if not os.path.exists(os.path.join(filestore, fname)):
                    with archive.open(f"filestore/{fname}", "w") as entry:
                        store.copy_to(dbname, fname, entry)


@contextmanager
def _maintenance_cursor():
    """Open a cursor that commits each statement, as commands on databases require."""
    with closing(db_connect(MAINTENANCE_DATABASE, direct=True).cursor()) as cr:
        cr.connection.autocommit = True
        try:
            yield cr
        finally:
            cr.connection.autocommit = False


def _is_there(cr, name):
    cr.execute(SQL("SELECT 1 FROM pg_database WHERE datname = %s", name))
    return cr.rowcount > 0


def _check_move(cr, source, target):
    if not _is_there(cr, source):
        raise DatabaseMissing(f"There is no database {source!r}")
    if _is_there(cr, target):
        raise DatabaseExists(f"Database {target!r} already exists")


def _disconnect(cr, name):
    cr.execute(
        SQL(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid != pg_backend_pid()",
            name,
        )
    )


def _program(name):
    """Return the path of a PostgreSQL client program that is not older than the server.

    :raise RuntimeError: there is none
    """
    if config["pg_path"]:
        return os.path.join(config["pg_path"], name)
    with closing(db_connect(MAINTENANCE_DATABASE).cursor()) as cr:
        server_version = cr.connection.server_version // 10000
    found = []
    for path in (shutil.which(name), _bundled(name)):
        if path:
            text = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
            client_version = int(re.search(r"(\d+)", text).group())  # type: ignore[union-attr]  # all programs tell it
            if client_version >= server_version:
                return path
            found.append(f"{path} ({client_version})")
    raise RuntimeError(
        f"The server is PostgreSQL {server_version}, for which there is no {name}: found "
        f"{', '.join(found) or 'none'}; say with --pg_path where it is"
    )


def _bundled(name):
    try:
        return str(embedded.binary(name))
    except embedded.EmbeddedError:
        return None


def _run(command: list[str], dbname: str) -> None:
    __, parameters = connection_info_for(dbname, direct=True)
    environment = dict(os.environ)
    for key in ("host", "port", "user", "password"):
        if parameters.get(key):
            environment[f"PG{key.upper()}"] = str(parameters[key])
    result = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if result.returncode:
        raise RuntimeError(
            f"{os.path.basename(command[0])} failed on database {dbname!r}: "
            f"{result.stderr.decode(errors='replace').strip()}"
        )


def list_served(force: bool = False) -> list[str]:
    """Return the names of the databases that this server manages, sorted.

    :param bool force: list them even when the server hides its databases
    :raise odoo.exceptions.AccessDenied: the server hides its databases
    """
    if not config["list_db"] and not force:
        raise AccessDenied()
    if not config["dbfilter"] and config["db_name"]:
        return sorted(name.strip() for name in config["db_name"].split(","))
    return list_databases()
