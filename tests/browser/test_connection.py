"""While the server cannot serve anybody, the page says so and keeps what was entered."""

import json

import pytest
from playwright.sync_api import expect

BANNER = ".o_connection_banner"
AWAY = {
    "status": 503,
    "headers": {"Retry-After": "60"},
    "content_type": "application/json",
    "body": json.dumps({"error": {"code": 200, "message": "Odoo Server Error", "data": {"name": "x"}}}),
}


@pytest.fixture(params=["visitor", "phone"])
def user(request):
    return request.getfixturevalue(request.param)


def cut(page):
    """Have every call answered as by a server without database."""

    def answer(route):
        if route.request.method == "POST":
            route.fulfill(**AWAY)
        else:
            route.continue_()

    page.route("**/web/**", answer)


FORM = """
    <form>
        <field name="client_order_ref"/>
        <field name="order_line">
            <list editable="bottom">
                <field name="product_uom_qty"/><field name="price_unit"/><field name="price_subtotal"/>
            </list>
        </field>
    </form>
"""


def test_f10_outage_is_shown_and_loses_nothing(user, call, draft, screen, tmp_path):
    user.expects_error("503")
    user.expects_error("ConnectionLostError")
    page = user.open(f"{screen('sale.order', FORM)}/{draft}")
    banner, quantity = page.locator(BANNER), page.locator("td[name='product_uom_qty']").first
    expect(quantity).to_have_text("2.00")
    cut(page)
    quantity.click()
    quantity.locator("input").fill("7")
    page.keyboard.press("Tab")
    expect(banner).to_contain_text("does not answer")
    user.input("client_order_ref").fill("typed meanwhile")
    page.screenshot(path=tmp_path / "away.png")
    assert banner.bounding_box()["width"] <= page.viewport_size["width"]
    page.locator(".o_form_button_save").click()
    banner.get_by_role("button").click()
    expect(banner).to_contain_text("does not answer")
    expect(page.locator(".modal")).to_have_count(0)
    expect(user.input("client_order_ref")).to_have_value("typed meanwhile")
    expect(quantity).to_have_text("7.00")

    page.unroute("**/web/**")
    banner.get_by_role("button").click()
    expect(banner).to_contain_text("answers again")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).not_to_be_visible()
    order = call("sale.order", "read", [draft], ["client_order_ref", "order_line", "amount_untaxed"])[0]
    line = call("sale.order.line", "read", order["order_line"], ["product_uom_qty", "price_unit"])[0]
    assert (order["client_order_ref"], line["product_uom_qty"]) == ("typed meanwhile", 7)
    assert order["amount_untaxed"] == pytest.approx(7 * line["price_unit"], abs=0.01)
    expect(banner).to_have_count(0)


NO_DATA = {
    "page": {"status": 500, "content_type": "text/html", "body": "<h1>Internal Server Error</h1>"},
    "nothing": {"status": 200, "content_type": "application/json", "body": ""},
}


@pytest.mark.parametrize("kind", NO_DATA)
def test_what_is_no_answer_is_told_once_and_loses_nothing(visitor, draft, screen, kind):
    """A page instead of data, or nothing: one message says what and where, and what was typed is still there."""
    visitor.expects_error("500")
    visitor.expects_error("HTTP")
    page = visitor.open(f"{screen('sale.order', FORM)}/{draft}")
    visitor.input("client_order_ref").fill("typed before")
    page.route("**/web_save", lambda route: route.fulfill(**NO_DATA[kind]))
    page.locator(".o_form_button_save").click()
    message = page.locator(".modal.d-block .o_error_summary")
    expect(message).to_have_count(1)
    expect(message).to_contain_text("/web/dataset/call_kw/sale.order/web_save")
    expect(message).to_contain_text(f"HTTP {NO_DATA[kind]['status']}")
    expect(page.locator(BANNER)).to_have_count(0)
    page.locator(".modal.d-block .modal-footer .btn-primary").click()
    expect(visitor.input("client_order_ref")).to_have_value("typed before")
    page.unroute("**/web_save")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).not_to_be_visible()


def test_an_address_is_shown_once_the_server_is_back(visitor, draft):
    """An address that is opened during an outage is kept, and shown afterwards."""
    visitor.expects_error("503")
    visitor.expects_error("ConnectionLostError")
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_data_row").first).to_be_visible()
    page.locator(".o_data_row td[name=name]").first.click()
    expect(page.locator(".o_form_renderer")).to_be_visible()
    url = page.url
    page.go_back()
    expect(page.locator(".o_data_row").first).to_be_visible()
    cut(page)
    page.go_forward()
    expect(page.locator(BANNER)).to_contain_text("does not answer")
    page.unroute("**/web/**")
    # it goes by itself where anything is answered before somebody clicks
    page.locator(BANNER).get_by_role("button").evaluate_all("buttons => buttons.forEach((button) => button.click())")
    expect(page.locator(".o_form_renderer")).to_be_visible()
    expect(page).to_have_url(url)
