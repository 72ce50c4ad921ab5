"""Two hosts as network namespaces, with PostgreSQL, Redis and S3 between them, that are cut off: for ``make chaos``."""

import contextlib
import time

from chaos.arena import LONG, Load, Outcome
from chaos.work import Files, Orders

pytestmark = LONG

WORK = "orders and files, 4 callers a host"


@contextlib.contextmanager
def load_on(servers):
    """Load servers with orders and files, by two callers each; yield the loads."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Load(server, 2, kind)) for server in servers for kind in (Orders, Files)]


def recover(loads):
    """Return the seconds until all of some loads are answered again."""
    began = time.monotonic()
    return max(load.recover(began) for load in loads)


def outcome_of(loads, recovered):
    """Return what became of the loads of both hosts together."""
    for load, other in zip(loads[2:], loads[:2], strict=True):
        load.take_over(other)
    orders, files = (load.outcome(recovered) for load in loads[2:])
    return Outcome(
        orders.answered + files.answered,
        orders.failed + files.failed,
        orders.lost + files.lost,
        orders.half + files.half,
        recovered,
    )


def test_a_host_is_cut_off(hosts, report):
    """It has neither database nor sessions nor files; the other one goes on, and both do afterwards."""
    with load_on(hosts.servers) as loads:
        hosts.cut(0)
        recover(loads[2:])
        time.sleep(3)
        recover(loads[2:])
        hosts.link(0)
        recovered = recover(loads)
    report("one of two hosts is cut off, and comes back", WORK, outcome_of(loads, recovered))


def test_the_sessions_are_cut_off(hosts, report):
    """Who asks meanwhile is told to come again, and is still logged in afterwards."""
    with load_on(hosts.servers) as loads:
        hosts.cut(hosts.sessions)
        for load in loads:
            load.wait_for_failures(3)
        hosts.link(hosts.sessions)
        recovered = recover(loads)
    assert {refusal for load in loads for refusal in load.refusals} == {(503, "3")}
    assert [load.logins for load in loads] == [2] * len(loads)
    report("the sessions in Redis are cut off", WORK, outcome_of(loads, recovered))


def test_the_files_are_cut_off(hosts, report):
    """Work without files goes on meanwhile."""
    with load_on(hosts.servers) as loads:
        orders, files = loads[::2], loads[1::2]
        hosts.cut(hosts.files)
        for load in files:
            load.wait_for_failures(2)
        recover(orders)
        assert not any(load.failed for load in orders)
        hosts.link(hosts.files)
        recovered = recover(loads)
    report("the files in S3 are cut off", WORK, outcome_of(loads, recovered))
