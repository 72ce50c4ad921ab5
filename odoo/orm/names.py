"""Names with a meaning of their own in every model, and what names may look like."""

import re
from collections.abc import Iterable
from typing import Any

from odoo.exceptions import ValidationError
from odoo.tools.suggestions import nearest

__all__ = [
    "LOG_ACCESS_COLUMNS",
    "LOG_WRITE_COLUMNS",
    "MAGIC_COLUMNS",
    "SUPERUSER_ID",
    "USERS",
    "check_field_names",
    "check_object_name",
    "check_pg_name",
    "raise_on_invalid_object_name",
    "unknown_field",
]

#: the user who may do anything
SUPERUSER_ID = 1
#: the model of users: every table has columns that refer to it
USERS = "res.users"
LOG_ACCESS_COLUMNS = ["create_uid", "create_date", "write_uid", "write_date"]
#: those of them that every write changes
LOG_WRITE_COLUMNS = ("write_uid", "write_date")
MAGIC_COLUMNS = ["id", *LOG_ACCESS_COLUMNS]

_object_name = re.compile(r"^[a-z0-9_.]+$")
_table_name = re.compile(r"^[a-z_][a-z0-9_$]*$", re.IGNORECASE)


def unknown_field(model: Any, name: str) -> ValueError:
    """Return the error for a name that is no field of ``model``, with the one that may have been meant."""
    return ValueError(f"Invalid field {name!r} on model {model._name!r}{nearest(name, model._fields)}")


def check_field_names(model: Any, names: Iterable[str]) -> None:
    """Raise ``ValueError`` for the first of ``names`` that is no field of ``model``."""
    fields = model._fields
    for name in names:
        if name not in fields:
            raise unknown_field(model, name)


def check_object_name(name) -> bool:
    """Tell whether ``name`` may be a model name."""
    return _object_name.match(name) is not None


def raise_on_invalid_object_name(name):
    """Raise ``ValueError`` when ``name`` cannot be a model name."""
    if not check_object_name(name):
        raise ValueError(
            f"{name!r} cannot be the name of a model: it takes lower-case letters, digits, dots and underscores."
        )


def check_pg_name(name):
    """Raise ``ValidationError`` when PostgreSQL would not take ``name`` as an identifier."""
    if not _table_name.match(name):
        raise ValidationError(
            f"{name!r} cannot be the name of a table: it has other characters than letters, digits, $ and _"
        )
    if len(name) > 63:
        raise ValidationError(f"Table name {name!r} is too long")
