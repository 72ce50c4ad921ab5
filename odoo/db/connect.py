"""From a database name to a connection: where the server is and which pool serves it."""

import os
import threading
from typing import Any, NoReturn

import psycopg2.extensions as ext

from odoo.tools.budgets import current_budget
from odoo.tools.config import config

from . import embedded
from .cursor import Cursor
from .pool import ConnectionPool

#: seconds to wait for the replica, without which work can go on
_REPLICA_TIMEOUT = 3

_lock = threading.Lock()
_pools: dict[bool, ConnectionPool] = {}
#: seconds that a statement of this process may take, 0 for any number
_statement_seconds = 0


def limit_statements(seconds: int) -> None:
    """Have the database end statements of this process after some time.

    It is said where connections are made. Work that asked for more time (:func:`odoo.tools.budgets.extend_budget`) gets
    connections without a limit from then on.

    :param seconds: how long a statement may take; 0 for any time
    """
    global _statement_seconds
    _statement_seconds = seconds


class Connection:
    """One database, seen through a pool: a factory of cursors."""

    def __init__(self, pool: ConnectionPool, dbname: str, dsn: dict[str, Any]) -> None:
        self._pool = pool
        self._dbname = dbname
        self._dsn = dsn
        self._limited: dict[str, Any] | None = None

    @property
    def dsn(self) -> dict[str, Any]:
        """Parameters of the connection, without the password."""
        return {key: value for key, value in self._dsn.items() if key != "password"}

    @property
    def dbname(self) -> str:
        """Name of the database."""
        return self._dbname

    def cursor(self) -> Cursor:
        """Return a new :class:`Cursor`, to be closed by the caller."""
        dsn = self._dsn
        if _statement_seconds:
            budget = current_budget()
            if budget is None or not budget.extended:
                dsn = self._limited_dsn()
        return Cursor(self._pool, self._dbname, dsn)

    def _limited_dsn(self):
        """Return the parameters of connections whose statements end after some time."""
        if self._limited is None:
            options = f"{self._dsn.get('options', '')} -c statement_timeout={_statement_seconds}s"
            self._limited = {**self._dsn, "options": options.strip()}
        return self._limited

    def __bool__(self) -> NoReturn:
        raise NotImplementedError("A Connection has no truth value; compare it with None")


def connection_info_for(db_or_uri: str, readonly: bool = False, direct: bool = False) -> tuple[str, dict[str, Any]]:
    """Return what is needed to reach a database.

    :param str db_or_uri: name of a database, or a ``postgresql://`` URI
    :param bool readonly: prefer the replica of the configuration
    :param bool direct: past a pooler that gives a connection to each transaction, if there is one
    :return: (database name, parameters for ``psycopg2.connect``)
    """
    app_name = os.environ.get("ODOO_PGAPPNAME", "odoo-{pid}").replace("{pid}", str(os.getpid()))[:63]
    if db_or_uri.startswith(("postgresql://", "postgres://")):
        parameters = ext.parse_dsn(db_or_uri)
        parameters.setdefault("application_name", app_name)
        return parameters.get("dbname") or parameters.get("user") or "postgres", parameters
    parameters = {"dbname": db_or_uri, "application_name": app_name}
    for name in ("host", "port", "user", "password", "sslmode"):
        value = config.get(f"db_{name}")
        if readonly and name in ("host", "port"):
            value = config.get(f"db_replica_{name}") or value
        elif direct and name in ("host", "port"):
            value = config.get(f"db_direct_{name}") or value
        if value:
            parameters[name] = value
    if embedded.is_wanted():
        parameters.update(embedded.connection_parameters())
    elif readonly and (config["db_replica_host"] or config["db_replica_port"]):
        parameters["connect_timeout"] = _REPLICA_TIMEOUT
    return db_or_uri, parameters


def db_connect(to: str, allow_uri: bool = False, readonly: bool = False, direct: bool = False) -> Connection:
    """Return the :class:`Connection` to a database.

    :param str to: name of the database, or a URI
    :param bool allow_uri: accept a URI
    :param bool readonly: use the read-only pool, on the replica if there is one
    :param bool direct: for what lasts longer than a transaction (``LISTEN``, settings of a session) and for whole
        databases: past a pooler that gives a connection to each transaction, if there is one
    :raise ValueError: ``to`` is a URI and ``allow_uri`` is not set
    """
    dbname, parameters = connection_info_for(to, readonly, direct)
    if not allow_uri and dbname != to:
        raise ValueError(f"Expected the name of a database, got the URI of {dbname!r}")
    return Connection(_pool(readonly), dbname, parameters)


def close_db(db_name: str) -> None:
    """Close all connections of this process to a database.

    :param str db_name: name of the database
    """
    for pool in list(_pools.values()):
        pool.close_all({"dbname": db_name})


def close_idle() -> None:
    """Close the connections of this process that nobody uses: their server may have closed its side."""
    for pool in list(_pools.values()):
        pool.close_idle()


def close_all() -> None:
    """Close all connections of this process."""
    for pool in list(_pools.values()):
        pool.close_all()


def pools() -> list[ConnectionPool]:
    """Return the pools of this process."""
    return list(_pools.values())


def _pool(readonly):
    pool = _pools.get(readonly)
    if pool is None:
        with _lock:
            pool = _pools.get(readonly)
            if pool is None:
                pool = _pools[readonly] = ConnectionPool(config["db_maxconn"], readonly)
    return pool
