"""Browsers run the scripts of a page and no others, and treat what people brought as content."""

import base64
import re

import pytest
from lxml import html
from web_client import WebClient

from odoo.http import root
from odoo.http.browser_policy import NONCE_MARK
from odoo.modules.registry import Registry


def policy_of(answer):
    """Return the policy of a response as ``{directive: [source]}``."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split("; ")]
    return {name: sources for name, *sources in parts}


def nonces_of(answer):
    """Return the nonces of the scripts of a page, None for one without."""
    return {script.get("nonce") for script in html.fromstring(answer.text).iter("script")}


@pytest.fixture
def parameter(database, env):
    """Set a system parameter until the end of the test: ``parameter(key, value)``."""
    keys = []

    def put(key, value):
        keys.append(key)
        with Registry(database).cursor() as cr:
            env(cr=cr)["ir.config_parameter"].set_param(key, value)

    yield put
    for key in set(keys):
        put(key, False)


@pytest.mark.parametrize(
    ("path", "frames"),
    [
        ("/odoo", "'none'"),
        ("/web/login", "'self'"),
        ("/web/tests", "'self'"),
        ("/web/tests/legacy", "'self'"),
        ("/odoo/offline", "'self'"),
    ],
)
def test_f17_pages(clerk, path, frames):
    first, second = clerk.get(path), clerk.get(path)
    policy = policy_of(first)
    [nonce] = nonces_of(first)
    assert policy["script-src"] == [f"'nonce-{nonce}'", "'strict-dynamic'", "'unsafe-eval'"]
    assert policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == [frames]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert nonces_of(second) != {nonce} and len(nonce) >= 20
    assert NONCE_MARK not in first.text
    assert first.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert first.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert "camera=(self)" in first.headers["Permissions-Policy"]
    assert not re.search(r"\son[a-z]+=", re.sub(r"<script.*?</script>", "", first.text, flags=re.DOTALL))


def test_f17_modes(clerk, parameter):
    parameter("web.csp", "report-only")
    page = clerk.get("/odoo")
    assert policy_of(page) == {"frame-ancestors": ["'none'"]}
    assert "'strict-dynamic'" in page.headers["Content-Security-Policy-Report-Only"]
    parameter("web.csp", "off")
    page = clerk.get("/odoo")
    assert policy_of(page) == {"frame-ancestors": ["'none'"]}
    assert "Content-Security-Policy-Report-Only" not in page.headers
    parameter("web.csp", "of")
    assert "script-src" in policy_of(clerk.get("/odoo"))


def test_f17_all_answers(clerk):
    for path in ("/odoo", "/web/webclient/version_info", "/web/content/1", "/web/image/1"):
        answer = clerk.get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Referrer-Policy"], path
        assert "Strict-Transport-Security" not in answer.headers, path


def test_f17_https(database):
    client = WebClient(root)
    page = client.get("/web/login", base_url="https://localhost")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "; Secure" in page.headers["Set-Cookie"]


def test_f17_database_manager(visitor):
    page = visitor.get("/web/database/selector")
    policy = policy_of(page)
    assert policy["default-src"] == ["'none'"] and policy["frame-ancestors"] == ["'none'"]
    assert "script-src" not in policy and "<script" not in page.text


@pytest.mark.parametrize(
    ("name", "content", "sandboxed"),
    [
        ("page.html", b"<html><body>x</body></html>", True),
        ("data.xml", b"<?xml version='1.0'?><a/>", True),
        ("text.txt", b"just text", True),
        ("paper.pdf", b"%PDF-1.4\n%%EOF", False),
    ],
)
def test_contents_that_people_bring(admin, name, content, sandboxed):
    values = {"name": name, "datas": base64.b64encode(content).decode()}
    file = admin.call("ir.attachment", "create", [values]).json["result"]
    policy = policy_of(admin.get(f"/web/content/{file}"))
    assert policy["default-src"] == ["'none'"]
    assert ("sandbox" in policy) == sandboxed


def test_reports_as_pages(admin):
    page = admin.get("/report/html/base.report_irmodulereference/1")
    policy = policy_of(page)
    assert page.status_code == 200
    assert policy["script-src"] == ["'none'"]
    assert "allow-scripts" not in policy["sandbox"]


TEMPLATE = """<t t-name="base.test_scripts">
    <t t-set="head"><script>one()</script></t>
    <t t-out="head"/>
    <script t-att-src="'/two.js'"/>
    <script nonce="own">three()</script>
    <t t-cache="'key'"><script>four()</script></t>
    <link rel="modulepreload" href="/five.js"/>
    <link rel="stylesheet" href="/six.css"/>
    <t t-foreach="[1, 2]" t-as="n"><script type="module" t-attf-src="/{{n}}.js"/></t>
    <t t-call-assets="web.assets_tests"/>
</t>"""


def test_scripts_of_templates(env):
    view = env["ir.ui.view"].create({"type": "qweb", "name": "scripts", "key": "base.test_scripts", "arch": TEMPLATE})
    for nonce in ("", "n1", "", "n2"):
        # the cached part is that of pages, or that of other texts
        page = (
            env["ir.ui.view"]._render_template(view.id, {"csp_nonce": nonce and NONCE_MARK}).replace(NONCE_MARK, nonce)
        )
        nodes = html.fromstring(f"<div>{page}</div>")
        found = [script.get("nonce") for script in nodes.iter("script")]
        assert found == [nonce or None] * 2 + ["own"] + [nonce or None] * (len(found) - 3)
        assert [link.get("nonce") for link in nodes.iter("link")][:2] == [nonce or None, None]


def test_what_others_render_has_no_mark(env):
    view = env["ir.ui.view"].create({"type": "qweb", "name": "scripts", "key": "base.test_scripts", "arch": TEMPLATE})
    assert "nonce-" not in env["ir.qweb"]._render(view.id, {})
