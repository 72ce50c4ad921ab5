"""Disks that are small enough to be filled."""

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


class Disk:
    """A file system of a fixed size, in memory.

    :param Path path: where it is mounted
    """

    def __init__(self, path):
        self.path = path
        self._filler = path / "filler"

    def fill(self, left=0):
        """Leave no more than ``left`` bytes."""
        free = shutil.disk_usage(self.path).free - left
        with contextlib.suppress(OSError), self._filler.open("wb") as file:
            for _ in range(free // 4096 + 1):
                file.write(bytes(4096))

    def free(self):
        """Give back what :meth:`fill` took."""
        self._filler.unlink()


@contextlib.contextmanager
def small_disk(size, owner=None):
    """A :class:`Disk` of ``size`` bytes that belongs to the user id ``owner``; skips the test where none is allowed."""
    path = Path(tempfile.mkdtemp(prefix="chaos-disk-"))
    options = f"size={size}" + (f",uid={owner},mode=700" if owner is not None else "")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)], capture_output=True, check=False
    )
    if mounted.returncode:
        path.rmdir()
        pytest.skip(f"no disk can be mounted: {mounted.stderr.decode().strip()}")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], check=True)
        path.rmdir()
