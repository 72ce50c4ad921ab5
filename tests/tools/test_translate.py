"""Terms of XML and HTML, and texts of code."""

from types import FunctionType, SimpleNamespace

import pytest
from markupsafe import Markup

from odoo.orm.environment import Environment
from odoo.tools import translate
from odoo.tools.translate import LazyTranslate, code_translations, get_translation, html_translate, xml_translate


def terms(function, source):
    found = []
    function(lambda term: found.append(term), source)
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<form string="Title"><group><field name="a" placeholder="Write"/></group></form>', ["Title", "Write"]),
        ("<div>Press <b>here</b> now</div>", ["Press <b>here</b> now"]),
        ("<div>Before <field name='a'/> after</div>", ["Before", "after"]),
        ("<div><p>One</p><p>Two <i class='x'/> three</p></div>", ["One", 'Two <i class="x"/> three']),
        ("<div><script>var a</script><style>b</style><span t-translation='off'>no</span>yes</div>", ["yes"]),
        ("<t><span t-esc='x'>text</span></t>", ["text"]),
        ("<input type='submit' value='Send'/>", ["Send"]),
        ("<input type='text' value='Send'/>", []),
        (
            "<xpath expr='//a' position='attributes'>"
            "<attribute name='string'>New</attribute><attribute name='class'>c</attribute></xpath>",
            ["New"],
        ),
        ("<div> \n <!-- note --> </div>", []),
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div t-attf-title='Hi #{x}'/>", ["Hi #{x}"]),
    ],
)
def test_terms_of_xml(source, expected):
    assert terms(xml_translate, source) == expected


def test_translating_xml_keeps_the_rest():
    source = '<form string="Title">\n  <div class="a">Hello <b>you</b>, bye</div><field name="x"/> end</form>'
    known = {"Title": "Titre", "Hello <b>you</b>, bye": "Salut <b>toi</b>, adieu", "end": "fin"}
    assert xml_translate(known.get, source) == (
        '<form string="Titre">\n  <div class="a">Salut <b>toi</b>, adieu</div><field name="x"/> fin</form>'
    )
    assert xml_translate(lambda term: None, source) == source
    assert xml_translate(lambda term: "broken <p>" if term == "end" else None, source) == source


ILLEGAL = [
    "<script>alert(1)</script>de",
    '<img src="x" onerror="alert(1)"/>de',
    '<a href="javascript:alert(1)">de</a>',
    '<a href="/elsewhere">de</a>',
    '<iframe src="x"/>de',
    "<div>x</div>de",
    "<p>de",
    "<title>de</title>",
    "<!-- de -->de",
    "<?php de ?>de",
    '<svg><text onload="alert(1)">de</text></svg>',
    '<b onclick="alert(1)">de</b>',
    "<b/onclick=alert(1)>de</b>",
    '<b ONCLICK="alert(1)">de</b>',
    '<i><b onmouseover="alert(1)">de</b></i>',
    '<q cite="java\nscript:alert(1)">de</q>',
    '<math xmlns:l="http://www.w3.org/1999/xlink" l:href="javascript:alert(1)">de</math>',
    "<span style=\"background: url('javascript:alert(1)')\">de</span>",
    '<b t-out="user.password">de</b>',
    '<t t-out="user.password"/>de',
    '<span t-on-click="alert">de</span>',
    '<b title.translate="x">de</b>',
    '<b x"y="1">de</b>',
    "<b></b>",
    "<br/>",
    " ",
]


@pytest.mark.parametrize("illegal", ILLEGAL)
def test_2_5_1_illegal_translations_are_left_out(illegal):
    assert xml_translate({"abc": illegal}.get, "<p>abc</p>") == "<p>abc</p>"
    assert xml_translate({"abc": illegal}.get, "abc<p>x</p>") == "abc<p>x</p>"
    assert html_translate({"abc": illegal}.get, "<p>abc</p>") == "<p>abc</p>"


@pytest.mark.parametrize(
    "legal",
    [
        "de <b>fg</b>",
        'de <span class="a" style="color: red" title="t"> </span>',
        '<i title="x"></i>',
        '<span data-oe-model="m" data-oe-translation-state="translated">de</span>',
        "<b invisible=\"state != 'x'\">de</b>",
        "de <i><u>f</u> g</i> h",
    ],
)
def test_2_5_1_inline_markup_is_taken(legal):
    assert html_translate({"abc": legal}.get, "<p>abc</p>") == f"<p>{legal}</p>"
    assert xml_translate({"abc": legal}.get, "<p>abc</p>") == f"<p>{legal}</p>".replace("></i></p>", "/></p>")


