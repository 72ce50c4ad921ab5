"""An addon that changes the client everywhere, as it is: menu of applications, forms and their messages."""

import subprocess
import sys

import pytest
from browser.place import Place
from playwright.sync_api import expect

TIMEOUT = 600


@pytest.fixture(scope="module")
def server(databases, serve, tmp_path_factory):
    """A server with sales and the addon."""
    wheels = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(wheels)]
    subprocess.run([*command, "odoo-addon-web-responsive==18.0.*"], check=True, timeout=TIMEOUT)
    name = databases.copy("sale", demo=True)
    with serve(name, {"PYTHONPATH": str(wheels)}) as server:
        yield server


@pytest.fixture(scope="module")
def place(window, server):
    """The :class:`Place` where people work with the addon, which an administrator installs."""
    place = Place(window, server)
    place.call("ir.module.module", "update_list")
    [module] = place.call("ir.module.module", "search", [["name", "=", "web_responsive"]])
    place.call("ir.module.module", "button_immediate_install", [module])
    return place


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
