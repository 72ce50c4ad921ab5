"""What properties may be called, and what can be stored of them."""

import math
import re
from typing import Any

__all__ = ["check_json", "check_property_field_value_name"]

_NAME = re.compile(r"[A-Za-z0-9_]{1,512}")


def check_property_field_value_name(property_name: Any) -> None:
    """Check the name of a property, which is part of domains, orders and groups.

    :raise ValueError: when it has other characters than letters, digits and underscores, or more than 512
    """
    if not (isinstance(property_name, str) and _NAME.fullmatch(property_name)):
        raise ValueError(
            f"{property_name!r} cannot be the name of a property: it takes up to 512 letters, digits and underscores"
        )


def check_json(value: Any) -> None:
    """Check that a jsonb column of the database takes ``value``.

    :raise ValueError: for anything but texts, finite numbers, booleans, ``None``, and lists and dicts of these
    """
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError(f"{value!r} holds a null character, which the database does not store")
        # lone surrogates are no text
        value.encode()
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError(f"the key {key!r} is no text")
            check_json(key)
            check_json(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            check_json(item)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value!r} is no finite number")
    elif not (value is None or isinstance(value, int)):
        raise ValueError(f"{value!r} is no plain value")
