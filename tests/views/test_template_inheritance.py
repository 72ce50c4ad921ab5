"""Inheritance specifications on bare XML trees."""

import pytest
from lxml import etree

from odoo.tools.template_inheritance import LocatorError, apply_inheritance_specs

BASE = '<form><sheet><field name="a"/><field name="b" class="x y"/></sheet><footer/></form>'


def apply(specs, base=BASE):
    """Apply specs given as text and return the resulting text."""
    return etree.tostring(apply_inheritance_specs(etree.fromstring(base), etree.fromstring(specs)), encoding="unicode")


@pytest.mark.parametrize(
    "specs, expected",
    [
        (
            '<field name="a" position="after"><i/></field>',
            '<form><sheet><field name="a"/><i/><field name="b" class="x y"/></sheet><footer/></form>',
        ),
        (
            '<field name="b" position="before"><i/>t</field>',
            '<form><sheet><field name="a"/><i/>t<field name="b" class="x y"/></sheet><footer/></form>',
        ),
        (
            '<footer position="inside">hello<b/></footer>',
            '<form><sheet><field name="a"/><field name="b" class="x y"/></sheet><footer>hello<b/></footer></form>',
        ),
        (
            '<xpath expr="//field[@name=\'a\']" position="replace"/>',
            '<form><sheet><field name="b" class="x y"/></sheet><footer/></form>',
        ),
        (
            '<xpath expr="//sheet" position="replace"><div>$0</div></xpath>',
            '<form><div><sheet><field name="a"/><field name="b" class="x y"/></sheet></div><footer/></form>',
        ),
        ('<sheet position="replace" mode="inner"><u/></sheet>', "<form><sheet><u/></sheet><footer/></form>"),
        (
            '<footer position="inside"><field name="b" position="move"/></footer>',
            '<form><sheet><field name="a"/></sheet><footer><field name="b" class="x y"/></footer></form>',
        ),
        ('<form position="replace"><list/></form>', "<list/>"),
        (
            '<data><field name="a" position="replace"><p/></field>'
            '<xpath expr="//p" position="after"><q/></xpath></data>',
            '<form><sheet><p/><q/><field name="b" class="x y"/></sheet><footer/></form>',
        ),
        (
            '<xpath expr="//*[hasclass(\'y\')]" position="attributes"><attribute name="class" add="z" remove="x" '
            'separator=" "/></xpath>',
            '<form><sheet><field name="a"/><field name="b" class="y z"/></sheet><footer/></form>',
        ),
        (
            '<xpath expr="//*[hasclass(\'y x\')]" position="replace"/>',
            '<form><sheet><field name="a"/></sheet><footer/></form>',
        ),
        (
            '<field name="b" position="attributes"><attribute name="class"/></field>',
            '<form><sheet><field name="a"/><field name="b"/></sheet><footer/></form>',
        ),
    ],
)
def test_positions(specs, expected):
    assert apply(specs) == expected


def test_comments_are_no_specifications():
    assert apply('<data><!-- first --><footer position="replace"/></data>') == BASE.replace("<footer/>", "")
    source = etree.fromstring(BASE)
    assert apply_inheritance_specs(source, etree.Comment("a word")) is source


@pytest.mark.parametrize(
    "old, change, new",
    [
        ("a", 'add="b or c" separator="and"', "(a) and (b or c)"),
        ("(a) and (b)", 'remove="b" separator="and"', "(a)"),
        ("x == 'a or b' or y", 'remove="y" separator="or"', "x == 'a or b'"),
        ("a", 'remove="a" add="b" separator="or"', "b"),
    ],
)
def test_condition_attributes(old, change, new):
    base = etree.fromstring('<form><field name="a"/></form>')
    base[0].set("invisible", old)
    spec = f'<field name="a" position="attributes"><attribute name="invisible" {change}/></field>'
    result = apply_inheritance_specs(base, etree.fromstring(spec))
    assert result[0].get("invisible") == new


