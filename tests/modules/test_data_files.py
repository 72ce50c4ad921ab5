"""XML, CSV and SQL data files, loaded into a database with the module base."""

import io

import pytest

from odoo.modules.data import ParseError, convert_csv_import, convert_file, convert_sql_import


def test_records_and_values(env, load):
    idref = {}
    load(
        """<odoo>
        <record id="parent" model="res.partner"><field name="name">Parent</field></record>
        <record id="child" model="res.partner">
            <field name="name">Child</field>
            <field name="parent_id" ref="parent"/>
            <field name="active" eval="False"/>
            <field name="color">7</field>
            <field name="is_company">1</field>
            <field name="comment" type="html"><p>Say <b>%(parent)d</b></p></field>
            <field name="country_id" search="[('code', '=', 'BE')]"/>
            <field name="category_id" eval="[Command.create({'name': 'Tag'})]"/>
        </record>
    </odoo>""",
        idref=idref,
    )
    parent, child = env.ref("alpha.parent"), env.ref("alpha.child")
    assert idref["alpha.parent"] == parent.id
    assert child.parent_id == parent
    assert (child.active, child.color, child.is_company) == (False, 7, True)
    assert f"<b>{parent.id}</b>" in child.comment
    assert child.country_id.code == "BE"
    assert child.category_id.name == "Tag"


def test_nested_records(env, load):
    load("""<odoo><record id="parent" model="res.partner">
        <field name="name">Parent</field>
        <field name="child_ids">
            <record id="one" model="res.partner"><field name="name">One</field></record>
            <record id="two" model="res.partner"><field name="name">Two</field></record>
        </field>
    </record></odoo>""")
    assert env.ref("alpha.parent").child_ids == env.ref("alpha.one") + env.ref("alpha.two")


def test_update_changes_and_noupdate_does_not(env, load):
    text = """<odoo>
        <record id="free" model="res.partner"><field name="name">{0}</field></record>
        <data noupdate="1">
            <record id="kept" model="res.partner"><field name="name">{0}</field></record>
            {1}
        </data>
    </odoo>"""
    load(text.format("one", ""))
    more = """<record id="new" model="res.partner"><field name="name">new</field></record>
        <record id="not" model="res.partner" forcecreate="0"><field name="name">not</field></record>"""
    load(text.format("two", more), mode="update")
    assert env.ref("alpha.free").name == "two"
    assert env.ref("alpha.kept").name == "one"
    assert env.ref("alpha.new").name == "new"
    assert not env.ref("alpha.not", raise_if_not_found=False)


def test_records_of_other_modules(env, load):
    load("""<odoo><record id="base.main_partner" model="res.partner"><field name="name">Us</field></record></odoo>""")
    assert env.ref("base.main_partner").name == "Us"
    load("""<odoo><record id="base.nobody" model="res.partner" forcecreate="0"><field name="name">x</field></record>
    </odoo>""")
    with pytest.raises(ParseError, match=r"another module"):
        load("""<odoo><record id="base.nobody" model="res.partner"><field name="name">x</field></record></odoo>""")


def test_function_and_delete(env, load):
    load("""<odoo>
        <record id="a" model="res.partner"><field name="name">A</field></record>
        <record id="b" model="res.partner"><field name="name">B</field></record>
        <function model="res.partner" name="write">
            <value eval="[ref('a')]"/><value eval="{'name': 'written'}"/>
        </function>
        <function model="res.partner" name="create" eval="[{'name': 'made by function'}]"/>
        <delete model="res.partner" id="b"/>
        <delete model="res.partner" search="[('name', '=', 'no such')]"/>
    </odoo>""")
    assert env.ref("alpha.a").name == "written"
    assert not env.ref("alpha.b", raise_if_not_found=False)
    assert env["res.partner"].search_count([("name", "=", "made by function")]) == 1


