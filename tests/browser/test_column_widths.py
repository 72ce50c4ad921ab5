"""Columns fit into the width that there is."""

import pytest
from playwright.sync_api import expect

FIELDS = (
    "name",
    "parent_id",
    "email",
    "phone",
    "city",
    "street",
    "zip",
    "country_id",
    "vat",
    "website",
    "function",
    "create_date",
    "lang",
)
BOX = "(el) => { const { left, right } = el.getBoundingClientRect(); return [left, right]; }"


@pytest.fixture
def desk(visitor):
    """A user in front of a small screen."""
    visitor.page.set_viewport_size({"width": 1366, "height": 768})
    return visitor


def wide_list(screen, buttons=""):
    fields = "".join(f"<field name='{name}' optional='show'/>" for name in FIELDS)
    return screen("res.partner", f"<list>{fields}{buttons}</list>", "<form><field name='name'/></form>")


def scroll_width(page, selector):
    return page.locator(selector).evaluate("el => [el.scrollWidth, el.clientWidth]")


def width_of(page, name):
    return page.locator(f"th[data-name='{name}']").evaluate("el => el.offsetWidth")


def test_b5_thirteen_columns_fit(desk, screen):
    """B5: thirteen columns fit a window of 1366 pixels."""
    page = desk.open(wide_list(screen))
    expect(page.locator("thead th[data-name]")).to_have_count(13)
    assert scroll_width(page, ".o_list_renderer") == [1366, 1366]
    assert page.locator(".o_optional_columns_dropdown_toggle").evaluate(BOX)[1] <= 1366
    # names that do not fit end with an ellipsis, days are whole
    cells = page.locator("td[name='email']").filter(has_text="@").first
    assert cells.evaluate("el => el.scrollWidth > el.clientWidth && getComputedStyle(el).textOverflow") == "ellipsis"
    assert page.locator("td[name='create_date']").first.evaluate("el => el.scrollWidth <= el.clientWidth")


def test_b5_columns_follow_the_window(desk, screen):
    page = desk.open(wide_list(screen))
    before = width_of(page, "email")
    page.set_viewport_size({"width": 1900, "height": 768})
    page.wait_for_function("width => document.querySelector(\"th[data-name='email']\").offsetWidth > width", arg=before)
    assert scroll_width(page, ".o_list_renderer") == [1900, 1900]


def test_b5_more_columns_than_fit_keep_the_buttons_in_sight(desk, screen):
    page = desk.open(wide_list(screen))
    page.set_viewport_size({"width": 900, "height": 768})
    page.wait_for_function("document.querySelector('.o_list_renderer').clientWidth === 900")
    content, visible = scroll_width(page, ".o_list_renderer")
    assert content > visible
    assert page.evaluate("document.documentElement.scrollWidth") == 900
    toggle = page.locator(".o_optional_columns_dropdown_toggle")
    assert toggle.evaluate(BOX)[1] <= 900
    toggle.click()
    expect(page.locator(".o_optional_columns_menu")).to_be_visible()


def test_b5_lines_of_a_form_fit(desk, call, screen, draft):
    fields = (
        "product_id",
        "name",
        "product_uom_qty",
        "price_unit",
        "discount",
        "price_subtotal",
        "company_id",
        "order_partner_id",
        "salesman_id",
        "create_date",
        "state",
        "product_uom",
    )
    lines = "".join(f"<field name='{name}' optional='show'/>" for name in fields)
    arch = f"<form><sheet><field name='order_line'><list editable='bottom'>{lines}</list></field></sheet></form>"
    page = desk.open(screen("sale.order", arch, res_id=draft))
    row = page.locator(".o_data_row").first
    expect(row).to_be_visible()
    sheet = page.locator(".o_form_sheet").evaluate(BOX)
    assert row.locator("button[name='delete']").evaluate(BOX)[1] <= sheet[1]
    assert page.evaluate("document.documentElement.scrollWidth") == 1366


def test_b5_widths_that_the_arch_gives(desk, screen):
    arch = "<list><field name='name' width='210px'/><field name='email'/><field name='phone' width='90'/></list>"
    page = desk.open(screen("res.partner", arch))
    expect(page.locator(".o_data_row").first).to_be_visible()
    padding = 16
    assert (width_of(page, "name"), width_of(page, "phone")) == (210 + padding, 90 + padding)
    assert scroll_width(page, ".o_list_renderer") == [1366, 1366]


def test_b5_border_of_a_header_is_dragged(desk, screen):
    page = desk.open(wide_list(screen))
    before, other = width_of(page, "email"), width_of(page, "phone")
    handle = page.locator("th[data-name='email'] .o_resize")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.move(x + 120, y, steps=4)
    page.mouse.up()
    assert abs(width_of(page, "email") - before - 120) <= 1
    assert width_of(page, "phone") == other
    # the drag does not sort, and stays when the list is read again
    expect(page.locator("th[aria-sort]")).to_have_count(0)
    page.locator("th[data-name='email'] span").first.click()
    expect(page.locator("th[data-name='email'][aria-sort]")).to_have_count(1)
    assert abs(width_of(page, "email") - before - 120) <= 1


def test_b5_list_without_lines_has_equal_columns(desk, screen):
    arch = "<form><field name='child_ids'><list><field name='name'/><field name='city'/></list></field></form>"
    page = desk.open(screen("res.partner", arch))
    expect(page.locator("th[data-name='name']")).to_be_visible()
    assert abs(width_of(page, "name") - width_of(page, "city")) <= 2
