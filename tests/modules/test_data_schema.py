"""The grammar of XML data files."""

import pytest
from lxml import etree

from odoo.modules.data.errors import ParseError
from odoo.modules.data.schema import check_document
from odoo.modules.data.values import nodeattr2bool, str2bool


def test_everything_that_belongs():
    check_document(
        etree.fromstring("""
        <odoo auto_sequence="1">
            <!-- comment -->
            <data noupdate="1">
                <record id="a" model="res.partner" forcecreate="False" context="{}">
                    <field name="name">x</field>
                    <field name="arch" type="xml"><form><anything here="1"/></form></field>
                    <field name="ids" type="list"><value type="int">1</value></field>
                    <field name="child_ids"><record model="res.partner"><field name="name">y</field></record></field>
                </record>
                <function model="res.partner" name="write"><value eval="[]"/>
                    <function model="res.partner" name="search" eval="[[]]"/></function>
            </data>
            <delete model="res.partner" id="b"/>
            <menuitem id="m" name="M"><menuitem id="n" action="act" groups="a,-b"/></menuitem>
            <template id="t" inherit_id="x.y" t-cache="1"><xpath expr="." position="inside"/></template>
            <asset id="s" name="S"><bundle directive="prepend">web.x</bundle><path>a/b.js</path></asset>
        </odoo>"""),
        "x.xml",
    )


@pytest.mark.parametrize(
    "text, line, words",
    [
        ("<openodoo/>", 1, "root"),
        ("<odoo>\n<recrod id='a' model='b'/></odoo>", 2, "did you mean 'record'"),
        ("<odoo>\n<record id='a' modl='b'/></odoo>", 2, "no attribute 'modl' (did you mean 'model'?)"),
        ("<odoo><record id='a'/></odoo>", 1, "needs the attribute 'model'"),
        ("<odoo><record id='a' model='b'>\n\n<field nam='c'/></record></odoo>", 3, "no attribute 'nam'"),
        ("<odoo><record model='b'>\n<field name='c' type='intt'/></record></odoo>", 2, "did you mean 'int'"),
        ("<odoo><record model='b'>\n<field name='c' ref='a' eval='1'/></record></odoo>", 2, "only one of"),
        ("<odoo><record model='b'>\n<field name='c'><b/></field></record></odoo>", 2, "<b> cannot stand in <field>"),
        ("<odoo>\n<menuitem name='x'/></odoo>", 2, "needs the attribute 'id'"),
    ],
)
def test_mistakes_name_file_and_line(text, line, words):
    with pytest.raises(ParseError) as caught:
        check_document(etree.fromstring(text), "x.xml")
    assert str(caught.value).startswith(f"x.xml:{line}: ")
    assert words in str(caught.value)


def test_booleans():
    assert str2bool(" Yes ") is True and str2bool("0") is False
    assert str2bool("maybe", default=True) is True
    with pytest.raises(ValueError, match="maybe"):
        str2bool("maybe")
    node = etree.fromstring("<a x='' y='1'/>")
    assert nodeattr2bool(node, "x", True) is True
    assert nodeattr2bool(node, "y") is True
    assert nodeattr2bool(node, "z") is False
