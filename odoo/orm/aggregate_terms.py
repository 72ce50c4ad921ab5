"""Vocabulary of grouping: aggregate functions, granularities and the syntax of specifications."""

import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from .domain_values import READ_GROUP_NUMBER_GRANULARITY

__all__ = [
    "READ_GROUP_AGGREGATE",
    "READ_GROUP_ALL_TIME_GRANULARITY",
    "READ_GROUP_DISPLAY_FORMAT",
    "READ_GROUP_NUMBER_GRANULARITY",
    "READ_GROUP_TIME_GRANULARITY",
    "parse_read_group_spec",
    "regex_read_group_spec",
]

regex_read_group_spec = re.compile(r"(\w+)(\.([\w.]+))?(?::(\w+))?$")

#: periods that dates are grouped by, and the distance to the next one
READ_GROUP_TIME_GRANULARITY = {
    "hour": relativedelta(hours=1),
    "day": relativedelta(days=1),
    "week": timedelta(days=7),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}
READ_GROUP_ALL_TIME_GRANULARITY = READ_GROUP_TIME_GRANULARITY | READ_GROUP_NUMBER_GRANULARITY

#: aggregate name -> function of the table's alias and the expression that gives the SQL
READ_GROUP_AGGREGATE = {
    "sum": lambda table, expr: SQL("SUM(%s)", expr),
    "avg": lambda table, expr: SQL("AVG(%s)", expr),
    "max": lambda table, expr: SQL("MAX(%s)", expr),
    "min": lambda table, expr: SQL("MIN(%s)", expr),
    "bool_and": lambda table, expr: SQL("BOOL_AND(%s)", expr),
    "bool_or": lambda table, expr: SQL("BOOL_OR(%s)", expr),
    "array_agg": lambda table, expr: SQL("ARRAY_AGG(%s ORDER BY %s)", expr, SQL.identifier(table, "id")),
    "recordset": lambda table, expr: SQL("ARRAY_AGG(%s ORDER BY %s)", expr, SQL.identifier(table, "id")),
    "count": lambda table, expr: SQL("COUNT(%s)", expr),
    "count_distinct": lambda table, expr: SQL("COUNT(DISTINCT %s)", expr),
}

#: how Babel writes a period
READ_GROUP_DISPLAY_FORMAT = {
    "hour": "hh:00 dd MMM",
    "day": "dd MMM yyyy",
    "week": "'W'w YYYY",
    "month": "MMMM yyyy",
    "quarter": "QQQ yyyy",
    "year": "yyyy",
}


def parse_read_group_spec(spec: str) -> tuple:
    """Split ``field[.property][:function]``; return ``(field, property or None, function or None)``.

    :raise ValueError: when the specification has another form
    """
    match = regex_read_group_spec.match(spec)
    if not match:
        raise ValueError(
            f"{spec!r} is nothing to aggregate or group by: write field, field:function, field:period or field.property"
        )
    groups = match.groups()
    return groups[0], groups[2], groups[3]
