"""What is typed and chosen in widgets of a form reaches the record, and is saved."""

import pytest
from playwright.sync_api import expect

FORM = """<form>
    <field name="x_name"/>
    <field name="x_integer"/>
    <field name="x_float" digits="[16, 3]"/>
    <field name="x_selection" widget="selection_badge"/>
    <field name="x_text" options="{'line_breaks': False}"/>
    <field name="x_many2one"/>
    <field name="x_many2many" widget="many2many_tags"/>
    <field name="x_datetime" options="{'show_time': False}"/>
    <field name="x_binary" filename="x_char"/>
    <field name="x_char"/>
</form>"""


@pytest.fixture
def record(call, sampler):
    """A record with a few values."""
    partner = call("res.partner", "create", {"name": "Marigold Paper", "street": "Long Lane"})
    tags = [call("res.partner.category", "create", {"name": name}) for name in ("Ochre", "Umber")]
    values = {"x_name": "Typed", "x_integer": 1234, "x_many2one": partner, "x_many2many": [[6, 0, tags]]}
    made = call(sampler, "create", {**values, "x_datetime": "2026-03-01 12:00:00"})
    yield made
    call(sampler, "unlink", [made])


@pytest.fixture
def form(visitor, screen, sampler, record):
    """The form of the record."""
    visitor.open(screen(sampler, FORM, res_id=record))
    expect(visitor.input("x_name")).to_have_value("Typed")
    return visitor


def save(form):
    form.page.locator(".o_form_button_save").click()
    expect(form.page.locator(".o_form_button_save")).to_be_hidden()


def test_numbers(form, call, sampler, record):
    number = form.input("x_integer")
    expect(number).to_have_value("1,234")
    number.fill("many")
    number.press("Tab")
    expect(form.field("x_integer")).to_have_class("o_field_widget o_field_integer o_field_invalid")
    # typing again is a new attempt
    number.press_sequentially("0")
    expect(form.field("x_integer")).to_have_class("o_field_widget o_field_integer")
    number.fill("= 40 + 2")
    number.press("Enter")
    expect(number).to_have_value("42")
    form.input("x_float").fill("1.5")
    form.input("x_float").press("Tab")
    expect(form.input("x_float")).to_have_value("1.500")
    save(form)
    assert call(sampler, "read", [record], ["x_integer", "x_float"])[0] == {
        "id": record,
        "x_integer": 42,
        "x_float": 1.5,
    }


def test_a_chosen_badge_is_taken_back(form, call, sampler, record):
    badges = form.field("x_selection").locator(".o_selection_badge")
    badges.nth(1).click()
    expect(badges.nth(1)).to_contain_class("active")
    badges.nth(1).click()
    expect(form.field("x_selection").locator(".active")).to_have_count(0)
    badges.nth(2).click()
    save(form)
    assert call(sampler, "read", [record], ["x_selection"])[0]["x_selection"] == "done"


def test_text_in_one_line(form, call, sampler, record):
    text = form.input("x_text")
    text.press_sequentially("one")
    text.press("Enter")
    text.press_sequentially(" line")
    save(form)
    assert call(sampler, "read", [record], ["x_text"])[0]["x_text"] == "one line"


def test_a_date_without_its_time(form):
    expect(form.input("x_datetime")).to_have_value("03/01/2026")


def test_tags(form, call, sampler, record):
    tags = form.field("x_many2many").locator(".o_tag")
    expect(tags).to_have_text(["Ochre", "Umber"])
    form.input("x_many2many").press("Backspace")
    expect(tags).to_have_text(["Ochre"])
    form.input("x_many2many").press_sequentially("Sienna")
    form.page.locator(".o_m2o_dropdown_option_create").click()
    expect(tags).to_have_text(["Ochre", "Sienna"])
    save(form)
    ids = call(sampler, "read", [record], ["x_many2many"])[0]["x_many2many"]
    assert [tag["name"] for tag in call("res.partner.category", "read", ids, ["name"])] == ["Ochre", "Sienna"]


def test_ways_to_find_a_record(form, call):
    entries = form.page.locator(".o-autocomplete--dropdown-item")
    link = form.input("x_many2one")
    expect(link).to_have_value("Marigold Paper")
    expect(form.field("x_many2one").locator(".o_external_button")).to_be_visible()
    link.fill("No such name")
    expect(form.field("x_many2one").locator(".o_external_button")).to_be_hidden()
    expect(entries).to_have_text(['Create "No such name"', "Create and edit..."])
    for number in range(9):
        call("res.partner", "create", {"name": f"Umbrella maker {number}"})
    link.fill("Umbrella maker")
    expect(form.page.locator(".o_m2o_dropdown_option_search_more")).to_be_visible()
    expect(entries).to_have_count(7 + 3)
    form.page.locator(".o_m2o_dropdown_option_search_more").click()
    dialog = form.page.locator(".modal.d-block")
    expect(dialog.locator(".o_data_row")).to_have_count(9)
    dialog.locator(".o_data_row td[name]", has_text="Umbrella maker 8").first.click()
    expect(link).to_have_value("Umbrella maker 8")


def test_a_file_and_its_name(form, call, sampler, record):
    files = form.field("x_binary").locator("input[type='file']")
    files.set_input_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"some notes"})
    expect(form.input("x_char")).to_have_value("notes.txt")
    save(form)
    values = call(sampler, "read", [record], ["x_binary", "x_char"])[0]
    assert (values["x_binary"], values["x_char"]) == ("c29tZSBub3Rlcw==", "notes.txt")
    form.field("x_binary").locator(".o_clear_file_button").click()
    expect(form.input("x_char")).to_have_value("")
