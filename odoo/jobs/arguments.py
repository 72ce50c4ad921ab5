"""The arguments of a job as JSON: what they may be, recordsets as model and ids, and how large they may get."""

import json
from datetime import date, datetime
from typing import Any

from odoo.i18n.translate import LazyGettext

__all__ = ["MAX_SIZE", "decode", "encode", "encoded_size"]

#: bytes that all arguments of a job may take as JSON
MAX_SIZE = 256 * 1024
#: depth to which lists and dictionaries may hold each other
MAX_DEPTH = 50

_RECORDS, _DATE, _DATETIME = "$records", "$date", "$datetime"


def encode(value: Any, where: str = "arguments", depth: int = 0) -> Any:
    """Return what JSON can hold for ``value``.

    :param value: ``None``, booleans, numbers, texts, dates, datetimes, recordsets, and lists, tuples (which come back
        as lists) and dictionaries of these
    :param str where: what the value is called in an error
    :param int depth: how deep inside of others it is
    :raise TypeError: it is something else
    :raise ValueError: it is nested too deep, or a number that JSON has not
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if value - value != 0:
            raise ValueError(f"{where} of a job cannot be {value!r}")
        return value
    if depth > MAX_DEPTH:
        raise ValueError(f"{where} of a job is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, (list, tuple)):
        return [encode(item, f"{where}[{index}]", depth + 1) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {_key(key, where): encode(item, f"{where}[{key!r}]", depth + 1) for key, item in value.items()}
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise TypeError(f"{where} of a job has a time zone: give datetimes in UTC, without one")
        return {_DATETIME: value.isoformat()}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, LazyGettext):
        return str(value)
    if hasattr(value, "_ids") and hasattr(value, "_name"):
        return {_RECORDS: [value._name, saved_ids(value, where)]}
    raise TypeError(
        f"{where} of a job cannot be of type {type(value).__name__}: texts, numbers, dates, records, lists and "
        "dictionaries can be kept until it runs"
    )


def saved_ids(records: Any, where: str) -> list[int]:
    """Return the ids of records that are in the database.

    :raise TypeError: one of them is not
    """
    if not all(isinstance(id_, int) for id_ in records._ids):
        raise TypeError(f"{where} of a job are records that are not saved: {records}")
    return list(records._ids)


def _key(key, where):
    if not isinstance(key, str) or key.startswith("$"):
        raise TypeError(f"{where} of a job has the key {key!r}: keys are texts that do not begin with $")
    return key


def encoded_size(value: Any) -> int:
    """Return how many bytes an encoded value takes."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def decode(value: Any, env: Any) -> Any:
    """Return what :func:`encode` was given, with records in ``env``.

    :raise ValueError: it names a model that the database no longer has
    """
    if isinstance(value, list):
        return [decode(item, env) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(key, item)] = value.items()
        if key == _DATETIME:
            return datetime.fromisoformat(item)
        if key == _DATE:
            return date.fromisoformat(item)
        if key == _RECORDS:
            name, ids = item
            if name not in env:
                raise ValueError(f"The job refers to records of the model {name!r}, which is not installed")
            return env[name].browse(ids)
    return {key: decode(item, env) for key, item in value.items()}