def test_2_5_1_what_the_term_does_its_translation_may_do():
    source = '<p>see <b onclick="show()">this</b></p>'
    translated = '<p>vois <b onclick="show()">ceci</b></p>'
    assert xml_translate({source[3:-4]: translated[3:-4]}.get, source) == translated
    for other in ('vois <b onclick="steal()">ceci</b>', 'vois <i onclick="show()">ceci</i>'):
        assert xml_translate({source[3:-4]: other}.get, source) == source


@pytest.mark.parametrize(
    "source", ['<p t-attf-title="Hi #{x}"/>', '<attribute name="t-attf-title">Hi #{x}</attribute>']
)
def test_2_5_1_format_strings_keep_their_expressions(source):
    for translation in ("Salut #{x}", "Salut"):
        assert xml_translate({"Hi #{x}": translation}.get, source) == source.replace("Hi #{x}", translation)
    for translation in ("Salut #{user.password}", "Salut #{x} {{user.password}}", "Salut #{}+user.password}"):
        assert xml_translate({"Hi #{x}": translation}.get, source) == source


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("def & g <", "def &amp; g &lt;"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("a<b", "a&lt;b"),
        ("<3 <b>you</b>", "&lt;3 <b>you</b>"),
        ("a &amp; b & c", "a &amp; b &amp; c"),
        ("AT&T", "AT&amp;T"),
        ("de <b>fg", "de <b>fg</b>"),
        ("de <b>fg</i> h", "de <b>fg h</b>"),
        ("de <b><i>fg</b></i> h", "de <b><i>fg</i></b> h"),
        ("de</b> fg", "de fg"),
    ],
)
def test_2_5_2_raw_signs_and_open_tags(translation, expected):
    for function in (xml_translate, html_translate):
        assert function({"abc": translation}.get, "<p>abc</p>") == f"<p>{expected}</p>"


def test_2_5_2_entities_of_html():
    assert xml_translate({"abc": "d&nbsp;e &eacute;"}.get, "<p>abc</p>") == "<p>d\xa0e \xe9</p>"
    assert html_translate({"abc": "d&nbsp;e"}.get, "<p>abc</p>") == "<p>d&nbsp;e</p>"


def test_translating_html():
    source = "<p>Hello <b>you</b></p><p>a<br>b</p>"
    assert terms(html_translate, source) == ["Hello <b>you</b>", "a<br>b"]
    assert (
        html_translate({"Hello <b>you</b>": "Salut <b>toi</b>"}.get, source) == "<p>Salut <b>toi</b></p><p>a<br>b</p>"
    )
    assert html_translate(None, "") == ""
    assert terms(html_translate, "only text") == ["only text"]


def test_term_helpers():
    assert xml_translate.get_text_content("Hello <b>you</b>") == "Hello you"
    assert xml_translate.is_text("a & b")
    assert not xml_translate.is_text("a <b>c</b>")
    assert xml_translate.term_converter("a<br/>b") == "a<br/>b"
    adapt = xml_translate.term_adapter('Hello <b class="new">you</b>')
    assert adapt('Salut <b class="old" invisible="1">toi</b>') == 'Salut <b class="old">toi</b>'
    assert adapt("Salut <i>toi</i>") == "Salut <i>toi</i>"
    adapt = xml_translate.term_adapter('Hello <b style="x" invisible="a">you</b>')
    assert adapt('Salut <b class="old">toi</b>') == 'Salut <b class="old" invisible="a">toi</b>'
    assert adapt('<b class="old" invisible="b">toi</b>') == '<b class="old" invisible="a">toi</b>'
    assert adapt("Salut <i>toi</i>") is None
    assert adapt("Salut") is None


@pytest.fixture
def french(monkeypatch):
    catalogue = {
        "Hello %s": "Bonjour %s",
        "Broken": "Casse %s %s",
        "Name: %(name)s": "Nom : %(name)s",
        "plain": "simple",
    }
    monkeypatch.setitem(code_translations.python_translations, ("base", "fr_FR"), catalogue)


