"""Connections for what others wrote: their role runs no programs, reads no files and is no superuser."""

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg2

from odoo.sql import SQL

from .connect import connection_info_for, db_connect

#: roles of PostgreSQL whose members reach the files and programs of the database server
_SERVER_ROLES = ("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files")
#: functions that everybody may call and that run SQL given as text
_SQL_RUNNERS = (
    "cursor_to_xml",
    "cursor_to_xmlschema",
    "query_to_xml",
    "query_to_xml_and_xmlschema",
    "query_to_xmlschema",
    "ts_rewrite",
    "ts_stat",
)
#: what the names of roles for the time being begin with, and the whole of them
_ROLE = "restore_"
_ROLE_RE = re.compile(rf"{_ROLE}([0-9a-f]{{8}})_[0-9a-f]{{16}}")
#: the ids below are PostgreSQL's own
_FIRST_OBJECT = 16384


def drop_restoring_roles(oldest: float) -> list[str]:
    """Drop the roles that restored a database long ago and were left behind, unless something is still theirs.

    :param float oldest: seconds since 1970: those made before are dropped
    :return: their names
    """
    dropped = []
    with _statements("postgres") as cr:
        cr.execute(
            SQL(
                """
            SELECT rolname FROM pg_roles
             WHERE starts_with(rolname, %s)
               AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE usesysid = pg_roles.oid)
               AND NOT EXISTS (SELECT FROM pg_shdepend WHERE refobjid = pg_roles.oid)
            """,
                _ROLE,
            )
        )
        for [role] in cr.fetchall():
            match = _ROLE_RE.fullmatch(role)
            if match and int(match[1], 16) < oldest:
                cr.execute(SQL("DROP ROLE IF EXISTS %s", SQL.identifier(role)))
                dropped.append(role)
    return dropped


@contextmanager
def restricted_connection(dbname: str) -> Iterator[psycopg2.extensions.connection]:
    """Yield a connection to a new database, that commits each statement; what it makes is this server's in the end.

    :param str dbname: name of the database
    :raise RuntimeError: PostgreSQL offers no role without power over its machine, or what was made would run code
        with the rights of a superuser
    """
    with closing(db_connect(dbname).cursor()) as cr:
        cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        [superuser] = cr.fetchone()
        cr.execute(
            SQL(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND pg_has_role(current_user, oid, 'MEMBER')",
                list(_SERVER_ROLES),
            )
        )
        roles = [] if superuser else [role for [role] in cr.fetchall()]
    if roles:
        raise RuntimeError(
            f"This server's PostgreSQL user is a member of {', '.join(roles)}, so that a dump could reach the"
            " database's machine: take that away from it to restore dumps"
        )
    if superuser:
        with _passing_role(dbname) as credentials, _connect(dbname, **credentials) as connection:
            yield connection
    else:
        with _connect(dbname) as connection:
            yield connection


@contextmanager
def _connect(dbname, **credentials):
    __, parameters = connection_info_for(dbname, direct=True)
    try:
        connection = psycopg2.connect(**{**parameters, **credentials})
    except psycopg2.OperationalError as error:
        raise RuntimeError(
            "A dump is not restored with the rights of a PostgreSQL superuser, and PostgreSQL lets no other user in:"
            f" give this server a user that is none. {str(error).strip()}"
        ) from error
    with closing(connection):
        connection.autocommit = True
        yield connection


@contextmanager
def _passing_role(dbname):
    """Yield user and password of a role that owns the database as long as this lasts."""
    role = f"{_ROLE}{int(time.time()):08x}_{secrets.token_hex(8)}"
    password = secrets.token_urlsafe(24)
    name, database = SQL.identifier(role), SQL.identifier(dbname)
    with _statements(dbname) as cr:
        cr.execute(SQL("CREATE ROLE %s LOGIN PASSWORD %s", name, password), log_exceptions=False)
    try:
        with _statements(dbname) as cr:
            cr.execute(SQL("ALTER DATABASE %s OWNER TO %s", database, name))
        yield {"user": role, "password": password}
        with _statements(dbname) as cr:
            _refuse_stored_code(cr, role)
    finally:
        with _statements(dbname) as cr:
            cr.execute(SQL("REASSIGN OWNED BY %s TO CURRENT_USER", name))
            cr.execute(SQL("DROP OWNED BY %s", name))
            cr.execute(SQL("DROP ROLE %s", name))
            cr.execute(SQL("ALTER DATABASE %s RESET ALL", database))


@contextmanager
def _statements(dbname):
    """Yield a cursor that commits each statement."""
    with closing(db_connect(dbname, direct=True).cursor()) as cr:
        cr.connection.autocommit = True
        try:
            yield cr
        finally:
            cr.connection.autocommit = False


def _refuse_stored_code(cr, role):
    """Check that using what a role made does not run its code with the rights of the user, who is a superuser.

    :raise RuntimeError: it would
    """
    cr.execute(
        SQL(
            """
        SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE proowner = %(role)s::regrole
        UNION ALL
        SELECT expression.place || ' with ' || called.oid::regprocedure
          FROM (
                SELECT oid, 'view or rule on ' || ev_class::regclass, concat(ev_action, ev_qual) FROM pg_rewrite
                 UNION ALL SELECT oid, 'default of ' || adrelid::regclass, adbin::text FROM pg_attrdef
                 UNION ALL SELECT oid, 'constraint ' || conname, conbin::text FROM pg_constraint
                 UNION ALL SELECT indexrelid, 'index ' || indexrelid::regclass, concat(indexprs, indpred) FROM pg_index
                 UNION ALL SELECT oid, 'policy ' || polname, concat(polqual, polwithcheck) FROM pg_policy
                 UNION ALL SELECT oid, 'trigger ' || tgname, tgqual::text FROM pg_trigger
                 UNION ALL SELECT oid, 'type ' || typname, typdefaultbin::text FROM pg_type
                 UNION ALL SELECT oid, 'statistics ' || stxname, to_jsonb(s) ->> 'stxexprs' FROM pg_statistic_ext s
               ) expression (id, place, tree)
         CROSS JOIN regexp_matches(expression.tree, ':funcid (\\d+)', 'g') call
          JOIN pg_proc called ON called.oid = call[1]::oid
         WHERE expression.id >= %(first)s
           AND (NOT has_function_privilege(%(role)s, called.oid, 'EXECUTE') OR called.proname = ANY(%(runners)s))
         LIMIT 5
        """,
            role=role,
            runners=list(_SQL_RUNNERS),
            first=_FIRST_OBJECT,
        )
    )
    found = [place for [place] in cr.fetchall()]
    if found:
        raise RuntimeError(
            f"The dump holds code that would run with the rights of a PostgreSQL superuser ({'; '.join(found)}): it"
            " can be restored only where this server's PostgreSQL user is none"
        )
