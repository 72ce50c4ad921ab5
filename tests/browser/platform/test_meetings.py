"""A series of meetings is planned, moved and cut short in the calendar; an invitation is answered on a phone."""

import re

from browser.seats import PHONE
from playwright.sync_api import expect

CALENDAR = "/odoo/action-calendar.action_calendar_event"


def spot(page, day, hour):
    """Return where an hour of a day of the week that is shown is: x and y."""
    column = page.locator(".fc-timegrid-col[data-date]").nth(day).bounding_box()
    row = page.locator(f".fc-timegrid-slot-lane[data-time='{hour:02}:00:00']").bounding_box()
    return column["x"] + column["width"] / 2, row["y"] + 4


def go_on(visitor):
    """Show the week after, and what is in it."""
    page = visitor.page
    day = page.locator(".fc-timegrid-col[data-date]").nth(1)
    before = day.get_attribute("data-date")
    page.locator(".o_calendar_button_next").click()
    expect(day).not_to_have_attribute("data-date", before)
    # what comes then is drawn anew, and closes what was opened before
    visitor.wait_for_answers()


def cards(page):
    """Return the cards of the meeting."""
    return page.locator(".o_event:not(.fc-event-mirror)", has_text="Tasting")


def test_series(visitor):
    page = visitor.open(CALENDAR)
    go_on(visitor)
    page.locator(".fc-timegrid-slot-lane[data-time='16:00:00']").scroll_into_view_if_needed()
    page.mouse.click(*spot(page, 1, 14))
    dialog = page.locator(".modal")
    dialog.locator(".o_field_widget[name='name'] input").fill("Tasting")
    dialog.locator(".o_field_widget[name='partner_ids'] input").fill("My Comp")
    page.locator(".o-autocomplete--dropdown-item a", has_text="My Company").first.click()
    dialog.locator(".o_calendar_more").click()
    dialog.locator(".nav-link", has_text="Repeat").click()
    expect(dialog.locator(".o_field_widget[name='name'] input")).to_have_value("Tasting")
    dialog.locator(".o_field_widget[name='recurrency'] input").check()
    dialog.locator(".o_field_widget[name='count'] input").fill("4")
    dialog.locator(".o_form_button_save").click()
    expect(dialog).to_have_count(0)
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_have_class(re.compile("o_attendee_status_accepted"))

    # the second one is moved to the day after, alone
    go_on(visitor)
    expect(cards(page)).to_have_count(1)
    box = cards(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(*spot(page, 2, 14), steps=5)
    page.mouse.up()
    expect(dialog.locator("input[value='self_only']")).to_be_checked()
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".fc-timegrid-col[data-date]").nth(2).locator(".o_event")).to_have_count(1)

    # from the third one on, they are deleted
    go_on(visitor)
    expect(page.locator(".fc-timegrid-col[data-date]").nth(1).locator(".o_event")).to_have_count(1)
    cards(page).click()
    page.locator(".o_popover_calendar .o_attendees_expandable button").click()
    expect(page.locator(".o_attendees_expandable li")).to_have_count(2)
    page.locator(".o_cw_popover_delete").click()
    dialog.get_by_label("Delete this and following events").check()
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog).to_have_count(0)
    expect(cards(page)).to_have_count(0)
    page.locator(".o_calendar_button_prev").click()
    expect(cards(page)).to_have_count(1)


def test_on_a_phone(phone):
    page = phone.open("/odoo/calendar/new")
    page.locator(".o_field_widget[name='name'] input, .o_field_widget[name='name'] textarea").first.fill("Walk")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_saved, .o_form_view:not(.o_form_dirty)").first).to_be_visible()
    phone.move_to("/odoo/calendar")
    expect(page.locator(".o_calendar_widget")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
