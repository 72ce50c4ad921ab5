"""Addons whose modules cannot be loaded: the others work all the same."""

import json

import pytest
from playwright.sync_api import expect

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
    """Have the page load two modules more: one of an addon that is broken, one of an addon that is not."""

    def add(broken):
        sources = {"/broken_addon/static/src/broken.js": broken, "/good_addon/static/src/good.js": GOOD}

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


@pytest.mark.parametrize("kind", BROKEN)
def test_the_rest_of_the_client_works(visitor, with_modules, kind):
    with_modules(BROKEN[kind])
    visitor.expects_error("broken.js is left out")
    page = visitor.open("/odoo/sales")
    expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
    expect(page.locator(".o_good_addon")).to_have_text("here")
    expect(page.locator(".o_notification")).to_contain_text("broken_addon")
