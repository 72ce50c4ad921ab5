"""Reading records: fetching columns into the cache, and formatting them for callers."""

import itertools

from odoo.exceptions import AccessError, MissingError
from odoo.sql import SQL
from odoo.tools.metrics import FETCHED, FETCHES, count, is_on

from .. import decorators as api
from ..fields.base import PREFETCH_MAX
from ..identifiers import NewId
from ..names import LOG_WRITE_COLUMNS, check_field_names
from ..overrides import original
from ..plans.model_plans import Watched

__all__ = ["ReadMixin"]


#: methods that have a say in which rows are read, and what of them
_OF_QUERIES = ("_apply_ir_rules", "_check_access", "_fetch_query")
#: with how many records log columns are read along: loops over more have rarely a use for them, and times to convert
LOGGED_MAX = 40


class ReadMixin(metaclass=Watched):
    """The road from the database to values."""

    __slots__ = ()

    # fetching

    def _fetch_field(self, field):
        """Fetch ``field`` for these records, together with the fields that are prefetched with it."""
        self.check_field_access_rights("read", [field.name])
        # fast path of fetch() for each field
        if (
            field.prefetch is True
            and self._context.get("prefetch_fields", True)
            # rows that are looked at for the rules anyway tell their columns as well
            and (field.column_type or not self._may_read_all())
        ):
            names = self._prefetch_names()
            if self._continues_loop(field):
                is_used = self.env.cache.columns.is_used
                names = [name for name in names if is_used(self._fields[name])]
            elif len(self._ids) <= LOGGED_MAX:
                names = [*names, *self._prefetch_log_columns()]
            names = names if field.name in names else [*names, field.name]
        elif field.prefetch and field.prefetch is not True:
            names = [
                name
                for name, other in self._fields.items()
                if other.prefetch == field.prefetch and other.store and self._may_access_field("read", other)
            ]
        else:
            names = [field.name]
        try:
            self.fetch(names)
        except AccessError:
            # the plan does not know of groups that a field was given since the setup
            allowed = [name for name in names if self._may_access_field("read", self._fields[name])]
            if len(allowed) == len(names):
                raise
            self.fetch(allowed)

    def _continues_loop(self, field) -> bool:
        """Tell whether these records are the next ones of a long recordset whose ``field`` was looked at before.

        Only the columns that were looked at are worth fetching for them.
        """
        # fast path of _prefetch_names(): fewer of them
        prefetch_ids = self._prefetch_ids
        if type(prefetch_ids) is not tuple or len(prefetch_ids) <= PREFETCH_MAX:
            return False
        return self.env.cache.columns.continues(self._name, prefetch_ids, field)

    def _prefetch_names(self) -> list:
        """Return the names of the columns that are read together, for the user's rights."""
        plan = self._plans.reading
        names, restricted = plan.prefetched, plan.restricted
        if not restricted or self.env.su:
            return names
        return [name for name in names if name not in restricted or self._may_access_field("read", self._fields[name])]

    def _prefetch_log_columns(self) -> list:
        """Return the log columns to read along with others; who wrote last is not known before it is written."""
        # fast path of fetch() for each field
        names = self._plans.reading.log
        if self.env.cache.changes.includes(self._name):
            names = [name for name in names if name not in LOG_WRITE_COLUMNS]
        if self.env.su:
            return names
        return [name for name in names if self._may_access_field("read", self._fields[name])]

    @api.private
    @original
    def fetch(self, field_names):
        """Put the given fields of these records into the cache, where they are not there yet.

        :raise AccessError: when the user may not read one of the records or fields
        """
        if not self or not field_names:
            return
        fields = self._determine_fields_to_fetch(field_names, ignore_when_in_cache=True)
        real = self.browse(tuple(dict.fromkeys(filter(None, self._ids))))
        if not real or not fields:
            if fields is not None and not fields:
                self.check_access("read")
            return
        for start in range(0, len(real), PREFETCH_MAX * 10):
            chunk = real[start : start + PREFETCH_MAX * 10]
            chunk._fetch_by_ids(fields)

    def _may_read_all(self) -> bool:
        """Tell whether neither record rules nor an addon keep records of the model from the user."""
        if self.env.su:
            return True
        if "_check_access" in self._plans.overrides:
            return False
        return not self.pool.services.access.domain(self, "read")

    def _fetch_by_ids(self, fields):
        if is_on():
            count(FETCHES, self.env.cr.dbname)
            count(FETCHED, self.env.cr.dbname, by=len(self._ids))
        fetched = self._fetch_rows(fields)
        if fetched is not None:
            self._refuse_missing(fetched)
            return
        # fast path of a query under record rules
        if not any(field.column_type for field in fields) and self._may_read_all():
            # what is kept beside the rows is read without looking at these
            self.check_access("read")
            self._fetch_query(self._as_query(ordered=False), fields)
            return
        query = self._all_rows()
        query.add_where(SQL("%s = ANY(%s)", SQL.identifier(self._table, "id"), list(self._ids)))
        if not self.env.su:
            self.browse().check_access("read")
            self._apply_ir_rules(query, "read")
            if "_check_access" in self._plans.overrides:
                self.check_access("read")
        self._refuse_missing(self._fetch_query(query, fields))

    def _refuse_missing(self, fetched):
        """Refuse those of these records that exist and were not fetched."""
        if len(fetched._ids) < len(self._ids) and not self.env.su:
            refused = (self - fetched).exists()
            if refused:
                raise self.pool.services.access.records_refusal(refused, "read")

    def _fetch_rows(self, fields):
        """Fetch columns of these records by a statement that was composed before; return the records that are there.

        :return: ``None`` where others have a say: rules, overrides, the context, what waits for being written
        """
        # fast path of _fetch_query()
        env, plans = self.env, self._plans
        if env.cache.changes or not plans.overrides.isdisjoint(_OF_QUERIES):
            return None
        if not env.su and self.pool.services.access.domain(self, "read"):
            return None
        named = self._names_along(fields) if env.transaction.named else ()
        fields = tuple(fields)
        statement = plans.rows.find((fields, named), self._compose_rows, fields, named)
        if statement is None:
            return None
        if not env.su:
            self.browse().check_access("read")
        env.cr.execute(statement, (list(self._ids),))
        rows = env.cr.fetchall()
        if not rows:
            return self.browse()
        ids, *columns = zip(*rows, strict=True)
        if named:
            self._add_names(named, dict(zip(fields, columns, strict=False)), columns[len(fields) :])
        park = env.cache.columns.park
        for field, values in zip(fields, columns, strict=False):
            park(field, ids, values)
        return self.browse(ids)

    def _compose_rows(self, fields, named):
        """Return the statement that reads columns of rows with given ids, ``None`` where it depends on more."""
        if self._depends or self._table_query or not all(field.column_type for field in fields):
            return None
        terms = self._plain_columns(fields, named)
        if terms is None:
            return None
        table, key = SQL.identifier(self._table), SQL.identifier(self._table, "id")
        # the ids are given when it is executed
        return SQL("SELECT %s FROM %s WHERE %s = ANY(%s)", terms, table, key, []).code

    def _determine_fields_to_fetch(self, field_names, ignore_when_in_cache=False) -> list:
        """Return the stored fields behind ``field_names``: themselves, or what computes them.

        :raise AccessError: for fields the user may not read
        :raise ValueError: for unknown fields
        """
        if not field_names:
            return []
        names = tuple(field_names)
        check_field_names(self, names)
        if not self.env.su:
            self.check_field_access_rights("read", [name for name in names if name != "id"] or ["id"])
        if ignore_when_in_cache and self.env.cache.columns.is_empty():
            # fast path of _lacks() for each field
            names, ignore_when_in_cache = tuple([name for name in names if name != "id"]), False
        if ignore_when_in_cache:
            names = tuple(name for name in names if self._lacks(self._fields[name]))
        fields, restricted = self._plans.fetches.find(names, self._find_fields_to_fetch, names)
        if restricted and not self.env.su:
            fields = self._find_fields_to_fetch(names, self._may_read_field)[0]
        if not ignore_when_in_cache:
            return list(fields)
        asked = set(names)
        return [field for field in fields if field.name in asked or self._lacks(field)]

    def _lacks(self, field) -> bool:
        """Tell whether the cache lacks the value of ``field`` for one of these records."""
        if field.name == "id":
            return False
        # fast path of fetch(): what is there is not asked for
        cache = self.env.cache
        if not field.context_keys and cache.columns.fetched(field, self._ids) is not None:
            # what was fetched for just these records stays as it came
            return False
        column = cache.peek(self, field)
        return not column or not column.keys() >= set(self._ids)

    def _may_read_field(self, field) -> bool:
        return self._may_access_field("read", field)

    def _find_fields_to_fetch(self, names, may_read=None) -> tuple:
        """Return the stored fields behind ``names`` in their order, and whether some of them depend on the user.

        :param may_read: tells whether the user may read a field that others are computed from; all may be by default
        """
        fields = self._fields
        found: dict = {}
        queue = list(names)
        seen = {"id"}
        restricted = False
        while queue:
            name = queue.pop()
            if name in seen:
                continue
            seen.add(name)
            field = fields[name]
            if field.store:
                found[field] = None
                continue
            # what computes it: the fields of the model itself at the front of the dependencies
            for dotted in self.pool.field_depends[field]:
                head = dotted.partition(".")[0]
                dependency = fields[head]
                restricted = restricted or bool(dependency.groups)
                if dependency.prefetch is True and (not dependency.groups or not may_read or may_read(dependency)):
                    queue.append(head)
        order = {name: index for index, name in enumerate(names)}
        return sorted(found, key=lambda field: order.get(field.name, len(order))), restricted

    @original
    def _fetch_query(self, query, fields):
        """Run ``query`` and put the given stored fields of its records into the cache; return the records.

        Columns come with the query itself; what other fields hold is read for all the records together.
        """
        if query.is_empty():
            return self.browse()
        column_fields, other_fields = [], []
        for field in fields:
            if field.name == "id":
                continue
            (column_fields if field.column_type else other_fields).append(field)
        if not column_fields:
            records = self.browse(tuple(query))
        else:
            records = self._fetch_columns(query, column_fields)
        if records:
            for field in other_fields:
                field.read(records)
        return records

    def _fetch_columns(self, query, fields):
        if self._log_access and any(field.name in LOG_WRITE_COLUMNS for field in fields):
            # who wrote last and when is known when the changes are written
            self._flush_if_dirty(None)
        self._flush_depends()
        pending = self.env.cache.changes.fields_with_context()
        if pending and any((field.translate or field.type == "binary") and field in pending for field in fields):
            # other languages fall back on the one that is written, the database tells the sizes of contents
            self._flush_if_dirty(None)
        named = self._names_along(fields) if self.env.transaction.named else ()
        terms = self._plans.columns.find((tuple(fields), named), self._plain_columns, fields, named)
        in_all_languages = self._fields_in_all_languages(fields) if terms is None else ()
        if terms is None:
            named, terms = (), self._columns_to_sql(fields, query, in_all_languages)
        # columns of dirty records are fetched too; what the cache has stays
        rows = self.env.execute_query(query.select(terms))
        if not rows:
            return self.browse()
        ids, *columns = zip(*rows, strict=False)
        cache = self.env.cache
        if named:
            self._add_names(named, dict(zip(fields, columns, strict=False)), columns[len(fields) :])
        for field, values in zip(fields, columns, strict=False):
            if field.type == "binary":
                values = [bytes(value) if isinstance(value, memoryview) else value for value in values]
            if field in in_all_languages:
                self._add_translations(field, ids, values)
            else:
                cache.add_fetched(self, field, ids, values)
        return self.browse(ids)

    def _fields_in_all_languages(self, fields):
        """Return those of the fields that are fetched in all languages at once, as the context may ask for."""
        if not self.env.context.get("prefetch_langs"):
            return ()
        return [field for field in fields if field.translate and field.context_keys == ("lang",) and not field.groups]

    def _add_translations(self, field, ids, contents):
        """Add the values of a translated column to the cache in each language.

        :param contents: ``{lang: value}`` for each of ``ids``, nothing where there is no value
        """
        codes = ("en_US", *self.pool.services.languages.codes(self.env))
        for model in (self, *(self.with_context(lang=code) for code in codes)):
            keys = field.get_translation_fallback_langs(model.env)
            values = [next((found[key] for key in keys if key in found), None) if found else None for found in contents]
            self.env.cache.add_fetched(model, field, ids, values)

    def _names_along(self, fields) -> tuple:
        """Return what :meth:`_add_names` needs of those fields that lead to names which the caller wants as well.

        :return: for each, the many2one field, the field that names what it refers to, and its table
        """
        # fast path of _display_names() of the other records: their names come with these records
        found = []
        for field in self.env.transaction.named.intersection(fields):
            comodel = self.env[field.comodel_name]
            plans = comodel._plans
            name = comodel._fields[plans.reading.name_column or "id"]
            if (
                name.type == "char"
                and not (name.context_keys or comodel._depends or comodel._table_query)
                and plans.overrides.isdisjoint(("fetch", "_fetch_query"))
            ):
                found.append((field, name, comodel._table))
        return tuple(found)

    def _add_names(self, named, columns, names):
        """Put names that came with these records into the cache.

        :param named: what :meth:`_names_along` returned
        :param columns: the ids of the others, by field
        :param names: columns of their names
        """
        for (field, name, _table), values in zip(named, names, strict=True):
            found = dict(zip(columns[field], values, strict=True))
            found.pop(None, None)
            self.env.cache.add_fetched(self.env[field.comodel_name], name, tuple(found), tuple(found.values()))

    def _plain_columns(self, fields, named=()) -> "SQL | None":
        """Return the terms that read ``fields``, or ``None`` when they depend on the user or the context.

        :param named: what :meth:`_names_along` returned
        """
        # fast path of _columns_to_sql()
        if any(field.type == "binary" or field.context_keys or field.groups for field in fields):
            return None
        terms = [SQL.identifier(self._table, name) for name in ("id", *(field.name for field in fields))]
        terms += [
            # the alias has a space, as no table has
            SQL(
                '(SELECT "the named".%s FROM %s AS "the named" WHERE "the named".id = %s)',
                SQL.identifier(name.name),
                SQL.identifier(table),
                SQL.identifier(self._table, field.name),
            )
            for field, name, table in named
        ]
        return SQL(", ").join(terms)

    def _columns_to_sql(self, fields, query, whole=()) -> SQL:
        """Return the terms that read ``fields`` for the user and the context.

        :param whole: those whose columns are read as they are
        """
        context = self.env.context
        terms = [SQL.identifier(self._table, "id")]
        for field in fields:
            if field.type == "binary" and (context.get("bin_size") or context.get(f"bin_size_{field.name}")):
                terms.append(SQL("pg_size_pretty(length(%s)::bigint)", SQL.identifier(self._table, field.name)))
            else:
                terms.append(
                    self._field_to_sql(self._table, field.name, query, flush=False)
                    if (field.context_keys or field.groups) and field not in whole
                    else SQL.identifier(self._table, field.name)
                )
        return SQL(", ").join(terms)

    def _stored_column(self, field) -> dict:
        """Return ``{id: raw column value}`` of these records."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE id = ANY(%s)",
                SQL.identifier(field.name),
                SQL.identifier(self._table),
                list(self.ids),
            )
        )
        return dict(rows)

    _stored_values = _stored_column

    @api.returns("self")
    def exists(self):
        """Return those records that are in the database (and those that are in memory)."""
        real = [id_ for id_ in self._ids if id_]
        new_ids = [id_ for id_ in self._ids if isinstance(id_, NewId)]
        if len(real) + len(new_ids) < len(self._ids):
            # 0 and the like are ids of nothing
            return self.browse(tuple(id_ for id_ in self._ids if id_ or isinstance(id_, NewId))).exists()
        if not real:
            return self
        query = self._all_rows()
        query.add_where(SQL("%s = ANY(%s)", SQL.identifier(self._table, "id"), real))
        found = {row[0] for row in self.env.execute_query(query.select())}
        if len(found) == len(real) and not new_ids:
            return self
        return self.browse(tuple(id_ for id_ in self._ids if not id_ or id_ in found))

    # formatting

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        """Return a dict of field values for each record.

        :param fields: names; all that the user may read by default
        :param load: ``None`` to get the ids of many2one values without their names
        :raise AccessError: when the user may not read a record or field
        :raise ValueError: for an unknown field
        """
        if not fields:
            fields = self.check_field_access_rights("read", None)
        else:
            self.check_field_access_rights("read", fields)
        self._origin.fetch(fields)
        return self._read_format(fields, load)

    def _read_format(self, fnames, load="_classic_read") -> list:
        """Return the dicts of :meth:`read` for records whose fields are in the cache; missing records are left out."""
        names = list(dict.fromkeys([name for name in fnames if name != "id"]))
        check_field_names(self, names)
        use_display_name = load == "_classic_read"
        records = self
        columns = []
        for name in names:
            field = self._fields[name]
            try:
                values = self._column_for_read(records, field)
            except MissingError:
                records = records.exists()
                return records._read_format(fnames, load) if len(records) < len(self) else self._raise_again(field)
            columns.append(field.convert_to_read_multi(values, records, use_display_name))
        if not columns:
            return [{"id": id_} for id_ in records._ids]
        keys = ("id", *names)
        rows = zip(records._ids, *columns, strict=False)
        # what is called for each record is called without keywords
        return list(map(dict, map(zip, itertools.repeat(keys), rows)))

    def _raise_again(self, field):
        """Read the field once more for the error it gives."""
        return [field._cache_value(record) for record in self]

    @staticmethod
    def _column_for_read(records, field) -> list:
        """Return the cache values of a field for ``records``."""
        if field.awaited is not None:
            field.recompute(records)
        # fast path of Field.cache_values(): the column is not built
        if not field.context_keys:
            values = records.env.cache.columns.fetched(field, records._ids)
            if values is not None:
                return values
        return field.cache_values(records)

    @api.model
    @api.readonly
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs):
        """Search and read in one call; see :meth:`search_fetch` and :meth:`read`."""
        names = self.check_field_access_rights("read", fields)
        found = self.search_fetch(domain or [], names, offset=offset, limit=limit, order=order)
        return found._without_active_test()._read_format(names, **read_kwargs) if found else []

    def _without_active_test(self):
        """Return the records without the filter of a search in their context, to read all that they refer to."""
        if "active_test" not in self._context:
            return self
        return self.with_context({key: value for key, value in self._context.items() if key != "active_test"})
