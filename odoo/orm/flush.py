"""The flush: what a transaction has in memory only is computed, and written to the database.

It has one order, of which :meth:`~FlushMixin.flush_model` and :meth:`~FlushMixin.flush_recordset` follow the part that
concerns their fields:

1. Stale stored fields are computed, those that others depend on first (``registry.field_rank``), until none is stale.
2. Pending rows of relation tables are written: one DELETE and one INSERT for each table.
3. What changed of records is taken, model by model, in the order in which values became dirty. One UPDATE writes few
   rows, or each set of columns that changed together; ``write_uid`` and ``write_date`` come along, and are all that is
   written where a write changed nothing.
4. What this made stale or dirty goes round again.

Any other statement on the cursor is preceded by 2, too: it sees the rows as if they had been written at once.
"""

import json
from collections.abc import Iterable

import psycopg2
from psycopg2.extras import Json

from odoo.exceptions import MissingError
from odoo.sql import SQL

from . import decorators as api
from .names import LOG_WRITE_COLUMNS
from .overrides import is_overridden, original
from .pg_errors import name_failed_link

__all__ = ["FlushMixin", "flush_all", "write_links"]

#: how often a flush recomputes and writes before it is taken for an endless loop
MAX_FLUSH_ROUNDS = 100
#: up to how many rows of which other columns changed are written by one UPDATE
MIXED_ROWS = 100


def flush_all(env):
    """Compute all stale fields and write all changes of the transaction.

    :param env: environment that computes and writes
    :raise RuntimeError: values keep changing while they are written
    """
    changes = env.cache.changes
    for _round in range(MAX_FLUSH_ROUNDS):
        if env.transaction.stale:
            _compute_stale(env)
        env.cr.run_before_statement()
        if not changes:
            return
        for model_name in changes.models():
            env[model_name]._flush()
    raise RuntimeError(f"values keep changing while being written: {[str(field) for field in changes.fields()]}")


def _compute_stale(env):
    """Compute the stored fields that are marked, in dependency order as far as it is known."""
    stale = env.transaction.stale
    for _round in range(MAX_FLUSH_ROUNDS):
        pending = stale.fields_of_rows()
        if not pending:
            return
        pending.sort(key=env.registry.field_rank)
        for field in pending:
            if stale.ids(field) is not None:
                env[field.model_name]._recompute_field(field)
    raise RuntimeError(f"fields keep asking for recomputation: {[str(field) for field in pending]}")


def write_links(cr, links):
    """Write the pending rows of relation tables.

    :param cr: cursor that writes them
    :param links: the :class:`~odoo.orm.state.links.Links`, which are empty afterwards
    :raise psycopg2.Error: the database refuses a row; the error names its link, see :func:`name_failed_link`
    """
    for change in links.take():
        names = [SQL.identifier(name) for name in (change.relation, *change.columns)]
        for rows, write in ((change.removed, _delete_pairs), (change.added, _insert_pairs)):
            if rows:
                try:
                    cr.execute(write(names, *map(list, zip(*rows, strict=True))))
                except psycopg2.Error as error:
                    name_failed_link(error, change.columns, rows)
                    raise


def _delete_pairs(names, values1, values2) -> SQL:
    return SQL(
        "DELETE FROM %s r USING unnest(%s, %s) AS v(a, b) WHERE r.%s = v.a AND r.%s = v.b",
        names[0],
        values1,
        values2,
        *names[1:],
    )


def _insert_pairs(names, values1, values2) -> SQL:
    return SQL("INSERT INTO %s (%s, %s) SELECT * FROM unnest(%s, %s) ON CONFLICT DO NOTHING", *names, values1, values2)