class Env:
    def __init__(self, lang):
        self.lang = lang
        self.context = {"lang": lang}


class Record:
    def __init__(self, lang):
        self.env = Env(lang)

    def greet(self, name):
        return translate._("Hello %s", name)


@pytest.mark.usefixtures("french")
def test_language_of_the_caller():
    assert Record("fr_FR").greet("Ann") == "Bonjour Ann"
    assert Record("en_US").greet("Ann") == "Hello Ann"

    def from_context(context):
        return translate._("plain")

    def from_env(env):
        return translate._("plain")

    assert from_context({"lang": "fr_FR"}) == "simple"
    assert from_env(Env("fr_FR")) == "simple"
    assert translate._("plain") == "plain"


@pytest.mark.usefixtures("french")
def test_arguments():
    assert get_translation("base", "fr_FR", "Name: %(name)s", {"name": "x"}) == "Nom : x"
    assert get_translation("base", "fr_FR", "Broken", ()) == "Casse %s %s"
    marked = get_translation("base", "fr_FR", "Hello %s", (Markup("<b>x</b>"),))
    assert isinstance(marked, Markup) and marked == "Bonjour <b>x</b>"
    with pytest.raises(TypeError):
        translate._("a %s %(b)s", 1, b=2)


@pytest.mark.usefixtures("french")
def test_lazy_texts():
    _lt = LazyTranslate("odoo.addons.base.models.x")
    text = _lt("Hello %s", "Ann")

    def shown(self):
        return str(text)

    assert shown(Record("fr_FR")) == "Bonjour Ann"
    assert shown(Record("en_US")) == "Hello Ann"
    assert text._translate("fr_FR") == "Bonjour Ann"
    assert get_translation("base", "fr_FR", "Hello %s", (_lt("plain"),)) == "Bonjour simple"
    assert text == _lt("Hello %s", "Ann")


@pytest.mark.usefixtures("french")
def test_texts_of_an_environment_are_those_of_the_calling_module(monkeypatch):
    texts = {"base": {"plain": "simple"}, "sale": {"plain": "simple de vente"}}
    monkeypatch.setattr(code_translations, "get_python_translations", lambda module, lang: texts.get(module, {}))
    env = SimpleNamespace(context={"lang": "fr_FR"})
    lazy = LazyTranslate("odoo.addons.sale.models.x")("plain")

    def plain(env):
        return Environment._(env, "plain")

    for module, text in (("odoo.addons.sale.models.x", "simple de vente"), ("odoo.orm.x", "simple")):
        code_of_module = FunctionType(plain.__code__, {"__name__": module, "Environment": Environment})
        assert code_of_module(env) == text
    assert Environment._(env, lazy) == "simple de vente"
    assert Environment._(SimpleNamespace(context={}), lazy) == "plain"


def test_modules_and_languages():
    assert translate.get_translated_module("odoo.addons.sale.models.order") == "sale"
    assert translate.get_translated_module("odoo.http") == "base"
    assert translate.get_base_langs("es_MX") == ["es", "es_419", "es_MX"]
    assert translate.get_base_langs("fr") == ["fr"]


def test_catalogues_of_code(tmp_path, monkeypatch):
    catalogue = tmp_path / "fr.po"
    catalogue.write_text(
        '#. module: x\n#. odoo-python\n#: code:addons/x/a.py:0\nmsgid "One"\nmsgstr "Un"\n\n'
        '#. module: x\n#. odoo-javascript\n#: code:addons/x/a.js:0\nmsgid "Two"\nmsgstr "Deux"\n\n'
        '#. module: x\n#. odoo-python\n#. odoo-javascript\n#: code:addons/x/b.py:0\nmsgid "Both"\nmsgstr "Tous"\n'
    )
    monkeypatch.setattr(translate, "get_po_paths", lambda module, lang, env=None: [str(catalogue)])
    translations = translate.CodeTranslations()
    assert dict(translations.get_python_translations("x", "fr_FR")) == {"One": "Un", "Both": "Tous"}
    messages = translations.get_web_translations("x", "fr_FR")["messages"]
    assert [(message["id"], message["string"]) for message in messages] == [("Two", "Deux"), ("Both", "Tous")]
