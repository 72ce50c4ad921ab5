"""The SQL wrapper and the helpers that need no database."""

import pytest

from odoo.tools import sql
from odoo.tools.sql import SQL


def test_parameters_and_nesting():
    inner = SQL("b = %s", 2)
    query = SQL("SELECT %s WHERE a = %s AND %s", SQL.identifier("t", "c"), 1, inner)
    assert query.code == 'SELECT "t"."c" WHERE a = %s AND b = %s'
    assert query.params == [1, 2]


def test_named_placeholders():
    query = SQL("%(x)s + %(y)s + %(x)s", x=1, y=SQL("z"))
    assert (query.code, query.params) == ("%s + z + %s", [1, 1])


def test_percent_sign_stays_escaped():
    assert SQL("a LIKE 'x%%' AND b = %s", 1).code == "a LIKE 'x%%' AND b = %s"
    assert SQL("%s OR %s", SQL("a LIKE 'x%%'"), 1).code == "a LIKE 'x%%' OR %s"


def test_2_12_14_missing_argument():
    with pytest.raises(TypeError):
        SQL("a = %s")
    with pytest.raises(KeyError, match="name"):
        SQL("a = %(name)s", other=1)


@pytest.mark.parametrize("name", ['a"b', "a b", "a;b", "", "a%s"])
def test_2_12_14_identifier_refuses_strange_names(name):
    with pytest.raises(AssertionError, match="identifier"):
        SQL.identifier(name)


def test_join():
    assert SQL(", ").join([SQL("a"), 1, SQL("b = %s", 2)]).code == "a, %s, b = %s"
    assert SQL(" AND ").join([]).code == ""
    query = SQL(" + %s + ", 0).join([1, 2])
    assert (query.code, query.params) == ("%s + %s + %s", [1, 0, 2])


def test_to_flush_is_collected():
    query = SQL("%s AND %s", SQL.identifier("t", "a", to_flush="field a"), SQL("b", to_flush="field b"))
    assert list(query.to_flush) == ["field a", "field b"]


def test_equality_and_truth():
    assert SQL("a = %s", 1) == SQL("a = %s", 1) != SQL("a = %s", 2)
    assert not SQL() and SQL("a")


def test_make_identifier_is_short_and_unique():
    first, second = sql.make_identifier("x" * 100), sql.make_identifier("x" * 101)
    assert first != second
    assert max(len(first), len(second)) <= 63
    assert sql.make_index_name("sale_order", "name") == "sale_order__name_index"


def test_reverse_order():
    assert sql.reverse_order("name, date desc,id ASC") == "name desc, date asc, id desc"


def test_escape_psql():
    assert sql.escape_psql("50%_\\") == "50\\%\\_\\\\"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("%abc%", "%abc%"),
        ("ab", "%"),
        ("abc%def_x", "%abc%def%"),
        (r"a\%bc", "%a\\%bc%"),
        ('a"bc', '%a\\\\"bc%'),
    ],
)
def test_trigram_patterns(pattern, expected):
    assert sql.pattern_to_translated_trigram_pattern(pattern) == expected
