"""Calendars: days drawn and moved, filters, scales, dialogs; at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.settling import expect_value

CALENDAR = """
    <calendar string="Plan" date_start="x_datetime" date_delay="x_float" color="x_selection" mode="week"
        create_name_field="x_name" event_open_popup="1">
        <field name="x_selection" filters="1"/>
        <field name="x_many2one" filters="1" avatar_field="avatar_128"/>
        <field name="x_text" invisible="not x_text"/>
    </calendar>"""
FORM = """<form><group><field name="x_name"/><field name="x_datetime"/><field name="x_float"/>
    <field name="x_date"/></group></form>"""
LIST = "<list><field name='x_name'/></list>"
#: a Wednesday
SHOWN = "{'initial_date': '2024-05-15'}"
ROWS = [
    ("Breakfast", "2024-05-13 07:00:00", 2, "done"),
    ("Review", "2024-05-15 09:00:00", 1, "normal"),
    ("Workshop", "2024-05-16 12:00:00", 3, "blocked"),
]


@pytest.fixture(scope="module")
def guest(call):
    """Id of a contact that comes to one of the events."""
    made = call("res.partner", "create", {"name": "Calendar guest"})
    yield made
    call("res.partner", "unlink", [made])


@pytest.fixture
def plan(screen, call, sampler, guest):
    """A function that returns the address of a calendar of three events of a week, and of their list."""
    values = [
        {"x_name": name, "x_datetime": start, "x_float": hours, "x_selection": kind, "x_date": start[:10]}
        for name, start, hours, kind in ROWS
    ]
    values[1]["x_many2one"] = guest
    call(sampler, "create", values)

    def make(arch=CALENDAR, **action):
        return screen(sampler, arch, LIST, FORM, context=SHOWN, **action)

    yield make
    call(sampler, "unlink", call(sampler, "search", []))


@pytest.fixture
def stored(call, sampler):
    """A function that returns when the events begin and how long they take, by their names."""

    def read():
        rows = call(sampler, "search_read", [], ["x_name", "x_datetime", "x_float", "x_date"])
        return {row["x_name"]: (row["x_datetime"], row["x_float"], row["x_date"]) for row in rows}

    return read


def event(page, name):
    """Return an event on the page, without what shows where it is dragged to: that is there a moment longer."""
    return page.locator(".o_event:not(.fc-event-mirror)", has_text=name)


def slot(page, day, hour):
    """Return the place of an hour of a day on the page: x and y."""
    column = page.locator(f".fc-timegrid-col[data-date='{day}']").bounding_box()
    row = page.locator(f".fc-timegrid-slot-lane[data-time='{hour}:00']").bounding_box()
    return column["x"] + column["width"] / 2, row["y"] + 4


def drag(page, start, end):
    """Draw from one place of the page to another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 3, start[1] + 3)
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def choose_scale(page, name):
    """Take a scale of the menu."""
    page.locator(".o_view_scale_selector button").click()
    page.locator(f".o_scale_button_{name}").click()


def test_v53_v58_events_and_what_they_tell(visitor, plan):
    page = visitor.open(plan())
    review = event(page, "Review")
    expect(review).to_contain_text("11:00")
    assert "o_past_event" in review.get_attribute("class")
    review.click()
    popover = page.locator(".o_cw_popover")
    expect(popover.locator(".o_cw_popover_date")).to_have_text("May 15, 2024")
    expect(popover.locator(".o_cw_popover_time")).to_have_text("11:00 - 12:00")
    expect(popover).to_contain_text("1 hour")
    expect(popover.locator(".o_cw_popover_field")).to_have_count(2)
    expect(popover.locator("[data-name=x_many2one]")).to_contain_text("Calendar guest")
    page.keyboard.press("Escape")
    expect(popover).to_have_count(0)
    # by keys, and back to where they were
    page.keyboard.press("Enter")
    expect(popover.locator(".o_cw_popover_time")).to_have_text("11:00 - 12:00")
    popover.locator(".o_cw_popover_delete").click()
    page.locator(".o_dialog .btn-danger").click()
    expect(review).to_have_count(0)


