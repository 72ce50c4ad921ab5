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


class Traffic:
    """Requests of a page, to wait until they are answered: a page that listens to the bus is never idle to the browser.

    :param page: page of Playwright, before it loads what is waited for
    """

    _QUIET = 0.5
    #: a page is not told when the script of its shared worker is there
    _UNTOLD = "/bus/websocket_worker_bundle"

    def __init__(self, page):
        self._page = page
        self._open = {}
        self._last = time.monotonic()
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def under_way(self):
        """Return the addresses that were not answered yet."""
        return list(self._open.values())

    def wait(self):
        """Wait until no request was under way for half a second.

        :raise AssertionError: one was not answered for twenty seconds
        """
        while self._open or time.monotonic() - self._last < self._QUIET:
            assert time.monotonic() - self._last < _PATIENCE, f"not answered: {self.under_way()}"
            self._page.wait_for_timeout(1000 * _PAUSE)

    def _begun(self, request):
        if self._UNTOLD not in request.url:
            self._open[request] = request.url
        self._last = time.monotonic()

    def _ended(self, request):
        self._open.pop(request, None)
        self._last = time.monotonic()
