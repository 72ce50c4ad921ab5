"""Calls and values of data files, one by one, and the language that texts are written in."""

import collections

import pytest
from lxml.builder import E

from odoo import models
from odoo.modules.data import ParseError, convert_csv_import, xml_import
from odoo.tools.convert import _eval_xml


@pytest.fixture
def calls(env, monkeypatch):
    """Lists that are filled by calls: of the model method ``_probe`` of partners, and of ``_probe_records``."""
    calls = []

    @models.api.model
    def probe(self, *args, **kwargs):
        calls.append((self.env.context, args, kwargs))
        return self.browse(7)

    def probe_records(self, *args, **kwargs):
        calls.append((self.env.context, self.ids, args, kwargs))

    monkeypatch.setattr(type(env["res.partner"]), "_probe", probe, raising=False)
    monkeypatch.setattr(type(env["res.partner"]), "_probe_records", probe_records, raising=False)
    return calls


def test_v1_a_context_among_the_values_of_a_function(load, calls):
    load("""<odoo context="{'a': 1, 'b': 1}">
        <function model="res.partner" name="_probe" context="{'b': 2, 'c': 2}">
            <value eval="5"/>
            <value name="key">text</value>
            <value name="context" eval="{'c': 3, 'd': 3}"/>
        </function>
        <function model="res.partner" name="_probe_records" eval="[[ref('base.main_partner')], 8]">
            <value name="context" eval="{'b': 4}"/>
        </function>
        <function model="res.partner" name="_probe"/>
    </odoo>""")
    (first, args, kwargs), (second, ids, more, _none), (last, *_rest) = calls
    assert [first.get(key) for key in "abcd"] == [1, 2, 3, 3]
    assert (args, kwargs) == ((5,), {"key": "text"})
    assert [second.get(key) for key in "abcd"] == [1, 4, None, None]
    assert (len(ids), more) == (1, (8,))
    assert [last.get(key) for key in "abcd"] == [1, 1, None, None]


def test_v1_a_context_is_a_dictionary(load, calls):
    with pytest.raises(ParseError, match=r"data.xml:1: .*'context' of a <function> is a dictionary, not 'x'"):
        load("""<odoo><function model="res.partner" name="_probe"><value name="context">x</value></function></odoo>""")
    assert not calls


def test_v2_csv_files_hold_source_texts(env):
    env["res.lang"]._activate_lang("fr_FR")
    french = env(context={"lang": "fr_FR"})
    convert_csv_import(french, "alpha", "res.partner.category.csv", b"id,name\na,Wood\n")
    tag = env.ref("alpha.a")
    tag.with_context(lang="fr_FR").name = "Bois"
    convert_csv_import(french, "alpha", "res.partner.category.csv", b"id,name\na,Timber\n", mode="update")
    assert (tag.name, tag.with_context(lang="fr_FR").name) == ("Timber", "Bois")


Importer = collections.namedtuple("Importer", "module")


@pytest.mark.parametrize(
    "node, value",
    [
        (E.field("some text"), "some text"),
        (E.field("None"), "None"),
        (E.field(" 12 ", type="int"), 12),
        (E.field("None", type="int"), None),
        (E.field("1.5", type="float"), 1.5),
        (E.field("bytes", type="base64"), b"Ynl0ZXM="),
        (E.field(type="list"), []),
        (E.field(E.value("a"), E.value("2", type="int"), type="tuple"), ("a", 2)),
        (E.value(E.value("a"), E.value(type="list"), type="list"), ["a", []]),
        (E.field("__init__.py", type="file"), "base,__init__.py"),
        (E.field(E.b("x"), type="html"), "<b>x</b>"),
    ],
)
def test_values_are_read_without_a_file(env, node, value):
    assert _eval_xml(Importer("base"), node, env) == value


def test_values_that_are_none(env):
    for node in (E.field("1.5", type="int"), E.field("x", type="float")):
        with pytest.raises(ValueError, match=r"1\.5|x"):
            _eval_xml(Importer("base"), node, env)
    with pytest.raises(OSError, match="nowhere"):
        _eval_xml(Importer("base"), E.field("nowhere.txt", type="file"), env)


def test_values_of_a_file(env, calls):
    importer = xml_import(env, "base", None, "init")
    main_partner = env.ref("base.main_partner")
    assert _eval_xml(importer, E.field(ref="main_partner"), env) == main_partner.id
    assert _eval_xml(importer, E.value(eval="[ref('base.main_partner'), 2]"), env) == [main_partner.id, 2]
    assert main_partner.id in _eval_xml(importer, E.value(model="res.partner", search="[]"), env)
    call = E.function(E.value("x"), model="res.partner", name="_probe", eval="[1]")
    assert _eval_xml(importer, call, env).ids == [7]
    assert calls[0][1:] == ((1, "x"), {})
    records = E.function(model="res.partner", name="_probe_records", eval="[1, 2]")
    _eval_xml(importer, records, env)
    assert calls[1][1:] == ([1], (2,), {})


def test_records_of_a_value(load, env):
    load("""<odoo><record id="probe" model="res.partner.category">
        <field name="name" model="res.partner" eval="'%s %s' % (obj()._name, len(obj(ref('base.main_partner'))))"/>
    </record></odoo>""")
    assert env["res.partner.category"].search([("name", "=", "res.partner 1")])
