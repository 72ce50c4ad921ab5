"""Properties in files (IMP-25, IMP-49): offered by their labels, imported by their columns."""

import pytest

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

TAG = "test_orm.tag"
LINE = "test_orm.property.line"
DEFINITION = [
    {"name": "number", "string": "Number", "type": "integer"},
    {"name": "part", "string": "Part", "type": "separator"},
    {"name": "one", "string": "One", "type": "many2one", "comodel": TAG},
    {"name": "labels", "type": "tags", "tags": [["r", "Red", 1]]},
]


@pytest.fixture
def env(databases):
    """An environment with a head that defines properties, in a transaction that is rolled back."""
    with Registry(databases.template("test_orm", "base_import")).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["test_orm.property.head"].create({"name": "House", "defn": DEFINITION})
        env[TAG].create({"name": "wooden"})
        yield env
        cr.rollback()


def test_imp25_properties_are_offered(env):
    tree = {item["name"]: item for item in env["base_import.import"].get_fields_tree(LINE)}
    offered = {name: item["string"] for name, item in tree.items() if name.startswith("props.")}
    assert offered == {
        "props.number": "Number (House)",
        "props.one": "One (House)",
        "props.labels": "labels (House)",
    }
    one = tree["props.one"]
    assert (one["type"], one["comodel_name"], one["model_name"]) == ("many2one", TAG, LINE)
    assert [item["name"] for item in one["fields"]] == ["id", ".id"]


def test_imp49_headings_are_labels_of_properties(env):
    text = "Name,Head,Number (House),One (House),labels (House)\na,House,7,wooden,Red\n"
    values = {"res_model": LINE, "file": text.encode(), "file_name": "a.csv", "file_type": "text/csv"}
    wizard = env["base_import.import"].create(values)
    preview = wizard.parse_preview({"has_headers": True, "quoting": '"', "separator": ","})
    paths = ["/".join(preview["matches"].get(index, ())) for index in range(5)]
    assert paths == ["name", "head_id", "props.number", "props.one", "props.labels"]
    result = wizard.execute_import(paths, preview["headers"], preview["options"])
    assert result["messages"] == []
    line = env[LINE].browse(result["ids"])
    env.flush_all()
    env.invalidate_all()
    tag = env[TAG].search([("name", "=", "wooden")])
    assert (line.head_id.name, line.props) == ("House", {"number": 7, "one": tag.id, "labels": ["r"]})
