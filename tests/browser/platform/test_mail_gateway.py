"""A mailbox is connected in a form, which tells in words why it cannot be read."""

from playwright.sync_api import expect

MAILBOXES = "/odoo/action-mail.action_email_server_tree"


def test_f1_f3_a_mailbox_is_connected(page, server):
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
