"""Fields that are kept in another one, and the one that keeps them."""

from __future__ import annotations

import json

from odoo import fields

__all__ = ["Serialized"]


class Serialized(fields.Field):
    """A dictionary that is kept as text; fields whose attribute ``sparse`` names it have their values in there."""

    type = "serialized"
    column_type = ("text", "text")
    prefetch = False

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        """Return the text of a dictionary."""
        return self.convert_to_cache(value, record, validate=validate)

    convert_to_column = convert_to_column_insert

    def convert_to_cache(self, value, record, validate=True):
        """Return the text of a dictionary; a text is one already.

        :raise TypeError: something in it is not of what JSON knows
        """
        if not isinstance(value, dict):
            return value or None
        try:
            return json.dumps(value)
        except (TypeError, ValueError) as error:
            raise self.wrong_value(value, error) from error

    def convert_to_record(self, value, record):
        """Return a dictionary of its own, which is empty for no value."""
        return json.loads(value) if value else {}

    def convert_to_record_multi(self, values, records):
        """Return dictionaries."""
        return [self.convert_to_record(value, records) for value in values]


def _complete_sparse(field: fields.Field, attrs: dict) -> None:
    """Give a field with the attribute ``sparse`` the parameters of one whose value another field has."""
    container = attrs.get("sparse")
    if not container:
        return
    attrs.setdefault("copy", False)
    attrs.update(store=False, _depends=(container,), compute=lambda records: _compute(field.name, container, records))
    if not attrs.get("readonly"):
        attrs["inverse"] = lambda records: _inverse(field.name, container, records)


def _compute(name: str, container: str, records) -> None:
    """Take the values of a field from the dictionaries that keep them."""
    field = records._fields[name]
    for record in records:
        record[name] = record[container].get(name)
    if field.relational:
        # what was deleted is named in dictionaries still
        for record in records:
            record[name] = record[name].exists()


def _inverse(name: str, container: str, records) -> None:
    """Put the values of a field into the dictionaries that keep them; nothing is kept of no value."""
    field = records._fields[name]
    for record in records:
        kept = record[container]
        value = field.convert_to_read(record[name], record, use_display_name=False)
        if value and kept.get(name) != value:
            record[container] = kept | {name: value}
        elif not value and name in kept:
            record[container] = {key: item for key, item in kept.items() if key != name}


fields.Field.sparse = None
fields.Field.completers.append(_complete_sparse)
fields.Serialized = Serialized
