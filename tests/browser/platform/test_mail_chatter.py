"""What is written about a document reaches those who are named, on the form that they have open."""

import base64

import pytest
from browser.seats import PHONE
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

#: a red dot
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg=="
)
MESSAGE = ".o-mail-Message"
INPUT = ".o-mail-Composer-input"


@pytest.fixture
def colleague(chromium, server, call):
    """The page of a colleague, who reads in the inbox, on a phone."""
    user = {"name": "Ines Reader", "login": "ines", "password": "ines-reads-it", "notification_type": "inbox"}
    call("res.users", "create", user, context={"no_reset_password": True})
    browser = chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", user["login"])
    page.fill("input[name=password]", user["password"])
    page.click("button[type=submit]")
    expect(page.locator(".o_navbar")).to_be_visible()
    yield page
    browser.close()


def test_c60_c72_a_colleague_is_named_and_sees_it_at_once(visitor, server, call, colleague):
    address = f"/odoo/res.partner/{call('res.partner', 'create', {'name': 'Azure Ltd'})}"
    colleague.goto(server.url + address)
    page = visitor.open(address)
    page.set_viewport_size({"width": 1700, "height": 900})
    for one in (page, colleague):
        expect(one.locator(MESSAGE)).to_have_count(1)
    colleague.wait_for_function("odoo.__WOWL_DEBUG__?.root.env.services.bus_service.workerState === 'CONNECTED'")
    # beside the sheet on a wide screen, below it on a small one
    sheet, chatter = (page.locator(name).bounding_box() for name in (".o_form_sheet", ".o-mail-Chatter"))
    assert chatter["x"] >= sheet["x"] + sheet["width"]
    sheet, chatter = (colleague.locator(name).bounding_box() for name in (".o_form_sheet", ".o-mail-Chatter"))
    assert chatter["y"] >= sheet["y"] + sheet["height"]
    assert chatter["x"] + chatter["width"] <= 390

    page.locator(".o-mail-Chatter-logNote").click()
    page.locator(INPUT).press_sequentially("Look @ines")
    expect(page.locator(".o-mail-Composer-suggestion")).to_contain_text("Ines Reader")
    page.keyboard.press("Enter")
    expect(page.locator(INPUT)).to_have_value("Look @Ines Reader ")
    page.locator(".o-mail-Composer .o_input_file").set_input_files(
        {"name": "dot.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    expect(page.locator(".o-mail-Composer .o-mail-AttachmentImage:not(.o-isUploading)")).to_be_visible()
    page.locator(INPUT).press("Control+Enter")

    # the form of the colleague was open all the time
    shown = colleague.locator(MESSAGE).first
    expect(shown).to_contain_text("Look @Ines Reader")
    expect(shown.locator(".o-mail-AttachmentImage img")).to_be_visible()
    expect(page.locator(MESSAGE).first).to_contain_text("Look @Ines Reader")
    expect(page.locator(INPUT)).to_have_count(0)


def test_c71_c80_a_message_is_changed_and_deleted_and_found(visitor, call):
    page = visitor.open(f"/odoo/res.partner/{call('res.partner', 'create', {'name': 'Basil Ltd'})}")
    # an e-mail that could not be sent would be counted in the menu of messages, also in other tests
    page.locator(".o-mail-Chatter-logNote").click()
    page.locator(INPUT).fill("The first words")
    page.locator(".o-mail-Composer-send").click()
    message = page.locator(MESSAGE).first
    expect(message).to_contain_text("The first words")
    message.hover()
    message.locator("[name='edit']").click()
    message.locator(INPUT).fill("Other words")
    message.locator(".o-mail-Composer-send").click()
    expect(message).to_contain_text("(changed)")
    expect(message.locator(".o-mail-Message-body")).to_contain_text("Other words")
    message.hover()
    message.get_by_role("button", name="Add a reaction").click()
    page.locator(".o-mail-QuickReactionMenu button").first.click()
    expect(message.locator(".o-mail-MessageReaction")).to_have_count(1)
    page.get_by_role("button", name="Search the messages").click()
    page.get_by_label("Words of a message").fill("other")
    page.keyboard.press("Enter")
    expect(page.locator(".o-mail-Message-searchHighlight")).to_have_text("Other")
    page.get_by_role("button", name="Close the search").click()
    message.hover()
    message.get_by_role("button", name="More", exact=True).click()
    page.locator(".o-mail-Message-moreMenu [name='delete']").click()
    page.locator(".modal").get_by_role("button", name="Delete").click()
    expect(message).to_contain_text("This message was deleted")
