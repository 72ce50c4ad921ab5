"""Accounts of plans: an amount is shared between some in a dialog; contacts have a menu of their own."""

import pytest
from browser.seats import DESKTOP, PHONE
from playwright.sync_api import expect

MODELS = "/odoo/action-analytic.action_analytic_distribution_model/new"


@pytest.fixture(scope="module")
def plans(call):
    """Two plans that have accounts, and the amounts of people shared between them."""
    settings = call("res.config.settings", "create", {"group_analytic_accounting": True})
    call("res.config.settings", "execute", [settings])
    [projects] = call("account.analytic.plan", "search", [["name", "=", "Project"]])
    departments = call("account.analytic.plan", "create", {"name": "Departments"})
    accounts = [("New house", projects), ("Sales", departments), ("Works", departments)]
    call("account.analytic.account", "create", [{"name": name, "plan_id": plan} for name, plan in accounts])


def choose(dialog, row, plan, account):
    """Choose the account of a plan in a line of the dialog."""
    field = dialog.locator("tbody tr").nth(row).get_by_placeholder(plan)
    field.click()
    dialog.locator(".o-autocomplete--dropdown-item", has_text=account).first.click()
    expect(field).to_have_value(account)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.usefixtures("plans")
def test_ana_20_an_amount_is_shared(visitor, server, size):
    page = visitor.page
    page.set_viewport_size(size)
    page.goto(f"{server.url}{MODELS}")
    page.get_by_role("button", name="Change the distribution").click()
    dialog = page.get_by_role("dialog")
    choose(dialog, 0, "Project", "New house")
    choose(dialog, 0, "Departments", "Works")
    dialog.get_by_label("Percentage").fill("40")
    dialog.get_by_role("button", name="Add a line").click()
    expect(dialog.get_by_label("Percentage").nth(1)).to_have_value("60")
    choose(dialog, 1, "Departments", "Sales")
    dialog.get_by_role("button", name="Apply").click()
    tags = page.locator(".o_field_analytic_distribution .o_tag")
    expect(tags).to_have_text(["Sales 60%", "New house | Works 40%"])
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    [[distribution]] = server.query(
        "SELECT analytic_distribution FROM account_analytic_distribution_model ORDER BY id DESC LIMIT 1"
    )
    assert sorted(distribution.values()) == [40, 60]


def test_con_1_contacts_have_their_menu(visitor):
    page = visitor.open("/odoo/contacts")
    expect(page.locator(".o_kanban_record").first).to_be_visible()
    expect(page.locator(".o_navbar .o_menu_brand")).to_have_text("Contacts")
    page.get_by_role("button", name="New").click()
    expect(page.locator(".o_form_view").get_by_role("radio", name="Company")).to_be_checked()
