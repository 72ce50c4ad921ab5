"""Test mode: a registry whose cursors are all made on top of one."""

import threading
from contextlib import nullcontext

__all__ = ["TestMode"]


class TestMode:
    """The registry's test mode: what tests do is seen by all threads and undone afterwards."""

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
        # the thread that runs the tests may be loading modules: the threads that answer its requests must not wait
        registry_class = type(self)
        registry_class._real_lock, registry_class._lock = registry_class._lock, nullcontext()

    def leave_test_mode(self):
        """Make :meth:`cursor` give real cursors again."""
        assert self.test_cr is not None, "not in test mode"
        self.test_cr = self.test_lock = None
        type(self)._lock = type(self)._real_lock
