"""The watcher of a process: ends work that takes more than it may, and has the process replaced when it has to be."""

from __future__ import annotations

import faulthandler
import logging
import os
import random
import resource
import sys
import threading
import time
from collections.abc import Callable

import psutil
import psycopg2

from odoo.db.connect import limit_statements
from odoo.tools import budgets, metrics
from odoo.tools.config import config

from .metrics_channel import sender

_logger = logging.getLogger(__name__)

#: seconds between two looks, and between two attempts to end something
INTERVAL = 0.5
_INSISTENCE = 0.05
#: seconds between two looks at the memory
_MEMORY_INTERVAL = 5
#: seconds that work has to end, at most, before the process is replaced
GRACE = 10
#: seconds that a process whose remaining work cannot be ended stays, so that the last answers are sent
_LAST_ANSWERS = 2
#: seconds that a single instruction may stop all threads, beside the time that a request has
_STANDSTILL = 60
_SIGN_INTERVAL = 10


class Watcher:
    """Looks after the work and the memory of this process, in a thread of its own.

    :param replace: called once, with the reason, when another process is to take over: this one should take no new work
        and end when it has done what it has
    :param may_leave: whether this ends the process once it has nothing left but work that cannot be ended
    """

    def __init__(self, replace: Callable[[str], None], may_leave: bool = False) -> None:
        self._may_leave = may_leave
        self._sender = sender()
        self._replace = replace
        #: why the process is to be replaced, empty as long as it is not
        self.reason = ""
        self._process = psutil.Process()
        self._next_memory = self._next_sign = 0.0
        self._soft_since: float | None = None
        self._only_lost_since: float | None = None
        self._cancels: dict[budgets.Budget, threading.Thread] = {}
        limit = config["limit_request"]
        # not all processes at the same time
        self._requests = limit + random.randint(0, limit // 10) if limit else 0

    def start(self) -> Watcher:
        """Limit what this process, its statements and its work may take, and begin to watch; never ends."""
        limit_memory()
        limit_statements(config["limit_time_sql"])
        self._give_sign_of_life()
        threading.Thread(target=self._run, name="odoo.service.budgets", daemon=True).start()
        return self

    def _run(self):
        while True:
            try:
                self._give_sign_of_life()
                if self._sender is not None:
                    self._sender.send_now_and_then()
                pause = self.look()
            except MemoryError:
                # whoever has it will notice, too
                pause = INTERVAL
            time.sleep(pause)

    def look(self) -> float:
        """Do what is to be done now; return the seconds until the next look."""
        running = budgets.running_budgets()
        exceeded = [budget for budget in running if budget.is_exceeded()]
        for budget in exceeded:
            self._end(budget)
        if not self.reason and (reason := self._reason_to_replace(running, exceeded)):
            self.reason = reason
            _logger.warning("Process %d is replaced: %s", os.getpid(), reason)
            self._replace(reason)
        if self.reason and self._may_leave:
            self._leave_lost_work(running)
        return _INSISTENCE if any(not budget.settled for budget in exceeded) else INTERVAL

    def _end(self, budget):
        """Make an attempt to end work that has exceeded its budget."""
        if not budget.told:
            budget.told = True
            metrics.count(metrics.LIMITS, budget.limit)
            about = vars(budget.thread)
            _logger.warning(
                "%s (%s, %s, database %s, user %s) It was here:\n%s",
                budget.reason,
                about.get("request_id"),
                about.get("url") or "no address",
                about.get("dbname"),
                about.get("uid"),
                budget.stack(),
            )
        for known in [known for known, thread in self._cancels.items() if not thread.is_alive()]:
            del self._cancels[known]
        if budget.interrupt() and budget not in self._cancels:
            # the database server may not answer
            self._cancels[budget] = thread = threading.Thread(target=_cancel, args=(budget,), daemon=True)
            thread.start()

    def _give_sign_of_life(self):
        """Have the process end unless this is called again soon.

        An instruction that does not let other threads run, such as a search with a regular expression that takes years,
        stops them all, this one too. What watches the watcher needs no Python.
        """
        limit, now = config["limit_time_real"], time.monotonic()
        if limit and now > self._next_sign and sys.__stderr__ is not None:
            self._next_sign = now + _SIGN_INTERVAL
            faulthandler.dump_traceback_later(limit + _STANDSTILL, exit=True, file=sys.__stderr__)

    def _reason_to_replace(self, running, exceeded):
        if any(self._is_lost(budget) for budget in exceeded):
            return "it has work that cannot be ended"
        if self._requests and budgets.ended_budgets() >= self._requests:
            return f"it has answered {budgets.ended_budgets()} requests (--limit-request)"
        return self._reason_of_memory(bool(running))

    @staticmethod
    def _is_lost(budget):
        """Tell whether work was to end, and has not."""
        return bool(budget.limit) and time.monotonic() - budget.noticed_at > min(GRACE, budget.allowed)

    def _reason_of_memory(self, is_busy):
        now, limit = time.monotonic(), config["limit_memory_soft"]
        if not limit or (now < self._next_memory and not self._soft_since):
            return ""
        self._next_memory = now + _MEMORY_INTERVAL
        memory = self._process.memory_info().rss
        if memory <= limit:
            self._soft_since = None
            return ""
        self._soft_since = self._soft_since or now
        # one that is never idle is not waited for longer than a request may take
        if is_busy and now - self._soft_since < (config["limit_time_real"] or 120):
            return ""
        return f"it uses {memory} bytes of memory, the limit is {limit} (--limit-memory-soft)"

    def _leave_lost_work(self, running):
        """End the process when all it has left to do is what cannot be ended."""
        lost = [budget for budget in running if self._is_lost(budget)]
        if not lost or len(lost) < len(running):
            self._only_lost_since = None
            return
        self._only_lost_since = self._only_lost_since or time.monotonic()
        if time.monotonic() - self._only_lost_since > _LAST_ANSWERS:
            _logger.warning("Process %d ends, with work that could not be ended:\n%s", os.getpid(), lost[0].stack())
            logging.shutdown()
            os._exit(1)


def _cancel(budget):
    try:
        budget.cancel()
    except psycopg2.Error as error:
        _logger.warning("A statement could not be cancelled: %s", str(error).strip())


def limit_memory() -> None:
    """Have the memory of this process end where ``--limit-memory-hard`` says: there is a MemoryError then.

    The limit is one of private writable memory: libraries and what is shared with other processes do not count. What
    this process has reserved already, and does not use, such as the stacks of its threads, is added.
    """
    limit = config["limit_memory_hard"]
    if not limit:
        return
    reserved, used = _data_size(), psutil.Process().memory_info().rss
    if used > limit:
        _logger.warning("The process uses %d bytes of memory already, --limit-memory-hard=%d is ignored", used, limit)
        return
    __, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limit + max(0, reserved - used), hard))


def _data_size():
    """Return the bytes that RLIMIT_DATA counts."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[5]) * resource.getpagesize()
