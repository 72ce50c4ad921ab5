"""Test mode: a registry whose cursors are all made on top of one."""

import threading

__all__ = ["TestMode"]


class TestMode:
    """The registry's test mode: what tests do is seen by all threads and undone afterwards."""

    #: database -> the registry in test mode: the one for all threads, although it may still be built
    tested: dict = {}

    def _init_test_mode(self):
        self.test_cr = None
        self.test_lock = None
        self.test_readonly_enabled = True

    def in_test_mode(self) -> bool:
        """Tell whether cursors are made on top of a test's."""
        return self.test_cr is not None

    def enter_test_mode(self, cr, test_readonly_enabled=True):
        """Make :meth:`cursor` give cursors on top of ``cr``."""
        assert self.test_cr is None, "already in test mode"
        self.test_cr, self.test_lock = cr, threading.RLock()
        self.test_readonly_enabled = test_readonly_enabled
        self.tested[self.db_name] = self

    def leave_test_mode(self):
        """Make :meth:`cursor` give real cursors again."""
        assert self.test_cr is not None, "not in test mode"
        self.test_cr = self.test_lock = None
        del self.tested[self.db_name]
