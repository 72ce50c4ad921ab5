"""Long lists: only the lines around those on screen are in the page."""

import pytest
from playwright.sync_api import expect

COUNT = 260
LIST = '<list limit="300"><field name="name"/><field name="ref"/></list>'
LINES = """
    <form>
        <field name="order_line">
            <list editable="bottom" limit="300">
                <field name="sequence" widget="handle"/>
                <field name="name"/><field name="product_uom_qty"/><field name="price_subtotal"/>
            </list>
        </field>
    </form>
"""
ROWS = ".o_data_row"
ELSEWHERE = ".o_rows_elsewhere"


@pytest.fixture(scope="module")
def contacts(call):
    """A domain that finds contacts `Long 000` to `Long 259`."""
    made = call("res.partner", "create", [{"name": f"Long {number:03}", "ref": "long"} for number in range(COUNT)])
    yield [["ref", "=", "long"]]
    call("res.partner", "unlink", made)


@pytest.fixture
def order(call):
    """Id of an order with lines `Line 000` to `Line 259`."""
    product = call("product.product", "search", [], limit=1)[0]
    lines = [
        {"product_id": product, "name": f"Line {number:03}", "sequence": number, "price_unit": 10}
        for number in range(COUNT)
    ]
    partner = call("res.partner", "search", [], limit=1)[0]
    return call("sale.order", "create", {"partner_id": partner, "order_line": [[0, 0, line] for line in lines]})


def row(page, text):
    return page.locator(ROWS, has=page.get_by_role("cell", name=text, exact=True))


def scroll(page, to):
    """Scroll what the lines are in, to a share of its height."""
    page.evaluate(
        """(share) => {
            let box = document.querySelector(".o_data_row");
            while (!(box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY))) {
                box = box.parentElement;
            }
            box.scrollTop = share * box.scrollHeight;
        }""",
        to,
    )


@pytest.mark.parametrize("user", ["visitor", "phone"])
def test_rows_of_a_list_follow_the_scroll(user, request, screen, contacts):
    page = request.getfixturevalue(user).open(screen("res.partner", LIST, domain=str(contacts)))
    expect(row(page, "Long 000")).to_be_visible()
    assert page.locator(ROWS).count() < 120
    height = page.locator("tbody").bounding_box()["height"]
    assert height > COUNT * 20
    expect(page.locator("table.o_list_table")).to_have_attribute("aria-rowcount", str(COUNT + 1))
    expect(row(page, "Long 007")).to_have_attribute("aria-rowindex", "9")
    scroll(page, 1)
    expect(row(page, "Long 259")).to_be_in_viewport()
    expect(row(page, "Long 259")).to_have_attribute("aria-rowindex", str(COUNT + 1))
    expect(row(page, "Long 000")).to_have_count(0)
    assert page.locator(ROWS).count() < 120
    assert page.locator("tbody").bounding_box()["height"] == pytest.approx(height, rel=0.1)
    scroll(page, 0)
    expect(row(page, "Long 000")).to_be_in_viewport()


def test_short_lists_have_all_rows(visitor, screen, contacts):
    few = [*contacts, ["name", "<", "Long 150"]]
    page = visitor.open(screen("res.partner", LIST, domain=str(few)))
    expect(page.locator(ROWS)).to_have_count(150)
    expect(page.locator(ELSEWHERE)).to_have_count(0)
    assert page.locator("table.o_list_table").get_attribute("aria-rowcount") is None


def test_the_focus_walks_over_all_lines_and_comes_back(visitor, screen, contacts):
    page = visitor.open(screen("res.partner", LIST, domain=str(contacts)))
    row(page, "Long 000").locator("td[name='name']").focus()
    for _turn in range(110):
        page.keyboard.press("ArrowDown")
    expect(row(page, "Long 110").locator("td[name='name']")).to_be_focused()
    # out of sight it keeps the focus, and the next line is the one after it
    scroll(page, 0)
    expect(row(page, "Long 000")).to_be_in_viewport()
    expect(row(page, "Long 110").locator("td[name='name']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(row(page, "Long 111").locator("td[name='name']")).to_be_focused()
    expect(row(page, "Long 111")).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(row(page, "Long 111").locator("input[type=checkbox]")).to_be_checked()


def test_a_line_in_edition_stays_and_new_ones_come_last(visitor, screen, call, order):
    page = visitor.open(f"{screen('sale.order', LINES)}/{order}")
    cell = row(page, "Line 003").locator("td[name='product_uom_qty']")
    cell.click()
    page.locator(".o_selected_row td[name='product_uom_qty'] input").fill("7")
    scroll(page, 1)
    expect(row(page, "Line 259")).to_be_in_viewport()
    expect(page.locator(".o_selected_row td[name='product_uom_qty'] input")).to_have_value("7")
    page.locator(".o_field_x2many_list_row_add a").first.click()
    expect(page.locator(".o_selected_row")).to_be_in_viewport()
    expect(page.locator(f"{ROWS} >> nth=-1")).to_have_class("o_data_row o_row_draggable o_selected_row")
    page.keyboard.press("Escape")
    expect(page.locator(".o_selected_row")).to_have_count(0)
    # the focus goes to what adds a line, and brings it into sight
    expect(page.locator(".o_field_x2many_list_row_add a").first).to_be_focused()
    scroll(page, 0)
    expect(row(page, "Line 003").locator("td[name='product_uom_qty']")).to_have_text("7.00")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).not_to_be_visible()
    lines = call("sale.order.line", "search_read", [["order_id", "=", order]], ["name", "product_uom_qty"])
    assert {line["name"]: line["product_uom_qty"] for line in lines}["Line 003"] == 7
    assert len(lines) == COUNT


def test_a_line_is_dragged_below_lines_that_are_not_in_the_page(visitor, screen, call, order):
    page = visitor.open(f"{screen('sale.order', LINES)}/{order}")
    expect(row(page, "Line 000")).to_be_visible()
    scroll(page, 0.5)
    expect(row(page, "Line 000")).to_have_count(0)
    shown = page.locator(ROWS)
    expect(row(page, "Line 130")).to_be_visible()
    first = shown.first.locator("td[name='name']").inner_text()
    moved = page.evaluate(
        """([from, to]) => {
            const rows = [...document.querySelectorAll(".o_data_row")];
            const handle = rows[from].querySelector(".o_row_handle");
            handle.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
            rows[to].before(rows[from]);
            document.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
            return rows[from].querySelector("td[name='name']").textContent;
        }""",
        [3, 0],
    )
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).not_to_be_visible()
    names = [line["name"] for line in call("sale.order.line", "search_read", [["order_id", "=", order]], ["name"])]
    assert names.index(moved) == names.index(first) - 1
    assert names[0] == "Line 000"
