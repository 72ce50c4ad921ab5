"""Recordsets: ordered collections of records of one model, and what can be done with them in memory."""

import itertools
import warnings
from collections.abc import Iterable
from operator import itemgetter

from odoo.tools.iteration import partition, unique

from .. import decorators as api
from ..environment import Environment
from ..identifiers import NewId, OriginIds, origin_ids
from ..overrides import plain_maker

__all__ = ["RecordCache", "RecordsetMixin"]


class RecordCache:
    """Mapping-like view of the cached values of one record (``record._cache``)."""

    __slots__ = ("_record",)

    def __init__(self, record):
        assert len(record) == 1, f"Unexpected RecordCache({record})"
        self._record = record

    def __contains__(self, name):
        return self._record.env.cache.contains(self._record, self._record._fields[name])

    def __getitem__(self, name):
        return self._record.env.cache.get(self._record, self._record._fields[name])

    def __setitem__(self, name, value):
        self._record.env.cache.set(self._record, self._record._fields[name], value)

    def __delitem__(self, name):
        self._record.env.cache.remove(self._record, self._record._fields[name])

    def __iter__(self):
        for field in self._record.env.cache.get_fields(self._record):
            yield field.name

    def __len__(self):
        return sum(1 for _name in self)

    def get(self, name, default=None):
        """Return the cached value of ``name`` or ``default``."""
        if name in self:
            return self[name]
        return default

    def keys(self):
        """Return the names of the cached fields."""
        return list(self)

    def items(self):
        """Return ``(name, cached value)`` pairs."""
        return [(name, self[name]) for name in self]

    def values(self):
        """Return the cached values."""
        return [self[name] for name in self]

    def update(self, values):
        """Set cached values."""
        for name, value in values.items():
            self[name] = value


