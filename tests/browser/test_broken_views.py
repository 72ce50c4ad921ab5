"""Views that cannot be drawn: one message that says what is wrong and where, and a page that works on."""

from playwright.sync_api import expect


def test_options_that_cannot_be_read(visitor, screen):
    arch = "<form><field name='name' options=\"{'a': }\"/></form>"
    page = visitor.open(screen("res.partner", "<list><field name='name'/></list>", arch))
    message = 'The attribute "options" of the field "name" cannot be read'
    visitor.expects_error("OwlError")
    page.locator(".o_data_row td[name='name']").first.click()
    dialog = page.locator(".modal")
    expect(dialog).to_have_count(1)
    expect(dialog).to_contain_text(message)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    # the list is still there and can be searched
    expect(page.locator(".o_data_row").first).to_be_visible()
    page.locator(".o_searchview_input").fill("no such name")
    page.keyboard.press("Enter")
    expect(page.locator(".o_data_row")).to_have_count(0)
