"""Database access as addon code imports it; the code lives in :mod:`odoo.db`."""

from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ

from .db.connect import Connection, close_all, close_db, connection_info_for, db_connect
from .db.cursor import BaseCursor, Cursor, TestCursor
from .db.pool import MAX_IDLE_TIMEOUT, ConnectionPool, PoolError, PsycoConnection
from .db.savepoint import FlushingSavepoint, Savepoint
from .db.types import DECIMAL_TO_FLOAT_TYPE, undecimalize

__all__ = [
    "DECIMAL_TO_FLOAT_TYPE",
    "ISOLATION_LEVEL_REPEATABLE_READ",
    "MAX_IDLE_TIMEOUT",
    "BaseCursor",
    "Connection",
    "ConnectionPool",
    "Cursor",
    "FlushingSavepoint",
    "PoolError",
    "PsycoConnection",
    "Savepoint",
    "TestCursor",
    "close_all",
    "close_db",
    "connection_info_for",
    "db_connect",
    "undecimalize",
]

#: addons that reach other databases look here for a pool and make their own when there is none; ours are by database
_Pool: ConnectionPool | None = None
