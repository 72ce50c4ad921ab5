"""The job that runs: how far it is, and whether somebody wants it to end."""

import time
from collections.abc import Callable
from contextvars import ContextVar

from .errors import JobCancelled

__all__ = ["PROGRESS_INTERVAL", "Running", "current"]

#: seconds between two times that the progress of a job is written
PROGRESS_INTERVAL = 1.0


class Running:
    """A job while it runs.

    :param int job_id: its id
    :param write: function of (done, total, text) that shows them to others and returns whether somebody asked for the
        end of the job
    """

    def __init__(self, job_id: int, write: Callable[[float, float | None, str | None], bool]) -> None:
        self.job_id = job_id
        #: why the job has to end, once it has to
        self.cancelled = False
        self._write = write
        self._written = 0.0
        self._shown: tuple[float, float | None, str | None] | None = None

    def progress(self, done: float, total: float | None = None, text: str | None = None) -> None:
        """Tell how far the job is; written at most every :data:`PROGRESS_INTERVAL` seconds, on a connection of its own.

        :raise JobCancelled: somebody asked for the end of the job
        :raise ValueError: less than nothing is done, or to be done
        """
        if done < 0 or (total is not None and total < 0):
            raise ValueError(f"a job cannot have done, or have to do, less than nothing: {done} of {total}")
        now = time.monotonic()
        if self._shown is None or now >= self._written + PROGRESS_INTERVAL:
            self._shown, self._written = (done, total, text), now
            self.cancelled = self._write(done, total, text) or self.cancelled
        if self.cancelled:
            raise JobCancelled


current: ContextVar[Running | None] = ContextVar("odoo.jobs.current", default=None)