class FlushMixin:
    """The flush of some fields of one model."""

    __slots__ = ()

    @api.private
    def flush_model(self, fnames: Iterable | None = None):
        """Compute what is pending for the given fields of the model (all by default) and write its changes."""
        self._flush_depends()
        self._recompute_model(fnames)
        self._flush_if_dirty(fnames)

    @api.private
    def flush_recordset(self, fnames: Iterable | None = None):
        """Like :meth:`flush_model`, when something is pending on these records."""
        self._recompute_recordset(fnames)
        if _has_dirty(self, fnames):
            self._flush()

    def _flush_depends(self):
        """Write what the query that stands for the model's table reads (``_depends``)."""
        for model_name, names in self._depends.items():
            self.env[model_name].flush_model(names)

    def _flush_if_dirty(self, fnames):
        """Write the changes of the model when one of the given fields, by default of all, has values to write."""
        changes = self.env.cache.changes
        if fnames is None or (self._log_access and not set(LOG_WRITE_COLUMNS).isdisjoint(fnames)):
            if changes.includes(self._name):
                self._flush()
        elif changes.has_values() and any(changes.ids(self._fields[name]) is not None for name in fnames):
            self._flush()

    def _recompute_model(self, fnames=None):
        """Compute what is pending for the given fields of the model."""
        for field in self._pending_fields(fnames):
            self._recompute_field(field)

    def _recompute_recordset(self, fnames=None):
        """Compute what is pending for the given fields of these records."""
        for field in self._pending_fields(fnames):
            self._recompute_field(field, self._ids)

    def _pending_fields(self, fnames) -> list:
        """Return those of the given fields, by default of all the model's, that have values to compute."""
        stale = self.env.transaction.stale
        if not stale:
            return []
        if fnames is None:
            return [field for field in stale.fields() if field.model_name == self._name]
        return [field for name in fnames if stale.ids(field := self._fields[name]) is not None]

    def _recompute_field(self, field, ids=None):
        """Compute a stored field where it is pending on database records, or on those among ``ids``."""
        pending = self.env.transaction.stale.ids(field) or ()
        ids = tuple(id_ for id_ in (pending if ids is None else ids) if id_ and id_ in pending)
        if ids:
            field.recompute(self.browse(ids))

    def _flush(self):
        """Write all changed values of the model: one UPDATE for each set of columns that changed together.

        Few rows are written by one UPDATE, whatever changed of each.
        """
        model = self.browse().sudo()
        dirty, pending, touched = self.env.cache.changes.take(self._name)
        groups = list(_by_columns(dirty))
        # a write that changes nothing is a write all the same
        unchanged = touched.keys() - {id_ for ids in dirty.values() for id_ in ids} if touched else ()
        if unchanged:
            groups.append((tuple(unchanged), []))
        # fast path of _write_multi()
        if is_overridden(self, "_write_multi"):
            self._write_rows(groups, pending, touched)
            return
        if len(groups) > 1 and _may_be_mixed(self, groups, dirty):
            _update_mixed_rows(model, [id_ for ids, _fields in groups for id_ in ids], dirty, touched)
            return
        for ids, group in groups:
            columns = {field: _column_values(model, field, ids, pending.get(field)) for field in group}
            _update_rows(self, ids, columns, touched)

    def _write_rows(self, groups, pending, touched):
        """Have :meth:`_write_multi` write what changed, as ``{column: value}`` for each row."""
        model, now = self.browse().sudo(), self._cr.now()
        rows: dict = {}
        for ids, group in groups:
            for id_ in ids:
                rows[id_] = (
                    {"write_uid": touched[id_], "write_date": now} if self._log_access and id_ in touched else {}
                )
            for field in group:
                values = _column_values(model, field, ids, pending.get(field))
                for id_, value in zip(ids, values, strict=True):
                    rows[id_][field.name] = value
        self.browse(rows)._write_multi(list(rows.values()))

    @original
    def _write_multi(self, vals_list):
        """Write rows, all that changed of them, computed values too; addons extend it to see what is written.

        :param list vals_list: for each record, ``{name of a column: its value in the database}``
        """
        groups: dict = {}
        now = self._cr.now()
        for record, vals in zip(self, vals_list, strict=True):
            # the usual ones are added to each UPDATE
            logged = self._log_access and vals.get("write_date", now) == now
            columns = {name: value for name, value in vals.items() if not (logged and name in LOG_WRITE_COLUMNS)}
            groups.setdefault(tuple(columns), []).append((record.id, columns, vals.get("write_uid")))
        for names, rows in groups.items():
            _update_rows(
                self,
                [id_ for id_, _columns, _writer in rows],
                {self._fields[name]: [columns[name] for _id, columns, _writer in rows] for name in names},
                {id_: writer for id_, _columns, writer in rows if writer is not None},
            )


