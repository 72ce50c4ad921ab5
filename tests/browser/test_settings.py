"""The page of general settings: what it shows, where it leads, what it saves."""

import re

import pytest
from playwright.sync_api import expect


def page_of(visitor):
    page = visitor.open("/odoo/settings")
    expect(page.locator(".o_setting_page")).to_be_visible()
    return page


def setting(page, name):
    return page.locator(f".o_setting_box#{name}")


def link(page, text):
    return page.locator(".o_setting_page").get_by_role("button", name=text)


def test_b7_address_of_the_settings(visitor, call):
    """B7: the settings have an address of their own."""
    page = page_of(visitor)
    expect(page.locator(".o_settings_tab.active")).to_have_text("General Settings")
    expect(page.locator(".o_menu_brand")).to_have_text("Settings")
    expect(page).to_have_url(re.compile("/odoo/settings$"))
    company = call("res.company", "search_read", [], fields=["name"], limit=1, order="id")[0]["name"]
    expect(setting(page, "company_details_settings")).to_contain_text(company)
    users = call("res.users", "search_count", [["share", "=", False]])
    expect(setting(page, "active_user_setting")).to_contain_text(f"{users} can log in")
    companies = call("res.company", "search_count", [])
    expect(setting(page, "companies_setting")).to_contain_text(f"{companies} in this database")
    languages = call("res.lang", "search_count", [])
    expect(setting(page, "languages_setting")).to_contain_text(f"{languages} in use")
    # the page starts at its top
    assert page.locator(".o_content").evaluate("el => el.scrollTop") == 0


def test_b7_menu(visitor):
    page = visitor.open("/odoo")
    page.locator(".o_home_screen").get_by_text("Settings", exact=True).click()
    expect(page.locator(".o_setting_page")).to_be_visible()
    expect(page).to_have_url(re.compile("/odoo/settings$"))


@pytest.mark.parametrize(
    "text, title",
    [
        ("Show the users", "Users"),
        ("Show the groups", "Groups"),
        ("Show the companies", "Companies"),
        ("Show the languages", "Languages"),
        ("Change name, address and logo", None),
    ],
)
def test_b7_links(visitor, text, title):
    page = page_of(visitor)
    link(page, text).click()
    if title:
        expect(page.locator(".o_breadcrumb .active")).to_have_text(title)
        expect(page.locator(".o_list_view, .o_kanban_view").first).to_be_visible()
    else:
        expect(page.locator(".o_form_renderer .o_field_widget[name='name']").first).to_be_visible()
    page.locator(".o_breadcrumb a", has_text="Settings").click()
    expect(page.locator(".o_setting_page")).to_be_visible()


@pytest.mark.parametrize("text", ["Add a language", "Choose the layout"])
def test_b7_links_to_dialogs(visitor, text):
    page = page_of(visitor)
    link(page, text).click()
    expect(page.locator(".modal.d-block .o_form_renderer")).to_be_visible()


@pytest.fixture
def app_name(call):
    """Have the setting as it was after a test."""
    yield
    call("ir.config_parameter", "set_param", "web.web_app_name", False)


@pytest.mark.usefixtures("app_name")
def test_b7_settings_are_saved(visitor, call):
    page = page_of(visitor)
    field = page.locator(".o_field_widget[name='web_app_name'] input")
    field.fill("Marigold")
    # what is set takes effect in a page that is loaded anew
    with page.expect_event("load"):
        page.locator(".o_form_button_save").click()
    expect(field).to_have_value("Marigold")
    assert call("ir.config_parameter", "get_param", "web.web_app_name") == "Marigold"


def test_b7_unsaved_settings_are_asked_for(visitor, call):
    page = page_of(visitor)
    field = page.locator(".o_field_widget[name='web_app_name'] input")
    dialog = page.locator(".modal.d-block")
    field.fill("Marigold")
    link(page, "Show the users").click()
    expect(dialog).to_contain_text("save the settings")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(field).to_have_value("Marigold")
    link(page, "Show the users").click()
    dialog.get_by_role("button", name="Discard").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Users")
    assert not call("ir.config_parameter", "get_param", "web.web_app_name")


