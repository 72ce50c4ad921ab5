"""The cursors of a registry: on its database, on the replica that reads are taken from, or on top of a test's."""

import psycopg2

from odoo import sql_db
from odoo.db.replica import is_configured, position, replica
from odoo.tools.cache import clearings
from odoo.tools.config import config

from ..environment import Transaction

__all__ = ["Cursors"]


class Cursors:
    """Where the cursors of a registry come from."""

    def _init_cursors(self, db_name):
        self._db = sql_db.db_connect(db_name)
        #: position that the replica must have replayed: models and caches know what is before it
        self._known_position = 0

    def cursor(self, readonly=False):
        """Return a new cursor for the models of this registry, or in test mode one on top of the test's.

        :param bool readonly: nothing will be written: the cursor may refuse to, and work on the replica, if there is
            one. While tests are enabled it always refuses, so that they find whoever writes all the same.
        """
        if self.test_cr is not None:
            cr = sql_db.TestCursor(self.test_cr, self.test_lock, readonly and self.test_readonly_enabled)
        else:
            generation = clearings()
            cr = (self._reading_cursor() if readonly and self.reads_apart() else None) or self._db.cursor()
            # of before it was decided that a replica is new enough
            cr.cache_generation = generation
        transaction = cr.transaction = Transaction(self)
        transaction.cache_generation = cr.cache_generation
        return cr

    def reads_apart(self, after: int = 0) -> bool:
        """Tell whether what only reads gets cursors of another kind: of a replica, or for tests.

        :param after: position that the replica must have replayed
        """
        if is_configured() and not self.in_test_mode():
            return replica.is_usable(self.db_name, max(after, self._known_position))
        return bool(config["test_enable"] or "replica" in config["dev_mode"])

    def _reading_cursor(self):
        """Return a cursor that refuses to write, ``None`` when the replica cannot be reached."""
        try:
            return sql_db.db_connect(self.db_name, readonly=True).cursor()
        except psycopg2.OperationalError as error:
            if not is_configured():
                raise
            replica.leave_alone(error)
            return None

    def _note_position(self, cr):
        """Read only what is as new as what models and caches are made of: a replica may be behind."""
        if is_configured():
            self._known_position = position(cr)
