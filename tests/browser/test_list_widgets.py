"""Every widget for fields can be a column of a list, shown and edited, and is shown in forms, cards and dialogs."""

import base64
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

# widgets and the types of fields that they are for, as the client knows them; not those for other kinds of views
WIDGETS = """async (view) => {
    const { registry } = odoo.loader.modules.get("@web/core/registry");
    return registry.category("fields").getEntries()
        .filter(([key]) => !key.includes(".") || key.startsWith(`${view}.`))
        // those of addons may read other fields of the models that they are for
        .filter(([, { fieldDependencies: read }]) =>
            !Array.isArray(read) || read.every(({ name }) => name === "write_date"))
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
BROWSER_ZONE = "() => Intl.DateTimeFormat().resolvedOptions().timeZone"
# what the browser itself shows in the frame of a file that is no PDF
FRAME = "Applying inline style violates"
# fields of these types cannot be made for the model of this test
LEFT_OUT = {"one2many", "many2one_reference", "properties", "properties_definition"}
# these read other fields of the models that they are for
NEEDS_MORE = {"timezone_mismatch"}
# this wants to be told by the view which picture of the other record it shows
NEEDS_OPTIONS = {("image", "many2one")}


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


def options_of(widget, kind):
    """Return the options that a widget cannot be without."""
    return """ options="{'preview_image': 'avatar_128'}\"""" if (widget, kind) == ("image", "many2one") else ""


def list_of(columns, attributes=""):
    fields = "".join(
        f"<field name='x_{kind}' widget='{widget}' string='{widget}'{options_of(widget, kind)}/>"
        for widget, kind in columns
    )
    return f"<list {attributes}><field name='x_name'/><field name='x_currency_id' column_invisible='1'/>{fields}</list>"


def all_columns(page, view="list"):
    found = {(widget, kind) for widget, kind in page.evaluate(WIDGETS, view)} - NEEDS_OPTIONS
    return sorted((widget, kind) for widget, kind in found if kind not in LEFT_OUT and widget not in NEEDS_MORE)


def nodes_of(widgets):
    return "".join(f"<field name='x_{kind}' widget='{widget}'{options_of(widget, kind)}/>" for widget, kind in widgets)


def form_of(widgets, attributes=""):
    name = "<field name='x_name'/><field name='x_currency_id' invisible='1'/>"
    return f"<form {attributes}><sheet><group>{name}{nodes_of(widgets)}</group></sheet></form>"


def test_b2_every_widget_in_a_list(visitor, screen, sampler, records):
    """B2: lists show every widget, and none where a record has a value is empty."""
    visitor.expects_error(FRAME)
    columns = all_columns(visitor.open("/odoo"))
    assert len(columns) > 60
    page = visitor.move_to(screen(sampler, list_of(columns), domain=f"[('id', 'in', {records})]"))
    expect(page.locator(".o_data_row")).to_have_count(2)
    full = page.locator(".o_data_row", has_text="Full")
    names = full.locator(".o_data_cell").evaluate_all("cells => cells.map((cell) => cell.getAttribute('name'))")
    assert names == ["x_name", *(f"x_{kind}" for _widget, kind in columns)]
    # the text of this record names no record
    exceptions = [place for place, column in enumerate(columns, start=1) if column == ("reference", "char")]
    assert [columns[place - 1] for place in full.evaluate(EMPTY_CELLS, exceptions)] == []


def test_b2_every_widget_in_a_line_that_is_edited(visitor, screen, sampler, records):
    """B2: lines in edition show every widget."""
    visitor.expects_error(FRAME)
    columns = all_columns(visitor.open("/odoo"))
    arch = list_of(columns, "editable='bottom'")
    page = visitor.move_to(screen(sampler, arch, domain=f"[('id', 'in', {records})]"))
    for name in ("Full", "Empty"):
        page.locator(".o_data_row td[name='x_name']", has_text=name).click()
        row = page.locator(".o_selected_row")
        expect(row.locator("td[name='x_name'] input")).to_have_value(name)
        expect(row.locator(".o_field_widget")).to_have_count(len(columns) + 1)
        page.locator(".o_list_button_discard").click()
        expect(page.locator(".o_selected_row")).to_have_count(0)


@pytest.mark.parametrize("attributes", ["", "edit='0'"], ids=["edit", "readonly"])
def test_b2_every_widget_in_a_form(visitor, screen, sampler, records, attributes):
    """B2: forms show every widget, for records with and without values, that are edited or only read."""
    visitor.expects_error(FRAME)
    widgets = all_columns(visitor.open("/odoo"), "form")
    address = screen(sampler, form_of(widgets, attributes))
    for record in records:
        page = visitor.move_to(f"{address}/{record}")
        form = page.locator(".o_form_renderer")
        expect(form.locator(".o_group .o_field_widget[name^='x_']")).not_to_have_count(0)
        shown = form.locator(".o_field_widget").evaluate_all(
            "nodes => nodes.filter((node) => !node.parentElement.closest('.o_field_widget')).length"
        )
        assert shown == len(widgets) + 1
        title = form.locator(".o_field_widget[name='x_name']")
        expect(title.locator("input") if not attributes else title).to_be_visible()


