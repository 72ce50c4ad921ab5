"""Rows to records and back."""

import pytest

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.models import fix_import_export_id_paths
from odoo.modules.registry import Registry


@pytest.fixture
def partners(databases):
    """The empty recordset of partners, in a transaction that is rolled back."""
    with Registry(databases.template()).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
        cr.rollback()


def test_paths():
    assert fix_import_export_id_paths("a/b:id") == ["a", "b", "id"]
    assert fix_import_export_id_paths("a.id") == ["a", ".id"]
    assert fix_import_export_id_paths("name") == ["name"]


def test_load_creates_and_updates(partners):
    result = partners.load(
        ["id", "name", "country_id", "child_ids/name", "child_ids/email", "color", "active"],
        [
            ["imp1", "First", "Belgium", "Kid", "kid@x", "3", "1"],
            ["", "", "", "Other kid", "", "", ""],
            ["imp2", "Second", "", "", "", "", "no"],
        ],
    )
    assert result["messages"] == [] and result["nextrow"] == 0
    first, second = partners.browse(result["ids"])
    assert first == partners.env.ref("__import__.imp1")
    assert (first.name, first.country_id.code, first.color) == ("First", "BE", 3)
    assert sorted(first.child_ids.mapped("name")) == ["Kid", "Other kid"]
    assert not second.active
    result = partners.load(["id", "name"], [["__import__.imp1", "Renamed"]])
    assert result["ids"] == first.ids and first.name == "Renamed"
    result = partners.load([".id", "color"], [[str(first.id), "5"]])
    assert result["ids"] == first.ids and first.color == 5


def test_load_refers_to_earlier_rows(partners):
    for column, reference in (("parent_id/id", "a"), ("parent_id", "Boss of all")):
        result = partners.load(["id", "name", column], [["a", "Boss of all", ""], ["b", "Worker", reference]])
        assert result["messages"] == []
        boss, worker = partners.browse(result["ids"])
        assert worker.parent_id == boss
        (boss + worker).unlink()


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("color", "many", "takes whole numbers"),
        ("country_id", "Nowhere", "there is no record"),
        ("type", "odd", "no option"),
        ("country_id/id", "base.nowhere", "there is no record"),
        ("country_id/.id", "0", "there is no record"),
    ],
)
def test_load_reports_errors_and_imports_nothing(partners, column, value, message):
    result = partners.load(["name", column], [["Good one", ""], ["Bad one", value]])
    assert result["ids"] is False
    [error] = result["messages"]
    assert error["type"] == "error" and message in error["message"]
    assert error["rows"] == {"from": 1, "to": 1} and error["record"] == 1
    assert not partners.search([("name", "=", "Good one")])


def test_load_reports_refused_records(partners):
    result = partners.env["res.country"].load(["name", "code"], [["Atlantis", "QA1"], ["", "ZZ"], ["Utopia", "BE"]])
    assert result["ids"] is False
    assert {message["record"] for message in result["messages"]} >= {1, 2}


def test_load_in_parts(partners):
    rows = [[f"Row {index}"] for index in range(5)]
    result = partners.with_context(_import_limit=2).load(["name"], rows)
    assert len(result["ids"]) == 2 and result["nextrow"] == 2


def test_export(partners):
    country = partners.env.ref("base.be")
    tags = partners.env["res.partner.category"].create([{"name": "x"}, {"name": "y"}])
    partner = partners.create(
        {
            "name": "Exported",
            "country_id": country.id,
            "category_id": [(6, 0, tags.ids)],
            "child_ids": [(0, 0, {"name": "One"}), (0, 0, {"name": "Two"})],
        }
    )
    data = partner.export_data(
        ["id", ".id", "name", "country_id", "country_id/id", "country_id/code", "category_id", "child_ids/name"]
    )["datas"]
    xml_id = partner.get_external_id()[partner.id]
    assert xml_id.startswith("__export__.res_partner_")
    assert data == [
        [xml_id, str(partner.id), "Exported", "Belgium", "base.be", "BE", "x,y", "One"],
        ["", "", "", "", "", "", "", "Two"],
    ]
    # what was exported can be imported
    result = partners.load(["id", "name"], [[xml_id, "Imported again"]])
    assert result["ids"] == partner.ids and partner.name == "Imported again"


def test_export_takes_a_right(partners):
    user = partners.env["res.users"].create({"name": "u", "login": "exporter"})
    allowed = partners.env.ref("base.group_allow_export")
    user.groups_id -= allowed
    with pytest.raises(UserError):
        partners.with_user(user).export_data(["name"])
