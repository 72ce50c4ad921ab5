"""Views as records: defaults, inheritance, what is refused and how it is said."""

import pytest
from lxml import etree

import odoo.addons
from odoo.exceptions import AccessError, ValidationError
from odoo.modules.data import ParseError, convert_file

FORM = """
<form>
    <sheet>
        <group name="main"><field name="name"/><field name="email" invisible="not is_company"/></group>
    </sheet>
</form>
"""


def arch_of(env, view, view_type="form", model="res.partner", **options):
    """Return the architecture that a client gets, as an element."""
    return etree.fromstring(env[model].get_view(view.id, view_type, **options)["arch"])


def test_defaults_follow_from_the_architecture(env, make_view):
    view = make_view(FORM)
    assert (view.type, view.mode) == ("form", "primary")
    extension = make_view('<field name="name" position="after"><field name="phone"/></field>', inherit_id=view.id)
    assert (extension.type, extension.mode) == ("form", "extension")
    template = env["ir.ui.view"].create({"name": "t", "arch": "<t><p/></t>"})
    assert template.type == "qweb"
    assert template.key.startswith("gen_key.")


def test_extensions_apply_by_priority_then_id(env, make_view):
    view = make_view('<form><field name="name"/></form>')
    spec = '<field name="name" position="after"><field name="%s"/></field>'
    make_view(spec % "email", inherit_id=view.id, priority=20)
    make_view(spec % "phone", inherit_id=view.id, priority=10)
    make_view(spec % "mobile", inherit_id=view.id, priority=20)
    names = [node.get("name") for node in view._get_combined_arch()]
    assert names == ["name", "mobile", "email", "phone"]


def test_primary_view_starts_from_its_parent(env, make_view):
    view = make_view('<form><field name="name"/></form>')
    make_view('<field name="name" position="after"><field name="email"/></field>', inherit_id=view.id)
    child = make_view('<field name="email" position="replace"/>', inherit_id=view.id, mode="primary")
    make_view('<field name="name" position="after"><field name="phone"/></field>', inherit_id=child.id)
    assert [node.get("name") for node in child._get_combined_arch()] == ["name", "phone"]
    assert [node.get("name") for node in view._get_combined_arch()] == ["name", "email"]


def test_an_extension_of_an_extension(env, make_view):
    view = make_view('<form><field name="name"/></form>')
    first = make_view('<field name="name" position="after"><field name="email"/></field>', inherit_id=view.id)
    make_view(
        '<field name="email" position="attributes"><attribute name="string">Mail</attribute></field>',
        inherit_id=first.id,
    )
    assert view._get_combined_arch()[1].get("string") == "Mail"


def test_inactive_extensions_do_not_apply(env, make_view):
    view = make_view('<form><field name="name"/></form>')
    extension = make_view('<field name="name" position="replace"/>', inherit_id=view.id)
    extension.active = False
    assert len(view._get_combined_arch()) == 1


@pytest.mark.parametrize(
    "arch, words",
    [
        ('<form><field name="nmae"/></form>', ["'nmae'", "res.partner", "'name'", "test view"]),
        ('<form><button type="object" name="create_compnay"/></form>', ["create_compnay", "'create_company'"]),
        ('<form><button type="object" name="_compute_display_name"/></form>', ["private"]),
        ('<form><button type="object"/></form>', ["name"]),
        ('<form><button type="action" name="999999"/></form>', ["999999"]),
        ('<form><button special="sav"/></form>', ["sav", "save"]),
        ('<form><field name="name" invisible="a b"/></form>', ['invisible="a b"']),
        ('<form><field name="name" required="is_compani"/></form>', ["is_compani", "'is_company'"]),
        ('<form><field name="name" attrs="{}"/></form>', ["attrs", "invisible"]),
        ('<form><field name="name"><list/></field></form>', ["not relational"]),
        ("<list><group/></list>", ["<group>", "<list>"]),
        ('<list editable="left"><field name="name"/></list>', ["left", "top"]),
        ("<lsit/>", ["lsit", "'list'"]),
        ("<list>", ["well-formed"]),
        ('<form><label for="nam"/></form>', ["nam"]),
        ('<search><filter domain="[]"/></search>', ["name"]),
        ("""<search><filter name="x" domain="[('nam', '=', 1)]"/></search>""", ["'nam'", "'name'"]),
        ('<search><filter name="x" date="name"/></search>', ["not a date"]),
        ("""<search><filter name="x" context="{'group_by': 'usr_id'}"/></search>""", ["usr_id", "user_id"]),
        ('<form><field name="child_ids"><list><field name="nam"/></list></field></form>', ["'nam'", "'name'"]),
        ('<calendar><field name="name"/></calendar>', ["date_start"]),
        ("<form><page/></form>", ["notebook"]),
    ],
)
def test_refused(make_view, arch, words):
    with pytest.raises(ValidationError) as caught:
        make_view(arch)
    for word in words:
        assert word in str(caught.value)


