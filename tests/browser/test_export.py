"""The dialog in which fields are chosen for an export."""

import pytest
from playwright.sync_api import expect

LIST = """
    <list>
        <field name="x_name"/>
        <field name="x_integer" optional="show"/>
        <field name="x_float" optional="hide"/>
        <field name="x_currency_id" column_invisible="1"/>
        <field name="x_monetary"/>
    </list>
"""


@pytest.fixture
def dialog(visitor, call, screen, sampler):
    """The dialog for the one record of a list."""
    record = call(sampler, "create", {"x_name": "One"})
    page = visitor.open(screen(sampler, LIST, domain=f"[('id', '=', {record})]"))

    def open_dialog():
        page.locator("thead .o_list_record_selector input").click()
        page.locator(".o_cp_action_menus button", has_text="Actions").click()
        page.get_by_role("menuitem", name="Export").click()
        found = page.locator(".o_export_data_dialog")
        expect(found.locator(".o_export_tree_item").first).to_be_visible()
        return found

    yield open_dialog
    call(sampler, "unlink", [record])


def chosen(dialog):
    return dialog.locator(".o_export_field span")


def test_b13_columns_that_are_shown(visitor, dialog):
    """B13: the fields of the columns that the user sees are proposed, no hidden ones."""
    expect(chosen(dialog())).to_have_text(["Name", "Integer", "Monetary"])
    page = visitor.page
    page.locator(".o_export_data_dialog .o_form_button_cancel").click()
    page.locator(".o_list_unselect_all").click()
    page.locator(".o_optional_columns_dropdown_toggle").click()
    page.locator(".o_optional_columns_menu .dropdown-item", has_text="Float").click()
    page.keyboard.press("Escape")
    expect(chosen(dialog())).to_have_text(["Name", "Integer", "Float", "Monetary"])


def test_b13_fields_are_dragged(visitor, dialog):
    """B13: the order of the fields is changed by dragging them."""
    box = dialog()
    rows = box.locator(".o_export_field")
    rows.nth(2).drag_to(rows.nth(0))
    expect(chosen(box)).to_have_text(["Monetary", "Name", "Integer"])


def test_b13_templates(visitor, call, sampler, dialog):
    """B13: chosen fields are kept under a name, shown again, changed and deleted."""
    box = dialog()
    box.locator(".o_export_field", has_text="Monetary").locator(".o_remove_field").click()
    box.locator(".o_new_exported_list").click()
    box.locator(".o_save_list_name").fill("Numbers")
    box.locator(".o_save_list_btn").click()
    choice = box.locator(".o_exported_lists_select")
    expect(choice.locator("option:checked")).to_have_text("Numbers")
    choice.select_option("No template")
    expect(chosen(box)).to_have_text(["Name", "Integer", "Monetary"])
    choice.select_option("Numbers")
    expect(chosen(box)).to_have_text(["Name", "Integer"])
    box.locator(".o_export_field", has_text="Name").locator(".o_remove_field").click()
    box.locator(".o_save_exported_list").click()
    expect(visitor.page.locator(".o_notification", has_text="saved")).to_be_visible()
    [template] = call("ir.exports", "search_read", [["resource", "=", sampler]], fields=["export_fields"])
    lines = call("ir.exports.line", "read", template["export_fields"], ["name"])
    assert [line["name"] for line in lines] == ["x_integer"]
    box.locator(".o_delete_exported_list").click()
    visitor.page.locator(".modal.d-block", has_text="delete this template").locator(".btn-primary").click()
    expect(choice.locator("option")).to_have_count(1)
    assert call("ir.exports", "search_count", [["resource", "=", sampler]]) == 0
