"""Messages of the server come to all windows of a user at once, by one connection."""

import pytest
from browser.seats import DESKTOP
from playwright.sync_api import expect

from odoo.tests.browser import find_chromium

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


LINE = ".o_live_record_line"
ARCHS = (
    '<list><field name="name"/><field name="ref"/></list>',
    '<form><field name="name"/><field name="ref"/></form>',
)
REFERENCE = ".o_form_renderer .o_field_widget[name='ref'] input"
# what the page says itself comes back to it once the server has heard what it listens to
LISTENS = """([model, id]) => new Promise((resolve) => {
    const bus = odoo.__WOWL_DEBUG__.root.env.services.bus_service;
    const ask = () => bus.send("records_changed", { model, ids: [id], tab: "probe" });
    const timer = setInterval(ask, 250);
    const done = () => {
        clearInterval(timer);
        bus.unsubscribe("bus.record/changed", done);
        resolve();
    };
    bus.subscribe("bus.record/changed", done);
})"""


@pytest.fixture
def shared(call):
    """Id of a contact that two users look at."""
    return call("res.partner", "create", {"name": "Shared by the bus", "ref": "before"})


@pytest.fixture
def colleague(chromium, sale_server, call, shared):
    """The page of a second user, Dana of the bus, in a browser of her own."""
    wanted = [["name", "in", ["group_user", "group_partner_manager"]], ["module", "=", "base"]]
    groups = [row["res_id"] for row in call("ir.model.data", "search_read", wanted, ["res_id"])]
    login = f"dana_bus_{shared}"
    values = {"name": "Dana of the bus", "login": login, "password": login, "groups_id": [[6, 0, groups]]}
    user = call("res.users", "create", values)
    browser = chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(f"{sale_server.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    yield page
    browser.close()
    call("res.users", "write", [user], {"active": False})
    sale_server.query("DELETE FROM bus_bus RETURNING id")


def test_who_edits_is_told_and_rows_follow(visitor, colleague, sale_server, screen, shared):
    """Forms say who is at work on their record; rows show what others stored, and stay selected."""
    address = screen("res.partner", *ARCHS, domain=f"[('id', '=', {shared})]")
    page = visitor.open(f"{address}/{shared}")
    colleague.goto(f"{sale_server.url}{address}/{shared}")
    page.evaluate(LISTENS, ["res.partner", shared])
    colleague.fill(REFERENCE, "as Dana wants it")
    expect(page.locator(LINE)).to_have_text("Dana of the bus is editing this record")
    colleague.keyboard.press("Alt+s")
    expect(page.locator(REFERENCE)).to_have_value("as Dana wants it")
    expect(page.locator(LINE)).to_have_text("")

    page.locator(".o_back_button a").click()
    row = page.locator(".o_data_row")
    expect(row.locator("td[name='ref']")).to_have_text("as Dana wants it")
    page.evaluate(LISTENS, ["res.partner", shared])
    row.locator(".o_list_record_selector input").check()
    colleague.fill(REFERENCE, "once more")
    colleague.keyboard.press("Alt+s")
    expect(row.locator("td[name='ref']")).to_have_text("once more")
    expect(page.locator(".o_data_row_selected")).to_have_count(1)
