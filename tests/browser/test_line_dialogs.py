"""Lines of a record that are added, changed and removed in dialogs."""

import pytest
from playwright.sync_api import expect

CONTACTS = """<form>
    <field name="name"/>
    <field name="child_ids"><list><field name="name"/></list><form><field name="name"/></form></field>
</form>"""
TAGS = """<form>
    <field name="x_name"/>
    <field name="x_many2many"><list><field name="name"/></list><form><field name="name"/></form></field>
</form>"""


@pytest.fixture
def company(call):
    """A partner whose contacts are of this test only."""
    return call("res.partner", "create", {"name": "Marigold Paper", "is_company": True})


def dialog(page):
    return page.locator(".modal.d-block").last


def names(page):
    return page.locator(".o_form_renderer .o_data_row td[name='name']")


def fill(page, text):
    page.locator(".modal.d-block .o_field_widget[name='name'] input").last.fill(text)


def save(page):
    page.locator(".o_form_button_save").first.click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()


def test_lines_of_their_own(visitor, call, screen, company):
    page = visitor.open(screen("res.partner", CONTACTS, res_id=company))
    page.locator(".o_field_x2many_list_row_add a").first.click()
    fill(page, "First")
    dialog(page).locator(".o_form_button_save_new").click()
    expect(names(page)).to_have_text(["First"])
    expect(page.locator(".modal.d-block")).to_have_count(1)
    expect(dialog(page).locator(".o_field_widget[name='name'] input")).to_have_value("")
    fill(page, "Second")
    dialog(page).locator(".o_form_button_save").click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
    expect(names(page)).to_have_text(["First", "Second"])
    # what is typed and discarded is gone; a name is missing where there is none
    names(page).first.click()
    fill(page, "Other")
    dialog(page).locator(".o_form_button_cancel").click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
    expect(names(page)).to_have_text(["First", "Second"])
    names(page).first.click()
    fill(page, "Third")
    dialog(page).locator(".o_form_button_save").click()
    expect(names(page)).to_have_text(["Third", "Second"])
    names(page).last.click()
    dialog(page).locator(".o_btn_remove").click()
    expect(names(page)).to_have_text(["Third"])
    save(page)
    children = call("res.partner", "search_read", [["parent_id", "=", company]], fields=["name"])
    assert [child["name"] for child in children] == ["Third"]


def test_records_that_are_linked(visitor, call, screen, sampler):
    old, new, other = (call("res.partner.category", "create", {"name": f"{name} shade"}) for name in ("A", "B", "C"))
    record = call(sampler, "create", {"x_name": "Linked", "x_many2many": [[6, 0, [old]]]})
    page = visitor.open(screen(sampler, TAGS, res_id=record))
    expect(names(page)).to_have_text(["A shade"])
    page.locator(".o_field_x2many_list_row_add a").first.click()
    offered = dialog(page).locator(".o_data_row")
    expect(offered.filter(has_text="B shade")).to_have_count(1)
    # what is linked is not offered again
    expect(offered.filter(has_text="A shade")).to_have_count(0)
    for name in ("B shade", "C shade"):
        offered.filter(has_text=name).locator(".o_list_record_selector input").click()
    dialog(page).locator(".o_select_button").click()
    expect(names(page)).to_have_text(["A shade", "B shade", "C shade"])
    # a record is saved at once, by its own dialog
    names(page).nth(1).click()
    fill(page, "B tone")
    dialog(page).locator(".o_form_button_save").click()
    expect(names(page)).to_have_text(["A shade", "B tone", "C shade"])
    assert call("res.partner.category", "read", [new], ["name"])[0]["name"] == "B tone"
    names(page).last.click()
    dialog(page).locator(".o_btn_remove").click()
    expect(names(page)).to_have_text(["A shade", "B tone"])
    save(page)
    assert sorted(call(sampler, "read", [record], ["x_many2many"])[0]["x_many2many"]) == sorted([old, new])
    assert call("res.partner.category", "search_count", [["id", "=", other]]) == 1
