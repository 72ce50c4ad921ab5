"""Lists as their users lay them out, links to them, and blocks of cells that come from a spreadsheet."""

import pytest
from playwright.sync_api import expect

from tests.browser.settling import expect_value

LIST = """
    <list editable="bottom">
        <field name="x_name"/><field name="x_integer"/><field name="x_many2one"/><field name="x_char" optional="hide"/>
    </list>
"""


@pytest.fixture
def lines(call, sampler):
    """Three records called One to Three."""
    yield call(sampler, "create", [{"x_name": name, "x_integer": 1000} for name in ("One", "Two", "Three")])
    call(sampler, "unlink", call(sampler, "search", []))


@pytest.fixture
def page(visitor, call, screen, sampler, lines, window):
    window.grant_permissions(["clipboard-read", "clipboard-write"], origin=visitor.server.url)
    yield visitor.open(screen(sampler, LIST))
    [settings] = call("res.users.settings", "search", [["user_id.login", "=", visitor.server.login]])
    call("res.users.settings", "write", [settings], {"list_layouts": False})


def headers(page):
    return page.locator("thead th[data-name]")


def cell(page, row, name):
    return page.locator(".o_data_row").nth(row).locator(f"td[name='{name}']")


def test_columns_stay_where_they_were_put(page):
    expect(headers(page)).to_have_text(["Name", "Integer", "Many2one"])
    with page.expect_response("**/set_list_layout"):
        page.locator("th[data-name='x_many2one']").drag_to(page.locator("th[data-name='x_name']"))
    expect(headers(page)).to_have_text(["Many2one", "Name", "Integer"])
    page.evaluate("() => localStorage.clear()")
    page.reload()
    expect(headers(page)).to_have_text(["Many2one", "Name", "Integer"])
    page.locator(".o_optional_columns_dropdown").click()
    with page.expect_response("**/set_list_layout"):
        page.locator(".o_reset_columns").click()
    expect(headers(page)).to_have_text(["Name", "Integer", "Many2one"])


def test_block_of_a_spreadsheet(page, call, sampler, lines):
    """A block is pasted as a whole; what is copied is what is read, and the first line fills those below."""
    expect(page.locator(".o_data_row")).to_have_count(3)
    cell(page, 1, "x_name").click()
    page.keyboard.press("Escape")
    page.evaluate("() => navigator.clipboard.writeText('Second\\t2,500\\nThird\\t=3*7\\nFourth\\t4')")
    page.keyboard.press("Control+v")
    expect(page.locator(".o_data_row")).to_have_count(4)
    expect(cell(page, 3, "x_name")).to_have_text("Fourth")
    assert [line["x_integer"] for line in call(sampler, "read", lines, ["x_integer"])] == [1000, 2500, 21]
    cell(page, 1, "x_integer").click(modifiers=["Shift"])
    cell(page, 3, "x_integer").click(modifiers=["Shift"])
    expect(page.locator(".o_cell_in_range")).to_have_count(6)
    page.keyboard.press("Control+c")
    copied = "Second\t2,500\nThird\t21\nFourth\t4"
    expect_value(lambda: page.evaluate("() => navigator.clipboard.readText()"), copied)
    page.keyboard.press("Escape")
    cell(page, 1, "x_integer").click(modifiers=["Shift"])
    page.keyboard.press("Control+d")
    expect(cell(page, 2, "x_integer")).to_have_text("2,500")
    page.evaluate("() => navigator.clipboard.writeText('Nobody of this name')")
    cell(page, 0, "x_many2one").click(modifiers=["Shift"])
    page.keyboard.press("Control+v")
    expect(page.locator(".modal")).to_contain_text("Many2one: “Nobody of this name” is not found")


def test_link_shows_the_same(page, visitor):
    page.locator(".o_searchview_input").fill("Two")
    page.keyboard.press("Enter")
    expect(page.locator(".o_data_row")).to_have_count(1)
    page.locator(".o_control_panel_breadcrumbs .o_cp_action_menus button").click()
    page.locator(".o_share_menu").click()
    expect(page.locator(".o_notification")).to_contain_text("copied")
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(f"{visitor.server.url}/odoo/action-")
    page.goto(link)
    expect(page.locator(".o_facet_value")).to_have_text(["Name: Two"])
    expect(page.locator(".o_data_row")).to_have_count(1)
    page.wait_for_url(lambda url: "shared=" not in url)
