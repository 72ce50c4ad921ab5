"""The place the user is at: address, reload, history, breadcrumb."""

import re

from playwright.sync_api import expect


def open_first(page):
    row = page.locator(".o_list_view .o_data_row").first
    row.locator("td[name]").first.click()
    expect(page.locator(".o_form_renderer")).to_be_visible()
    return page.locator(".o_breadcrumb .active").inner_text()


def test_reload_keeps_the_place(visitor):
    page = visitor.open("/odoo/sales")
    name = open_first(page)
    expect(page).to_have_url(re.compile(r"/odoo/sales/\d+$"))
    expect(page).to_have_title(f"{name} - Quoin")
    page.reload()
    expect(page.locator(".o_breadcrumb .active")).to_have_text(name)
    expect(page.locator(".o_breadcrumb a")).to_have_text(["Quotations"])
    expect(page.locator(".o_menu_brand")).to_have_text("Sales")


def test_back_and_forward(visitor):
    page = visitor.open("/odoo/sales")
    name = open_first(page)
    page.go_back()
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/odoo/sales$"))
    page.go_forward()
    expect(page.locator(".o_breadcrumb .active")).to_have_text(name)


def test_list_keeps_its_search_on_the_way_back(visitor):
    page = visitor.open("/odoo/sales")
    page.locator(".o_searchview_input").fill("oakline")
    page.locator(".o_searchview_autocomplete .o_menu_item", has_text="Customer").locator("a").last.click()
    expect(page.locator(".o_searchview_facet")).to_contain_text("oakline")
    open_first(page)
    page.locator(".o_breadcrumb a").click()
    expect(page.locator(".o_searchview_facet")).to_contain_text("oakline")


def test_view_in_the_address(visitor):
    page = visitor.open("/odoo/sales")
    page.locator(".o_switch_view.o_kanban").click()
    expect(page.locator(".o_kanban_record").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"view_type=kanban"))
    page.reload()
    expect(page.locator(".o_kanban_record").first).to_be_visible()


def test_record_by_its_model(visitor):
    page = visitor.open("/odoo/res.partner/1")
    expect(page.locator(".o_form_renderer")).to_be_visible()
    expect(page.locator(".o_breadcrumb li")).to_have_count(1)


def test_action_that_does_not_exist(visitor):
    visitor.expects_error("no-such-action")
    visitor.page.goto(f"{visitor.server.url}/odoo/no-such-action")
    expect(visitor.page.locator(".modal.d-block")).to_be_visible()
    expect(visitor.page.locator(".o_navbar")).to_be_visible()


def test_b21_an_address_with_an_external_id(visitor):
    """B21: an external id stays in the address, which means the same in another database."""
    page = visitor.open("/odoo/action-base.action_partner_form/1")
    expect(page.locator(".o_form_view")).to_be_visible()
    expect(page).to_have_url(f"{visitor.server.url}/odoo/action-base.action_partner_form/1")
    page.reload()
    expect(page.locator(".o_form_view")).to_be_visible()
    page.locator(".o_breadcrumb a").first.click()
    expect(page.locator(".o_list_view, .o_kanban_view").first).to_be_visible()
    expect(page).to_have_url(f"{visitor.server.url}/odoo/action-base.action_partner_form")


def test_b21_title_of_the_window(visitor):
    """B21: the title of the window names the product."""
    page = visitor.open("/odoo/sales")
    expect(page).to_have_title("Quotations - Quoin")


def test_b20_entries_at_the_end_of_the_menu_bar(visitor):
    """B20: a plain entry that an addon adds stands at the height of the others."""
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_menu_systray .o_user_menu")).to_be_visible()
    middles = page.evaluate(
        """() => {
        const plain = document.createElement("div");
        plain.className = "o_menu_systray_item plain";
        plain.textContent = "Text";
        document.querySelector(".o_menu_systray").append(plain);
        return [".plain", ".o_user_menu"].map((selector) => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector(selector));
            const { bottom, top } = range.getBoundingClientRect();
            return (bottom + top) / 2;
        });
    }"""
    )
    assert abs(middles[0] - middles[1]) <= 1.5


def test_full_screen_has_no_menu_bar(visitor):
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_navbar")).to_be_visible()
    page.evaluate(
        """() => odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
            type: "ir.actions.act_window", target: "fullscreen", name: "Alone", res_model: "res.partner",
            views: [[false, "list"]],
        })"""
    )
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Alone")
    expect(page.locator(".o_navbar")).to_have_count(0)
    page.locator(".o_breadcrumb a").click()
    expect(page.locator(".o_breadcrumb .active")).to_have_text("Quotations")
    expect(page.locator(".o_navbar")).to_be_visible()