def test_v54_v56_an_event_is_drawn(visitor, plan, stored):
    page = visitor.open(plan())
    expect(event(page, "Review")).to_be_visible()
    drag(page, slot(page, "2024-05-14", "10:00"), slot(page, "2024-05-14", "11:30"))
    dialog = page.locator(".o-calendar-quick-create")
    expect(dialog.locator("input")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".o_notification")).to_be_visible()
    dialog.locator("input").fill("Drawn")
    page.keyboard.press("Enter")
    expect(event(page, "Drawn")).to_contain_text("10:00")
    assert stored()["Drawn"][:2] == ("2024-05-14 08:00:00", 1.75)
    # the hours of two days are no event
    drag(page, slot(page, "2024-05-13", "15:00"), slot(page, "2024-05-14", "16:00"))
    expect(dialog).to_have_count(0)
    # another one by a click, with more than its title
    page.mouse.click(*slot(page, "2024-05-17", "08:00"))
    dialog.locator("input").fill("Clicked")
    dialog.locator(".o-calendar-quick-create--edit-btn").click()
    form = page.locator(".o_dialog .o_form_renderer")
    expect(form.locator("[name=x_name] input")).to_have_value("Clicked")
    page.locator(".o_dialog .o_form_button_save").click()
    expect(event(page, "Clicked")).to_contain_text("08:00")
    assert stored()["Clicked"][:2] == ("2024-05-17 06:00:00", 1)


def test_v54_v55_events_are_moved_and_resized(visitor, plan, stored):
    page = visitor.open(plan())
    # what is drawn anew is elsewhere when it is dragged
    visitor.wait_for_answers()
    box = event(page, "Review").bounding_box()
    drag(page, (box["x"] + 20, box["y"] + 10), slot(page, "2024-05-17", "14:00"))
    expect(event(page, "Review")).to_contain_text("14:00")
    expect_value(lambda: stored()["Review"][:2], ("2024-05-17 12:00:00", 1))
    review = event(page, "Review")
    review.hover()
    handle = review.locator(".fc-event-resizer-end").bounding_box()
    drag(page, (handle["x"] + 10, handle["y"] + 3), slot(page, "2024-05-17", "16:30"))
    expect_value(lambda: stored()["Review"][:2], ("2024-05-17 12:00:00", 2.75))
    choose_scale(page, "month")
    expect(page.locator(".fc-daygrid-day[data-date='2024-05-20']")).to_be_visible()
    visitor.wait_for_answers()
    day = page.locator(".fc-daygrid-day[data-date='2024-05-20']").bounding_box()
    box = event(page, "Review").bounding_box()
    drag(page, (box["x"] + 30, box["y"] + 8), (day["x"] + 40, day["y"] + 50))
    expect(page.locator("[data-date='2024-05-20'] .o_event")).to_contain_text("14:00")
    expect_value(lambda: stored()["Review"][:2], ("2024-05-20 12:00:00", 2.75))


def test_v54_v57_two_clicks_edit(visitor, plan, stored):
    page = visitor.open(plan())
    event(page, "Review").dblclick()
    name = page.locator(".o_dialog .o_form_renderer [name=x_name] input")
    expect(name).to_have_value("Review")
    name.fill("Second review")
    page.locator(".o_dialog .o_form_button_save").click()
    expect(event(page, "Second review")).to_be_visible()
    expect(page.locator(".o_cw_popover")).to_have_count(0)


def test_v57_without_dialogs_forms_are_opened_in_the_page(visitor, plan):
    arch = CALENDAR.replace('event_open_popup="1"', 'quick_create="0"')
    page = visitor.open(plan(arch))
    event(page, "Review").dblclick()
    expect(page.locator(".o_form_view [name=x_name] input")).to_have_value("Review")
    page.locator(".o_breadcrumb a, .o_breadcrumb .breadcrumb-item").first.click()
    # the same week is shown
    expect(event(page, "Review")).to_be_visible()
    page.locator(".o-calendar-button-new").click()
    expect(page.locator(".o_form_view [name=x_name] input")).to_have_value("")


