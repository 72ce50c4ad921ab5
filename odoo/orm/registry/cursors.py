"""The cursors of a registry: on its database, on the replica that reads are taken from, or on top of a test's."""

import logging
import time

import psycopg2

from odoo import sql_db
from odoo.tools.config import config

from ..environment import Transaction

__all__ = ["Cursors"]

_logger = logging.getLogger("odoo.sql_db")
#: seconds that a replica that could not be reached is left alone
REPLICA_PAUSE = 300


class Cursors:
    """Where the cursors of a registry come from."""

    def _init_cursors(self, db_name):
        self._db = sql_db.db_connect(db_name)
        #: when the replica could not be reached, by the monotonic clock
        self._replica_lost = None

    def cursor(self, readonly=False):
        """Return a new cursor for the models of this registry, or in test mode one on top of the test's.

        :param bool readonly: nothing will be written: the cursor may refuse to, and work on the replica, if there is
            one. While tests are enabled it always refuses, so that they find whoever writes all the same.
        """
        if self.test_cr is not None:
            cr = sql_db.TestCursor(self.test_cr, self.test_lock, readonly and self.test_readonly_enabled)
        else:
            cr = (self._reading_cursor() if readonly and self.reads_apart() else None) or self._db.cursor()
        cr.transaction = Transaction(self)
        return cr

    @staticmethod
    def reads_apart() -> bool:
        """Tell whether what only reads gets cursors of another kind: of a replica, or for tests."""
        return bool(config["db_replica_host"] or config["test_enable"] or "replica" in config["dev_mode"])

    def _reading_cursor(self):
        """Return a cursor that refuses to write, ``None`` while the replica cannot be reached."""
        if self._replica_lost is not None and time.monotonic() < self._replica_lost + REPLICA_PAUSE:
            return None
        try:
            cr = sql_db.db_connect(self.db_name, readonly=True).cursor()
        except psycopg2.OperationalError as error:
            self._replica_lost = time.monotonic()
            _logger.warning("The replica cannot be reached, the database itself is read: %s", str(error).strip())
            return None
        self._replica_lost = None
        return cr
