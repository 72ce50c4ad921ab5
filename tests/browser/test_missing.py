"""Places that are not there (any more): one message, and something behind it to go on with."""

import re

import pytest
from playwright.sync_api import expect

HOME = ".o_home_screen"


def told(page, title):
    """Expect one message, close it, and expect no other."""
    dialogs = page.locator(".modal.d-block")
    expect(dialogs.locator(".modal-title")).to_have_text([title])
    text = dialogs.locator(".modal-body").inner_text()
    dialogs.locator(".modal-footer .btn-primary").click()
    page.wait_for_timeout(300)
    expect(dialogs).to_have_count(0)
    return text


def go(visitor, path):
    visitor.page.goto(visitor.server.url + path)
    return visitor.page


def test_b6_missing_record_of_an_action(visitor):
    """B6: the address of a record that is gone shows one message, and the list behind it."""
    page = go(visitor, "/odoo/sales/99999999")
    told(page, "Missing Record")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(page.locator(".o_menu_brand")).to_have_text("Sales")
    expect(page).to_have_url(re.compile("/odoo/sales$"))
    # the list works as ever
    page.locator(".o_data_row td[name='name']").first.click()
    expect(page.locator(".o_form_renderer")).to_be_visible()


def test_b6_missing_record_behind_another(visitor, call, draft):
    partner = call("sale.order", "read", [draft], ["partner_id"])[0]["partner_id"][0]
    page = go(visitor, f"/odoo/sales/{draft}/res.partner/{partner}99999")
    told(page, "Missing Record")
    expect(page.locator(".o_form_renderer .o_field_widget[name='partner_id']")).to_be_visible()
    expect(page.locator(".o_breadcrumb a")).to_have_text(["Quotations"])


def test_b6_missing_record_of_a_model(visitor):
    page = go(visitor, "/odoo/res.partner/99999999")
    told(page, "Missing Record")
    expect(page.locator(f"{HOME}, .o_list_view .o_data_row").first).to_be_visible()


@pytest.mark.parametrize("path", ["action-99999999", "nowhere", "action-nowhere.nothing", "nowhere/5"])
def test_b6_missing_action(visitor, path):
    page = go(visitor, f"/odoo/{path}")
    text = told(page, "Missing Action")
    assert "odoo.addons" not in text
    expect(page.locator(HOME)).to_be_visible()
    expect(page).to_have_url(re.compile("/odoo$"))


def test_b6_record_that_is_deleted_while_its_list_shows(visitor, call, draft):
    page = visitor.open("/odoo/sales")
    name = call("sale.order", "read", [draft], ["name"])[0]["name"]
    row = page.locator(".o_data_row", has_text=name)
    expect(row).to_be_visible()
    call("sale.order", "unlink", [draft])
    row.locator("td[name='name']").click()
    told(page, "Missing Record")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()


def test_b6_history_leads_to_a_deleted_record(visitor, call, draft):
    page = visitor.open("/odoo/sales")
    name = call("sale.order", "read", [draft], ["name"])[0]["name"]
    page.locator(".o_data_row", has_text=name).locator("td[name='name']").click()
    expect(page.locator(".o_form_renderer")).to_be_visible()
    page.go_back()
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    call("sale.order", "unlink", [draft])
    page.go_forward()
    told(page, "Missing Record")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(page).to_have_url(re.compile("/odoo/sales$"))


def test_b6_home_action_that_fails(visitor, call):
    visitor.expects_error("is unknown")
    action = call("ir.actions.client", "create", {"name": "Gone", "tag": "not_there"})
    call("res.users", "write", [2], {"action_id": action})
    try:
        page = go(visitor, "/odoo")
        expect(page.locator(".modal.d-block")).to_have_count(1)
        expect(page.locator(".modal.d-block .o_error_summary")).to_contain_text("not_there")
        page.locator(".modal.d-block .modal-footer .btn-primary").click()
        expect(page.locator(HOME)).to_be_visible()
    finally:
        call("res.users", "write", [2], {"action_id": False})
