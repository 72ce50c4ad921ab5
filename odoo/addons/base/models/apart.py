"""Work that is committed on its own, whatever becomes of the transaction that is under way."""

import contextlib

from odoo.api import Environment

__all__ = ["work_apart"]


@contextlib.contextmanager
def work_apart(env: Environment):
    """Give a cursor whose work is committed when the block ends, each statement seeing what others did before it.

    :param env: any environment of the database
    """
    testing = env.registry.in_test_mode()
    with (
        contextlib.closing(env.registry.cursor()) as cr,
        contextlib.nullcontext() if testing else cr.read_committed(),
    ):
        yield cr
        cr.commit()
