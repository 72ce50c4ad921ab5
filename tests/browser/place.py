"""Where tests of the browser are: a server, a browser that is logged in to it, and people in front of its pages."""

import contextlib
import json
import re
import urllib.request

from browser.seats import DESKTOP, Seats, go, travel
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

#: milliseconds; a machine that is busy with other tests is slow, and only failures take as long
TIMEOUT = 20000
#: pages that follow each other find what the ones before compiled
_FLAGS = [*CHROMIUM_ARGS, "--process-per-site"]


@contextlib.contextmanager
def opened_window(chromium, profile, viewport=DESKTOP, **options):
    """Open a browser with a profile on the disk, as users have: only there is kept what it compiled.

    :param chromium: what starts Chromium
    :param profile: empty directory for the profile
    :param viewport: size of its pages, a dict with ``width`` and ``height``
    :param options: of a context of Playwright
    """
    window = chromium.launch_persistent_context(
        profile,
        executable_path=find_chromium(),
        args=_FLAGS,
        viewport=viewport,
        # what tests answer in place of the server would not be asked for
        service_workers="block",
        reduced_motion="reduce",
        **options,
    )
    window.set_default_timeout(TIMEOUT)
    yield window
    window.close()


def log_in(page, server):
    """Log in as the administrator by the form.

    :param page: a page, which shows the client afterwards
    :param server: :class:`ServerProcess`
    """
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", server.login)
    page.fill("input[name=password]", server.password)
    page.click("button[type=submit]")
    expect(page.locator(".o_navbar")).to_be_visible()


class Visitor:
    """A user in front of a page."""

    def __init__(self, server, page, traffic):
        self.server = server
        self.page = page
        self._traffic = traffic
        self.errors: list = []
        self.expected: list = []
        self._listeners = {
            "pageerror": lambda error: self.errors.append(str(error)),
            "console": self._on_console,
            "response": self._on_response,
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)

    def leave(self):
        """Go away from the page."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)

    def _on_console(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def _on_response(self, response):
        if response.status >= 500:
            self.errors.append(f"HTTP {response.status} {response.url}")

    def expects_error(self, part):
        """Announce an error whose text has ``part``."""
        self.expected.append(part)

    def unexpected_errors(self):
        """Return the errors that nobody announced."""
        return [error for error in self.errors if not any(part in error for part in self.expected)]

    def open(self, path="/odoo"):
        """Load a page of the client and wait until it shows an action."""
        if not go(self.page, path):
            self.page.goto(self.server.url + path)
        return self._arrived()

    def move_to(self, path):
        """Go to another place of the client, and do without loading it where all is in order; wait as :meth:`open`."""
        travel(self.page, path, self.server.url)
        return self._arrived()

    def _arrived(self):
        try:
            expect(self.page.locator(".o_action_manager > *").first).to_be_visible()
        except AssertionError as error:
            error.add_note(f"under way: {self._traffic.under_way()}, errors: {self.errors}")
            raise
        # it goes when the keys that are pressed are heard
        expect(self.page.locator(".o_boot_screen")).to_have_count(0)
        return self.page

    def wait_for_answers(self):
        """Wait until the page asks for nothing any more."""
        self._traffic.wait()

    def run_suites(self, path, success):
        """Open a page of unit tests, and expect it to tell the console that they passed.

        :param path: address of the page
        :param success: what it says then
        """
        end = re.compile(rf"{re.escape(success)}|tests? .*failed|assertions failed|There are no such tests")
        with self.page.expect_console_message(lambda message: end.search(message.text), timeout=3 * TIMEOUT) as told:
            self.page.goto(self.server.url + path)
        assert told.value.text == success, told.value.text

    def order(self, order_id):
        """Open the form of an order."""
        page = self.open(f"/odoo/sales/{order_id}")
        expect(page.locator(".o_form_renderer")).to_be_visible()
        return page

    def field(self, name):
        """Return the widget of a field."""
        return self.page.locator(f".o_form_renderer .o_field_widget[name='{name}']").first

    def input(self, name):
        """Return the input of a field."""
        return self.field(name).locator("input, textarea, select").first

    def choose(self, name, text):
        """Type in a many2one and take the first proposal."""
        self.input(name).fill(text)
        option = self.page.locator(".o-autocomplete--dropdown-item a", has_text=text).first
        expect(option).to_be_visible()
        option.click()

    def state(self, label):
        """Expect the stage that the status bar shows."""
        expect(self.page.locator(".o_arrow_button_current")).to_have_text(label)


class Caller:
    """A program of the administrator's that stays logged in: ``call(model, method, *args, **kwargs)``."""

    def __init__(self, server, seats):
        self._url = server.url
        self._seats = seats
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._post("/web/session/authenticate", db=server.db, login=server.login, password=server.password)

    def _post(self, path, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        request = urllib.request.Request(self._url + path, body, {"Content-Type": "application/json"})
        with self._opener.open(request, timeout=60) as response:
            answer = json.load(response)
        assert "error" not in answer, answer["error"]["data"]["message"]
        return answer.get("result")

    def __call__(self, model, method, *args, **kwargs):
        self._seats.wait()
        return self._post("/web/dataset/call_kw", model=model, method=method, args=args, kwargs=kwargs)


class Place:
    """A server, and a browser in which the administrator is logged in to it.

    :param window: the browser
    :param server: :class:`ServerProcess` that runs
    :ivar call: :class:`Caller`
    :ivar login_state: cookies of the session, for another browser
    """

    def __init__(self, window, server):
        self.server = server
        # to log in replaces the session that a browser has, and servers of a test process share their sessions
        window.clear_cookies()
        page = window.new_page()
        log_in(page, server)
        self.login_state = window.storage_state()
        self._seats = Seats(window, self.login_state["cookies"], server.url)
        page.close()
        self.call = Caller(server, self._seats)

    @contextlib.contextmanager
    def visit(self, viewport, file=None):
        """Have a :class:`Visitor` at a page; it is an error when the page reports one that was not announced.

        :param viewport: size of the page, a dict with ``width`` and ``height``
        :param file: the file of tests whose tests may have the page one after the other; without, it is a new one
        """
        page = self._seats.take(viewport, file)
        visitor = Visitor(self.server, page, self._seats.traffic(page))
        try:
            yield visitor
        finally:
            visitor.leave()
            self._seats.leave(page, viewport, None if visitor.errors else file)
        errors = visitor.unexpected_errors()
        assert not errors, "\n".join(errors)
