"""Reports in the client: files, pages with a button that prints them, the look of documents."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader


def printed(page, button):
    """Return the file that a button prints: its name, and the text of its first page."""
    with page.expect_download() as waiting:
        button.click()
    file = waiting.value
    return file.suggested_filename, " ".join(PdfReader(file.path()).pages[0].extract_text().split())


@pytest.fixture
def html_report(call):
    """The report on modules, as a page."""
    [report] = call("ir.actions.report", "search", [["report_name", "=", "base.report_irmodulereference"]])
    call("ir.actions.report", "write", [report], {"report_type": "qweb-html"})
    yield report
    call("ir.actions.report", "write", [report], {"report_type": "qweb-pdf"})


def test_order_is_printed(visitor, call, draft):
    [order] = call("sale.order", "read", [draft], ["name"])
    page = visitor.order(draft)
    page.locator(".o_cp_action_menus button, .o_cog_menu button").first.click()
    entry = page.locator(".o-dropdown--menu, .dropdown-menu").get_by_text("Quotation or Order").first
    if not entry.is_visible():
        page.locator(".o-dropdown--menu, .dropdown-menu").get_by_text("Print", exact=True).first.hover()
    name, text = printed(page, entry)
    assert name == f"Quotation {order['name']}.pdf"
    assert order["name"] in text
    assert "Page 1 / 1" in text


def test_page_with_a_button_that_prints(visitor, call, html_report):
    [module] = call("ir.module.module", "search", [["name", "=", "uom"]])
    page = visitor.open("/odoo/settings")
    page.evaluate(
        """([report, module]) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
            report, { additionalContext: { active_ids: [module] } })""",
        [html_report, module],
    )
    frame = page.frame_locator(".o_report_iframe")
    expect(frame.locator("h1")).to_contain_text("measure")
    name, text = printed(page, page.locator(".o_print_report"))
    assert name == "Technical guide - uom.pdf"
    assert "uom" in text
    # the page is a place that one comes back from
    page.locator(".o_breadcrumb a", has_text="Settings").click()
    expect(page.locator(".o_setting_page")).to_be_visible()


def test_live_preview_of_the_look_of_documents(visitor):
    page = visitor.open("/odoo/settings")
    page.locator(".o_setting_page").get_by_role("button", name="Choose the layout").click()
    preview = page.frame_locator(".o_preview_iframe")
    expect(preview.locator("h2")).to_contain_text("INV/2025/00042")
    page.locator(".o_field_widget[name='report_layout_id'] select").select_option(label="Bold")
    expect(preview.locator(".o_report_look_bold").first).to_be_visible()
    page.locator(".o_field_widget[name='font'] select").select_option(label="Oswald")
    expect(preview.locator("h2")).to_have_css("font-family", re.compile("^Oswald"))
    load = "el => el.ownerDocument.fonts.load('16px Oswald').then(faces => faces.length)"
    assert preview.locator("h2").evaluate(load)
    tagline = page.locator(".o_field_widget[name='report_header'] .odoo-editor-editable")
    tagline.fill("Marigolds since 1987")
    tagline.blur()
    expect(preview.locator(".header")).to_contain_text("Marigolds since 1987")
    page.locator(".modal.d-block").get_by_role("button", name="Discard").click()
    expect(page.locator(".modal.d-block")).to_have_count(0)
