"""Control over the garbage collector around work that makes many objects."""

import contextlib
import gc

__all__ = ["collect_less_often", "disabling_gc", "set_aside_living"]

#: how many more objects are made than given up before the young ones are looked at: a request makes some thousand, and
#: gives up nearly all of them by itself
YOUNG_OBJECTS = 10_000


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


def collect_less_often():
    """Have the garbage of this process collected less often than Python does: every hundred requests or so."""
    __, *older = gc.get_threshold()
    gc.set_threshold(YOUNG_OBJECTS, *older)


def set_aside_living():
    """Collect the garbage there is, and have later collections leave alone what is alive now.

    A loaded registry is half a million objects that live as long as the process: without them collections are short,
    and the memory that worker processes share stays shared. What was set aside before is looked at again, so that
    a registry that was replaced is freed.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
