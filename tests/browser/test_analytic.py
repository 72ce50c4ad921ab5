"""Accounts of plans: an amount is shared between some in a dialog; contacts have a menu of their own."""

import pytest
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium
from tests.browser.conftest import DESKTOP, PHONE, TIMEOUT, Visitor
from tests.server_process import ServerProcess

MODELS = "/odoo/action-analytic.action_analytic_distribution_model/new"
CALL = """async ([model, method, args]) => {
    const params = { model, method, args, kwargs: {} };
    const body = JSON.stringify({ jsonrpc: "2.0", method: "call", params });
    const headers = { "Content-Type": "application/json" };
    const answer = await (await fetch("/web/dataset/call_kw", { method: "POST", headers, body })).json();
    if (answer.error) {
        throw new Error(answer.error.data.message);
    }
    return answer.result;
}"""


@pytest.fixture(scope="module")
def server(databases, server_options, data_dir, tmp_path_factory):
    """A server with the addons."""
    process = ServerProcess(
        databases.copy("analytic", "contacts"),
        [*server_options, f"--data-dir={data_dir}"],
        tmp_path_factory.mktemp("server") / "log",
    )
    process.start()
    yield process
    process.stop()
    databases.drop(process.db)


@pytest.fixture(scope="module")
def context(chromium, server):
    """A browser that is logged in, with two plans that have accounts."""
    browser = chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
    context = browser.new_context(viewport=DESKTOP, service_workers="block")
    context.set_default_timeout(TIMEOUT)
    page = context.new_page()
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", server.login)
    page.fill("input[name=password]", server.password)
    page.click("button[type=submit]")
    expect(page.locator(".o_navbar")).to_be_visible()

    def call(model, method, *args):
        return page.evaluate(CALL, [model, method, list(args)])

    settings = call("res.config.settings", "create", {"group_analytic_accounting": True})
    call("res.config.settings", "execute", [settings])
    [projects] = call("account.analytic.plan", "search", [["name", "=", "Project"]])
    departments = call("account.analytic.plan", "create", {"name": "Departments"})
    accounts = [("New house", projects), ("Sales", departments), ("Works", departments)]
    call("account.analytic.account", "create", [{"name": name, "plan_id": plan} for name, plan in accounts])
    page.close()
    yield context
    browser.close()


@pytest.fixture
def user(context, server):
    """A user in front of a page."""
    visitor = Visitor(server, context.new_page())
    yield visitor
    visitor.page.close()
    assert not visitor.unexpected_errors(), "\n".join(visitor.errors)


def choose(dialog, row, plan, account):
    """Choose the account of a plan in a line of the dialog."""
    field = dialog.locator("tbody tr").nth(row).get_by_placeholder(plan)
    field.click()
    dialog.locator(".o-autocomplete--dropdown-item", has_text=account).first.click()
    expect(field).to_have_value(account)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_ana_20_an_amount_is_shared(user, server, size):
    page = user.page
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


def test_con_1_contacts_have_their_menu(user, server):
    page = user.page
    page.goto(f"{server.url}/odoo/contacts")
    expect(page.locator(".o_kanban_record").first).to_be_visible()
    expect(page.locator(".o_navbar .o_menu_brand")).to_have_text("Contacts")
    page.get_by_role("button", name="New").click()
    expect(page.locator(".o_form_view").get_by_role("radio", name="Company")).to_be_checked()
