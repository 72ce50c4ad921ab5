"""Vocabulary of grouping: aggregate functions, granularities and the syntax of specifications."""

import re
from collections.abc import Callable
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.sql import SQL

from ..domain.values import READ_GROUP_NUMBER_GRANULARITY

__all__ = [
    "READ_GROUP_AGGREGATE",
    "READ_GROUP_ALL_TIME_GRANULARITY",
    "READ_GROUP_DISPLAY_FORMAT",
    "READ_GROUP_NUMBER_GRANULARITY",
    "READ_GROUP_TIME_GRANULARITY",
    "parse_read_group_spec",
    "regex_read_group_spec",
]

regex_read_group_spec = re.compile(r"(?P<field>\w+)(\.(?P<property>[\w.]+))?(?::(?P<function>\w+))?$")

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


def _aggregate(pattern: str) -> Callable:
    """Return the function of :data:`READ_GROUP_AGGREGATE` for an SQL pattern with ``expr`` and maybe ``id``."""
    return lambda table, expr: SQL(pattern, expr=expr, id=SQL.identifier(table, "id"))


#: aggregate name -> function of the table's alias and the expression that gives the SQL
READ_GROUP_AGGREGATE = {
    name: _aggregate(f"{name.upper()}(%(expr)s)")
    for name in ("count", "sum", "avg", "min", "max", "bool_and", "bool_or")
}
READ_GROUP_AGGREGATE["count_distinct"] = _aggregate("COUNT(DISTINCT %(expr)s)")
# what comes as a list is in the order of the records
READ_GROUP_AGGREGATE["array_agg"] = READ_GROUP_AGGREGATE["recordset"] = _aggregate(
    "ARRAY_AGG(%(expr)s ORDER BY %(id)s)"
)

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
    if parts := regex_read_group_spec.match(spec):
        return parts.group("field", "property", "function")
    raise ValueError(
        f"{spec!r} is nothing to aggregate or group by: write field, field:function, field:period or field.property"
    )
