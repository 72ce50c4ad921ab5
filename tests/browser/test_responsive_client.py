"""An addon that changes the client everywhere, as it is: menu of applications, forms and their messages.

Before it comes one whose suite counts on the buttons and names that such addons change.
"""

import pytest
from browser.place import Place
from playwright.sync_api import expect

ADDONS = ["web_copy_confirm", "web_responsive"]


@pytest.fixture(scope="module")
def server(databases, serve, install_wheels):
    """A server with sales, and the addons to be installed."""
    wheels = install_wheels(ADDONS)
    name = databases.copy("sale", demo=True)
    with serve(name, {"PYTHONPATH": str(wheels)}) as server:
        yield server


@pytest.fixture(scope="module")
def place(window, server):
    """The :class:`Place` where people work, and an administrator installs the addons."""
    place = Place(window, server)
    place.call("ir.module.module", "update_list")
    return place


def install(place, name):
    [module] = place.call("ir.module.module", "search", [["name", "=", name]])
    place.call("ir.module.module", "button_immediate_install", [module])


@pytest.fixture(scope="module")
def responsive(place):
    """Have an administrator install the addon that changes the client."""
    install(place, "web_responsive")


def test_the_suite_of_an_addon_by_itself(place, visitor):
    install(place, "web_copy_confirm")
    visitor.run_suites("/web/tests?mod=web_copy_confirm", "[HOOT] Test suite succeeded")


@pytest.mark.usefixtures("responsive")
@pytest.mark.parametrize("who", ["visitor", "phone"])
def test_applications_are_found_and_opened(who, request):
    visitor = request.getfixturevalue(who)
    page = visitor.open("/odoo/sales")
    menu = page.locator(".o_grid_apps_menu__button")
    menu.click()
    applications = page.locator(".o-app-menu-item")
    expect(applications.filter(has_text="Settings")).to_be_visible()
    page.locator(".app-menu-container input").fill("quot")
    expect(page.locator(".search-list .search-item").first).to_contain_text("Quotations")
    menu.click()
    expect(page.locator(".app-menu-container")).to_have_count(0)
    menu.click()
    applications.filter(has_text="Settings").click()
    expect(page.locator(".o_setting_page")).to_be_visible()


@pytest.mark.usefixtures("responsive")
def test_buttons_of_forms_and_messages_have_icons(visitor, place):
    [partner] = place.call("res.partner", "search", [["is_company", "=", True]], limit=1)
    page = visitor.open(f"/odoo/res.partner/{partner}")
    expect(page.locator(".o_form_button_create")).to_have_count(1)
    expect(page.locator(".o_form_button_create .fa-plus")).to_be_visible()
    send = page.locator(".o-mail-Chatter-sendMessage")
    expect(send.locator(".fa-envelope")).to_be_visible()
    send.click()
    expect(page.locator(".o-mail-Chatter-recipientList")).to_contain_text("To:")
    expect(page.locator(".o-mail-Composer")).to_be_visible()


@pytest.mark.usefixtures("responsive")
def test_its_suite(visitor):
    visitor.run_suites("/web/tests/legacy", "QUnit test suite done.")
