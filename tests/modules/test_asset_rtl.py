"""Style sheets for languages that are written from right to left."""

import re

import pytest
import tinycss2

from odoo.modules.asset_css import compile_styles
from odoo.modules.asset_js import NODE_MODULES
from odoo.modules.asset_paths import AssetFile
from odoo.modules.asset_rtl import mirrored


def value_of(declaration):
    """The declaration of a style sheet with only that one, after its sides were swapped."""
    return re.sub(r"\s+", " ", mirrored(f"a{{{declaration}}}").removeprefix("a{").removesuffix("}")).strip().rstrip(";")


@pytest.mark.parametrize(
    ("declaration", "swapped"),
    [
        ("left: 1px", "right: 1px"),
        ("margin-left: 1px !important", "margin-right: 1px !important"),
        ("border-top-left-radius: 1px", "border-top-right-radius: 1px"),
        ("-webkit-border-left-color: red", "-webkit-border-right-color: red"),
        ("margin: 1px 2px 3px 4px", "margin: 1px 4px 3px 2px"),
        ("margin: 1px calc(2px + 3px) 3px 4px", "margin: 1px 4px 3px calc(2px + 3px)"),
        ("margin: 1px 2px 3px", "margin: 1px 2px 3px"),
        ("inset: 0 auto auto 0", "inset: 0 0 auto auto"),
        ("border-color: red green blue black", "border-color: red black blue green"),
        ("border-radius: 1px 2px", "border-radius: 2px 1px"),
        ("border-radius: 1px 2px 3px", "border-radius: 2px 1px 2px 3px"),
        ("border-radius: 1px 2px 3px 4px / 5px 6px", "border-radius: 2px 1px 4px 3px / 6px 5px"),
        ("float: left", "float: right"),
        ("text-align: right", "text-align: left"),
        ("direction: ltr", "direction: rtl"),
        ("cursor: ne-resize", "cursor: nw-resize"),
        ("transition: margin-left .2s, opacity 1s", "transition: margin-right .2s, opacity 1s"),
        ("transform: translate(-50%, 10px) rotate(45deg)", "transform: translate(50%, 10px) rotate(-45deg)"),
        ("transform: translateX(var(--x))", "transform: translateX(calc(-1 * var(--x)))"),
        ("transform: translate3d(0, 1px, 0) scale(2)", "transform: translate3d(0, 1px, 0) scale(2)"),
        ("box-shadow: inset 1px 2px red, -3px 4px blue", "box-shadow: inset -1px 2px red, 3px 4px blue"),
        ("background-position: 10% 20%", "background-position: 90% 20%"),
        ("background-position: 0 1px", "background-position: 100% 1px"),
        ("background-position: right 1px center", "background-position: left 1px center"),
        ("background-position: top 10%", "background-position: top 90%"),
        ("background-position: 1px 2px", "background-position: 1px 2px"),
        ("transform-origin: left center", "transform-origin: right center"),
        ("background: url(left.png) no-repeat left top", "background: url(left.png) no-repeat right top"),
        ("background-image: linear-gradient(to left, red)", "background-image: linear-gradient(to right, red)"),
        ("--left: left", "--left: left"),
        ("content: 'left'", 'content: "left"'),
        ("color: red", "color: red"),
        # what authors say
        ("/*rtl:ignore*/left: 1px", "left: 1px"),
        ("/*rtl:begin:ignore*/left: 1px; right: 2px;/*rtl:end:ignore*/left: 3px", "left: 1px; right: 2px;right: 3px"),
        ("/*rtl:remove*/left: 1px; right: 2px", "left: 2px"),
        ("left: 1px/*rtl:ignore*/", "left: 1px"),
        ("font-size: 1px/*rtl:2px*/", "font-size: 2px"),
        ("font-family: a/*rtl:append:, b*/", "font-family: a, b"),
        ("font-family: a/*rtl:prepend:b, */", "font-family: b, a"),
        ("/*rtl:raw:left: 5px;*/right: 1px", "left: 5px;left: 1px"),
    ],
)
def test_declarations(declaration, swapped):
    assert value_of(declaration) == swapped


def test_rules():
    css = mirrored("""
/*! a comment */
@import url("x.css");
@media (min-width: 1px) { a { left: 0 } @supports (x: y) { b { right: 0 } } }
@keyframes k { from { left: 0 } to { left: 1px } }
@font-face { src: url(left.woff) }
/*rtl:ignore*/ .ignored { left: 0 }
/*rtl:begin:remove*/ .removed { left: 0 } /*rtl:end:remove*/
/*rtl:raw: .raw { left: 0 } */
.left { & .nested { left: 0 } left: 1px }
""")
    flat = re.sub(r"\s+", " ", css)
    assert "/*! a comment */" in css and '@import url("x.css");' in css and "url(left.woff)" in css
    assert "@media (min-width: 1px) { a { right: 0" in flat and "b { left: 0" in flat
    assert "from { right: 0" in flat and "to { right: 1px" in flat
    assert ".ignored { left: 0" in flat and ".removed" not in flat and ".raw { left: 0" in flat
    assert ".left { & .nested { right: 0" in flat and "right: 1px" in flat


def declarations(css):
    """Return (selectors and conditions, property, value) of all declarations of a style sheet, in order."""
    found = []
    options = {"skip_comments": True, "skip_whitespace": True}

    def walk(rules, context):
        for rule in rules:
            place = (*context, re.sub(r"\s+", " ", tinycss2.serialize(rule.prelude)).strip())
            if rule.type == "at-rule":
                if rule.content is not None:
                    walk(tinycss2.parse_rule_list(rule.content, **options), (*place, rule.at_keyword))
                continue
            for node in tinycss2.parse_blocks_contents(rule.content, **options):
                value = tinycss2.serialize([part for part in node.value if part.type != "comment"])
                found.append((place, node.name, re.sub(r"\s+", " ", value).strip()))

    walk(tinycss2.parse_stylesheet(css, **options), ())
    return found


def test_bootstrap_is_what_rtlcss_makes_of_it():
    path = f"{NODE_MODULES}/bootstrap/dist/css/bootstrap"
    with open(f"{path}.css", encoding="utf-8") as source, open(f"{path}.rtl.css", encoding="utf-8") as swapped:
        assert declarations(mirrored(source.read())) == declarations(swapped.read())


def test_bundle(tmp_path, monkeypatch):
    path = tmp_path / "a.scss"
    path.write_text("$x: 1px; .a { margin-left: $x; float: left /*rtl:ignore*/; }")
    file = AssetFile("/m/static/a.scss", str(path), "m.b", 0)
    css = {rtl: compile_styles([file], "m.b", rtl=rtl) for rtl in (False, True)}
    assert b"margin-left: 1px" in css[False][0] and b"margin-right: 1px" in css[True][0]
    assert css[False][1] != css[True][1]
