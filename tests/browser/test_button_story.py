"""The walk of one click in a real browser: log in, open a quotation, press its buttons."""

import re
import xmlrpc.client

import pytest
from playwright.sync_api import expect

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.browser


class Page:
    """A page of the web client, logged in as the administrator; errors of its scripts are noted."""

    def __init__(self, browser, server, viewport):
        self.server = server
        self.errors: list = []
        self.requests: list = []
        self.tab = browser.new_context(viewport=viewport).new_page()
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request))
        self.tab.goto(f"{server.url}/web/login")
        self.tab.fill("input[name=login]", "admin")
        self.tab.fill("input[name=password]", "admin")
        self.tab.press("input[name=password]", "Enter")
        expect(self.tab.get_by_text("Sales", exact=True).first).to_be_visible()

    def open_order(self, order_id):
        """Open the form of an order by its address."""
        self.tab.goto(f"{self.server.url}/odoo/sales/{order_id}")
        expect(self.status("Quotation")).to_be_visible()

    def status(self, label):
        """Return the stage of the status bar that is current, when it is ``label``."""
        return self.tab.locator(".o_statusbar_status .o_arrow_button_current").filter(has_text=label)

    def button(self, label):
        return self.tab.get_by_role("button", name=label, exact=True)

    @property
    def dialog(self):
        return self.tab.locator(".modal:visible")

    def state(self, order_id):
        return self.server.query("SELECT state FROM sale_order WHERE id = %s", [order_id])[0][0]


@pytest.fixture
def page(browser, sale_server):
    page = Page(browser, sale_server, DESKTOP)
    yield page
    page.tab.context.close()
    assert not page.errors


def execute(server, model, method, *args):
    """Call a method as the administrator, beside the browser."""
    proxy = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/object")
    return proxy.execute_kw(server.db, 2, "admin", model, method, list(args))


def new_order(server, **line):
    """Return the id of a new quotation with one line."""
    [partner] = execute(server, "res.partner", "search", [["is_company", "=", True]], 0, 1)
    [product] = execute(server, "product.product", "search", [["type", "=", "consu"]], 0, 1)
    values = {"product_id": product, "product_uom_qty": 2, "price_unit": 100, **line}
    return execute(server, "sale.order", "create", {"partner_id": partner, "order_line": [[0, 0, values]]})


def test_confirm_order(page):
    order_id = new_order(page.server)
    page.open_order(order_id)
    page.tab.evaluate("window.notReloaded = true")
    page.requests.clear()
    page.button("Confirm Order").click()
    expect(page.status("Sales Order")).to_be_visible()
    assert page.state(order_id) == "sale"
    assert page.tab.evaluate("window.notReloaded")
    [call] = [request for request in page.requests if "action_confirm" in request.url]
    payload = call.post_data_json
    assert payload["jsonrpc"] == "2.0" and payload["method"] == "call"
    assert payload["params"]["args"] == [[order_id]]
    assert payload["params"]["kwargs"]["context"]["uid"] == 2


def test_refused_order(page):
    order_id = new_order(page.server, product_id=False, name="To be chosen")
    page.open_order(order_id)
    page.button("Confirm Order").click()
    expect(page.dialog).to_contain_text("each line needs a product")
    assert page.state(order_id) == "draft"
    page.dialog.get_by_role("button", name="Close").last.click()
    expect(page.dialog).to_have_count(0)
    expect(page.status("Quotation")).to_be_visible()


def test_button_to_the_customer_and_back(page):
    order_id = new_order(page.server)
    page.open_order(order_id)
    name = execute(page.server, "sale.order", "read", [order_id], ["name"])[0]["name"]
    page.tab.locator("button[name=action_view_customer]").first.click()
    expect(page.tab.locator("button[name=action_view_sale_order]").first).to_be_visible()
    page.tab.go_back()
    expect(page.status("Quotation")).to_be_visible()
    expect(page.tab.locator(".o_breadcrumb")).to_contain_text(name)


def test_wizard_in_a_dialog(page):
    order_id = new_order(page.server)
    page.open_order(order_id)
    page.button("Discount").click()
    expect(page.dialog).to_contain_text("Total with the discount")
    page.dialog.locator("input").first.fill("25")
    page.dialog.get_by_role("button", name="Apply").click()
    expect(page.dialog).to_have_count(0)
    expect(page.tab.locator("div[name=amount_total]")).to_contain_text("150.00")
    assert page.server.query("SELECT discount::float FROM sale_order_line WHERE order_id = %s", [order_id]) == [(25.0,)]


def test_reload_comes_back_to_the_same_place(page):
    page.tab.get_by_text("Sales", exact=True).first.click()
    page.tab.locator(".o_data_row").first.click()
    expect(page.tab).to_have_url(re.compile(r"/odoo/sales/\d+$"))
    address = page.tab.url
    page.tab.reload()
    expect(page.tab.locator(".o_form_view")).to_be_visible()
    assert page.tab.url == address


def test_new_quotation_by_keyboard(page):
    page.tab.goto(f"{page.server.url}/odoo/sales/new")
    customer = page.tab.locator("div[name=partner_id] input").first
    customer.click()
    page.tab.keyboard.type("oakline", delay=40)
    expect(page.tab.locator(".o-autocomplete--dropdown-item").first).to_contain_text("Oakline Workshop")
    page.tab.keyboard.press("Enter")
    expect(page.tab.locator("div[name=partner_invoice_id] input").first).to_have_value("Oakline Workshop")
    page.tab.get_by_text("Add a product").click()
    page.tab.keyboard.type("task chair", delay=40)
    expect(page.tab.locator(".o-autocomplete--dropdown-item").first).to_contain_text("Task chair")
    page.tab.keyboard.press("Enter")
    expect(page.tab.locator("div[name=amount_total]")).to_contain_text("289.00")
    page.tab.keyboard.press("Alt+s")
    expect(page.tab.locator(".o_breadcrumb")).to_contain_text("S0")
    order_id = int(page.tab.url.rsplit("/", 1)[1])
    assert page.server.query("SELECT amount_total::float FROM sale_order WHERE id = %s", [order_id]) == [(289.0,)]


def test_on_a_phone(browser, sale_server):
    page = Page(browser, sale_server, PHONE)
    order_id = new_order(sale_server)
    page.tab.goto(f"{sale_server.url}/odoo/sales/{order_id}")
    page.button("Confirm Order").click()
    expect(page.tab.locator(".o_field_statusbar")).to_contain_text("Sales Order")
    assert page.state(order_id) == "sale"
    width = page.tab.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], "the page is wider than the screen"
    assert not page.errors
    page.tab.context.close()
