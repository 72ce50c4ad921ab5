"""Pages fit their window at any width, written from left to right and from right to left."""

import contextlib
import os

import pytest
from browser.place import opened_window
from browser.seats import travel
from playwright.sync_api import expect

HEIGHTS = {320: 568, 390: 844, 768: 1024, 1440: 900, 2560: 1440}
LANGUAGES = ("english", "arabic")
#: all of them with LAYOUTS=all, by hand
CASES = [("english", 320), ("english", 768), ("arabic", 390), ("arabic", 2560)]
if os.environ.get("LAYOUTS") == "all":
    CASES = [(language, width) for language in LANGUAGES for width in HEIGHTS]
#: what is wrong on a page: controls that are cut off, too small or covered by others
FAULTS = """(smallest) => {
    const faults = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
        faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
    }
    const name = (el) => {
        const text = el.ariaLabel || el.title || el.innerText || el.name || "";
        return `${el.tagName.toLowerCase()}.${[...el.classList].join(".")} "${text.trim().slice(0, 30)}"`;
    };
    /** What of a control is to be seen where its ancestors let it be seen; null where it can be scrolled to. */
    const seen = (el) => {
        const box = el.getBoundingClientRect();
        let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom];
        for (let parent = el.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
            const style = getComputedStyle(parent);
            const isCut = parent.matches(".text-truncate");
            if (isCut || /auto|scroll/.test(style.overflowX + style.overflowY)) {
                const around = parent.getBoundingClientRect();
                if (right <= around.left || left >= around.right || bottom <= around.top || top >= around.bottom) {
                    return null;
                }
                [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
                [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
            }
        }
        return { left, right, top, bottom };
    };
    /** Whether a node is in something that stays while what is around it scrolls, as the buttons below a form do. */
    const stays = (node, el) => {
        while (node && !node.contains(el) && getComputedStyle(node).position !== "sticky") {
            node = node.parentElement;
        }
        return Boolean(node && !node.contains(el));
    };
    const scope = document.querySelector(".modal:last-of-type .modal-content") || document.body;
    const fields = "input:not([type=hidden]), select, textarea";
    const selector = `a[href], button, ${fields}, [role=button], [role=menuitem], [role=tab]`;
    for (const el of scope.querySelectorAll(selector)) {
        if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || el.disabled) {
            continue;
        }
        const box = el.getBoundingClientRect();
        if (!box.width || !box.height || el.closest(".visually-hidden, [inert], .o_skip_link")) {
            continue;
        }
        const part = seen(el);
        if (!part) {
            continue;
        }
        if (part.left < -1 || part.right > clientWidth + 1) {
            faults.push(`${name(el)} is outside: ${Math.round(part.left)} to ${Math.round(part.right)}`);
            continue;
        }
        const [x, y] = [(part.left + part.right) / 2, (part.top + part.bottom) / 2];
        if (y < 0 || y >= innerHeight || part.right - part.left < 2 || part.bottom - part.top < 2) {
            continue;
        }
        const top = document.elementFromPoint(x, y);
        const label = el.labels?.[0] || el.closest("label");
        if (top && top !== el && !el.contains(top) && !top.contains(el) && !label?.contains(top) && !stays(top, el)) {
            faults.push(`${name(el)} is covered by ${name(top)}`);
        }
        const isText = el.tagName === "A" && getComputedStyle(el).display === "inline";
        // a click beside the box in its cell counts as well
        const wider = label || el.closest(".o_list_record_selector");
        const around = wider && el.matches("[type=checkbox], [type=radio]") ? wider.getBoundingClientRect() : box;
        const whole = { width: Math.max(box.width, around.width), height: Math.max(box.height, around.height) };
        if (smallest && !isText && (whole.width < smallest - 0.5 || whole.height < smallest - 0.5)) {
            faults.push(`${name(el)} is ${Math.round(box.width)} x ${Math.round(box.height)}`);
        }
    }
    return faults;
}"""
PAGES = {
    "home": ("/odoo", ".o_app"),
    "list": ("/odoo/sales?view_type=list", ".o_data_row"),
    "form": ("/odoo/sales/1", ".o_form_renderer"),
    "kanban": ("/odoo/sales?view_type=kanban", ".o_kanban_record"),
    "graph": ("/odoo/sales?view_type=graph", ".o_graph_view canvas"),
    "pivot": ("/odoo/sales?view_type=pivot", ".o_pivot td"),
    "settings": ("/odoo/settings", ".o_setting_page"),
}


