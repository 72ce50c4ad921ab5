"""Sessions in PostgreSQL: one row each, in a database of their own."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg2
import psycopg2.errors
import psycopg2.extensions as ext

from odoo.db import lifecycle
from odoo.db.connect import connection_info_for
from odoo.db.pool import ConnectionPool
from odoo.http.constants import SESSION_LIFETIME
from odoo.http.session import Session
from odoo.tools.config import config

from .base import SessionStore, decode, encode

_TABLE = """
    CREATE TABLE IF NOT EXISTS odoo_session (
        identifier text PRIMARY KEY,
        digest text NOT NULL,
        data text NOT NULL,
        stored timestamptz NOT NULL DEFAULT now()
    )"""
#: names the lock under which the table is made
_LOCK = 7_205_103


class DatabaseSessionStore(SessionStore):
    """Sessions as rows of the table `odoo_session`; each access is one statement, committed at once.

    :param address: `postgresql` for the database :data:`odoo.db.lifecycle.SESSION_DATABASE` of the configured server,
        which is made when missing, or a URI, whose omissions are filled from the configuration
    :param session_class: class of the sessions
    """

    def __init__(self, address: str, session_class: type = Session) -> None:
        super().__init__(session_class)
        self._address = address
        self._pool = ConnectionPool(config["db_maxconn"])
        self._parameters: dict[str, Any] = {}
        self._lock = threading.Lock()

    def _read(self, identifier):
        rows, __ = self._execute(
            "SELECT digest, data FROM odoo_session"
            " WHERE identifier = %s AND stored > now() - make_interval(secs => %s)",
            identifier,
            SESSION_LIFETIME,
        )
        for digest, text in rows:
            data = decode(text.encode(), f"the row of the session {identifier}")
            return None if data is None else (digest, data)
        return None

    def _write(self, identifier, digest, data, new):
        # what PostgreSQL cannot keep in texts is escaped in JSON
        if new:
            statement = "INSERT INTO odoo_session (digest, data, identifier) VALUES (%s, %s, %s)"
        else:
            statement = "UPDATE odoo_session SET digest = %s, data = %s, stored = now() WHERE identifier = %s"
        return self._execute(statement, digest, encode(data), identifier)[1] > 0

    def _remove(self, identifiers):
        return self._execute("DELETE FROM odoo_session WHERE identifier = ANY(%s)", list(identifiers))[1]

    def _present(self, identifiers: Collection[str]) -> set[str]:
        rows, __ = self._execute("SELECT identifier FROM odoo_session WHERE identifier = ANY(%s)", list(identifiers))
        return {identifier for [identifier] in rows}

    def vacuum(self, max_lifetime: int = SESSION_LIFETIME) -> None:
        """Remove the rows not written for `max_lifetime` seconds."""
        self._execute("DELETE FROM odoo_session WHERE stored <= now() - make_interval(secs => %s)", max_lifetime)

    def _execute(self, statement: str, *params: Any) -> tuple[list[tuple[Any, ...]], int]:
        """Execute a statement, which is a transaction of its own.

        :return: the rows it returns, and how many it found
        :raises psycopg2.OperationalError: the server cannot be reached
        """
        if not self._parameters:
            self._set_up()
        with self._connection() as connection, connection.cursor() as cr:
            cr.execute(statement, params)
            return cr.fetchall() if cr.description else [], cr.rowcount

    @contextmanager
    def _connection(self) -> Iterator[ext.connection]:
        """Lend a connection that commits every statement; none of this pool is used otherwise."""
        connection = self._pool.borrow(self._parameters)
        try:
            if not connection.autocommit:
                # set before the first statement, so that nothing has to be told to the server
                connection.autocommit = True
            yield connection
        finally:
            self._pool.give_back(connection)

    def _set_up(self) -> None:
        """Find out where the sessions are, and make database and table when they are missing."""
        with self._lock:
            if self._parameters:
                return
            parameters = self._find()
            connection = psycopg2.connect(**parameters)
            try:
                with connection, connection.cursor() as cr:
                    cr.execute("SELECT to_regclass('odoo_session')")
                    if cr.fetchone() == (None,):
                        # two that make it at once would be in each other's way
                        cr.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
                        cr.execute(_TABLE)
            finally:
                connection.close()
            self._parameters = parameters

    def _find(self) -> dict[str, Any]:
        """Return the parameters of the connections; the database of the sessions is made when it is missing."""
        __, __, uri = self._address.partition(":")
        if uri:
            given = ext.parse_dsn(self._address)
            name = given.get("dbname", lifecycle.SESSION_DATABASE)
            return {**connection_info_for(name)[1], **given, "dbname": name}
        name = lifecycle.SESSION_DATABASE
        if not lifecycle.exists(name):
            with suppress(lifecycle.DatabaseExists, psycopg2.errors.UniqueViolation):
                lifecycle.create(name)
        return connection_info_for(name)[1]