@pytest.mark.parametrize(
    "specs, words",
    [
        ('<footer position="inside"><xpath expr="/form" position="move"/></footer>', "around"),
        ('<sheet position="inside"><xpath expr="//sheet" position="move"/></sheet>', "moved to"),
        ('<sheet position="after"><xpath expr="//sheet" position="move"/></sheet>', "moved to"),
        ('<sheet position="replace"><xpath expr="//sheet" position="move"/></sheet>', "moved to"),
        ('<field name="a" position="before"><xpath expr="//sheet" position="move"/></field>', "around"),
        ('<xpath expr="//field/@name" position="replace"/>', "does not select"),
        ('<xpath expr="count(//field)" position="replace"/>', "does not select"),
        ('<xpath expr="//field[hasclass(//sheet)]" position="replace"/>', "names of classes"),
    ],
)
def test_what_cannot_be_moved_or_changed(specs, words):
    with pytest.raises(LocatorError, match=words):
        apply(specs)


@pytest.mark.parametrize(
    "old, change, new",
    [
        ("a and b", 'add="id == 33" separator="and"', "(a and b) and (id == 33)"),
        ("(a and b) and (id == 33)", 'remove="id == 33" separator="and"', "(a and b)"),
        ("a and b and c", 'remove="b" separator=" and "', "a and c"),
        ("a and b and c", 'remove="c and a" separator="and"', "b"),
        ("a_b and b", 'remove="b" separator="and"', "a_b"),
        ("((a) or (b)) and (c)", 'remove="b" separator="or"', "((a)) and (c)"),
        ("((b) or (a)) and (c)", 'remove="b" separator="or" add="d"', "(((a)) and (c)) or (d)"),
        ("(a or b)", 'remove="a or b" separator="and"', None),
        ("a", 'remove="b" separator="and"', "a"),
        ("", 'remove="b" add="c" separator="and"', "c"),
    ],
)
def test_2_2_13_conditions_are_joined_as_they_are(old, change, new):
    test_condition_attributes(old, change, new)


@pytest.mark.parametrize(
    "specs",
    [
        '<field name="a" position="after"><i>x<u/>y</i>z</field>',
        '<field name="a" position="before">w<i/>z</field>',
        '<sheet position="inside">w<i/>z</sheet>',
        '<field name="a" position="replace">w<i/>z</field>',
        '<sheet position="replace" mode="inner">w<i/>z</sheet>',
        '<form position="replace"><list><i/></list></form>',
        '<sheet position="replace"><div>$0</div></sheet>',
        '<field name="a" position="attributes"><attribute name="class" add="x" separator=" "/></field>',
        '<data><footer position="inside">t<field name="b" position="move"/>u<i/>v</footer></data>',
    ],
)
def test_2_2_12_specifications_stay_as_they_are(specs):
    tree = etree.fromstring(specs)
    before, expected = etree.tostring(tree), apply(specs)
    for _time in range(2):
        result = apply_inheritance_specs(etree.fromstring(BASE), tree)
        assert etree.tostring(result, encoding="unicode") == expected
        assert etree.tostring(tree) == before


def test_2_2_12_the_text_after_a_moved_node_stays_where_it_was():
    base = "<form><a>1</a>after a<b/>after b<c>2</c></form>"
    specs = '<c position="inside">before <a position="move"/>behind</c>'
    assert apply(specs, base) == "<form>after a<b/>after b<c>2before <a>1</a>behind</c></form>"


def test_2_2_14_removals_leave_a_trace_when_asked():
    for branding, trace in ((False, ""), (True, "<?apply-inheritance-specs-node-removal field?>")):
        tree = apply_inheritance_specs(
            etree.fromstring(BASE), etree.fromstring('<field name="a" position="replace"><i/></field>'), branding
        )
        assert etree.tostring(tree[0], encoding="unicode") == (
            f'<sheet><i/>{trace}<field name="b" class="x y"/></sheet>'
        )


@pytest.mark.parametrize(
    "specs, words",
    [
        ('<field name="aa" position="after"/>', ['<field name="aa">', "'a'"]),
        ("<xpath expr=\"//field[@name='bb']\"/>", ["bb", "'b'"]),
        ('<xpath expr="//["/>', ["Invalid XPath"]),
        ('<field name="a" position="besides"/>', ["besides", "inside"]),
        ('<form position="after"/>', ["root"]),
    ],
)
def test_errors_name_the_locator(specs, words):
    with pytest.raises(LocatorError) as caught:
        apply(specs)
    for word in words:
        assert word in str(caught.value)