def test_refused_model(make_view):
    with pytest.raises(ValidationError, match=r"res\.partnre.*res\.partner"):
        make_view("<form/>", model="res.partnre")


def test_failing_locator_names_view_and_nearest_name(env, make_view):
    view = make_view(FORM)
    with pytest.raises(ValidationError) as caught:
        make_view('<field name="emial" position="after"/>', name="broken one", inherit_id=view.id)
    message = str(caught.value)
    assert '<field name="emial">' in message
    assert "'email'" in message
    assert "broken one" in message


def test_error_names_file_and_line(env):
    view = env.ref("base.view_partner_form", raise_if_not_found=False) or env.ref("base.view_view_form")
    field = view._get_combined_arch().find(".//field")
    message = view._describe_error("Wrong.", field)
    assert f"File: {view.arch_fs}, line " in message
    assert view.xml_id in message


def test_circles_are_refused(env, make_view):
    view = make_view(FORM)
    child = make_view("<data/>", inherit_id=view.id)
    with pytest.raises(ValidationError, match="itself"):
        view.inherit_id = child


def test_missing_fields_of_expressions_are_added_invisible(env, make_view):
    arch = arch_of(env, make_view(FORM))
    added = arch.find("field[@name='is_company']")
    assert added.get("invisible") == "True"
    listing = make_view('<list><field name="email" readonly="not is_company"/></list>')
    added = arch_of(env, listing, "list").find("field[@name='is_company']")
    assert added.get("column_invisible") == "True"


def test_parent_fields_of_embedded_views_are_added_to_the_parent(env, make_view):
    view = make_view(
        '<form><field name="child_ids"><list><field name="name" column_invisible="parent.is_company"/>'
        "</list></field></form>"
    )
    assert arch_of(env, view).find("field[@name='is_company']").get("invisible") == "True"


def test_x2many_without_view_gets_the_default_one(env, make_view):
    result = env["res.partner"].get_views(
        [
            (
                make_view(
                    '<form><field name="child_ids"/><field name="category_id" widget="many2many_tags"/></form>'
                ).id,
                "form",
            )
        ]
    )
    arch = etree.fromstring(result["views"]["form"]["arch"])
    assert arch.find("field[@name='child_ids']/list") is not None
    assert len(arch.find("field[@name='category_id']")) == 0


def test_on_change_marks(env, make_view):
    view = make_view('<form><field name="comment"/><field name="country_id"/><field name="state_id"/></form>')
    arch = arch_of(env, view)
    assert arch.find("field[@name='country_id']").get("on_change") == "1"
    assert arch.find("field[@name='comment']").get("on_change") is None


def test_groups_and_rights_of_the_user(env, make_view, employee):
    view = make_view(
        '<form><field name="name"/><field name="email" groups="base.group_system"/>'
        '<t groups="base.group_user"><field name="phone"/></t><field name="country_id"/></form>'
    )
    arch = arch_of(env(user=employee.id), view)
    names = [node.get("name") for node in arch]
    assert names == ["name", "phone", "country_id"]
    assert arch.find("field[@name='country_id']").get("can_create") == "False"
    assert arch.get("create") == "False"
    admin = arch_of(env(user=env.ref("base.user_admin").id), view)
    assert [node.get("name") for node in admin] == ["name", "email", "phone", "country_id"]


def test_views_reserved_to_groups(env, make_view, employee):
    view = make_view(FORM, groups_id=[(6, 0, [env.ref("base.group_system").id])])
    with pytest.raises(AccessError, match="reserved"):
        env(user=employee.id)["res.partner"].get_view(view.id, "form")
    extension = make_view(
        '<field name="name" position="replace"/>',
        inherit_id=make_view(FORM).id,
        groups_id=[(6, 0, [env.ref("base.group_system").id])],
    )
    arch = arch_of(env(user=employee.id), extension.inherit_id)
    assert arch.find(".//field[@name='name']") is not None


def test_get_views_shape(env):
    result = env["res.partner"].get_views(
        [(False, "form"), (False, "list"), (False, "search"), (False, "kanban")],
        {"toolbar": True, "load_filters": True},
    )
    assert set(result) == {"views", "models"}
    assert set(result["views"]) == {"form", "list", "search", "kanban"}
    for name, view in result["views"].items():
        assert {"arch", "id", "model", "toolbar"} <= set(view), name
        assert "models" not in view
    assert result["views"]["search"]["filters"] == []
    fields = result["models"]["res.partner"]["fields"]
    assert {"id", "write_date", "name"} <= set(fields)
    assert fields["name"]["type"] == "char"


