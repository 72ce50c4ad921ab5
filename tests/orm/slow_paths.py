"""The slow path beside each fast path of the ORM, and how a test has it taken everywhere.

The product has no switches for that: what is patched here is the one place where the ways part.
"""

import functools
import inspect
from collections.abc import Callable

from odoo.models import BaseModel
from odoo.orm import flush as flushing
from odoo.orm import triggers
from odoo.orm.cache import Cache
from odoo.orm.domain import hierarchy
from odoo.orm.environment import Environment, Transaction
from odoo.orm.features import display_names
from odoo.orm.features.import_export import exporting
from odoo.orm.fields.base import Field
from odoo.orm.fields.descriptor import Descriptor, ToOneDescriptor
from odoo.orm.fields.many2many import Many2many
from odoo.orm.fields.numeric import Monetary
from odoo.orm.fields.x2many import RelationalMulti
from odoo.orm.plans import read as read_plans
from odoo.orm.plans.model_plans import forget_plans
from odoo.orm.plans.recent import Recent
from odoo.orm.records import insert, search, write
from odoo.orm.records.batch import CreateBatch
from odoo.orm.state.columns import Columns, insert_column

__all__ = ["SLOW", "Slowly"]

#: name of a fast path -> function that puts it out of use
SLOW: dict[str, Callable] = {}

#: slow paths that have what waits written by another user -> the fields that tell
OTHER_WRITERS = dict.fromkeys(("flush_of_what_is_compared",), ("write_uid", "write_date"))
#: slow paths by which lines come in another order -> the fields that depend on it
OTHER_ORDER = dict.fromkeys(("fill_after_insert", "unchanged_values"), ("last_product",))


def slow(function):
    """Decorator: the function puts the fast path of its name out of use, through the :class:`Slowly` that it gets."""
    SLOW[function.__name__] = function
    return function


class Slowly:
    """Context in which a fast path is out of use; counts how often the slow one was taken in its place."""

    def __init__(self, name, monkeypatch, registry):
        self.name, self.patch, self.registry = name, monkeypatch, registry
        self.taken = 0
        #: what is to be put right afterwards
        self.at_end: list = []
        #: fields that may differ
        self.hidden = OTHER_WRITERS.get(name) or OTHER_ORDER.get(name, ())
        #: whether lines come in the same order
        self.same_order = name not in OTHER_ORDER

    def __enter__(self):
        SLOW[self.name](self)
        self._forget()
        return self

    def __exit__(self, *error):
        self.patch.undo()
        self._forget()
        while self.at_end:
            self.at_end.pop()()

    @staticmethod
    def _forget():
        """Forget what was worked out with other methods in place."""
        forget_plans(BaseModel)

    def instead(self, owner, name, function, kind=None):
        """Have ``function`` run in place of ``owner.name``, a function, method, or ``kind`` of method."""

        def counted(*args, **kwargs):
            self.taken += 1
            return function(*args, **kwargs)

        self.patch.setattr(owner, name, kind(counted) if kind else counted)

    def instead_item(self, field, name, function):
        """Have ``function`` run in place of what an attribute of one field is."""

        def counted(*args):
            self.taken += 1
            return function(*args)

        self.patch.setitem(field.__dict__, name, counted)

    def always(self, owner, name, value, kind=None):
        """Have ``owner.name`` give ``value`` whatever it is called with."""
        self.instead(owner, name, lambda *args, **kwargs: value, kind)

    def in_all(self, base, name, function, but=()):
        """Have ``function`` run in place of the method in ``base`` and every class above or below that defines it."""
        for kind in dict.fromkeys((*base.__mro__[:-1], *_below(base))):
            if name in kind.__dict__ and kind.__name__ not in but:
                self.instead(kind, name, function)

    def wrapped(self, owner, name):
        """Wrap a method, as an addon overrides it, without changing what it does."""
        method = inspect.getattr_static(owner, name)

        def override(*args, **kwargs):
            self.taken += 1
            return method(*args, **kwargs)

        for attribute in ("_api", "_readonly", "_returns"):
            if hasattr(method, attribute):
                setattr(override, attribute, getattr(method, attribute))
        self.patch.setattr(owner, name, override)

    def every_model(self) -> list:
        """Return the registry classes."""
        return list(self.registry.models.values())

    def every_field(self) -> list:
        """Return the fields of all models."""
        return [field for model in self.every_model() for field in model._fields.values()]


def _below(base):
    yield base
    for kind in base.__subclasses__():
        yield from _below(kind)


def _each(records) -> list:
    """Return the records one by one, with their prefetching."""
    return [records.__class__(records.env, (id_,), records._prefetch_ids) for id_ in records._ids]


