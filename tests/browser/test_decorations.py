"""Decorations of rows and of fields are seen: what counts is the look of the cells."""

import pytest
from playwright.sync_api import expect

COLOURS = ("danger", "info", "muted", "primary", "success", "warning")
LOOK = """(cell) => {
    const { color, fontWeight, fontStyle } = getComputedStyle(cell);
    return { color, fontWeight, fontStyle };
}"""
# colour of a text with a class, anywhere else on the page
REFERENCE = """(name) => {
    const text = document.createElement("p");
    text.className = name;
    document.body.append(text);
    const { color } = getComputedStyle(text);
    text.remove();
    return color;
}"""


@pytest.fixture
def lines(call, sampler):
    """Two records: Decorated and Plain."""
    made = call(
        sampler,
        "create",
        [
            {"x_name": "Decorated", "x_boolean": True, "x_integer": 5, "x_char": "text"},
            {"x_name": "Plain", "x_integer": 5, "x_char": "text"},
        ],
    )
    yield made
    call(sampler, "unlink", made)


def cell(page, line, field):
    return page.locator(".o_data_row", has_text=line).locator(f"td[name='{field}']")


def open_list(visitor, screen, sampler, lines, row="", field=""):
    arch = f"""<list {row}><field name="x_name"/><field name="x_boolean" column_invisible="1"/>
        <field name="x_integer" {field}/><field name="x_char" widget="char" {field}/></list>"""
    page = visitor.open(screen(sampler, arch, domain=f"[('id', 'in', {lines})]"))
    expect(page.locator(".o_data_row")).to_have_count(2)
    return page


@pytest.mark.parametrize("colour", COLOURS)
def test_b4_colour_of_a_row(visitor, screen, sampler, lines, colour):
    page = open_list(visitor, screen, sampler, lines, row=f"decoration-{colour}='x_boolean'")
    wanted = page.evaluate(REFERENCE, f"text-{colour}")
    plain = cell(page, "Plain", "x_name").evaluate(LOOK)["color"]
    assert wanted != plain
    for field in ("x_name", "x_integer", "x_char"):
        assert cell(page, "Decorated", field).evaluate(LOOK)["color"] == wanted
        assert cell(page, "Plain", field).evaluate(LOOK)["color"] == plain
    # also below the pointer, and selected
    page.locator(".o_data_row", has_text="Decorated").locator(".o_list_record_selector input").click()
    assert cell(page, "Decorated", "x_name").evaluate(LOOK)["color"] == wanted


@pytest.mark.parametrize("colour", COLOURS)
def test_b4_colour_of_a_field(visitor, screen, sampler, lines, colour):
    page = open_list(visitor, screen, sampler, lines, field=f"decoration-{colour}='x_boolean'")
    wanted = page.evaluate(REFERENCE, f"text-{colour}")
    for field in ("x_integer", "x_char"):
        assert cell(page, "Decorated", field).evaluate(LOOK)["color"] == wanted
        assert cell(page, "Plain", field).evaluate(LOOK)["color"] != wanted
    assert cell(page, "Decorated", "x_name").evaluate(LOOK)["color"] != wanted


@pytest.mark.parametrize("where", ["row", "field"])
@pytest.mark.parametrize("name, look", [("bf", {"fontWeight": "700"}), ("it", {"fontStyle": "italic"})])
def test_b4_bold_and_italic(visitor, screen, sampler, lines, where, name, look):
    page = open_list(visitor, screen, sampler, lines, **{where: f"decoration-{name}='x_boolean'"})
    for field in ("x_integer", "x_char"):
        assert look.items() <= cell(page, "Decorated", field).evaluate(LOOK).items()
        assert not look.items() <= cell(page, "Plain", field).evaluate(LOOK).items()


def test_b4_field_within_a_row(visitor, screen, sampler, lines):
    page = open_list(
        visitor, screen, sampler, lines, row="decoration-muted='x_boolean'", field="decoration-danger='x_integer == 5'"
    )
    assert cell(page, "Decorated", "x_integer").evaluate(LOOK)["color"] == page.evaluate(REFERENCE, "text-danger")
    assert cell(page, "Decorated", "x_name").evaluate(LOOK)["color"] == page.evaluate(REFERENCE, "text-muted")
