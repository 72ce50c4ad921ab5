"""The master process of the web server: it holds the port, and has always enough workers that serve."""

import contextlib
import logging
import os
import signal

from gunicorn.arbiter import Arbiter

from .code_watcher import is_code_valid, restart_process
from .web_worker import ENDS, SERVES

_logger = logging.getLogger(__name__)

#: environment variables by which a restarted master finds its port (`DESCRIPTOR ADDRESS`) and the workers of before
_PORT = "ODOO_MASTER_PORT"
_WORKERS = "ODOO_MASTER_WORKERS"


def inherited_bind(address):
    """Return what gunicorn is to bind to after a restart that kept the port, None when there was none.

    :param str address: address that the configuration says
    """
    descriptor, __, kept = os.environ.get(_PORT, "").partition(" ")
    if kept == address:
        return f"fd://{descriptor}"
    if descriptor:  # it is to be another port
        os.close(int(descriptor))
        del os.environ[_PORT]
    return None


class Master(Arbiter):
    """Replaces workers without a gap: one leaves when another one serves in its place.

    Besides the web workers it looks after other processes.
    """

    def __init__(self, app):
        super().__init__(app)
        self._from_workers, app.to_master = os.pipe()
        for descriptor in (self._from_workers, app.to_master):
            os.set_blocking(descriptor, False)
        os.environ.pop(_PORT, None)
        #: process ids of the workers of the server that this one took the place of
        self._former = [int(pid) for pid in os.environ.pop(_WORKERS, "").split()]

    # workers

    def manage_workers(self):
        """Make workers for those that are missing or retire, and let the latter go when the new ones serve."""
        self._hear()
        workers = sorted(self.WORKERS.values(), key=lambda worker: worker.age)
        staying = [worker for worker in workers if not worker.retires]
        for worker in staying[: max(0, len(staying) - self.num_workers)]:
            worker.retires = True
        for __ in range(self.num_workers - len(staying)):
            self.spawn_worker()
        if sum(worker.serves and not worker.retires for worker in self.WORKERS.values()) >= self.num_workers:
            self._let_go([worker for worker in workers if worker.retires and not worker.leaves])
        for process in self.app.side_processes:
            process.ensure_running(self.LISTENERS)

    def _let_go(self, workers):
        """Have workers end that others have taken the place of."""
        for worker in workers:
            worker.leaves = True
            self.kill_worker(worker.pid, signal.SIGUSR2)
        self._signal_former(signal.SIGUSR2)
        self._former.clear()

    def _signal_former(self, number):
        for pid in self._former:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _hear(self):
        """Note what the workers have said."""
        try:
            said = os.read(self._from_workers, 64 * 1024)
        except BlockingIOError:
            return
        for line in said.splitlines():
            worker = self.WORKERS.get(int(line[1:]))
            if worker is not None and line[:1] == SERVES:
                worker.serves = True
            elif worker is not None and line[:1] == ENDS:
                worker.retires = True

    def handle_hup(self):
        """Start anew with the code and the configuration as they are now; until that serves, the workers of before do.

        The process keeps its id and the port, so that no connection is refused.
        """
        if not is_code_valid():
            _logger.error("The server goes on as it is")
            return
        _logger.info("The server starts anew")
        for process in self.app.side_processes:
            process.stop()
        (listener,) = self.LISTENERS
        os.set_inheritable(listener.fileno(), True)
        os.environ[_PORT] = f"{listener.fileno()} {self.app.address}"
        os.environ[_WORKERS] = " ".join(map(str, [*self._former, *self.WORKERS]))
        restart_process()

    # all processes

    def reap_workers(self):
        """Notice processes that ended."""
        # waitpid(-1) in there would swallow the exit of the other processes, so they are asked first
        for process in self.app.side_processes:
            process.reap()
        super().reap_workers()

    def stop(self, graceful=True):
        """End all processes."""
        self._signal_former(signal.SIGTERM if graceful else signal.SIGQUIT)
        for process in self.app.side_processes:
            process.stop()
        super().stop(graceful)
