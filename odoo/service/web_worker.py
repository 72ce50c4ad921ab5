"""The web worker: a process of gunicorn's that runs a front."""

import contextlib
import os
import signal

from gunicorn.workers.base import Worker as BaseWorker

from odoo.tools.gc import collect_less_often

from .front.clock import now
from .front.front import GRACE, LOOK_INTERVAL, Front, Loop
from .front.pace import Patience

#: what a worker writes to the master before its process id: that it serves, that another one is to take over
SERVES = b"s"
ENDS = b"e"


class Worker(BaseWorker):
    """Serves until the master, or its own :meth:`retire`, has it replaced."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        #: what the master knows of it: it serves; another one takes over; it was told so
        self.serves = self.retires = self.leaves = False
        self._front = self._end = None
        self._retired = False

    def init_signals(self):
        """Have the loop woken by the signals of the master."""
        super().init_signals()
        # the loop has a descriptor of its own to be woken by
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGUSR2, self.handle_replaced)

    def run(self):
        """Serve until the end."""
        self._loop = Loop()
        self._front = Front(
            self.wsgi,
            [listener.sock for listener in self.sockets],
            self._loop,
            self.cfg.threads,
            on_answered=self._on_answered,
            patience=Patience.configured(),
            multiprocess=self.cfg.workers > 1,
        )
        collect_less_often()
        self._front.start()
        self._loop.call_soon(self._look)
        self._tell_master(SERVES)
        if not self.alive:  # told to end before there was anything
            self._stop(0)
        try:
            self._loop.run_forever()
        finally:
            self._front.close()

    def retire(self):
        """Have another worker take over; this one ends when that one serves and its own requests are answered.

        May be called from any thread, and more than once.
        """
        if not self._retired:
            self._retired = True
            self._tell_master(ENDS)

    def handle_exit(self, sig, frame):
        """End, because the server does."""
        self.alive = False
        if self._front is not None:
            self._front.call(self._stop, 0)

    def handle_replaced(self, sig, frame):
        """End, because another worker has taken over."""
        self.alive = False
        if self._front is not None:
            self._front.call(self._stop, GRACE)

    def _stop(self, grace):
        if self._end is None:
            self._end = now() + self.cfg.graceful_timeout
        self._front.stop(grace)
        self._end_if_over()

    def _look(self):
        self.notify()
        if os.getppid() != self.ppid and self.alive:
            self.alive = False
            self._stop(0)
        self._end_if_over()
        self._loop.call_later(LOOK_INTERVAL, self._look)

    def _end_if_over(self):
        if self._end is None:
            return
        if self._front.is_over() or now() > self._end:
            self._loop.stop()
        else:
            self._loop.call_later(LOOK_INTERVAL / 10, self._end_if_over)

    def _on_answered(self, exchange):
        self.nr += 1
        if self.nr >= self.max_requests:
            self.retire()
        if exchange.environ and exchange.status:
            self.log.access(exchange, exchange, exchange.environ, None)

    def _tell_master(self, message):
        with contextlib.suppress(OSError):  # the master is gone, or has not listened for long
            os.write(self.app.to_master, message + b"%d\n" % os.getpid())
            # it waits for signals
            os.kill(self.ppid, signal.SIGCHLD)
