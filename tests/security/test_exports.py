"""Texts in exported tables are texts: what somebody typed is no formula on the computer of somebody else."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest

from odoo.addons.web.controllers.utils import get_action_triples

FORMULAS = [
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|x",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "{=1+1}",
    "external:c:\\x.xls",
    "internal:Sheet1!A1",
    "mailto:a@b.example",
    "https://x.example/",
]


@pytest.fixture
def partners(env):
    """A partner for each formula."""
    records = env["res.partner"].create(
        [{"name": f"Partner {number}", "ref": text, "color": -number} for number, text in enumerate(FORMULAS)]
    )
    env.cr.commit()
    yield records
    records.unlink()
    env.cr.commit()


def export(client, file_format, records, **overrides):
    """Return the answer with the refs and colours of records, the latter under a title that is a formula."""
    fields = [
        {"name": "ref", "label": "=1+1"},
        {"name": "color", "label": "Color"},
        {"name": "partner_latitude", "label": "Latitude"},
    ]
    data = {
        "model": records._name,
        "ids": records.ids,
        "domain": [],
        "groupby": [],
        "import_compat": False,
        "context": {},
        "fields": fields,
        **overrides,
    }
    answer = client.form(f"/web/export/{file_format}", data=json.dumps(data))
    assert answer.status_code == 200
    return answer


def cells(answer):
    """Return the rows of a workbook, in which no cell is a formula or a link."""
    sheets = zipfile.ZipFile(io.BytesIO(answer.data))
    [name] = [name for name in sheets.namelist() if name.startswith("xl/worksheets/sheet")]
    assert b"<f" not in sheets.read(name).split(b"<sheetData>", 1)[1]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert not [cell for row in sheet for cell in row if cell.hyperlink or cell.data_type == "f"]
    return [[cell.value for cell in row] for row in sheet]


def test_f15_csv_of_a_list(admin, partners):
    partners.partner_latitude = -1.5
    partners.env.cr.commit()
    rows = list(csv.reader(io.StringIO(export(admin, "csv", partners).text, newline="")))
    assert rows[0] == ["'=1+1", "Color", "Latitude"]
    for number, (text, color, latitude) in enumerate(rows[1:]):
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert text.removeprefix("'") == partners[number].ref
        assert (int(color), float(latitude)) == (-number, -1.5)


def test_f15_texts_that_are_no_formula_stay(admin, partners):
    partners[:4].write({"ref": "a=b"})
    partners[4:8].write({"ref": "1-2 +3 @x"})
    partners.env.cr.commit()
    rows = list(csv.reader(io.StringIO(export(admin, "csv", partners[:8], import_compat=True).text)))
    assert rows[0] == ["ref", "color", "partner_latitude"]
    assert {row[0] for row in rows[1:]} == {"a=b", "1-2 +3 @x"}


@pytest.mark.parametrize("groupby", [[], ["ref"]])
def test_f15_workbook_of_a_list(admin, partners, groupby):
    rows = cells(export(admin, "xlsx", partners, groupby=groupby))
    assert rows[0] == ["=1+1", "Color", "Latitude"]
    values = {row[0]: row[1] for row in rows[1:]}
    for number, partner in enumerate(partners):
        assert values[partner.ref.replace("\r", " ")] == -number


def test_f15_workbook_of_a_pivot_table(admin):
    table = {
        "title": "Partners",
        "model": "res.partner",
        "measure_count": 2,
        "origin_count": 2,
        "col_group_headers": [
            [{"title": "", "height": 1, "width": 1}] + [{"title": text, "height": 1, "width": 2} for text in FORMULAS]
        ],
        "measure_headers": [{"title": text, "is_bold": True} for text in FORMULAS],
        "origin_headers": [{"title": text} for text in FORMULAS],
        "rows": [
            {
                "title": text,
                "indent": 0,
                "values": [{"value": text}, {"value": -2.5}, {"value": 3, "is_bold": True}, {"value": ""}],
            }
            for text in FORMULAS
        ],
    }
    rows = cells(admin.form("/web/pivot/export_xlsx", data=json.dumps(table)))
    body = rows[-len(FORMULAS) :]
    for text, row in zip(FORMULAS, body, strict=True):
        assert [value.replace("_x000D_", "\r") for value in row[:2]] == [text, text]
        assert row[2:4] == [-2.5, 3]


def test_headers_of_a_pivot_table_leave_room_for_those_that_reach_down(admin):
    def header(title, width=1, height=1):
        return {"title": title, "width": width, "height": height}

    table = {
        "title": "x",
        "model": "res.partner",
        "col_group_headers": [
            [header("Total", 4)],
            [header("A", 1, 2), header("B", 2), header("C", 1, 2)],
            [header("B1"), header("B2")],
        ],
        "rows": [],
    }
    assert cells(admin.form("/web/pivot/export_xlsx", data=json.dumps(table))) == [
        [None, "Total", None, None, None],
        [None, "A", "B", None, "C"],
        [None, None, "B1", "B2", None],
    ]


def test_v34_measures_of_a_comparison_reach_over_their_variation(admin):
    def header(title, width=1, height=1):
        return {"title": title, "width": width, "height": height}

    origins = [header("2023"), header("2024"), header("Variation")]
    table = {
        "title": "x",
        "model": "res.partner",
        "measure_count": 2,
        "origin_count": 2,
        "col_group_headers": [[header("Total", 6)]],
        "measure_headers": [header("Amount", 3), header("Hours", 3)],
        "origin_headers": origins * 2,
        "rows": [],
    }
    assert cells(admin.form("/web/pivot/export_xlsx", data=json.dumps(table))) == [
        [None, "Total", None, None, None, None, None],
        [None, "Amount", None, None, "Hours", None, None],
        [None, *[origin["title"] for origin in origins * 2]],
    ]


def test_cells_of_a_workbook_have_the_style_of_their_type(admin, env, partners):
    currency = env["res.currency"].create({"name": "XQQ", "symbol": "q"})
    rate = env["res.currency.rate"].create({"currency_id": currency.id, "name": "2026-01-31", "rate": 2.5})
    partners[0].comment = "x" * 40000
    env.cr.commit()
    try:
        day, moment, number = exported(admin, rate, "name", "write_date", "rate")
        active, comment = exported(admin, partners[:1], "active", "comment")
    finally:
        currency.unlink()
        env.cr.commit()
    assert (day.number_format, moment.number_format) == ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss")
    assert (number.value, number.number_format) == (2.5, "#,##0.00")
    assert active.value is True and comment.value.startswith("(Left out")


def exported(client, record, *names):
    """Return the cells of a record in a workbook."""
    fields = [{"name": name, "label": name} for name in names]
    answer = export(client, "xlsx", record, fields=fields)
    return openpyxl.load_workbook(io.BytesIO(answer.data)).active[2]


def test_fields_offered_for_another_import_can_be_written(admin):
    def offered(**params):
        answer = admin.rpc("/web/export/get_fields", model="res.partner", domain=[], **params)
        return {entry["id"] for entry in answer.json["result"]}

    every, importable = offered(import_compat=False), offered(import_compat=True, exclude=["ref"])
    assert {".id", "id", "create_date", "ref"} <= every
    assert {"id", "name"} <= importable and not {".id", "create_date", "ref"} & importable


def test_levels_of_exported_relations_end(admin):
    def entry(prefix):
        answer = admin.rpc("/web/export/get_fields", model="res.partner", domain=[], prefix=prefix, parent_name="P")
        return next(entry for entry in answer.json["result"] if entry["id"] == f"{prefix}/country_id")

    second, third = entry("parent_id"), entry("parent_id/parent_id")
    assert second["children"] and second["params"]["prefix"] == "parent_id/country_id"
    assert second["value"] == "parent_id/country_id/id" and second["string"] == "P/Country"
    assert not third["children"] and "params" not in third


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("action-base.action_res_users", [(None, None)]),
        ("action-base.action_res_users/2", [(None, 2)]),
        ("action-base.action_res_users/new", [(None, None)]),
        ("/action-base.action_res_users/2/m-res.partner/7/", [(None, 2), (2, 7)]),
        ("action-base.action_res_users/m-res.partner", [(None, None), (None, None)]),
    ],
)
def test_steps_of_a_page_address(env, path, steps):
    triples = list(get_action_triples(env, path))
    assert [(active_id, record_id) for active_id, _action, record_id in triples] == steps
    assert all(action._name == "ir.actions.act_window" for _active_id, action, _record_id in triples)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("", 1),
        ("5", 1),
        ("action-base.action_res_users/2/3", 3),
        ("action-²", 1),
        ("action-base.action_res_users/²", 2),
        (f"action-{'1' * 5000}", 1),
        ("action-base.action_res_users/--2", 2),
    ],
)
def test_address_with_a_word_that_names_nothing(env, path, word):
    with pytest.raises(ValueError, match=f"word {word} "):
        list(get_action_triples(env, path))
