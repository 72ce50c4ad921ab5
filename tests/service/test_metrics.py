"""Numbers of several processes, added up."""

import contextlib
import os
import socket

import pytest
from prometheus_client import generate_latest
from prometheus_client.registry import CollectorRegistry

from odoo.service.metrics import Collected
from odoo.service.metrics_channel import Sender
from odoo.tools import metrics

SENT = metrics.Counter("t_sent", "Sent.", "kind")
TOOK = metrics.Histogram("t_took", "Took.", bounds=(1.0, 10.0))
ROOM = metrics.Gauge("t_room", "Room.")
LAST = metrics.Latest("t_last", "Last.", "name")


@pytest.fixture
def pair(monkeypatch):
    """What sends, what it is sent to, and a function that returns the lines for Prometheus."""
    monkeypatch.setattr(metrics, "_on", True)
    monkeypatch.setattr(metrics, "_values", {})
    monkeypatch.setattr(metrics, "_probes", [])
    reader, writer = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    collected = Collected()
    reader.setblocking(False)

    def lines():
        with contextlib.suppress(BlockingIOError):
            while True:
                collected.add(reader.recv(1 << 18))
        registry = CollectorRegistry()
        registry.register(collected)
        return [line for line in generate_latest(registry).decode().splitlines() if line[0] != "#"]

    with reader, writer:
        yield Sender(writer), collected, lines


def test_numbers_of_processes_are_added_up(pair, monkeypatch):
    sender, collected, lines = pair
    for pid in (7, 8):
        monkeypatch.setattr(os, "getpid", lambda pid=pid: pid)
        metrics.count(SENT, "a")
        metrics.count(SENT, 'quoted "b"\n', by=2)
        for seconds in (0.5, 1.0, 3, 40):
            metrics.observe(TOOK, value=seconds)
        metrics.report(ROOM, value=pid)
        metrics.report(LAST, "x", value=pid)
        sender.send()
    assert lines() == [
        't_last{name="x"} 8.0',
        't_room{pid="7"} 7.0',
        't_room{pid="8"} 8.0',
        't_sent_total{kind="a"} 2.0',
        't_sent_total{kind="quoted \\"b\\"\\n"} 4.0',
        't_took_bucket{le="1.0"} 4.0',
        't_took_bucket{le="10.0"} 6.0',
        't_took_bucket{le="+Inf"} 8.0',
        "t_took_count 8.0",
        "t_took_sum 89.0",
    ]
    # nothing is told twice
    sender.send()
    assert 't_sent_total{kind="a"} 2.0' in lines()


def test_what_a_process_says_of_itself_goes_with_it(pair, monkeypatch):
    sender, collected, lines = pair
    metrics.count(SENT, "a")
    metrics.report(ROOM, value=1)
    sender.send()
    assert len(lines()) == 2
    monkeypatch.setattr("odoo.service.metrics._EXPIRY", -1)
    assert lines() == ['t_sent_total{kind="a"} 1.0']


def test_what_nobody_takes_is_told_later(pair):
    sender, collected, lines = pair
    told = 0
    for __ in range(2000):
        metrics.count(SENT, "a")
        metrics.observe(TOOK, value=1)
        metrics.report(LAST, "x", value=told)
        told += 1
        sender.send()
    # more than the channel holds
    assert any(key[0] is SENT for key in metrics._values)
    lines()
    sender.send()
    found = lines()
    assert f't_sent_total{{kind="a"}} {told}.0' in found and f"t_took_count {told}.0" in found
    assert f't_last{{name="x"}} {told - 1}.0' in found


def test_many_numbers_are_several_messages(pair):
    sender, collected, lines = pair
    for number in range(2000):
        metrics.count(SENT, f"kind {number}")
    sender.send()
    assert len(lines()) == 2000


def test_nothing_is_counted_when_nobody_asks(pair, monkeypatch):
    monkeypatch.setattr(metrics, "_on", False)
    metrics.count(SENT, "a")
    metrics.observe(TOOK, value=1)
    metrics.report(ROOM, value=1)
    assert not metrics.take()
