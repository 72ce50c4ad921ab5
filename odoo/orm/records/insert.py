"""Inserting the rows of new records, and filling the cache with what is in them."""

import io
from collections import defaultdict

from odoo.sql import SQL

from ..cache import NOTHING

__all__ = ["InsertMixin"]

#: from how many rows on COPY beats INSERT ... VALUES
COPY_THRESHOLD = 40
#: rows of one INSERT
INSERT_BATCH = 500


class InsertMixin:
    """Rows of new records."""

    __slots__ = ()

    def _insert(self, batch):
        """Insert the rows, fill the cache with what is in them, and return the records."""
        env = self.env
        count = len(batch.vals_list)
        copied = count >= COPY_THRESHOLD and not any(field.type == "binary" for field in batch.plan.columns)
        if copied and batch.is_mixed:
            groups = batch.alike(self)
            if count >= COPY_THRESHOLD * len(groups):
                return self._insert_groups(groups, count)
        cached, columns = {}, {}
        for field in batch.plan.columns:
            cached[field], columns[field.name] = batch.column(field, self)
        now = env.cr.now()
        if self._log_access:
            for name, value in (
                ("create_uid", env.uid),
                ("create_date", now),
                ("write_uid", env.uid),
                ("write_date", now),
            ):
                if name not in columns:
                    columns[name] = [value] * count
                    cached[self._fields[name]] = columns[name]
        # a default of the database cannot be copied
        ids = self._copy_rows(columns, count) if copied and not batch.is_mixed else self._insert_rows(columns, count)
        records = self.browse(ids)
        self._fill_cache_after_insert(records, cached, batch.is_mixed)
        return records

    def _insert_groups(self, groups, count):
        """Insert ``count`` rows by groups, each large enough for a statement of its own; return them in order."""
        ids: list = [None] * count
        for indexes, batch in groups:
            for index, id_ in zip(indexes, self._insert(batch)._ids, strict=True):
                ids[index] = id_
        return self.browse(tuple(ids))

    def _copy_rows(self, columns, count) -> tuple:
        """Insert many rows with COPY, their ids taken from the sequence beforehand."""
        cr = self._cr
        cr.execute(SQL("SELECT nextval(%s) FROM generate_series(1, %s)", f'"{self._table}_id_seq"', count))
        ids = tuple(row[0] for row in cr.fetchall())
        texts = [list(map(str, ids)), *(_copy_texts(values) for values in columns.values())]
        stream = io.StringIO("\n".join(map("\t".join, zip(*texts, strict=True))) + "\n")
        names = ", ".join(f'"{name}"' for name in ("id", *columns))
        cr.copy_expert(f'COPY "{self._table}" ({names}) FROM STDIN', stream)
        self.env.transaction.inserted_rows.add(cr, self._table, count)
        return ids

    def _insert_rows(self, columns, count) -> tuple:
        """Insert a few rows with INSERT; return their ids in order."""
        cr = self._cr
        table = SQL.identifier(self._table)
        if not columns:
            ids = []
            for _index in range(count):
                cr.execute(SQL("INSERT INTO %s DEFAULT VALUES RETURNING id", table))
                ids.append(cr.fetchone()[0])
            return tuple(ids)
        rows = list(zip(*columns.values()))  # noqa: B905 - a keyword makes zip() half as slow again
        if count == 1:
            statement = self._lookup(("insert", tuple(columns)), lambda: self._insert_statement(columns))
            cr.execute(statement, rows[0])
            return cr.fetchone()
        names = SQL(", ").join(SQL.identifier(name) for name in columns)
        ids = []
        for start in range(0, count, INSERT_BATCH):
            batch = rows[start : start + INSERT_BATCH]
            cr.execute(SQL("INSERT INTO %s (%s) VALUES %s RETURNING id", table, names, SQL(", ").join(batch)))
            ids += [row[0] for row in cr.fetchall()]
        return tuple(ids)

    def _insert_statement(self, columns) -> str:
        """Return the statement that inserts one row with the given columns."""
        names = ", ".join(f'"{name}"' for name in columns)
        return f'INSERT INTO "{self._table}" ({names}) VALUES ({", ".join(["%s"] * len(columns))}) RETURNING id'

    def _fill_cache_after_insert(self, records, cached, mixed=False):
        """Put the inserted values into the cache, and that all other columns and relations are empty.

        :param cached: ``{field: values}``; of a ``mixed`` batch, some values may be ``NOTHING``, for those not known
        """
        ids = records._ids
        cache = self.env.cache
        for field, values in cached.items():
            column = field.written_column(self) if field.context_keys else cache.columns.column(field)
            if mixed and field.context_keys:
                known = zip(ids, values, strict=True)
                column.update((id_, value) for id_, value in known if value is not NOTHING)
            else:
                column.update(zip(ids, values))  # noqa: B905 - a keyword makes zip() half as slow again
        records._fill_empty(cached)
        # whether they match the domains of the other side shows once all their values are there
        for field, values in cached.items():
            if field.type in ("many2one", "many2one_reference"):
                self._join_inverses(field, ids, values)

    def _fill_empty(self, cached):
        """Put into the cache that records just inserted have nothing in columns other than those of ``cached``."""
        ids = self._ids
        live = self.env.live
        empty_columns, empty_relations, attachments = self._lookup("empty_on_create", self._find_empty_on_create)
        for field in attachments:
            self.env.cache.field_data(self, field).update(dict.fromkeys(ids))
        if len(ids) == 1:
            id_ = ids[0]
            for field in empty_columns:
                if field not in cached:
                    live[field][id_] = None
            for field in empty_relations:
                live[field][id_] = ()
            return
        empty = dict.fromkeys(ids)
        for field in empty_columns:
            if field not in cached:
                live[field].update(empty)
        empty = dict.fromkeys(ids, ())
        for field in empty_relations:
            live[field].update(empty)

    def _find_empty_on_create(self) -> tuple:
        columns, relations = [], []
        for field in self._fields.values():
            if not field.store or field.name == "id" or field.context_keys or (field.related_field and field.inherited):
                continue
            if field.column_type and field.prefetch is True:
                columns.append(field)
            elif field.type in ("one2many", "many2many") and not field.compute:
                relations.append(field)
        attachments = [field for field in self._fields.values() if field.store and field.type == "binary"]
        return columns, relations, [field for field in attachments if field.attachment]

    def _join_inverses(self, field, ids, values):
        """Add new records to the cached one2many fields that mirror a many2one, or a reference, of theirs."""
        for inverse in self.pool.field_inverses[field]:
            if inverse.type != "one2many":
                continue
            columns = [column for column in self.env.cache.columns.every(inverse) if column]
            if not columns:
                continue
            groups: dict = defaultdict(list)
            for id_, value in zip(ids, values, strict=False):
                if value is not None:
                    groups[value].append(id_)
            # which of them a domain takes is read again when somebody asks
            limited = bool(inverse.get_domain_list(self.env[inverse.model_name]))
            for value, new_ids in groups.items():
                for column in columns:
                    present = column.get(value)
                    if present is not None and limited:
                        del column[value]
                    elif present is not None:
                        column[value] = (*present, *new_ids)


_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _copy_texts(values) -> list:
    """Return column values in the text format of COPY."""
    texts = []
    append = texts.append
    for value in values:
        if value is None:
            append("\\N")
        elif type(value) is str:
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
