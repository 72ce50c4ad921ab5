"""A contact gets an account for the pages, sets a password by the link of the e-mail, and changes the address."""

import re
import uuid

from browser.seats import DESKTOP, PHONE
from playwright.sync_api import expect

LINK = re.compile(r"/web/signup\?[^\"']+")


def invite(visitor, partner, email):
    """Give a contact access in its form."""
    page = visitor.open(f"/odoo/res.partner/{partner}")
    page.locator(".o_cp_action_menus .o-dropdown").click()
    page.get_by_role("menuitem", name="Access to the portal").click()
    line = page.locator(".modal .o_data_row", has_text=email)
    line.get_by_role("button", name="Give access").click()
    expect(line.get_by_role("button", name="Take access away")).to_be_visible()


def test_prt_44_prt_20_from_the_invitation_to_the_address(window, place, server, call):
    email = f"cora.{uuid.uuid4().hex}@example.org"
    partner = call("res.partner", "create", {"name": "Cora", "email": email})
    with place.visit(DESKTOP) as visitor:
        invite(visitor, partner, email)
    [mail] = call("mail.mail", "search_read", [["email_to", "ilike", email]], ["body_html"])
    window.clear_cookies()
    page = window.new_page()
    try:
        page.set_viewport_size(PHONE)
        set_up_account(page, server.url + LINK.search(mail["body_html"])[0].replace("&amp;", "&"))
    finally:
        page.close()
    [found] = call("res.partner", "read", [partner], ["street", "city", "country_code"])
    assert (found["street"], found["city"], found["country_code"]) == ("Lane 3", "Monaco", "MC")


def set_up_account(page, link):
    """Choose a password by a link, and fill in the address."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(link)
    expect(page.get_by_label("Name")).to_have_value("Cora")
    page.get_by_label("Password", exact=True).fill("gardening")
    page.get_by_label("The same password again").fill("gardening")
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Hello Cora")).to_be_visible()
    page.locator(".o_portal_user summary").click()
    expect(page.get_by_role("menuitem", name="Log out")).to_be_visible()
    page.locator(".o_portal_user summary").click()
    expect(page.get_by_role("menuitem", name="Log out")).to_be_hidden()
    page.get_by_role("link", name="Address").click()
    page.get_by_label("Phone").fill("0475 12 34 56")
    page.get_by_label("Street and number").fill("Lane 3")
    page.get_by_label("City").fill("Monaco")
    page.get_by_label("Country").select_option(label="United States")
    expect(page.get_by_label("State")).to_be_visible()
    page.get_by_label("Country").select_option(label="Monaco")
    expect(page.get_by_label("State")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Lane 3")).to_be_visible()
    assert errors == []
