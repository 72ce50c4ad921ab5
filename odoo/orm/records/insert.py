"""Inserting the rows of new records, and filling the cache with what is in them."""

import io
from collections import defaultdict

from odoo.sql import SQL

from ..cache import NOTHING
from ..plans.model_plans import plans_of

__all__ = ["insert_batch"]

#: from how many rows on COPY beats INSERT ... VALUES
COPY_THRESHOLD = 40
#: rows of one INSERT
INSERT_BATCH = 500


def insert_batch(model, batch):
    """Insert the rows, fill the cache with what is in them, and return the records."""
    count = len(batch.vals_list)
    copied = count >= COPY_THRESHOLD and not any(field.type == "binary" for field in batch.plan.columns)
    if copied and batch.is_mixed:
        groups = batch.alike(model)
        if count >= COPY_THRESHOLD * len(groups):
            return _insert_groups(model, groups, count)
    # a default of the database cannot be copied
    return _insert(model, batch, batch.columns(model), copied and not batch.is_mixed)


def _insert_groups(model, groups, count):
    """Insert ``count`` rows by groups, each large enough for a statement of its own; return them in order."""
    ids: list = [None] * count
    # values of any group may be refused: before there are rows of another
    converted = [batch.columns(model) for _indexes, batch in groups]
    for (indexes, batch), values in zip(groups, converted, strict=True):
        copied = len(indexes) >= COPY_THRESHOLD
        for index, id_ in zip(indexes, _insert(model, batch, values, copied)._ids, strict=True):
            ids[index] = id_
    return model.browse(tuple(ids))


def _insert(model, batch, converted, copied):
    """Insert the rows of a batch with converted values, by COPY or not; fill the cache, and return the records."""
    env, count = model.env, len(batch.vals_list)
    cached, columns = converted
    now = env.cr.now()
    if model._log_access:
        for name, value in (
            ("create_uid", env.uid),
            ("create_date", now),
            ("write_uid", env.uid),
            ("write_date", now),
        ):
            if name not in columns:
                columns[name] = [value] * count
                cached[model._fields[name]] = columns[name]
    ids = (_copy_rows if copied else _insert_rows)(model, columns, count)
    records = model.browse(ids)
    _fill_cache(model, records, cached, batch.is_mixed)
    return records


def _copy_rows(model, columns, count) -> tuple:
    """Insert many rows with COPY, their ids taken from the sequence beforehand."""
    # fast path of _insert_rows()
    cr = model._cr
    cr.execute(SQL("SELECT nextval(%s) FROM generate_series(1, %s)", f'"{model._table}_id_seq"', count))
    ids = tuple(row[0] for row in cr.fetchall())
    texts = [list(map(str, ids)), *(_copy_texts(values) for values in columns.values())]
    stream = io.StringIO("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n")
    names = ", ".join(f'"{name}"' for name in ("id", *columns))
    cr.copy_expert(f'COPY "{model._table}" ({names}) FROM STDIN', stream)
    model.env.transaction.inserted_rows.add(cr, model._table, count)
    return ids


_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _copy_texts(values) -> list:
    """Return column values in the text format of COPY."""
    texts = []
    append = texts.append
    for value in values:
        if value is None:
            append("\\N")
        elif type(value) is str:
            # fast path of str.translate(): nothing to escape
            append(
                value.translate(_ESCAPES)
                if (not value.isalnum() and not value.isprintable()) or "\\" in value
                else value
            )
        elif value is True:
            append("t")
        elif value is False:
            append("f")
        elif hasattr(value, "adapted"):
            append(value.dumps(value.adapted).translate(_ESCAPES))
        else:
            append(str(value))
    return texts


def _insert_rows(model, columns, count) -> tuple:
    """Insert a few rows with INSERT; return their ids in order."""
    cr = model._cr
    table = SQL.identifier(model._table)
    if not columns:
        ids = []
        for _index in range(count):
            cr.execute(SQL("INSERT INTO %s DEFAULT VALUES RETURNING id", table))
            ids.append(cr.fetchone()[0])
        return tuple(ids)
    rows = list(zip(*columns.values()))  # noqa: B905 - a keyword makes zip() half as slow again
    # fast path of what is below: a statement that is kept
    if count == 1:
        statement = plans_of(model).inserts.find(tuple(columns), _insert_statement, model, columns)
        cr.execute(statement, rows[0])
        return cr.fetchone()
    names = SQL(", ").join(SQL.identifier(name) for name in columns)
    ids = []
    for start in range(0, count, INSERT_BATCH):
        batch = rows[start : start + INSERT_BATCH]
        cr.execute(SQL("INSERT INTO %s (%s) VALUES %s RETURNING id", table, names, SQL(", ").join(batch)))
        ids += [row[0] for row in cr.fetchall()]
    return tuple(ids)


def _insert_statement(model, columns) -> str:
    """Return the statement that inserts one row with the given columns."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{model._table}" ({names}) VALUES ({", ".join(["%s"] * len(columns))}) RETURNING id'


def _fill_cache(model, records, cached, mixed=False):
    """Put the inserted values into the cache, and that all other columns and relations are empty.

    :param cached: ``{field: values}``; of a ``mixed`` batch, some values may be ``NOTHING``, for those not known
    """
    # fast path of fetch(): what was just inserted is known
    ids = records._ids
    cache = model.env.cache
    alone = ids[0] if len(ids) == 1 else None
    for field, values in cached.items():
        column = field.written_column(model) if field.context_keys else cache.columns.column(field)
        if alone is not None:
            column[alone] = values[0]
        elif mixed and field.context_keys:
            known = zip(ids, values, strict=True)
            column.update((id_, value) for id_, value in known if value is not NOTHING)
        else:
            column.update(zip(ids, values))  # noqa: B905 - a keyword makes zip() half as slow again
    _fill_empty(records, cached)
    # whether they match the domains of the other side shows once all their values are there
    for field, values in cached.items():
        if field.type in ("many2one", "many2one_reference"):
            _join_lines(model, field, ids, values)


def _fill_empty(records, cached):
    """Put into the cache that records just inserted have nothing in columns other than those of ``cached``."""
    ids = records._ids
    live = records.env.live
    plan = plans_of(records).inserting
    for field in plan.attachments:
        records.env.cache.field_data(records, field).update(dict.fromkeys(ids))
    # fast path of what is below
    if len(ids) == 1:
        id_ = ids[0]
        for field in plan.empty_columns:
            if field not in cached:
                live[field][id_] = None
        for field in plan.empty_relations:
            live[field][id_] = ()
        return
    empty = dict.fromkeys(ids)
    for field in plan.empty_columns:
        if field not in cached:
            live[field].update(empty)
    empty = dict.fromkeys(ids, ())
    for field in plan.empty_relations:
        live[field].update(empty)


def _join_lines(model, field, ids, values):
    """Add new records to the cached one2many fields that mirror a many2one, or a reference, of theirs."""
    cache = model.env.cache
    for inverse in model.pool.field_inverses[field]:
        if inverse.type != "one2many":
            continue
        if not any(cache.columns.every(inverse)):
            continue
        groups: dict = defaultdict(list)
        for id_, value in zip(ids, values, strict=False):
            if value is not None:
                groups[value].append(id_)
        # which of them a domain takes is read again when somebody asks
        limited = bool(inverse.get_domain_list(model.env[inverse.model_name]))
        if limited:
            cache.columns.forget(inverse, groups)
            continue
        for value, new_ids in groups.items():
            cache.mirrors.join_new(inverse, value, new_ids)
