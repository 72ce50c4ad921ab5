"""Sections and notes stand between the lines of a record, over the room of all columns."""

import pytest
from playwright.sync_api import expect

FORM = """
    <form>
        <field name="order_line" widget="section_and_note_one2many">
            <list editable="bottom">
                <control>
                    <create string="Add a product"/>
                    <create string="Add a section" context="{'default_display_type': 'line_section'}"/>
                </control>
                <field name="sequence" widget="handle"/>
                <field name="display_type" column_invisible="1"/>
                <field name="product_uom_qty"/>
                <field name="name" widget="section_and_note_text" optional="hide"/>
                <field name="price_subtotal"/>
            </list>
        </field>
    </form>
"""


@pytest.fixture
def order(call):
    """Id of an order with a section, a product and a note."""
    partner = call("res.partner", "create", {"name": "Marigold Paper"})
    product = call("product.product", "search", [], limit=1)[0]
    lines = [
        {"display_type": "line_section", "name": "First part"},
        {"product_id": product, "product_uom_qty": 2, "price_unit": 5},
        {"display_type": "line_note", "name": "Comes\nlater"},
    ]
    return call("sale.order", "create", {"partner_id": partner, "order_line": [[0, 0, line] for line in lines]})


def rows(page):
    return page.locator(".o_field_widget[name='order_line'] .o_data_row")


def cell_names(row):
    return row.locator(".o_data_cell").evaluate_all("cells => cells.map((cell) => cell.getAttribute('name'))")


def test_b2b_sections_and_notes_of_an_order(visitor, order):
    """B2b: a section is a bold line over all columns, a note a slanted one, both without numbers."""
    page = visitor.order(order)
    section, product, note = (rows(page).nth(place) for place in range(3))
    for row, text in ((section, "First part"), (note, "Comes\nlater")):
        assert cell_names(row) == ["sequence", "name"]
        expect(row.locator("td[name='name']")).to_have_text(text)
        assert row.bounding_box()["width"] == product.bounding_box()["width"]
        ends = [
            line.locator(".o_data_cell").last.evaluate("cell => cell.getBoundingClientRect().right")
            for line in (row, product)
        ]
        assert ends[0] == ends[1]
    expect(section.locator("td[name='name'] span").last).to_have_css("font-weight", "700")
    expect(note.locator("td[name='name'] span").last).to_have_css("font-style", "italic")


def test_b2b_sections_and_notes_are_written(visitor, call, order):
    """B2b: the text of a section has one line, the one of a note several."""
    page = visitor.order(order)
    page.get_by_role("button", name="Add a section").click()
    expect(page.locator(".o_selected_row td[name='name'] input")).to_be_focused()
    page.keyboard.type("Second part")
    rows(page).nth(2).locator("td[name='name']").click()
    expect(page.locator(".o_selected_row td[name='name'] textarea")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("or never")
    page.keyboard.press("Alt+s")
    expect(page.locator(".o_form_saved")).to_be_visible()
    lines = call("sale.order.line", "search_read", [["order_id", "=", order]], fields=["display_type", "name"])
    texts = {line["display_type"]: line["name"] for line in lines if line["display_type"] == "line_note"}
    assert texts == {"line_note": "Comes\nlater\nor never"}
    assert [line["name"] for line in lines if line["display_type"] == "line_section"] == ["First part", "Second part"]


def test_b2b_text_of_sections_is_shown_where_its_column_is_not(visitor, call, screen, order):
    """B2b: other views use the widgets by their names; the column of the text may be hidden by the user."""
    page = visitor.open(f"{screen('sale.order', FORM)}/{order}")
    assert cell_names(rows(page).nth(1)) == ["sequence", "product_uom_qty", "price_subtotal"]
    assert cell_names(rows(page).first) == ["sequence", "name"]
    expect(rows(page).first.locator("td[name='name']")).to_have_text("First part")
    rows(page).first.locator("td[name='name']").click()
    expect(page.locator(".o_selected_row td[name='name'] input")).to_have_value("First part")
