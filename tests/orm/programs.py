"""Programs of random operations: how they are made, and run inside a savepoint."""

import inspect

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st


def operations(kind, least=3, most=14):
    """Strategy for sequences of ``least`` to ``most`` operations, methods of ``kind`` that take three numbers."""
    names = [
        name
        for name, member in inspect.getmembers(kind, inspect.isfunction)
        if tuple(inspect.signature(member).parameters) == ("self", "first", "second", "value")
    ]
    numbers = st.integers(0, 30)
    steps = st.tuples(st.sampled_from(names), numbers, numbers, st.integers(0, 150))
    return st.lists(steps, min_size=least, max_size=most)


def run(kind, env, steps):
    """Run the operations inside a savepoint that is undone, and check what they left."""
    try:
        with env.cr.savepoint(flush=False) as savepoint:
            state = kind(env)
            for name, *arguments in steps:
                getattr(state, name)(*arguments)
            state.check()
            savepoint.rollback()
    finally:
        env.clear()


SETTINGS = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
