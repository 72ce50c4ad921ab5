"""The font of icons in style sheets, in two parts."""

import base64
import io
import os
import re

import pytest
from fontTools.ttLib import TTFont

from odoo.modules import asset_encodings
from odoo.modules.asset_css import compile_styles
from odoo.modules.asset_icons import Icons
from odoo.modules.asset_js import NODE_MODULES
from odoo.modules.asset_paths import AssetFile
from odoo.tools import config

SHEET = """
@import "font-awesome/css/font-awesome.css";
.o_own:after { font-family: FontAwesome; content: "\\f0d7"; }
"""
FONT = os.path.join(NODE_MODULES, "font-awesome/fonts/fontawesome-webfont.woff2")
STAR, TIMES, CARET, HOME = 0xF005, 0xF00D, 0xF0D7, 0xF015


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """A function that returns the style sheet for addons with some sources, as text."""
    monkeypatch.setitem(config.options, "data_dir", str(tmp_path / "data"))
    styles = tmp_path / "icons.css"
    styles.write_text(SHEET)

    def compiled(sources, rtl=False):
        folder = tmp_path / "addon"
        for name, text in {"__manifest__.py": "{}", **sources}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        files = [AssetFile("/addon/static/src/icons.css", str(styles), "a.b", 0)]
        return compile_styles(files, "a.b", rtl=rtl, icons=Icons([str(folder)]))[0].decode()

    return compiled


def faces_of(css):
    """Return the rules of the fonts: `(rule, characters)`."""
    found = []
    for rule in re.findall(r"@font-face\s*\{[^}]*\}", css):
        characters = set()
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule.partition("unicode-range:")[2]):
            characters.update(range(int(first, 16), int(last or first, 16) + 1))
        found.append((rule, characters))
    return found


@pytest.mark.parametrize("rtl", [False, True])
def test_icons_that_addons_name_are_in_the_style_sheet(sheet, rtl):
    """The others come with the whole font, which nobody fetches who does not show one."""
    sources = {"views/a.xml": '<i class="fa fa-star"/>', "static/src/b.js": 'icon = "fa-remove";'}
    sources["tests/c.py"] = "fa-home"
    (first, named), (other, rest) = faces_of(sheet(sources, rtl))
    assert named == {STAR, TIMES, CARET}, "the names of an icon are those of its character; style sheets show some"
    content = base64.b64decode(re.search(r"base64,([^\"]+)", first)[1])
    assert len(content) < 3000
    with TTFont(io.BytesIO(content)) as part, TTFont(FONT) as whole:
        assert set(part.getBestCmap()) == named
        assert rest == set(whole.getBestCmap()) - named
    assert "fontawesome-webfont.woff2" in other and HOME in rest


def test_other_style_sheets_are_left_alone(tmp_path):
    assert Icons([str(tmp_path)]).put_into("a { content: 'x'; }") == "a { content: 'x'; }"


def test_parts_are_kept(sheet, monkeypatch):
    """A font is made once for the same icons, whatever else the style sheet has."""
    first = sheet({"a.xml": "fa-star"})
    monkeypatch.setattr("odoo.modules.asset_icons.subset.Subsetter.subset", None)
    folder = os.path.dirname(asset_encodings.kept_path("x"))
    for name in os.listdir(folder):
        if name.endswith(".css"):
            os.unlink(os.path.join(folder, name))
    assert sheet({"a.xml": "fa-star"}) == first
