"""The replica that reads are taken from: whether it may be used, and how far it has followed.

Positions are places in the write-ahead log of the database server, as numbers that only grow. Who must see what was
written up to a position may read on the replica once it has replayed that position.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from contextlib import closing

import psycopg2
from psycopg2 import errorcodes

from odoo.tools.config import config

from .connect import db_connect
from .cursor import BaseCursor
from .pool import PoolError

__all__ = ["Replica", "is_configured", "position", "replica"]

_logger = logging.getLogger("odoo.sql_db")

#: seconds that a replica that could not be reached is left alone
PAUSE = 60
#: seconds between two measurements of the lag, in each process
INTERVAL = 2

_STATE = """
    SELECT pg_is_in_recovery(),
           coalesce(pg_last_wal_replay_lsn() - '0/0'::pg_lsn, 0)::bigint,
           extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())"""


def is_configured() -> bool:
    """Tell whether there is a replica to read from."""
    return bool(config["db_replica_host"] or config["db_replica_port"])


def position(cr: BaseCursor) -> int:
    """Return the present position of the database itself: all that was committed so far is before it."""
    cr.execute("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint")
    return cr.fetchone()[0]


class Replica:
    """What this process knows of the replica.

    It is not used while it lags by more than `db_replica_max_lag` seconds, nor for a pause after it could not be
    reached.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Know nothing yet."""
        self._left_alone_until = -math.inf
        self._measured = -math.inf
        #: seconds; before it was measured it may be any
        self._lag = math.inf
        #: the highest position that is known to be replayed
        self._replayed = 0

    def is_usable(self, dbname: str, after: int = 0) -> bool:
        """Tell whether a database may be read on the replica.

        That costs nothing when the replica is known to be far enough, but for a measurement every :data:`INTERVAL`
        seconds.

        :param after: position that must have been replayed
        """
        now = time.monotonic()
        if now < self._left_alone_until:
            return False
        if now >= self._measured + INTERVAL and self._lock.acquire(blocking=False):
            # the others go by what was measured last
            try:
                self._measured = now
                self._measure(dbname)
            except psycopg2.OperationalError as error:
                self.leave_alone(error)
                return False
            finally:
                self._lock.release()
        if self._lag > config["db_replica_max_lag"]:
            return False
        return after <= self._replayed or self._has_replayed(dbname, after)

    def leave_alone(self, error: Exception) -> None:
        """Do not use the replica for a while, as it failed; too few connections are no fault of its own."""
        if isinstance(error, PoolError):
            return
        self._left_alone_until = time.monotonic() + PAUSE
        self._lag, self._measured = math.inf, -math.inf
        _logger.warning("The replica cannot be used, the database itself is read: %s", str(error).strip())

    def is_lost(self, error: psycopg2.Error) -> bool:
        """Tell whether an error means that the replica went away, not just that a statement failed."""
        code = error.pgcode
        return code is None or (code[:2] in (errorcodes.CLASS_CONNECTION_EXCEPTION, "57") and code != "57014")

    def _measure(self, dbname):
        with closing(db_connect(dbname).cursor()) as cr:
            cr.execute("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint")
            [written] = cr.fetchone()
        recovering, replayed, age = self._ask(dbname)
        if not recovering:
            raise psycopg2.OperationalError("it is no replica: it takes writes of its own")
        self._replayed = max(self._replayed, replayed)
        # while nothing is written the last commit gets older although nothing is missing
        lag = 0 if replayed >= written else math.inf if age is None else max(float(age), 0)
        was_behind, limit = self._lag > config["db_replica_max_lag"], config["db_replica_max_lag"]
        first, self._lag = self._lag == math.inf, lag
        if lag > limit and (first or not was_behind):
            _logger.warning("The replica is %.0f seconds behind, the database itself is read", lag)
        elif lag <= limit and was_behind:
            _logger.info("The replica is used for reading")

    def _has_replayed(self, dbname, after):
        try:
            __, replayed, __ = self._ask(dbname)
        except psycopg2.OperationalError as error:
            self.leave_alone(error)
            return False
        self._replayed = max(self._replayed, replayed)
        return after <= self._replayed

    def _ask(self, dbname):
        with closing(db_connect(dbname, readonly=True).cursor()) as cr:
            cr.execute(_STATE)
            return cr.fetchone()


#: the replica of this process
replica = Replica()
