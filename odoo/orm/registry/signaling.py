"""What processes tell each other of changed models and caches, through sequences of the database."""

import logging
import threading
from contextlib import contextmanager

from odoo import sql_db
from odoo.sql import SQL

from .caches import CACHE_FAMILIES

__all__ = ["Signaling"]

_logger = logging.getLogger("odoo.modules.registry")

#: the sequences whose numbers tell of changes: of the models, and of each cache
_SEQUENCES = ["base_registry_signaling", *(f"base_cache_signaling_{name}" for name in CACHE_FAMILIES)]
#: every request asks this: function calls are planned in a third of the time that subqueries take, and parameters
#: would be quoted anew each time
_LAST_VALUES = "SELECT ARRAY[{}], timezone('UTC', transaction_timestamp())".format(
    ", ".join(f"pg_sequence_last_value('{name}'::regclass)" for name in _SEQUENCES)
)


class Signaling:
    """The registry's side: what it knows of the others, and what they are told."""

    def _init_signaling(self):
        self._local = threading.local()
        self.registry_sequence = None
        self.cache_sequences: dict = {}

    @property
    def registry_invalidated(self) -> bool:
        """Whether this process changed models, so that others must reload."""
        return getattr(self._local, "registry_invalidated", False)

    @registry_invalidated.setter
    def registry_invalidated(self, value):
        self._local.registry_invalidated = value

    def setup_signaling(self):
        """Create the sequences that tell processes about each other's changes, and read them."""
        if self.in_test_mode():
            return
        names = _SEQUENCES
        with self.cursor() as cr:
            cr.execute("SELECT count(*) FROM pg_class WHERE relkind = 'S' AND relname = ANY(%s)", [names])
            if cr.fetchone()[0] < len(names):
                for name in names:
                    cr.execute(
                        SQL("CREATE SEQUENCE IF NOT EXISTS %s INCREMENT BY 1 START WITH 1", SQL.identifier(name))
                    )
                    cr.execute("SELECT nextval(%s)", [name])
            self.registry_sequence, self.cache_sequences = self.get_sequences(cr)
            self._note_position(cr)

    def get_sequences(self, cr) -> tuple:
        """Return the registry's sequence number and those of the caches."""
        cr.execute(_LAST_VALUES)
        [(numbers, now)] = cr.fetchall()
        # whoever writes asks for it next
        cr.is_now(now)
        # nothing was taken from a sequence that has no last value
        registry_sequence, *cache_sequences = [number or 0 for number in numbers]
        return registry_sequence, dict(zip(CACHE_FAMILIES, cache_sequences, strict=True))

    def check_signaling(self, cr=None):
        """Follow what other processes changed: reload the registry or clear caches; return the registry to use."""
        if self.in_test_mode() or not self.published:
            return self
        if cr is None:
            # not of a replica, which may be behind
            with self.cursor() as own_cr:
                return self.check_signaling(own_cr)
        registry_sequence, cache_sequences = self.get_sequences(cr)
        if self.registry_sequence != registry_sequence:
            return self._successor(cr)
        if self.cache_sequences != cache_sequences:
            changed = [name for name, value in cache_sequences.items() if value != self.cache_sequences.get(name)]
            # what fills the caches from then on is read of a replica that is as far
            self._note_position(cr)
            for name in changed:
                self._clear_locally(name)
            _logger.info("Another process told to clear the caches %s", ", ".join(changed))
            self.cache_sequences = cache_sequences
        return self

    def _successor(self, cr):
        """Return the registry that knows the models of now; the thread that comes first loads it."""
        with self._locked(self.db_name):
            current = self.registries.get(self.db_name)
            if current is not None and current is not self:
                return current.check_signaling(cr)
            _logger.info("The models were changed: building the registry anew")
            return type(self).new(self.db_name)

    def signal_changes(self):
        """Tell other processes what this one changed; what a registry beside others changed is told with its turn."""
        if not (self.registry_invalidated or self.cache_invalidated) or not self.published:
            return
        names = {}
        if self.registry_invalidated:
            names["base_registry_signaling"] = None
        for name in self.cache_invalidated:
            names[f"base_cache_signaling_{name}"] = name
        if self.cache_invalidated:
            _logger.info("Telling other processes to clear the caches %s", ", ".join(sorted(self.cache_invalidated)))
        if names and not self.in_test_mode():
            with self.cursor() as cr:
                values = {}
                for sequence, name in names.items():
                    cr.execute("SELECT nextval(%s)", [sequence])
                    values[name] = cr.fetchone()[0]
                self._note_position(cr)
                for name, value in values.items():
                    if name is not None:
                        # who began before the commit may have filled it, and others may have changed something, too
                        self._clear_locally(name)
                        self.cache_sequences[name] = value
                    elif value == self.registry_sequence + 1:
                        self.registry_sequence = value
                    # else others changed models, too, which the next request finds by the number
        self.registry_invalidated = False
        self.cache_invalidated.clear()

    @staticmethod
    def signal_models(db_name):
        """Make all processes load the registry of a database anew, where there are any that could."""
        with sql_db.db_connect(db_name).cursor() as cr:
            cr.execute("SELECT nextval(oid) FROM pg_class WHERE relkind = 'S' AND relname = 'base_registry_signaling'")

    def reset_changes(self):
        """Undo, after a rollback, what this thread changed in memory."""
        if self.registry_invalidated:
            with self.cursor() as cr:
                self.setup_models(cr)
                self.registry_invalidated = False
        if self.cache_invalidated:
            for name in self.cache_invalidated:
                self._clear_locally(name)
            self.cache_invalidated.clear()

    @contextmanager
    def manage_changes(self):
        """Signal changes when the block succeeds, undo them when it fails."""
        try:
            yield self
            self.signal_changes()
        except BaseException:
            self.reset_changes()
            raise
