"""The template engine on XML given as text, without database."""

import pytest
from lxml import etree
from markupsafe import Markup

from odoo.addons.base.models.ir_qweb_runtime import QWebException
from odoo.addons.base.models.ir_qweb_standalone import render


def run(template, /, _templates=None, **values):
    """Render a template given as text."""

    def load(name):
        return (_templates or {})[name], name

    return str(render(etree.fromstring(template), values, load))


@pytest.mark.parametrize(
    "template, values, expected",
    [
        ('<div a="1">x &amp; y<br/><b/></div>', {}, '<div a="1">x &amp; y<br/><b></b></div>'),
        ('<t><t t-out="x"/>|<t t-esc="y"/></t>', {"x": "<b>", "y": Markup("<i>")}, "&lt;b&gt;|<i>"),
        ('<t t-out="x">none</t>', {}, "none"),
        ('<p t-out="x"/>', {}, "<p></p>"),
        ('<p t-out="0 or x"/>', {"x": 4}, "<p>4</p>"),
        ('<t><a t-if="x">1</a> <b t-elif="y">2</b> <i t-else="">3</i>;</t>', {"y": 1}, "<b>2</b>;"),
        ('<t><a t-if="x">1</a><t t-else="">3</t></t>', {}, "3"),
        (
            '<ul><li t-foreach="[3, 4]" t-as="n" t-att-class="n_first and \'f\'" t-out="n + n_index"/></ul>',
            {},
            '<ul><li class="f">3</li><li>5</li></ul>',
        ),
        ('<t t-foreach="{\'a\': 1}" t-as="k"><t t-out="k"/>=<t t-out="k_value"/></t>', {}, "a=1"),
        ('<t t-foreach="3" t-as="k" t-out="k"/>', {}, "012"),
        (
            '<a t-attf-href="/x/{{id}}?#{q}" t-att="{\'b\': 2}" t-att-c="None" t-att-d="\'\'" '
            "t-att-title=\"'&quot;'\"/>",
            {"id": 7, "q": "z"},
            '<a href="/x/7?z" b="2" d="" title="&#34;"></a>',
        ),
        (
            '<t><t t-set="a" t-value="2"/><t t-set="b" t-valuef="x{{a}}"/><t t-set="c"><i t-out="b"/></t>'
            '<t t-out="c"/></t>',
            {},
            "<i>x2</i>",
        ),
        ('<t t-out="[x + y for x in l if x &gt; z]"/>', {"l": [1, 2, 3], "y": 10, "z": 1}, "[12, 13]"),
        ('<t t-out="sorted(l, key=lambda x: x * s)[0]"/>', {"l": [1, 2, 3], "s": -1}, "3"),
        ('<t t-out="[values[y] for values in l]"/>', {"l": [{"a": 1}], "y": "a"}, "[1]"),
        ('<t t-out="(lambda len, *self: len + y)(2)"/>', {"y": 1}, "3"),
        ('<t t-tag="n"><b/></t>', {"n": "h2"}, "<h2><b></b></h2>"),
        ("<script>if (a &lt; b &amp;&amp; c) {}</script>", {}, "<script>if (a < b && c) {}</script>"),
        ('<t t-name="web.layout">&lt;!DOCTYPE html&gt;\n<html/></t>', {}, "<!DOCTYPE html>\n<html></html>"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg"><circle r="1" xmlns:xlink="u" xlink:href="#a"/></svg>',
            {},
            '<svg xmlns="http://www.w3.org/2000/svg"><circle xmlns:xlink="u" r="1" xlink:href="#a"></circle></svg>',
        ),
        ('<t t-out="missing.x if missing else 1"/>', {}, "1"),
        ("<t t-set=\"{'z': 5}\"/>", {}, ""),
        ('<p t-raw="x"/>', {"x": "<b/>"}, "<p><b/></p>"),
        ('<div t-att-class="c" class="d"/>', {"c": "e"}, '<div class="d e"></div>'),
        ('<div t-attf-class="{{c}}" class="d"/>', {}, '<div class="d"></div>'),
    ],
)
def test_render(template, values, expected):
    assert run(template, **values) == expected


def test_call_body_and_scopes():
    called = '<u t-att-v="v"><t t-out="0"/></u>'
    template = """<t><t t-set="v" t-value="1"/><t t-call="x.y"><t t-set="v" t-value="2"/><b/></t><t t-out="v"/></t>"""
    assert run(template, _templates={"x.y": called}) == '<u v="2"><b></b></u>1'
    assert run('<t t-call="x.{{n}}"/>', _templates={"x.y": "<i/>"}, n="y") == "<i></i>"
    assert run('<div t-call="x.y" class="k"/>', _templates={"x.y": "<i/>"}) == '<div class="k"><i></i></div>'


def test_runtime_error_says_where():
    with pytest.raises(QWebException) as caught:
        run('<div><p/><p t-out="a / b"/></div>', a=1, b=0)
    error = caught.value
    assert error.path == "/div/p[2]"
    assert error.expression == 't-out="a / b"'
    assert "ZeroDivisionError" in str(error)
    assert isinstance(error.__cause__, ZeroDivisionError)


@pytest.mark.parametrize(
    "template",
    [
        '<p t-out="x +"/>',
        '<t t-else=""/>',
        '<p t-foreach="x"/>',
        '<td t-field="a.b"/>',
        '<span t-field="a"/>',
        '<t t-out="x.__class__"/>',
        "<t t-out=\"__import__('os')\"/>",
        '<t t-out="(x := 1)"/>',
        '<t t-out="x.f_globals"/>',
        '<t t-set="x" t-value="lambda __a: 1"/>',
        '<t t-out="[i async for i in x]"/>',
    ],
)
def test_refused_templates(template):
    with pytest.raises(QWebException, match="Cannot compile"):
        run(template)