def _has_dirty(records, fnames) -> bool:
    """Tell whether one of ``records`` has a value to write, of the given fields or of any."""
    changes = records.env.cache.changes
    if not changes.has_values():
        return False
    fields = records._fields.values() if fnames is None else [records._fields[name] for name in fnames]
    return changes.includes_any(fields, records._ids)


def _by_columns(dirty: dict):
    """Yield ``(ids, fields)`` groups of the records that have the same fields to write."""
    # fast path of an UPDATE for each record
    items = list(dirty.items())
    first = items[0][1].keys() if items else ()
    if all(ids.keys() == first for _field, ids in items):
        if first:
            yield tuple(first), [field for field, _ids in items]
        return
    by_id: dict = {}
    for field, ids in items:
        for id_ in ids:
            by_id.setdefault(id_, []).append(field)
    groups: dict = {}
    for id_, fields in by_id.items():
        groups.setdefault(tuple(fields), []).append(id_)
    for fields, ids in groups.items():
        yield tuple(ids), list(fields)


def _may_be_mixed(model, groups, dirty: dict) -> bool:
    """Tell whether one UPDATE may write rows of which other columns changed.

    It writes them in any order. Where values are unique, one row may have to give its value up before another gets it.
    """
    if sum(len(ids) for ids, _fields in groups) > MIXED_ROWS:
        return False
    if any(field.context_keys or field.name in LOG_WRITE_COLUMNS for field in dirty):
        return False
    return not model._plans.may_be_unique


def _update_mixed_rows(model, ids: list, dirty: dict, touched: dict):
    """Update rows of which other columns changed; the others stay as they are, whatever the cache has of them."""
    # fast path of _update_rows() for each set of columns
    columns, changed = {}, {}
    for field, own_ids in dirty.items():
        values = dict(zip(own_ids, _column_values(model, field, own_ids, None), strict=True))
        columns[field] = [values.get(id_) for id_ in ids]
        if len(values) < len(ids):
            changed[field] = [id_ in values for id_ in ids]
    _update_rows(model, ids, columns, touched, changed)


def _column_values(model, field, ids, pending) -> list:
    """Return what the rows ``ids`` get in the column of ``field``.

    :param pending: of a field with context keys, ``{id: {key: value}}``
    """
    if pending is not None:
        if field.column_type[0] == "jsonb":
            return [Json(field.key_column(pending[id_])) for id_ in ids]
        return field.to_columns([next(reversed(pending[id_].values())) for id_ in ids], model)
    column = model.env.cache.columns.column(field)
    return field.to_columns([column[id_] for id_ in ids], model)


