"""A server under load, whose parts are taken away: what was answered, what of it is lost, what is only half there."""

import contextlib
import os
import random
import signal
import socket
import threading
import time
import urllib.error
from dataclasses import dataclass

import psutil
import pytest
from server_process import ServerProcess

from chaos.work import Orders, log_in
from odoo.db import embedded

#: of tests that take minutes
LONG = [
    pytest.mark.skipif("CHAOS_TABLE" not in os.environ, reason="only for make chaos"),
    pytest.mark.skipif(not embedded.is_wanted(), reason="needs a database server of its own"),
]
#: calls at once
CALLERS = 4
#: seconds within which a server has to work again
RECOVERY = 45


@dataclass
class Outcome:
    """What a fault did: numbers of calls, and seconds from the fault to the next answer."""

    answered: int
    failed: int
    lost: int
    half: int
    recovered: float


class Load:
    """Works on a server from several threads until it is stopped, and notes which calls were answered.

    :param ServerProcess server: who is asked
    :param callers: number of threads
    :param kind: class of the work, see :mod:`chaos.work`
    """

    def __init__(self, server, callers=CALLERS, kind=Orders):
        self.server = server
        self._callers = callers
        self._work = kind(server)
        #: ids of what was made, and the moment of the answer
        self.answered = []
        self.failed = 0
        #: the failures that told something: status, and seconds after which to come again
        self.refusals = []
        #: how often somebody logged in
        self.logins = 0
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._call_again_and_again) for _ in range(callers)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        try:
            self.wait_for(self._callers)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, count):
        """Wait until so many calls were answered, counted from the beginning."""
        deadline = time.monotonic() + RECOVERY
        while len(self.answered) < count:
            if time.monotonic() > deadline:
                pytest.fail(f"no answers any more:\n{self.server.log.read_text()[-3000:]}")
            time.sleep(0.01)

    def wait_for_failures(self, count):
        """Wait until so many calls more have failed."""
        deadline, before = time.monotonic() + RECOVERY, self.failed
        while self.failed < before + count:
            assert time.monotonic() < deadline, "nothing fails"
            time.sleep(0.01)

    def recover(self, since):
        """Wait for answers to calls that begin after now; return the seconds from ``since`` to the first answer."""
        with self._lock:
            before = len(self.answered)
        # those under way may have been worked on before the fault
        self.wait_for(before + self._callers + 1)
        with self._lock:
            return self.answered[before][1] - since

    def take_over(self, other):
        """Count the calls of another load, which was put on before and does the same work, as some of this one."""
        self._work = other._work
        self.answered[:0] = other.answered
        self.failed += other.failed

    def outcome(self, recovered):
        """Compare what was answered with what is there."""
        ids = {id_ for id_, _moment in self.answered}
        return Outcome(len(ids), self.failed, *self._work.left(ids), recovered)

    def _call_again_and_again(self):
        opener = None
        while not self._stop.is_set():
            try:
                if opener is None:
                    opener = log_in(self.server)
                    self.logins += 1
                id_ = self._work.do(opener)
                with self._lock:
                    self.answered.append((id_, time.monotonic()))
            except (OSError, ValueError, KeyError) as error:
                self.failed += 1
                if isinstance(error, urllib.error.HTTPError):
                    self.refusals.append((error.code, error.headers["Retry-After"]))
                # as people do, who come back at different moments
                self._stop.wait(random.uniform(0.1, 0.9))


class ChaosServer(ServerProcess):
    """A server with two web workers, a process for scheduled actions and two for jobs."""

    password = "not of the demonstration"

    def __init__(self, db, options, log):
        super().__init__(db, ["--workers=2", "--max-cron-threads=1", "--job-workers=2", *options], log)

    def web_workers(self):
        """Return the processes that answer requests: the children of the master that listen."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if any(c.laddr.port == self.port for c in child.net_connections())]

    def kill_one(self, process):
        """Kill a process and wait until it is gone."""
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
            process.wait(10)

    def kill_master(self):
        """Kill the master alone; its children notice."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def start_when_free(self):
        """Start the server as soon as what is left of the one before has given its port back."""
        deadline = time.monotonic() + RECOVERY
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_server((self.host, self.port)):
                break
            time.sleep(0.1)
        self.start()

    def stop(self):
        """Stop the server and whatever is left of its processes."""
        super().stop()
        with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
            os.killpg(self.process.pid, signal.SIGKILL)
