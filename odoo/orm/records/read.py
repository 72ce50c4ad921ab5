"""Reading records: fetching columns into the cache, and formatting them for callers."""

import itertools
import logging
from collections import defaultdict

from psycopg2.extras import Json

from odoo.exceptions import MissingError
from odoo.sql import SQL
from odoo.tools.containers import OrderedSet
from odoo.tools.suggestions import nearest

from .. import decorators as api
from ..fields.base import PREFETCH_MAX
from ..names import LOG_ACCESS_COLUMNS, LOG_WRITE_COLUMNS
from ..overrides import is_original, original
from ..property_checks import check_property_field_value_name

__all__ = ["ReadMixin"]

_logger = logging.getLogger("odoo.models")

#: with how many records log columns are read along: loops over more have rarely a use for them, and times to convert
LOGGED_MAX = 40


class ReadMixin:
    """The road from the database to values."""

    __slots__ = ()

    # fetching

    def _fetch_field(self, field):
        """Fetch ``field`` for these records, together with the fields that are prefetched with it."""
        self.check_field_access_rights("read", [field.name])
        if (
            field.prefetch is True
            and self._context.get("prefetch_fields", True)
            # rows that are looked at for the rules anyway tell their columns as well
            and (field.column_type or not self._may_read_all())
        ):
            names = self._prefetch_names()
            if self._continues_loop(field):
                is_used = self.env.cache.data.is_used
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
        self.fetch(names)

    def _continues_loop(self, field) -> bool:
        """Tell whether these records are the next ones of a long recordset whose ``field`` was looked at before.

        Only the columns that were looked at are worth fetching for them.
        """
        prefetch_ids = self._prefetch_ids
        if type(prefetch_ids) is not tuple or len(prefetch_ids) <= PREFETCH_MAX:
            return False
        cache = self.env.cache
        if cache.loops.get(self._name) is prefetch_ids and cache.data.is_used(field):
            return True
        cache.loops[self._name] = prefetch_ids
        return False

    def _prefetch_names(self) -> list:
        """Return the names of the columns that are read together, for the user's rights."""
        names = self._lookup("prefetch", self._find_prefetch_names)
        restricted = self._lookup(
            "prefetch_restricted",
            lambda: frozenset(name for name in self._find_prefetch_names() if self._fields[name].groups),
        )
        if not restricted or self.env.su:
            return names
        return [name for name in names if name not in restricted or self._may_access_field("read", self._fields[name])]

    def _prefetch_log_columns(self) -> list:
        """Return the log columns to read along with others; who wrote last is not known before it is written."""
        names = self._lookup("log columns", self._find_log_columns)
        cache = self.env.cache
        if cache.touched.get(self._name) or any(field.model_name == self._name for field in cache.dirty):
            names = [name for name in names if name not in LOG_WRITE_COLUMNS]
        if self.env.su:
            return names
        return [name for name in names if self._may_access_field("read", self._fields[name])]

    def _find_log_columns(self) -> list:
        fields = [self._fields[name] for name in LOG_ACCESS_COLUMNS if self._log_access]
        return [field.name for field in fields if field.prefetch == "log" and field.store]

    def _find_prefetch_names(self) -> list:
        return [
            name for name, field in self._fields.items() if field.prefetch is True and field.store and field.column_type
        ]

    def fetch(self, field_names):
        """Put the given fields of these records into the cache, where they are not there yet.

        :raise AccessError: when the user may not read one of the records or fields
        """
        if not self or not field_names:
            return
        fields = self._determine_fields_to_fetch(field_names, ignore_when_in_cache=True)
        real = self.browse(tuple(dict.fromkeys(id_ for id_ in self._ids if id_)))
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
        if self._lookup("access_override", self._overrides_access):
            return False
        return not self.env["ir.rule"]._compute_domain(self._name, "read")

    def _fetch_by_ids(self, fields):
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
            if self._lookup("access_override", self._overrides_access):
                self.check_access("read")
        fetched = self._fetch_query(query, fields)
        if len(fetched) < len(self) and not self.env.su:
            refused = (self - fetched).exists()
            if refused:
                raise self.env["ir.rule"]._make_access_error("read", refused)

    @classmethod
    def _overrides_access(cls) -> bool:
        """Tell whether an addon has rules of its own for the model's records, beside ACLs and record rules."""
        return any(
            "_check_access" in klass.__dict__ for klass in cls.__mro__ if klass.__module__.startswith("odoo.addons.")
        )

    def _determine_fields_to_fetch(self, field_names, ignore_when_in_cache=False) -> list:
        """Return the stored fields behind ``field_names``: themselves, or what computes them.

        :raise AccessError: for fields the user may not read
        :raise ValueError: for unknown fields
        """
        if not field_names:
            return []
        names = tuple(field_names)
        self._refuse_unknown(names)
        if not self.env.su:
            self.check_field_access_rights("read", [name for name in names if name != "id"] or ["id"])
        if ignore_when_in_cache:
            names = tuple(name for name in names if self._lacks(self._fields[name]))
        fields, restricted = self._lookup(("fetch", names), lambda: self._find_fields_to_fetch(names))
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
        column = self.env.cache.peek(self, field)
        return not column or not column.keys() >= set(self._ids)

    def _refuse_unknown(self, names):
        fields = self._fields
        for name in names:
            if name not in fields:
                raise ValueError(f"Invalid field {name!r} on model {self._name!r}{self._nearest_field(name)}")

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
        pending = self.env.cache.pending
        if pending and any((field.translate or field.type == "binary") and field in pending for field in fields):
            # other languages fall back on the one that is written, the database tells the sizes of contents
            self._flush_if_dirty(None)
        terms = self._lookup(("columns", tuple(fields)), lambda: self._plain_columns(fields))
        if terms is None:
            terms = self._columns_to_sql(fields, query)
        # columns of dirty records are fetched too; what the cache has stays
        rows = self.env.execute_query(query.select(terms))
        if not rows:
            return self.browse()
        ids, *columns = zip(*rows, strict=False)
        cache = self.env.cache
        for field, values in zip(fields, columns, strict=False):
            if field.type == "binary":
                values = [bytes(value) if isinstance(value, memoryview) else value for value in values]
            cache.add_fetched(self, field, ids, values)
        return self.browse(ids)

    def _plain_columns(self, fields) -> "SQL | None":
        """Return the terms that read ``fields``, or ``None`` when they depend on the user or the context."""
        if any(field.type == "binary" or field.context_keys or field.groups for field in fields):
            return None
        return SQL(", ").join(SQL.identifier(self._table, name) for name in ("id", *(field.name for field in fields)))

    def _columns_to_sql(self, fields, query) -> SQL:
        """Return the terms that read ``fields`` for the user and the context."""
        context = self.env.context
        terms = [SQL.identifier(self._table, "id")]
        for field in fields:
            if field.type == "binary" and (context.get("bin_size") or context.get(f"bin_size_{field.name}")):
                terms.append(SQL("pg_size_pretty(length(%s)::bigint)", SQL.identifier(self._table, field.name)))
            else:
                terms.append(
                    self._field_to_sql(self._table, field.name, query, flush=False)
                    if field.context_keys or field.groups
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
        new_ids = [id_ for id_ in self._ids if not id_]
        real = [id_ for id_ in self._ids if id_]
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
        names = list(dict.fromkeys(name for name in fnames if name != "id"))
        self._refuse_unknown(names)
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
        if field.name == "id":
            return list(records._ids)
        if field.awaited is not None:
            field.recompute(records)
        cache = records.env.cache
        if not field.context_keys:
            values = cache.data.fetched(field, records._ids)
            if values is not None:
                return values
        column = cache.field_data(records, field)
        try:
            return [column[id_] for id_ in records._ids]
        except KeyError:
            return [field._cache_value(record) for record in records]

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

    def _display_names(self) -> dict:
        """Return ``{id: display name}`` of those records that exist."""
        if not self._ids:
            return {}
        # where the name is a column, that column alone is read, and nothing computed
        field = self._fields[self._lookup("name column", self._find_name_column) or "display_name"]
        if field.name != "display_name":
            self._origin.fetch([field.name])
        try:
            return dict(zip(self._ids, field.mapped(self), strict=True))
        except MissingError:
            existing = self.exists()
            if len(existing) == len(self):
                raise
            return dict(zip(existing._ids, field.mapped(existing), strict=True))

    def _find_name_column(self) -> "str | None":
        """Return the name of the column that is the display name as it is, ``None`` where it takes computing."""
        field = self._fields["display_name"]
        plain = field.compute == "_compute_display_name" and not (field.store or field.related)
        if not (plain and is_original(type(self)._compute_display_name) and type(self).name_get is ReadMixin.name_get):
            return None
        column = self._fields.get(self._rec_name or "")
        return column.name if column and column.type == "char" and column.store and not column.groups else None

    @original
    @api.depends(lambda self: (self._rec_name,) if self._rec_name else ())
    def _compute_display_name(self):
        """Compute the display name: the value of ``_rec_name``, or model and id.

        A model that overrides the older method :meth:`name_get` has the names that it gives.
        """
        if type(self).name_get is not ReadMixin.name_get:
            names = dict(self.name_get())
            for record in self:
                record.display_name = names.get(record.id, False)
            return
        self._compute_rec_name()

    def _compute_rec_name(self):
        name = self._rec_name
        if name:
            field = self._fields[name]
            display_name = self._fields["display_name"]
            if field.type == "char" and not display_name.store:
                # the whole column at once: nothing depends on how it gets into the cache
                names = field.mapped(self)
                self.env.cache.update(self, display_name, [value or None for value in names])
                return
            convert = field.convert_to_display_name
            for record in self:
                record.display_name = convert(record[name], record)
        else:
            for record in self:
                record.display_name = f"{record._name},{record.id}"

    def name_get(self) -> list:
        """Return ``[(id, display name)]`` (the older way to read display names, and to make them by overriding it)."""
        if type(self).name_get is not ReadMixin.name_get:
            # called by an override
            self._compute_rec_name()
        return [(record.id, record.display_name) for record in self]

    @api.model
    def name_create(self, name):
        """Create a record from its name alone; return ``(id, display name)``, ``False`` without a name field."""
        if self._rec_name:
            [named] = self.create({self._rec_name: name})._display_names().items()
            return named
        _logger.warning("Records of %s cannot be created from a name: they have no field for it", self._name)
        return False

    @api.model
    def _rec_name_fallback(self) -> str:
        return self._rec_name or "id"

    # describing

    def _nearest_field(self, name) -> str:
        """Return a hint to the field most like ``name``."""
        return nearest(name, self._fields)

    _nearest_name = staticmethod(nearest)

    @api.model
    @api.readonly
    def fields_get(self, allfields=None, attributes=None) -> dict:
        """Return ``{field name: description}`` of the fields the user may read.

        :param allfields: names of the fields, all by default
        :param attributes: names of the attributes to describe, all by default
        """
        result = {}
        writeable = self.env.su or self.browse().has_access("write") or self.browse().has_access("create")
        names = self._fields if not allfields else [name for name in allfields if name in self._fields]
        for name in names:
            field = self._fields[name]
            if field.groups and not self.env.su and not self.env.user.has_groups(field.groups):
                continue
            description = field.get_description(self.env, attributes=attributes)
            if not writeable and "readonly" in description:
                description["readonly"] = True
            result[name] = description
        return result

    @api.readonly
    def get_metadata(self) -> list:
        """Return, for each record, who created and changed it when, and its external ids.

        :raise AccessError: when the user may not read one of the records
        """
        self.check_access("read")
        known = self._known_external_ids()
        result = []
        for record in self:
            # the newest one first
            ids = known[record.id][::-1]
            values = {
                "id": record.id,
                "xmlids": ids,
                "xmlid": ids[0]["xmlid"] if ids else False,
                "noupdate": ids[0]["noupdate"] if ids else False,
            }
            if self._log_access:
                values.update(self.sudo().browse(record.id).read(LOG_ACCESS_COLUMNS)[0])
            result.append(values)
        return result

    def get_base_url(self) -> str:
        """Return the root URL of the server for links to these records."""
        if self:
            # addons may have a URL for each record
            self.ensure_one()
        return self.env["ir.config_parameter"].sudo().get_param("web.base.url")

    def _get_external_ids(self) -> dict:
        """Return ``{id: [external ids]}``."""
        known = self._known_external_ids()
        return {record.id: [line["xmlid"] for line in known[record._origin.id]] for record in self}

    def _known_external_ids(self) -> dict:
        """Return ``{database id: [{"xmlid", "noupdate"}]}``, the oldest first; an empty list for other ids."""
        known = defaultdict(list)
        lines = self.env["ir.model.data"].sudo()
        domain = [("model", "=", self._name), ("res_id", "in", self.ids)]
        for line in lines.search_read(domain, ["res_id", "module", "name", "noupdate"], order="id"):
            known[line["res_id"]].append({"xmlid": f"{line['module']}.{line['name']}", "noupdate": line["noupdate"]})
        return known

    def get_external_id(self) -> dict:
        """Return ``{id: external id}``, an empty string for records without one."""
        return {id_: next(iter(xmlids), "") for id_, xmlids in self._get_external_ids().items()}

    # records as trees

    def _has_cycle(self, field_name=None) -> bool:
        """Tell whether following a many2one or many2many (the parent by default) from these records leads back."""
        field = self._fields.get(field_name or self._parent_name)
        if field is None or field.comodel_name != self._name or field.type not in ("many2one", "many2many"):
            raise ValueError(f"Invalid field_name: {field_name!r}")
        self.flush_model([field.name])
        if field.type == "many2one":
            table, source, target = self._table, "id", field.name
        else:
            table, source, target = field.relation, field.column1, field.column2
        path = {}
        frontier = OrderedSet(self.ids)
        edges = defaultdict(set)
        while frontier:
            rows = self.env.execute_query(
                SQL(
                    "SELECT %s, %s FROM %s WHERE %s = ANY(%s) AND %s IS NOT NULL",
                    SQL.identifier(source),
                    SQL.identifier(target),
                    SQL.identifier(table),
                    SQL.identifier(source),
                    list(frontier),
                    SQL.identifier(target),
                )
            )
            path.update(dict.fromkeys(frontier))
            frontier = OrderedSet()
            for id1, id2 in rows:
                edges[id1].add(id2)
                if id2 not in path:
                    frontier.add(id2)
        return _cyclic(edges, self.ids)

    def _check_recursion(self, parent=None) -> bool:
        return not self._has_cycle(parent)

    def _check_m2m_recursion(self, field_name) -> bool:
        return not self._has_cycle(field_name)

    @api.model
    def get_property_definition(self, full_name) -> dict:
        """Return the definition of the property ``"field.property"``; ``{}`` when no record defines it.

        :raise AccessError: when the user may not read the field, or any record that defines the property
        :raise ValueError: for an unknown field or the wrong name of a property
        """
        self.browse().check_access("read")
        field_name, _dot, property_name = full_name.partition(".")
        check_property_field_value_name(property_name)
        field = self._fields.get(field_name)
        if field is None or field.type != "properties":
            raise ValueError(f"{self._name!r} has no field {field_name!r} with properties")
        self.check_field_access_rights("read", [field_name])
        return field.find_definition(self, property_name)

    # translations

    def _get_base_lang(self) -> str:
        """Return the language that records of this model are written in."""
        return "en_US"

    def get_field_translations(self, field_name, langs=None):
        """Return ``(translations, context)`` for the translation dialog of a field.

        ``translations``: list of ``{"lang", "source", "value"}``; ``context``: what kind of translation it is.
        """
        self.ensure_one()
        field = self._fields[field_name]
        langs = set(langs or [code for code, _name in self.env["res.lang"].get_installed()])
        self.check_field_access_rights("read", [field_name])
        self.check_access("read")
        stored = field.latest_translations(field._get_stored_translations(self) or {})
        source = stored.get("en_US", "")
        if not callable(field.translate):
            translations = [{"lang": lang, "source": source, "value": stored.get(lang, "")} for lang in sorted(langs)]
        else:
            dictionary = field.get_translation_dictionary(source, {lang: stored.get(lang, source) for lang in langs})
            translations = [
                {"lang": lang, "source": term, "value": values[lang] if values[lang] != term else ""}
                for term, values in dictionary.items()
                for lang in sorted(langs)
            ]
        return translations, {
            "translation_type": "text" if field.type in ("text", "html") else "char",
            "translation_show_source": callable(field.translate),
        }

    def update_field_translations(self, field_name, translations, source_lang=None):
        """Write translations: ``{lang: value}``, or for structured texts ``{lang: {source term: translation}}``."""
        return self._update_field_translations(field_name, translations, source_lang=source_lang)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=None):
        self.ensure_one()
        self.check_access("write")
        self.check_field_access_rights("write", [field_name])
        field = self._fields[field_name]
        if not field.translate:
            return False
        if field.related and not field.store:
            record, target = field.traverse_related(self)
            return record._update_field_translations(target.name, translations, digest, source_lang)
        self.flush_recordset([field_name])
        stored = field._get_stored_translations(self) or {}
        if not callable(field.translate):
            if not stored:
                return False
            new = {**stored}
            for lang, value in translations.items():
                if value is False and lang != "en_US":
                    new.pop(lang, None)
                elif isinstance(value, str):
                    new[lang] = field.convert_to_cache(value, self)
        else:
            new = self._translated_terms(field, stored, translations, digest, source_lang or "en_US")
        self._write_translations(field, new)
        return True

    def _translated_terms(self, field, stored, translations, digest, source_lang) -> dict:
        """Return the column of a structured text after some of its terms were translated, checked as if written.

        That confirms the texts that wait in these languages, with the terms that they have already.
        """
        latest = field.latest_translations(stored)
        source = latest.get(source_lang, latest.get("en_US", ""))
        dictionary = field.get_translation_dictionary(
            source, {lang: latest.get(lang, source) for lang in {*latest, *translations}}
        )
        new = dict(stored)
        for lang, terms in translations.items():
            by_term = {(digest(term) if digest else term): term for term in dictionary}
            chosen = {term: values.get(lang, term) for term, values in dictionary.items()}
            for key, value in terms.items():
                if key in by_term:
                    chosen[by_term[key]] = value or by_term[key]
            text = field.translate(lambda term, chosen=chosen: chosen.get(term), source)
            new[lang] = field.convert_to_cache(text, self)
            new.pop("_" + lang, None)
        return new

    def _write_translations(self, field, values):
        """Replace the content of a translated column."""
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(self._table),
                SQL.identifier(field.name),
                Json(values),
                self.id,
            )
        )
        self.env.cache.invalidate([(field, self._ids)])
        self.modified([field.name])


def _cyclic(edges, starts) -> bool:
    """Tell whether the directed graph has a cycle that can be reached from ``starts``."""
    state: dict = {}
    for start in starts:
        stack = [(start, iter(edges.get(start, ())))]
        if state.get(start):
            continue
        state[start] = 1
        while stack:
            node, targets = stack[-1]
            for target in targets:
                if state.get(target) == 1:
                    return True
                if not state.get(target):
                    state[target] = 1
                    stack.append((target, iter(edges.get(target, ()))))
                    break
            else:
                state[node] = 2
                stack.pop()
    return False
