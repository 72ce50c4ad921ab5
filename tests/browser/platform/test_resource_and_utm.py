"""Working hours are kept in a form, campaigns on a board: by people."""

from browser.seats import PHONE
from playwright.sync_api import expect

HOURS = "/odoo/action-resource.action_resource_calendar_form"


def lines(page):
    """Return the lines of the working hours."""
    return page.locator(".o_field_widget[name='attendance_ids'] .o_data_row")


def open_hours(visitor):
    """Open the form of the standard working hours; return the page."""
    page = visitor.open(HOURS)
    page.locator(".o_data_row .o_data_cell").first.click()
    expect(lines(page).first).to_be_visible()
    return page


def test_res_6_hours_of_two_weeks(visitor, server):
    """RES-6, RES-8: a week becomes two below headings, a line is edited, and one week comes back."""
    page = open_hours(visitor)
    expect(lines(page)).to_have_count(15)
    page.get_by_role("button", name="Use Two Weeks").click()
    page.locator(".modal-dialog .btn-primary").click()
    expect(page.get_by_role("button", name="Use One Week")).to_be_visible()
    headings = page.locator(".o_field_widget[name='attendance_ids'] .o_is_line_section")
    expect(headings).to_have_count(2)
    expect(headings.first).to_contain_text("First week")
    # headings are called what the server calls them now
    expect(headings.filter(has_text="(this week)")).to_have_count(1)
    expect(page.locator(".o_field_widget[name='two_weeks_explanation']")).to_contain_text("week")
    morning = lines(page).nth(1)
    morning.locator("td[name='hour_to']").click()
    morning.locator("td[name='hour_to'] input").fill("11:30")
    page.keyboard.press("Alt+s")
    # half an hour less on one of ten days
    expect(page.locator(".o_field_widget[name='hours_per_day']")).to_have_text("07:57")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    hours = (
        "SELECT hour_to FROM resource_calendar_attendance WHERE dayofweek = '0' AND week_type = '0' ORDER BY sequence"
    )
    assert server.query(hours)[1][0] == 11.5
    page.get_by_role("button", name="Use One Week").click()
    page.locator(".modal-dialog .btn-primary").click()
    expect(headings).to_have_count(0)
    expect(lines(page)).to_have_count(15)


def test_res_5_hours_that_overlap_are_refused(visitor):
    """RES-5: the message names both lines."""
    page = open_hours(visitor)
    morning = lines(page).first
    morning.locator("td[name='hour_to']").click()
    morning.locator("td[name='hour_to'] input").fill("14:00")
    page.keyboard.press("Alt+s")
    expect(page.locator(".modal-dialog")).to_contain_text("“Monday Morning” and “Monday Lunch”")
    page.locator(".modal-dialog .btn-primary").click()
    page.locator(".o_form_button_cancel").click()
    expect(page.locator(".o_form_button_cancel")).to_be_hidden()


def test_res_8_hours_on_a_phone(phone):
    """RES-8: lines are cards with day and hours."""
    page = phone.open(f"{HOURS}/1")
    card = page.locator(".o_field_widget[name='attendance_ids'] .o_kanban_record").first
    expect(card).to_contain_text("Monday")
    expect(card).to_contain_text("08:00 – 12:00")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_utm_1_a_campaign_on_the_board(visitor, server):
    """UTM-1: a title is enough, and the same one again gets a number."""
    page = visitor.open("/odoo/action-utm.utm_campaign_action?view_type=kanban")
    page.locator(".o-kanban-button-new").click()
    title = page.locator(".o_kanban_quick_create .o_field_widget[name='title'] input")
    for count in (1, 2):
        # the next one is asked for when one is made
        expect(title).to_have_value("")
        title.fill("Spring")
        page.locator(".o_kanban_quick_create .o_kanban_add").click()
        expect(page.locator(".o_kanban_record", has_text="Spring")).to_have_count(count)
    names = server.query("SELECT name FROM utm_campaign WHERE title ->> 'en_US' = 'Spring' ORDER BY id")
    assert [name for (name,) in names] == ["Spring", "Spring [2]"]
