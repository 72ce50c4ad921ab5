"""Addons whose modules cannot be loaded: the others work all the same."""

import json

import pytest
from playwright.sync_api import expect

from odoo.modules import asset_modules

BROKEN = {
    "missing module": 'import { nothing } from "@web/core/nowhere"; nothing();',
    "missing export": 'import { nothing } from "@web/core/registry"; nothing();',
    "error": 'throw new Error("not today");',
    "syntax": "export default {",
}
GOOD = """
    import { registry } from "@web/core/registry";
    registry.category("systray").add("good_addon", { Component: class extends owl.Component {
        static template = owl.xml`<span class="o_good_addon">here</span>`;
        static props = {};
    } });
"""


@pytest.fixture
def with_modules(visitor):
    """Have the page load more modules: of addons that are broken, by their names, and of one that is not."""

    def add(broken):
        sources = {f"/{name}/static/src/broken.js": text for name, text in broken.items()}
        sources["/good_addon/static/src/good.js"] = GOOD

        def entry(route):
            answer = route.fetch()
            imports = "".join(f'import "{url}";\n' for url in sources)
            route.fulfill(response=answer, body=imports + answer.text())

        def description(route):
            answer = route.fetch()
            parts = json.loads(answer.text())
            main = parts["modules"].pop()
            route.fulfill(response=answer, json={**parts, "modules": [*parts["modules"], *sources, main]})

        visitor.page.route("**/web/bundle/web.assets_web.js*", entry)
        visitor.page.route("**/web/bundle/web.assets_web.json*", description)

        def module(route):
            path = route.request.url.removeprefix(visitor.server.url)
            route.fulfill(content_type="text/javascript", body=sources[path])

        visitor.page.route("**/*_addon/static/src/*.js", module)

    return add


@pytest.fixture
def with_script(visitor, tmp_path):
    """Have the script of all modules end with two more, as the server compiles them."""

    def add(broken):
        modules = []
        for addon, text in (("broken", broken), ("good", GOOD)):
            path = tmp_path / f"{addon}.js"
            path.write_text(text)
            name = f"{addon}_addon"
            modules.append(asset_modules.Module(f"@{name}/{addon}", f"/{name}/static/src/{addon}.js", str(path), None))

        def script(route):
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text() + asset_modules.script(modules, [])[0])

        visitor.page.route("**/web.assets_web.modules.min.js", script)

    return add


def left_out(visitor, address, *addons):
    """Open a page and expect that it works but for the broken addons."""
    visitor.expects_error("broken.js is left out")
    page = visitor.open(address)
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(page.locator(".o_good_addon")).to_have_text("here")
    for addon in addons:
        expect(page.locator(".o_notification", has_text=addon)).to_have_count(1)


@pytest.mark.parametrize("kind", BROKEN)
def test_the_rest_of_the_client_works(visitor, with_script, kind):
    with_script(BROKEN[kind])
    left_out(visitor, "/odoo/sales", "broken_addon")


def test_the_rest_of_single_modules_works(visitor, with_modules):
    broken = {f"{kind.replace(' ', '_')}_addon": text for kind, text in BROKEN.items()}
    with_modules(broken)
    left_out(visitor, "/odoo/sales?debug=assets", *broken)
    visitor.page.goto(f"{visitor.server.url}/odoo?debug=0")
