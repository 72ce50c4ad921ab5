"""The processes of a PostgreSQL cluster: whether its server lives, and what is left of one that was killed."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

_logger = logging.getLogger(__name__)

#: seconds that processes without a server get to end
_END_TIMEOUT = 10


class Postmaster:
    """The server process of a cluster, known by the file that it keeps there.

    :param Path cluster: directory of the cluster, without symbolic links
    """

    def __init__(self, cluster: Path) -> None:
        self._cluster = cluster
        self._file = cluster / "postmaster.pid"

    def is_alive(self) -> bool:
        """Return whether the server lives, be it that it still starts or already stops."""
        pid = self._pid()
        return pid is not None and self._is_ours(pid)

    def socket_dir(self) -> Path | None:
        """Return the directory of the server's socket, None when no server runs that takes connections."""
        lines = self._lines()
        if len(lines) < 8 or lines[7].strip() != "ready" or not self.is_alive():
            return None
        return Path(lines[4].strip())

    def wait_until_ready(self, timeout: float) -> None:
        """Wait for a server that starts or stops; return when it takes connections, has ended, or time is over.

        :param float timeout: seconds
        """
        deadline = time.monotonic() + timeout
        while self.is_alive() and self.socket_dir() is None and time.monotonic() < deadline:
            time.sleep(0.1)

    def clear_away(self) -> None:
        """Remove what a killed server left and what would keep another one from starting.

        Its processes that did not notice still hold its memory; its number may be that of another process by now.
        """
        ended = []
        for process in self._processes():
            _logger.info("Ending process %d, which is left of a PostgreSQL server that ended", process.pid)
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
            except psutil.Error as error:
                _logger.warning("Process %d cannot be ended: %s", process.pid, error)
                continue
            ended.append(process)
        psutil.wait_procs(ended, _END_TIMEOUT)
        pid = self._pid()
        if pid is not None and psutil.pid_exists(pid) and not self._is_ours(pid):
            self._file.unlink(missing_ok=True)

    def _lines(self) -> list[str]:
        try:
            return self._file.read_text().splitlines()
        except FileNotFoundError:
            return []

    def _pid(self) -> int | None:
        lines = self._lines()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def _is_ours(self, pid: int) -> bool:
        """Return whether the process that the file of the cluster names is a living one of it."""
        try:
            return self._works_here(psutil.Process(pid))
        except psutil.AccessDenied:
            # it belongs to somebody else: its name, and that the file names it, have to do
            return True
        except psutil.Error:
            return False

    def _works_here(self, process: psutil.Process) -> bool:
        """Return whether a process is a living one of this cluster, in whose directory PostgreSQL works.

        :raise psutil.AccessDenied: it belongs to somebody else, who does not let us see where it works
        :raise psutil.Error: it has ended
        """
        if "postgres" not in process.name() or process.status() == psutil.STATUS_ZOMBIE:
            return False
        return Path(process.cwd()) == self._cluster

    def _processes(self) -> Iterator[psutil.Process]:
        """Yield the living processes that are known to be of this cluster."""
        for process in psutil.process_iter():
            try:
                if self._works_here(process):
                    yield process
            except psutil.Error:
                # whose place cannot be seen may be of any other cluster
                continue
