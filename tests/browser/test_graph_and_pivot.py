"""Graphs and pivot tables: opened from the switcher, changed, clicked through, saved as a favorite and as a file."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from odoo.modules import asset_modules
from tests.browser.settling import expect_value

VIEWS = Path(__file__).parents[2] / "addons/web/static/src/views"
GRAPH = """
    <graph string="Tags" sample="1">
        <field name="color"/>
        <field name="parent_id"/>
    </graph>"""
PIVOT = """
    <pivot string="Tags" sample="1">
        <field name="parent_id" type="row"/>
        <field name="color" type="col"/>
    </pivot>"""
MEASURE = "<field name='parent_id' type='measure' string='Tag'/></pivot>"
# the place of a bar on the page
BAR = """index => {
    const canvas = document.querySelector(".o_graph_canvas_container canvas");
    const { x, y } = Chart.getChart(canvas).getDatasetMeta(0).data[index].getCenterPoint();
    const box = canvas.getBoundingClientRect();
    return [box.x + x, box.y + y];
}"""
SERIES = """() => {
    const { config, data } = Chart.getChart(document.querySelector(".o_graph_canvas_container canvas"));
    return [config.type, data.labels, data.datasets.map((series) => [series.label, series.data])];
}"""


@pytest.fixture(scope="module")
def tags(call):
    """Tags of two parents in two colours: ids of the parents."""
    parents = call("res.partner.category", "create", [{"name": "graph A"}, {"name": "graph B"}])
    first, second = parents
    rows = [(first, 1), (first, 1), (first, 2), (second, 2)]
    children = call(
        "res.partner.category",
        "create",
        [{"name": f"graph {n}", "parent_id": parent, "color": color} for n, (parent, color) in enumerate(rows)],
    )
    yield parents
    call("res.partner.category", "unlink", [*children, *parents])


@pytest.fixture
def reports(screen, tags):
    """Address of an action with a graph, a pivot table and a list of these tags that have a parent."""
    domain = f"[('parent_id', 'in', {tags})]"
    return screen("res.partner.category", GRAPH, PIVOT, "<list><field name='name'/></list>", domain=domain)


def drawn(page):
    """Return what the chart shows, once it is there."""
    expect(page.locator(".o_graph_canvas_container canvas")).to_be_visible()
    return page.evaluate(SERIES)


def table(page):
    """Return the texts of the rows of a pivot table."""
    expect(page.locator(".o_pivot table")).to_be_visible()
    return [" ".join(text.split()) for text in page.locator(".o_pivot tbody tr").all_inner_texts()]


def choose(page, text):
    """Take an entry of the menu that is open."""
    page.locator(".o-dropdown--menu").get_by_role("menuitem", name=text, exact=True).click()


def test_v13_v14_a_graph_is_changed_and_clicked(visitor, reports):
    page = visitor.open(reports)
    kind, labels, series = drawn(page)
    assert (kind, labels) == ("bar", ["1", "2"])
    assert [data for _label, data in series] == [[2, 1], [0, 1], [2, 2]]
    page.locator(".o_graph_button[data-mode=stacked]").click()
    expect(page.locator(".o_graph_button[data-mode=stacked]")).to_have_attribute("aria-pressed", "false")
    expect_value(lambda: [label for label, _data in drawn(page)[2]], ["graph A", "graph B"])
    page.locator(".o_graph_button[data-mode=asc]").click()
    page.locator(".o_graph_button[data-mode=line]").click()
    expect_value(lambda: drawn(page)[0], "line")
    page.locator(".o_graph_button[data-mode=cumulative]").click()
    expect_value(lambda: [data for _label, data in drawn(page)[2]], [[2, 3], [0, 1]])
    page.locator(".o_graph_button[data-mode=pie]").click()
    expect_value(
        lambda: drawn(page)[1:],
        [
            ["1 / graph A", "2 / graph A", "2 / graph B"],
            [["Count", [2, 1, 1]]],
        ],
    )
    expect(page.locator(".o_graph_button[data-mode=stacked], .o_graph_button[data-mode=asc]")).to_have_count(0)
    page.locator(".o_graph_button[data-mode=bar]").click()
    drawn(page)
    page.wait_for_timeout(400)  # bars grow
    page.mouse.click(*page.evaluate(BAR, 0))
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(2)
    expect(page.locator(".o_breadcrumb")).to_contain_text("Tags")
    page.locator(".o_breadcrumb a, .o_breadcrumb .breadcrumb-item").first.click()
    expect_value(lambda: drawn(page)[0], "bar")


def test_a_graph_says_what_it_shows_and_listens_to_keys(visitor, reports):
    page = visitor.open(reports)
    drawn(page)
    canvas = page.get_by_role("img", name="Bar Chart: Count by Color, Category")
    rows = page.locator(".o_graph_table tr").all_inner_texts()
    assert [row.split() for row in rows] == [["graph", "A", "graph", "B"], ["1", "2", "0"], ["2", "1", "1"]]
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".o_graph_canvas_container [aria-live]")).to_have_text("2 / graph A: 1")
    expect(page.locator(".o_graph_custom_tooltip")).to_contain_text("graph A")
    page.keyboard.press("Enter")
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(1)


def test_v5_a_favorite_keeps_the_graph(visitor, reports, call):
    page = visitor.open(reports)
    drawn(page)
    page.locator(".o_graph_button[data-mode=pie]").click()
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_group_by_menu .o_menu_item", has_text="Color").click()
    page.locator(".o_add_favorite").click()
    page.locator(".o_favorite_menu input[type=text]").fill("Pie of colors")
    page.locator(".o_save_favorite").click()
    expect(page.locator(".o_searchview_facet", has_text="Pie of colors")).to_be_visible()
    try:
        page.goto(visitor.server.url + reports)
        expect_value(lambda: drawn(page)[0], "bar")
        page.locator(".o_searchview_dropdown_toggler").click()
        page.locator(".o_favorite_menu .o_menu_item", has_text="Pie of colors").click()
        expect(page.locator(".o_graph_button[data-mode=pie]")).to_have_attribute("aria-pressed", "true")
        expect_value(lambda: drawn(page)[:2], ["pie", ["1", "2"]])
    finally:
        call("ir.filters", "unlink", call("ir.filters", "search", [("name", "=", "Pie of colors")]))


def test_v27_v32_a_pivot_table_is_opened_sorted_flipped_and_clicked(visitor, reports):
    page = visitor.open(f"{reports}?view_type=pivot")
    expect_value(lambda: table(page), ["Total 2 2 4", "graph A 2 1 3", "graph B 1 1"])
    page.locator(".o_pivot_measure_row button").last.click()
    expect(page.locator(".o_pivot_sort_order_asc")).to_have_attribute("aria-sort", "ascending")
    expect_value(lambda: table(page)[1:], ["graph B 1 1", "graph A 2 1 3"])
    page.get_by_role("button", name="graph A").click()
    choose(page, "Color")
    page.get_by_role("button", name="graph B").click()
    # colours stand in the columns already
    expect(page.locator(".o_pivot_group_menu")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".o_pivot_group_menu").wait_for(state="detached")
    page.locator(".o_pivot_flip_button").click()
    expect_value(lambda: table(page)[0], "Total 3 1 4")
    page.locator("tbody .o_pivot_header_cell_opened button").first.click()
    expect_value(lambda: table(page), ["Total 3 1 4"])
    page.locator(".o_pivot_cell_value button").first.click()
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(3)


def test_v33_v34_measures_and_the_spreadsheet(visitor, screen, tags):
    arch = PIVOT.replace("<pivot", "<pivot display_quantity='1'").replace("</pivot>", MEASURE)
    page = visitor.open(screen("res.partner.category", arch, domain=f"[('parent_id', 'in', {tags})]"))
    expect_value(lambda: table(page)[0], "Total 2 1 2 2 4 2")
    with page.expect_download() as download:
        page.locator(".o_pivot_download").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert rows[0] == [None, "Total", None, None, None, None, None]
    assert rows[2] == [None, *["Count", "Tag"] * 3]
    assert rows[3] == ["Total", 2, 1, 2, 2, 4, 2]
    assert rows[4][0].strip() == "graph A"
    page.get_by_role("button", name="Measures").click()
    page.get_by_role("menuitemcheckbox", name="Tag").click()
    expect(page.locator(".o_pivot_measure_row")).to_have_count(3)
    expect_value(lambda: table(page)[0], "Total 2 2 4")
    page.get_by_role("menuitemcheckbox", name="Count").click()
    for button in ("flip_button", "expand_button", "download"):
        expect(page.locator(f".o_pivot_{button}")).to_be_disabled()


def test_keys_go_through_a_pivot_table(visitor, reports):
    page = visitor.open(f"{reports}?view_type=pivot")
    table(page)
    page.locator(".o_pivot_download").focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Total")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    expect(focused).to_have_text("Total")
    page.keyboard.press("ArrowDown")
    expect(focused).to_have_text("graph A")
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_text("2")
    page.keyboard.press("Enter")
    expect(page.locator(".o_list_view .o_data_row")).to_have_count(2)


def test_on_a_phone_buttons_and_table_fit(phone, reports):
    page = phone.open(f"{reports}?view_type=graph")
    drawn(page)
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 390
    box = page.locator(".o_graph_canvas_container canvas").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.goto(f"{phone.server.url}{reports}?view_type=pivot")
    table(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_v160_sample_data_until_something_is_searched(visitor, screen):
    arch = GRAPH.replace("color", "parent_id")
    address = screen("res.partner.category", arch, PIVOT, domain="[('id', '=', -1)]", help="<p>Nothing yet</p>")
    page = visitor.open(address)
    kind, labels, _series = drawn(page)
    assert (kind, len(labels)) == ("bar", 5)
    expect(page.locator(".o_view_nocontent")).to_contain_text("Nothing yet")
    assert page.locator(".o_view_sample_data .o_graph_canvas_container").get_attribute("inert") is not None
    page.locator(".o_switch_view.o_pivot").click()
    expect(page.locator(".o_view_sample_data .o_pivot tbody tr").nth(3)).to_be_visible()
    expect(page.locator(".o_pivot_download")).to_be_disabled()
    page.locator(".o_searchview_dropdown_toggler").click()
    page.locator(".o_filter_menu .o_menu_item", has_text="Archived").click()
    expect(page.locator(".o_view_sample_data, .o_pivot_renderer .o_pivot")).to_have_count(0)


def test_nothing_to_show(visitor, screen):
    archs = [arch.replace('sample="1"', "") for arch in (GRAPH, PIVOT)]
    address = screen("res.partner.category", *archs, domain="[('id', '=', -1)]", help="<p>Nothing here yet</p>")
    page = visitor.open(address)
    expect(page.locator(".o_view_nocontent")).to_contain_text("Nothing here yet")
    page.locator(".o_switch_view.o_pivot").click()
    expect(page.locator(".o_pivot_renderer")).to_be_visible()
    expect(page.locator(".o_view_nocontent")).to_contain_text("Nothing here yet")


CLASS = """
import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";
class OwnRenderer extends graphView.Renderer {
    getChartConfig() {
        return { ...super.getChartConfig(), type: "line" };
    }
}
registry.category("views").add("own_graph", { ...graphView, Renderer: OwnRenderer });
"""


@pytest.mark.parametrize("bundle", ["web.assets_backend_lazy", "web.assets_web"])
def test_v101_a_class_of_an_addon_is_there_when_its_view_is_opened(visitor, screen, tags, tmp_path, bundle):
    path = tmp_path / "own.js"
    path.write_text(CLASS)
    sources = {"@own/own_graph": path}
    if bundle == "web.assets_web":
        # as the server puts them into the page, see `AssetBundle.modules`
        files = sorted([*(VIEWS / "report").glob("*.js"), *(VIEWS / "graph").glob("*.js")])
        sources |= {f"@web/views/{file.parent.name}/{file.stem}": file for file in files}
    modules = [
        asset_modules.Module(
            name, "/{}/static/src/{}.js".format(*name.removeprefix("@").split("/", 1)), str(file), None
        )
        for name, file in sources.items()
    ]
    own = asset_modules.script(modules, [], present=("@odoo/owl", "luxon"))[0]

    def script(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + own)

    visitor.page.route(f"**/{bundle}.modules.*", script)
    address = screen("res.partner.category", GRAPH.replace("<graph", "<graph js_class='own_graph'"))
    page = visitor.open(address)
    expect_value(lambda: drawn(page)[0], "line")
    expect(page.locator(".o_own_graph_view")).to_be_visible()
