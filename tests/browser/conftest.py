"""A real browser that is logged in; a test fails when the page reports an error that it did not announce."""

import contextlib
import json
import re
import urllib.request
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

#: pages that follow each other find what the ones before compiled
FLAGS = [*CHROMIUM_ARGS, "--process-per-site"]
#: milliseconds; a machine that is busy with other tests is slow, and only failures take as long
TIMEOUT = 20000
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items):
    """Mark what is in this directory, so that it can be left out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Visitor:
    """A user in front of a page."""

    def __init__(self, server, page, requests=()):
        self.server = server
        self.page = page
        #: requests under way
        self._requests = requests
        self.errors: list = []
        self.expected: list = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        page.on("response", self._on_response)

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
        self.page.goto(self.server.url + path)
        try:
            expect(self.page.locator(".o_action_manager > *").first).to_be_visible()
        except AssertionError as error:
            error.add_note(f"under way: {[request.url for request in self._requests]}, errors: {self.errors}")
            raise
        # it goes when the keys that are pressed are heard
        expect(self.page.locator(".o_boot_screen")).to_have_count(0)
        return self.page

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


@pytest.fixture(scope="session")
def chromium():
    """What starts Chromium: the one of ``ODOO_BROWSER_BIN``, of the system, or Playwright's own."""
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def window(chromium, tmp_path_factory):
    """A browser.

    It has a profile on the disk, as browsers of users do: modules that it compiled are kept there only.
    """
    window = chromium.launch_persistent_context(
        tmp_path_factory.mktemp("browser"),
        executable_path=find_chromium(),
        args=FLAGS,
        viewport=DESKTOP,
        # what tests answer in place of the server would not be asked for
        service_workers="block",
    )
    window.set_default_timeout(TIMEOUT)
    yield window
    window.close()


@pytest.fixture(scope="session")
def login_state(window, sale_server):
    """Cookies of a session that the login form opened."""
    page = window.new_page()
    page.goto(f"{sale_server.url}/web/login")
    page.fill("input[name=login]", sale_server.login)
    page.fill("input[name=password]", sale_server.password)
    page.click("button[type=submit]")
    expect(page.locator(".o_navbar")).to_be_visible()
    state = window.storage_state()
    page.close()
    return state


class Seats:
    """Pages of the browser; what it fetched once stays, as modules never change at their address."""

    def __init__(self, window, login_state, url):
        self._window = window
        self._login_state = login_state
        self._url = url
        #: whether the session, which all share, is in debug mode
        self._debugs = False
        #: requests under way, by page
        self._under_way = {}
        # the process that has compiled the modules lives as long as one page of the server is open
        window.new_page().goto(f"{url}/web/health")

    def take(self, viewport):
        """Return a new page for somebody who just logged in and has been nowhere yet."""
        self._window.clear_cookies()
        self._window.add_cookies(self._login_state["cookies"])
        page = self._window.new_page()
        if viewport != DESKTOP:
            page.set_viewport_size(viewport)
        requests = self._under_way[page] = set()
        page.on("request", lambda request: self._note(request, requests))
        page.on("requestfinished", lambda request: requests.discard(request))
        page.on("requestfailed", lambda request: requests.discard(request))
        return page

    def under_way(self, page):
        """Return the requests of a page that are not answered yet; it changes with them."""
        return self._under_way[page]

    def _note(self, request, requests):
        # of the script of a worker that pages share, the page is not told the end
        if "/bus/websocket_worker_bundle" not in request.url:
            requests.add(request)
        self._debugs = self._debugs or bool(re.search(r"[?&]debug=[^0&]", request.url))

    def wait(self):
        """Wait until the pages have nothing to ask of the server: what they show may be ahead of what is stored."""
        for page, requests in self._under_way.items():
            quiet = 3 if page.url == "about:blank" else 0
            while quiet < 3:
                page.wait_for_timeout(20)
                quiet = 0 if requests else quiet + 1

    def leave(self, page):
        """Close a page and forget what it stored."""
        del self._under_way[page]
        with contextlib.suppress(Error):
            # a page that never loaded has no storage
            page.evaluate(
                "() => { localStorage.clear(); sessionStorage.clear(); indexedDB.deleteDatabase('web_drafts'); }"
            )
        page.close(run_before_unload=False)
        if self._debugs:
            self._window.request.get(f"{self._url}/odoo?debug=0")
            self._debugs = False