def test_v47_v49_filters(visitor, plan):
    page = visitor.open(plan())
    kinds = page.locator(".o_calendar_filter[data-name=x_selection]")
    guests = page.locator(".o_calendar_filter[data-name=x_many2one]")
    expect(kinds.locator(".o_calendar_filter_item")).to_have_text(["Blocked", "Done", "In progress"])
    assert "res.partner" in guests.locator("img").first.get_attribute("src")
    kinds.get_by_label("Done").uncheck()
    expect(event(page, "Breakfast")).to_have_count(0)
    expect(page.locator(".o_event")).to_have_count(2)
    expect(kinds.locator(".o_calendar_filter_items_checkall")).not_to_be_checked()
    page.locator(".o_calendar_button_next").click()
    expect(page.locator(".o_event")).to_have_count(0)
    page.locator(".o_calendar_button_prev").click()
    expect(page.locator(".o_event")).to_have_count(2)
    kinds.locator(".o_calendar_filter_items_checkall").check()
    expect(page.locator(".o_event")).to_have_count(3)
    kinds.locator(".o_cw_filter_collapse_icon").click()
    expect(kinds.locator(".o_calendar_filter_item")).to_have_count(0)
    guests.get_by_label("Undefined").uncheck()
    expect(page.locator(".o_event")).to_have_count(1)


def test_v48_filters_that_are_kept(visitor, plan, guest):
    kept = []

    def answer(route):
        """Stand for a model that keeps what users added, of which the installed addons have none."""
        params = route.request.post_data_json["params"]
        if params["method"] == "search_read":
            result = kept
        elif params["method"] == "create":
            result = []
            for values in params["args"][0]:
                assert values == {"user_id": 2, "partner_id": guest, "checked": True}
                kept.append({"id": 1, "partner_id": [guest, "Calendar guest"], "checked": True})
                result.append(1)
        elif params["method"] == "write":
            kept[0] |= params["args"][1]
            result = True
        else:
            kept.clear()
            result = True
        route.fulfill(json={"jsonrpc": "2.0", "id": None, "result": result})

    visitor.page.route("**/call_kw/x_kept/**", answer)
    arch = """<calendar date_start="x_datetime" date_delay="x_float" create_name_field="x_name">
        <field name="x_many2one" write_model="x_kept" write_field="partner_id" filter_field="checked"
            avatar_field="avatar_128"/>
    </calendar>"""
    page = visitor.open(plan(arch))
    section = page.locator(".o_calendar_filter[data-name=x_many2one]")
    items = section.locator(".o_calendar_filter_item")
    expect(items).to_have_text(["Mitchell Admin", "Everybody's calendars"])
    expect(page.locator(".o_event")).to_have_count(0)
    section.locator(".o-autocomplete input").fill("Calendar guest")
    page.locator(".o-autocomplete--dropdown-item", has_text="Calendar guest").click()
    expect(items).to_have_text(["Mitchell Admin", "Calendar guest", "Everybody's calendars"])
    expect(page.locator(".o_event")).to_have_text([re.compile("Review")])
    section.get_by_label("Calendar guest", exact=True).uncheck()
    expect(page.locator(".o_event")).to_have_count(0)
    assert kept[0]["checked"] is False
    section.get_by_label("Everybody's calendars").check()
    expect(page.locator(".o_event")).to_have_count(3)
    section.get_by_role("button", name="Remove Calendar guest").click()
    expect(items).to_have_count(2)
    assert kept == []


