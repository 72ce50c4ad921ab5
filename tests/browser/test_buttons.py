"""The walk of one click, in a browser: request, reload, dialog, wizard, error."""

import json

from playwright.sync_api import expect


def stored_state(server, order_id):
    return server.query("SELECT state FROM sale_order WHERE id = %s", [order_id])[0][0]


def test_request_of_a_button(visitor, draft):
    page = visitor.order(draft)
    visitor.state("Quotation")
    with page.expect_request("**/web/dataset/call_button/**") as caught:
        page.locator("button[name='action_confirm']").click()
    visitor.state("Sales Order")
    request = caught.value
    assert request.method == "POST"
    assert request.url.endswith("/web/dataset/call_button/sale.order/action_confirm")
    payload = json.loads(request.post_data)
    assert payload["jsonrpc"] == "2.0"
    assert payload["method"] == "call"
    params = payload["params"]
    assert (params["model"], params["method"], params["args"]) == ("sale.order", "action_confirm", [[draft]])
    assert {"lang", "tz", "uid"} <= params["kwargs"]["context"].keys()
    assert params["kwargs"]["context"]["uid"] == 2
    expect(page.locator("button[name='action_confirm']")).to_have_count(0)
    assert stored_state(visitor.server, draft) == "sale"


def test_changes_are_saved_before_the_method_runs(visitor, draft):
    page = visitor.order(draft)
    page.get_by_role("tab", name="Other Info").click()
    visitor.input("client_order_ref").fill("PO-77")
    page.locator("button[name='action_confirm']").click()
    visitor.state("Sales Order")
    assert visitor.server.query("SELECT client_order_ref FROM sale_order WHERE id = %s", [draft]) == [("PO-77",)]


def test_refusal_changes_nothing(visitor, incomplete_draft):
    page = visitor.order(incomplete_draft)
    page.locator("button[name='action_confirm']").click()
    dialog = page.locator(".modal.d-block")
    expect(dialog.locator(".modal-title")).to_have_text("Invalid Operation")
    expect(dialog.locator(".modal-body")).to_contain_text("product")
    dialog.get_by_role("button", name="Close").last.click()
    visitor.state("Quotation")
    expect(page.locator("button[name='action_confirm']")).to_be_enabled()
    assert stored_state(visitor.server, incomplete_draft) == "draft"


def test_buttons_are_blocked_while_one_runs(visitor, draft):
    page = visitor.order(draft)
    release = []
    page.route("**/web/dataset/call_button/**", lambda route: release.append(route))
    page.locator("button[name='action_confirm']").click()
    expect(page.locator("button[name='action_confirm']")).to_be_disabled()
    expect(page.locator(".o_loading_indicator")).to_be_visible()
    release[0].continue_()
    visitor.state("Sales Order")
    expect(page.locator(".o_loading_indicator")).to_have_count(0)


def test_wizard_closes_and_the_form_is_read_again(visitor, draft):
    page = visitor.order(draft)
    before = visitor.field("amount_total").inner_text()
    page.locator(".o_statusbar_buttons button", has_text="Discount").click()
    wizard = page.locator(".modal.d-block")
    expect(wizard.locator(".modal-title")).to_have_text("Discount")
    wizard.locator(".modal-footer .btn-primary").click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
    expect(visitor.field("amount_total")).not_to_have_text(before)


def test_cancel_of_a_wizard(visitor, draft):
    page = visitor.order(draft)
    page.locator(".o_statusbar_buttons button", has_text="Discount").click()
    page.locator(".modal-footer .btn-secondary", has_text="Discard").click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
    visitor.state("Quotation")


def test_action_of_a_button_and_the_way_back(visitor, draft):
    page = visitor.order(draft)
    name = page.locator(".o_breadcrumb .active").inner_text()
    page.locator(".oe_stat_button", has_text="Customer").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Marigold Paper")
    page.locator(".o_breadcrumb a", has_text=name).click()
    visitor.state("Quotation")


def test_hotkey(visitor, draft):
    page = visitor.order(draft)
    page.keyboard.press("Alt+c")
    expect(page.locator(".o_breadcrumb .active")).to_have_text("New")
