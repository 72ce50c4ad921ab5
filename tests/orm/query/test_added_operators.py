"""Operators that addons add to domains: they give ``odoo.osv.expression.TERM_OPERATORS`` a longer tuple."""

import pytest

from odoo.orm.domain import Domain
from odoo.osv import expression
from odoo.sql import SQL


@pytest.fixture(autouse=True)
def added():
    """Add the operator ``~*``, a regular expression, to domains, as addons do."""
    operators = expression.TERM_OPERATORS
    expression.TERM_OPERATORS += ("~*",)
    yield
    expression.TERM_OPERATORS = operators


@pytest.fixture
def written(monkeypatch):
    """Say how the operator is written in SQL."""
    monkeypatch.setitem(expression.SQL_OPERATORS, "~*", SQL("~*"))


def test_the_operator_is_searched_with(env, written):
    partners = env["query.partner"].create([{"name": "Rosa Lind"}, {"name": "Otto Lund"}, {"name": "Ada"}])
    domain = [("id", "in", partners.ids), ("name", "~*", "l[iu]nd$")]
    assert env["query.partner"].search(domain, order="id") == partners[:2]
    assert env["query.partner"].search(["!", *domain[1:], domain[0]]) == partners[2]
    assert expression.is_leaf(domain[1])


def test_the_operator_is_searched_with_at_the_end_of_a_path(env, written):
    parent = env["query.partner"].create({"name": "Lind & Sons", "child_ids": [(0, 0, {"name": "Rosa"})]})
    assert env["query.partner"].search([("parent_id.name", "~*", "^lind & s")]) == parent.child_ids


def test_models_say_how_it_is_searched(env, monkeypatch):
    model = type(env["query.partner"])
    original = model._condition_to_sql

    def condition_to_sql(self, alias, fname, operator, value, query):
        if operator == "~*":
            return SQL("%s ~* %s", self._field_to_sql(alias, fname, query), value)
        return original(self, alias, fname, operator, value, query)

    monkeypatch.setattr(model, "_condition_to_sql", condition_to_sql)
    partner = env["query.partner"].create({"name": "Rosa Lind"})
    assert env["query.partner"].search([("id", "=", partner.id), ("name", "~*", "^rosa")]) == partner


def test_nobody_says_how(env):
    with pytest.raises(ValueError, match=r"'~\*'"):
        env["query.partner"].search([("name", "~*", "x")])
    with pytest.raises(ValueError, match="searches only"):
        env["query.partner"].search([], limit=1).filtered_domain([("name", "~*", "x")])
    with pytest.raises(ValueError, match="one2many"):
        env["query.partner"].search([("child_ids", "~*", "x")])


def test_operators_go_with_their_addon():
    expression.TERM_OPERATORS = tuple(name for name in expression.TERM_OPERATORS if name != "~*")
    with pytest.raises(ValueError, match="unknown operator"):
        Domain("name", "~*", "x")
