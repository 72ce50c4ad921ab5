"""Two people change the same record."""

import pytest
from playwright.sync_api import expect

FORM = """
<form><sheet><group>
    <field name="name"/><field name="ref"/><field name="function"/><field name="title"/>
    <field name="child_ids"><list editable="bottom"><field name="name"/><field name="ref"/></list></field>
</group></sheet></form>
"""


@pytest.fixture
def partner(call):
    [partner] = call(
        "res.partner",
        "create",
        [{"name": "Contested", "ref": "R1", "child_ids": [[0, 0, {"name": "Line one"}], [0, 0, {"name": "Line two"}]]}],
    )
    yield partner
    lines = call("res.partner", "search", [["parent_id", "=", partner]])
    call("res.partner", "unlink", [*lines, partner])


@pytest.fixture
def contested(visitor, screen, partner):
    """Show the partner in a form."""
    page = visitor.open(f"{screen('res.partner', FORM)}/{partner}")
    expect(visitor.input("name")).to_have_value("Contested")
    return page


def save(page):
    page.keyboard.press("Alt+s")


@pytest.mark.parametrize("keeps", ["mine", "theirs"])
def test_both_values_are_shown_and_one_is_kept(visitor, call, contested, partner, keeps):
    page = contested
    call("res.partner", "write", [partner], {"name": "Of the other", "function": "Builder"})
    visitor.input("name").fill("Of me")
    visitor.input("ref").fill("R2")
    save(page)
    dialog = page.locator(".o_save_conflict")
    expect(dialog.locator(".o_save_conflict_field")).to_have_count(1)
    expect(dialog.locator(".o_save_conflict_text")).to_have_text(["Of me", "Of the other"])
    expect(dialog.locator(".o_save_conflict_save")).to_be_disabled()
    dialog.locator(f"input[value='{keeps}']").check()
    dialog.locator(".o_save_conflict_save").click()
    expect(dialog).to_have_count(0)
    kept = {"mine": "Of me", "theirs": "Of the other"}[keeps]
    expect(visitor.input("name")).to_have_value(kept)
    # what only one of the two has changed is as that one wanted it
    expect(visitor.input("function")).to_have_value("Builder")
    [stored] = call("res.partner", "read", [partner], ["name", "ref", "function"])
    assert (stored["name"], stored["ref"], stored["function"]) == (kept, "R2", "Builder")


def test_going_on_changes_nothing(visitor, call, contested, partner):
    page = contested
    call("res.partner", "write", [partner], {"name": "Of the other"})
    visitor.input("name").fill("Of me")
    save(page)
    page.locator(".o_save_conflict_back").click()
    expect(page.locator(".o_save_conflict")).to_have_count(0)
    expect(visitor.input("name")).to_have_value("Of me")
    assert call("res.partner", "read", [partner], ["name"])[0]["name"] == "Of the other"
    page.locator(".o_form_button_cancel").click()
    expect(visitor.input("name")).to_have_value("Contested")


def test_a_line_that_is_gone_can_be_made_again(visitor, call, contested, partner):
    page = contested
    rows = page.locator(".o_field_widget[name='child_ids'] .o_data_row")
    first = call("res.partner", "search", [["parent_id", "=", partner], ["name", "=", "Line one"]])
    call("res.partner", "unlink", first)
    cell = rows.filter(has_text="Line one").locator("td[name='ref']")
    cell.click()
    page.locator(".o_selected_row td[name='ref'] input").fill("kept")
    save(page)
    dialog = page.locator(".o_save_conflict")
    expect(dialog.locator(".o_save_conflict_text")).to_contain_text(["kept", "Deleted"])
    dialog.locator(".o_keep_mine").click()
    dialog.locator(".o_save_conflict_save").click()
    expect(dialog).to_have_count(0)
    expect(rows).to_have_count(2)
    made = call("res.partner", "search_read", [["parent_id", "=", partner]], ["name", "ref"])
    assert sorted((row["name"], row["ref"]) for row in made) == [("Line one", "kept"), ("Line two", False)]
