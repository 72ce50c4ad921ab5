"""Processes beside the web workers, which the master starts, looks after and stops."""

import logging
import os
import signal
import time
from abc import ABC, abstractmethod

from odoo import sql_db

_logger = logging.getLogger(__name__)

_STOP_TIMEOUT = 10


class SideProcess(ABC):
    """A child process that is started again when it ends.

    :cvar str title: what it is for, for the log
    """

    title: str

    def __init__(self):
        self._pid = None
        self._stopped = False

    @abstractmethod
    def make_runner(self):
        """Return, in the child, what does its work: an object with ``run()``, which returns after ``stop()``."""

    def ensure_running(self, listeners=()):
        """Fork the process unless it runs.

        :param listeners: sockets of the parent that the child must close
        """
        self.reap()
        if self._pid is None and not self._stopped:
            self._pid = os.fork()
            if self._pid == 0:
                self._run(listeners)

    def reap(self):
        """Notice that the process ended."""
        if self._pid is None:
            return
        try:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
        except ChildProcessError:
            pid, status = self._pid, 0
        if pid:
            if status and not self._stopped:
                _logger.warning("The process of %s ended with status %s", self.title, status)
            self._pid = None

    def begin_stop(self):
        """Tell the process to end."""
        self._stopped = True
        self.reap()
        if self._pid is not None:
            os.kill(self._pid, signal.SIGTERM)

    def stop(self):
        """End the process and wait for it."""
        self.begin_stop()
        deadline = time.monotonic() + _STOP_TIMEOUT
        while self._pid is not None and time.monotonic() < deadline:
            time.sleep(0.05)
            self.reap()
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = None

    def _run(self, listeners):
        status = 1
        try:
            runner = self.make_runner()
            for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            # Ctrl-C reaches the whole process group; the master decides what happens
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, lambda number, frame: runner.stop())
            for listener in listeners:
                listener.sock.close()
            runner.run()
            status = 0
        except BaseException:
            _logger.exception("The process of %s failed", self.title)
        finally:
            sql_db.close_all()
            logging.shutdown()
            # without the exit functions of the parent
            os._exit(status)
