"""Rules of domains: custom filters of the search bar, and fields that hold a domain."""

import pytest
from playwright.sync_api import expect


def open_filter_dialog(page):
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_add_custom_filter").click()
    dialog = page.locator(".o_domain_selector_dialog")
    expect(dialog).to_be_visible()
    return dialog


def choose_field(page, rule, name):
    rule.locator("button.o_model_field_selector_value").first.click()
    popover = page.locator(".o_model_field_selector_popover")
    popover.locator(f"[data-name='{name}'] .o_model_field_selector_popover_item_name").click()
    expect(popover).to_be_hidden()


def rows(page):
    return page.locator(".o_list_view .o_data_row, .o_kanban_view .o_kanban_record:not(.o_kanban_ghost)")


@pytest.mark.parametrize("device", ["visitor", "phone"])
def test_custom_filter(request, device):
    visitor = request.getfixturevalue(device)
    page = visitor.open("/odoo/sales")
    if device == "phone":
        page.locator(".o_control_panel button:has(.fa-search), .o_search_toggler").first.click()
    dialog = open_filter_dialog(page)
    add = dialog.locator(".modal-footer .btn-primary")
    rule = dialog.locator(".o_tree_editor_condition").first
    choose_field(page, rule, "name")
    # nothing goes out of the window
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    rule.locator("input").fill("S00002")
    rule.locator("input").press("Tab")
    add.click()
    expect(dialog).to_be_hidden()
    expect(rows(page)).to_have_count(1)
    facet = page.locator(".o_searchview_facet").last
    expect(facet).to_contain_text("S00002")
    # V188: what a facet restricts to is changed in the same dialog
    facet.locator("button.o_searchview_facet_label").click()
    dialog = page.locator(".o_domain_selector_dialog")
    rule = dialog.locator(".o_tree_editor_condition").first
    rule.locator("input").fill("S00003")
    rule.locator("input").press("Tab")
    dialog.locator(".btn-link", has_text="New Rule").click()
    expect(dialog.locator(".o_tree_editor_condition")).to_have_count(2)
    choose_field(page, dialog.locator(".o_tree_editor_condition").nth(1), "state")
    dialog.locator(".modal-footer .btn-primary").click()
    expect(dialog).to_be_hidden()
    # V190: each part that has to hold is a filter of its own
    expect(page.locator(".o_searchview_facet", has_text="S00003")).to_have_count(1)
    expect(page.locator(".o_searchview_facet", has_text="Status")).to_have_count(1)
    expect(page.locator(".o_searchview_facet", has_text="S00002")).to_have_count(0)


def test_rule_about_a_related_record_by_keyboard(visitor):
    page = visitor.open("/odoo/sales")
    dialog = open_filter_dialog(page)
    dialog.locator("button.o_model_field_selector_value").focus()
    page.keyboard.press("Enter")
    popover = page.locator(".o_model_field_selector_popover")
    expect(popover.locator("input").first).to_be_focused()
    page.keyboard.type("Customer")
    expect(popover.locator(".active")).to_contain_text("Customer")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    popover.locator("[data-name=partner_id] .o_model_field_selector_popover_item_relation").click()
    expect(popover.locator(".o_model_field_selector_popover_title")).to_have_text("Customer")
    page.keyboard.type("Display Name")
    expect(popover.locator(".active")).to_contain_text("Display Name")
    page.keyboard.press("Enter")
    expect(popover).to_be_hidden()
    expect(dialog.locator(".o_model_field_selector_chain_part")).to_have_text(["Customer", "Display Name"])
    expect(dialog.locator("button.o_model_field_selector_value")).to_be_focused()


def test_none_of_the_rules_is_wrong(visitor):
    visitor.expects_error("400")
    page = visitor.open("/odoo/sales")
    dialog = open_filter_dialog(page)
    dialog.locator("[title=Delete]").click()
    # a filter that restricts nothing is none
    expect(dialog.locator(".modal-footer .btn-primary")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


FORM = """<form><sheet><group>
    <field name="x_name"/>
    <field name="x_char" widget="domain" options="{'model': 'res.partner'}"/>
    <field name="x_text" invisible="1"/>
</group></sheet></form>"""
DIALOG_FORM = FORM.replace("'res.partner'", "'res.partner', 'in_dialog': True")
FOLDED_FORM = FORM.replace("'res.partner'", "'res.partner', 'foldable': True")


@pytest.fixture
def ruled(call, sampler):
    """A record whose domain finds one contact."""
    call("res.partner", "create", {"name": "Ruled Partner"})
    made = call(sampler, "create", {"x_name": "Rules", "x_char": '[("name", "=", "Ruled Partner")]'})
    yield made
    call(sampler, "unlink", [made])


def test_domain_field(visitor, call, screen, sampler, ruled):
    page = visitor.open(screen(sampler, FORM, res_id=ruled))
    field = visitor.field("x_char")
    expect(field.locator(".o_domain_show_selection_button")).to_contain_text("1 record")
    value = field.locator(".o_tree_editor_condition input")
    value.fill("Nobody of this name")
    value.press("Tab")
    expect(field.locator(".o_domain_show_selection_button")).to_contain_text("0 records")
    field.locator(".btn-link", has_text="New Rule").click()
    expect(field.locator(".o_tree_editor_condition")).to_have_count(2)
    field.locator(".o_tree_editor_connector_value").click()
    page.locator(".o-dropdown-item", has_text="any").click()
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    assert call(sampler, "read", [ruled], ["x_char"])[0]["x_char"].startswith('["|", ("name", "=", "Nobody')
    field.locator(".o_domain_show_selection_button").click()
    expect(page.locator(".modal .o_list_view")).to_be_visible()


def test_domain_field_in_a_dialog_and_folded(visitor, screen, sampler, ruled):
    page = visitor.open(screen(sampler, DIALOG_FORM, res_id=ruled))
    field = visitor.field("x_char")
    expect(field.locator(".o_facet_values")).to_have_text("Name = Ruled Partner")
    field.locator(".o_edit_domain").click()
    dialog = page.locator(".o_domain_selector_dialog")
    value = dialog.locator(".o_tree_editor_condition input")
    value.fill("Nobody of this name")
    value.press("Tab")
    dialog.locator(".modal-footer .btn-primary").click()
    expect(field.locator(".o_facet_values")).to_have_text("Name = Nobody of this name")
    expect(field.locator(".o_domain_show_selection_button")).to_contain_text("0 records")
    page.locator(".o_form_button_cancel").click()
    page = visitor.move_to(screen(sampler, FOLDED_FORM, res_id=ruled))
    expect(field.locator(".o_domain_selector")).to_have_count(0)
    field.locator(".o_domain_unfold").click()
    expect(field.locator(".o_domain_selector")).to_have_count(1)


def test_domain_that_is_none(visitor, call, screen, sampler, ruled):
    """What cannot be read is said, can be reset, and typed by a developer it is not saved."""
    call(sampler, "write", [ruled], {"x_char": "[('name', '"})
    address = screen(sampler, FORM, res_id=ruled)
    page = visitor.open(f"{address}?debug=1")
    field = visitor.field("x_char")
    expect(field.locator(".o_domain_invalid")).to_be_visible()
    field.locator("button", has_text="Reset domain").click()
    expect(field.locator(".o_domain_show_selection_button")).to_contain_text("records")
    area = field.locator("textarea")
    area.fill('[("no_such_field", "=", 1)]')
    area.press("Tab")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_notification", has_text="Invalid fields")).to_be_visible()
    assert call(sampler, "read", [ruled], ["x_char"])[0]["x_char"] == "[('name', '"
    page.locator(".o_form_button_cancel").click()
