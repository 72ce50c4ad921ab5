"""What was done last is taken back."""

import pytest
from playwright.sync_api import expect

FORM = """
<form><header/><sheet><group>
    <field name="active" invisible="1"/><field name="name"/><field name="ref"/>
    <field name="child_ids"><list editable="bottom"><field name="name"/><field name="ref"/></list></field>
</group></sheet></form>
"""
LIST = "<list><field name='name'/><field name='ref'/></list>"


@pytest.fixture
def partners(call):
    ids = call("res.partner", "create", [{"name": f"Undone {letter}", "ref": "R1"} for letter in "AB"])
    yield ids
    archived = call("res.partner", "search", [["id", "in", ids]], context={"active_test": False})
    call("res.partner", "unlink", archived)


@pytest.fixture
def form(screen):
    return screen("res.partner", LIST, FORM, domain="[('name', 'like', 'Undone')]")


def undo(page, message):
    offer = page.locator(".o_undo_notification")
    expect(offer.locator(".o_notification_content")).to_have_text(message)
    offer.get_by_role("button", name="Undo").click()
    expect(offer).to_have_count(0)


def test_a_save(visitor, call, form, partners):
    page = visitor.open(f"{form}/{partners[0]}")
    visitor.input("ref").fill("R2")
    page.keyboard.press("Alt+s")
    undo(page, "Undone A was saved.")
    expect(visitor.input("ref")).to_have_value("R1")
    assert call("res.partner", "read", [partners[0]], ["ref"])[0]["ref"] == "R1"


def test_a_save_that_left_the_form(visitor, call, form, partners):
    page = visitor.open(form)
    page.locator(".o_data_row", has_text="Undone A").locator("td[name='name']").click()
    visitor.input("ref").fill("R2")
    page.locator(".o_breadcrumb a").first.click()
    row = page.locator(".o_data_row", has_text="Undone A")
    expect(row).to_contain_text("R2")
    page.keyboard.press("Alt+z")
    # the list that is shown by now tells it
    expect(row).to_contain_text("R1")
    assert call("res.partner", "read", [partners[0]], ["ref"])[0]["ref"] == "R1"


def test_archived_records(visitor, call, form, partners):
    page = visitor.open(form)
    rows = page.locator(".o_data_row")
    expect(rows).to_have_count(2)
    page.locator("thead .o_list_record_selector input").check()
    page.locator(".o_cp_action_menus .dropdown-toggle", has_text="Actions").click()
    page.locator(".o-dropdown--menu .dropdown-item", has_text="Archive").first.click()
    page.locator(".modal-footer .btn-primary").click()
    expect(rows).to_have_count(0)
    undo(page, "2 records were archived.")
    expect(rows).to_have_count(2)
