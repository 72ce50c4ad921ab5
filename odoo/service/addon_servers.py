"""The classes of servers that addons extend in order to run something beside the requests.

Addons put themselves into both kinds of servers of the 18.0 line, one with threads and one with worker processes. Here
one kind of server does both; what an addon adds to ``ThreadedServer`` is run in a process of its own.
"""

import threading

from .side_process import SideProcess

__all__ = ["AddonProcess", "PreforkServer", "ThreadedServer", "Worker", "is_extended"]


class ThreadedServer:
    """What addons extend: ``start()`` is called when the server begins to serve, ``stop()`` when it ends.

    Both are called in a process of their own, which serves no requests.
    """

    def start(self, stop=False):
        """Begin to work, in threads.

        :param bool stop: the server ends right after its start
        """

    def stop(self):
        """End what :meth:`start` began."""


class PreforkServer:
    """What addons extend that would add a kind of worker process; see :class:`ThreadedServer`, which is used."""

    def __init__(self, app):
        self.app = app

    def process_spawn(self):
        """Start the processes that are missing."""

    def worker_spawn(self, klass, workers_registry):
        """Start a worker process of the class ``klass``."""

    def worker_pop(self, pid):
        """Forget a process that ended."""


class Worker:
    """A worker process of :class:`PreforkServer`, for addons to derive theirs from."""

    def __init__(self, multi):
        self.multi = multi
        self.pid = None

    def signal_handler(self, sig, frame):
        """End the worker."""


_START = ThreadedServer.start


def is_extended() -> bool:
    """Tell whether an addon has something to run beside the requests."""
    return ThreadedServer.start is not _START


class AddonProcess(SideProcess):
    """A child process in which addons run what they added to :class:`ThreadedServer`."""

    title = "what addons run beside the server"

    def make_runner(self):
        """Return what runs it."""
        return _AddonRunner()


class _AddonRunner:
    def __init__(self):
        self._server = ThreadedServer()
        self._stopped = threading.Event()

    def run(self):
        self._server.start()
        self._stopped.wait()
        self._server.stop()

    def stop(self):
        self._stopped.set()
