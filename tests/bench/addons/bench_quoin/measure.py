"""How the scripts measure and report: one JSON object a case, with the value that it should reach."""

import gc
import json
import time


def report(case, kind, value, reach, **more):
    """Print a case.

    :param kind: ``statements``, ``ratio``, ``growth``, ``seconds`` or ``megabytes``
    :param reach: the value that it should not be above
    """
    print(json.dumps({"case": case, "kind": kind, "value": round(value, 2), "reach": reach, **more}))


def seconds(function, before=None) -> float:
    """Return the time that a call takes, after another that is not measured."""
    if before:
        before()
    gc.collect()
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def ratio(function, floor, repeat=15, before=None) -> float:
    """Return the shortest time of a function over that of another, taken by turns, as the machine has other work."""
    times = [(seconds(function, before), seconds(floor, before)) for _time in range(repeat)]
    return min(time for time, _floor in times) / min(floor for _time, floor in times)


def forget(env):
    """Write what is pending and forget all values."""
    env.flush_all()
    env.invalidate_all()


def statements(env, function, *args) -> int:
    """Return how many statements a call takes, those included that write what it leaves pending."""
    before = env.cr.sql_log_count
    function(*args)
    env.flush_all()
    return env.cr.sql_log_count - before
