"""Connections to databases, kept open and lent to one cursor at a time."""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from typing import Any

import psycopg2
import psycopg2.extensions as ext

_logger = logging.getLogger("odoo.sql_db")

#: seconds after which an unused connection is closed
MAX_IDLE_TIMEOUT = 600


class PoolError(psycopg2.OperationalError):
    """All connections of the pool are in use."""


class PsycoConnection(ext.connection):
    """A connection that knows for whom it was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pool_key: tuple[tuple[str, Any], ...] = ()
        self.idle_since = 0.0
        # not select(), which knows no descriptors beyond 1,023
        self._poll = select.poll()
        self._poll.register(self.fileno(), select.POLLIN)

    def is_alive(self) -> bool:
        """Return whether the server has kept its side open; costs no round trip."""
        if self.closed:
            return False
        # an idle connection has nothing to say: a readable socket means that it was closed at the other end
        return not self._poll.poll(0)


class ConnectionPool:
    """Thread-safe stock of connections, to any number of databases.

    :param int maxconn: greatest number of connections, lent and idle
    :param bool readonly: open connections whose transactions refuse to write
    """

    def __init__(self, maxconn: int = 64, readonly: bool = False) -> None:
        self._maxconn = max(int(maxconn), 1)
        self._readonly = readonly
        self._lock = threading.Lock()
        self._idle: dict[tuple[tuple[str, Any], ...], list[PsycoConnection]] = {}
        self._lent: set[object] = set()
        os.register_at_fork(after_in_child=self._abandon)

    @property
    def readonly(self) -> bool:
        """Whether the connections refuse to write."""
        return self._readonly

    def borrow(self, connection_info: dict[str, Any]) -> PsycoConnection:
        """Return a connection that nobody else uses.

        :param dict connection_info: parameters of ``psycopg2.connect``
        :raise PoolError: too many connections are in use
        :raise psycopg2.OperationalError: the server cannot be reached or refuses
        """
        key = tuple(connection_info.items())
        with self._lock:
            idle = self._idle.get(key)
            while idle:
                cnx = idle.pop()
                if cnx.is_alive():
                    self._lent.add(cnx)
                    return cnx
                cnx.close()
            self._make_room()
            # reserve the place before the slow part, which runs without the lock
            placeholder = object()
            self._lent.add(placeholder)
        try:
            cnx = psycopg2.connect(connection_factory=PsycoConnection, **connection_info)
            cnx.set_session(isolation_level=ext.ISOLATION_LEVEL_REPEATABLE_READ, readonly=self._readonly or None)
        except psycopg2.Error:
            with self._lock:
                self._lent.discard(placeholder)
            raise
        cnx.pool_key = key
        with self._lock:
            self._lent.discard(placeholder)
            self._lent.add(cnx)
        return cnx

    def give_back(self, connection: PsycoConnection, keep_in_pool: bool = True) -> None:
        """Take a connection back; its transaction is rolled back.

        :param connection: what :meth:`borrow` returned
        :param bool keep_in_pool: False closes the connection
        """
        if not connection.closed and keep_in_pool:
            try:
                connection.rollback()
            except psycopg2.Error:
                _logger.info("A connection was lost and is dropped from the pool", exc_info=True)
                keep_in_pool = False
        with self._lock:
            known = connection in self._lent
            self._lent.discard(connection)
            if known and keep_in_pool and not connection.closed:
                connection.idle_since = time.monotonic()
                self._idle.setdefault(connection.pool_key, []).append(connection)
                self._close_stale()
                return
        connection.close()

    def close_all(self, dsn: dict[str, Any] | None = None) -> None:
        """Close connections, idle and lent.

        :param dict dsn: only the connections to this database, by default all
        """
        wanted = dsn and dsn.get("dbname", dsn.get("dsn"))
        with self._lock:
            doomed = [cnx for connections in self._idle.values() for cnx in connections] + [
                cnx for cnx in self._lent if isinstance(cnx, PsycoConnection)
            ]
            if dsn:
                doomed = [cnx for cnx in doomed if dict(cnx.pool_key).get("dbname") == wanted]
            for cnx in doomed:
                self._lent.discard(cnx)
            gone = set(doomed)
            for key, connections in list(self._idle.items()):
                self._idle[key] = [cnx for cnx in connections if cnx not in gone]
        for cnx in doomed:
            cnx.close()
        if doomed:
            _logger.debug("%s: closed %d connections%s", self, len(doomed), f" to {wanted}" if dsn else "")

    def close_idle(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            doomed = [cnx for connections in self._idle.values() for cnx in connections]
            self._idle.clear()
        for cnx in doomed:
            cnx.close()

    def numbers(self) -> dict[str, int]:
        """Return how many connections are used and idle, and how many there may be."""
        with self._lock:
            idle = sum(map(len, self._idle.values()))
            return {"used": len(self._lent), "idle": idle, "max": self._maxconn}

    def _make_room(self):
        """Close the oldest idle connection when the pool is full; to be called with the lock."""
        idle = [cnx for connections in self._idle.values() for cnx in connections]
        if len(idle) + len(self._lent) < self._maxconn:
            return
        if not idle:
            raise PoolError(
                f"All {self._maxconn} database connections are in use; raise --db_maxconn or look for cursors "
                "that are never closed"
            )
        oldest = min(idle, key=lambda cnx: cnx.idle_since)
        self._idle[oldest.pool_key].remove(oldest)
        oldest.close()

    def _close_stale(self):
        limit = time.monotonic() - MAX_IDLE_TIMEOUT
        for connections in self._idle.values():
            while connections and connections[0].idle_since < limit:
                connections.pop(0).close()

    def _abandon(self):
        # the connections belong to the parent process; psycopg2 does not close them from here
        self._lock = threading.Lock()
        self._lent, self._idle = set(), {}

    def __repr__(self) -> str:
        idle = sum(len(connections) for connections in self._idle.values())
        mode = "read-only" if self._readonly else "read/write"
        return f"ConnectionPool({mode}; used={len(self._lent)}, idle={idle}, max={self._maxconn})"
