"""From the login to an application."""
from playwright.sync_api import expect


def test_grid_of_applications(visitor):
    page = visitor.open()
    expect(page).to_have_title("Home - Odoo")
    page.locator(".o_home_apps .o_app", has_text="Sales").click()
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(page).to_have_url(f"{visitor.server.url}/odoo/sales")
    expect(page.locator(".o_menu_brand")).to_have_text("Sales")
    expect(page).to_have_title("Quotations - Odoo")


def test_search_by_keyboard(visitor):
    page = visitor.open()
    page.keyboard.type("categ")
    expect(page.locator(".o_home_menus .o_menuitem")).to_have_text(["Sales / Configuration / Product Categories"])
    page.keyboard.press("Enter")
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Product Categories")


def test_command_palette(visitor):
    page = visitor.open()
    page.keyboard.press("Control+k")
    page.locator(".o_command_palette input").type("quotations")
    expect(page.locator(".o_command.focused")).to_contain_text("Quotations")
    page.keyboard.press("Enter")
    expect(page.locator(".o_list_view")).to_be_visible()


def test_sections_of_an_application(visitor):
    page = visitor.open("/odoo/sales")
    page.locator(".o_menu_sections button", has_text="Orders").click()
    page.locator(".o-dropdown--menu .dropdown-item", has_text="Customers").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Customers")


def test_preferences(visitor):
    page = visitor.open()
    page.locator(".o_user_menu button").click()
    page.get_by_role("menuitem", name="Preferences").click()
    expect(page.locator(".modal .o_field_widget[name='email'] input")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".modal")).to_have_count(0)
