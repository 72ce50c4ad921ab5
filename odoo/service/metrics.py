"""``/metrics``: a process that adds up what all others count, and tells it to Prometheus on a port of its own."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Iterator

from prometheus_client import start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector, CollectorRegistry

from odoo.tools import metrics
from odoo.tools.config import config
from odoo.tools.metrics import Family, Values

from .metrics_channel import begin_to_count
from .side_process import SideProcess

_LONGEST_MESSAGE = 1 << 18
#: seconds after which what a silent process said of itself does not hold any more
_EXPIRY = 15


class Collected(Collector):
    """What all processes have counted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._families: dict[str, Family] = {}
        self._values: Values = {}
        #: of each process when it was heard last, and what it says of itself
        self._heard: dict[int, float] = {}
        self._own: dict[int, Values] = {}

    def add(self, message: bytes) -> None:
        """Add what a process tells.

        :param message: what :class:`Sender` sends
        """
        pid, declared, numbers = json.loads(message)
        with self._lock:
            families = [self._families.setdefault(one[0], _family(*one)) for one in declared]
            self._heard[pid] = time.monotonic()
            own = self._own.setdefault(pid, {})
            for index, labels, value in numbers:
                family = families[index]
                metrics.merge(own if family.kind == "gauge" else self._values, (family, tuple(labels)), value)

    def collect(self) -> Iterator[Metric]:
        """Yield all families with their numbers; what a process says of itself has its id as a label."""
        with self._lock:
            now = time.monotonic()
            for pid in [pid for pid, heard in self._heard.items() if now - heard > _EXPIRY]:
                del self._heard[pid], self._own[pid]
            values = dict(self._values)
            for pid, own in self._own.items():
                values.update({(family, (*labels, str(pid))): value for (family, labels), value in own.items()})
        found: dict[Family, Metric] = {}
        for (family, labels), value in sorted(values.items(), key=lambda item: (item[0][0].name, item[0][1])):
            if family not in found:
                found[family] = _metric(family)
            _add(found[family], family, labels, value)
        yield from found.values()


def _family(name, help, labels, kind, bounds):
    return Family(name, help, tuple(labels), kind, tuple(bounds))


def _metric(family):
    """Return an empty family in the form of the library."""
    if family.kind == "histogram":
        return HistogramMetricFamily(family.name, family.help, labels=family.labels)
    if family.kind == "counter":
        return CounterMetricFamily(family.name, family.help, labels=family.labels)
    labels = (*family.labels, "pid") if family.kind == "gauge" else family.labels
    return GaugeMetricFamily(family.name, family.help, labels=labels)


def _add(metric, family, labels, value):
    if family.kind != "histogram":
        metric.add_metric(labels, value)
        return
    *classes, total = value
    bounds = [*map(str, family.bounds), "+Inf"]
    sums = [sum(classes[: index + 1]) for index in range(len(classes))]
    metric.add_metric(labels, list(zip(bounds, sums, strict=True)), total)


class MetricsRunner:
    """Listens to the other processes, and to Prometheus.

    :param socket.socket channel: from the other processes
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._stopped = False
        self._parent = os.getppid()
        self.collected = Collected()

    def run(self) -> None:
        """Answer until :meth:`stop` is called or the parent process is gone."""
        registry = CollectorRegistry()
        registry.register(self.collected)
        server, __ = start_http_server(
            config["metrics_port"], addr=config["metrics_interface"] or "127.0.0.1", registry=registry
        )
        self._channel.settimeout(1)
        while not self._stopped and os.getppid() == self._parent:
            with contextlib.suppress(TimeoutError):
                self.collected.add(self._channel.recv(_LONGEST_MESSAGE))
        server.shutdown()

    def stop(self) -> None:
        """Make :meth:`run` return."""
        self._stopped = True


class MetricsProcess(SideProcess):
    """A child process with a :class:`MetricsRunner`."""

    title = "the metrics"

    def __init__(self) -> None:
        super().__init__()
        self._channel, to_it = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        begin_to_count(to_it)

    def make_runner(self):
        """Return what adds up and answers."""
        return MetricsRunner(self._channel)
