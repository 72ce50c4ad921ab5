"""Formatted text in a form: written, saved and read, at a desk and with a phone."""

import base64
import io
import re

import pytest
from browser.seats import DESKTOP
from PIL import Image
from playwright.sync_api import expect

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

FORM = """<form><sheet><field name="x_name"/><field name="x_html" placeholder="Write here"/></sheet></form>"""
TOGETHER = """<form><sheet><field name="x_html" options="{'collaborative': True}"/></sheet></form>"""
READ = """<form><sheet><field name="x_html" readonly="1"/></sheet></form>"""
#: what a browser gets of a picture that was copied
PASTE = """async (editable, data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "photo.png", { type: "image/png" }));
    editable.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def photo():
    """Return a picture in base64."""
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(content, "PNG")
    return base64.b64encode(content.getvalue()).decode()


def save(page):
    """Save the form by its button."""
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()


def test_a_text_is_written_by_keyboard_and_menus(visitor, call, screen, sampler):
    record = call(sampler, "create", {"x_name": "Text"})
    page = visitor.open(screen(sampler, FORM, res_id=record))
    editable = visitor.field("x_html").locator(".odoo-editor-editable")
    expect(editable.locator("[data-hint='Write here']")).to_be_visible()
    editable.click()
    page.keyboard.type("## Title")
    page.keyboard.press("Enter")
    page.keyboard.type("/check")
    expect(page.locator(".o-we-powerbox .o-we-command")).not_to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("done")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("open")
    page.keyboard.press("Shift+Home")
    toolbar = page.locator(".o-we-toolbar.o_we_floating")
    toolbar.get_by_role("button", name="Bold").click()
    toolbar.get_by_role("button", name="Text colour").click()
    page.locator(".o_we_color[data-color='#d32f2f']").click()
    expect(editable.locator("span strong")).to_have_css("color", "rgb(211, 47, 47)")
    save(page)
    text = call(sampler, "read", [record], ["x_html"])[0]["x_html"]
    assert text.startswith('<h2>Title</h2><ul class="o_checklist"><li class="o_checked">done</li>')
    page.reload()
    expect(editable.locator("li.o_checked input")).to_be_checked()
    page.goto(visitor.server.url + screen(sampler, READ, res_id=record))
    reader = visitor.field("x_html").locator(".o_html_content")
    expect(reader.locator("li.o_checked")).to_have_text("done")
    expect(reader.locator("strong")).to_have_css("color", "rgb(211, 47, 47)")
    call(sampler, "unlink", [record])


def test_pictures_are_pasted_and_shaped(visitor, call, screen, sampler):
    record = call(sampler, "create", {"x_name": "Picture", "x_html": "<p>Look</p>"})
    page = visitor.open(screen(sampler, FORM, res_id=record))
    editable = visitor.field("x_html").locator(".odoo-editor-editable")
    editable.click()
    editable.evaluate(PASTE, photo())
    image = editable.locator("img.img-fluid")
    expect(image).to_have_js_property("naturalWidth", 60)
    image.click()
    page.locator(".o-we-toolbar button[name='shape_rounded']").click()
    save(page)
    text = call(sampler, "read", [record], ["x_html"])[0]["x_html"]
    assert "img-fluid rounded" in text
    owned = [["res_model", "=", sampler], ["res_id", "=", record]]
    files = call("ir.attachment", "search_read", owned, fields=["name"])
    assert [file["name"] for file in files] == ["photo.png"]
    call(sampler, "unlink", [record])


def test_on_a_phone_the_toolbar_stays(phone, call, screen, sampler):
    record = call(sampler, "create", {"x_name": "Phone", "x_html": "<p>One</p>"})
    page = phone.open(screen(sampler, FORM, res_id=record))
    toolbar = page.locator(".o-we-toolbar.o_we_fixed")
    expect(toolbar).to_be_visible()
    phone.field("x_html").locator("p").click()
    toolbar.locator("button[name='bulleted_list']").click()
    expect(phone.field("x_html").locator("li")).to_have_text("One")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    save(page)
    assert call(sampler, "read", [record], ["x_html"])[0]["x_html"] == "<ul><li>One</li></ul>"
    call(sampler, "unlink", [record])


@pytest.fixture
def wanda(chromium, call, sale_server):
    """The page of a colleague in a browser of her own, who has logged in."""
    login = {"login": "wanda@example.com", "password": "wanda@example.com"}
    user = call("res.users", "create", {"name": "Wanda Writer", **login})
    browser = chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
    page = browser.new_context(viewport=DESKTOP, base_url=sale_server.url).new_page()
    page.request.post(
        "/web/session/authenticate",
        data={"jsonrpc": "2.0", "method": "call", "params": {"db": sale_server.db, **login}},
    )
    yield page
    browser.close()
    call("res.users", "write", [user], {"active": False})


def test_two_people_write_one_text(visitor, wanda, call, screen, sampler):
    record = call(sampler, "create", {"x_name": "Plan", "x_html": "<p>One</p><p>Two</p>"})
    address = screen(sampler, TOGETHER, res_id=record)
    wanda.goto(address)
    pages = [visitor.open(address), wanda]
    texts = [page.locator(".odoo-editor-editable") for page in pages]
    texts[0].locator("p").nth(0).click()
    texts[1].locator("p").nth(1).click()
    # both know of each other
    for page in pages:
        expect(page.locator(".o_we_peers li")).to_have_count(1)
    pages[0].keyboard.press("End")
    pages[0].keyboard.type(" here")
    expect(texts[1]).to_contain_text("One here", timeout=1000)
    pages[1].keyboard.press("End")
    pages[1].keyboard.type(" there")
    expect(texts[0]).to_contain_text("Two there", timeout=1000)
    expect(texts[0].locator(".o_we_peer_name")).to_have_text("Wanda Writer")
    # one saves what both wrote; then nobody has anything to save any more
    wanda.locator(".o_form_button_save").click()
    for page in pages:
        expect(page.locator(".o_form_button_save")).to_be_hidden()
    saved = call(sampler, "read", [record], ["x_html"])[0]["x_html"]
    assert re.sub(r' data-last-history-steps="\w+"', "", saved) == "<p>One here</p><p>Two there</p>"
    # who comes back gets the text as it is now, saved or not
    pages[0].keyboard.type(" again")
    wanda.reload()
    expect(texts[1]).to_have_text("One hereTwo there")
    texts[1].locator("p").nth(1).click()
    expect(texts[1]).to_contain_text("One here again")
    call(sampler, "unlink", [record])
