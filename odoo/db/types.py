"""How PostgreSQL values become Python values and the other way round, registered once for the process."""

from typing import Any

import psycopg2.extensions as ext

_NUMERIC_OID = 1700
_NUMERIC_ARRAY_OID = 1231

#: casts ``numeric`` columns to float, the type of float and monetary fields
DECIMAL_TO_FLOAT_TYPE = ext.new_type((_NUMERIC_OID,), "float", ext.FLOAT)
DECIMAL_ARRAY_TO_FLOAT_TYPE = ext.new_array_type((_NUMERIC_ARRAY_OID,), "float[]", DECIMAL_TO_FLOAT_TYPE)

_INTEGER_TYPES = (("int4", 2**31), ("int8", 2**63))
_NOTHING = type(None)
#: the types of what may be in an array of integers
_INTEGERS = frozenset((int, _NOTHING))
_PlainList = ext.adapters[list, ext.ISQLQuote]


def undecimalize(value: str | None, cr: Any) -> float | None:
    """Convert the text of a ``numeric`` to float; None stays None.

    :param str|None value: text sent by the database
    :param cr: the psycopg2 cursor, unused
    """
    return None if value is None else float(value)


def adapt_list(values: list[Any]) -> Any:
    """Return the adapter of a list.

    Integers become one array literal, which the server parses much faster than ``ARRAY[...]`` with as many constants.

    :param list values: values of one type, any type that psycopg2 knows
    """
    kinds = set(map(type, values))
    if kinds and kinds <= _INTEGERS:
        numbers = values if _NOTHING not in kinds else [value for value in values if value is not None]
        for kind, limit in _INTEGER_TYPES:
            if numbers and -limit <= min(numbers) and max(numbers) < limit:
                text = (
                    ",".join(map(str, values))
                    if len(numbers) == len(values)
                    else ",".join("NULL" if value is None else str(value) for value in values)
                )
                return ext.AsIs(f"'{{{text}}}'::{kind}[]")
    return _PlainList(values)


def register_types() -> None:
    """Install the casters and adapters for all connections of this process."""
    ext.register_adapter(list, adapt_list)
    ext.register_type(DECIMAL_TO_FLOAT_TYPE)
    ext.register_type(DECIMAL_ARRAY_TO_FLOAT_TYPE)
