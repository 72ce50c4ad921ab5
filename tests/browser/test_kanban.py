"""Cards in columns."""

import pytest
from playwright.sync_api import expect

CARDS = """
    <kanban {} default_group_by="x_selection">
        <templates><t t-name="card"><field name="x_name"/> <field name="x_integer"/></t></templates>
    </kanban>
"""
QUICK_FORM = """
    <form>
        <field name="x_name" required="1" placeholder="Title"/>
        <field name="x_integer"/>
        <field name="x_many2one"/>
    </form>
"""


@pytest.fixture
def cards(call, sampler):
    """Three records, two of them blocked."""
    made = call(
        sampler,
        "create",
        [
            {"x_name": "One", "x_selection": "normal", "x_integer": 1},
            {"x_name": "Two", "x_selection": "blocked", "x_integer": 2},
            {"x_name": "Three", "x_selection": "blocked", "x_integer": 4},
        ],
    )
    yield made
    call(sampler, "unlink", call(sampler, "search", []))


@pytest.fixture
def quick_form(call, sampler):
    """External id of a small form."""
    view = call("ir.ui.view", "create", {"name": "quick", "model": sampler, "arch": QUICK_FORM, "priority": 99})
    call("ir.model.data", "create", {"module": "base", "name": "test_quick", "model": "ir.ui.view", "res_id": view})
    yield "base.test_quick"
    call("ir.ui.view", "unlink", [view])


def column(page, title):
    return page.locator(".o_kanban_group").filter(has=page.locator(f".o_column_title:has-text('{title}')"))


def test_b11_form_of_a_new_card(visitor, call, screen, sampler, cards, quick_form):
    """B11: the form that `quick_create_view` names asks for the values of a new card; Enter adds one more."""
    page = visitor.open(screen(sampler, CARDS.format(f"quick_create_view='{quick_form}' on_create='quick_create'")))
    blocked = column(page, "Blocked")
    blocked.locator(".o_kanban_quick_add").click()
    form = blocked.locator(".o_kanban_quick_create")
    title = form.locator(".o_field_widget[name='x_name'] input")
    expect(title).to_be_focused()
    expect(form.locator(".o_field_widget")).to_have_count(3)
    page.keyboard.press("Enter")
    expect(page.locator(".o_notification", has_text="Name")).to_be_visible()
    title.fill("Four")
    form.locator(".o_field_widget[name='x_integer'] input").fill("8")
    page.keyboard.press("Enter")
    expect(blocked.locator(".o_kanban_record")).to_have_count(3)
    expect(blocked.locator(".o_kanban_record").first).to_have_text("Four 8")
    expect(title).to_have_value("")
    expect(title).to_be_focused()
    made = call(sampler, "search_read", [["x_name", "=", "Four"]], fields=["x_selection", "x_integer"])
    assert [(row["x_selection"], row["x_integer"]) for row in made] == [("blocked", 8)]
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)


def test_b11_a_name_is_enough_without_a_form(visitor, call, screen, sampler, cards):
    """B11: without `quick_create_view` a name is asked for."""
    page = visitor.open(screen(sampler, CARDS.format("on_create='quick_create'")))
    column(page, "In progress").locator(".o_kanban_quick_add").click()
    page.locator(".o_kanban_quick_create input").fill("Five")
    page.keyboard.press("Enter")
    expect(column(page, "In progress").locator(".o_kanban_record").first).to_have_text("Five 0")


def test_cards_of_a_column_are_archived_together(visitor, call, screen):
    """The menu of a column archives and unarchives all of its records, those that are not shown too."""
    parent = call("res.partner", "create", {"name": "Harbour Works", "is_company": True})
    people = call("res.partner", "create", [{"name": f"Person {number}", "parent_id": parent} for number in range(5)])
    arch = """
        <kanban default_group_by="parent_id" limit="2">
            <templates><t t-name="card"><field name="name"/></t></templates>
        </kanban>
    """
    page = visitor.open(screen("res.partner", arch, domain=f"[('parent_id', '=', {parent})]"))
    harbour = column(page, "Harbour Works")
    cards = harbour.locator(".o_kanban_record")
    expect(cards).to_have_count(2)
    harbour.locator(".o_kanban_load_more button").click()
    expect(cards).to_have_count(4)
    harbour.locator(".o_kanban_load_more button").click()
    expect(cards).to_have_count(5)
    expect(harbour.locator(".o_kanban_load_more")).to_have_count(0)
    harbour.locator(".o_kanban_config").click()
    page.locator(".o-dropdown--kanban-config-menu .o_column_archive_records").click()
    page.locator(".modal.d-block .btn-primary").click()
    expect(cards).to_have_count(0)
    assert not any(row["active"] for row in call("res.partner", "read", people, ["active"]))


def test_part_of_the_bar_filters_its_column(visitor, screen, sampler, cards):
    """A click on a part of a column's bar shows the cards of that part, a second one all cards again."""
    arch = """
        <kanban default_group_by="x_boolean">
            <progressbar field="x_selection" colors='{"blocked": "danger", "done": "success"}'/>
            <templates><t t-name="card"><field name="x_name"/></t></templates>
        </kanban>
    """
    page = visitor.open(screen(sampler, arch))
    shown = page.locator(".o_kanban_record")
    expect(shown).to_have_count(3)
    page.locator(".o_column_progress .bg-danger").click()
    expect(shown).to_have_count(2)
    page.locator(".o_column_progress .bg-danger").click()
    expect(shown).to_have_count(3)
    page.locator(".o_column_progress .bg-200").click()
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("One")


