"""Addons from PyPI that extend the client, as they are: each one's part works in a browser."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser.place import Place
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
TIMEOUT = 600
ADDONS = [
    "web_copy_confirm",
    "web_dialog_size",
    "web_environment_ribbon",
    "web_m2x_options",
    "web_no_bubble",
    "web_refresher",
    "web_save_discard_button",
    "web_timeline",
    "web_widget_open_tab",
]


@pytest.fixture(scope="module")
def server(databases, serve, server_options, data_dir, install_wheels):
    """A server with sales, demonstration data and the addons."""
    wheels = install_wheels(ADDONS)
    name = databases.copy("sale", demo=True)
    options = [*server_options, f"--data-dir={data_dir}"]
    environment = {"PYTHONPATH": str(wheels)}
    install = [sys.executable, str(ROOT / "odoo-bin"), "-d", name, "-i", ",".join(ADDONS), "--stop-after-init"]
    result = subprocess.run(
        [*install, "--no-http", *options],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    assert " ERROR " not in result.stderr
    assert "without demonstration data" not in result.stderr
    with serve(name, environment) as server:
        yield server


@pytest.fixture(scope="module")
def place(window, server):
    """The :class:`Place` where people work with the addons."""
    return Place(window, server)


@pytest.fixture
def quotations(page, server):
    """The list of quotations."""
    page.goto(f"{server.url}/odoo/sales")
    expect(page.locator(".o_data_row").first).to_be_visible()
    return page


def test_environment_ribbon(quotations, server):
    expect(quotations.locator(".test-ribbon")).to_contain_text(server.db)


def test_refresher(quotations, server):
    row = quotations.locator(".o_data_row").first
    name = row.locator(".o_data_cell").first.inner_text()
    server.query("UPDATE sale_order SET name = %s WHERE name = %s RETURNING id", (f"{name}-anew", name))
    quotations.locator(".oe_refresher, .o_refresher, .fa-refresh").first.click()
    expect(row.locator(".o_data_cell").first).to_have_text(f"{name}-anew")
    server.query("UPDATE sale_order SET name = %s WHERE name = %s RETURNING id", (name, f"{name}-anew"))


def test_copy_confirm(quotations):
    quotations.locator(".o_data_row .o_data_cell").first.click()
    # the list has such a menu, too
    expect(quotations.locator(".o_form_view .o_field_widget").first).to_be_visible()
    quotations.locator(".o_cp_action_menus button").first.click()
    quotations.get_by_role("menuitem", name="Duplicate").click()
    dialog = quotations.locator(".modal-dialog")
    expect(dialog).to_contain_text("Are you sure that you would like to copy this record?")
    dialog.locator(".btn-secondary", has_text="Cancel").click()
    expect(dialog).to_have_count(0)
    expect(quotations.locator(".o_form_view")).to_be_visible()


def test_save_and_discard_are_words(quotations):
    quotations.locator(".o_list_button_add").click()
    buttons = quotations.locator(".o_form_status_indicator_buttons")
    expect(buttons.locator(".o_form_button_save")).to_have_text("Save")
    expect(buttons.locator(".o_form_button_cancel")).to_have_text("Discard")


def test_m2x_options(quotations, server):
    quotations.evaluate("""odoo.loader.modules.get("@web/core/network/rpc").rpc("/web/dataset/call_kw", {
        model: "ir.config_parameter", method: "set_param", args: ["web_m2x_options.limit", "2"], kwargs: {} })""")
    quotations.goto(f"{server.url}/odoo/sales/new")
    quotations.locator(".o_field_widget[name=partner_id] input").click()
    options = quotations.locator(".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)")
    expect(options.first).to_be_visible()
    assert options.count() <= 2
    expect(quotations.locator(".o_m2o_dropdown_option_search_more")).to_have_count(1)


def test_dialog_size(quotations, server):
    quotations.goto(f"{server.url}/odoo/sales/new")
    quotations.locator(".o_field_widget[name=partner_id] input").click()
    quotations.locator(".o_m2o_dropdown_option_search_more").click()
    dialog = quotations.locator(".modal-dialog")
    expect(dialog).to_be_visible()
    width = dialog.bounding_box()["width"]
    dialog.locator("button .fa-window-maximize").click()
    expect(dialog).to_have_class(re.compile(r"\bmodal-dialog_full_screen\b"))
    assert dialog.bounding_box()["width"] > width


#: shows an action with views that it makes; an arch is of the type of its root
SHOW = """async ({ model, archs }) => {
    const { rpc } = odoo.loader.modules.get("@web/core/network/rpc");
    const views = [];
    for (const arch of archs) {
        const params = { model: "ir.ui.view", method: "create", args: [[{ name: "test", model, arch }]], kwargs: {} };
        const [view] = await rpc("/web/dataset/call_kw", params);
        views.push([view, /<(\\w+)/.exec(arch)[1]]);
    }
    const action = { type: "ir.actions.act_window", res_model: model, views, name: "Test" };
    await odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action);
}"""


def test_timeline(quotations):
    archs = ["<list><field name='name'/></list>", "<timeline date_start='date_order' default_group_by='partner_id'/>"]
    quotations.evaluate(SHOW, {"model": "sale.order", "archs": archs})
    quotations.locator(".o_switch_view.o_timeline").click()
    expect(quotations.locator(".vis-timeline")).to_be_visible()
    expect(quotations.locator(".vis-item").first).to_be_attached()


def test_open_tab(quotations):
    arch = "<list><field name='id' widget='open_tab'/><field name='name'/></list>"
    quotations.evaluate(SHOW, {"model": "res.partner.category", "archs": [arch]})
    link = quotations.locator("a.open_tab_widget").first
    expect(link).to_have_attribute("href", re.compile(r"^/odoo/res\.partner\.category/\d+$"))


def test_the_suite_that_one_of_them_brings(visitor):
    # of web_timeline, whose own tests open the same page
    visitor.run_suites("/web/tests/legacy", "QUnit test suite done.")
