"""Control over the garbage collector around work that makes many objects."""

import contextlib
import gc

__all__ = ["disabling_gc"]


@contextlib.contextmanager
def disabling_gc():
    """Suspend the garbage collector inside the ``with`` block, if it is on.

    :return: context manager giving whether it was suspended
    """
    if not gc.isenabled():
        yield False
        return
    gc.disable()
    try:
        yield True
    finally:
        gc.enable()
