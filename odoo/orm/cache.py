"""The transaction's cache of field values, by recordsets: what addons know as ``env.cache``.

Values are in the *cache format* of their field: what the database returns, ``None`` for no value, tuples of ids for
x2many fields. They are kept by column (:mod:`odoo.orm.state.columns`).
"""

from collections.abc import Iterable, Iterator

from odoo.exceptions import CacheMiss

from .state.columns import NOTHING, insert_column
from .state.unit import UnitOfWork

__all__ = ["NOTHING", "Cache"]


class Cache:
    """What is known of records, and which of their values are not in the database yet.

    ``columns``: the values; ``changes``: what is to be written; ``mirrors``: how both sides of a relation keep in step.

    :param unit: the unit of work that these belong to, a new one by default
    """

    __slots__ = ("changes", "columns", "mirrors")

    def __init__(self, unit=None):
        unit = UnitOfWork() if unit is None else unit
        self.columns, self.changes, self.mirrors = unit.columns, unit.changes, unit.mirrors

    def __repr__(self):
        return repr(self.columns)

    # columns

    def field_data(self, records, field) -> dict:
        """Return the live ``{id: value}`` column of ``field`` for the context of ``records`` (a recordset or model)."""
        if field.context_keys:
            return self.columns.at(field, records.env.cache_key(field))
        return self.columns.live[field]

    def peek(self, records, field) -> dict:
        """Return the column like :meth:`field_data`, to look for values only: it is not made when there is none."""
        return self.field_data(records, field) if field.context_keys else self.columns.known(field)

    # reading

    def add_fetched(self, records, field, ids, values: Iterable):
        """Add the values of a column that was fetched for ``ids``; what the cache has already stays."""
        if field.context_keys:
            insert_column(self.field_data(records, field), ids, values)
        else:
            self.columns.park(field, ids, values)

    def contains(self, record, field) -> bool:
        """Tell whether ``record`` (a singleton) has a value for ``field``."""
        return record._ids[0] in self.field_data(record, field)

    def contains_field(self, field) -> bool:
        """Tell whether any record has a value for ``field``."""
        return any(self.columns.every(field))

    def get(self, record, field, default=NOTHING):
        """Return the cached value of ``field``; without it ``default``.

        :raise CacheMiss: there is neither
        """
        try:
            return self.field_data(record, field)[record._ids[0]]
        except KeyError:
            if default is NOTHING:
                raise CacheMiss(record, field) from None
            return default

    def get_values(self, records, field) -> Iterator:
        """Yield the values of those ``records`` that have one."""
        column = self.field_data(records, field)
        for id_ in records._ids:
            if id_ in column:
                yield column[id_]

    def get_until_miss(self, records, field) -> list:
        """Return the values of ``records`` up to the first one that is missing."""
        column = self.field_data(records, field)
        values = []
        for id_ in records._ids:
            if id_ not in column:
                break
            values.append(column[id_])
        return values

    def get_records_different_from(self, records, field, value):
        """Return those ``records`` whose value is unknown or is not ``value``."""
        # fast path of update(): what is there already is not written
        column = self.field_data(records, field)
        get = column.get
        ids = records._ids
        if len(ids) == 1:
            return records if get(ids[0], NOTHING) != value else records.browse()
        kept = tuple(id_ for id_ in ids if get(id_, NOTHING) != value)
        return records if len(kept) == len(ids) else records.browse(kept)

    def get_fields(self, record) -> Iterator:
        """Yield the fields, other than ``id``, that have a value for ``record``."""
        id_ = record._ids[0]
        known = (field for field in record._fields.values() if id_ in self.peek(record, field))
        return (field for field in known if field.name != "id")

    def get_records(self, model, field, all_contexts: bool = False):
        """Return the records of ``model`` with a value for ``field``, in its context or in all of them."""
        if all_contexts:
            ids = dict.fromkeys(id_ for column in self.columns.every(field) for id_ in column)
        else:
            ids = self.field_data(model, field)
        return model.browse(tuple(ids))

    def get_missing_ids(self, records, field) -> Iterator:
        """Yield the ids of ``records`` without a value for ``field``."""
        column = self.peek(records, field)
        return (id_ for id_ in records._ids if id_ not in column)

    # writing

    def set(self, record, field, value, dirty: bool = False, check_dirty: bool = True):
        """Set the value of a singleton; ``dirty`` marks it for the next flush."""
        self.update(record, field, (value,), dirty, check_dirty)

    def update(self, records, field, values: Iterable, dirty: bool = False, check_dirty: bool = True):
        """Set one value for each of ``records``, in their order; ``dirty`` marks them for the next flush."""
        column = self.field_data(records, field)
        column.update(zip(records._ids, values))  # noqa: B905 - a keyword makes zip() half as slow again
        if dirty:
            self.mark_dirty(records, field)

    update_raw = update

    def insert_missing(self, records, field, values: Iterable):
        """Set values fetched from the database, leaving alone what the cache has already."""
        insert_column(self.field_data(records, field), records._ids, values)

    def patch(self, records, field, new_id):
        """Add ``new_id`` to the x2many value of ``records``; those in memory without a value get it with one."""
        for id_ in records._ids:
            self.mirrors.join_later(field, id_, (new_id,))

    def remove(self, record, field):
        """Forget the value of a singleton."""
        self.field_data(record, field).pop(record._ids[0], None)

    # what is to be written to the database

    def mark_dirty(self, records, field):
        """Mark the values of ``field`` on the database records among ``records`` for the next flush."""
        ids = [id_ for id_ in records._ids if id_]
        if not field.context_keys:
            self.changes.mark(field, ids)
        elif ids:
            key = records.env.cache_key(field)
            column = self.field_data(records, field)
            for id_ in ids:
                self.changes.mark_values(field, id_, {key: column[id_]})

    def get_dirty_fields(self):
        """Return the fields with values to write."""
        return self.changes.fields()

    def get_dirty_records(self, model, field):
        """Return the records of ``model`` whose ``field`` is to be written."""
        return model.browse(tuple(self.changes.ids(field) or ()))

    def has_dirty_fields(self, records, fields=None) -> bool:
        """Tell whether one of ``records`` has a value to write, among ``fields`` or any."""
        if fields is None:
            fields = [field for field in self.changes.fields() if field.model_name == records._name]
        return self.changes.includes_any(fields, records._ids)

    def clear_dirty_field(self, field) -> dict:
        """Forget and return the ids of ``field`` that were to be written."""
        return self.changes.take_field(field)

    # forgetting

    def invalidate(self, spec=None):
        """Forget values: all, or those of ``spec``, an iterable of ``(field, ids or None)``.

        Values that wait for being written must be flushed before; they are dropped with the rest.
        """
        if spec is None:
            self.clear()
            return
        for field, ids in spec:
            if ids is None:
                self.columns.drop(field)
                self.mirrors.drop(field)
                self.changes.take_field(field)
            else:
                self.columns.forget(field, ids)
                self.changes.forget(field, ids)

    def clear(self):
        """Forget everything."""
        self.columns.clear()
        self.changes.clear()
        self.mirrors.clear()

    def check(self, env) -> None:
        """Compare the clean cached columns with the database; raise ``AssertionError`` on a difference (for tests)."""
        for field, content in self.columns.items():
            if not (field.store and field.column_type) or field.context_keys:
                continue
            model = env[field.model_name].sudo()
            dirty = self.changes.ids(field) or ()
            ids = [id_ for id_ in content if id_ and id_ not in dirty]
            stored = model.browse(ids)._stored_values(field)
            wrong = {
                id_: (content[id_], stored[id_]) for id_ in stored if (content[id_] or None) != (stored[id_] or None)
            }
            if wrong:
                raise AssertionError(f"cache of {field} differs from the database: {wrong}")