COLUMNS = """
    <kanban default_group_by="x_many2one" on_create="quick_create">
        <field name="x_many2one" options="{'group_by_tooltip': {'email': 'Write to'}}"/>
        <progressbar field="x_selection" colors='{"blocked": "danger"}' sum_field="x_integer"/>
        <templates><t t-name="card"><field name="x_name"/></t></templates>
    </kanban>"""


@pytest.fixture
def columns(call, sampler):
    """Two contacts, with two cards and one card."""
    partners = call(
        "res.partner",
        "create",
        [{"name": "Kanban east", "email": "east@example.com"}, {"name": "Kanban west"}],
    )
    rows = [("One", 0, "normal", 1000), ("Two", 0, "blocked", 2000), ("Three", 1, "blocked", 4000)]
    call(
        sampler,
        "create",
        [
            {"x_name": name, "x_many2one": partners[place], "x_selection": kind, "x_integer": number}
            for name, place, kind, number in rows
        ],
    )
    yield partners
    call(sampler, "unlink", call(sampler, "search", []))
    call("res.partner", "unlink", call("res.partner", "search", [("name", "like", "Kanban ")]))


def drag(page, card, place):
    """Take a card to a place on the page."""
    box = card.bounding_box()
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)
    page.mouse.down()
    page.mouse.move(*place, steps=5)
    page.mouse.up()


def test_v150_v151_bars_follow_what_is_dragged_and_created(visitor, screen, call, sampler, columns):
    page = visitor.open(screen(sampler, COLUMNS))
    east, west = column(page, "Kanban east"), column(page, "Kanban west")
    expect(east.locator(".o_animated_number")).to_have_text("3k")
    east.locator(".o_column_progress .bg-danger").click()
    expect(east.locator(".o_kanban_record")).to_have_text(["Two"])
    expect(east.locator(".o_animated_number")).to_have_text("2k")
    east.locator(".o_column_progress .bg-danger").click()
    expect(east.locator(".o_animated_number")).to_have_text("3k")
    box = west.bounding_box()
    drag(page, east.locator(".o_kanban_record", has_text="Two"), (box["x"] + 60, box["y"] + 300))
    expect(west.locator(".o_kanban_record")).to_have_count(2)
    expect(west.locator(".o_animated_number")).to_have_text("6k")
    expect(east.locator(".o_column_progress .bg-danger")).to_have_count(0)
    two = call(sampler, "search_read", [["x_name", "=", "Two"]], fields=["x_many2one"])[0]
    assert two["x_many2one"][0] == columns[1]
    west.locator(".o_kanban_quick_add").click()
    expect(west.locator(".o_kanban_quick_create input").first).to_be_focused()
    page.keyboard.type("Four")
    page.keyboard.press("Enter")
    expect(west.locator(".o_column_progress .bg-200")).to_have_attribute("aria-label", "1 Other")


def test_v141_v146_v147_columns_tell_and_are_made(visitor, screen, sampler, columns, call):
    page = visitor.open(screen(sampler, COLUMNS))
    east = column(page, "Kanban east")
    east.locator(".o_column_title").hover()
    expect(page.locator(".o_kanban_group_tooltip")).to_contain_text("east@example.com")
    page.locator(".o_quick_create_folded button").click()
    expect(page.locator(".o_column_quick_create input")).to_be_focused()
    page.keyboard.type("Kanban north")
    page.keyboard.press("Enter")
    expect(column(page, "Kanban north")).to_be_visible()
    expect(page.locator(".o_column_quick_create input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".o_quick_create_folded")).to_be_visible()
    assert call("res.partner", "search_count", [("name", "=", "Kanban north")]) == 1
    east.locator(".o_kanban_config").click()
    page.locator(".o_kanban_toggle_fold").click()
    expect(page.locator(".o_column_folded .o_kanban_count")).to_have_text("(2)")
    page.locator(".o_column_folded").click()
    expect(east.locator(".o_kanban_record")).to_have_count(2)


def test_v146_without_a_column_one_is_asked_for(visitor, screen, sampler):
    page = visitor.open(screen(sampler, COLUMNS, domain="[('id', '=', -1)]"))
    expect(page.locator(".o_quick_create_unfolded input")).to_be_visible()
    expect(page.locator(".o_kanban_example_background").first).to_be_visible()
    expect(page.locator(".o-kanban-button-new")).to_have_count(0)


def test_v149_v153_keys_and_an_action_that_creates(visitor, screen, sampler, columns):
    arch = COLUMNS.replace('on_create="quick_create"', 'on_create="base.action_partner_form"')
    page = visitor.open(screen(sampler, arch, "<form><field name='x_name'/></form>"))
    page.locator(".o_kanban_record", has_text="One").focus()
    for key, text in (("ArrowDown", "Two"), ("ArrowRight", "Three"), ("ArrowUp", "Three"), ("ArrowLeft", "One")):
        page.keyboard.press(key)
        if key != "ArrowUp":
            expect(page.locator(".o_kanban_record:focus")).to_contain_text(text)
        else:
            expect(page.locator(".o_searchview_input")).to_be_focused()
            page.locator(".o_kanban_record", has_text="Three").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".o_form_view [name=x_name] input")).to_have_value("One")
    page.locator(".o_breadcrumb a, .o_breadcrumb .breadcrumb-item").first.click()
    page.locator(".o-kanban-button-new").click()
    expect(page.locator(".o_last_breadcrumb_item, .o_breadcrumb").last).to_contain_text("Customers")
