"""The focus: every control is reached by the Tab key, and what opened over the page gives the focus back."""

import pytest
from playwright.sync_api import expect

#: controls of a page that can be used, numbered; those that other keys reach, as people expect, are left out
CONTROLS = """(scope) => {
    const fields = "input:not([type=hidden]), select, textarea";
    const kinds = `a[href], button, ${fields}, [role=button], [role=menuitem], [role=tab]`;
    // Escape closes dialogs; arrows walk through the rows of lists; what is written is marked by keys of its editor
    const others = ".btn-close, .o_list_record_remove *, .o_html_toolbar *, [inert] *";
    const root = document.querySelector(scope);
    const isSeen = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const found = [...root.querySelectorAll(kinds)].filter((el) => !el.disabled && !el.matches(others) && isSeen(el));
    document.activeElement.blur();
    return found.map((el, place) => {
        el.dataset.place = place;
        const text = el.ariaLabel || el.title || el.innerText || el.name || "";
        return `${el.tagName.toLowerCase()}.${[...el.classList].join(".")} "${text.trim().slice(0, 30)}"`;
    });
}"""
REACHED = "() => document.activeElement.dataset.place"
DIALOG = ".modal.d-block"
PAGES = {
    "list": ("/odoo/sales?view_type=list", ".o_data_row"),
    "kanban": ("/odoo/sales?view_type=kanban", ".o_kanban_record"),
    "form": ("/odoo/sales/{}", ".o_form_renderer"),
}


def unreached(page, scope="body"):
    """Walk through a page by the Tab key; return the controls that it does not come to."""
    controls = page.evaluate(CONTROLS, scope)
    missing = dict(enumerate(controls))
    # lists have a place for each cell besides
    for _turn in range(len(controls) + 100):
        page.keyboard.press("Tab")
        place = page.evaluate(REACHED)
        missing.pop(int(place) if place else None, None)
        if not missing:
            break
    return list(missing.values())


@pytest.mark.parametrize("name", PAGES)
def test_controls_are_reached_by_keyboard(visitor, draft, name):
    path, part = PAGES[name]
    page = visitor.open(path.format(draft))
    expect(page.locator(part).first).to_be_visible()
    assert unreached(page) == []
    if name == "form":
        opener = page.locator("button[name='action_open_discount_wizard']")
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"{DIALOG} input").first).to_be_focused()
        assert unreached(page, DIALOG) == []
        # a dialog keeps the focus
        assert page.evaluate("(dialog) => Boolean(document.activeElement.closest(dialog))", DIALOG)
        page.keyboard.press("Escape")
        expect(page.locator(DIALOG)).to_have_count(0)
        expect(opener).to_be_focused()


def test_the_focus_comes_back(visitor, draft):
    """From menus, popovers, the palette and the calendar of a field, by Escape each."""
    page = visitor.open(f"/odoo/sales/{draft}")
    expect(page.locator(".o_form_renderer")).to_be_visible()
    shown = ".o_popover, .o_command_palette"
    openers = {
        "menu of the user": (".o_user_menu button", "Enter"),
        "menu of a section": (".o_menu_sections button.o_nav_entry", "Enter"),
        "cog": (".o_control_panel button:has(> .fa-cog)", "Enter"),
        "columns": (".o_optional_columns_dropdown", "Enter"),
        "palette": (".o_control_panel .o_form_button_create, .o_form_button_create", "Control+k"),
    }
    for name, (selector, key) in openers.items():
        opener = page.locator(selector).locator("visible=true").first
        opener.focus()
        page.keyboard.press(key)
        expect(page.locator(shown).first, name).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(page.locator(shown), name).to_have_count(0)
        expect(opener, name).to_be_focused()
    date = page.locator(".o_field_widget[name='date_order'] input")
    date.click()
    expect(page.locator(".o_datetime_popover")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".o_datetime_popover")).to_have_count(0)
    expect(date).to_be_focused()


def test_the_bar_and_the_search_are_worked_by_keyboard(visitor):
    page = visitor.open("/odoo/sales?view_type=list")
    expect(page.locator(".o_data_row").first).to_be_visible()
    page.locator(".o_searchview_dropdown_toggler").focus()
    page.keyboard.press("Enter")
    menu = page.locator(".o_search_bar_menu")
    expect(menu).to_be_visible()
    assert unreached(page, ".o_search_bar_menu") == []
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    page.locator(".o_navbar_apps_menu button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".o_navbar_apps_dropdown")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".o_app").first).to_be_visible()
