"""The command palette: what the page offers, menus, records of all models, those that were opened last."""

import json

from playwright.sync_api import expect

INPUT = ".o_command_palette input"
COMMAND = ".o_command_palette .o_command"


def palette(page, text=""):
    page.keyboard.press("Control+k")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.type(text)
    return page.locator(COMMAND)


def test_s48_commands_of_the_page(visitor):
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_data_row").first).to_be_visible()
    commands = palette(page, "new")
    expect(commands.first).to_have_text("NewALT + C")
    page.keyboard.press("Enter")
    expect(page.locator(".o_form_renderer")).to_be_visible()
    page.go_back()
    expect(page.locator(".o_data_row").first).to_be_visible()
    commands = palette(page, "show kanban")
    expect(commands.first).to_have_text("Show Kanban view")
    page.keyboard.press("Enter")
    expect(page.locator(".o_kanban_record").first).to_be_visible()


def test_s48_namespaces(phone):
    page = phone.open("/odoo/sales")
    commands = palette(page, "/")
    expect(commands.filter(has_text="Sales")).to_be_visible()
    expect(page.locator(".o_command_palette_search .o_namespace")).to_have_text("/")
    page.keyboard.press("Backspace")
    expect(page.locator(".o_command_palette_search .o_namespace")).to_have_count(0)
    page.locator(".o_command_palette_footer button", has_text="records").click()
    expect(page.locator(INPUT)).to_be_focused()
    expect(page.locator(".o_command_palette_listbox_empty")).to_have_text("Type at least two characters")
    box = page.locator(".o_command_palette").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


def test_records_of_all_models_and_those_opened_last(visitor, call, draft):
    order = call("sale.order", "read", [draft], ["name", "partner_id"])[0]
    name, partner = order["name"], order["partner_id"]
    page = visitor.open("/odoo")
    commands = palette(page, f"*{name}")
    expect(commands).to_have_count(1)
    expect(commands).to_contain_text("Sales Order")
    page.keyboard.press("Enter")
    expect(page.locator(".o_breadcrumb .active")).to_have_text(name)
    expect(page).to_have_url(f"{visitor.server.url}/odoo/sales/{draft}")
    palette(page, "*" + partner[1].split(",")[0][:8])
    expect(page.locator(COMMAND).first).to_contain_text("Contact")
    page.keyboard.press("Enter")
    expect(page.locator(".o_command_palette")).to_have_count(0)
    expect(page.locator(".o_breadcrumb .active")).not_to_have_text(name)
    commands = palette(page)
    expect(page.locator(".o_command_category_name").first).to_have_text("Recently opened")
    expect(commands.first).to_contain_text(name)
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.includes('recent_records'))")
    # whoever sits there after a logout finds no names
    assert name not in json.dumps(kept)
    page.keyboard.press("Enter")
    expect(page.locator(".o_breadcrumb .active")).to_have_text(name)
