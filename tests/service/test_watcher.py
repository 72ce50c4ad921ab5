"""When a process is replaced: for its memory, its requests, or for work that cannot be ended."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from odoo.service import budgets as service
from odoo.service.budgets import Watcher
from odoo.tools import budgets, config
from odoo.tools.budgets import Budget, LimitExceeded, run_within

ROOT = Path(__file__).parents[2]


@pytest.fixture
def reasons():
    """Why the process was to be replaced."""
    return []


@pytest.fixture
def watch(monkeypatch, reasons):
    """Function that makes a watcher, of a process whose memory is in its attribute ``memory``."""
    monkeypatch.setattr(service, "_MEMORY_INTERVAL", 0)

    def make(**limits):
        none = {"limit_memory_soft": 0, "limit_request": 0, "limit_time_real": 0, "limit_time_cpu": 0}
        for key, value in {**none, **limits}.items():
            monkeypatch.setitem(config.options, key, value)
        watcher = Watcher(reasons.append)
        watcher.memory = 0
        info = SimpleNamespace(memory_info=lambda: SimpleNamespace(rss=watcher.memory))
        monkeypatch.setattr(watcher, "_process", info)
        return watcher

    return make


def test_memory_when_it_is_idle(watch, reasons):
    watcher = watch(limit_memory_soft=1000)
    watcher.memory = 1000
    watcher.look()
    watcher.memory = 1001
    run_within(Budget("request", 0), watcher.look)
    assert not reasons
    watcher.look()
    assert reasons == ["it uses 1001 bytes of memory, the limit is 1000 (--limit-memory-soft)"]
    watcher.look()
    assert len(reasons) == 1


def test_memory_when_it_is_never_idle(watch, reasons):
    watcher = watch(limit_memory_soft=1000, limit_time_real=0.05)
    watcher.memory = 1001
    run_within(Budget("request", 0), watcher.look)
    time.sleep(0.06)
    run_within(Budget("request", 0), watcher.look)
    assert len(reasons) == 1


def test_requests(watch, reasons, monkeypatch):
    monkeypatch.setattr(budgets, "_ended", 0)
    monkeypatch.setattr(service.random, "randint", lambda low, high: high)
    watcher = watch(limit_request=10)
    for __ in range(10):
        run_within(Budget("request", 0), watcher.look)
    watcher.look()
    assert not reasons
    run_within(Budget("request", 0), lambda: None)
    watcher.look()
    assert reasons == ["it has answered 11 requests (--limit-request)"]


def test_work_that_cannot_be_ended(watch, reasons):
    watcher, entered, go_on = watch(), threading.Event(), threading.Event()

    @budgets.uninterrupted
    def stubborn():
        entered.set()
        go_on.wait(20)

    thread = threading.Thread(target=lambda: run_within(Budget("request", 0.1), stubborn))
    thread.start()
    entered.wait(20)
    while not reasons:
        time.sleep(watcher.look() / 10)
    assert reasons == ["it has work that cannot be ended"]
    go_on.set()
    thread.join()


def test_work_that_can_be_ended(watch, reasons):
    watcher, ended = watch(), []

    def work():
        try:
            run_within(Budget("request", 0.1), lambda: [time.sleep(0.001) for __ in range(20_000)])
        except LimitExceeded as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        time.sleep(watcher.look() / 10)
    assert ended and not reasons


#: a process under a limit of a second whose only instruction would last for years
STANDSTILL = """
import re
from odoo.service import budgets
from odoo.tools import config
config["limit_time_real"], budgets._STANDSTILL = 1, 1
budgets.Watcher(print).start()
re.match("(a|aa)+$", "a" * 100 + "b")
"""


def test_an_instruction_that_stops_all_threads():
    process = subprocess.run([sys.executable, "-c", STANDSTILL], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert process.returncode == 1
    assert "Timeout" in process.stderr and "in match" in process.stderr
