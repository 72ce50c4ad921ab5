"""Durable jobs: calls that are written in the caller's transaction and made by workers after its commit."""

from .announcements import announce, announce_after_commit
from .arguments import decode, encode
from .running import Running, current
from .errors import JobCancelled, JobLost, JobRetry

__all__ = [
    "announce",
    "announce_after_commit",
    "JobCancelled",
    "JobLost",
    "JobRetry",
    "Running",
    "current",
    "decode",
    "encode",
]
