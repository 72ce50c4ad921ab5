"""The font of icons in style sheets: pages get the icons that installed addons name, and others when one is shown.

The whole font is a tenth of what a page loads, and some dozens of its icons are shown. So a style sheet has two fonts
of the same name: a part of the original, in the style sheet itself, and the original for all other characters, which
browsers fetch when a page shows one of these. An icon that only data names, or one that was not found in the
sources, is shown all the same.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import io
import logging
import os
import re
from collections.abc import Iterable

from fontTools import subset
from fontTools.ttLib import TTFont

from .asset_encodings import keep_file, kept_path
from .asset_js import NODE_MODULES, digest

# tells each step of its work
logging.getLogger("fontTools").setLevel(logging.ERROR)

_FACE = re.compile(r"@font-face\s*\{[^{}]*?font-family:\s*['\"]?FontAwesome\b[^{}]*\}")
_FILE = re.compile(r"url\(\s*['\"]?/web/npm/(font-awesome/fonts/[\w.-]+\.woff2)\b")
# it begins after a brace, so that no rule is looked at from each of its characters on
_RULE = re.compile(r"(?<![^{}])([^{}]*)\{\s*content:\s*(['\"])(\\[0-9a-fA-F]{4,6}|.)\2\s*;?\s*\}")
_ICON = re.compile(r"\.fa-([\w-]+):{1,2}before")
_CONTENT = re.compile(r"content:\s*(['\"])(\\[0-9a-fA-F]{4,6}|.)\1")
_NAMED = re.compile(rb"\bfa-([a-z0-9]+(?:-[a-z0-9]+)*)")
#: sources in which icons are named, and folders without any
_SOURCES = (".xml", ".js", ".py", ".csv")
_OTHERS = frozenset({"tests", "i18n", "node_modules", "lib", "libs", "migrations", "__pycache__"})
#: characters that no language has: those of icons
_PRIVATE = range(0xE000, 0xF900)


class Icons:
    """The icons that some addons name in their sources.

    :param folders: folders of the addons
    """

    def __init__(self, folders: Iterable[str]) -> None:
        self.folders = tuple(sorted(folders))

    @functools.cached_property
    def key(self) -> str:
        """What tells these addons from others; sources that change under way leave it, and icons come with the font."""
        manifests = (os.path.join(folder, "__manifest__.py") for folder in self.folders)
        return hashlib.sha256(
            "\n".join(digest(path) for path in manifests if os.path.exists(path)).encode()
        ).hexdigest()

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """Names of the icons, such as `star` for `fa-star`, and other words after `fa-`."""
        return frozenset().union(*map(_names_below, self.folders))

    def put_into(self, css: str) -> str:
        """Return a style sheet whose font of icons is in two parts, itself where it has no such font.

        :param css: style sheet with the rules of the icons
        """
        face = _FACE.search(css)
        file = face and _FILE.search(face[0])
        if not face or not file:
            return css
        path = os.path.join(NODE_MODULES, *file[1].split("/"))
        if not os.path.isfile(path):
            return css
        wanted = self._wanted(css)
        part, rest = _part(path, wanted)
        first = (
            "@font-face {\n  font-family: 'FontAwesome';\n"
            f'  src: url("data:font/woff2;base64,{base64.b64encode(part).decode()}") format("woff2");\n'
            f"  font-weight: normal;\n  font-style: normal;\n  unicode-range: {_ranges(wanted)};\n}}\n"
        )
        other = f"{face[0].rstrip('}').rstrip()}\n  unicode-range: {_ranges(rest)};\n}}"
        return f"{css[: face.start()]}{first}{other}{css[face.end() :]}"

    def _wanted(self, css):
        """Return the characters of the icons that the addons name, and of those that the style sheet shows itself."""
        wanted = {
            _character(content)
            for selectors, _quote, content in _RULE.findall(css)
            if self.names.intersection(_ICON.findall(selectors))
        }
        shown = {_character(content) for _quote, content in _CONTENT.findall(_RULE.sub(_without_icons, css))}
        return wanted | {character for character in shown if character in _PRIVATE}


def _without_icons(match):
    return "" if _ICON.search(match[1]) else match[0]


def _character(content):
    return int(content[1:], 16) if content.startswith("\\") else ord(content)


@functools.lru_cache(maxsize=4096)
def _names_below(folder):
    found = set()
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _OTHERS]
        for name in files:
            if name.endswith(_SOURCES):
                with open(os.path.join(parent, name), "rb") as file:
                    found.update(_NAMED.findall(file.read()))
    return frozenset(name.decode() for name in found)


def _part(path, wanted):
    """Return a font of some characters, as WOFF2, and the characters that the original has besides."""
    with TTFont(path, lazy=True) as font:
        characters = frozenset(font.getBestCmap())
    rest = characters - wanted
    key = hashlib.sha256(f"{digest(path)} {sorted(wanted)}".encode()).hexdigest()
    kept = kept_path(f"{key}.woff2")
    if kept and os.path.exists(kept):
        with open(kept, "rb") as file:
            return file.read(), rest
    options = subset.Options(flavor="woff2", layout_features=[], name_IDs=[1], hinting=False, notdef_outline=True)
    with TTFont(path) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        result = io.BytesIO()
        subset.save_font(font, result, options)
    if kept:
        keep_file(kept, result.getvalue())
    return result.getvalue(), rest


def _ranges(characters):
    """Return characters as a value of `unicode-range`."""
    ranges: list[list[int]] = []
    for character in sorted(characters):
        if ranges and ranges[-1][1] == character - 1:
            ranges[-1][1] = character
        else:
            ranges.append([character, character])
    return ", ".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in ranges) or "U+0"