@pytest.fixture(scope="module")
def open_page(chromium, sale_server, login_state, tmp_path_factory):
    """A function that opens a page of that size for the administrator, on a touch screen or not."""
    with contextlib.ExitStack() as stack:
        windows = {
            touches: stack.enter_context(
                opened_window(
                    chromium,
                    tmp_path_factory.mktemp("layout"),
                    base_url=sale_server.url,
                    has_touch=touches,
                    is_mobile=touches,
                )
            )
            for touches in (True, False)
        }

        def open_new(viewport, touches):
            windows[touches].add_cookies(login_state["cookies"])
            page = windows[touches].new_page()
            page.set_viewport_size(viewport)
            return page

        yield open_new


@pytest.fixture(scope="module")
def arabic(call):
    """A function that has the administrator work in Arabic, or not."""
    user = call("res.users", "search", [("login", "=", "admin")])
    usual = call("res.users", "read", user, ["lang"])[0]["lang"]
    archived = {"active_test": False}
    known = call("res.lang", "search", [["code", "=", "ar_001"]], context=archived)

    def choose(is_arabic):
        if is_arabic:
            wizard = call("base.language.install", "create", {"lang_ids": [[6, 0, known]]})
            call("base.language.install", "lang_install", [wizard])
        call("res.users", "write", user, {"lang": "ar_001" if is_arabic else usual})

    yield choose
    choose(False)


def faults_of(page, smallest):
    """Return what is wrong, when nothing moves any more."""
    page.evaluate("() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0)))")
    return page.evaluate(FAULTS, smallest)


def walk(page, smallest):
    """Look at the pages one after the other; return what is wrong by page."""
    faults = {}
    for name, (path, part) in PAGES.items():
        travel(page, path)
        expect(page.locator(part).first).to_be_visible()
        expect(page.locator(".o_boot_screen")).to_have_count(0)
        faults[name] = faults_of(page, smallest)
    return {name: found for name, found in faults.items() if found}


def test_dialogs_fit(visitor, draft):
    """A wizard, rules of a search, fields to export and the preferences, each at all widths."""
    page = visitor.open(f"/odoo/sales/{draft}")
    dialog = page.locator(".modal.d-block")
    faults = {}

    def look(name):
        expect(dialog.locator("button").first).to_be_visible()
        for width, height in HEIGHTS.items():
            page.set_viewport_size({"width": width, "height": height})
            # dialogs of small windows fill them, which is drawn a frame later
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            if found := faults_of(page, 0):
                faults[f"{name} at {width}"] = found
            box = dialog.locator(".modal-content").bounding_box()
            if box["x"] < 0 or box["x"] + box["width"] > width or box["y"] < 0 or box["height"] > height:
                faults[f"{name} at {width}: frame"] = [str(box)]
        page.set_viewport_size({"width": 1440, "height": 900})
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    page.locator("button[name='action_open_discount_wizard']").click()
    look("wizard")
    page = visitor.move_to("/odoo/sales?view_type=list")
    expect(page.locator(".o_data_row").first).to_be_visible()
    page.locator(".o_searchview_dropdown_toggler").click()
    page.get_by_role("menuitem", name="Custom Filter...").click()
    look("rules")
    page.locator(".o_data_row .o_list_record_selector input").first.check()
    page.locator(".o_cp_action_menus button", has_text="Actions").click()
    page.get_by_role("menuitem", name="Export").click()
    look("export")
    page.locator(".o_user_menu button").click()
    page.get_by_role("menuitem", name="Preferences").click()
    look("preferences")
    assert not faults, "\n".join(f"{name}: {fault}" for name, found in faults.items() for fault in found)


@pytest.mark.parametrize("language, width", CASES)
def test_pages_fit(open_page, arabic, language, width):
    """Touch targets are 24 pixels at least."""
    arabic(language == "arabic")
    touches = width < 1000
    smallest = 24 if touches else 0
    page = open_page({"width": width, "height": HEIGHTS[width]}, touches)
    faults = walk(page, smallest)
    root = page.locator("html")
    expect(root).to_have_attribute("lang", "ar-001" if language == "arabic" else "en-US")
    assert (root.get_attribute("dir") or "ltr") == ("rtl" if language == "arabic" else "ltr")
    page.context.clear_cookies()
    page.goto("/web/login")
    faults |= {"login": found} if (found := faults_of(page, smallest)) else {}
    page.close()
    assert not faults, "\n".join(f"{name}: {fault}" for name, found in faults.items() for fault in found)
