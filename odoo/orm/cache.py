"""The transaction's cache of field values, kept by column: ``field -> {id: value}``.

A field whose value depends on the context (language, company, ...) has one more level:
``field -> {context key: {id: value}}``. Values are in the *cache format* of their field: what the database returns,
``None`` for no value, tuples of ids for x2many fields. The cache knows nothing of SQL.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = ["NOTHING", "Cache"]

NOTHING = object()

#: how many fetches of a column nobody looks at are kept as they came
MAX_PARKED = 50


class Columns(dict):
    """``field -> {id: value}``; a column that was fetched along with others is only built when it is looked at.

    ``parked``: field -> list of ``(ids, values)`` that were fetched and not looked at yet.
    """

    __slots__ = ("parked",)

    def __init__(self):
        super().__init__()
        self.parked: dict = {}

    def __missing__(self, field) -> dict:
        column = self[field] = {}
        for ids, values in self.parked.pop(field, ()):
            insert_column(column, ids, values)
        return column

    def park(self, field, ids, values):
        """Keep fetched values of a field without context keys; what the cache has already stays."""
        if field in self:
            insert_column(self[field], ids, values)
            return
        batches = self.parked.setdefault(field, [])
        batches.append((ids, values))
        if len(batches) > MAX_PARKED:
            self[field]

    def fetched(self, field, ids):
        """Return the values of ``field`` for just the ``ids`` that they were fetched for, or ``None``.

        That is the short way to what :meth:`get` has, without building the column.
        """
        batches = self.parked.get(field)
        if batches is not None and len(batches) == 1 and batches[0][0] is ids:
            return batches[0][1]
        return None

    def is_used(self, field) -> bool:
        """Tell whether somebody looked at fetched or assigned values of ``field``."""
        return bool(super().get(field))

    def forget(self, field, ids):
        """Forget the values that a field without context keys has on ``ids``."""
        column = self.get(field)
        if column:
            for id_ in ids:
                column.pop(id_, None)

    def settle(self):
        """Build all the columns that wait."""
        for field in list(self.parked):
            self[field]

    def get(self, field, default=None):
        """Return the column of ``field``, ``default`` when nothing is known of it."""
        return self[field] if field in self.parked else super().get(field, default)

    def pop(self, field, *default):
        """Forget the column of ``field``."""
        self.parked.pop(field, None)
        return super().pop(field, *default)

    def clear(self):
        """Forget everything."""
        self.parked.clear()
        super().clear()


def insert_column(column: dict, ids, values: Iterable):
    """Add ``ids -> values`` to a column without replacing anything."""
    if not column or column.keys().isdisjoint(ids):
        column.update(zip(ids, values))  # noqa: B905 - a keyword makes zip() half as slow again
    else:
        for id_, value in zip(ids, values, strict=False):
            column.setdefault(id_, value)


class Cache:
    """Column dictionaries, and which of their values are not in the database yet.

    ``data``: the values; ``dirty``: field -> ids to write; ``pending``: for stored fields with a context level,
    field -> {id: {context key: value}} to write; ``touched``: model name -> {id: uid of the last writer};
    ``loops``: model name -> prefetch ids of the long recordset whose columns were fetched last;
    ``patches``: x2many field -> {id of a record in memory: ids that join its value once that is known}.
    """

    __slots__ = ("data", "dirty", "loops", "patches", "pending", "touched")

    def __init__(self):
        self.data = Columns()
        self.loops: dict = {}
        self.dirty: dict = defaultdict(dict)
        self.patches: dict = defaultdict(dict)
        self.pending: dict = defaultdict(dict)
        self.touched: dict = defaultdict(dict)

    def __repr__(self):
        self.data.settle()
        return "\n".join(f"{field}: {values}" for field, values in self.data.items())

    # columns

    def field_data(self, records, field) -> dict:
        """Return the live ``{id: value}`` column of ``field`` for the context of ``records`` (a recordset or model)."""
        if field.context_keys:
            return self.data[field].setdefault(records.env.cache_key(field), {})
        return self.data[field]

    def peek(self, records, field) -> dict:
        """Return the column like :meth:`field_data`, to look for values only: it is not made when there is none."""
        return self.field_data(records, field) if field.context_keys else self.data.get(field, {})

    def columns(self, field) -> Iterator[dict]:
        """Yield every column of ``field``: one, or one for each context key met so far."""
        column = self.data.get(field)
        if column is None:
            return
        if field.context_keys:
            yield from column.values()
        else:
            yield column

    # reading

    def add_fetched(self, records, field, ids, values: Iterable):
        """Add the values of a column that was fetched for ``ids``; what the cache has already stays."""
        if field.context_keys:
            insert_column(self.field_data(records, field), ids, values)
        else:
            self.data.park(field, ids, values)

    def contains(self, record, field) -> bool:
        """Tell whether ``record`` (a singleton) has a value for ``field``."""
        return record._ids[0] in self.field_data(record, field)

    def contains_field(self, field) -> bool:
        """Tell whether any record has a value for ``field``."""
        return any(self.columns(field))

    def get(self, record, field, default=NOTHING):
        """Return the cached value of ``field``; without it ``default``, or raise ``KeyError``."""
        try:
            return self.field_data(record, field)[record._ids[0]]
        except KeyError:
            if default is NOTHING:
                raise
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
            ids = dict.fromkeys(id_ for column in self.columns(field) for id_ in column)
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
        column = self.field_data(records, field)
        for id_ in records._ids:
            ids = column.get(id_)
            if ids is not None and new_id not in ids:
                column[id_] = (*ids, new_id)
            elif ids is None and not id_:
                self.patches[field].setdefault(id_, {})[new_id] = None

    def apply_patches(self, record, field):
        """Add to the x2many value of a record in memory, which has just got one, the ids that wait for it."""
        for new_id in self.patches[field].pop(record._ids[0], ()):
            self.patch(record, field, new_id)

    def drop_patches(self, field, id_, gone: Iterable):
        """Forget that the ids ``gone`` are to join the x2many value of the record in memory ``id_``."""
        waiting = self.patches[field].get(id_, {}) if field in self.patches else {}
        for gone_id in gone:
            waiting.pop(gone_id, None)

    def remove(self, record, field):
        """Forget the value of a singleton."""
        self.field_data(record, field).pop(record._ids[0], None)

    # what is to be written to the database

    def mark_dirty(self, records, field):
        """Mark the values of ``field`` on the database records among ``records`` for the next flush."""
        ids = [id_ for id_ in records._ids if id_]
        if not ids:
            return
        self.dirty[field].update(dict.fromkeys(ids))
        if field.context_keys:
            key = records.env.cache_key(field)
            column = self.field_data(records, field)
            pending = self.pending[field]
            for id_ in ids:
                pending.setdefault(id_, {})[key] = column[id_]

    def get_dirty_fields(self):
        """Return the fields with values to write."""
        return self.dirty.keys()

    def get_dirty_records(self, model, field):
        """Return the records of ``model`` whose ``field`` is to be written."""
        return model.browse(tuple(self.dirty.get(field, ())))

    def has_dirty_fields(self, records, fields=None) -> bool:
        """Tell whether one of ``records`` has a value to write, among ``fields`` or any."""
        if fields is None:
            fields = [field for field in self.dirty if field.model_name == records._name]
        ids = records._ids
        return any(not self.dirty[field].keys().isdisjoint(ids) for field in fields if field in self.dirty)

    def clear_dirty_field(self, field) -> dict:
        """Forget and return the ids of ``field`` that were to be written."""
        self.pending.pop(field, None)
        return self.dirty.pop(field, {})

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
                self.data.pop(field, None)
                self.patches.pop(field, None)
                self.clear_dirty_field(field)
                continue
            for values in (*self.columns(field), self.dirty.get(field), self.pending.get(field)):
                if values:
                    for id_ in ids:
                        values.pop(id_, None)

    def clear(self):
        """Forget everything."""
        self.data.clear()
        self.loops.clear()
        self.dirty.clear()
        self.patches.clear()
        self.pending.clear()
        self.touched.clear()

    def check(self, env) -> None:
        """Compare the clean cached columns with the database; raise ``AssertionError`` on a difference (for tests)."""
        self.data.settle()
        for field, content in list(self.data.items()):
            if not (field.store and field.column_type) or field.context_keys:
                continue
            model = env[field.model_name].sudo()
            ids = [id_ for id_ in content if id_ and id_ not in self.dirty.get(field, ())]
            stored = model.browse(ids)._stored_values(field)
            wrong = {
                id_: (content[id_], stored[id_]) for id_ in stored if (content[id_] or None) != (stored[id_] or None)
            }
            if wrong:
                raise AssertionError(f"cache of {field} differs from the database: {wrong}")
