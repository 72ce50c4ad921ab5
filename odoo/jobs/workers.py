"""Who takes jobs: a process, known by a name that no other process ever has."""

import os
import platform
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Worker", "is_gone", "this_worker"]


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that runs jobs.

    ``host`` is the same for processes that see each other's process ids; ``born`` tells a process from a later one
    with the same id.
    """

    token: str
    host: str
    pid: int
    born: float


def this_worker() -> Worker:
    """Return this process as a worker, under a new name."""
    return Worker(uuid.uuid4().hex, _host(), os.getpid(), _born(os.getpid()))


def _host():
    """Return what tells apart hosts, their boots, and containers on them."""
    parts = [platform.node()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return "/".join(parts)


def _born(pid):
    """Return when a process began: in ticks since the boot, which no change of the clock touches, where they are told.

    :raise psutil.NoSuchProcess: there is none
    """
    try:
        # behind the name, which may hold anything
        return float(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:
        return psutil.Process(pid).create_time()


def is_gone(worker: Worker, host: str, pid: int, born: float) -> bool:
    """Tell whether a process of this host has ended; of other hosts that is never known.

    :param worker: the process that asks
    """
    if host != worker.host:
        return False
    try:
        process = psutil.Process(pid)
        return process.status() == psutil.STATUS_ZOMBIE or abs(_born(pid) - born) > 1
    except psutil.NoSuchProcess:
        return True
