"""The walk of one click in a real browser: log in, open a quotation, press its buttons."""

import re

import pytest
from playwright.sync_api import expect


class Story:
    """A quotation in front of somebody who is logged in."""

    def __init__(self, visitor):
        self.server = visitor.server
        self.visitor = visitor
        self.tab = visitor.page

    def open_order(self, order_id):
        """Open the form of an order by its address."""
        self.visitor.order(order_id)
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
def page(visitor):
    return Story(visitor)


@pytest.fixture
def new_order(call):
    """Make a quotation with one line and return its id: ``new_order(**values_of_the_line)``."""

    def make(**line):
        [partner] = call("res.partner", "search", [["is_company", "=", True]], limit=1)
        [product] = call("product.product", "search", [["type", "=", "consu"]], limit=1)
        values = {"product_id": product, "product_uom_qty": 2, "price_unit": 100, **line}
        return call("sale.order", "create", {"partner_id": partner, "order_line": [[0, 0, values]]})

    return make


def test_confirm_order(page, new_order):
    order_id = new_order()
    page.open_order(order_id)
    page.tab.evaluate("window.notReloaded = true")
    requests = []
    page.tab.on("request", lambda request: requests.append(request))
    page.button("Confirm Order").click()
    expect(page.status("Sales Order")).to_be_visible()
    assert page.state(order_id) == "sale"
    assert page.tab.evaluate("window.notReloaded")
    [call] = [request for request in requests if "action_confirm" in request.url]
    payload = call.post_data_json
    assert payload["jsonrpc"] == "2.0" and payload["method"] == "call"
    assert payload["params"]["args"] == [[order_id]]
    assert payload["params"]["kwargs"]["context"]["uid"] == 2


def test_refused_order(page, new_order):
    order_id = new_order(product_id=False, name="To be chosen")
    page.open_order(order_id)
    page.button("Confirm Order").click()
    expect(page.dialog).to_contain_text("each line needs a product")
    assert page.state(order_id) == "draft"
    page.dialog.get_by_role("button", name="Close").last.click()
    expect(page.dialog).to_have_count(0)
    expect(page.status("Quotation")).to_be_visible()


def test_button_to_the_customer_and_back(page, new_order, call):
    order_id = new_order()
    page.open_order(order_id)
    name = call("sale.order", "read", [order_id], ["name"])[0]["name"]
    page.tab.locator("button[name=action_view_customer]").first.click()
    expect(page.tab.locator("button[name=action_view_sale_order]").first).to_be_visible()
    page.tab.go_back()
    expect(page.status("Quotation")).to_be_visible()
    expect(page.tab.locator(".o_breadcrumb")).to_contain_text(name)


def test_wizard_in_a_dialog(page, new_order):
    order_id = new_order()
    page.open_order(order_id)
    page.button("Discount").click()
    expect(page.dialog).to_contain_text("Total with the discount")
    page.dialog.locator("input").first.fill("25")
    page.dialog.get_by_role("button", name="Apply").click()
    expect(page.dialog).to_have_count(0)
    expect(page.tab.locator("div[name=amount_total]")).to_contain_text("150.00")
    assert page.server.query("SELECT discount::float FROM sale_order_line WHERE order_id = %s", [order_id]) == [(25.0,)]


def test_reload_comes_back_to_the_same_place(page):
    page.visitor.open()
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
    expect(page.tab.locator(".o_selected_row td[name='product_id'] input")).to_be_focused()
    page.tab.keyboard.type("task chair", delay=40)
    expect(page.tab.locator(".o-autocomplete--dropdown-item").first).to_contain_text("Task chair")
    page.tab.keyboard.press("Enter")
    expect(page.tab.locator("div[name=amount_total]")).to_contain_text("289.00")
    page.tab.keyboard.press("Alt+s")
    expect(page.tab.locator(".o_breadcrumb")).to_contain_text("S0")
    order_id = int(page.tab.url.rsplit("/", 1)[1])
    assert page.server.query("SELECT amount_total::float FROM sale_order WHERE id = %s", [order_id]) == [(289.0,)]


def test_on_a_phone(phone, new_order):
    page = Story(phone)
    order_id = new_order()
    phone.order(order_id)
    # the buttons of the header are in the menu of the form
    page.tab.locator(".o_cp_action_menus .o-dropdown").click()
    page.button("Confirm Order").click()
    expect(page.tab.locator(".o_field_statusbar")).to_contain_text("Sales Order")
    assert page.state(order_id) == "sale"
    width = page.tab.evaluate("document.documentElement.scrollWidth")
    assert width <= page.tab.viewport_size["width"], "the page is wider than the screen"