def test_v59_a_year(visitor, plan):
    page = visitor.open(plan())
    choose_scale(page, "year")
    expect(page.locator(".fc-month-container")).to_have_count(12)
    expect(page.locator(".o_event")).to_have_count(3)
    page.locator("[data-date='2024-05-15']").click()
    popover = page.locator(".o_cw_popover_year")
    expect(popover).to_contain_text("May 15, 2024")
    popover.locator(".o_cw_popover_link", has_text="Review").click()
    expect(page.locator(".o_dialog [name=x_name] input")).to_have_value("Review")
    page.keyboard.press("Escape")
    expect(page.locator(".o_dialog")).to_have_count(0)
    # keys go through the days, and make something on an empty one
    page.locator("[data-date='2024-05-15']").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    dialog = page.locator(".o-calendar-quick-create")
    dialog.locator("input").fill("All day")
    page.keyboard.press("Enter")
    expect(page.locator(".o_event")).to_have_count(4)
    expect(page.locator("[data-date='2024-05-23'] .o_event")).to_have_count(1)


def test_v42_v60_days_scales_and_the_side(visitor, plan):
    page = visitor.open(plan())
    title = page.locator(".o_calendar_title")
    expect(title).to_contain_text("Week 20")
    days = page.locator(".o_calendar_sidebar .o_date_item_cell:not(.o_out_of_range)")
    days.get_by_text("16", exact=True).click()
    expect(title).to_contain_text("May 16, 2024")
    days.get_by_text("16", exact=True).click()
    expect(page.locator(".o_calendar_month .fc-daygrid-day")).to_have_count(42)
    days.get_by_text("30", exact=True).click()
    expect(title).to_contain_text("Week 22")
    page.reload()
    expect(title).to_contain_text("Week")
    expect(event(page, "Review")).to_be_visible()
    page.locator(".o_view_scale_selector button").click()
    page.locator(".o_show_weekends").click()
    expect(page.locator(".fc-col-header-cell")).to_have_count(5)
    page.keyboard.press("Escape")
    page.locator(".o_sidebar_toggler").click()
    expect(page.locator(".o_calendar_sidebar")).to_have_count(0)
    page.reload()
    expect(page.locator(".fc-col-header-cell")).to_have_count(5)
    expect(page.locator(".o_calendar_sidebar")).to_have_count(0)
    page.locator(".o_view_scale_selector button").click()
    page.locator(".o_show_weekends").click()
    page.keyboard.press("Escape")
    page.locator(".o_calendar_button_today").click()
    expect(page.locator(".fc-day-today").first).to_be_visible()
    expect(page.locator(".o_event")).to_have_count(0)


def test_on_a_phone(phone, plan):
    page = phone.open(plan())
    expect(event(page, "Review")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    expect(page.locator(".o_calendar_sidebar")).to_have_count(0)
    event(page, "Review").click()
    dialog = page.locator(".o_dialog")
    expect(dialog.locator(".o_cw_popover_time")).to_have_text("11:00 - 12:00")
    dialog.locator(".btn-close").click()
    page.locator(".o_other_calendar_panel").click()
    page.locator(".o_calendar_filter[data-name=x_selection]").get_by_label("Done").uncheck()
    page.locator(".o_other_calendar_panel").click()
    expect(page.locator(".o_event")).to_have_count(2)
    choose_scale(page, "year")
    page.locator(".fc-month-container [data-date='2024-05-15']").click()
    expect(page.locator(".o_calendar_day")).to_be_visible()
    expect(page.locator(".o_calendar_title")).to_contain_text("May 15, 2024")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_v51_days_without_hours(visitor, plan, stored):
    arch = "<calendar date_start='x_date' create_name_field='x_name' mode='month' event_limit='1'/>"
    page = visitor.open(plan(arch))
    expect(event(page, "Review")).to_have_class(re.compile("o_event_allday"))
    day = page.locator(".fc-daygrid-day[data-date='2024-05-21']").bounding_box()
    box = event(page, "Review").bounding_box()
    drag(page, (box["x"] + 30, box["y"] + 8), (day["x"] + 40, day["y"] + 50))
    expect(page.locator("[data-date='2024-05-21'] .o_event")).to_be_visible()
    expect_value(lambda: stored()["Review"][2], "2024-05-21")
