"""Fields that a view adds for its expressions: for those who get the nodes that need them, and for nobody else."""

import pytest
from lxml import etree


@pytest.fixture
def users(env):
    """A function that returns a user of a group, besides ``base.group_user``."""

    def user(*groups):
        ids = [env.ref(f"base.{group}").id for group in groups]
        return env["res.users"].create({"name": "x", "login": "-".join(groups), "groups_id": [(6, 0, ids)]})

    return user


def names(env, user, view, view_type="form"):
    """Return the names of the fields that a user's client gets."""
    arch = env(user=user.id)[view.model].get_view(view.id, view_type)["arch"]
    assert "__" not in arch
    return [node.get("name") for node in etree.fromstring(arch).iter("field")]


@pytest.mark.parametrize(
    "arch",
    [
        '<form><field name="company_id" invisible="not access_token" groups="base.group_erp_manager"/></form>',
        '<form><group groups="base.group_erp_manager"><field name="company_id" readonly="access_token"/></group>'
        "</form>",
        '<form><div groups="base.group_erp_manager"><p invisible="not access_token">x</p>'
        '<field name="company_id"/></div></form>',
        '<list><field name="company_id" invisible="not access_token" groups="base.group_erp_manager"/></list>',
        '<kanban><templates><t t-name="card"><field name="company_id" groups="base.group_erp_manager" '
        'invisible="not access_token"/></t></templates></kanban>',
    ],
)
def test_2_2_2_only_who_needs_the_field_gets_it(env, make_view, users, employee, arch):
    view = make_view(arch, model="ir.attachment")
    view_type = etree.fromstring(arch).tag
    assert names(env, employee, view, view_type) == []
    assert sorted(names(env, users("group_erp_manager"), view, view_type)) == ["access_token", "company_id"]


def test_2_2_2_the_added_field_is_invisible_and_readonly(env, make_view, users):
    view = make_view(
        '<form><field name="company_id" invisible="not access_token" groups="base.group_erp_manager"/></form>',
        model="ir.attachment",
    )
    manager = users("group_erp_manager")
    arch = etree.fromstring(env(user=manager.id)["ir.attachment"].get_view(view.id, "form")["arch"])
    added = arch.find("field[@name='access_token']")
    assert (added.get("invisible"), added.get("readonly"), added.get("groups")) == ("True", "True", None)


def test_2_2_2_several_nodes_need_it(env, make_view, users, employee):
    view = make_view(
        '<form><field name="email" invisible="is_company" groups="base.group_partner_manager"/>'
        '<field name="phone" invisible="is_company" groups="base.group_allow_export"/></form>'
    )
    assert names(env, employee, view) == []
    assert names(env, users("group_user", "group_partner_manager"), view) == ["email", "is_company"]
    assert names(env, users("group_user", "group_allow_export"), view) == ["phone", "is_company"]
    view.arch = view.arch.replace("</form>", '<field name="vat" invisible="is_company"/></form>')
    assert names(env, employee, view) == ["vat", "is_company"]


def test_2_2_2_all_groups_around_count(env, make_view, users):
    view = make_view(
        '<form><group groups="base.group_partner_manager"><field name="email" invisible="is_company" '
        'groups="base.group_allow_export"/></group></form>'
    )
    assert names(env, users("group_user", "group_partner_manager"), view) == []
    assert names(env, users("group_user", "group_allow_export"), view) == []
    both = users("group_user", "group_partner_manager", "group_allow_export")
    assert names(env, both, view) == ["email", "is_company"]


def test_2_2_2_groups_of_the_definition_of_the_field(env, make_view, users, employee):
    """Portal users do not get the field that needs another one: its definition says so."""
    view = make_view('<form><field name="access_token" invisible="not company_id"/></form>', model="ir.attachment")
    portal = users("group_portal")
    env["ir.model.access"].create(
        {
            "name": "portal",
            "model_id": env["ir.model"]._get_id("ir.attachment"),
            "perm_read": True,
            "group_id": env.ref("base.group_portal").id,
        }
    )
    assert names(env, portal, view) == []
    assert names(env, employee, view) == ["access_token", "company_id"]


def test_2_2_2_nobody_needs_it(env, make_view, users, employee):
    view = make_view(
        '<form><field name="company_id" invisible="not access_token" groups="base.group_portal"/></form>',
        model="ir.attachment",
    )
    env["ir.model.access"].create(
        {
            "name": "portal",
            "model_id": env["ir.model"]._get_id("ir.attachment"),
            "perm_read": True,
            "group_id": env.ref("base.group_portal").id,
        }
    )
    assert names(env, users("group_portal"), view) == ["company_id"]
    assert names(env, employee, view) == []


def test_2_2_2_fields_of_the_view_around(env, make_view, users, employee):
    view = make_view(
        '<form><field name="child_ids" groups="base.group_partner_manager"><list><field name="name" '
        'column_invisible="parent.is_company" invisible="not active"/></list></field></form>'
    )
    assert names(env, employee, view) == []
    assert sorted(names(env, users("group_user", "group_partner_manager"), view)) == [
        "active",
        "child_ids",
        "is_company",
        "name",
    ]


def test_2_2_2_who_has_the_field_gets_no_second_one(env, make_view, users, employee):
    view = make_view(
        '<form><field name="access_token"/><field name="company_id" invisible="not access_token"/>'
        '<field name="type" groups="base.group_erp_manager"/>'
        '<field name="name" invisible="type" groups="base.group_erp_manager"/></form>',
        model="ir.attachment",
    )
    assert names(env, employee, view) == ["access_token", "company_id"]
    assert names(env, users("group_erp_manager"), view) == ["access_token", "company_id", "type", "name"]


def test_2_2_2_groupby(env, make_view, users, employee):
    view = make_view(
        '<list><field name="name"/><groupby name="create_uid"><field name="login"/>'
        '<button name="preference_save" type="object" string="x" invisible="not active" '
        'groups="base.group_erp_manager"/></groupby></list>',
        model="ir.attachment",
    )
    assert names(env, employee, view, "list") == ["name", "login"]
    assert names(env, users("group_erp_manager"), view, "list") == ["name", "login", "active"]


def test_w2_the_field_added_to_a_groupby_is_invisible(env, make_view):
    view = make_view(
        '<list><field name="name"/><groupby name="create_uid"><field name="login"/>'
        '<button name="preference_save" type="object" string="x" invisible="not active"/></groupby></list>',
        model="ir.attachment",
    )
    arch = etree.fromstring(env["ir.attachment"].get_view(view.id, "list")["arch"])
    attributes = {**arch.find("groupby/field[@name='active']").attrib}
    assert attributes.pop("data-used-by")
    assert attributes == {"name": "active", "invisible": "True", "readonly": "True"}
