"""The check of domains that users type tells nothing of records they may not read."""

import pytest
from web_client import error_of

from odoo.tools.request_stats import watch_queries


def validate(client, model, *domain):
    return client.rpc("/web/domain/validate", model=model, domain=list(domain))


@pytest.fixture
def statements():
    """Texts of the statements that this thread sends, as a list that grows."""
    sent = []

    def note(cr, query, params, start, delay):
        sent.append(str(query))

    with watch_queries(note):
        yield sent


@pytest.fixture
def hidden_company(env):
    """A company of nobody's."""
    company = env["res.company"].create({"name": "Hidden Ltd"})
    env.cr.commit()
    yield company
    company.unlink()
    env.cr.commit()


@pytest.mark.parametrize("client", ["guest", "clerk"])
@pytest.mark.parametrize("model", ["ir.config_parameter", "ir.mail_server", "ir.cron"])
def test_f1_models_beyond_the_caller(request, client, model):
    client = request.getfixturevalue(client)
    for domain in ([], [["id", ">", 0]], [["create_uid.login", "=like", "adm\\"]], [["no_such_field", "=", 1]]):
        assert error_of(validate(client, model, *domain)) == "AccessError"


@pytest.mark.parametrize("client", ["guest", "clerk", "admin"])
@pytest.mark.parametrize("operator", ["like", "ilike", "=like", "=ilike", "not like", "not =ilike"])
def test_f1_answer_does_not_depend_on_data(request, hidden_company, client, operator):
    client = request.getfixturevalue(client)
    # a last backslash that escapes nothing stands for itself
    for start in ("Hid", "Hiz", "", "%"):
        assert validate(client, "res.company", ["name", operator, f"{start}\\"]).json["result"] is True
        found = client.call("res.company", "search_count", [[["name", operator, f"{start}\\"]]])
        assert not error_of(found), start


def test_c7_term_that_cannot_be_searched_is_not_valid(clerk):
    assert validate(clerk, "res.partner", ["partner_share", "=", True]).json["result"] is True
    assert validate(clerk, "res.users", ["tz_offset", "=", "+0000"]).json["result"] is False


def test_f1_domain_is_not_executed(clerk, statements):
    assert validate(clerk, "res.company", ["name", "=like", "Unheard%"]).json["result"] is True
    asking = [text for text in statements if '"name" LIKE' in text]
    assert asking and all(text.startswith("EXPLAIN") for text in asking)


def test_f1_fields_beyond_the_caller(clerk):
    for domain in (
        ["password", "=like", "$\\"],
        ["create_uid.password", "=", "x"],
        ["partner_id.user_ids", "any", [["password", "!=", False]]],
    ):
        assert validate(clerk, "res.users", domain).json["result"] is False


def test_f1_relations_to_models_beyond_the_caller(guest):
    for path in ("groups_id.rule_groups.name", "partner_id.bank_ids.acc_number"):
        assert validate(guest, "res.users", [path, "=like", "x\\"]).json["result"] is False


def test_f1_what_is_no_domain(clerk):
    for domain in (["&"], [["name"]], [["name", "=", "x", "y"]], [{"name": 1}], [["id", "any", 3]], [[["a"], "=", 1]]):
        assert validate(clerk, "res.partner", *domain).json["result"] is False
    assert validate(clerk, "res.partner").json["result"] is True