def test_view_reference_in_context(env, make_view):
    view = make_view('<form><field name="ref"/></form>', priority=99)
    env["ir.model.data"].create({"module": "base", "name": "test_ref_view", "model": "ir.ui.view", "res_id": view.id})
    found = env["res.partner"].with_context(form_view_ref="base.test_ref_view").get_view(view_type="form")
    assert found["id"] == view.id


def test_all_views_of_base_are_valid(env):
    views = env["ir.ui.view"].search([])
    assert views
    views._check_xml()


def test_every_model_has_default_views(env):
    types = ("form", "list", "search", "kanban", "pivot", "graph")
    for name in ("res.country", "ir.sequence", "res.partner.title", "ir.cron", "ir.ui.view"):
        env[name].get_views([(False, view_type) for view_type in types])


def test_reset(env, make_view):
    view = make_view('<form><field name="name"/></form>')
    view.arch_base = '<form><field name="email"/></form>'
    assert view.arch_updated
    assert "name" in view.arch_prev
    view.reset_arch("soft")
    assert "name" in view.arch_db
    loaded = env.ref("base.view_view_form")
    before = loaded.arch_db
    loaded.arch_db = "<form/>"
    loaded.reset_arch("hard")
    assert etree.tostring(etree.fromstring(loaded.arch_db), method="c14n") == etree.tostring(
        etree.fromstring(before), method="c14n"
    )
    assert not loaded.arch_updated


def test_error_in_a_data_file(env, tmp_path, monkeypatch):
    module = tmp_path / "some_addon"
    module.mkdir()
    (module / "views.xml").write_text("""<odoo>
    <record id="broken" model="ir.ui.view">
        <field name="name">broken</field>
        <field name="model">res.partner</field>
        <field name="arch" type="xml">
            <form>
                <field name="nmae"/>
            </form>
        </field>
    </record>
</odoo>""")
    monkeypatch.setattr(odoo.addons, "__path__", [*odoo.addons.__path__, str(tmp_path)])
    with pytest.raises(ParseError) as caught:
        convert_file(env, "some_addon", "views.xml", {}, mode="init")
    message = str(caught.value)
    assert "File: some_addon/views.xml, line 7" in message
    assert "external id some_addon.broken" in message
    assert "'name'" in message


def test_views_are_found_by_their_external_ids(env):
    views = env["ir.ui.view"]
    view = env.ref("base.view_partner_form")
    assert view.model_data_id.complete_name == "base.view_partner_form"
    assert view in views.search([("model_data_id", "=", "view_partner_form")])
    assert views.search([("model_data_id", "=", view.model_data_id.id)]) == view
    assert views.create({"name": "t", "arch": "<t><p/></t>"}).model_data_id.id is False


def test_public_assets_may_be_reserved(env):
    template = env["ir.ui.view"].create({"name": "t", "key": "base.t_asset", "arch": "<t><p t-out='x'/></t>"})
    portal = env["res.users"].create(
        {"name": "P", "login": "p", "groups_id": [(6, 0, env.ref("base.group_portal").ids)]}
    )
    views = env["ir.ui.view"].with_user(portal)
    assert views.render_public_asset("base.t_asset", {"x": 1}) == "<p>1</p>"
    template.groups_id = env.ref("base.group_system")
    with pytest.raises(AccessError):
        views.render_public_asset("base.t_asset", {"x": 1})


def test_actions_that_show_records(env):
    partners = env["res.partner"].with_context(color=1).create([{"name": "One"}, {"name": "Two"}])
    one = partners[0].get_formview_action()
    assert (one["res_model"], one["res_id"], one["views"]) == ("res.partner", partners[0].id, [(False, "form")])
    assert one["context"]["color"] == 1
    several = partners._get_records_action(name="Both", target="new")
    assert several["domain"] == [("id", "in", partners.ids)]
    assert (several["view_mode"], several["name"], several["target"]) == ("list,form", "Both", "new")
    assert partners[:1]._get_records_action()["res_id"] == partners[0].id


def test_a_new_parent_tells_the_mode(env, make_view):
    view, other = make_view(FORM), make_view(FORM)
    view.inherit_id = other
    assert view.mode == "extension"
    view.write({"inherit_id": False, "arch": FORM})
    assert view.mode == "primary"
    view.write({"inherit_id": other.id, "mode": "primary", "arch": "<data/>"})
    assert view.mode == "primary"
    view.inherit_id = make_view(FORM)
    assert view.mode == "primary"
