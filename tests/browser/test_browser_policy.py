"""The policy of pages, as a browser carries it out: the client runs, and what is slipped into a page does not."""

import re

import pytest
from playwright.sync_api import expect

#: what somebody who gets markup or text into a page tries
TRIES = {
    "script element": "<script>window.ran = true</script>",
    "handler": "<img src='x:' onerror='window.ran = true'>",
    "script of another address": "<script src='/web/content/1'></script>",
    "link": "<a id='tried' href='javascript:window.ran = true'>x</a>",
}


def tell_violations(page):
    """Have a page keep the directives of its policy that were violated."""
    page.evaluate(
        """() => {
            window.violated = [];
            document.addEventListener("securitypolicyviolation", (ev) => violated.push(ev.effectiveDirective));
        }"""
    )


def await_violations(page, number):
    """Wait until a page had so many violations: Playwright's own waiting evaluates text, which the policy refuses."""
    for _try in range(200):
        if page.evaluate("violated.length") >= number:
            return
        page.wait_for_timeout(20)
    pytest.fail("nothing was violated")


@pytest.mark.parametrize("path", ["/odoo", "/odoo?debug=1", "/odoo/sales?debug=assets"])
def test_client(visitor, path):
    page = visitor.open(path)
    # a violation would be an error of the console, which ends every test of these
    assert page.evaluate("Boolean(window.trustedTypes && trustedTypes.defaultPolicy)")


def test_dialogs_in_debug_mode(visitor, draft):
    page = visitor.open(f"/odoo/sales/{draft}?debug=1")
    page.locator(".o_cp_action_menus button, .o_cog_menu button").first.click()
    page.locator(".o-dropdown--menu, .dropdown-menu").get_by_text("Delete", exact=True).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")


@pytest.mark.parametrize("kind", TRIES)
def test_what_is_slipped_into_the_page_of_the_server(visitor, kind):
    visitor.expects_error("Content Security Policy")
    visitor.expects_error("ERR_UNKNOWN_URL_SCHEME")
    page = visitor.page

    def slip_in(route):
        answer = route.fetch()
        # a listener that has the nonce, as everything in the head
        watch = 'window.violated = []; document.addEventListener("securitypolicyviolation", (e) => violated.push(e));'
        nonce = re.search(r'nonce="([^"]+)"', answer.text())[1]
        body = answer.text().replace("</head>", f'<script nonce="{nonce}">{watch}</script></head>')
        route.fulfill(response=answer, body=body.replace("</body>", f"{TRIES[kind]}</body>"))

    page.route(re.compile(r"/odoo$"), slip_in)
    visitor.open()
    if kind == "link":
        page.evaluate("document.querySelector('#tried').click()")
    await_violations(page, 1)
    assert page.evaluate("window.ran") is None


def test_what_is_slipped_in_as_markup(visitor):
    visitor.expects_error("Content Security Policy")
    visitor.expects_error("ERR_UNKNOWN_URL_SCHEME")
    page = visitor.open()
    tell_violations(page)
    slip_in = "(text) => { document.body.appendChild(document.createElement('p')).innerHTML = text; }"
    page.evaluate(slip_in, "".join(TRIES.values()))
    page.evaluate("document.querySelector('#tried').click()")
    await_violations(page, 2)
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("code", ["eval('window.ran = true')", "setTimeout('window.ran = true')"])
def test_text_is_no_code(visitor, code):
    visitor.expects_error("TrustedScript")
    visitor.expects_error("Content Security Policy")
    page = visitor.open()
    # from a script of the page: what a test evaluates is not bound by the policy
    refused = page.evaluate(
        """(code) => new Promise((resolve) => {
            const script = document.createElement("script");
            script.nonce = document.querySelector("script[nonce]").nonce;
            const text = `try { ${code}; done("ran"); } catch (error) { done(error.name); }`;
            window.done = resolve;
            script.src = URL.createObjectURL(new Blob([text]));
            document.head.append(script);
        })""",
        code,
    )
    assert refused in ("EvalError", "TypeError")
    assert page.evaluate("window.ran") is None


def test_addons_may_compile_functions(visitor):
    page = visitor.open()
    assert page.evaluate("new Function('a', 'return a + 1')(1)") == 2
