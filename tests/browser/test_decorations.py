"""Decorations of rows and of fields are seen: what counts is the look of the cells."""

import pytest
from playwright.sync_api import expect

from tests.browser.settling import expect_value

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


#: decorations by the style that they give, other than a colour
STYLES = {"bf": {"fontWeight": "700"}, "it": {"fontStyle": "italic"}}
#: every decoration, each for the line that is called like it
EACH = " ".join(f"decoration-{name}=\"x_char == '{name}'\"" for name in (*COLOURS, *STYLES))
FIELDS = ("x_integer", "x_char")


@pytest.fixture
def lines(call, sampler):
    """A record for each decoration, called like it, and one called plain."""
    names = (*COLOURS, *STYLES, "plain")
    made = call(sampler, "create", [{"x_name": f"Line {name}", "x_integer": 5, "x_char": name} for name in names])
    yield made
    call(sampler, "unlink", made)


def row(page, name):
    return page.locator(".o_data_row", has_text=f"Line {name}")


def look(page, name, field):
    """Return the style of a cell in the row of a decoration."""
    return row(page, name).locator(f"td[name='{field}']").evaluate(LOOK)


def open_list(visitor, screen, sampler, lines, row="", field=""):
    arch = f"""<list {row}><field name="x_name"/>
        <field name="x_integer" {field}/><field name="x_char" widget="char" {field}/></list>"""
    page = visitor.open(screen(sampler, arch, domain=f"[('id', 'in', {lines})]"))
    expect(page.locator(".o_data_row")).to_have_count(len(lines))
    return page


def test_b4_rows(visitor, screen, sampler, lines):
    """B4: cells have the colour that a decoration gives to their row."""
    page = open_list(visitor, screen, sampler, lines, row=EACH)
    plain = look(page, "plain", "x_name")
    for colour in COLOURS:
        wanted = page.evaluate(REFERENCE, f"text-{colour}")
        assert wanted != plain["color"]
        for field in ("x_name", *FIELDS):
            assert look(page, colour, field)["color"] == wanted, (colour, field)
        # also below the pointer, and selected
        row(page, colour).locator(".o_list_record_selector input").click()
        expect_value(lambda colour=colour: look(page, colour, "x_name")["color"], wanted)
    for style, wanted in STYLES.items():
        for field in FIELDS:
            assert wanted.items() <= look(page, style, field).items(), (style, field)
    for field in ("x_name", *FIELDS):
        assert look(page, "plain", field) == plain


def test_b4_fields(visitor, screen, sampler, lines):
    page = open_list(visitor, screen, sampler, lines, field=EACH)
    plain = look(page, "plain", "x_name")
    for colour in COLOURS:
        wanted = page.evaluate(REFERENCE, f"text-{colour}")
        assert wanted != plain["color"]
        for field in FIELDS:
            assert look(page, colour, field)["color"] == wanted, (colour, field)
    for style, wanted in STYLES.items():
        for field in FIELDS:
            assert wanted.items() <= look(page, style, field).items(), (style, field)
    for field in FIELDS:
        assert look(page, "plain", field) == plain
    for name in (*COLOURS, *STYLES):
        assert look(page, name, "x_name") == plain, name


def test_b4_field_within_a_row(visitor, screen, sampler, lines):
    page = open_list(visitor, screen, sampler, lines, row="decoration-muted='x_integer == 5'", field=EACH)
    assert look(page, "danger", "x_integer")["color"] == page.evaluate(REFERENCE, "text-danger")
    assert look(page, "danger", "x_name")["color"] == page.evaluate(REFERENCE, "text-muted")
