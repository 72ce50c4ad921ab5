"""A real browser for tests, driven by Playwright."""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
import time
from datetime import datetime
from pathlib import Path

from odoo.tools import config

from .names import DEFAULT_SUCCESS_SIGNAL, HOST, get_db_name

__all__ = ["ChromeBrowser", "ChromeBrowserException", "find_chromium", "save_test_file"]

_logger = logging.getLogger(__name__)
_EXECUTABLES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
#: a Chromium that has no windows to draw, which takes half the time
_WINDOWLESS = "chromium-headless-shell"
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
)
_LEVELS = {
    "debug": logging.DEBUG,
    "log": logging.INFO,
    "info": logging.INFO,
    "warning": logging.WARNING,
    # the test that fails for it says so as an error
    "error": logging.WARNING,
}
#: milliseconds within which a page tells whether it is ready
_ANSWER_MS = 1000
_POLL_SECONDS = 0.05
# a clock that tests cannot stop
_clock = time.monotonic.__call__


class ChromeBrowserException(Exception):
    """The page reported an error, or did not do in time what the test waits for."""


def find_chromium(headless: bool = True) -> str | None:
    """Return the path of an installed Chromium, ``None`` when there is none.

    :param headless: no window is going to be asked for
    """
    configured = os.environ.get("ODOO_BROWSER_BIN")
    if configured:
        return configured
    names = (_WINDOWLESS, *_EXECUTABLES) if headless else _EXECUTABLES
    return next((path for path in map(shutil.which, names) if path), None)


def save_test_file(
    test_name,
    content,
    prefix,
    extension="png",
    logger=_logger,
    document_type="Screenshot",
    date_format="%Y%m%d_%H%M%S_%f",
):
    """Write something a test made into the configured directory of screenshots.

    :param test_name: part of the name of the file
    :param content: bytes
    :param prefix: start of the name of the file
    """
    root = Path(config["screenshots"] or tempfile.gettempdir())
    directory = root / "odoo_tests" / (get_db_name() or "") / "screenshots"
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{prefix}{test_name}_{datetime.now().strftime(date_format)}.{extension}"
    path.write_bytes(content)
    logger.info("%s in: %s", document_type, path)


class ChromeBrowser:
    """A browser with one page; a test class starts one for all of its tests.

    :param test_case: the test; its cursor is handed over to the server before the page is loaded
    :param success_signal: text in the console by which a page says that it is done
    :param headless: no window
    :param debug: open the developer tools
    """

    remote_debugging_port = 0

    def __init__(self, test_case, success_signal=DEFAULT_SUCCESS_SIGNAL, headless=True, debug=False):
        from playwright.sync_api import sync_playwright

        headless = headless and not debug
        executable = self.executable if headless else find_chromium(headless)
        if not executable:
            test_case.skipTest("no Chromium is installed")
        self.test_case = test_case
        self.success_signal = success_signal
        self.error_checker = None
        self._errors: list[str] = []
        self._succeeded = False
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path=executable,
            headless=headless,
            args=[*CHROMIUM_ARGS, *(["--auto-open-devtools-for-tabs"] if debug else [])],
        )
        width, height = (int(size) for size in test_case.browser_size.split("x"))
        self._context = self._browser.new_context(
            viewport={"width": width, "height": height},
            has_touch=test_case.touch_enabled,
            is_mobile=test_case.touch_enabled,
        )
        self._page = self._context.new_page()
        self._page.on("console", self._on_console)
        self._page.on("pageerror", self._on_page_error)
        self._page.on("dialog", lambda dialog: dialog.accept())

    @property
    def executable(self):
        """Path of the browser."""
        return find_chromium()

    @property
    def page(self):
        """The page, an object of Playwright."""
        return self._page

    def _on_console(self, message):
        text = message.text
        _logger.getChild("browser").log(_LEVELS.get(message.type, logging.INFO), "%s", text)
        if text == self.success_signal:
            self._succeeded = True
        # without arguments it is the browser that complains, of a missing icon for example, and not the page
        elif message.type == "error" and message.args:
            self._note_error(text)

    def _on_page_error(self, error):
        self._note_error(getattr(error, "stack", None) or str(error))

    def _note_error(self, text):
        if self.error_checker is None or self.error_checker(text):
            self._errors.append(text)

    def set_cookie(self, name, value, path, domain):
        """Set a cookie."""
        self._context.add_cookies([{"name": name, "value": value, "path": path, "domain": domain}])

    def delete_cookie(self, name, **kwargs):
        """Delete a cookie.

        :param kwargs: ``domain`` and ``path`` to restrict to
        """
        kwargs.pop("url", None)
        self._context.clear_cookies(name=name, **kwargs)

    def navigate_to(self, url, wait_stop=False):
        """Load a page.

        :param wait_stop: wait until it has loaded everything
        """
        self._errors.clear()
        self._succeeded = False
        self._page.goto(url, wait_until="networkidle" if wait_stop else "domcontentloaded", timeout=60_000)

    def evaluate(self, expression):
        """Return the value of a JavaScript expression in the page."""
        return self._page.evaluate(expression)

    def wait_ready(self, ready_code, timeout=60):
        """Wait until a JavaScript expression is true in the page.

        :param timeout: seconds
        :return: whether it became true
        """
        ready_code = ready_code.strip().rstrip(";") or "document.readyState === 'complete'"
        # it may promise an answer, that of a page which never gives it is no
        expression = (
            f"Promise.race([{ready_code}, new Promise((no) => setTimeout(no, {_ANSWER_MS}, false))]).then(Boolean)"
        )
        deadline = _clock() + timeout
        while _clock() < deadline:
            self._raise_page_errors()
            if self._is_true(expression):
                return True
            self._page.wait_for_timeout(_POLL_SECONDS * 1000)
        return False

    def _is_true(self, expression) -> bool:
        from playwright.sync_api import Error

        try:
            return self._page.evaluate(expression)
        except Error:
            # names not defined yet, or the page is just being replaced by the next one
            return False

    def wait_code_ok(self, code, timeout, error_checker=None):
        """Run a script in the page and wait for its success signal.

        :param timeout: seconds
        :param error_checker: function of an error's text that tells whether it counts
        :raise ChromeBrowserException: on an error in the page, or when the time is over
        """
        self.error_checker = error_checker
        self._page.evaluate(f"() => {{ {code} }}" if code else "() => {}")
        deadline = _clock() + timeout
        while not self._succeeded:
            self._raise_page_errors()
            if _clock() > deadline:
                self.take_screenshot("sc_")
                raise ChromeBrowserException(f"the script did not succeed within {timeout} seconds: {code}")
            self._page.wait_for_timeout(_POLL_SECONDS * 1000)

    def _raise_page_errors(self):
        if self._errors:
            self.take_screenshot("sc_")
            raise ChromeBrowserException("\n".join(self._errors))

    def take_screenshot(self, prefix="sc_"):
        """Save a picture of the page."""
        save_test_file(type(self.test_case).__name__, self._page.screenshot(), prefix, document_type="Screenshot")

    def clear(self):
        """Leave the page and forget cookies and storage, so that the next test starts afresh."""
        if self._page.url.startswith(f"http://{HOST}"):
            self._page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self._page.goto("about:blank")
        self._context.clear_cookies()
        self._errors.clear()
        self.error_checker = None

    def stop(self):
        """Close the browser."""
        self._context.close()
        self._browser.close()
        self._playwright.stop()


def tour_code(tour_name, options) -> str:
    """Return the script that starts a tour."""
    return f"odoo.startTour({json.dumps(tour_name)}, {json.dumps(options)})"
