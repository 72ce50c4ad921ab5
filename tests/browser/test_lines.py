"""Lines of a record that are more than one page: as a table, and as cards."""

import pytest
from playwright.sync_api import expect

LINES = """
    <list limit="{limit}" editable="bottom"><field name="sequence" widget="handle"/><field name="name"/></list>
"""
CARDS = """
    <kanban limit="{limit}"><templates><t t-name="card"><field name="name"/></t></templates></kanban>
"""


def rows(page):
    return page.locator(".o_field_widget[name='order_line'] .o_data_row")


def counter(page):
    return page.locator(".o_x2m_control_panel .o_pager_counter")


def long_order(call, count):
    """Return the id of an order whose lines are called 1, 2, 3, ..."""
    partner = call("res.partner", "create", {"name": "Marigold Paper"})
    lines = [
        [0, 0, {"name": f"Line {number}", "product_uom_qty": 1, "price_unit": number}] for number in range(1, count + 1)
    ]
    return call("sale.order", "create", {"partner_id": partner, "order_line": lines})


def form(sub_view, **attributes):
    return f"<form><field name='name'/><field name='order_line'>{sub_view.format(**attributes)}</field></form>"


@pytest.mark.parametrize("count", [40, 41, 500])
def test_b1_order_with_many_lines_opens(visitor, call, count):
    """B1: a form with more lines than a page opens, with a pager for them."""
    page = visitor.order(long_order(call, count))
    expect(rows(page)).to_have_count(40)
    expect(rows(page).first).to_contain_text("Line 1")
    expect(counter(page)).to_have_count(int(count > 40))


def test_b1_pager_edit_and_save(visitor, call):
    order = long_order(call, 100)
    page = visitor.order(order)
    expect(counter(page)).to_have_text("1-40 / 100")
    page.locator(".o_x2m_control_panel .o_pager_next").click()
    expect(counter(page)).to_have_text("41-80 / 100")
    expect(rows(page).first).to_contain_text("Line 41")
    rows(page).first.locator("td[name='price_unit']").click()
    rows(page).first.locator("td[name='price_unit'] input").fill("7000")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).not_to_be_visible()
    # saving leaves the user where he was
    expect(counter(page)).to_have_text("41-80 / 100")
    expect(rows(page).first).to_contain_text("7,000.00")
    lines = call("sale.order.line", "search_read", [["order_id", "=", order]], fields=["name", "price_unit"])
    assert [line["price_unit"] for line in lines] == [*range(1, 41), 7000, *range(42, 101)]


def test_b1_new_line_stays_in_sight(visitor, call):
    order = long_order(call, 41)
    page = visitor.order(order)
    page.get_by_role("button", name="Add a note").click()
    expect(rows(page)).to_have_count(41)
    rows(page).last.locator("td[name='name'] textarea").fill("By the way")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).not_to_be_visible()
    expect(counter(page)).to_have_text("1-41 / 42")
    assert call("sale.order.line", "search_count", [["order_id", "=", order]]) == 42


@pytest.mark.parametrize("limit, shown, pager", [(1000, 60, None), (60, 60, None), (7, 7, "1-7 / 60")])
def test_b1b_limit_of_the_view(visitor, call, screen, limit, shown, pager):
    """B1b: the limit of the list within a form is the size of its pages."""
    order = long_order(call, 60)
    page = visitor.open(screen("sale.order", form(LINES, limit=limit), res_id=order))
    expect(rows(page)).to_have_count(shown)
    expect(counter(page)).to_have_count(int(bool(pager)))
    if pager:
        expect(counter(page)).to_have_text(pager)


def test_b1b_default_order_of_the_view(visitor, call, screen):
    order = long_order(call, 41)
    lines = "<list default_order='price_unit desc'><field name='name'/></list>"
    page = visitor.open(screen("sale.order", form(lines), res_id=order))
    expect(rows(page).first).to_contain_text("Line 41")


@pytest.mark.parametrize("limit, shown", [(45, 45), (10, 10)])
def test_b1_cards(visitor, call, screen, limit, shown):
    page = visitor.open(screen("sale.order", form(CARDS, limit=limit), res_id=long_order(call, 50)))
    cards = page.locator(".o_field_widget[name='order_line'] .o_kanban_record:not(.o_kanban_ghost)")
    expect(cards).to_have_count(shown)
    expect(counter(page)).to_have_text(f"1-{shown} / 50")
    page.locator(".o_x2m_control_panel .o_pager_next").click()
    expect(cards.first).to_contain_text(f"Line {shown + 1}")
    # cards that can be added have a button for it, next to the pager
    expect(page.locator(".o_x2m_control_panel .o-kanban-button-new")).to_be_visible()


def test_b1_cards_of_a_phone(phone, call):
    page = phone.order(long_order(call, 41))
    expect(counter(page)).to_have_text("1-40 / 41")
    page.locator(".o_x2m_control_panel .o_pager_next").click()
    expect(counter(page)).to_have_text("41-41 / 41")
    # buttons and pager stand below each other where they do not fit
    assert page.locator(".o_content").evaluate("el => el.scrollWidth - el.clientWidth") == 0


def test_b1_tags_have_no_pages(visitor, call, screen):
    tags = [call("res.partner.category", "create", {"name": f"Tag {number}"}) for number in range(41)]
    partner = call("res.partner", "create", {"name": "Many tags", "category_id": [[6, 0, tags]]})
    arch = "<form><field name='category_id' widget='many2many_tags'/></form>"
    visitor.open(screen("res.partner", arch, res_id=partner))
    expect(visitor.field("category_id").locator(".o_tag")).to_have_count(41)