def _twice(records):
    """Return a record twice: the same to every method, but no singleton."""
    return records.browse(records._ids * 2) if len(records._ids) == 1 else records


# reading a field


def _read_one(field, record, owner=None):
    return field if record is None else field._get(record)


def _union(field, records):
    related = [_read_one(field, record) for record in _each(records)]
    return records.env[field.comodel_name].union(*related)


@slow
def descriptor_get(slowly):
    slowly.instead(Descriptor, "__get__", _read_one)
    slowly.instead(ToOneDescriptor, "__get__", _read_one)


@slow
def cache_values(slowly):
    def one_by_one(field, records):
        return [field._cache_value(record) for record in _each(records)]

    slowly.instead(Descriptor, "cache_values", one_by_one)


@slow
def convert_to_record_multi(slowly):
    def one_by_one(field, values, records):
        converted = [
            field.convert_to_record(value, record) for value, record in zip(values, _each(records), strict=False)
        ]
        return records.env[field.comodel_name].union(*converted) if field.relational else converted

    slowly.in_all(Field, "convert_to_record_multi", one_by_one)


@slow
def convert_to_read_multi(slowly):
    def one_by_one(field, values, records, use_display_name=True):
        return [field.convert_to_read(record[field.name], record, use_display_name) for record in _each(records)]

    # those of properties convert a single value by the same code
    slowly.in_all(Field, "convert_to_read_multi", one_by_one, but=("Properties", "PropertiesDefinition"))


@slow
def column_for_read(slowly):
    def one_by_one(records, field):
        return [field._cache_value(record) for record in _each(records)]

    slowly.instead(BaseModel, "_column_for_read", one_by_one, staticmethod)


@slow
def fetched(slowly):
    slowly.always(Columns, "fetched", None)


@slow
def park(slowly):
    def build(columns, field, ids, values):
        insert_column(columns.column(field), ids, values)

    slowly.instead(Columns, "park", build)


@slow
def to_prefetch(slowly):
    slowly.instead(Field, "_to_prefetch", lambda field, record: record.with_prefetch(record._ids))


# fetching


@slow
def prefetch_columns(slowly):
    slowly.instead(BaseModel, "_fetch_field", lambda records, field: records.fetch([field.name]))


@slow
def prefetch_log_columns(slowly):
    slowly.always(BaseModel, "_prefetch_log_columns", ())


@slow
def continues_loop(slowly):
    slowly.always(BaseModel, "_continues_loop", False)


@slow
def lacks(slowly):
    slowly.instead(BaseModel, "_lacks", lambda records, field: field.name != "id")


@slow
def may_read_all(slowly):
    slowly.always(BaseModel, "_may_read_all", False)


@slow
def plain_columns(slowly):
    slowly.always(BaseModel, "_plain_columns", None)


@slow
def filtered_by(slowly):
    slowly.always(RelationalMulti, "_filtered_by", [])


@slow
def search_fetch(slowly):
    method = BaseModel.search_fetch

    def search_and_fetch(model, domain, field_names, offset=0, limit=None, order=None):
        # what may not be read is refused before the search
        model._determine_fields_to_fetch(field_names)
        found = method(model, domain, [], offset=offset, limit=limit, order=order)
        found.fetch(field_names)
        return found

    for attribute in ("_api", "_readonly", "_returns"):
        setattr(search_and_fetch, attribute, getattr(method, attribute))
    slowly.patch.setattr(BaseModel, "search_fetch", search_and_fetch)
    slowly.taken = 1


@slow
def is_found(slowly):
    slowly.always(Transaction, "is_found", False)


# searching


@slow
def search_plans_key(slowly):
    slowly.always(search, "search_key", None)


@slow
def plain_order(slowly):
    slowly.always(BaseModel, "_plain_order", None)


@slow
def condition_to_sql(slowly):
    for model in slowly.every_model():
        slowly.wrapped(model, "_condition_to_sql")


@slow
def order_field_to_sql(slowly):
    for model in slowly.every_model():
        slowly.wrapped(model, "_order_field_to_sql")


@slow
def search_override(slowly):
    for model in slowly.every_model():
        slowly.wrapped(model, "_search")


@slow
def flush_of_what_is_compared(slowly):
    method = Environment.flush_query

    def flush(env, query):
        if env.transaction.protected:
            # what depends on a value that is just being computed must wait for it
            method(env, query)
        else:
            env.flush_all()

    slowly.instead(Environment, "flush_query", flush)


@slow
def name_search(slowly):
    for field in slowly.every_field():
        if field.name == "display_name" and field.search == "_search_display_name":
            slowly.instead_item(field, "search", lambda model, *condition: model._search_display_name(*condition))


