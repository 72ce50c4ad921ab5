"""From the login to an application."""

import re

from playwright.sync_api import expect


def test_grid_of_applications(visitor):
    page = visitor.open()
    expect(page).to_have_title("Home - Quoin")
    page.locator(".o_home_apps .o_app", has_text="Sales").click()
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(page).to_have_url(f"{visitor.server.url}/odoo/sales")
    expect(page.locator(".o_menu_brand")).to_have_text("Sales")
    expect(page).to_have_title("Quotations - Quoin")


def test_search_by_keyboard(visitor):
    page = visitor.open()
    page.keyboard.type("categori")
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


def test_sections_on_a_slow_machine(visitor):
    visitor.page.add_init_script("""
        const paint = window.requestAnimationFrame.bind(window);
        const waiting = [];
        let slow = false;
        window.requestAnimationFrame = (callback) => (slow ? waiting.push(callback) : paint(callback));
        window.slowDown = (duration) => {
            slow = true;
            setTimeout(() => {
                slow = false;
                waiting.splice(0).forEach(paint);
            }, duration);
        };
    """)
    page = visitor.open("/odoo/apps")
    page.evaluate("""
        const { menu } = odoo.__WOWL_DEBUG__.root.env.services;
        window.slowDown(500);
        menu.setCurrentMenu(menu.getApps().find((app) => app.name === "Sales"));
        window.dispatchEvent(new Event("resize"));
    """)
    page.wait_for_timeout(1000)
    expect(page.locator(".o_menu_sections .o_nav_entry").last).to_have_text("Configuration")


def test_sections_that_do_not_fit(visitor):
    visitor.page.set_viewport_size({"width": 800, "height": 700})
    page = visitor.open("/odoo/sales")
    more = page.locator(".o_menu_sections_more")
    page.evaluate(
        "document.querySelector('.o_menu_sections').style.maxWidth = '150px'; window.dispatchEvent(new Event('resize'))"
    )
    expect(more).to_be_visible()
    shown = page.locator(".o_menu_sections .o_nav_entry").count()
    page.evaluate(
        "document.querySelector('.o_menu_sections').style.maxWidth = ''; window.dispatchEvent(new Event('resize'))"
    )
    expect(more).to_have_count(0)
    assert page.locator(".o_menu_sections .o_nav_entry").count() > shown - 1


def test_b15_preferences(visitor):
    """B15: the preferences of a fresh installation show the language and the avatar."""
    page = visitor.open()
    page.locator(".o_user_menu button").click()
    page.get_by_role("menuitem", name="Preferences").click()
    expect(page.locator(".modal .o_field_widget[name='email'] input")).to_be_visible()
    expect(page.locator(".modal .o_field_widget[name='lang'] option:checked")).to_have_text("English (US)")
    expect(page.locator(".modal .o_field_widget[name='image_1920'] img")).to_have_attribute(
        "src", re.compile("avatar_128")
    )
    page.keyboard.press("Escape")
    expect(page.locator(".modal")).to_have_count(0)


def test_the_menus_are_skipped_by_keyboard(visitor):
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_data_row").first).to_be_visible()
    link = page.locator(".o_skip_link")
    link.focus()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".o_action_manager:focus, .o_action_manager :focus")).to_have_count(1)
    expect(page).to_have_url(f"{visitor.server.url}/odoo/sales")
