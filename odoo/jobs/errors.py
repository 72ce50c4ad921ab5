"""How a job ends otherwise than by returning."""

__all__ = ["JobCancelled", "JobEnded", "JobLost", "JobRetry"]


class JobRetry(Exception):
    """The job has to be run again later, without that anything is wrong.

    :param str message: why, shown in the list of jobs
    :param float seconds: when, from now; by default as the job's pattern of retries says
    :param bool counted: whether it uses up one of the job's retries
    """

    def __init__(self, message: str = "", seconds: float | None = None, counted: bool = False) -> None:
        super().__init__(message)
        self.seconds = seconds
        self.counted = counted


class JobCancelled(Exception):
    """Somebody asked for the end of the running job."""


class JobLost(Exception):
    """The job was given to another worker meanwhile: what this one did is undone."""


class JobEnded(BaseException):
    """Raised inside of a job by the worker: it must not go on. Not for addons, which could swallow it."""
