"""From the invitation of a colleague to the answer of a customer: two people at their pages, and e-mails between."""

import base64
import email
import email.policy
import re
import subprocess
import sys
import uuid
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.seats import DESKTOP
from mail_host import open_mail_server
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

ROOT = Path(__file__).resolve().parents[3]
MAILGATE = ROOT / "addons/mail/static/scripts/odoo-mailgate.py"
#: a red dot
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg=="
)
MESSAGE = ".o-mail-Chatter .o-mail-Message"
INPUT = ".o-mail-Composer-input"
INBOX = "Handle in Odoo"


class People:
    """Addresses and names that nobody had before."""

    def __init__(self):
        code = uuid.uuid4().hex[:8]
        self.colleague = f"olga.{code}@story.example"
        self.customer = f"bruno@{code}.example"
        self.contact = f"Bakery {code}"
        #: what somebody who is invited is called at first
        self.name = self.colleague.partition("@")[0]


class PostOffice:
    """What carries e-mails to people, and those of people to the server."""

    def __init__(self, host, server, user):
        self._host = host
        self._server = server
        self._user = user

    def letter(self, address, page):
        """Return the e-mail that reaches an address, once it is there; ``page`` is one that waits meanwhile."""
        for _attempt in range(400):
            for content in list(self._host.mails):
                found = email.message_from_bytes(content, policy=email.policy.default)
                if address in found["To"]:
                    return found
            page.wait_for_timeout(50)
        raise AssertionError(f"nothing came for {address}, but: {self._host.heard}")

    def bring(self, message):
        """Hand an e-mail over as mail servers do, by the script that they call."""
        place = urlsplit(self._server.url)
        words = ["-d", self._server.db, "-u", str(self._user), "-p", self._server.password]
        subprocess.run(
            [sys.executable, MAILGATE, *words, "--host", place.hostname, "--port", str(place.port)],
            input=message.as_bytes(policy=email.policy.SMTP),
            check=True,
            timeout=60,
        )


@pytest.fixture
def people():
    """The :class:`People` of the story."""
    return People()


@pytest.fixture
def post_office(server, call):
    """The :class:`PostOffice` of a company whose e-mails come and go."""
    [user] = call("res.users", "search", [["login", "=", server.login]])
    [company] = call("res.users", "read", [user], ["company_id"])
    company = company["company_id"][0]
    with open_mail_server() as host:
        way = {"name": "Story", "smtp_host": "127.0.0.1", "smtp_port": host.port, "sequence": 1}
        way = call("ir.mail_server", "create", way)
        domain = call("mail.alias.domain", "create", {"name": "story.example"})
        call("res.company", "write", [company], {"alias_domain_id": domain})
        yield PostOffice(host, server, user)
        call("res.company", "write", [company], {"alias_domain_id": False})
        call("mail.alias.domain", "unlink", [domain])
        call("ir.mail_server", "unlink", [way])


@pytest.fixture
def colleague(chromium):
    """The page of somebody at another computer."""
    browser = chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
    page = browser.new_context(viewport=DESKTOP).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    browser.close()
    assert errors == []


def invite(visitor, address):
    """Invite the colleague in the settings."""
    page = visitor.open("/odoo/settings")
    setting = page.locator("#invite_users_setting")
    setting.get_by_label("E-mail addresses").fill(address)
    setting.get_by_role("button", name="Invite", exact=True).click()
    expect(page.locator(".o_notification", has_text=address)).to_be_visible()


def come_in(page, server, letter):
    """Set the password by the link of the invitation, log in, and ask for messages in the application."""
    text = letter.get_body(("html",)).get_content()
    link = re.search(r"""https?://[^"']+/web/signup\?[^"']+""", text)[0].replace("&amp;", "&")
    assert link.startswith(server.url)
    page.goto(link)
    page.get_by_label("Password", exact=True).fill("olga-reads-it")
    page.get_by_label("The same password again").fill("olga-reads-it")
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator(".o_navbar")).to_be_visible()
    page.locator(".o_user_menu button").click()
    page.get_by_role("menuitem", name="Preferences").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(INBOX).click()
    dialog.get_by_role("button", name="Update Preferences").click()
    expect(dialog).to_be_hidden()


