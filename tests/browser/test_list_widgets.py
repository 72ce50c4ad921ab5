"""Every widget for fields can be a column of a list, shown and edited."""

import base64
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

# widgets and the types of fields that they are for, as the client knows them; not those for other kinds of views
WIDGETS = """async () => {
    const { registry } = await import("@web/core/registry");
    return registry.category("fields").getEntries()
        .filter(([key]) => !key.includes(".") || key.startsWith("list."))
        .flatMap(([key, { supportedTypes }]) => (supportedTypes || []).map((type) => [key.split(".").at(-1), type]));
}"""
# shows each cell of a row, and gives the places of those that stay empty, but for some
EMPTY_CELLS = """async (row, exceptions) => {
    const isShown = (node) => !node.children.length && node.offsetWidth && node.offsetHeight;
    const isDrawn = (cell) => cell.innerText.trim() || [...cell.querySelectorAll("*")].some(isShown);
    const empty = [];
    for (const [place, cell] of row.querySelectorAll(".o_data_cell").entries()) {
        cell.scrollIntoView();
        const end = performance.now() + (exceptions.includes(place) ? 0 : 5000);
        while (!isDrawn(cell) && performance.now() < end) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        if (!isDrawn(cell) && !exceptions.includes(place)) {
            empty.push(place);
        }
    }
    return empty;
}"""
# fields of these types cannot be made for the model of this test
LEFT_OUT = {"one2many", "many2one_reference", "properties", "properties_definition"}


@pytest.fixture
def records(call, sampler):
    """Two records: one with a value in each field, one without any."""
    picture = BytesIO()
    Image.new("RGB", (8, 8), (40, 90, 160)).save(picture, "PNG")
    partner = call("res.partner", "create", {"name": "Marigold Paper"})
    tags = [call("res.partner.category", "create", {"name": name}) for name in ("Blue", "Green")]
    currency = call("res.currency", "search", [], limit=1)[0]
    made = call(
        sampler,
        "create",
        [
            {
                "x_name": "Full",
                "x_char": "/web/static/img/logo.png",
                "x_text": "Two\nlines",
                "x_html": "<p>Rich</p>",
                "x_integer": 3,
                "x_float": 0.5,
                "x_monetary": 12.5,
                "x_currency_id": currency,
                "x_boolean": True,
                "x_date": "2026-03-01",
                "x_datetime": "2026-03-01 10:00:00",
                "x_selection": "blocked",
                "x_binary": base64.b64encode(picture.getvalue()).decode(),
                "x_many2one": partner,
                "x_many2many": [[6, 0, tags]],
                "x_reference": f"res.partner,{partner}",
                "x_json": {"key": "value"},
            },
            {"x_name": "Empty"},
        ],
    )
    yield made
    call(sampler, "unlink", made)


def list_of(columns, attributes=""):
    fields = "".join(f"<field name='x_{kind}' widget='{widget}' string='{widget}'/>" for widget, kind in columns)
    return f"<list {attributes}><field name='x_name'/><field name='x_currency_id' column_invisible='1'/>{fields}</list>"


def all_columns(page):
    return sorted({(widget, kind) for widget, kind in page.evaluate(WIDGETS) if kind not in LEFT_OUT})


def test_b2_every_widget_in_a_list(visitor, screen, sampler, records):
    columns = all_columns(visitor.open("/odoo"))
    assert len(columns) > 60
    page = visitor.open(screen(sampler, list_of(columns), domain=f"[('id', 'in', {records})]"))
    expect(page.locator(".o_data_row")).to_have_count(2)
    full = page.locator(".o_data_row", has_text="Full")
    names = full.locator(".o_data_cell").evaluate_all("cells => cells.map((cell) => cell.getAttribute('name'))")
    assert names == ["x_name", *(f"x_{kind}" for _widget, kind in columns)]
    # the text of this record names no record
    exceptions = [place for place, column in enumerate(columns, start=1) if column == ("reference", "char")]
    assert [columns[place - 1] for place in full.evaluate(EMPTY_CELLS, exceptions)] == []


def test_b2_every_widget_in_a_line_that_is_edited(visitor, screen, sampler, records):
    columns = all_columns(visitor.open("/odoo"))
    arch = list_of(columns, "editable='bottom'")
    page = visitor.open(screen(sampler, arch, domain=f"[('id', 'in', {records})]"))
    for name in ("Full", "Empty"):
        page.locator(".o_data_row td[name='x_name']", has_text=name).click()
        row = page.locator(".o_selected_row")
        expect(row.locator("td[name='x_name'] input")).to_have_value(name)
        expect(row.locator(".o_field_widget")).to_have_count(len(columns) + 1)
        page.locator(".o_list_button_discard").click()
        expect(page.locator(".o_selected_row")).to_have_count(0)


def test_b2_priority_is_set_with_a_click(visitor, call, screen, sampler, records):
    arch = "<list><field name='x_name'/><field name='x_selection' widget='priority'/></list>"
    page = visitor.open(screen(sampler, arch, domain=f"[('id', 'in', {records})]"))
    stars = page.locator(".o_data_row", has_text="Empty").locator(".o_priority_star")
    expect(stars).to_have_count(2)
    stars.last.click()
    expect(page.locator(".o_data_row", has_text="Empty").locator(".fa-star")).to_have_count(2)
    assert call(sampler, "read", records[1:], ["x_selection"])[0]["x_selection"] == "done"


@pytest.mark.parametrize("widget", ["", "widget='many2many'"])
def test_b2_number_of_linked_records(visitor, screen, sampler, records, widget):
    arch = f"<list editable='bottom'><field name='x_name'/><field name='x_many2many' {widget}/></list>"
    page = visitor.open(screen(sampler, arch, domain=f"[('id', 'in', {records})]"))
    expect(page.locator(".o_data_row", has_text="Full")).to_contain_text("2 records")
    expect(page.locator(".o_data_row", has_text="Empty")).to_contain_text("No records")
    page.locator(".o_data_row td[name='x_name']", has_text="Full").click()
    expect(page.locator(".o_selected_row")).to_contain_text("2 records")


def test_b2_records_of_any_model(visitor, screen):
    arch = "<list><field name='name'/><field name='model'/><field name='res_id' widget='many2one_reference'/></list>"
    page = visitor.open(screen("ir.model.data", arch, domain="[('name', '=', 'main_company')]"))
    expect(page.locator(".o_data_row td[name='res_id']")).not_to_be_empty()
