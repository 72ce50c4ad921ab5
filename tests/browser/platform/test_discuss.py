"""Colleagues talk: what one writes is on the other's page at once, and counted until it is read."""

from types import SimpleNamespace

import pytest
from browser.place import Caller
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

LOGIN, PASSWORD = "discuss.colleague", "colleague-1234"


@pytest.fixture(scope="module")
def colleague(call, server):
    """A program of a colleague's: ``colleague(model, method, *args, **kwargs)``."""
    values = {"name": "Cora Colleague", "login": LOGIN, "password": PASSWORD, "email": "cora@house.example"}
    call("res.users", "create", values)
    seat = SimpleNamespace(wait=lambda: None)
    return Caller(SimpleNamespace(url=server.url, db=server.db, login=LOGIN, password=PASSWORD), seat)


def write(colleague, channel_id, text):
    """Have the colleague write."""
    kind = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
    colleague("discuss.channel", "message_post", [channel_id], body=text, **kind)


def test_c50_c51_c52_c100_two_people_chat(visitor, call, colleague):
    page = visitor.open()
    [me] = call("res.users", "search_read", [["login", "=", visitor.server.login]], ["partner_id"])
    [channel] = colleague("discuss.channel", "channel_get", [me["partner_id"][0]])["discuss.channel"]
    write(colleague, channel["id"], "Shall we have lunch?")
    expect(page.locator(".o-mail-ChatBubble-counter")).to_have_text("1")
    expect(page.locator(".o-mail-MessagingMenu-counter")).to_have_text("1")
    page.locator(".o-mail-ChatHub-bubbleBtn").click()
    window = page.get_by_role("region", name="Cora Colleague")
    expect(window.locator(".o-mail-Message-body")).to_have_text("Shall we have lunch?")
    window.locator(".o-mail-Composer-input").fill("At noon")
    page.keyboard.press("Enter")
    expect(window.locator(".o-mail-Message-body").last).to_have_text("At noon")
    expect(page.locator(".o-mail-MessagingMenu-counter")).to_have_count(0)
    write(colleague, channel["id"], "See you")
    expect(window.locator(".o-mail-Message-body").last).to_have_text("See you")
    # who writes has read, and leaves with the key
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)


def test_c102_rooms_are_made_and_joined(phone, call, colleague):
    page = phone.open("/odoo/discuss")
    page.locator(".o-mail-Discuss-back").click()
    page.get_by_title("Add or join a channel").click()
    page.get_by_placeholder("Name of a channel…").fill("Garden")
    page.get_by_text("Create: # Garden (for the company)").click()
    window = page.get_by_role("region", name="Garden")
    expect(window).to_be_visible()
    assert window.bounding_box()["width"] == page.viewport_size["width"]
    [room] = call("discuss.channel", "search", [["name", "=", "Garden"]])
    colleague("discuss.channel", "channel_join", [room])
    write(colleague, room, "The tulips are here")
    expect(window.get_by_text("The tulips are here")).to_be_visible()
    window.get_by_title("Close Chat Window").click()
    expect(page.locator(".o-mail-DiscussSidebarChannel", has_text="Garden")).to_be_visible()


def test_c102_what_is_typed_about_a_room_stays(visitor, call, colleague):
    [room] = call("discuss.channel", "create", [{"name": "Orchard"}])
    call("discuss.channel", "channel_join", [room])
    colleague("discuss.channel", "channel_join", [room])
    page = visitor.open(f"/odoo/discuss?active_id=discuss.channel_{room}")
    description = page.get_by_label("Description")
    description.press_sequentially("Apples and")
    write(colleague, room, "They are ripe")
    expect(page.get_by_text("They are ripe")).to_be_visible()
    colleague("discuss.channel", "channel_rename", [room], "Orchards")
    expect(page.locator(".o-mail-Discuss-threadName")).to_have_value("Orchards")
    expect(description).to_have_value("Apples and")
    description.press_sequentially(" pears")
    page.keyboard.press("Tab")
    visitor.wait_for_answers()
    assert call("discuss.channel", "read", [room], ["description"])[0]["description"] == "Apples and pears"


def test_d87_a_guest_comes_by_a_link_and_talks(visitor, chromium, call, colleague):
    call("discuss.channel", "channel_create", "Open house", None)
    [room] = call("discuss.channel", "search", [["name", "=", "Open house"]])
    colleague("discuss.channel", "channel_join", [room])
    page = visitor.open(f"/odoo/discuss?active_id=discuss.channel_{room}")
    page.get_by_title("Invite People").click()
    link = page.get_by_label("Link of the invitation").input_value()
    with chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGS) as outside:
        guest = outside.new_page()
        guest.goto(link)
        guest.get_by_label("What is your name?").fill("Gus")
        guest.keyboard.press("Enter")
        guest.locator(".o-mail-Composer-input").fill("Is there cake?")
        guest.keyboard.press("Enter")
        mine = guest.locator(".o-mail-Message", has_text="Is there cake?")
        expect(mine).to_contain_text("Gus")
        # the address that others may read over the shoulder lets nobody in
        expect(guest).to_have_url(f"{visitor.server.url}/discuss/channel/{room}")
        expect(page.locator(".o-mail-Message", has_text="Is there cake?")).to_contain_text("Gus")
        write(colleague, room, "There is")
        expect(guest.get_by_text("There is")).to_be_visible()
