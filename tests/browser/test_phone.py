"""The same on a small screen."""

from playwright.sync_api import expect


def fits(page):
    """Tell whether the page needs no sideways scrolling."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_menus_are_behind_a_button(phone):
    page = phone.open("/odoo/sales")
    expect(page.locator(".o_menu_sections")).to_have_count(0)
    page.locator(".o_mobile_menu_toggle").click()
    page.locator(".o_mobile_menu a", has_text="Customers").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Customers")
    expect(page.locator(".o_mobile_menu")).to_have_count(0)
    assert fits(page)


def test_applications_are_below_the_bar(phone):
    page = phone.open("/odoo/sales")
    applications = page.get_by_role("button", name="Applications", exact=True)
    applications.click()
    sidebar = page.locator(".o_app_menu_sidebar")
    expect(sidebar.locator(".o_app", has_text="Sales")).to_be_visible()
    assert fits(page)
    page.keyboard.press("Escape")
    expect(sidebar).to_have_count(0)
    applications.click()
    sidebar.locator(".o_home_entry").click()
    expect(page.locator(".o_home_screen")).to_be_visible()
    expect(sidebar).to_have_count(0)


def test_cards_instead_of_a_table(phone):
    page = phone.open("/odoo/sales")
    expect(page.locator(".o_kanban_record").first).to_be_visible()
    assert fits(page)


def test_form(phone, draft):
    page = phone.order(draft)
    assert fits(page)
    label = page.locator(".o_form_label", has_text="Customer").first.bounding_box()
    field = phone.field("partner_id").bounding_box()
    assert field["y"] >= label["y"] + label["height"] - 2, "the label is above its field"
    page.locator(".o_cp_action_menus .o-dropdown").click()
    page.locator(".o_statusbar_menu_item button", has_text="Mark as Sent").click()
    expect(page.locator(".o_form_statusbar .o_arrow_button_current")).to_have_text("Quotation Sent")


def test_search(phone):
    page = phone.open("/odoo/sales")
    page.get_by_title("Search", exact=True).click()
    page.locator(".o_searchview_input").fill("S00001")
    page.keyboard.press("Enter")
    expect(page.locator(".o_kanban_record:not(.o_kanban_ghost)")).to_have_count(1)