def test_menus(env, load):
    load("""<odoo>
        <record id="act" model="ir.actions.act_window">
            <field name="name">Things</field><field name="res_model">res.partner</field>
        </record>
        <menuitem id="root" name="Root" sequence="3" groups="base.group_user">
            <menuitem id="leaf" action="act"/>
        </menuitem>
        <menuitem id="other" parent="root" name="Other" active="0"/>
    </odoo>""")
    root, leaf = env.ref("alpha.root"), env.ref("alpha.leaf")
    assert leaf.parent_id == root and leaf.name == "Things"
    assert leaf.action == env.ref("alpha.act")
    assert root.sequence == 3 and root.groups_id == env.ref("base.group_user")
    assert not env.ref("alpha.other").active
    load("""<odoo><menuitem id="root" name="Root" groups="-base.group_user"/></odoo>""", mode="update")
    assert not root.groups_id


def test_templates(env, load):
    load("""<odoo>
        <template id="page" name="Page"><div>Hello <t t-out="name"/></div></template>
        <template id="more" inherit_id="page" priority="20">
            <xpath expr="//div" position="inside"><b/></xpath>
        </template>
        <template id="other" inherit_id="alpha.page" primary="True">
            <xpath expr="//div" position="attributes"><attribute name="class">x</attribute></xpath>
        </template>
    </odoo>""")
    page, more, other = (env.ref(f"alpha.{name}") for name in ("page", "more", "other"))
    assert (page.key, page.type, page.mode, page.name) == ("alpha.page", "qweb", "primary", "Page")
    assert (more.inherit_id, more.priority, more.mode) == (page, 20, "extension")
    assert (other.inherit_id, other.mode) == (page, "primary")


def test_assets(env, load):
    load("""<odoo><asset id="a" name="A">
        <bundle directive="before">web.assets_backend</bundle><path>alpha/static/a.js</path>
        <field name="target">web/static/b.js</field><field name="sequence" eval="3"/>
    </asset></odoo>""")
    asset = env.ref("alpha.a")
    assert (asset.bundle, asset.directive, asset.path, asset.target, asset.sequence) == (
        "web.assets_backend",
        "before",
        "alpha/static/a.js",
        "web/static/b.js",
        3,
    )


def test_auto_sequence(env, load):
    load("""<odoo auto_sequence="1">
        <record id="a" model="ir.module.category"><field name="name">a</field></record>
        <record id="b" model="ir.module.category"><field name="name">b</field><field name="sequence">1</field></record>
        <record id="c" model="ir.module.category"><field name="name">c</field></record>
    </odoo>""")
    assert [env.ref(f"alpha.{name}").sequence for name in "abc"] == [10, 1, 20]


@pytest.mark.parametrize(
    "text, line, words",
    [
        (
            "<odoo>\n<record id='a' model='res.partnr'/></odoo>",
            2,
            "model 'res.partnr' does not exist (did you mean 'res.partner'?)",
        ),
        (
            "<odoo>\n<record id='a' model='res.partner'>\n<field name='nam'>x</field></record></odoo>",
            3,
            "record 'alpha.a' of model 'res.partner': "
            "field 'nam' does not exist on model 'res.partner' (did you mean 'name'?)",
        ),
        (
            "<odoo>\n<record id='a' model='res.partner'>\n<field name='parent_id' ref='base.main_partnr'/>"
            "</record></odoo>",
            3,
            "external id 'base.main_partnr' does not exist (did you mean 'base.main_partner'?)",
        ),
        (
            "<odoo><record id='a' model='res.partner'>\n<field name='parent_id' ref='b'/></record>\n"
            "<record id='b' model='res.partner'/></odoo>",
            2,
            "defined further down, on line 3",
        ),
        (
            "<odoo>\n<record id='a' model='res.partner'><field name='color'>red</field></record></odoo>",
            2,
            "field 'color'",
        ),
        (
            "<odoo>\n<record id='a' model='res.partner'><field name='active' eval='nothing'/></record></odoo>",
            2,
            "'active'",
        ),
        ("<odoo>\n<record id='a' model='res.partner'><field name='active'>maybe</field></record></odoo>", 2, "maybe"),
        ("<odoo>\n<function model='res.partner' name='serch'/></odoo>", 2, "did you mean 'search'"),
        ("<odoo>\n<record id='a.b.c' model='res.partner'/></odoo>", 2, "more than one dot"),
        (
            "<odoo>\n<record id='a' model='res.partner'><field name='name'>a</field></record>\n"
            "<record id='b' model='res.partner'><field name='lang'>xx</field></record></odoo>",
            3,
            "alpha.b",
        ),
        (
            "<odoo><menuitem id='root' name='R'/>\n<menuitem id='m' parent='rot' name='M'/></odoo>",
            2,
            "did you mean 'alpha.root'",
        ),
    ],
)
def test_mistakes(load, text, line, words):
    with pytest.raises(ParseError) as caught:
        load(text)
    assert str(caught.value).startswith(f"alpha/data.xml:{line}: "), str(caught.value)
    assert words in str(caught.value)