class RecordsetMixin:
    """Construction, iteration, set operations and the mapping methods of recordsets."""

    __slots__ = ()

    @plain_maker
    def __init__(self, env, ids: tuple, prefetch_ids):
        """Make a recordset; ``prefetch_ids`` is a reversible iterable of the ids to read together.

        Models with slots of their own fill them in an override.
        """
        self.env = env
        self._ids = ids
        self._prefetch_ids = prefetch_ids

    @property
    def ids(self) -> list:
        """The ids of the records in the database (the origins' of records in memory)."""
        return list(origin_ids(self._ids))

    @property
    def _cr(self):
        return self.env.cr

    @property
    def _uid(self):
        return self.env.uid

    @property
    def _context(self):
        return self.env.context

    @property
    def _cache(self) -> RecordCache:
        return RecordCache(self)

    def _cached_names(self) -> list:
        """Return the names of the fields with a cached value, for a singleton."""
        return [field.name for field in self.env.cache.get_fields(self)]

    # construction

    @api.private
    def browse(self, ids=()):
        """Return the records with the given ids (one id, or an iterable)."""
        if not ids:
            ids = () if not isinstance(ids, NewId) else (ids,)
        elif ids.__class__ is int:
            ids = (ids,)
        elif ids.__class__ is not tuple:
            ids = (ids,) if isinstance(ids, (int, NewId, str)) else tuple(ids)
        return self.__class__(self.env, ids, ids)

    @api.private
    def with_env(self, env: Environment):
        """Return the same records in another environment."""
        return self.__class__(env, self._ids, self._prefetch_ids)

    @api.private
    def sudo(self, flag: bool = True):
        """Return the records in superuser mode, or out of it; the user stays the same."""
        env = self.env
        if flag is env.su:
            return self
        if flag is not True and flag is not False:
            raise AssertionError(f"sudo() takes True or False, not {flag!r}: with_user() is for users")
        return self.__class__(env(su=flag), self._ids, self._prefetch_ids)

    @api.private
    def with_user(self, user):
        """Return the records as another user sees them, not in superuser mode unless it is the superuser."""
        return self.with_env(self.env(user=user, su=False)) if user else self

    @api.private
    def with_company(self, company):
        """Return the records with ``company`` (a record or id) as the current company; without one, as they are."""
        if not company:
            return self
        company_id = int(company)
        allowed = self.env.context.get("allowed_company_ids") or []
        if allowed and company_id == allowed[0]:
            return self
        others = [id_ for id_ in (allowed or []) if id_ != company_id]
        return self.with_context(allowed_company_ids=[company_id, *others])

    @api.private
    def with_context(self, *args, **kwargs):
        """Return the records with another context: ``with_context(context)`` replaces it, keywords add to it."""
        if "force_company" in kwargs:
            raise DeprecationWarning("Context key 'force_company' is no longer supported, use with_company() instead.")
        context = {**(args[0] if args and args[0] is not None else {} if args else self.env.context), **kwargs}
        if "allowed_company_ids" in self.env.context:
            context.setdefault("allowed_company_ids", self.env.context["allowed_company_ids"])
        return self.with_env(self.env(context=context))

    @api.private
    def with_prefetch(self, prefetch_ids=None):
        """Return the records with the given ids to be read together; their own by default."""
        if prefetch_ids is None:
            prefetch_ids = self._ids
        return self.__class__(self.env, self._ids, prefetch_ids)

    @property
    def _origin(self):
        """The database records behind records in memory."""
        if all(self._ids):
            return self
        return self.__class__(self.env, tuple(origin_ids(self._ids)), OriginIds(self._prefetch_ids))

    @api.private
    def ensure_one(self):
        """Return the record when it is exactly one.

        :raise ValueError: otherwise
        """
        if len(self._ids) == 1:
            return self
        raise ValueError(f"Expected singleton: {self}")

    # collection protocol

    def __bool__(self):
        return bool(self._ids)

    def __len__(self):
        return len(self._ids)

    def __iter__(self):
        ids = self._ids
        if len(ids) == 1:
            yield self
            return
        new, cls, env, prefetch_ids = object.__new__, self.__class__, self.env, self._prefetch_ids
        if cls.__init__ is not RecordsetMixin.__init__:
            yield from [cls(env, (id_,), prefetch_ids) for id_ in ids]
            return
        # fast path of __init__(): this is the inside of most loops there are
        for id_ in ids:
            record = new(cls)
            record.env = env
            record._ids = (id_,)
            record._prefetch_ids = prefetch_ids
            yield record

    def __reversed__(self):
        cls, env, prefetch_ids = self.__class__, self.env, self._prefetch_ids
        if isinstance(prefetch_ids, tuple):
            # what is fetched together is what comes next
            prefetch_ids = prefetch_ids[::-1]
        for id_ in reversed(self._ids):
            yield cls(env, (id_,), prefetch_ids)

    def __contains__(self, item):
        if hasattr(item, "_ids"):
            self._same_model(item, "in")
            return len(item._ids) == 1 and item._ids[0] in self._ids
        if isinstance(item, str):
            return item in self._fields
        raise TypeError(f"unsupported operand types in: {item!r} in {self!r}")

    def __getitem__(self, key):
        """Read a field by name, or take records by index or slice."""
        if isinstance(key, str):
            return self._fields[key].__get__(self, self.__class__)
        ids = self._ids[key]
        return self.browse(ids) if isinstance(key, slice) else self.__class__(self.env, (ids,), self._prefetch_ids)

    def __setitem__(self, key, value):
        """Assign a field by name."""
        self._fields[key].__set__(self, value)

    def __int__(self):
        return self.id or 0

    def __repr__(self):
        return f"{self._name}{self._ids!r}"

    def __hash__(self):
        return hash((self._name, frozenset(self._ids)))

    def __eq__(self, other):
        ids, others = self._ids, getattr(other, "_ids", None)
        if others is not None:
            return self._name == other._name and (ids == others or set(ids) == set(others))
        if other:
            warnings.warn(f"unsupported operand type(s) for \"==\": '{self._name}()' == '{other!r}'", stacklevel=2)
        return NotImplemented

    def _same_model(self, other, operator):
        """Raise ``TypeError`` unless ``other`` is a recordset of this model."""
        if getattr(other, "_name", None) != self._name or not hasattr(other, "_ids"):
            raise TypeError(f"inconsistent models in: {self} {operator} {other}")

    def _compared(self, other, compare):
        if hasattr(other, "_ids") and self._name == other._name:
            return compare(set(self._ids), set(other._ids))
        return NotImplemented

    def __lt__(self, other):
        return self._compared(other, set.__lt__)

    def __le__(self, other):
        if not self._ids and hasattr(other, "_ids") and self._name == other._name:
            return True
        return self._compared(other, set.__le__)

    def __gt__(self, other):
        return self._compared(other, set.__gt__)

    def __ge__(self, other):
        return self._compared(other, set.__ge__)

    def __add__(self, other):
        return self.concat(other)

    def __or__(self, other):
        return self.union(other)

    def __sub__(self, other):
        self._same_model(other, "-")
        gone = set(other._ids)
        return self.browse(tuple(id_ for id_ in self._ids if id_ not in gone))

    def __and__(self, other):
        self._same_model(other, "&")
        kept = set(other._ids)
        return self.browse(tuple(dict.fromkeys(id_ for id_ in self._ids if id_ in kept)))

    @api.private
    def concat(self, *args):
        """Return the concatenation of the recordsets, duplicates included."""
        ids = list(self._ids)
        for arg in args:
            self._same_model(arg, "+")
            ids.extend(arg._ids)
        return self.browse(tuple(ids))

    @api.private
    def union(self, *args):
        """Return the union of the recordsets, in order of first appearance."""
        ids = list(self._ids)
        for arg in args:
            self._same_model(arg, "|")
            ids.extend(arg._ids)
        return self.browse(tuple(dict.fromkeys(ids)))

    # mapping, filtering, sorting, grouping

    @api.private
    def mapped(self, func):
        """Apply ``func`` to the records: a function, or a field name that may be dotted.

        :return: a list, or the union of the recordsets where the results are recordsets
        """
        if not func:
            return self
        if isinstance(func, str):
            records = self
            *relations, last = func.split(".")
            for name in relations:
                records = records._fields[name].mapped(records)
            return records._fields[last].mapped(records)
        if not self:
            result = func(self)
            return result if hasattr(result, "_ids") else []
        values = [func(record) for record in self]
        if hasattr(values[0], "_ids"):
            return values[0].browse(tuple(unique(id_ for value in values for id_ in value._ids)))
        return values

    @api.private
    def filtered(self, func):
        """Return the records that satisfy ``func``: a function, or a (dotted) field name that must be truthy."""
        if not func:
            return self
        if callable(func):
            ids = tuple(record._ids[0] for record in self if func(record))
        elif "." in func:
            ids = tuple(record._ids[0] for record in self if any(record.mapped(func)))
        else:
            field = self._fields[func]
            if field.relational:
                ids = tuple(record._ids[0] for record in self if record[func])
            else:
                # fast path of a function of each record
                ids = tuple(itertools.compress(self._ids, field.mapped(self)))
        return self if len(ids) == len(self._ids) else self.__class__(self.env, ids, ids)

    def filtered_domain(self, domain):
        """Return the records that satisfy ``domain``, in their order."""
        if not domain or not self:
            return self
        return self.browse(tuple(self._domain_filter(domain)))

    @api.private
    def grouped(self, key):
        """Return ``{key: records}`` by a field name or a function; iteration over a group prefetches all records."""
        if isinstance(key, str):
            key = itemgetter(key)
        groups: dict = {}
        for record in self:
            groups.setdefault(key(record), []).append(record._ids[0])
        cls, env, prefetch_ids = self.__class__, self.env, self._prefetch_ids
        return {value: cls(env, tuple(ids), prefetch_ids) for value, ids in groups.items()}

    @api.private
    def sorted(self, key=None, reverse: bool = False):
        """Return the records sorted by ``key``: a function, a field name, an order clause, or the model's order."""
        if len(self._ids) < 2:
            return self
        if key is None:
            key = self._order
        if isinstance(key, str):
            if key in self._fields and not self._fields[key].relational:
                ids = self._sorted_by_field(self._fields[key], reverse)
            else:
                ids = self._sorted_by_order(key, reverse)
        else:
            ids = [record._ids[0] for record in sorted(self, key=key, reverse=reverse)]
        return self.__class__(self.env, tuple(ids), self._prefetch_ids)

    def _sorted_by_field(self, field, reverse) -> list:
        """Return the ids sorted by one field's column."""
        # fast path of _sorted_by_order()
        values = dict(zip(self._ids, field.mapped(self), strict=True))
        try:
            return sorted(self._ids, key=values.__getitem__, reverse=reverse)
        except TypeError:
            # empty values sort last, as in the database
            return sorted(
                self._ids,
                key=lambda id_: (
                    (not values[id_], values[id_] or 0) if not isinstance(values[id_], str) else (False, values[id_])
                ),
                reverse=reverse,
            )

    def _sorted_by_order(self, order, reverse) -> list:
        """Return the ids sorted by an order clause like ``"priority desc, name"``: by its terms, last to first."""
        ids = list(self._ids)
        for term in reversed(order.split(",")):
            words = term.split()
            if not words:
                continue
            name = words[0].partition(":")[0]
            descending = (len(words) > 1 and words[1].lower() == "desc") != reverse
            ids = self.browse(tuple(ids))._sorted_by_term(name, descending)
        return ids

    def _sorted_by_term(self, name, descending) -> list:
        head, _dot, tail = name.partition(".")
        field = self._fields[head]
        if field.relational:
            related = field.mapped(self)
            rank = {id_: index for index, id_ in enumerate(related.sorted(tail or None)._ids)}
            values = {record._ids[0]: rank.get(record[head]._ids[0]) if record[head] else None for record in self}
        else:
            values = {
                id_: None if value is False and field.type != "boolean" else value
                for id_, value in zip(self._ids, field.mapped(self), strict=True)
            }
        empty, full = partition(lambda id_: values[id_] is None, self._ids)
        full = sorted(full, key=values.__getitem__, reverse=descending)
        return [*empty, *full] if descending else [*full, *empty]

    @api.private
    def update(self, values: dict):
        """Assign ``values`` to the records, field by field, amounts of money after what may be their currency."""
        fields = self._fields
        for name in sorted(values, key=lambda name: fields[name].type == "monetary"):
            self[name] = values[name]

    # records in memory

    @api.private
    def new(self, values=None, origin=None, ref=None):
        """Return a record in memory with ``values``.

        :param origin: the database record that it mirrors
        :param ref: hashable by which the client knows it
        """
        if origin is not None:
            origin = origin.id if hasattr(origin, "_ids") else origin
        record = self.browse((NewId(origin, ref),))
        record._update_cache(values or {}, validate=False)
        return record

    def _update_cache(self, values: dict, validate: bool = True):
        """Put ``values`` into the cache of one record, with the inverse of relations; nothing is marked for writing.

        :param validate: check the values as an assignment would
        """
        self.ensure_one()
        fields, cache = self._fields, self.env.cache
        try:
            pairs = [(fields[name], value) for name, value in values.items() if name != "id"]
        except KeyError as error:
            raise ValueError(f"Invalid field {error.args[0]!r} on model {self._name!r}") from None
        for field, value in sorted(pairs, key=lambda pair: pair[0].write_order):
            cache.set(self, field, field.convert_to_cache(value, self, validate))
            if field.relational:
                self._update_inverses(field)
        if validate:
            self.modified([field.name for field, _value in pairs])

    def _update_inverses(self, field):
        """Make records in memory that ``field`` refers to know about this one."""
        if field.type not in ("one2many", "many2many", "many2one"):
            return
        cache = self.env.cache
        value = cache.get(self, field)
        if field.type == "many2one":
            value = () if value is None else (value,)
        related = self.env[field.comodel_name].browse(value)
        for inverse in self.pool.field_inverses[field]:
            for record in related:
                if record.id:
                    continue
                if inverse.type == "many2one":
                    cache.mirrors.lead(inverse, record._ids[0], self._ids[0], self.env.cache_key(inverse))
                elif inverse._matching(self):
                    if not record._origin:
                        inverse._cache_value(record)
                    cache.mirrors.join_later(inverse, record._ids[0], self._ids)

    def _convert_to_write(self, values: dict) -> dict:
        """Convert record values to what ``create`` and ``write`` take."""
        fields = self._fields
        written = {name: fields[name].convert_to_write(values[name], self) for name in values if name in fields}
        # the id of a record in memory means nothing to the database
        return {name: value for name, value in written.items() if not isinstance(value, NewId)}

    # the cache

    @api.private
    def invalidate_model(self, fnames: Iterable | None = None, flush: bool = True):
        """Forget the cached values of the model's fields (all by default), after writing what is pending."""
        if flush:
            self.flush_model(fnames)
        self._invalidate_cache(fnames)

    @api.private
    def invalidate_recordset(self, fnames: Iterable | None = None, flush: bool = True):
        """Forget the cached values of these records, after writing what is pending."""
        if flush:
            self.flush_recordset(fnames)
        self._invalidate_cache(fnames, self._ids)

    def _invalidate_cache(self, fnames=None, ids=None):
        fields = self._fields.values() if fnames is None else [self._fields[name] for name in fnames]
        spec = []
        for field in fields:
            spec.append((field, ids))
            # what mirrors a relation is as stale as the relation
            spec += [(inverse, None) for inverse in self.pool.field_inverses[field]]
        self.env.cache.invalidate(spec)
