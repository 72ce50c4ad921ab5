"""A contact gets an account for the pages, sets a password, and talks about a document and signs it."""

import re

import pytest
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium
from tests.json_caller import Caller
from tests.server_process import ServerProcess

LINK = re.compile(r"http[^\"']+/web/signup\?[^\"']+")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def server(databases, server_options, data_dir, tmp_path_factory):
    """A server with a document that has a page."""
    name = databases.copy("test_portal")
    process = ServerProcess(
        name, [*server_options, f"--data-dir={data_dir}"], tmp_path_factory.mktemp("server") / "log"
    )
    process.start()
    yield process
    process.stop()
    databases.drop(name)


def log_in(page, server):
    """Log in as the administrator."""
    page.goto(f"{server.url}/web/login")
    page.fill("input[name=login]", server.login)
    page.fill("input[name=password]", server.password)
    page.click("button[type=submit]")
    expect(page.locator(".o_main_navbar")).to_be_visible()


def invite(page, server, partner):
    """Give a contact access in its form, and return the link of the e-mail."""
    log_in(page, server)
    page.goto(f"{server.url}/odoo/res.partner/{partner}")
    page.locator(".o_cp_action_menus .o-dropdown").click()
    page.get_by_role("menuitem", name="Access to the portal").click()
    line = page.locator(".modal .o_data_row", has_text="cora@example.org")
    line.get_by_role("button", name="Give access").click()
    expect(line.get_by_role("button", name="Take access away")).to_be_visible()
    [mail] = Caller(server).call("mail.mail", "search_read", [["email_to", "ilike", "cora@"]], ["body_html"])
    return LINK.search(mail["body_html"])[0].replace("&amp;", "&").replace("http://localhost:8069", server.url)


def test_prt_44_prt_20_from_the_invitation_to_the_signature(chromium, server):
    caller = Caller(server)
    partner = caller.call("res.partner", "create", {"name": "Cora", "email": "cora@example.org"})
    caller.call("test.portal.document", "create", {"name": "Plan of a garden", "partner_id": partner})
    browser = chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
    office = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    office.set_default_timeout(8000)
    link = invite(office, server, partner)

    page = browser.new_context(viewport=PHONE).new_page()
    # the first page for people from outside has its bundle made
    page.set_default_timeout(30_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.url}/web/{link.partition('/web/')[2]}")
    expect(page.get_by_label("Name")).to_have_value("Cora")
    page.get_by_label("Password", exact=True).fill("gardening")
    page.get_by_label("The same password again").fill("gardening")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Hello Cora")).to_be_visible()

    card = page.get_by_role("link", name="Documents")
    expect(card.locator(".badge")).to_have_text("1")
    page.get_by_role("link", name="Address").click()
    page.get_by_label("Phone").fill("0475 12 34 56")
    page.get_by_label("Street and number").fill("Lane 3")
    page.get_by_label("City").fill("Gent")
    page.get_by_label("Country").select_option(label="United States")
    expect(page.get_by_label("State")).to_be_visible()
    page.get_by_label("Country").select_option(label="Belgium")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Lane 3")).to_be_visible()

    card.click()
    page.get_by_role("link", name="Plan of a garden").click()
    page.get_by_label("Your message").fill("May there be roses?\n<b>Red ones</b>")
    page.get_by_role("button", name="Send").click()
    message = page.locator(".o_portal_message")
    expect(message).to_contain_text("<b>Red ones</b>")
    message.get_by_role("button", name="Edit").click()
    message.get_by_label("Your message").fill("Roses, please.")
    message.get_by_role("button", name="Save").click()
    expect(message).to_contain_text("Roses, please.")
    page.get_by_role("button", name="Accept & Sign").click()
    expect(page.get_by_text("Signed by Cora")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert errors == []
    browser.close()
