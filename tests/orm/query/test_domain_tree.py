"""Domains without a database: parsing, combining, negating, and the functions on lists."""

import pytest

from odoo.orm.domain import Domain
from odoo.osv import expression


def test_round_trip():
    items = ["&", ("a", "=", 1), "|", ("b", "in", [1, 2]), ("c", "any", [("x", "=", 2)])]
    assert list(Domain(items)) == items
    assert Domain(items) == Domain(list(Domain(items)))
    assert hash(Domain(items)) == hash(Domain(items))
    assert list(Domain([("a", "=", 1), ("b", "=", 2), ("c", "=", 3)])) == [
        "&",
        "&",
        ("a", "=", 1),
        ("b", "=", 2),
        ("c", "=", 3),
    ]


def test_constants():
    assert Domain([]) is Domain.TRUE is Domain(True)
    assert Domain([(0, "=", 1)]) is Domain.FALSE
    assert not Domain([]) and Domain([("a", "=", 1)])
    condition = Domain("a", "=", 1)
    assert condition & Domain.TRUE is condition
    assert condition & Domain.FALSE is Domain.FALSE
    assert condition | Domain.TRUE is Domain.TRUE
    assert ~Domain.TRUE is Domain.FALSE
    assert Domain.AND([]) is Domain.TRUE and Domain.OR([]) is Domain.FALSE
    assert Domain.OR([[("a", "=", 1)], condition, False]) == condition | condition


def test_operators():
    assert Domain("a", "<>", 1) == Domain("a", "!=", 1)
    assert Domain("a", "==", 1) == Domain("a", "=", 1)
    assert Domain("a", "IN", [1]).operator == "in"
    assert Domain("a", "=", [1, 2]).operator == "in"
    assert Domain("a", "in", True).operator == "="
    assert Domain("a", "in", 1).value == [1]
    # whether a text may stand for a list is for the field to say
    assert Domain("a", "in", "x").value == "x"
    assert Domain("a", "not in", (item for item in (1, 2))).value == [1, 2]


def test_negation():
    domain = ["!", "&", ("a", "=", 1), "|", ("b", "<", 1), ("c", "child_of", 1)]
    assert list(Domain(domain)) == ["|", ("a", "!=", 1), "&", ("b", ">=", 1), "!", ("c", "child_of", 1)]
    assert ~~Domain(domain) == Domain(domain)
    assert list(~Domain("a", "=?", 3)) == [("a", "!=", 3)]
    assert ~Domain("a", "=?", False) is Domain.FALSE
    assert expression.distribute_not(domain) == list(Domain(domain))


def test_2_1_1_negation_leaves_terms_on_a_path():
    term = ("a.b", "=", 4)
    assert expression.distribute_not(["!", term]) == ["!", term] == list(~Domain(*term))
    assert expression.distribute_not(["!", "!", term]) == [term] == list(~~Domain(*term))
    above = ["!", "&", term, "|", ("c.d.e", "not in", [1]), "!", ("f", "=", 1)]
    expected = ["|", "!", term, "&", "!", ("c.d.e", "not in", [1]), ("f", "=", 1)]
    assert expression.distribute_not(above) == expected == list(Domain(above))
    assert expression.distribute_not(["!", ("a", "any", [term])]) == [("a", "not any", [term])]
    assert expression.distribute_not(["!", ("a", "not any", [term])]) == [("a", "any", [term])]
    assert list(~Domain("a.b", "=?", 4)) == ["!", term]
    assert ~Domain("a.b", "=?", False) is Domain.FALSE


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        (["&", ("a", "=", 1)], "operator '&' at position 0 .* takes 2 operands, but 1 follows"),
        (["!"], "operator '!' at position 0 .* takes 1 operand"),
        ([("a", "=", 1), ("b", "~", 1)], "position 1 .* unknown operator '~'"),
        ([("a", "=")], r"position 0 .* expected \(field, operator, value\)"),
        (["a"], "term 'a' at position 0"),
        ([(3, "=", 2)], "the field must be a name"),
        ([("", "=", 2)], "the field has no name"),
        ([("a", "any", 3)], "takes a domain"),
        ([("a", "any", [("b", "?", 1)])], "'b', .* unknown operator"),
    ],
)
def test_malformed(domain, message):
    with pytest.raises(ValueError, match=message):
        Domain(domain)


def test_not_a_domain():
    with pytest.raises(TypeError):
        Domain("a = 1")
    with pytest.raises(TypeError):
        Domain("a", "=")
    with pytest.raises(TypeError, match="immutable"):
        Domain("a", "=", 1).value = 2


def test_conditions_of_a_domain():
    domain = Domain(["|", ("a", "=", 1), "!", ("b", "child_of", 2)])
    assert [condition.field_expr for condition in domain.iter_conditions()] == ["a", "b"]
    assert domain.mentions("a") and not domain.mentions("c")
    renamed = domain.map_conditions(lambda condition: Domain(f"x.{condition.field_expr}", "=", condition.value))
    assert list(renamed) == ["|", ("x.a", "=", 1), "!", ("x.b", "=", 2)]


def test_like_a_list():
    domain = Domain("a", "=", 1)
    assert domain + [("b", "=", 2)] == [("a", "=", 1), ("b", "=", 2)]
    assert [("b", "=", 2)] + domain == [("b", "=", 2), ("a", "=", 1)]


def test_list_functions():
    a, b = [("a", "=", 1)], [("b", "=", 2)]
    assert expression.AND([a, [], ["|", *b, ("c", "=", 3)]]) == ["&", *a, "|", *b, ("c", "=", 3)]
    assert expression.AND([]) == expression.TRUE_DOMAIN
    assert expression.AND([a, expression.FALSE_DOMAIN]) == expression.FALSE_DOMAIN
    assert expression.OR([a, b]) == ["|", *a, *b]
    assert expression.OR([a, []]) == expression.TRUE_DOMAIN
    assert expression.OR([]) == expression.FALSE_DOMAIN
    assert expression.AND([Domain(a), b]) == ["&", *a, *b]
    assert expression.normalize_domain([*a, *b]) == ["&", *a, *b]
    assert expression.normalize_domain([]) == expression.TRUE_DOMAIN
    assert expression.normalize_domain([*a, "!", *b, "|", *a, *b]) == ["&", "&", *a, "!", *b, "|", *a, *b]
    assert expression.normalize_domain([["a", "any", [*a, *b]]]) == [("a", "any", ["&", *a, *b])]
    assert expression.is_leaf(("a", "ilike", 1)) and not expression.is_leaf(("a", "~", 1))
    assert expression.is_leaf([1, "=", 1]) and not expression.is_leaf("&")
    assert expression.normalize_leaf(("a", "IN", True)) == ("a", "=", True)
    with pytest.raises(ValueError, match="lacks operands"):
        expression.normalize_domain(["|", *a])
    with pytest.raises(ValueError, match="lacks operands"):
        expression.normalize_domain([*a, "!"])
    with pytest.raises(ValueError, match="Invalid leaf"):
        expression.check_leaf(("a", "~", 1))
    text = expression.prettify_domain(["|", *a, ("b", "any", b)])
    assert text == "['|',\n    ('a', '=', 1),\n    ('b', 'any', [('b', '=', 2)])]"