def test_csv(env):
    content = "id,name,parent_id/id,color\na,A,,1\nb,B,alpha.a,2\n"
    convert_csv_import(env, "alpha", "alpha/data/res.partner.csv", content.encode())
    assert env.ref("alpha.b").parent_id == env.ref("alpha.a")
    assert env.ref("alpha.b").color == 2
    convert_csv_import(env, "alpha", "res.partner-more.csv", b"id,name\na,A2\n", mode="update")
    assert env.ref("alpha.a").name == "A2"


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("res.partnr.csv", "id,name\n", "did you mean 'res.partner'"),
        ("res.partner.csv", "name\nA\n", "res.partner.csv:1: model 'res.partner': the first line"),
        ("res.partner.csv", "id,nam\na,A\n", "did you mean 'name'"),
        ("res.partner.csv", "id,name\na\n", "res.partner.csv:2:"),
        ("res.partner.csv", "id,name,parent_id/id\na,A,\nb,B,nowhere\n", "res.partner.csv:3: record 'b'"),
    ],
)
def test_csv_mistakes(env, name, content, words):
    with pytest.raises(ParseError) as caught:
        convert_csv_import(env, "alpha", name, content.encode())
    assert words in str(caught.value)


def test_sql(env):
    convert_sql_import(env, io.BytesIO(b"UPDATE res_partner SET color = 9 WHERE id = 1;"))
    assert env["res.partner"].browse(1).color == 9
    file = io.BytesIO(b"SELECT 1;\nSELECT nothing;")
    file.name = "x.sql"
    with pytest.raises(ParseError, match=r"x.sql:2: .*nothing"):
        convert_sql_import(env, file)


def test_convert_file(env, addons):
    text = "<odoo><record id='a' model='res.partner'><field name='name'>A</field></record></odoo>"
    addons.write("alpha", {"data/x.xml": text})
    convert_file(env, "alpha", "data/x.xml", {}, "init")
    assert env.ref("alpha.a")
    with pytest.raises(ParseError, match=r"alpha/data/y.xml.*does not exist"):
        convert_file(env, "alpha", "data/y.xml", {}, "init")
    with pytest.raises(ParseError, match=r"known are"):
        convert_file(env, "alpha", "data/y.yml", {}, "init")


def test_face():
    from odoo.tools import convert

    assert convert.xml_import.__name__ == "xml_import"
    assert convert.ParseError is ParseError
    assert set(convert.__all__) >= {"convert_file", "convert_csv_import", "convert_sql_import", "convert_xml_import"}


def test_models_know_that_a_file_is_loaded(env, load, monkeypatch):
    """Addons let their data do what people must not."""
    model, modes = type(env["res.partner.category"]), []
    create = model.create

    def noted(self, vals_list):
        modes.append(self.env.context.get("install_mode"))
        return create(self, vals_list)

    monkeypatch.setattr(model, "create", noted)
    load('<odoo><record id="tag" model="res.partner.category"><field name="name">Tag</field></record></odoo>')
    assert modes == [True]
