"""The service worker keeps files that never change and the page for those who are offline, and nothing of a user."""

import json

from playwright.sync_api import expect

from odoo.tests.browser import find_chromium

KEPT = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        found[name] = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
    }
    return found;
}"""
ROW = ".o_list_view .o_data_row"
# as the system does for another application
SHARE = """() => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: "/odoo?share_target=trigger", enctype: "multipart/form-data" });
    const input = Object.assign(document.createElement("input"), { type: "file", name: "externalMedia" });
    const data = new DataTransfer();
    data.items.add(new File(["12.50"], "receipt.pdf", { type: "application/pdf" }));
    input.files = data.files;
    form.append(input);
    document.body.append(form);
    form.submit();
}"""
SHARED = """async () => {
    const { shareTarget } = odoo.__WOWL_DEBUG__.root.env.services;
    const texts = shareTarget.getSharedFilesToUpload().map(async (file) => [file.name, await file.text()]);
    return [await Promise.all(texts), shareTarget.hasSharedFiles(), location.search];
}"""


def test_warm_starts_the_offline_page_and_nothing_of_a_user(chromium, sale_server, tmp_path):
    window = chromium.launch_persistent_context(tmp_path, executable_path=find_chromium(), args=["--no-sandbox"])
    try:
        page = window.pages[0]
        # it logs out in the end, so the session is its own
        page.goto(f"{sale_server.url}/web/login?redirect=/odoo/sales")
        page.fill("input[name=login]", sale_server.login)
        page.fill("input[name=password]", sale_server.password)
        page.click("button[type=submit]")
        expect(page.locator(ROW).first).to_be_visible()
        page.evaluate("() => navigator.serviceWorker.ready.then((registration) => registration.active.state)")
        page.wait_for_function("() => navigator.serviceWorker.ready.then((one) => one.active.state === 'activated')")
        page.reload()
        expect(page.locator(ROW).first).to_be_visible()
        assert page.evaluate("() => Boolean(navigator.serviceWorker.controller)")
        page.reload()
        expect(page.locator(ROW).first).to_be_visible()
        kept = page.evaluate(KEPT)
        files = kept["web-files-1"]
        assert any(path.endswith("web.assets_web.modules.min.js") for path in files), kept
        assert "/web/bundle/web.assets_web.css" in files
        # neither pages nor data
        assert not [
            path for path in files if path.startswith(("/odoo", "/web/webclient", "/web/dataset", "/web/image"))
        ]
        assert kept["web-offline-2"][0] == "/odoo/offline"
        offline = page.evaluate("async () => (await caches.match('/odoo/offline')).text()")
        token = page.evaluate("() => odoo.csrf_token")
        assert json.dumps(token) not in offline

        # files that are shared with it are handed over, and not kept
        with page.expect_navigation():
            page.evaluate(SHARE)
        expect(page.locator(".o_navbar")).to_be_visible()
        assert page.evaluate(SHARED) == [[["receipt.pdf", "12.50"]], False, ""]

        window.set_offline(True)
        page.goto(f"{sale_server.url}/odoo/sales")
        expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
        window.set_offline(False)
        page.get_by_role("link", name="Try again").click()
        expect(page.locator(".o_navbar")).to_be_visible()

        # who logs out is shown the login, not what was there
        page.goto(f"{sale_server.url}/web/session/logout")
        page.goto(f"{sale_server.url}/odoo/sales")
        expect(page.locator("input[name=login]")).to_be_visible()
    finally:
        window.close()
