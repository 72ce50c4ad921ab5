"""Tours: recorded, followed by people, and done by the page itself."""

import pytest
from playwright.sync_api import expect

NAME = "make_a_contact"


@pytest.fixture
def tours(call):
    """The action with the list of tours; what a test adds is gone after it, and nobody is led around any more."""
    yield "/odoo/action-web_tour.tour_action"
    call("web_tour.tour", "unlink", call("web_tour.tour", "search", [("custom", "=", True)]))
    call("res.users", "switch_tour_enabled", False)


def make_tour(call, *steps, **values):
    lines = [[0, 0, {"trigger": trigger, "run": run, "content": content}] for trigger, run, content in steps]
    return call("web_tour.tour", "create", {"name": NAME, "custom": True, "url": "/odoo", "step_ids": lines, **values})


def test_tour21_a_tour_is_recorded(visitor, tours, call):
    page = visitor.open(tours)
    page.click(".o_tour_record")
    recorder = page.locator(".o_tour_recorder")
    recorder.locator(".o_button_record").click()
    page.click(".o_list_button_add")
    page.locator(".o_field_widget[name=url] input").fill("/odoo/x")
    expect(recorder.locator(".o_tour_step")).to_have_count(2)
    # it goes on after the page was loaded again
    page.locator(".o_form_button_cancel").click()
    expect(recorder.locator(".o_tour_step")).to_have_count(3)
    page.reload()
    expect(recorder.locator(".o_tour_step")).to_have_count(3)
    recorder.locator(".o_button_delete_step").last.click()
    recorder.locator(".o_button_save").click()
    recorder.locator("[name=name]").fill("a recorded tour")
    recorder.locator(".o_button_save_confirm").click()
    expect(page.locator(".o_notification", has_text="a_recorded_tour")).to_be_visible()
    expect(recorder).to_have_count(0)
    [tour] = call("web_tour.tour", "search_read", [("custom", "=", True)], fields=["name", "step_ids"])
    steps = call("web_tour.tour.step", "read", tour["step_ids"], ["trigger", "run"])
    assert tour["name"] == "a_recorded_tour"
    assert [step["run"] for step in steps] == ["click", "edit /odoo/x"]
    assert steps[0]["trigger"] == ".o_list_button_add"


def test_tour19_people_are_led_through_it(visitor, tours, call):
    make_tour(
        call,
        (".o_navbar_apps_menu button", "click", "All applications are here."),
        (".dropdown-item.o_app[data-menu-xmlid='sale.sale_menu_root']", "click", "Open Sales."),
        (".o_list_button_add", "click", "Make a quotation."),
    )
    page = visitor.open()
    page.goto(f"{visitor.server.url}/odoo?tour={NAME}")
    words = page.locator(".o_tour_pointer_content")
    expect(words).to_have_text("All applications are here.")
    expect(page).to_have_url(f"{visitor.server.url}/odoo")
    page.locator(".o_navbar_apps_menu button").click()
    expect(words).to_have_text("Open Sales.")
    page.locator(".dropdown-item.o_app", has_text="Sales").click()
    expect(words).to_have_text("Make a quotation.")
    # the place is kept when the page is loaded again
    page.reload()
    expect(words).to_have_text("Make a quotation.")
    page.locator(".o_list_button_add").click()
    expect(page.locator(".o_reward_msg")).to_contain_text("Well done!")
    expect(words).to_have_count(0)
    assert call("web_tour.tour", "search_count", [("name", "=", NAME), ("user_consumed_ids", "!=", False)]) == 1
    page.locator(".o_user_menu button").click()
    switch = page.locator("[data-menu='web_tour.tour_enabled']")
    expect(switch.locator("input")).to_be_checked()
    with page.expect_navigation():
        switch.click()
    assert call("res.users", "switch_tour_enabled", False) is False


def test_tour25_the_page_does_it_by_itself(visitor, tours, call):
    address = f"{tours}?debug=0"
    make_tour(call, (".o_list_button_add", "click", ""), (".o_form_view", False, ""), url=address)
    page = visitor.open(tours)
    page.locator(".o_data_row", has_text=NAME).locator("button", has_text="Test").click()
    expect(page.locator(".o_notification", has_text="went through")).to_be_visible()
    expect(page.locator(".o_form_view")).to_be_visible()


def test_tour19_on_a_phone(phone, tours, call):
    make_tour(call, (".o_navbar_apps_menu button", "click", "All applications of the company are behind this button."))
    page = phone.open()
    page.goto(f"{phone.server.url}/odoo?tour={NAME}")
    box = page.locator(".o_tour_pointer_content")
    expect(box).to_be_visible()
    place = box.bounding_box()
    assert place["x"] >= 0 and place["x"] + place["width"] <= page.viewport_size["width"]
    page.goto(f"{phone.server.url}{tours}")
    expect(
        page.locator(".o_data_row", has_text=NAME).locator("button", has=page.locator(".fa-cogs"))
    ).to_be_in_viewport(ratio=1)
