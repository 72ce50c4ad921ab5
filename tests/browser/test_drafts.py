"""Unsaved changes outlive the page."""

import pytest
from playwright.sync_api import expect

FORM = """
<form><sheet><group>
    <field name="name"/><field name="ref"/><field name="function" password="True"/><field name="comment"/>
    <field name="child_ids"><list editable="bottom"><field name="name"/><field name="ref"/></list></field>
</group></sheet></form>
"""


@pytest.fixture
def partner(call):
    [partner] = call("res.partner", "create", [{"name": "Drafted", "child_ids": [[0, 0, {"name": "Line"}]]}])
    yield partner
    lines = call("res.partner", "search", [["parent_id", "=", partner]])
    call("res.partner", "unlink", [*lines, partner])


@pytest.fixture
def address(screen, partner):
    return f"{screen('res.partner', FORM)}/{partner}"


def kept(page, part):
    """Wait until the browser keeps a draft that has a text; return what it keeps."""
    script = """async (part) => {
        const { DraftStore } = odoo.loader.modules.get("@web/core/drafts/draft_store");
        const store = new DraftStore();
        for (let tries = 0; tries < 400; tries++) {
            const text = JSON.stringify(await store.all());
            if (text.includes(part)) {
                return text;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return `only ${JSON.stringify(await store.all())}`;
    }"""
    return page.evaluate(script, part)


def crash(visitor, address):
    """Open the page anew; nothing that the one before sends arrives."""
    visitor.page.evaluate(
        """() => {
            const { browser } = odoo.loader.modules.get("@web/core/browser/browser");
            browser.fetch = () => new Promise(() => {});
            Object.defineProperty(browser.navigator, "sendBeacon", { value: () => true });
        }"""
    )
    return visitor.open(address)


def test_changes_are_offered_after_a_crash(visitor, call, address, partner):
    page = visitor.open(address)
    visitor.input("ref").fill("kept")
    visitor.input("function").fill("hidden")
    row = page.locator(".o_field_widget[name='child_ids'] .o_data_row")
    row.locator("td[name='ref']").click()
    row.locator("td[name='ref'] input").fill("of line")
    visitor.input("name").click()
    visitor.input("name").fill("Drafted, typed")
    draft = kept(page, "Drafted, typed")
    assert "kept" in draft
    assert "hidden" not in draft
    crash(visitor, address)
    banner = page.locator(".o_draft_banner")
    expect(banner).to_contain_text("You had unsaved changes")
    expect(visitor.input("ref")).to_have_value("")
    banner.locator(".o_draft_restore").click()
    expect(banner).to_have_count(0)
    expect(visitor.input("ref")).to_have_value("kept")
    expect(visitor.input("name")).to_have_value("Drafted, typed")
    expect(row.first.locator("td[name='ref']")).to_have_text("of line")
    page.keyboard.press("Alt+s")
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)
    assert kept(page, "[]") == "[]"
    assert call("res.partner", "read", [partner], ["name", "ref"])[0]["ref"] == "kept"


def test_changes_are_dropped(visitor, address, partner):
    page = visitor.open(address)
    visitor.input("ref").fill("kept")
    kept(page, "kept")
    crash(visitor, address)
    page.locator(".o_draft_discard").click()
    expect(page.locator(".o_draft_banner")).to_have_count(0)
    assert kept(page, "[]") == "[]"
    visitor.open(address)
    expect(visitor.input("ref")).to_have_value("")
    expect(page.locator(".o_draft_banner")).to_have_count(0)
