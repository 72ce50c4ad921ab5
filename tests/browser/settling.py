"""What tests of the browser wait with, where a page has no element that says it."""

import time

from playwright.sync_api import Error

_PATIENCE = 20
_PAUSE = 0.05


def expect_value(read, wanted):
    """Wait until something is as wanted: what follows a click need not be there when the click is over.

    :param read: called again and again, without parameters; errors of the page count as another value
    :param wanted: what it is to return in the end
    :raise AssertionError: it returned something else for twenty seconds
    """
    deadline = time.monotonic() + _PATIENCE
    while (found := _read(read)) != wanted and time.monotonic() < deadline:
        time.sleep(_PAUSE)
    assert found == wanted


def _read(read):
    try:
        return read()
    except Error as error:
        return error
