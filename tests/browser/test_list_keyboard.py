"""Lists, cards and the search bar by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

LIST = "<list {}><field name='x_name' required='1'/><field name='x_integer'/></list>"
FORM = "<form><field name='x_name'/></form>"


@pytest.fixture
def lines(call, sampler):
    """Three records called One to Three."""
    made = call(
        sampler,
        "create",
        [{"x_name": name, "x_integer": place} for place, name in enumerate(["One", "Two", "Three"], start=1)],
    )
    yield made
    call(sampler, "unlink", call(sampler, "search", []))


@pytest.fixture
def show(visitor, screen, sampler, lines):
    """Open a list with attributes of its own."""

    def show(attributes="", **action):
        arch = LIST.format(attributes)
        return visitor.open(screen(sampler, arch, FORM, domain=f"[('id', 'in', {lines})]", **action))

    return show


def cell(page, row, name):
    return page.locator(".o_data_row").nth(row).locator(f"td[name='{name}']")


@pytest.mark.parametrize("way", ["Enter", "button", "outside"])
def test_b8_refused_line(visitor, call, screen, draft, way):
    """B8: once the refusal of a line is read, the focus is in the line again and Escape drops the change."""
    arch = "<list editable='bottom'><field name='name'/><field name='discount'/></list>"
    page = visitor.open(screen("sale.order.line", arch, domain=f"[('order_id', '=', {draft})]"))
    cell(page, 0, "discount").click()
    field = cell(page, 0, "discount").locator("input")
    field.fill("150")
    if way == "Enter":
        page.keyboard.press("Enter")
    elif way == "button":
        page.locator(".o_list_button_save").click()
    else:
        page.locator(".o_control_panel .o_breadcrumb").click()
    expect(page.locator(".modal.d-block .modal-body")).to_contain_text("is more than 100 %")
    page.keyboard.press("Escape")
    expect(page.locator(".modal.d-block")).to_have_count(0)
    if way == "Enter":
        expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".o_selected_row")).to_have_count(0)
    expect(cell(page, 0, "discount")).to_have_text("0.00")


def test_b8_value_that_is_none(show):
    """B8: after "Invalid fields", too, Escape drops the change; the focus stays on the cell."""
    page = show("editable='bottom'")
    cell(page, 1, "x_integer").click()
    cell(page, 1, "x_integer").locator("input").fill("abc")
    page.keyboard.press("Enter")
    expect(page.locator(".o_notification", has_text="Integer")).to_be_visible()
    expect(cell(page, 1, "x_integer").locator("input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, 1, "x_integer")).to_be_focused()
    expect(cell(page, 1, "x_integer")).to_have_text("2")


def test_b8_escape_leaves_the_focus_on_the_cell(show):
    """B8: after Escape of a line that could be saved the focus is on its cell, and Enter edits it again."""
    page = show("editable='bottom'")
    cell(page, 1, "x_integer").click()
    expect(cell(page, 1, "x_integer").locator("input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, 1, "x_integer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, 1, "x_integer").locator("input")).to_be_focused()


def test_b9_suggestions_keep_the_focus(visitor):
    """B9: after a click on the arrow of a suggestion the keys still go to the search bar."""
    page = visitor.open("/odoo/sales")
    search = page.locator(".o_searchview_input")
    facets = page.locator(".o_searchview_facet")
    count = facets.count()
    search.fill("a")
    page.locator(".o_searchview_autocomplete .o_expand").first.click()
    expect(page.locator(".o_searchview_autocomplete .o_indent").first).to_be_visible()
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".o_searchview_autocomplete")).to_have_count(0)
    page.keyboard.type("Marigold")
    page.keyboard.press("Enter")
    expect(facets).to_have_count(count + 1)
    page.keyboard.press("Backspace")
    expect(facets).to_have_count(count)


def test_b9_suggestions_go_when_the_menu_opens(visitor):
    """B9: suggestions do not stay open over the menu beside the search bar."""
    page = visitor.open("/odoo/sales")
    page.locator(".o_searchview_input").fill("a")
    expect(page.locator(".o_searchview_autocomplete")).to_be_visible()
    page.locator(".o_searchview_dropdown_toggler").click()
    expect(page.locator(".o_search_bar_menu")).to_be_visible()
    expect(page.locator(".o_searchview_autocomplete")).to_have_count(0)


def test_b10_from_the_search_bar_to_a_record(show, lines):
    """B10: arrows lead from the search bar to the rows and among them, up again, and Enter opens a record."""
    page = show()
    search = page.locator(".o_searchview_input")
    search.focus()
    page.keyboard.press("ArrowDown")
    rows = page.locator(".o_data_row")
    expect(rows.first.locator(".o_list_record_selector input")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, 0, "x_name")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, 1, "x_integer")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".o_form_renderer .o_field_widget[name='x_name'] input")).to_have_value("Two")


def test_b10_lines_are_selected(show):
    """B10: Space and Shift with arrows select lines."""
    page = show()
    page.locator(".o_searchview_input").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    selected = page.locator(".o_data_row_selected")
    expect(selected).to_have_count(1)
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(selected).to_have_count(3)
    page.keyboard.press("Shift+ArrowUp")
    expect(selected).to_have_count(2)
    expect(cell(page, 1, "x_name")).to_be_focused()


def test_b10_groups(show):
    """B10: arrows to the side fold and unfold groups; those up and down go over them and their lines."""
    page = show(context="{'group_by': ['x_name']}")
    headers = page.locator(".o_group_header")
    expect(headers).to_have_count(3)
    page.locator(".o_searchview_input").focus()
    page.keyboard.press("ArrowDown")
    expect(headers.first.locator(".o_group_name")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(headers.first).to_have_class(re.compile("o_group_open"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(".o_data_row")).to_have_count(1)
    expect(page.locator(".o_data_row :focus")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".o_data_row")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".o_data_row")).to_have_count(1)


def test_b10_new_lines(show, call, sampler, lines):
    """B10: Enter on the last line adds one; Tab does once something was changed, else it begins anew."""
    page = show("editable='bottom'")
    cell(page, 2, "x_integer").click()
    expect(cell(page, 2, "x_integer").locator("input")).to_be_focused()
    page.keyboard.press("Tab")
    expect(cell(page, 0, "x_name").locator("input")).to_be_focused()
    cell(page, 2, "x_integer").click()
    expect(cell(page, 2, "x_integer").locator("input")).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    expect(cell(page, 3, "x_name").locator("input")).to_be_focused()
    assert call(sampler, "read", lines[2:], ["x_integer"])[0]["x_integer"] == 7


def test_cards_by_keyboard(visitor, screen, sampler, lines):
    """Arrows lead from the search bar to the cards, among them, and up again; Enter opens one."""
    arch = "<kanban><templates><t t-name='card'><field name='x_name'/></t></templates></kanban>"
    page = visitor.open(screen(sampler, arch, FORM, domain=f"[('id', 'in', {lines})]"))
    cards = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(cards).to_have_count(3)
    search = page.locator(".o_searchview_input")
    search.focus()
    page.keyboard.press("ArrowDown")
    expect(cards.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(search).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".o_form_renderer .o_field_widget[name='x_name'] input")).to_have_value("Two")
