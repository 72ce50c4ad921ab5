"""A lock that does not lock."""


class DummyRLock:
    """Stands in for a lock where a single thread uses what it would protect, as in tests."""

    def acquire(self):
        """Do nothing."""

    def release(self):
        """Do nothing."""

    def __enter__(self):
        self.acquire()

    def __exit__(self, *exc_info):
        self.release()
