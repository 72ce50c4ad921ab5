"""A mailbox is connected in a form, which tells in words why it cannot be read."""

import pytest
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium
from tests.server_process import ServerProcess

MAILBOXES = "/odoo/action-mail.action_email_server_tree"


@pytest.fixture(scope="module")
def server(databases, server_options, data_dir, tmp_path_factory):
    """A server with mailboxes."""
    name = databases.copy("mail")
    process = ServerProcess(
        name, [*server_options, f"--data-dir={data_dir}"], tmp_path_factory.mktemp("server") / "log"
    )
    process.start()
    yield process
    process.stop()
    databases.drop(name)


def test_f1_f3_a_mailbox_is_connected(chromium, server):
    browser = chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(8000)
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", server.login)
    page.fill("input[name=password]", server.password)
    page.click("button[type=submit]")
    expect(page.locator(".o_main_navbar")).to_be_visible()
    page.goto(f"{server.url}{MAILBOXES}")
    expect(page.get_by_text("Connect a mailbox")).to_be_visible()
    page.locator(".o_control_panel .o_list_button_add").first.click()
    port = page.locator("[name='port'] input")
    expect(port).to_have_value("143")
    page.get_by_label("POP Server").click()
    expect(port).to_have_value("110")
    page.locator("[name='is_ssl'] input").click()
    expect(port).to_have_value("995")
    page.locator("[name='name'] input").fill("Support")
    page.locator("[name='server'] input").fill("127.0.0.1")
    port.fill("1")
    page.get_by_role("button", name="Test and confirm").click()
    expect(page.locator(".modal")).to_contain_text("127.0.0.1 cannot be reached")
    browser.close()
