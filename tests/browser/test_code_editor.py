"""Source code in fields: the editor comes when it is needed."""

from playwright.sync_api import expect

FORM = """<form><field name="x_name"/><field name="x_text" widget="code" options="{'mode': 'python'}"/></form>"""


def test_code_is_edited_and_saved(visitor, call, screen, sampler):
    record = call(sampler, "create", {"x_name": "Code", "x_text": "def f(x):\n    return x"})
    page = visitor.open(screen(sampler, FORM, res_id=record))
    editor = visitor.field("x_text").locator(".cm-content")
    expect(editor).to_contain_text("return x")
    expect(editor).to_have_attribute("aria-label", "Code editor")
    # the language is known
    expect(editor.locator("span", has_text="def").first).to_be_visible()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" + 1")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    assert call(sampler, "read", [record], ["x_text"])[0]["x_text"] == "def f(x):\n    return x + 1"
    visitor.input("x_name").fill("Other")
    editor.click()
    page.keyboard.type("#")
    page.locator(".o_form_button_cancel").click()
    expect(editor).not_to_contain_text("#")
    call(sampler, "unlink", [record])
