"""The form of a model that defines none."""

import itertools

from lxml import etree


def groups(form):
    """Return the names of the fields of each group of the sheet, in one list for each of its columns."""
    [sheet] = form
    return [
        [[node.get("name") for node in column.iter("field")] for column in group if column.tag == "group"]
        or [node.get("name") or node.tag for node in group]
        for group in sheet
    ]


def test_w1_fields_alternate_between_two_columns(env):
    form = env["res.partner.category"]._get_default_form_view()
    assert form.tag == "form" and form[0].get("string") == "Partner Tags"
    assert groups(form) == [
        [["name", "parent_id"], ["color"]],
        ["child_ids"],
        [["active"], ["parent_path"]],
        ["partner_ids"],
        ["separator"],
    ]
    assert all(node.attrib.keys() == ["name"] for node in form.iter("field"))


def test_w1_fields_are_read_from_left_to_right(env):
    # forms of client actions leave out what is no text
    for name in set(env.registry) - {"ir.actions.client"}:
        shown = []
        for columns in groups(env[name]._get_default_form_view())[:-1]:
            if isinstance(columns[0], list):
                assert 1 <= len(columns) <= 2 and all(columns)
                columns = [field for row in itertools.zip_longest(*columns) for field in row if field]
            shown += columns
        assert shown == [field.name for field in env[name]._fields.values() if not field.automatic], name


def test_w1_binary_and_computed_fields_are_shown(env):
    form = env["ir.attachment"]._get_default_form_view()
    names = {node.get("name") for node in form.iter("field")}
    assert names == {name for name, field in env["ir.attachment"]._fields.items() if not field.automatic}
    assert {"datas", "raw", "db_datas", "res_name"} <= names
    assert not names & {"id", "display_name", "create_uid", "write_date"}


def test_w1_long_fields_have_a_group_each(env):
    form = env["ir.filters"]._get_default_form_view()
    [sheet] = form
    for node in form.iter("field"):
        wide = env["ir.filters"]._fields[node.get("name")].type in ("text", "html", "one2many", "many2many")
        assert (node.getparent().getparent() is sheet) == wide
        assert not wide or len(node.getparent()) == 1


def test_w1_the_form_is_a_valid_view(env, make_view):
    for name in ("ir.attachment", "res.partner", "res.partner.category"):
        form = env[name]._get_default_form_view()
        assert make_view(etree.tostring(form, encoding="unicode"), model=name)
        assert env[name].get_view(False, "form")["arch"]
