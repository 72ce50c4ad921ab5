"""A change of one selected line is meant for all selected lines."""

import re

import pytest
from playwright.sync_api import expect

LIST = """
    <list multi_edit="1" {}>
        <field name="x_name"/>
        <field name="x_integer" readonly="x_boolean"/>
        <field name="x_char" required="x_selection == 'done'"/>
        <field name="x_boolean"/>
        <field name="x_selection" widget="priority"/>
        <field name="x_many2many" widget="many2many_tags"/>
    </list>
"""


@pytest.fixture
def lines(call, sampler):
    """Five records called One to Five."""
    made = call(
        sampler,
        "create",
        [
            {"x_name": name, "x_integer": place, "x_char": name.lower()}
            for place, name in enumerate(["One", "Two", "Three", "Four", "Five"], start=1)
        ],
    )
    yield made
    call(sampler, "unlink", call(sampler, "search", [["id", "in", made]]))


@pytest.fixture
def page(visitor, screen, sampler, lines):
    return visitor.open(
        screen(sampler, LIST.format(""), "<form><field name='x_name'/></form>", domain=f"[('id', 'in', {lines})]")
    )


def row(page, name):
    return page.locator(".o_data_row").filter(has=page.locator(f"td[name='x_name']:text-is('{name}')"))


def select(page, *names):
    for name in names:
        row(page, name).locator(".o_list_record_selector input").click()


def edit(page, name, field, value):
    """Start to edit a line, type in one of its cells; nothing is saved yet."""
    row(page, name).locator(f"td[name='{field}']").click()
    page.locator(f".o_selected_row td[name='{field}'] input").fill(value)


def dialog(page):
    return page.locator(".modal.d-block .o_list_confirmation")


def stored(call, sampler, lines, field):
    return [record[field] for record in call(sampler, "read", lines, [field])]


@pytest.mark.parametrize("leave", ["Enter", "click"])
def test_b3_all_selected_lines_are_written(page, call, sampler, lines, leave):
    """B3: a change of one selected line is written on all of them, once the user agreed."""
    select(page, "One", "Two", "Four")
    edit(page, "Two", "x_integer", "70")
    if leave == "Enter":
        page.keyboard.press("Enter")
    else:
        page.locator(".o_control_panel .o_breadcrumb").click()
    expect(dialog(page).locator(".modal-title")).to_have_text("Change 3 records")
    expect(dialog(page).locator("dd[data-name='x_integer']")).to_have_text("70")
    assert stored(call, sampler, lines, "x_integer") == [1, 2, 3, 4, 5]
    with page.expect_request("**/x_sampler/write") as caught:
        dialog(page).locator(".o_list_confirm").click()
    assert caught.value.post_data_json["params"]["args"] == [[lines[0], lines[1], lines[3]], {"x_integer": 70}]
    for name, value in zip(["One", "Two", "Three", "Four", "Five"], ["70", "70", "3", "70", "5"], strict=True):
        expect(row(page, name).locator("td[name='x_integer']")).to_have_text(value)
    assert stored(call, sampler, lines, "x_integer") == [70, 70, 3, 70, 5]
    expect(page.locator(".o_selected_row")).to_have_count(0)
    expect(page.locator(".o_list_selection_box")).to_contain_text("3 selected")


@pytest.mark.parametrize("way", ["button", "escape"])
def test_b3_declined_change_is_taken_back(page, call, sampler, lines, way):
    select(page, "One", "Two")
    edit(page, "One", "x_integer", "70")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    if way == "button":
        dialog(page).get_by_role("button", name="Cancel").click()
    else:
        page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(row(page, "One").locator("td[name='x_integer']")).to_have_text("1")
    expect(page.locator(".o_selected_row")).to_have_count(0)
    assert stored(call, sampler, lines, "x_integer") == [1, 2, 3, 4, 5]


def test_b3_lines_where_the_field_is_readonly_or_required_stay(page, call, sampler, lines):
    call(sampler, "write", lines[1:2], {"x_boolean": True, "x_selection": "done"})
    page.reload()
    select(page, "One", "Two", "Three")
    edit(page, "One", "x_integer", "70")
    page.keyboard.press("Enter")
    expect(dialog(page).locator(".modal-title")).to_have_text("Change 2 records")
    expect(dialog(page).locator(".o_list_left_out")).to_contain_text("1 of the 3 selected records")
    dialog(page).locator(".o_list_confirm").click()
    expect(row(page, "Three").locator("td[name='x_integer']")).to_have_text("70")
    assert stored(call, sampler, lines, "x_integer") == [70, 2, 70, 4, 5]
    edit(page, "Three", "x_char", "")
    page.keyboard.press("Enter")
    dialog(page).locator(".o_list_confirm").click()
    expect(row(page, "Three").locator("td[name='x_char']")).to_have_text("")
    assert stored(call, sampler, lines, "x_char") == [False, "two", False, "four", "five"]


