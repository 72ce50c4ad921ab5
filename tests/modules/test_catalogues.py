"""The catalogues of translations of this checkout's addons: complete as files, and safe to fill in."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
LANGUAGES = ("ar", "de", "es", "fr", "nl")
#: what code fills in, and what a browser takes for a tag
_PLACES = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_TAGS = re.compile(r"</?[a-z][\w-]*")


def catalogues(lang):
    """Yield name and contents of the catalogues of a language."""
    for manifest in sorted([*ROOT.glob("addons/*/__manifest__.py"), ROOT / "odoo/addons/base/__manifest__.py"]):
        yield manifest.parent.name, polib.pofile(str(manifest.parent / "i18n" / f"{lang}.po"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_have_the_places_and_tags_of_their_source(lang):
    wrong = []
    for name, catalogue in catalogues(lang):
        for entry in catalogue.translated_entries():
            for pattern in (_PLACES, _TAGS):
                if sorted(pattern.findall(entry.msgid)) != sorted(pattern.findall(entry.msgstr)):
                    wrong.append((name, entry.msgid, entry.msgstr))
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogues_say_whose_they_are(lang):
    for name, catalogue in catalogues(lang):
        assert catalogue.metadata["Language"] == lang, name
        # nobody takes a draft for the work of a translator
        assert "draft" in catalogue.header or catalogue.metadata["Last-Translator"], name
