"""The texts of code that catalogues are made of: Python, code of the client, templates of the client."""

import contextlib
import io
from types import SimpleNamespace

import pytest

from odoo.cli import i18n, translations
from odoo.modules.translations.code_terms import code_terms, javascript_terms, python_terms, template_terms
from odoo.tools import config
from odoo.tools.translate import CodeTranslations


def terms(terms_of, source):
    return [term for term in terms_of(io.BytesIO(source.encode())) if term]


def test_python():
    source = """
def f(self, name):
    _("plain")
    self.env._("of an environment %s", name)
    _lt("lazy")
    _("in " "pieces")
    f"{_('inside')} of a text"
    _(name)
    other("not marked")
"""
    found = terms(python_terms, source)
    assert sorted(found) == ["in pieces", "inside", "lazy", "of an environment %s", "plain"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('_t("double")', ["double"]),
        ("_t('single')", ["single"]),
        ("_t(`template`)", ["template"]),
        ('this.env._t("of an object")', ["of an object"]),
        (
            r'_t("a \"b\"\n\u00e9\x21\u{1F418}\
c")',
            ['a "b"\né!🐘c'],
        ),
        # characters that are written as two escapes, and escapes of none
        (r'_t("\uD83D\uDE00 hi")', ["😀 hi"]),
        (r'_t("\uD83D hi \u{FFFFFFF}")', ["� hi �"]),
        ("const t = xml`<a>&nbsp;One</a>`; const u = xml`<a>Two</a>`; _t('Three')", ["Two", "Three"]),
        ('_t("in " + "pieces " + `too`)', ["in pieces too"]),
        ('_t(/* why */ "commented")', ["commented"]),
        ('_t("a %s", _t("b"))', ["a %s", "b"]),
        ('_t(" edges ")', [" edges "]),
        ("_t(name)", []),
        ("_t(`a ${b}`)", []),
        ('_t("a" + b)', []),
        ("_t()", []),
        ("function _t(term) {}", []),
        ('other("no")', []),
        # what stands before does not confuse
        ('for (let i = 0; i <n; i++) { _t("after a comparison"); }', ["after a comparison"]),
        ('const r = /["\'`/]/; _t("after an expression")', ["after an expression"]),
        ('`<ul>${a.map((b) => `<li>${c(b)}</li>`).join("")}</ul>`; _t("after templates")', ["after templates"]),
        ('`it\'s ${_t("inside")} of`', ["inside"]),
        ('class A { #p = 1; b() { return this.#p ?? a?.b ?? _t("new"); } }', ["new"]),
        ('const t = xml`<a title="A tip">Text ${b}<t t-esc="_t"/></a><b>More</b>`', ["A tip", "Text", "More"]),
        ("const t = css`<b>Text</b>`", []),
    ],
)
def test_javascript(code, found):
    assert terms(javascript_terms, code) == found


def test_templates():
    source = """<templates xml:space="preserve">
    <!-- a comment -->
    <t t-name="a.b"><div class="no" title="A title" t-att-alt="no">
            First <b data-tooltip="A tip">bold</b> last
            <Component title="no" label.translate="A label" t-set-slot="default">Slot</Component>
            <t t-component="no" placeholder="no"/><t t-set-slot="foot" title="no" text.translate="Foot"/>
            <span t-translation="off" title="no">no <i>no</i></span> after
            <t t-set="word">Body</t><input placeholder="Where" value="no"/>
            <p>On two
               lines</p>
        </div></t>
    <t t-inherit="a.b"><xpath expr="."><attribute name="class">no</attribute>
        <attribute name="title">Other title</attribute></xpath></t>
</templates>"""
    assert terms(template_terms, source) == [
        *("A title", "First", "A tip", "bold", "last", "A label", "Slot", "Foot", "after", "Body", "Where"),
        *("On two\n               lines", "Other title"),
    ]


def test_files_of_a_module(tmp_path, monkeypatch, caplog):
    files = {
        "models/a.py": '_("Python")',
        "lib/b.py": '_("Library")',
        "tests/c.py": '_("no")',
        "static/src/d.js": '_t("Client")',
        "static/src/lib/e.xml": "<t>Template</t>",
        "static/src/broken.xml": "<t>",
        "static/lib/f.js": '_t("no")',
        "static/tests/g.js": '_t("no")',
        "views/h.xml": "<t>no</t>",
    }
    for name, content in files.items():
        path = tmp_path / "some_module" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    monkeypatch.setattr("odoo.modules.translations.code_terms.file_path", lambda name: str(tmp_path / name))
    found = list(code_terms("some_module"))
    assert sorted(found) == [
        ("addons/some_module/lib/b.py", "odoo-python", "Library"),
        ("addons/some_module/models/a.py", "odoo-python", "Python"),
        ("addons/some_module/static/src/d.js", "odoo-javascript", "Client"),
        ("addons/some_module/static/src/lib/e.xml", "odoo-javascript", "Template"),
    ]
    assert "broken.xml" in caplog.text


def test_texts_of_the_framework_are_those_of_base():
    found = {path.rpartition("/")[0] for path, _comment, _text in code_terms("base")}
    assert {"addons/base/models", "odoo/orm/features", "odoo/orm/fields"} <= found
    assert not any(path.startswith("odoo/addons") for path in found)
    assert config["root_path"] not in str(found)


def test_catalogues_of_a_language_from_general_to_special(addons):
    def catalogue(**texts):
        return "".join(
            f'#. module: alpha\n#. odoo-python\n#: code:addons/alpha/a.py:0\nmsgid "{source}"\nmsgstr "{text}"\n\n'
            for source, text in texts.items()
        )

    addons.write(
        "alpha",
        {
            "i18n/fr.po": catalogue(one="un", two="deux", three="trois", four="quatre"),
            "i18n/fr_BE.po": catalogue(two="deux (BE)", three="trois (BE)"),
            "i18n_extra/fr.po": catalogue(three="trois (extra)", four="quatre (extra)"),
            "i18n/de.po": catalogue(one="eins"),
        },
    )
    translations = CodeTranslations()
    expected = {"one": "un", "two": "deux (BE)", "three": "trois (extra)", "four": "quatre (extra)"}
    assert dict(translations.get_python_translations("alpha", "fr_BE")) == expected
    assert dict(translations.get_python_translations("alpha", "fr_FR")) == {**expected, "two": "deux"}
    assert not translations.get_python_translations("alpha", "nl_NL")


def test_failed_export_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "sale.pot"
    path.write_text("made before")

    def fail(*args):
        args[2].write(b"half")
        raise RuntimeError("no way")

    for module in (i18n, translations):
        monkeypatch.setattr(module, "trans_export", fail)
    monkeypatch.setattr(translations, "closing", contextlib.nullcontext)
    with pytest.raises(RuntimeError, match="no way"):
        i18n.I18n()._write(SimpleNamespace(cr=None), ["sale"], None, str(path))
    with pytest.raises(RuntimeError, match="no way"):
        translations.export(SimpleNamespace(cursor=lambda: None), str(path))
    assert path.read_text() == "made before"
