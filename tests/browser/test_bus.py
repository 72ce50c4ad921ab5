"""Messages of the server come to all windows of a user at once, by one connection."""

import pytest
from playwright.sync_api import expect

TOAST = ".o_notification"


@pytest.fixture
def announce(call, sale_server):
    """Send a notification to the user of the pages: ``announce(text)``."""
    [model] = call("ir.model", "search", [("model", "=", "res.users")])
    made = []

    def send(text):
        code = f"env.user._bus_send('simple_notification', {{'type': 'info', 'message': {text!r}, 'sticky': True}})"
        values = {"name": "announce", "model_id": model, "state": "code", "code": code}
        made.append(call("ir.actions.server", "create", values))
        call("ir.actions.server", "run", made[-1])

    yield send
    call("ir.actions.server", "unlink", made)
    # pages that are opened within a minute would hear of it, too
    sale_server.query("DELETE FROM bus_bus RETURNING id")


def connected(page):
    """Wait until the page hears of messages."""
    page.wait_for_function("odoo.__WOWL_DEBUG__?.root.env.services.bus_service.workerState === 'CONNECTED'")


def test_u61_u64_u76_two_windows_hear_of_a_message(visitor, phone, announce):
    sockets = []
    for user in (visitor, phone):
        user.page.on("websocket", lambda socket: sockets.append(socket))
    first, second = visitor.open(), phone.open("/odoo/sales")
    connected(first)
    connected(second)
    announce("The coffee is ready")
    for page in (first, second):
        expect(page.locator(TOAST)).to_have_text("The coffee is ready")
        box = page.locator(TOAST).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]
    # a window that is closed leaves the connection to the other one
    first.goto("about:blank")
    announce("It is getting cold")
    expect(second.locator(TOAST).last).to_have_text("It is getting cold")
    assert not sockets, "the connection is the worker's"
