"""A rule is made in the form, and does what it says to a record."""

from playwright.sync_api import expect


def test_b1_b11_a_rule_is_made_and_runs(visitor, server, call):
    page = visitor.page
    page.goto(f"{server.url}/odoo/automations/new")
    page.locator("[name='name'] input, [name='name'] textarea").first.fill("Greet new contacts")
    page.locator("[name='model_id'] input").fill("Contact")
    page.locator(".o-autocomplete--dropdown-item").get_by_text("Contact", exact=True).first.click()
    page.locator("[name='trigger'] select").select_option(label="On creation")
    page.locator("[name='action_server_ids']").get_by_text("Add a line").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Execute Code").click()
    dialog.locator(".cm-content").fill("if record.ref == 'greet':\n    record.write({'comment': 'Welcome'})")
    dialog.get_by_role("button", name="Save & Close").click()
    expect(page.locator("[name='action_server_ids']")).to_contain_text("Execute Code")
    expect(dialog).to_have_count(0)
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    [partner] = call("res.partner", "create", [{"name": "Ann", "ref": "greet"}])
    assert call("res.partner", "read", [partner], ["comment"])[0]["comment"] == "<p>Welcome</p>"
