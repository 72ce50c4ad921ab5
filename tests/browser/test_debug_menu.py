"""Tools for developers."""

import pytest
from playwright.sync_api import expect

ALWAYS = [
    "Run Unit Tests",
    "Run Click Everywhere",
    "Open View",
    "Regenerate Assets",
    "Become Superuser",
    "Measure requests",
    "Activate Test Mode",
    "Leave debug mode",
]
VIEW = [
    "Model: sale.order",
    "Action",
    "SearchView",
    "View: {}",
    "Fields",
    "Filters",
    "Computed Arch",
    "Access Rights",
    "Record Rules",
    "Explain Access",
]
RECORD = ["Metadata", "Data", "Messages", "Attachments", "Set Default Values"]


@pytest.fixture
def tools(visitor):
    """Open the menu of a page; gives its entries."""

    def tools(path):
        page = visitor.open(f"{path}?debug=1")
        expect(page.locator(".o_view_controller, .o_home_screen").first).to_be_visible()
        page.locator(".o_debug_manager button").click()
        items = page.locator(".o-dropdown--menu .dropdown-item")
        expect(items.first).to_be_visible()
        return items

    yield tools
    visitor.page.goto(f"{visitor.server.url}/odoo?debug=0")


def test_b12_tools_of_every_page(tools, draft):
    """B12: the menu has the tools for the record, the view, its security, and those of every page."""
    expect(tools("/odoo")).to_have_text(ALWAYS)
    of_list = [text.format("list") for text in VIEW]
    expect(tools("/odoo/sales")).to_have_text(of_list + ALWAYS)
    of_form = [text.format("form") for text in VIEW if text != "SearchView"]
    items = tools(f"/odoo/sales/{draft}")
    expect(items.filter(has_text="Metadata")).to_have_count(1)
    assert [text for text in items.all_inner_texts() if text != "SearchView"] == RECORD + of_form + ALWAYS


def test_b12_what_a_record_is(visitor, call, tools, draft):
    """B12: metadata, all values and the arch are shown; a default is kept."""
    page = visitor.page
    dialog = page.locator(".modal.d-block")
    tools(f"/odoo/sales/{draft}").filter(has_text="Metadata").click()
    expect(dialog.locator(".o_metadata")).to_contain_text("Mitchell Admin")
    page.keyboard.press("Escape")
    tools(f"/odoo/sales/{draft}").get_by_text("Data", exact=True).click()
    expect(dialog.locator(".o_source")).to_contain_text('"amount_total"')
    page.keyboard.press("Escape")
    tools(f"/odoo/sales/{draft}").filter(has_text="Computed Arch").click()
    expect(dialog.locator(".o_source")).to_contain_text('<field name="order_line"')
    page.keyboard.press("Escape")
    tools(f"/odoo/sales/{draft}").filter(has_text="Set Default Values").click()
    dialog.locator(".o_default_field").select_option("Customer")
    with page.expect_response("**/ir.default/set"):
        dialog.locator(".btn-primary").click()
    kept = call("ir.default", "search", [["field_id.name", "=", "partner_id"], ["field_id.model", "=", "sale.order"]])
    assert len(kept) == 1
    call("ir.default", "unlink", kept)


def test_b12_what_may_be_seen_of_a_model(visitor, tools):
    """B12: access rights of the model are one click away."""
    tools("/odoo/sales").filter(has_text="Access Rights").click()
    expect(visitor.page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(visitor.page.locator(".o_breadcrumb")).to_contain_text("Access Rights")


def test_explain_access_on_a_record(visitor, call, tools, draft):
    """Which permissions and which rules decide about a record, for whoever is chosen."""
    model = call("ir.model", "search", [["model", "=", "sale.order"]])[0]
    values = {
        "name": "Not that order",
        "model_id": model,
        "domain_force": f"[('id', '!=', {draft})]",
        "perm_read": False,
    }
    rule = call("ir.rule", "create", values)
    try:
        page = visitor.page
        tools(f"/odoo/sales/{draft}").filter(has_text="Explain Access").click()
        dialog = page.locator(".modal.d-block .o_explain_access")
        read, write = (dialog.locator(f"[data-operation={name}]") for name in ("read", "write"))
        expect(read.locator(".o_explained_verdict")).to_contain_text("the rules admit this record")
        expect(write.locator(".o_explained_verdict")).to_contain_text("a rule excludes this record")
        expect(write.locator(".o_explained_rule", has_text="Not that order")).to_contain_text(f"('id', '!=', {draft})")
        dialog.locator(".o_explained_user input").fill("portal")
        page.locator(".o-autocomplete--dropdown-item a", has_text="Portal").first.click()
        expect(read.locator(".o_explained_verdict")).not_to_contain_text("the rules admit this record")
        assert page.locator(".modal-dialog").bounding_box()["width"] <= page.viewport_size["width"]
    finally:
        call("ir.rule", "unlink", [rule])


def test_s58a_requests_are_measured(visitor, call, tools):
    """The switch asks the server; a sign reminds of it; the measurements are there."""
    call("ir.config_parameter", "set_param", "base.profiling_enabled_until", "2099-01-01 00:00:00")
    page = visitor.page
    tools("/odoo/sales").filter(has_text="Measure requests").click()
    expect(page.locator(".o_profiling_sign")).to_be_visible()
    templates = page.locator(".o_profiling_options label", has_text="Templates")
    with page.expect_response("**/ir.profile/set_profiling") as answer:
        templates.click()
    assert "qweb" in answer.value.json()["result"]["collectors"]
    page.reload()
    expect(page.locator(".o_profiling_sign")).to_be_visible()
    page.locator(".o_debug_manager button").click()
    page.locator(".o_profiling_item").click()
    expect(page.locator(".o_profiling_sign")).to_have_count(0)
    call("ir.config_parameter", "set_param", "base.profiling_enabled_until", False)


def test_s71_tools_in_the_palette(visitor, tools):
    page = visitor.page
    tools("/odoo/sales")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.locator(".o_command_palette input").fill("debug tools")
    page.keyboard.press("Enter")
    expect(page.locator(".o_command_palette input")).to_have_attribute("placeholder", "Choose a debug tool...")
    expect(page.locator(".o_command_category_name")).to_have_text(
        ["User Interface", "Security", "Tests & Tours", "Tools"]
    )
    page.locator(".o_command_palette input").fill("fields")
    page.keyboard.press("Enter")
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Fields")


def test_all_menus_are_clicked(visitor):
    """As addons start it in their tests; here the menus of the first level."""
    page = visitor.open("/odoo")
    expect(page.locator(".o_app").first).to_be_visible()
    with page.expect_console_message(lambda message: message.text == "clickbot test succeeded"):
        loader = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
        assert page.evaluate(f"() => {loader}.startClickEverywhere(undefined, true)")
