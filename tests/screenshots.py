"""Pictures of the browser client in its states, light, dark and in Arabic, at a desk and on a phone: to be looked at.

    .venv/bin/python tests/screenshots.py [--only list,form] [--data-dir DIR --db NAME]

They go to build/screenshots, with a sheet of all of a kind. A database with sales and demonstration data is made in a
temporary directory; with `--data-dir` and `--db` one that is there is used, and gets the language.
"""

import argparse
import contextlib
import sys
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from browser.settling import Traffic
from json_caller import Caller
from server_process import ROOT, own_server

from odoo.tests.browser import CHROMIUM_ARGS, find_chromium

TARGET = ROOT / "build" / "screenshots"
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "arabic": {"lang": "ar_001"}}
#: what is shown: address, what there has to be, and what is clicked then
PAGES = {
    "home": ("/odoo", ".o_app", []),
    "list": ("/odoo/sales", ".o_data_row, .o_kanban_record", []),
    "search": ("/odoo/sales", ".o_data_row, .o_kanban_record", [".o_searchview_dropdown_toggler"]),
    "form": ("/odoo/sales/1", ".o_form_renderer", []),
    "new": ("/odoo/sales/new", ".o_form_renderer", []),
    "dialog": ("/odoo/sales/1", ".o_form_renderer", ["button[name='action_open_discount_wizard']"]),
    "kanban": ("/odoo/sales?view_type=kanban", ".o_kanban_record", []),
    "graph": ("/odoo/sales?view_type=graph", ".o_graph_view canvas", []),
    "pivot": ("/odoo/sales?view_type=pivot", ".o_pivot td", []),
    "settings": ("/odoo/settings", ".o_setting_page", []),
}
#: states: page, look and size; forty of them
STATES = [
    *((page, "light", size) for page in PAGES for size in SIZES),
    *((page, "dark", "desk") for page in PAGES),
    *((page, "arabic", "desk") for page in ("home", "list", "form", "kanban", "pivot")),
    *((page, "arabic", "phone") for page in ("list", "search", "form", "dialog", "settings")),
]


def install_arabic(call):
    """Activate the language, with its terms."""
    known = call("res.lang", "search", [["code", "=like", "ar%"]], context={"active_test": False}, limit=1)
    wizard = call("base.language.install", "create", {"lang_ids": [[6, 0, known]]})
    call("base.language.install", "lang_install", [wizard])
    return call("res.lang", "read", known, ["code"])[0]["code"]


def take(browser, server, caller, only):
    """Take the pictures and return their paths."""
    taken = []
    call = caller.call
    user = call("res.users", "search", [["login", "=", server.login]])
    usual = call("res.users", "read", user, ["lang", "color_scheme"])[0]
    arabic = install_arabic(call)
    cookies = [{"name": cookie.name, "value": cookie.value, "url": server.url} for cookie in caller.cookies]
    for look, settings in LOOKS.items():
        if look == "arabic":
            settings = {"lang": arabic}
        call("res.users", "write", user, {"lang": usual["lang"], "color_scheme": "light", **settings})
        for size, (width, height) in SIZES.items():
            states = [page for page, its_look, its_size in STATES if (its_look, its_size) == (look, size)]
            states = [page for page in states if not only or page in only]
            if not states:
                continue
            context = browser.new_context(
                viewport={"width": width, "height": height}, has_touch=size == "phone", base_url=server.url
            )
            context.add_cookies(cookies)
            for name in states:
                taken.append(_shoot(context, name, TARGET / f"{name}-{look}-{size}.png"))
            context.close()
    call("res.users", "write", user, {"lang": usual["lang"], "color_scheme": usual["color_scheme"]})
    return taken


def _shoot(context, name, path):
    address, part, clicks = PAGES[name]
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(address)
    page.locator(part).first.wait_for()
    page.locator(".o_boot_screen").wait_for(state="detached")
    for selector in clicks:
        button = page.locator(selector).locator("visible=true")
        if not button.count():
            # on small screens it is behind another one
            icon = "cog" if "name=" in selector else "search"
            page.locator(f".o_control_panel button:has(> .fa-{icon})").first.click()
            button.first.wait_for()
        button.first.click()
        page.locator(".modal-content, .o_search_bar_menu, .o-dropdown--menu").first.wait_for()
    traffic.wait()
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))")
    page.screenshot(path=path)
    page.close()
    print(path.relative_to(ROOT), flush=True)
    return path


def make_sheets(paths):
    """Put the pictures of each look and size on one sheet."""
    kinds = {}
    for path in paths:
        kinds.setdefault(path.stem.partition("-")[2], []).append(path)
    for kind, members in kinds.items():
        width, height = (720, 450) if kind.endswith("desk") else (390, 844)
        columns = 2 if kind.endswith("desk") else 5
        rows = -(-len(members) // columns)
        sheet = Image.new("RGB", (columns * (width + 8), rows * (height + 24)), "white")
        draw = ImageDraw.Draw(sheet)
        for place, path in enumerate(members):
            left, top = place % columns * (width + 8), place // columns * (height + 24)
            draw.text((left + 4, top + 4), path.stem, fill="black")
            with Image.open(path) as picture:
                sheet.paste(picture.convert("RGB").resize((width, height)), (left, top + 20))
        sheet.save(TARGET / f"sheet-{kind}.png")


def main():
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", default="screenshots", help="database, made unless --data-dir is given")
    parser.add_argument("--data-dir", help="where the embedded PostgreSQL has the database")
    parser.add_argument("--only", default="", help=f"which of {', '.join(PAGES)}")
    options = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        modules = "" if options.data_dir else "base_setup,sale"
        server = stack.enter_context(own_server(options.db, modules, data_dir=options.data_dir))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
        stack.callback(browser.close)
        make_sheets(take(browser, server, Caller(server, timeout=300), list(filter(None, options.only.split(",")))))


if __name__ == "__main__":
    main()
