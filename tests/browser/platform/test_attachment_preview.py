"""The file of a document stands beside its form, or in a window of its own."""

import base64
import io

import pytest
from browser.seats import DESKTOP
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfWriter

FORM = """
    <form>
        <sheet><field name='name'/><field name='ref'/></sheet>
        <div class='o_attachment_preview' invisible="ref == 'hidden'"/>
        <chatter/>
    </form>
"""
WIDE = {"width": 1920, "height": 1000}


def picture():
    """Return a picture in PNG."""
    content = io.BytesIO()
    Image.new("RGB", (40, 60), "teal").save(content, "PNG")
    return content.getvalue()


def paper():
    """Return a PDF with an empty page."""
    content = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 300)
    writer.write(content)
    return content.getvalue()


@pytest.fixture
def documents(call):
    """Two contacts: with a picture and a PDF, and without files."""
    partners = call("res.partner", "create", [{"name": name} for name in ("Two files", "No file")])
    values = [
        {"name": name, "datas": base64.b64encode(raw).decode(), "res_model": "res.partner", "res_id": partners[0]}
        for name, raw in (("bill.pdf", paper()), ("scan.png", picture()))
    ]
    call("ir.attachment", "create", values)
    return partners


@pytest.fixture
def open_document(visitor, screen, documents):
    """A function that opens the form of one of the documents in a window of a size."""
    address = screen("res.partner", FORM)

    def show(number, size=WIDE):
        visitor.page.set_viewport_size(size)
        return visitor.open(f"{address}/{documents[number]}")

    return show


def test_c61_a_file_stands_beside_the_form_where_there_is_room(open_document):
    page = open_document(0)
    preview = page.locator(".o_attachment_preview")
    expect(preview.locator(".o-mail-Attachment-name")).to_have_text("scan.png")
    sheet, beside = page.locator(".o_form_sheet").bounding_box(), preview.bounding_box()
    chatter = page.locator(".o-mail-Form-chatter").bounding_box()
    assert beside["x"] >= sheet["x"] + sheet["width"]
    assert chatter["y"] >= sheet["y"] + sheet["height"] and chatter["x"] < beside["x"]
    preview.get_by_title("Next file").click()
    expect(preview.locator(".o-mail-Attachment-name")).to_have_text("bill.pdf")
    expect(preview.locator("iframe")).to_be_visible()
    preview.get_by_title("Next file").click()
    expect(preview.locator("img")).to_be_visible()
    # where it is invisible, messages stand there
    page.locator("[name='ref'] input").fill("hidden")
    page.keyboard.press("Tab")
    expect(preview).to_have_count(0)
    expect(page.locator(".o-mail-Form-chatter.o-aside")).to_be_visible()
    page.locator(".o_form_button_cancel").click()
    expect(preview).to_be_visible()
    page.set_viewport_size(DESKTOP)
    expect(preview).to_have_count(0)


def test_c61_messages_stand_there_without_files(open_document):
    page = open_document(1)
    expect(page.locator(".o-mail-Form-chatter.o-aside")).to_be_visible()
    expect(page.locator(".o_attachment_preview, .o-mail-Chatter-popoutAttachment")).to_have_count(0)


def test_c61_a_file_stands_in_a_window_of_its_own(open_document):
    page = open_document(0)
    with page.expect_popup() as opened:
        page.locator(".o_attachment_preview").get_by_title("Show in a window of its own").click()
    window = opened.value
    expect(window.locator("img")).to_be_visible()
    expect(page.locator(".o_attachment_preview")).to_have_count(0)
    expect(page.locator(".o-mail-Form-chatter.o-aside")).to_be_visible()
    window.get_by_title("Next file").click()
    expect(window.locator(".o-mail-Attachment-name")).to_have_text("bill.pdf")
    window.close()
    expect(page.locator(".o_attachment_preview")).to_be_visible()
    # on a narrower page it is opened from the messages, and goes with the form
    page.set_viewport_size(DESKTOP)
    with page.expect_popup() as opened:
        page.locator(".o-mail-Chatter-popoutAttachment").click()
    expect(opened.value.locator(".o-mail-Attachment-name")).to_have_text("bill.pdf")
    with opened.value.expect_event("close"):
        page.locator(".o_navbar_apps_menu button").first.click()
        page.get_by_role("menuitem", name="Contacts").click()