def test_b2_every_widget_on_a_card(visitor, screen, sampler, records):
    """B2: cards show every widget."""
    visitor.expects_error(FRAME)
    widgets = all_columns(visitor.open("/odoo"), "kanban")
    names = "<field name='x_name'/><field name='x_currency_id' invisible='1'/>"
    arch = f"<kanban><templates><t t-name='card'>{names}{nodes_of(widgets)}</t></templates></kanban>"
    page = visitor.move_to(screen(sampler, arch, domain=f"[('id', 'in', {records})]"))
    for name in ("Full", "Empty"):
        card = page.locator(".o_kanban_record", has_text=name)
        expect(card).to_be_visible()
        shown = card.locator(".o_field_widget").evaluate_all(
            "nodes => nodes.filter((node) => !node.parentElement.closest('.o_field_widget')).length"
        )
        assert shown == len(widgets)


def test_b2_every_widget_in_a_dialog(visitor, screen, sampler, records):
    """B2: dialogs show every widget."""
    visitor.expects_error(FRAME)
    widgets = all_columns(visitor.open("/odoo"), "form")
    address = screen(sampler, form_of(widgets), target="new", res_id=records[0])
    page = visitor.page
    page.evaluate(
        "id => { odoo.__WOWL_DEBUG__.root.env.services.action.doAction(id); }",
        int(address.removeprefix("/odoo/action-")),
    )
    form = page.locator(".modal .o_form_renderer")
    expect(form.locator(".o_field_widget[name='x_name'] input")).to_have_value("Full")
    page.keyboard.press("Escape")
    expect(page.locator(".modal")).to_have_count(0)


def test_b16_zone_of_the_times(visitor, call):
    """B16: times are in the zone of the user; the preferences tell when that is not the browser's."""
    [user] = call("res.users", "search", [["login", "=", "admin"]])
    before = call("res.users", "read", [user], ["tz"])[0]["tz"]
    try:
        for zone, count in (("Asia/Kathmandu", 1), (visitor.page.evaluate(BROWSER_ZONE), 0)):
            call("res.users", "write", [user], {"tz": zone})
            page = visitor.open("/odoo")
            page.locator(".o_user_menu button").click()
            page.get_by_role("menuitem", name="Preferences").click()
            expect(page.locator(".modal .o_field_widget[name='tz'] option:checked")).to_have_text(zone)
            expect(page.locator(".modal .o_tz_warning")).to_have_count(count)
    finally:
        call("res.users", "write", [user], {"tz": before})


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


def test_b19_values_stand_beside_their_labels(visitor, screen, sampler, records):
    """B19: values begin at the same place, at the height of their labels; colours are chosen below the tag."""
    widgets = [
        ("char", "char"),
        ("boolean", "boolean"),
        ("boolean_toggle", "boolean"),
        ("radio", "selection"),
        ("priority", "selection"),
        ("badge", "selection"),
        ("date", "date"),
        ("many2one", "many2one"),
    ]
    tags = "<field name='x_many2many' widget='many2many_tags' options=\"{'color_field': 'color'}\"/>"
    arch = form_of(widgets).replace("</group>", f"{tags}</group>")
    page = visitor.open(f"{screen(sampler, arch)}/{records[0]}")
    tag = page.locator(".o_tag").first
    expect(tag).to_be_visible()
    places = page.evaluate(
        """() => [...document.querySelectorAll(".o_form_renderer label.o_form_label[for^='x_']")].map((label) => {
        const range = document.createRange();
        range.selectNodeContents(label);
        const text = range.getClientRects()[0];
        const widget = document.getElementById(label.htmlFor)?.closest(".o_field_widget");
        const shown = widget?.querySelector("input, .badge, .fa");
        if (!shown) {
            return null;
        }
        const { height, left, top } = shown.getBoundingClientRect();
        const begin = left - widget.getBoundingClientRect().left;
        return [label.textContent, begin, top + height / 2 - text.top - text.height / 2];
    }).filter(Boolean)"""
    )
    assert len(places) >= 5
    assert [place for place in places if abs(place[1]) > 4 or abs(place[2]) > 4] == []
    tag.click()
    popover = page.locator(".o_popover .o_tag_popover")
    expect(popover).to_be_visible()
    box, owner = popover.bounding_box(), tag.bounding_box()
    assert box["y"] >= owner["y"] + owner["height"]
    assert abs(box["x"] - owner["x"]) < 20