def test_b3_refusal_is_told_and_nothing_is_written(visitor, call, screen, draft):
    call("sale.order.line", "create", {"order_id": draft, "name": "Another line"})
    arch = "<list multi_edit='1'><field name='name'/><field name='discount'/></list>"
    page = visitor.open(screen("sale.order.line", arch, domain=f"[('order_id', '=', {draft})]"))
    page.locator("thead .o_list_record_selector input").click()
    page.locator(".o_data_row td[name='discount']").first.click()
    page.locator(".o_selected_row td[name='discount'] input").fill("150")
    page.keyboard.press("Enter")
    dialog(page).locator(".o_list_confirm").click()
    refusal = page.locator(".modal.d-block .modal-body")
    expect(refusal).to_contain_text("is more than 100 %")
    expect(refusal).to_have_count(1)
    page.locator(".modal.d-block .modal-footer .btn-primary").click()
    expect(page.locator(".o_data_row td[name='discount']")).to_have_text(["0.00", "0.00"])
    lines = call("sale.order.line", "search_read", [["order_id", "=", draft]], fields=["discount"])
    assert [line["discount"] for line in lines] == [0, 0]


def test_b3_lines_that_are_deleted_meanwhile_leave_the_list(page, call, sampler, lines):
    select(page, "One", "Two")
    call(sampler, "unlink", lines[1:2])
    edit(page, "One", "x_integer", "70")
    page.keyboard.press("Enter")
    dialog(page).locator(".o_list_confirm").click()
    refusal = page.locator(".modal.d-block", has_text="deleted meanwhile")
    refusal.locator(".modal-footer button").first.click()
    expect(refusal).to_have_count(0)
    expect(page.locator(".o_data_row")).to_have_count(4)
    expect(row(page, "One").locator("td[name='x_integer']")).to_have_text("1")
    assert stored(call, sampler, lines[:1], "x_integer") == [1]


def test_b3_one_selected_line_is_saved_without_a_question(page, call, sampler, lines):
    select(page, "Two")
    edit(page, "Two", "x_integer", "70")
    page.locator(".o_list_button_save").click()
    expect(row(page, "Two").locator("td[name='x_integer']")).to_have_text("70")
    assert stored(call, sampler, lines, "x_integer") == [1, 70, 3, 4, 5]


def test_b3_no_change_no_question(page, lines):
    select(page, "One", "Two")
    row(page, "One").locator("td[name='x_name']").click()
    expect(page.locator(".o_selected_row")).to_have_count(1)
    page.locator(".o_control_panel .o_breadcrumb").click()
    expect(page.locator(".o_selected_row")).to_have_count(0)
    expect(dialog(page)).to_have_count(0)


def test_b3_widgets_that_save_at_once_ask_too(page, call, sampler, lines):
    select(page, "One", "Two")
    row(page, "One").locator(".o_priority_star").last.click()
    expect(dialog(page).locator(".modal-title")).to_have_text("Change 2 records")
    dialog(page).locator(".o_list_confirm").click()
    expect(row(page, "Two").locator(".fa-star")).to_have_count(2)
    assert stored(call, sampler, lines, "x_selection") == ["done", "done", False, False, False]
    with page.expect_response("**/web_save"):
        row(page, "Five").locator(".o_priority_star").last.click()
    expect(row(page, "Five").locator(".fa-star")).to_have_count(2)
    assert stored(call, sampler, lines, "x_selection") == ["done", "done", False, False, "done"]


def test_b3_tags_are_added_to_all(page, call, sampler, lines):
    tag = call("res.partner.category", "create", {"name": "Shared tag"})
    own = call("res.partner.category", "create", {"name": "Own tag"})
    call(sampler, "write", lines[1:2], {"x_many2many": [[6, 0, [own]]]})
    page.reload()
    select(page, "One", "Two")
    edit(page, "One", "x_many2many", "Shared")
    page.locator(".o-autocomplete--dropdown-item a", has_text="Shared tag").first.click()
    page.locator(".o_control_panel .o_breadcrumb").click()
    dialog(page).locator(".o_list_confirm").click()
    expect(row(page, "Two").locator(".o_tag")).to_have_count(2)
    assert stored(call, sampler, lines[:2], "x_many2many") == [[tag], [own, tag]]


def test_b3_tab_walks_through_the_selected_lines(page, lines):
    select(page, "One", "Four")
    row(page, "One").locator("td[name='x_char']").click()
    for _stop in range(3):
        page.keyboard.press("Tab")
    expect(page.locator(".o_data_row").nth(3)).to_have_class(re.compile("o_selected_row"))


def test_b3_lists_that_may_not_be_edited_are_not(visitor, screen, sampler, lines):
    page = visitor.open(screen(sampler, LIST.format("edit='0'"), domain=f"[('id', 'in', {lines})]"))
    select(page, "One", "Two")
    row(page, "One").locator("td[name='x_integer']").click()
    expect(page.locator(".o_selected_row")).to_have_count(0)
