"""A lock that does not lock."""

from typing import Any


class DummyRLock:
    """Stands in for a lock where a single thread uses what it would protect, as in tests."""

    def acquire(self) -> None:
        """Do nothing."""

    def release(self) -> None:
        """Do nothing."""

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *exc_info: Any) -> None:
        self.release()