@slow
def name_column(slowly):
    slowly.always(read_plans, "_name_column", None)


@slow
def fetch_rows(slowly):
    slowly.always(BaseModel, "_fetch_rows", None)


@slow
def empty_cache(slowly):
    slowly.always(Columns, "is_empty", False)


@slow
def known_names(slowly):
    slowly.always(BaseModel, "_known_names", None)


@slow
def names_along(slowly):
    slowly.always(BaseModel, "_names_along", ())


@slow
def compute_rec_name(slowly):
    def one_by_one(records):
        field = records._fields.get(records._rec_name or "")
        for record in records:
            if field is None:
                record.display_name = f"{record._name},{record.id}"
            else:
                record.display_name = field.convert_to_display_name(record[field.name], record)

    slowly.instead(display_names, "_compute_from_rec_name", one_by_one)


@slow
def stored_referrers(slowly):
    def by_search(records, edge, model, ids):
        everything = model.sudo().with_context(active_test=False)
        return everything.search([(edge.name, "in", list(ids))], order="id")._ids

    slowly.instead(BaseModel, "_stored_referrers", by_search)


# recordsets


@slow
def filtered(slowly):
    method = BaseModel.filtered

    def by_function(records, func):
        if isinstance(func, str) and "." not in func:
            return method(records, lambda record: record[func])
        return method(records, func)

    slowly.instead(BaseModel, "filtered", by_function)


@slow
def sorted_by_field(slowly):
    slowly.instead(
        BaseModel,
        "_sorted_by_field",
        lambda records, field, reverse: records._sorted_by_order(field.name, reverse),
    )


@slow
def compute_related(slowly):
    def one_by_one(field, records):
        for record in records:
            target, its_field = field.traverse_related(record)
            record[field.name] = field._related_value(target[its_field.name], record.env)

    for field in slowly.every_field():
        if field.compute == field._compute_related:
            slowly.instead_item(field, "compute", functools.partial(one_by_one, field))


@slow
def export_column(slowly):
    method = exporting._column

    def one_by_one(records, path, external_ids):
        return [method(record, path, external_ids)[0] for record in _each(records)]

    slowly.instead(exporting, "_column", one_by_one)


# writing


@slow
def assign(slowly):
    slowly.always(BaseModel, "_assign", False)


@slow
def plain_write(slowly):
    for field in slowly.every_field():
        if field.plain_write:
            slowly.taken += 1
            slowly.patch.setitem(field.__dict__, "plain_write", False)


@slow
def amounts_by_currency(slowly):
    def each_alone(field, records, value):
        for record in _each(records):
            Field.write(field, record, value)

    slowly.instead(Monetary, "write", each_alone)


@slow
def modified_override(slowly):
    for model in slowly.every_model():
        slowly.wrapped(model, "modified")


@slow
def write_multi_override(slowly):
    for model in slowly.every_model():
        slowly.wrapped(model, "_write_multi")


@slow
def mark_stale(slowly):
    method = BaseModel._mark_stale
    slowly.instead(
        BaseModel, "_mark_stale", lambda records, field, create=False: method(_twice(records), field, create)
    )


@slow
def backward(slowly):
    method = BaseModel._backward
    slowly.instead(BaseModel, "_backward", lambda records, edge: method(_twice(records), edge))


@slow
def touch(slowly):
    method = write._touch
    slowly.instead(write, "_touch", lambda records: method(_twice(records)))


@slow
def affects(slowly):
    slowly.always(triggers.TriggerTree, "affects", True)


@slow
def differing_records(slowly):
    method = Cache.get_records_different_from
    slowly.instead(
        Cache,
        "get_records_different_from",
        lambda cache, records, field, value: records.browse(
            dict.fromkeys(method(cache, _twice(records), field, value)._ids)
        ),
    )


@slow
def relation_rows_at_once(slowly):
    method = Many2many.write_real

    def write_at_once(field, records_commands_list, create=False):
        method(field, records_commands_list, create)
        env = records_commands_list[0][0].env
        flushing.write_links(env.cr, env.transaction.unit.links)

    slowly.instead(Many2many, "write_real", write_at_once)


@slow
def update_in_batches(slowly):
    def each_alone(dirty):
        for id_ in dict.fromkeys(id_ for ids in dirty.values() for id_ in ids):
            yield (id_,), [field for field, ids in dirty.items() if id_ in ids]

    slowly.instead(flushing, "_by_columns", each_alone)


@slow
def mixed_updates(slowly):
    slowly.always(flushing, "_may_be_mixed", False)


@slow
def lookup(slowly):
    slowly.instead(Recent, "find", lambda recent, key, build, *arguments: build(*arguments))
    slowly.always(Recent, "keep", None)


