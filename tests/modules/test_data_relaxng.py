"""``import_xml.rng``: the grammar of XML data files for whoever checks files without loading them."""

from pathlib import Path

import pytest
from lxml import etree

from odoo.modules.data.errors import ParseError
from odoo.modules.data.schema import _GRAMMAR, _REQUIRED, check_document
from odoo.modules.data.values import str2bool
from odoo.modules.module import get_manifest
from odoo.tools import config

RNG = "{http://relaxng.org/ns/structure/1.0}"
ADDONS = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def schema():
    """The text of the grammar as a tree."""
    return etree.parse(Path(config["root_path"], "import_xml.rng"))


@pytest.fixture(scope="module")
def grammar(schema):
    """The grammar, ready to check documents."""
    return etree.RelaxNG(schema)


def data_files():
    """Yield the paths of the XML data files that the addons of this repository list."""
    for manifest in sorted([*ADDONS.glob("addons/*/__manifest__.py"), *ADDONS.glob("odoo/addons/*/__manifest__.py")]):
        values = get_manifest(manifest.parent.name)
        for name in (*values["data"], *values["demo"]):
            if name.endswith(".xml"):
                yield manifest.parent / name


def test_v3_data_files_of_the_addons_are_valid(grammar):
    files = list(data_files())
    assert len(files) > 50
    for path in files:
        grammar.assertValid(etree.parse(path))


def test_v3_whatever_belongs_is_valid(grammar):
    grammar.assertValid(
        etree.fromstring("""
        <odoo auto_sequence="1" noupdate="False">
            <!-- remark -->
            <record id="a" model="res.partner" forcecreate="0" uid="base.user_root" context="{}">
                <field name="name">x</field>
                <field name="color" type="int">3</field>
                <field name="parent_id" ref="b"/>
                <field name="ids" model="res.partner" search="[]" use="name"/>
                <field name="arch" type="xml"><form xmlns:x="urn:x" x:y="1">text<anything here="1"/></form></field>
                <field name="ids" type="tuple"><value type="int">1</value><value type="list"/></field>
                <field name="child_ids"><record model="res.partner"><field name="name">y</field></record></field>
                <field name="picture" type="base64" file="base/static/x.png"/>
            </record>
            <data><data>
                <function model="res.partner" name="write" context="{}"><value eval="[]"/>
                    <function model="res.partner" name="search" eval="[[]]"/><value name="key" type="html"><b/></value>
                </function>
                <delete model="res.partner" id="b"/><delete model="res.partner" search="[]"/>
            </data></data>
            <menuitem id="m" name="M" sequence="-5" active="true"><menuitem id="n" action="x" groups="a,-b"/></menuitem>
            <template id="t" inherit_id="x.y" t-cache="1" priority=" 7 "><xpath expr="." position="inside"/></template>
            <asset id="s" name="S"><path>a/b.js</path><field name="target">x</field><bundle>web.x</bundle></asset>
        </odoo>""")
    )
    for root in ("openerp", "data"):
        grammar.assertValid(etree.Element(root))


@pytest.mark.parametrize(
    "text",
    [
        "<other/>",
        "<odoo><recrod id='a' model='b'/></odoo>",
        "<odoo><record id='a'/></odoo>",
        "<odoo><record model='b' idd='a'/></odoo>",
        "<odoo><record model='b'><field/></record></odoo>",
        "<odoo><record model='b'><field name='c' type='intt'/></record></odoo>",
        "<odoo><record model='b'><field name='c' ref='a' eval='1'/></record></odoo>",
        "<odoo><record model='b'><field name='c'><b/></field></record></odoo>",
        "<odoo><record model='b'><field name='c' type='list'><field name='d'/></field></record></odoo>",
        "<odoo><record model='b'/>text</odoo>",
        "<odoo noupdate='maybe'/>",
        "<odoo><menuitem name='x'/></odoo>",
        "<odoo><menuitem id='x' sequence='first'/></odoo>",
        "<odoo><function model='a'/></odoo>",
        "<odoo><delete id='a'/></odoo>",
        "<odoo><asset id='a' name='b'><bundle>c</bundle></asset></odoo>",
    ],
)
def test_v3_what_does_not_belong_is_not_valid(grammar, text):
    with pytest.raises(etree.DocumentInvalid):
        grammar.assertValid(etree.fromstring(text))


@pytest.mark.parametrize("text", ["", *"10yNtFo2", "Yes", "no", "true", "FALSE", "on", "Off", "maybe"])
def test_v3_truths_are_those_of_the_loader(grammar, text):
    try:
        str2bool(text or "1")
        check_document(etree.Element("odoo", noupdate=text), "x.xml")
        allowed = True
    except (ValueError, ParseError):
        allowed = False
    assert grammar.validate(etree.Element("odoo", noupdate=text)) == allowed


def attributes_of(schema, node):
    """Yield ``(name, whether it is required)`` for the attributes of an element of the grammar."""
    for child in node:
        if child.tag == f"{RNG}attribute" and child.get("name"):
            parents = {parent.tag for parent in child.iterancestors() if parent.tag != f"{RNG}define"}
            yield child.get("name"), not parents & {f"{RNG}optional", f"{RNG}choice"}
        elif child.tag == f"{RNG}ref":
            definition = schema.find(f"{RNG}define[@name='{child.get('name')}']")
            yield from attributes_of(schema, definition)
        elif child.tag != f"{RNG}element":
            yield from attributes_of(schema, child)


def test_v3_the_loader_knows_the_same_attributes(schema):
    elements = {node.get("name"): node for node in schema.iter(f"{RNG}element") if node.get("name")}
    assert set(elements) == set(_GRAMMAR)
    for name, node in elements.items():
        found = list(attributes_of(schema, node))
        assert {attribute for attribute, _required in found} == set(_GRAMMAR[name][0]), name
        assert {attribute for attribute, required in found if required} == set(_REQUIRED.get(name, ())), name


def test_v3_other_attributes_of_templates(schema):
    excepted = {node.text for node in schema.iter(f"{RNG}name")}
    assert excepted == set(_GRAMMAR["template"][0])
