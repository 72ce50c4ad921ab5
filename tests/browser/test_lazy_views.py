"""Libraries and views that pages load when they need them."""

from playwright.sync_api import expect

# what the page's policy on content and trusted types has to let through
CHART = """async () => {
    const { loadBundle } = odoo.loader.modules.get("@web/core/assets");
    const before = typeof Chart;
    await loadBundle("web.chartjs_lib");
    const canvas = document.createElement("canvas");
    document.body.append(canvas);
    const chart = new Chart(canvas, {
        type: "bar",
        data: { labels: ["a", "b"], datasets: [{ label: "n", data: [1, 2] }] },
        options: { animation: false, responsive: false },
    });
    const drawn = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte);
    chart.destroy();
    canvas.remove();
    return [before, typeof Chart, drawn];
}"""


def test_the_chart_library_comes_when_it_is_asked_for(visitor):
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    assert page.evaluate(CHART) == ["undefined", "function", True]


def test_the_chart_library_as_single_modules(visitor):
    page = visitor.open("/odoo/sales?debug=assets")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    # in this mode modules are not in the loader
    load = CHART.replace('odoo.loader.modules.get("@web/core/assets")', 'await import("@web/core/assets")')
    assert page.evaluate(load) == ["undefined", "function", True]


def test_views_that_cannot_be_loaded_leave_what_is_there(visitor):
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    assert not page.evaluate("() => odoo.loader.factories.has('@web/views/graph/graph_view')")
    visitor.expects_error("503")
    visitor.expects_error("OwlError")
    page.route("**/web/bundle/web.assets_backend_lazy.json*", lambda route: route.fulfill(status=503))
    page.locator(".o_switch_view.o_graph").click()
    expect(page.locator(".o_error_dialog, .o_notification").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    page.unroute("**/web/bundle/web.assets_backend_lazy.json*")
    page.locator(".o_switch_view.o_graph").click()
    expect(page.locator(".o_graph_canvas_container canvas")).to_be_visible()


def test_details_of_an_error_name_the_modules(visitor):
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    visitor.expects_error("wrong")
    parse = 'odoo.loader.modules.get("@web/core/py_js/py").parseExpr("1 +")'
    page.evaluate(f"() => setTimeout(() => {{ try {{ {parse}; }} catch (e) {{ e.message = 'wrong'; throw e; }} }})")
    dialog = page.locator(".o_error_dialog")
    dialog.get_by_role("button", name="Show technical details").click()
    expect(dialog.locator(".o_error_detail")).to_contain_text("/web/static/src/core/py_js/py_parser.js:")
