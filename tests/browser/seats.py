"""Pages of the browser of tests: new ones, or such as a test left tidy for the next one in its file."""

import contextlib
import re

from browser.settling import Traffic
from playwright.sync_api import Error

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

#: what tests do to a page that nothing undoes
_LASTING = ("add_init_script", "add_style_tag", "emulate_media", "expose_function", "route", "set_viewport_size")
#: what somebody is in the middle of
_UNTIDY = ", ".join(
    (
        ".modal, .o_popover, .o-dropdown--menu, .o_notification, .o_blockUI, .o_boot_screen, .o_connection_banner",
        ".o_selected_row, .o_field_invalid, .o_fullscreen",
        # settings are a new record from the start
        ".o_form_view:not(:has(.o_settings)) .o_form_status_indicator_buttons:not(.invisible)",
    )
)
#: milliseconds that the client may take to show something without being loaded
_PATIENCE = 5000

_FORGET = "() => { localStorage.clear(); sessionStorage.clear(); indexedDB.deleteDatabase('web_drafts'); }"

_TIDY_UP = """async ([untidy, patience]) => {
    const root = window.odoo?.__WOWL_DEBUG__?.root;
    const modules = window.odoo?.loader?.modules;
    if (!root || !modules?.has("@odoo/owl") || document.querySelector(".o_blockUI, .o_boot_screen")) {
        return false;
    }
    const all = (selector) => [...document.querySelectorAll(selector)];
    const isTidy = async () => {
        for (let frame = 0; frame < 20 && document.querySelector(untidy); frame++) {
            await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return !document.querySelector(untidy);
    };
    // as somebody would who wants nothing of it
    root.env.services.dialog.closeAll();
    all(".o_notification_close").forEach((button) => button.click());
    if (document.querySelector(".o_popover")) {
        ["pointerdown", "mousedown", "pointerup", "mouseup", "click"].forEach((type) =>
            document.body.dispatchEvent(new MouseEvent(type, { bubbles: true }))
        );
    }
    all(".o_form_button_cancel, .o_list_button_discard").find((button) => button.checkVisibility())?.click();
    if (!(await isTidy())) {
        return false;
    }
    const { Component, xml } = modules.get("@odoo/owl");
    class Nowhere extends Component {
        static template = xml`<div class="o_nowhere"/>`;
        static props = ["*"];
    }
    const { registry } = modules.get("@web/core/registry");
    registry.category("actions").add("test_nowhere", Nowhere, { force: true });
    const gone = root.env.services.action.doAction("test_nowhere", { clearBreadcrumbs: true });
    const late = new Promise((resolve, reject) => setTimeout(reject, patience));
    await Promise.race([gone, late]);
    root.env.bus.trigger("CLEAR-CACHES");
    localStorage.clear();
    sessionStorage.clear();
    document.activeElement?.blur();
    return isTidy();
}"""

_GO = """async ([path, patience]) => {
    const { env } = odoo.__WOWL_DEBUG__.root;
    const shown = new Promise((resolve) => {
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", () => resolve(true), { once: true });
    });
    history.pushState(null, "", path);
    window.dispatchEvent(new PopStateEvent("popstate", { state: null }));
    return Promise.race([shown, new Promise((resolve) => setTimeout(() => resolve(false), patience))]);
}"""


class Seats:
    """Pages of the browser; what it fetched once stays, as modules never change at their address.

    To load the client costs more than most tests: who left it in order leaves it to the next test of the same file.
    """

    def __init__(self, window, cookies, url):
        self._window = window
        self._cookies = cookies
        self._url = url
        #: whether the session, which all share, is in debug mode
        self._debugs = False
        #: :class:`Traffic` of each page
        self._traffic = {}
        #: (file of tests, viewport) -> page that may be used again
        self._free = {}
        # the process that has compiled the modules lives as long as one page of the server is open
        window.new_page().goto(f"{url}/web/health")

    def take(self, viewport, file=None):
        """Return a page for somebody who just logged in and has been nowhere yet.

        :param viewport: size of the page, a dict with ``width`` and ``height``
        :param file: the file of tests that it is for; without, nobody used the page before
        """
        for key in [key for key in self._free if key[0] != file]:
            self._close(self._free.pop(key))
        page = self._free.pop((file, viewport["width"]), None)
        if page:
            page.mouse.move(0, 0)
            return page
        self._window.clear_cookies()
        self._window.add_cookies(self._cookies)
        page = self._window.new_page()
        if viewport != DESKTOP:
            page.set_viewport_size(viewport)
        self._traffic[page] = Traffic(page)
        page.on("request", self._note)
        for name in _LASTING:
            setattr(page, name, self._noted(page, getattr(page, name)))
        return page

    @staticmethod
    def _noted(page, method):
        def call(*args, **kwargs):
            page.is_changed = True
            return method(*args, **kwargs)

        return call

    def traffic(self, page):
        """Return the :class:`Traffic` of a page."""
        return self._traffic[page]

    def _note(self, request):
        self._debugs = self._debugs or bool(re.search(r"[?&]debug=[^0&]", request.url))

    def wait(self):
        """Wait until the pages have nothing to ask of the server: what they show may be ahead of what is stored."""
        for page, traffic in self._traffic.items():
            quiet = 3 if page.url == "about:blank" else 0
            while quiet < 3:
                page.wait_for_timeout(20)
                quiet = 0 if traffic.under_way() else quiet + 1

    def leave(self, page, viewport, file=None):
        """Leave a page to the next test of a file, if it is in order; else close it, and forget what it stored.

        :param file: as of :meth:`take`; without, the page is closed
        """
        if file and not self._debugs and not _is_changed(page) and _tidy_up(page):
            self._free[file, viewport["width"]] = page
            return
        self._close(page)
        if self._debugs:
            self._window.request.get(f"{self._url}/odoo?debug=0")
            self._debugs = False

    def _close(self, page):
        """Close a page, and forget what it stored: all pages of the server share that."""
        del self._traffic[page]
        with contextlib.suppress(Error):
            # a page that never loaded has no storage
            page.evaluate(_FORGET)
        page.close(run_before_unload=False)


def _tidy_up(page):
    """Have a page show nothing; return whether it does."""
    try:
        return page.evaluate(_TIDY_UP, [_UNTIDY, _PATIENCE])
    except Error:
        # it was closed, is elsewhere, or does not end what it does
        return False


def _is_changed(page):
    """Tell whether a test did to a page what nothing undoes."""
    return getattr(page, "is_changed", False)


def go(page, path):
    """Have a client that is loaded show another place, as if somebody went there.

    :return: whether it did; if not, the page has to be loaded
    """
    is_client = page.url.endswith("/test_nowhere") and path.startswith("/odoo") and "debug=" not in path
    # what a test did to the page before is about how it is loaded
    if not is_client or _is_changed(page):
        return False
    try:
        return page.evaluate(_GO, [path, _PATIENCE])
    except Error:
        return False


def travel(page, path, url=""):
    """Have a page show another place: by the client that it has, if that is in order, or else by loading it.

    :param url: address of the server, where the window does not know it
    """
    if not (_tidy_up(page) and go(page, path)):
        page.goto(url + path)
