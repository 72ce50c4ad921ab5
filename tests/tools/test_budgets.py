"""Budgets of threads: where work is ended, and where it is not."""

import contextlib
import ctypes
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from odoo.orm.retrying import keep
from odoo.tools import budgets
from odoo.tools.budgets import Budget, LimitExceeded, run_within, settle, uninterrupted


@pytest.fixture(autouse=True)
def watcher(monkeypatch):
    """Somebody who ends what exceeds its budget, in small steps."""
    monkeypatch.setattr(budgets, "REPEAT", 0.2)
    stopped = threading.Event()

    def watch():
        while not stopped.wait(0.01):
            for budget in budgets.running_budgets():
                if budget.is_exceeded():
                    budget.interrupt()

    thread = threading.Thread(target=watch)
    thread.start()
    yield
    stopped.set()
    thread.join()


def doze(seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.001)


def compute():
    end = time.monotonic() + 20
    while time.monotonic() < end:
        pass


def test_time():
    with pytest.raises(LimitExceeded, match=r"work took longer than the 0.1 seconds .*--limit-time-real"):
        run_within(Budget("work", 0.1), doze)


def test_time_of_a_job():
    with pytest.raises(LimitExceeded, match="--limit-time-real-cron") as raised:
        run_within(Budget("job", 0.1, option="limit_time_real_cron"), doze)
    assert raised.value.limit == "limit_time_real_cron"


def test_processor_time():
    with pytest.raises(LimitExceeded, match=r"0.2 seconds of processor time .*--limit-time-cpu"):
        run_within(Budget("work", 0, 0.2), compute)
    # who waits takes none
    run_within(Budget("work", 0, 0.2), lambda: time.sleep(0.4))


def test_no_limit():
    run_within(Budget("work", 0), lambda: doze(0.2))


def test_handlers_of_errors_do_not_go_on():
    went_on = []

    def work():
        try:
            doze()
        except Exception:
            went_on.append(1)

    with pytest.raises(LimitExceeded):
        run_within(Budget("work", 0.1), work)
    assert not went_on


def test_who_catches_everything_is_ended_again():
    caught = []

    def work():
        with contextlib.suppress(BaseException):
            doze()
        caught.append(1)
        doze()

    with pytest.raises(LimitExceeded):
        run_within(Budget("work", 0.1), work)
    assert caught


def test_protected_steps_are_complete():
    done = []

    @uninterrupted
    def step():
        doze(0.4)
        done.append(1)

    def work():
        step()
        done.append(2)
        doze()

    with pytest.raises(LimitExceeded):
        run_within(Budget("work", 0.1), work)
    assert done == [1] or done == [1, 2]


def test_what_is_kept_is_not_ended():
    def work():
        settle()
        doze(0.4)
        return "answer"

    assert run_within(Budget("work", 0.1), work) == "answer"


def environment(commit, signal=lambda: None):
    """Return what looks like an environment whose transaction is kept by a function."""
    cursor = SimpleNamespace(closed=False, commits=0)

    def counted():
        commit()
        cursor.commits += 1

    cursor.commit = counted
    return SimpleNamespace(cr=cursor, registry=SimpleNamespace(signal_changes=signal))


@pytest.mark.parametrize("step", ["cursors", "frames"])
def test_work_is_kept_or_ended(monkeypatch, step):
    """Work that is about to be kept while somebody is about to end it: only one of both happens."""
    asked, committed = threading.Event(), []
    is_interruptible = Budget._is_interruptible

    def let_it_go_on(result):
        asked.set()
        time.sleep(0.3)
        return result

    class Cursor:
        def is_executing(self):
            return let_it_go_on(False) if step == "cursors" else False

    def asked_for_frames(budget):
        found = is_interruptible(budget)
        return let_it_go_on(found) if step == "frames" and found else found

    def commit():
        committed.append(1)
        doze(0.4)

    def work():
        while not asked.is_set():
            time.sleep(0.001)
        keep(environment(commit))

    monkeypatch.setattr(Budget, "_is_interruptible", asked_for_frames)
    ended = False
    try:
        run_within(Budget("work", 0.1, cursors=(Cursor(),)), work)
    except LimitExceeded:
        ended = True
    assert ended != bool(committed)


def test_what_could_not_be_kept_is_ended():
    def commit():
        raise ValueError("refused")

    def work():
        with contextlib.suppress(ValueError):
            keep(environment(commit))
        doze()

    with pytest.raises(LimitExceeded):
        run_within(Budget("work", 0.1), work)


def test_more_time():
    def work():
        budgets.extend_budget(0.5)
        doze(0.3)
        return "answer"

    assert run_within(Budget("work", 0.1, 0.1), work) == "answer"


def test_inner_work_goes_on_the_outer_budget():
    with pytest.raises(LimitExceeded, match=r"The request took longer than the 0.1 seconds"):
        run_within(Budget("request", 0.1), lambda: run_within(Budget("job", 60), doze))


def test_nothing_comes_after_the_end():
    """Work that ends about when its time is over: the exception comes inside of it, or not at all."""
    for __ in range(30):
        with contextlib.suppress(LimitExceeded):
            run_within(Budget("work", 0.03), lambda: doze(0.03))
        doze(0.015)
    assert not budgets.running_budgets()


def test_what_was_ended_leaves_nothing_to_be_raised():
    """The interpreter goes on as before: a call below a tracer begins, which it does not while an exception is due."""
    with pytest.raises(LimitExceeded):
        run_within(Budget("work", 0.05), doze)
    events = []

    def traced():
        sys.settrace(lambda frame, event, argument: events.append(event))
        try:
            (lambda: None)()
        finally:
            sys.settrace(None)

    thread = threading.Thread(target=traced, daemon=True)
    thread.start()
    thread.join(20)
    began = not thread.is_alive()
    if not began:
        # let it go on
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))
        thread.join()
    assert began and "call" in events


def test_cursors_that_nobody_closes_are_closed():
    class Cursor:
        closed = False

        def is_executing(self):
            return False

        def close(self):
            self.closed = True
            budgets_of_cursor.closed(self)

    budgets_of_cursor, cursor = Budget("work", 0.1), Cursor()

    def work():
        budgets_of_cursor.opened(cursor)
        doze()

    with pytest.raises(LimitExceeded):
        run_within(budgets_of_cursor, work)
    assert cursor.closed
