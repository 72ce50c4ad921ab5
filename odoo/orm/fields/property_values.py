"""Values of single properties, by the type in their definition: as they are stored, and as they are read."""

from collections import defaultdict

from odoo.tools.iteration import unique

from ..identifiers import NewId
from ..property_checks import check_json
from .temporal import Date, Datetime

__all__ = ["PROPERTY_TYPES", "RecordNames", "plain_value", "shown_definition", "shown_value"]

#: beyond it, a number in JSON is not the same for every reader
_GREATEST_INTEGER = 2**53


def plain_value(item, value):
    """Return the value of a property as it is stored: plain JSON, ``False`` for none.

    :param item: the definition of the property
    :param value: what is written: a plain value, dates and records too, and records with names as ``read()`` has them
    :raise ValueError: when the value does not suit the type
    """
    if value is None or value is False or (not value and not isinstance(value, (int, float))):
        return False
    try:
        value = _PLAIN[item["type"]](value)
        check_json(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(
            f"{value!r} is no value for the property {item['name']!r} of type {item['type']}: {error}"
        ) from error
    return value


def _integer(value):
    number = int(value)
    if abs(number) > _GREATEST_INTEGER:
        raise ValueError("the number is too large")
    return number


def _text(value):
    if isinstance(value, (list, tuple, dict)):
        raise TypeError("it is no text")
    return value if isinstance(value, str) else str(value)


def _date(value):
    return Date.to_string(Date.to_date(value))


def _datetime(value):
    return Datetime.to_string(Datetime.to_datetime(value))


def _option(value):
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise TypeError("it is no key of an option")
    return value


def _tags(value):
    # with label and colour, as groups show them, or the key alone
    return [_option(tag[0] if isinstance(tag, (list, tuple)) else tag) for tag in _items(value)]


def _record_id(value):
    if hasattr(value, "_ids"):
        ids = value._origin._ids
        if len(ids) > 1:
            raise ValueError("it is more than one record")
        return ids[0] if ids else False
    if isinstance(value, (list, tuple)):
        value = value[0] if value else False
    if isinstance(value, NewId):
        value = value.origin
    if value is True or not (value is None or isinstance(value, int)):
        raise TypeError("it is no record")
    return value or False


def _record_ids(value):
    if hasattr(value, "_ids"):
        return list(value._origin._ids) or False
    return [id_ for id_ in map(_record_id, _items(value)) if id_] or False


def _items(value):
    if isinstance(value, (str, dict)):
        raise TypeError("it is no list")
    return list(value)


_PLAIN = {
    "boolean": bool,
    "integer": _integer,
    "float": float,
    "char": _text,
    "date": _date,
    "datetime": _datetime,
    "many2one": _record_id,
    "many2many": _record_ids,
    "selection": _option,
    "tags": _tags,
}
PROPERTY_TYPES = (*_PLAIN, "separator")


class RecordNames:
    """The names of the records that properties refer to, read for all of them together.

    :param env: environment of the reader, who gets ``None`` for names of records that he may not read
    """

    def __init__(self, env):
        self._env = env
        self._wanted: dict = defaultdict(dict)
        self._names: dict = {}

    def want(self, item, value):
        """Note the records in ``value``, if the property with the definition ``item`` refers to records."""
        if value and item["type"] in ("many2one", "many2many"):
            ids = value if isinstance(value, list) else [value]
            self._wanted[item.get("comodel")].update((id_, None) for id_ in ids if type(id_) is int)

    def of(self, item) -> dict:
        """Return ``{id: name}`` of those records that are there still, in the model that ``item`` refers to."""
        model = item.get("comodel")
        if model not in self._names:
            self._names[model] = self._read(model, tuple(self._wanted.get(model, ())))
        return self._names[model]

    def _read(self, model, ids) -> dict:
        if not ids or model not in self._env or self._env[model]._abstract:
            return {}
        records = self._env[model].browse(ids)
        readable = records._filtered_access("read")
        names = readable._display_names()
        if len(readable) < len(records):
            names.update(dict.fromkeys((records - readable).exists()._ids))
        return names


def shown_value(item, value, names):
    """Return a stored value as ``read()`` gives it, without what is gone.

    :param item: the definition of the property
    :param names: :class:`RecordNames` of the records in the values
    """
    return _SHOWN[item["type"]](item, value, names)


def _shown_boolean(item, value, names):
    return bool(value)


def _shown_number(item, value, names):
    return value if isinstance(value, (int, float)) else False


def _shown_text(item, value, names):
    return value if value and isinstance(value, str) else False


def _shown_option(item, value, names):
    return value if any(option[0] == value for option in item.get("selection") or ()) else False


def _shown_tags(item, value, names):
    if not isinstance(value, list):
        return False
    known = [tag[0] for tag in item.get("tags") or ()]
    return [tag for tag in value if tag in known]


def _shown_record(item, value, names):
    known = names.of(item)
    return (value, known[value]) if type(value) is int and value in known else False


def _shown_records(item, value, names):
    if not isinstance(value, list):
        return False
    known = names.of(item)
    return [(id_, known[id_]) for id_ in unique(value) if id_ in known]


_SHOWN = {
    "boolean": _shown_boolean,
    "integer": _shown_number,
    "float": _shown_number,
    "char": _shown_text,
    "date": _shown_text,
    "datetime": _shown_text,
    "many2one": _shown_record,
    "many2many": _shown_records,
    "selection": _shown_option,
    "tags": _shown_tags,
}


def shown_definition(item, names, use_display_name=True) -> dict:
    """Return a copy of a definition whose default has the names of its records, and none that are gone.

    :param names: :class:`RecordNames` of the records in the defaults
    :param use_display_name: ``False`` for ids alone
    """
    item = dict(item)
    default = item.get("default")
    if default and item["type"] in ("many2one", "many2many"):
        shown = shown_value(item, default, names)
        if shown and not use_display_name:
            shown = shown[0] if item["type"] == "many2one" else [id_ for id_, _name in shown]
        item["default"] = shown
    return item