def _update_rows(model, ids, columns: dict, touched: dict, changed: "dict | None" = None):
    """Update the rows ``ids``; columns with one value for all rows are constants, the others come from arrays.

    :param columns: ``{field: values}``
    :param changed: of columns that did not change in all the rows, ``{field: whether it did, for each row}``
    """
    constants, arrays = [], []
    changed = changed or {}
    for field, values in columns.items():
        name = SQL.identifier(field.name)
        merge = field.context_keys and field.column_type[0] == "jsonb"
        if not (merge or field in changed) and (len(values) == 1 or values.count(values[0]) == len(values)):
            constants.append(SQL("%s = %s", name, values[0]))
        else:
            arrays.append((field, name, values, merge))
    constants += _log_columns(model, ids, columns, touched)
    table = SQL.identifier(model._table)
    cr, ids = model._cr, list(ids)
    if not arrays:
        cr.execute(SQL("UPDATE %s t SET %s WHERE t.id = ANY(%s)", table, SQL(", ").join(constants), ids))
        if cr.rowcount < len(ids):
            _refuse_missing(model, ids, touched)
        return
    assignments = list(constants)
    sources, names = [SQL("%s::int4[]", ids)], [SQL("id")]
    for index, (field, name, values, merge) in enumerate(arrays):
        alias = SQL.identifier(f"v{index}")
        sources.append(SQL("%s::" + field.column_type[0] + "[]", values))
        names.append(alias)
        source = SQL("v.%s", alias)
        if merge:
            source = _merged_jsonb(model, field, SQL("t.%s", name), source)
        if field in changed:
            mark = SQL.identifier(f"c{index}")
            sources.append(SQL("%s::bool[]", changed[field]))
            names.append(mark)
            source = SQL("CASE WHEN v.%s THEN %s ELSE t.%s END", mark, source, name)
        assignments.append(SQL("%s = %s", name, source))
    cr.execute(
        SQL(
            "UPDATE %s t SET %s FROM unnest(%s) AS v(%s) WHERE t.id = v.id",
            table,
            SQL(", ").join(assignments),
            SQL(", ").join(sources),
            SQL(", ").join(names),
        )
    )
    if cr.rowcount < len(ids):
        _refuse_missing(model, ids, touched)


def _refuse_missing(model, ids: list, touched: dict):
    """Refuse what somebody wrote on records that do not exist; what was computed for such records does not matter.

    Of models that do not log who writes, nobody knows which it was.

    :raise MissingError: there are such records
    """
    written = model.browse([id_ for id_ in ids if id_ in touched] if model._log_access else ids)
    missing = written - written.exists()
    if missing:
        raise MissingError(
            model.env._(
                "%(records)s cannot be changed: not in the database, or deleted meanwhile (user: %(user)s).",
                records=missing,
                user=model.env.uid,
            )
        )


def _merged_jsonb(model, field, old, new) -> SQL:
    """Return the content of a jsonb column after some of its keys got new values."""
    if field.company_dependent:
        # what a company falls back on is not stored
        return SQL(
            "(SELECT jsonb_object_agg(key, value) FROM jsonb_each(COALESCE(%s, '{}'::jsonb) || %s) "
            "WHERE value IS DISTINCT FROM COALESCE(%s::jsonb -> key, 'null'::jsonb))",
            old,
            new,
            model.pool.services.defaults.of_companies(model, field.name),
        )
    # a translated value without any text is empty in every language; the source language has a value if any has
    return SQL(
        "CASE WHEN (SELECT bool_and(value = 'null'::jsonb) FROM jsonb_each(%(new)s)) THEN NULL ELSE "
        "jsonb_build_object('en_US', (SELECT value FROM jsonb_each(%(new)s) LIMIT 1)) "
        "|| COALESCE(%(old)s, '{}'::jsonb) || %(new)s END",
        old=old,
        new=new,
    )


def _log_columns(model, ids, columns, touched) -> list:
    """Return the assignments of the log access columns."""
    if not model._log_access:
        return []
    fields, env = model._fields, model.env
    assignments = []
    writers = {touched.get(id_, env.uid) for id_ in ids}
    for name, value in (("write_uid", next(iter(writers))), ("write_date", env.cr.now())):
        field = fields[name]
        if field in columns:
            continue
        if name == "write_uid" and len(writers) > 1:
            value = SQL(
                "(%s::jsonb ->> t.id::text)::int4", _json_object({id_: touched.get(id_, env.uid) for id_ in ids})
            )
        assignments.append(SQL("%s = %s", SQL.identifier(name), value))
        env.cache.columns.forget(field, ids)
    return assignments


def _json_object(values: dict) -> str:
    return json.dumps({str(key): value for key, value in values.items()})
