"""Something is planned about a contact, is seen in the menu of the page, and is done with what comes next."""

from browser.seats import PHONE
from playwright.sync_api import expect


def plan(page, summary, button="Schedule"):
    """Fill the dialog that asks what has to be done."""
    dialog = page.get_by_role("dialog").filter(has=page.locator("[name='summary'] input"))
    dialog.locator("[name='summary'] input").fill(summary)
    dialog.locator("[name='date_deadline'] input").fill("+0d")
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_be_hidden()


def test_c101_c111_what_is_planned_is_done_and_followed(visitor, server, call):
    call("res.partner", "create", {"name": "Zora Planned"})
    page = visitor.open("/odoo/contacts?view_type=list")
    row = page.locator(".o_data_row", has_text="Zora Planned")
    row.locator(".o-mail-ActivityButton").click()
    page.get_by_role("button", name="Schedule an activity").click()
    plan(page, "Ring Zora")
    expect(row).to_contain_text("Ring Zora")
    # the menu of the page counts it, and leads to it
    menu = page.locator(".o-mail-ActivityMenu-systray")
    expect(menu.locator(".o-mail-ActivityMenu-counter")).to_be_visible()
    menu.get_by_role("button").click()
    page.locator(".o-mail-ActivityMenu [data-filter='today']").first.click()
    expect(page.locator(".o_searchview_facet")).to_contain_text("Activities of today")
    row = page.locator(".o_data_row", has_text="Zora Planned")
    row.locator(".o-mail-ActivityButton").click()
    page.get_by_role("button", name="Mark as done").click()
    page.get_by_label("What came of it").fill("She rings back")
    page.get_by_role("button", name="Done, schedule the next").click()
    plan(page, "Wait for Zora")
    expect(row).to_contain_text("Wait for Zora")
    [[text]] = server.query("SELECT body FROM mail_message WHERE strpos(body, 'She rings back') > 0")
    assert "Ring Zora" in text


def test_c110_kinds_stand_side_by_side_on_a_phone(visitor, call):
    [todo] = call("mail.activity.type", "search", [["name", "=", "To-Do"]])
    partner = call("res.partner", "create", {"name": "Yuri Planned"})
    [model] = call("ir.model", "search", [["model", "=", "res.partner"]])
    place = {"activity_type_id": todo, "res_id": partner, "res_model_id": model}
    call("mail.activity", "create", {**place, "summary": "Ask Yuri"})
    page = visitor.page
    page.set_viewport_size(PHONE)
    visitor.open("/odoo/contacts?view_type=activity")
    row = page.locator(".o_activity_view_table .o_data_row", has_text="Yuri Planned")
    row.locator(".o-mail-ActivityCell-button").click()
    popover = page.locator(".o-mail-ActivityListPopover")
    expect(popover).to_contain_text("Ask Yuri")
    popover.get_by_role("button", name="Mark as done").click()
    popover.get_by_role("button", name="Done", exact=True).click()
    expect(row).to_have_count(0)