def write(page, name):
    """Write to the customer, and name the colleague."""
    page.locator(".o-mail-Chatter-sendMessage").click()
    page.locator(INPUT).press_sequentially(f"Your oven is ready, says @{name}")
    expect(page.locator(".o-mail-Composer-suggestion")).to_contain_text(name)
    page.keyboard.press("Enter")
    page.locator(".o-mail-Composer .o_input_file").set_input_files(
        {"name": "oven.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    expect(page.locator(".o-mail-Composer .o-mail-AttachmentImage:not(.o-isUploading)")).to_be_visible()
    page.locator(".o-mail-Composer-send").click()


def plan(page, name):
    """Give the colleague something to do."""
    page.locator(".o-mail-Chatter-activity").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("[name='summary'] input").fill("Ring Bruno")
    dialog.locator("[name='date_deadline'] input").fill("+0d")
    dialog.locator("[name='activity_user_id'] input").fill(name)
    page.locator(".o-autocomplete--dropdown-item a", has_text=name).first.click()
    dialog.get_by_role("button", name="Schedule", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".o-mail-Activity")).to_contain_text("Ring Bruno")


def answer(letter, customer):
    """Return what the program of the customer sends when the customer answers."""
    message = EmailMessage()
    message["From"] = f"Bruno <{customer}>"
    message["To"] = letter["Reply-To"]
    message["Subject"] = f"Re: {letter['Subject']}"
    message["Message-Id"] = f"<answer-of-{customer}>"
    message["In-Reply-To"] = letter["Message-Id"]
    message["References"] = f"{letter['References'] or ''} {letter['Message-Id']}".strip()
    message.set_content("I come on Friday to get it.")
    return message


def export(page, server, partner):
    """Return the text of the file with all messages of the contact."""
    page.goto(f"{server.url}/odoo/action-mail.action_view_mail_message")
    search = page.locator(".o_searchview_input")
    for field, value in (("Model", "res.partner"), ("ID", str(partner))):
        search.fill(value)
        page.get_by_role("option", name=f"Search Related Document {field} for: {value}").click()
    # what was noted when it was made, what was written, the activity, and the answer
    expect(page.locator(".o_data_row")).to_have_count(4)
    page.locator("thead .o_list_record_selector input").click()
    page.locator(".o_cp_action_menus button", has_text="Actions").click()
    page.get_by_role("menuitem", name="Export").click()
    dialog = page.locator(".o_export_data_dialog")
    expect(dialog.locator(".o_export_tree_item").first).to_be_visible()
    dialog.get_by_label("CSV").click()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Export").click()
    return Path(download.value.path()).read_text()


def test_two_people_and_a_customer(visitor, colleague, server, call, people, post_office):
    invite(visitor, people.colleague)
    come_in(colleague, server, post_office.letter(people.colleague, visitor.page))
    partner = call("res.partner", "create", {"name": people.contact, "email": people.customer})
    address = f"/odoo/res.partner/{partner}"
    colleague.goto(server.url + address)
    page = visitor.open(address)
    for one in (page, colleague):
        expect(one.locator(MESSAGE)).to_have_count(1)
    colleague.wait_for_function("odoo.__WOWL_DEBUG__?.root.env.services.bus_service.workerState === 'CONNECTED'")

    write(page, people.name)
    # the page of the colleague was open all the time
    shown = colleague.locator(MESSAGE).first
    expect(shown).to_contain_text("Your oven is ready")
    expect(shown.locator(".o-mail-AttachmentImage img")).to_be_visible()
    expect(page.locator(MESSAGE).first).to_contain_text("Your oven is ready")
    plan(page, people.name)
    expect(colleague.locator(".o-mail-ActivityMenu-counter")).to_have_text("1")

    letter = post_office.letter(people.customer, page)
    assert "catchall@story.example" in letter["Reply-To"]
    assert [part.get_filename() for part in letter.iter_attachments()] == ["oven.png"]
    post_office.bring(answer(letter, people.customer))
    expect(colleague.locator(MESSAGE).first).to_contain_text("I come on Friday")
    # what told her of the activity is for her alone
    expect(colleague.locator(MESSAGE)).to_have_count(3)
    page.reload()
    expect(page.locator(MESSAGE).first).to_contain_text("I come on Friday")

    text = export(page, server, partner)
    assert "Your oven is ready" in text
    assert "I come on Friday" in text
