"""JSON fields."""

import copy
import json

from psycopg2.extras import Json as PsycopgJson

from .base import Field

__all__ = ["Json"]


class Json(Field):
    """Any JSON value. Reading gives a copy: change it and assign it to change the record."""

    type = "json"
    column_type = ("jsonb", "jsonb")

    def convert_to_record(self, value, record):
        """Return a copy of the value, which the caller may change."""
        return False if value is None else copy.deepcopy(value)

    def convert_to_cache(self, value, record, validate=True):
        """Return the value as JSON would give it back, ``None`` for an empty one."""
        if not value:
            return None
        # what cannot be stored is refused here, and tuples become lists as in the database
        try:
            return json.loads(json.dumps(value))
        except (TypeError, ValueError) as error:
            raise self.wrong_value(value, error) from error

    def convert_to_column(self, value, record, values=None, validate=True):
        """Wrap the value as JSON."""
        if validate:
            value = self.convert_to_cache(value, record)
        return None if value is None else PsycopgJson(value)

    def to_columns(self, values, model):
        """Wrap cached values as JSON."""
        return [None if value is None else PsycopgJson(value) for value in values]

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return copies of the values."""
        return [self.convert_to_record(value, records) for value in values]

    def convert_to_export(self, value, record):
        """Return the text in JSON."""
        return json.dumps(value) if value else ""
