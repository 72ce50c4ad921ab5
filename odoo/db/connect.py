"""From a database name to a connection: where the server is and which pool serves it."""

import os
import threading
from typing import Any, NoReturn

import psycopg2.extensions as ext

from odoo.tools.config import config

from . import embedded
from .cursor import Cursor
from .pool import ConnectionPool

_lock = threading.Lock()
_pools: dict[bool, ConnectionPool] = {}


class Connection:
    """One database, seen through a pool: a factory of cursors."""

    def __init__(self, pool: ConnectionPool, dbname: str, dsn: dict[str, Any]) -> None:
        self._pool = pool
        self._dbname = dbname
        self._dsn = dsn

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
        return Cursor(self._pool, self._dbname, self._dsn)

    def __bool__(self) -> NoReturn:
        raise NotImplementedError("A Connection has no truth value; compare it with None")


def connection_info_for(db_or_uri: str, readonly: bool = False) -> tuple[str, dict[str, Any]]:
    """Return what is needed to reach a database.

    :param str db_or_uri: name of a database, or a ``postgresql://`` URI
    :param bool readonly: prefer the replica of the configuration
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
        if value:
            parameters[name] = value
    if embedded.is_wanted():
        parameters.update(embedded.connection_parameters())
    return db_or_uri, parameters


def db_connect(to: str, allow_uri: bool = False, readonly: bool = False) -> Connection:
    """Return the :class:`Connection` to a database.

    :param str to: name of the database, or a URI
    :param bool allow_uri: accept a URI
    :param bool readonly: use the read-only pool, on the replica if there is one
    :raise ValueError: ``to`` is a URI and ``allow_uri`` is not set
    """
    dbname, parameters = connection_info_for(to, readonly)
    if not allow_uri and dbname != to:
        raise ValueError(f"Expected the name of a database, got the URI of {dbname!r}")
    return Connection(_pool(readonly), dbname, parameters)


def close_db(db_name: str) -> None:
    """Close all connections of this process to a database.

    :param str db_name: name of the database
    """
    for pool in list(_pools.values()):
        pool.close_all({"dbname": db_name})


def close_all() -> None:
    """Close all connections of this process."""
    for pool in list(_pools.values()):
        pool.close_all()


def _pool(readonly):
    pool = _pools.get(readonly)
    if pool is None:
        with _lock:
            pool = _pools.get(readonly)
            if pool is None:
                pool = _pools[readonly] = ConnectionPool(config["db_maxconn"], readonly)
    return pool
