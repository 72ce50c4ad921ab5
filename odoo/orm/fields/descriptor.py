"""What happens when ``record.field`` is read and assigned: the one way from the cache to values, and back."""

import itertools

from odoo.exceptions import AccessError, MissingError

from ..cache import NOTHING
from ..identifiers import expand_ids
from ..overrides import original
from ..plans.model_plans import WatchedField

__all__ = ["PREFETCH_MAX", "Descriptor", "Prefetch", "PrefetchMany2one", "ToOneDescriptor"]

#: how many records are read together when one of them is asked for
PREFETCH_MAX = 1000


class Descriptor(metaclass=WatchedField):
    """Reading and assigning a field, of one record or of several."""

    # reading

    def __get__(self, record, owner=None):
        if record is None:
            return self
        # fast path of _get(): the value is in the one column of the field
        try:
            (id_,) = record._ids
            value = record.env.live[self][id_]
        except (KeyError, ValueError):
            return self._get(record)
        if self.plain_read:
            return self.falsy if value is None else value
        stale = self.awaited and record.env.transaction.stale.ids(self.awaited)
        if stale and (id_ in stale or not self.recomputed):
            return self._get(record)
        if self.plain_value:
            return self.falsy if value is None else value
        return self.convert_to_record(value, record)

    def _get(self, record):
        """Return the value of a record, wherever it comes from."""
        return self.convert_to_record(self._cache_value(record), record)

    def _null(self, record):
        """Return the cache value that stands for "no value"."""
        return

    def _cache_value(self, record):
        """Return the value of a record in cache format, fetching or computing it when it is not cached.

        :raise ValueError: for several records
        :raise MissingError: when the record is not in the database
        """
        ids = record._ids
        if not ids:
            return self._null(record)
        if len(ids) > 1:
            record.ensure_one()
        env = record.env
        if self.awaited is not None:
            self.recompute(record)
        column = env.cache.field_data(record, self)
        value = column.get(ids[0], NOTHING)
        if value is NOTHING:
            self._fill(record)
            column = env.cache.field_data(record, self)
            value = column.get(ids[0], NOTHING)
            if value is NOTHING:
                raise self._no_value(record)
        return value

    def _no_value(self, record):
        """Return the error for a record that has no value although it was read."""
        if (self.compute and not self.store) or not record.id:
            return ValueError(f"The compute method left {record}.{self.name} without a value")
        return MissingError(
            record.env._(
                "%(record)s is not in the database, or was deleted meanwhile (user: %(user)s).",
                record=record,
                user=record.env.uid,
            )
        )

    def _fill(self, record):
        """Put the value of ``record``, and of the records it is prefetched with, into the cache."""
        id_ = record._ids[0]
        env = record.env
        if self.store and id_:
            self._fill_from_database(record)
        elif self.compute and not self._is_entered_on_origin(id_):
            if env.is_protected(self, record):
                # its own compute method reads it before assigning it
                env.cache.set(record, self, self._null(record))
            else:
                self._fill_by_compute(record)
        elif not id_ and getattr(id_, "origin", None):
            origin = record._origin
            value = self._cache_value(origin) if self.store or not self.compute else self._null(origin)
            env.cache.set(record, self, self._from_origin(value, record))
        else:
            value = self._null(record)
            env.cache.set(record, self, value)
            defaults = record.default_get([self.name])
            if self.name in defaults:
                env.cache.set(record, self, self.convert_to_cache(defaults[self.name], record))

    def _is_entered_on_origin(self, id_) -> bool:
        """Tell whether a computed value may be the user's own, and the origin of a new record has it."""
        return self.store and not self.readonly and bool(getattr(id_, "origin", None))

    def _from_origin(self, value, record):
        """Convert the cached value of the origin of a new record into the new record's own."""
        return value

    def _fill_from_database(self, record):
        records = self._to_prefetch(record)
        try:
            records._fetch_field(self)
        except AccessError:
            if len(records) == 1:
                raise
            record._fetch_field(self)

    def _fill_by_compute(self, record):
        records = record if self.recursive else self._to_prefetch(record)
        try:
            self.compute_value(records)
        except (AccessError, MissingError):
            if len(records) == 1:
                raise
            self.compute_value(record)
            records = record
        if self.store or not self.readonly:
            # what the user may enter, too, is empty where the method has nothing to propose
            column = record.env.cache.field_data(record, self)
            null = self._null(record)
            for id_ in records._ids:
                column.setdefault(id_, null)

    def _to_prefetch(self, record):
        """Return ``record`` and the records prefetched with it that have no value yet."""
        # fast path of fetch() for each record
        column = record.env.cache.field_data(record, self)
        id_, prefetch_ids = record._ids[0], record._prefetch_ids
        if not column and type(prefetch_ids) is tuple and prefetch_ids[:1] == (id_,):
            start = prefetch_ids[:PREFETCH_MAX]
            if all(start):
                return record.__class__(record.env, tuple(dict.fromkeys(start)), prefetch_ids)
        if type(prefetch_ids) is tuple and id_ in prefetch_ids:
            # records are mostly met in order: those after this one are the ones to come
            start = prefetch_ids.index(id_)
            ids = expand_ids(
                id_, itertools.chain(itertools.islice(prefetch_ids, start, None), itertools.islice(prefetch_ids, start))
            )
        else:
            ids = expand_ids(id_, prefetch_ids)
        missing = tuple(itertools.islice((id_ for id_ in ids if id_ not in column), PREFETCH_MAX))
        return record.__class__(record.env, missing, prefetch_ids)

    def mapped(self, records):
        """Return the record values of ``records``: a list, of relations the union of the related records."""
        return self.convert_to_record_multi(self.cache_values(records), records)

    def cache_values(self, records) -> list:
        """Return the values of ``records`` in cache format, fetching or computing those that are not cached."""
        # fast path of _cache_value() for each record
        ids, env = records._ids, records.env
        if not ids:
            return []
        if self.awaited is not None:
            self.recompute(records)
        column = env.cache.field_data(records, self)
        try:
            return [column[id_] for id_ in ids]
        except KeyError:
            values = []
        for id_ in ids:
            value = column.get(id_, NOTHING)
            if value is NOTHING:
                value = self._cache_value(records.__class__(env, (id_,), records._prefetch_ids))
                column = env.cache.field_data(records, self)
            values.append(value)
        return values

    # assigning

    def __set__(self, records, value):
        env = records.env
        ids = records._ids
        stale = env.transaction.stale
        shields = stale.shields(self)
        # fast path of write_computed(): nothing but the cache is written
        if shields:
            if len(ids) == 1:
                id_ = ids[0]
                for shield in shields:
                    if id_ in shield:
                        if self.plain_write:
                            self.write_converted(records, self.convert_to_cache(value, records))
                        else:
                            self.write_computed(records, value)
                        return
            else:
                protected = stale.protected_ids(self)
                if not protected.isdisjoint(ids):
                    self.write_computed(records.browse(tuple(id_ for id_ in ids if id_ in protected)), value)
                    records = records.browse(tuple(id_ for id_ in ids if id_ not in protected))
        if len(ids) == 1 and ids[0] and self.plain_write and records._assign(self, value):
            return
        new_ids = tuple(id_ for id_ in records._ids if not id_)
        if new_ids:
            self._assign_new(records.browse(new_ids), value)
            records = records.browse(tuple(id_ for id_ in records._ids if id_))
        if records:
            records.write({self.name: self._write_value(value, records)})

    def _write_value(self, value, records):
        """Return an assigned value as ``write()`` takes it."""
        value = self.convert_to_cache(value, records)
        # fast path of convert_to_write()
        if self.plain_write:
            return self.falsy if value is None else value
        return self.convert_to_write(self.convert_to_record(value, records), records)

    def _assign_new(self, records, value):
        """Assign to records in memory: cache, dependants, and the inverse of relations."""
        env = records.env
        with env.protecting(records.pool.field_computed.get(self, [self]), records):
            if self.relational:
                records.modified([self.name], before=True)
            self.write(records, value)
            records.modified([self.name])
        if self.inherited:
            # the parent record in memory has the value too
            parents = records[self.related.split(".")[0]]
            parents.filtered(lambda parent: not parent.id)[self.name] = value

    @original
    def write(self, records, value):
        """Put a written value into the cache and mark it for the next flush."""
        self.write_converted(records, self.convert_to_cache(value, records))

    def write_converted(self, records, value):
        """Do what :meth:`write` does for a value in cache format."""
        env = records.env
        if self.recomputed and env.transaction.stale.ids(self):
            env.remove_to_compute(self, records)
        # fast path of _change(): the one column of the field is all there is to it
        if self.plain_write and len(records._ids) == 1:
            id_ = records._ids[0]
            column = env.live[self]
            if column.get(id_, NOTHING) != value:
                column[id_] = value
                if self.store and id_:
                    env.cache.changes.marks(self)[id_] = None
            return
        records = env.cache.get_records_different_from(records, self, value)
        if records:
            self._change(records, value)

    def write_computed(self, records, value):
        """Do the work of :meth:`write` for a value that a compute assigns, rather than somebody who writes."""
        self.write(records, value)

    @original
    def _change(self, records, value):
        """Put a cache value that differs from the present one into the cache."""
        records.env.cache.update(records, self, itertools.repeat(value), dirty=bool(self.store))