def test_b7_addons_extend_the_page(visitor, call):
    """An addon adds its own part, and puts a setting next to those that are there, by inheriting."""
    known = [["module", "=", "base"], ["name", "=", "res_config_settings_view_form"]]
    parent = call("ir.model.data", "search_read", known, fields=["res_id"])[0]["res_id"]
    view = call(
        "ir.ui.view",
        "create",
        {
            "name": "addon",
            "model": "res.config.settings",
            "inherit_id": parent,
            "priority": 20,
            "arch": """<data>
            <xpath expr="//form" position="inside">
                <app name="marigold" string="Marigold" logo="/base/static/description/modules.png">
                    <setting type="header" string="For this company"/>
                    <block title="Paper" name="paper"><setting id="paper_size" string="Size of paper"/></block></app>
                <app name="hidden" string="Hidden" invisible="1"><block title="Hidden"/></app>
            </xpath>
            <xpath expr="//setting[@id='companies_setting']" position="after">
                <setting id="branches" string="Branches"/>
            </xpath>
            <xpath expr="//block[@name='users_setting_container']" position="inside">
                <setting id="guests" string="Guests"/>
            </xpath>
        </data>""",
        },
    )
    action = call(
        "ir.actions.act_window",
        "create",
        {
            "name": "Settings",
            "res_model": "res.config.settings",
            "view_mode": "form",
            "target": "inline",
            "context": "{'module': 'marigold'}",
        },
    )
    try:
        page = page_of(visitor)
        expect(setting(page, "branches")).to_be_visible()
        expect(setting(page, "guests")).to_be_visible()
        expect(setting(page, "paper_size")).to_have_count(0)
        page.locator(".o_settings_tab", has_text="Marigold").click()
        expect(setting(page, "paper_size")).to_be_visible()
        expect(page.locator(".app_settings_header")).to_have_text("For this company")
        expect(page.locator(".o_settings_tab", has_text="Hidden")).to_have_count(0)
        # the action of an addon opens its own part
        visitor.open(f"/odoo/action-{action}")
        expect(page.locator(".o_settings_tab.active")).to_have_text("Marigold")
    finally:
        call("ir.ui.view", "unlink", [view])
        call("ir.actions.act_window", "unlink", [action])


def test_settings_are_searched(visitor):
    page = page_of(visitor)
    search = page.get_by_role("searchbox", name="Search the settings")
    search.fill("LANGUAGES")
    expect(setting(page, "languages_setting")).to_be_visible()
    expect(setting(page, "languages_setting").locator("mark")).to_have_text("Languages")
    expect(setting(page, "app_name")).to_be_hidden()
    # what a head says is found in what stands below it, and empty heads go
    expect(setting(page, "multi_currency")).to_be_visible()
    expect(page.locator(".o_settings_title:visible")).to_have_text(["Languages and currencies"])
    search.fill("marigold")
    expect(page.locator(".o_settings_nothing")).to_contain_text("marigold")
    expect(page.locator(".o_settings_title:visible")).to_have_count(0)
    search.fill("")
    expect(setting(page, "app_name")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)


def test_address_names_a_setting(visitor):
    page = visitor.open("/odoo/settings#profiling_enabled_until")
    expect(setting(page, "profiling_enabled_until")).to_be_in_viewport()
    expect(setting(page, "profiling_enabled_until")).to_have_class(re.compile("o_setting_highlight"))


def test_people_are_invited(visitor, call):
    page = page_of(visitor)
    box = setting(page, "invite_users_setting")
    addresses, invite = box.get_by_label("E-mail addresses"), box.get_by_role("button", name="Invite")
    expect(invite).to_be_disabled()
    addresses.fill("nora@example.com, nobody")
    expect(box).to_contain_text("Not an address yet: nobody")
    expect(invite).to_be_disabled()
    addresses.fill("nora@example.com; finn@example.com")
    addresses.press("Enter")
    expect(page.locator(".o_notification")).to_contain_text("nora@example.com, finn@example.com")
    expect(addresses).to_have_value("")
    users = call(
        "res.users", "search_read", [["login", "in", ["nora@example.com", "finn@example.com"]]], fields=["name"]
    )
    assert {user["name"] for user in users} == {"nora", "finn"}
    box.get_by_role("button", name="nora@example.com").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text("nora")
    call("res.users", "unlink", [user["id"] for user in users])


def test_developer_mode(visitor):
    page = page_of(visitor)
    with page.expect_event("load"):
        setting(page, "developer_mode").get_by_role("button", name="Switch it on").click()
    expect(page.locator(".o_debug_manager")).to_be_visible()
    expect(setting(page, "developer_mode").get_by_role("button", name="Switch it off")).to_be_visible()
    expect(setting(page, "edition")).to_contain_text("Quoin 18.0")


def test_b7_settings_on_a_phone(phone):
    page = page_of(phone)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