# creating


@slow
def modified_by_insert(slowly):
    slowly.instead(
        BaseModel,
        "_modified_by_insert",
        lambda records: records.modified(records._plans.inserting.changed, create=True),
    )


@slow
def insert_one(slowly):
    method = insert._insert_rows
    slowly.instead(insert, "_insert_rows", lambda model, columns, count: method(model, columns, _Several(count)))


class _Several(int):
    """A number of rows that is never one."""

    def __eq__(self, other):
        return False

    __hash__ = int.__hash__


@slow
def copy_rows(slowly):
    slowly.instead(insert, "_copy_rows", insert._insert_rows)


@slow
def mixed_batch(slowly):
    method = BaseModel._create_records

    def one_by_one(model, vals_list):
        return model.concat(*(method(model, [vals]) for vals in vals_list))

    slowly.instead(BaseModel, "_create_records", one_by_one)


@slow
def fill_after_insert(slowly):
    def forget(model, records, cached, mixed=False):
        mirrors = [inverse for field in cached for inverse in model.pool.field_inverses[field]]
        model.env.cache.invalidate([(inverse, None) for inverse in mirrors])

    slowly.instead(insert, "_fill_cache", forget)


@slow
def fill_empty(slowly):
    method = insert._fill_empty
    slowly.instead(insert, "_fill_empty", lambda records, cached: method(_twice(records), cached))


@slow
def create_column(slowly):
    for kind in _below(Field):
        if method := kind.__dict__.get("create_column"):
            slowly.instead(
                kind,
                "create_column",
                lambda field, vals_list, model, method=method: [method(field, [vals], model)[0] for vals in vals_list],
            )


@slow
def columns_of_one_record(slowly):
    def one_by_one(batch, model):
        columns = {field: batch._column(field, model) for field in batch.plan.columns}
        cached = {field: values for field, (values, _stored) in columns.items()}
        return cached, {field.name: stored for field, (_values, stored) in columns.items()}

    slowly.instead(CreateBatch, "columns", one_by_one)


@slow
def default_get(slowly):
    for model in slowly.every_model():
        slowly.wrapped(model, "default_get")


@slow
def create_relations(slowly):
    slowly.instead(
        RelationalMulti, "create", lambda field, record_values: field.write_batch(list(record_values), create=False)
    )


@slow
def to_columns(slowly):
    method = Field.to_columns

    def one_by_one(field, values, model):
        if field.context_keys or field.company_dependent:
            return method(field, values, model)
        return [None if value is None else field.convert_to_column_update(value, model) for value in values]

    slowly.instead(Field, "to_columns", one_by_one)


@slow
def unchanged_values(slowly):
    slowly.instead(Cache, "get_records_different_from", lambda cache, records, field, value: records)


@slow
def nothing_refers_to_new_records(slowly):
    method = BaseModel._mark_dependents
    slowly.instead(BaseModel, "_mark_dependents", lambda records, tree, create=False: method(records, tree))


@slow
def there_and_back(slowly):
    def forget():
        slowly.registry._trigger_trees.clear()
        slowly.registry._modified_trees.clear()
        slowly.registry._mirrors_trees.clear()

    slowly.instead(triggers, "_joined", lambda path1, path2: (*path1, *path2))
    forget()
    slowly.at_end.append(forget)


# what clients and trees ask


@slow
def iteration(slowly):
    slowly.instead(BaseModel, "__iter__", lambda records: iter(_each(records)))


@slow
def descendants(slowly):
    def level_by_level(records, parent_name):
        found, level = dict.fromkeys(records._ids), records
        while level := level.search([(parent_name, "in", level.ids), ("id", "not in", list(found))]):
            found.update(dict.fromkeys(level._ids))
        return list(found)

    slowly.instead(hierarchy, "_descendants", level_by_level)


@slow
def ancestors(slowly):
    def level_by_level(records, parent_name):
        found, level = dict.fromkeys(records._ids), records
        while level := level[parent_name] - level.browse(found):
            found.update(dict.fromkeys(level._ids))
        return list(found)

    slowly.instead(hierarchy, "_ancestors", level_by_level)


@slow
def count_of_a_page(slowly):
    model = slowly.registry["base"]
    method = model._format_web_search_read_results

    def count(records, *args, **kwargs):
        return method(records.with_context(force_search_count=True), *args, **kwargs)

    slowly.instead(model, "_format_web_search_read_results", count)


@slow
def unlinked_groups(slowly):
    method = BaseModel._read_group_unlinked
    slowly.instead(
        BaseModel,
        "_read_group_unlinked",
        lambda model, groups, spec, domain, complete: method(model, groups, spec, domain, False),
    )
