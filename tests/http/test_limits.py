"""What clients are told of a request that took more than it may, by each door."""

import xmlrpc.client

import pytest

from odoo.modules.registry import Registry
from odoo.tools.budgets import LimitExceeded, RowLimitExceeded

ERRORS = {
    "--limit-time-real": LimitExceeded("took longer (--limit-time-real)", "limit_time_real"),
    "--limit-memory-hard": MemoryError(),
    "--limit-rows": RowLimitExceeded(11, 10),
}


@pytest.fixture(params=ERRORS)
def option(request, database, monkeypatch):
    """Have ``res.partner.default_get`` take more than an option allows; its name."""

    def default_get(self, fields_list):
        raise ERRORS[request.param]

    monkeypatch.setattr(Registry(database)["res.partner"], "default_get", default_get)
    return request.param


def test_json(admin, option):
    answer = admin.call("res.partner", "default_get", [["name"]])
    assert answer.status_code == 200
    data = answer.json["error"]["data"]
    assert data["name"] in ("odoo.http.LimitExceeded", "odoo.http.RowLimitExceeded")
    assert option in data["message"] and data["arguments"] == [data["message"]]
    assert option == "--" + data["context"]["limit"].replace("_", "-")


@pytest.mark.parametrize("version", ["", "2/"])
def test_xml(visitor, database, option, version):
    body = xmlrpc.client.dumps(
        (database, 2, "admin", "res.partner", "default_get", [["name"]]),
        "execute_kw",
    )
    answer = visitor.post(f"/xmlrpc/{version}object", data=body, content_type="text/xml")
    # the first protocol has the text where the second one has a number
    assert option in answer.text and "Traceback" not in answer.text and "<fault>" in answer.text