class Prefetch:
    """Lazy collection of the ids that a relation leads to, over the prefetch ids of a record."""

    __slots__ = ("record", "field")

    def __init__(self, record, field):
        self.record, self.field = record, field

    def _ids_of(self, prefetch_ids):
        """Yield the ids that the records with these ids refer to, each once."""
        raise NotImplementedError

    def __iter__(self):
        return self._ids_of(self.record._prefetch_ids)

    def __reversed__(self):
        return self._ids_of(reversed(self.record._prefetch_ids))


class PrefetchMany2one(Prefetch):
    """Those that a many2one field points to."""

    __slots__ = ()

    def _ids_of(self, prefetch_ids):
        column = self.record.env.cache.field_data(self.record, self.field)
        seen = set()
        for id_ in prefetch_ids:
            value = column.get(id_)
            if value is not None and value not in seen:
                seen.add(value)
                yield value


class ToOneDescriptor(Descriptor):
    """Reading a field whose value is one record."""

    def __get__(self, record, owner=None):
        if record is None:
            return self
        # fast path of _get(): chains of relations are walked in loops
        try:
            (id_,) = record._ids
            env = record.env
            value = env.live[self][id_]
        except (KeyError, ValueError):
            return super().__get__(record, owner)
        if not self.plain_read:
            return super().__get__(record, owner)
        related = object.__new__(env.registry.models[self.comodel_name])
        related.env = env
        if value is None:
            related._ids = related._prefetch_ids = ()
        else:
            related._ids = (value,)
            related._prefetch_ids = PrefetchMany2one(record, self)
        return related
