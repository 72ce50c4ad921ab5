"""Texts of the client, which anybody may ask for: of the installed modules only, and nothing else is kept."""

import time

import pytest

from odoo.modules.registry import Registry
from odoo.tools.translate import CodeTranslations, code_translations


@pytest.fixture
def kept():
    """A function that returns the names of modules for which translations are kept."""

    def names():
        return {
            module
            for kept in (code_translations.web_translations, code_translations.python_translations)
            for module, _lang in kept
        }

    return names


def test_f8_unknown_modules_have_no_translations(visitor, kept):
    names = [f"no_such_module_{number}" for number in range(20_000)]
    start = time.monotonic()
    answer = visitor.rpc("/web/webclient/bootstrap_translations", mods=[*names, "web"]).json["result"]
    assert time.monotonic() - start < 2
    assert list(answer["modules"]) == ["web"]
    assert not kept() & set(names)


@pytest.mark.parametrize("name", ["sale", "../web", "odoo", "", "web\x00", "/etc", "x" * 100_000])
def test_f8_modules_that_are_not_installed(visitor, kept, name):
    before = kept()
    for mods in ([name], [name, None, 7, ["web"], {"web": 1}]):
        assert visitor.rpc("/web/webclient/bootstrap_translations", mods=mods).json["result"]["modules"] == {}
    answer = visitor.get("/web/webclient/translations/abc", query_string={"mods": f"{name},web", "lang": "en_US"})
    if "\0" in name:
        assert answer.status_code == 400
    else:
        assert set(answer.json["modules"]) == {"web"}
    assert kept() <= before | {"web"}


def test_f8_all_installed_modules_by_default(visitor, database):
    installed = set(Registry(database)._init_modules)
    for mods in ({}, {"mods": None}):
        assert set(visitor.rpc("/web/webclient/bootstrap_translations", **mods).json["result"]["modules"]) >= installed
    assert set(visitor.get("/web/webclient/translations/abc?lang=en_US").json["modules"]) == installed


def test_f8_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(CodeTranslations, "SIZE", 10)
    translations = CodeTranslations()
    for get in (translations.get_web_translations, translations.get_python_translations):
        for name in ("no_such_module", "../web", "", "x" * 1000, "web/static", "."):
            assert not get(name, "fr_FR").get("messages")
        for lang in ("x" * 1000, "", "../i18n/fr", "fr\x00", "f/r"):
            assert not get("web", lang).get("messages")
    assert not translations.web_translations and not translations.python_translations
    for number in range(50):
        translations.get_web_translations("web", f"xx_{number}")
    assert len(translations.web_translations) == 10
