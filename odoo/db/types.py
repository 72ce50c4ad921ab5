"""How PostgreSQL values become Python values, registered once for the process."""

import psycopg2.extensions as ext

_NUMERIC_OID = 1700
_NUMERIC_ARRAY_OID = 1231

#: casts ``numeric`` columns to float, the type of float and monetary fields
DECIMAL_TO_FLOAT_TYPE = ext.new_type((_NUMERIC_OID,), "float", ext.FLOAT)
DECIMAL_ARRAY_TO_FLOAT_TYPE = ext.new_array_type((_NUMERIC_ARRAY_OID,), "float[]", DECIMAL_TO_FLOAT_TYPE)


def undecimalize(value, cr):
    """Convert the text of a ``numeric`` to float; None stays None.

    :param str|None value: text sent by the database
    :param cr: the psycopg2 cursor, unused
    """
    return None if value is None else float(value)


def register_types():
    """Install the casters for all connections of this process."""
    ext.register_type(DECIMAL_TO_FLOAT_TYPE)
    ext.register_type(DECIMAL_ARRAY_TO_FLOAT_TYPE)