@pytest.fixture(scope="session")
def seats(window, login_state, sale_server):
    """The session's :class:`Seats`."""
    return Seats(window, login_state, sale_server.url)


def _visit(server, seats, viewport):
    page = seats.take(viewport)
    visitor = Visitor(server, page, seats.under_way(page))
    yield visitor
    errors = visitor.unexpected_errors()
    seats.leave(page)
    assert not errors, "\n".join(errors)


@pytest.fixture
def visitor(sale_server, seats):
    """A logged-in user at a desk."""
    yield from _visit(sale_server, seats, DESKTOP)


@pytest.fixture
def phone(sale_server, seats):
    """A logged-in user with a phone."""
    yield from _visit(sale_server, seats, PHONE)


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


@pytest.fixture(scope="session")
def call(sale_server, seats):
    """Call a method as the administrator: ``call(model, method, *args, **kwargs)``."""
    return Caller(sale_server, seats)


@pytest.fixture
def screen(call):
    """Make an action of its own for a model: ``screen("res.partner", "<list>...</list>")`` returns its address.

    Each arch is a view of the type of its root; ``action`` are more values of the action.
    """
    made = []

    def make(model, *archs, **action):
        views = []
        for arch in archs:
            kind = ElementTree.fromstring(arch).tag
            views.append((kind, call("ir.ui.view", "create", {"name": "test", "model": model, "arch": arch})))
            made.append(("ir.ui.view", views[-1][1]))
        lines = [
            [0, 0, {"view_mode": kind, "view_id": view, "sequence": place}]
            for place, (kind, view) in enumerate(views)
            if kind != "search"
        ]
        made.append(
            (
                "ir.actions.act_window",
                call(
                    "ir.actions.act_window",
                    "create",
                    {
                        "name": "Screen",
                        "res_model": model,
                        "view_mode": ",".join(kind for kind, _view in views),
                        "view_ids": lines,
                        **action,
                    },
                ),
            )
        )
        return f"/odoo/action-{made[-1][1]}"

    yield make
    for model, record in reversed(made):
        call(model, "unlink", [record])


@pytest.fixture(scope="session")
def sampler(call):
    """Name of a model with a field of every type, ``x_<type>``."""
    relations = {"many2one": "res.partner", "many2many": "res.partner.category"}
    choices = {
        "selection": [("normal", "In progress"), ("blocked", "Blocked"), ("done", "Done")],
        "reference": [("res.partner", "Contact")],
    }

    def field(kind):
        values = {"name": f"x_{kind}", "field_description": kind.capitalize(), "ttype": kind}
        if kind in relations:
            values["relation"] = relations[kind]
        if kind in choices:
            values["selection_ids"] = [
                [0, 0, {"value": value, "name": label, "sequence": place}]
                for place, (value, label) in enumerate(choices[kind])
            ]
        if kind == "monetary":
            values["currency_field"] = "x_currency_id"
        return [0, 0, values]

    kinds = (
        "char",
        "text",
        "html",
        "integer",
        "float",
        "monetary",
        "boolean",
        "date",
        "datetime",
        "binary",
        "selection",
        "many2one",
        "many2many",
        "reference",
        "json",
    )
    currency = {
        "name": "x_currency_id",
        "field_description": "Currency",
        "ttype": "many2one",
        "relation": "res.currency",
    }
    name = {"name": "x_name", "field_description": "Name", "ttype": "char"}
    call(
        "ir.model",
        "create",
        {
            "name": "Sampler",
            "model": "x_sampler",
            "field_id": [[0, 0, name], [0, 0, currency], *map(field, kinds)],
            "access_ids": [
                [0, 0, {"name": "all", "perm_read": True, "perm_write": True, "perm_create": True, "perm_unlink": True}]
            ],
        },
    )
    return "x_sampler"


def _new_order(call, **values):
    """Return the id of a new draft quotation with one line, made through the interface of programs."""
    partner = call("res.partner", "create", {"name": "Marigold Paper"})
    product = call("product.product", "search", [], limit=1)[0]
    return call(
        "sale.order",
        "create",
        {"partner_id": partner, "order_line": [[0, 0, {"product_id": product, "product_uom_qty": 2}]], **values},
    )


@pytest.fixture
def draft(call):
    """Id of a draft quotation that no other test knows."""
    return _new_order(call)


@pytest.fixture
def incomplete_draft(call):
    """Id of a draft quotation that cannot be confirmed: a line has no product."""
    return _new_order(call, order_line=[[0, 0, {"name": "To be chosen", "product_uom_qty": 1}]])
