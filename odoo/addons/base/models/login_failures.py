"""Counting failed logins in the memory of the process: few entries, short ones, and none for long."""

import ipaddress
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

#: sources that are remembered: one more, and the one that failed longest ago is forgotten
SIZE = 10_000
#: for how long a source is remembered
LIFETIME = timedelta(hours=1)


class LoginFailures:
    """Failed logins by source: a client's address with the login that it tried, or with ``None`` for all of them."""

    def __init__(self):
        self._lock = threading.Lock()
        #: ``{source: (number of failures, moment)}``, those that failed last at the end
        self._failures: OrderedDict = OrderedDict()

    def __len__(self):
        return len(self._failures)

    def get(self, source) -> tuple:
        """Return how often a source failed, and when: the last time, for a whole address the first time."""
        return self._failures.get(source, (0, datetime.min))

    def add(self, source, wait):
        """Count a failure of a source.

        :param wait: the failures of a whole address are counted anew after this time
        """
        now, address = datetime.now(), (source[0], None)
        with self._lock:
            if source != address:
                self._put(source, self.get(source)[0] + 1, now)
            count, since = self.get(address)
            self._put(address, *((count + 1, since) if now - since < wait else (1, now)))
            while len(self._failures) > SIZE or now - self._oldest() > max(wait, LIFETIME):
                self._failures.popitem(last=False)

    def _put(self, source, count, moment):
        self._failures[source] = (count, moment)
        self._failures.move_to_end(source)

    def _oldest(self) -> datetime:
        _count, moment = next(iter(self._failures.values()))
        return moment

    def discard(self, source):
        """Forget the failures of a source that succeeded."""
        with self._lock:
            self._failures.pop(source, None)

    def clear(self):
        """Forget all failures."""
        with self._lock:
            self._failures.clear()


def client_network(address):
    """Return what stands for a client: its address, with IPv6 the network, of which it has all addresses."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
