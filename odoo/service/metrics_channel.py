"""How a process tells what it has counted to the one that adds up, see :mod:`odoo.service.metrics`."""

from __future__ import annotations

import json
import os
import socket
import time

import psutil

from odoo.db.connect import pools
from odoo.tools import budgets, metrics
from odoo.tools.cache import STAT

#: numbers in one message, which is to be smaller than what the system lets through at once
_MESSAGE_SIZE = 300
#: how often a process tells what it counted, in seconds
INTERVAL = 1.0


class Sender:
    """Tells what this process counted, about once a second; to be asked to by a thread that looks at things anyway.

    :param socket.socket channel: to the process that adds up
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._next = 0.0

    def send_now_and_then(self) -> None:
        """Tell what was counted, if the last time is a while ago."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + INTERVAL
            self.send()

    def send(self) -> None:
        """Tell what was counted; what nobody takes is told the next time."""
        items = list(metrics.take().items())
        for start in range(0, len(items), _MESSAGE_SIZE):
            part = items[start : start + _MESSAGE_SIZE]
            families = list({family: None for (family, __), __ in part})
            numbers = [(families.index(family), labels, value) for (family, labels), value in part]
            message = (os.getpid(), [list(vars(family).values()) for family in families], numbers)
            try:
                self._channel.send(json.dumps(message).encode(), socket.MSG_DONTWAIT)
            except OSError:
                metrics.give_back(dict(items[start:]))
                return


_sender: Sender | None = None
_told: dict = {}


def begin_to_count(channel: socket.socket) -> None:
    """Count from now on, in this process and in those it starts, and tell it through a socket."""
    global _sender
    _sender = Sender(channel)
    metrics.switch_on()


def sender() -> Sender | None:
    """Return what tells the numbers of this process, None when nothing is counted."""
    return _sender


@metrics.probe
def _look_at_process():
    """Report what nobody tells when it changes."""
    metrics.report(metrics.MEMORY, value=psutil.Process().memory_info().rss)
    metrics.report(metrics.RUNNING, value=len(budgets.running_budgets()))
    for pool in pools():
        for state, number in pool.numbers().items():
            metrics.report(metrics.CONNECTIONS, f"{state}_readonly" if pool.readonly else state, value=number)
    for key, stat in list(STAT.items()):
        before = _told.get(key, (0, 0))
        _told[key] = now = stat.hit, stat.miss
        for family, old, new in zip((metrics.CACHE_HITS, metrics.CACHE_MISSES), before, now, strict=True):
            if new > old:
                metrics.count(family, str(key[0]), by=new - old)
