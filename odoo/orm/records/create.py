"""Creating records: defaults, parents, one insert for the batch, then relations, computes and constraints."""

import io
import logging
from collections import defaultdict

from odoo.sql import SQL

from .. import decorators as api
from ..cache import NOTHING
from ..commands import Command
from ..compute import ComputeMixin
from ..create_batch import CreateBatch
from ..identifiers import NewId
from ..names import LOG_ACCESS_COLUMNS, MAGIC_COLUMNS
from ..triggers import TriggerTree

__all__ = ["CreateMixin"]

_logger = logging.getLogger("odoo.models.create")

#: from how many rows on COPY beats INSERT ... VALUES
COPY_THRESHOLD = 40
#: rows of one INSERT
INSERT_BATCH = 500


class CreateMixin:
    """New records."""

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        """Create a record for each dict of ``vals_list`` and return them.

        :param vals_list: list of ``{field name: value}``, or one such dict
        :raise AccessError: when the user may not create records, or not these
        :raise ValidationError: when a constraint refuses the values
        :raise ValueError: for an unknown field
        """
        if not vals_list:
            return self.browse()
        self = self.browse()
        self.check_access("create")
        vals_list = self._prepare_create_values([dict(vals) for vals in vals_list])
        return self._create_records(vals_list)

    # values

    def _prepare_create_values(self, vals_list) -> list:
        """Complete the values: defaults, precomputed fields; drop what may not be given."""
        if not self.env.su:
            self._check_given_fields(vals_list)
        may_log = self._may_set_log_columns()
        forbidden = self._lookup(("not given", may_log), lambda: self._find_forbidden_names(may_log))
        for vals in vals_list:
            if not forbidden.isdisjoint(vals):
                for name in forbidden:
                    vals.pop(name, None)
        vals_list = self._with_defaults(vals_list)
        for name in self._lookup("properties", self._find_properties_names):
            for vals in vals_list:
                # the parent of a new record may have defaults for them
                vals.setdefault(name, False)
        self._add_precomputed_values(vals_list)
        return vals_list

    def _check_given_fields(self, vals_list):
        """Check that the user may use the fields of the values for new records."""
        given = self._fields.keys() & set().union(*vals_list)
        if any(self._fields[name].groups for name in given):
            self.check_field_access_rights("create", list(dict.fromkeys(name for vals in vals_list for name in vals)))

    def _find_properties_names(self) -> list:
        """Return the names of the properties of new records, unless their parent is yet to be computed."""
        return [
            name
            for name, field in self._fields.items()
            if field.type == "properties"
            and field.definition
            and not field.related
            and not self._fields[field.definition_record].compute
        ]

    def _find_forbidden_names(self, may_log) -> frozenset:
        """Return the names that values for new records may not give."""
        names = {name for name in MAGIC_COLUMNS if not (may_log and name in LOG_ACCESS_COLUMNS)}
        return frozenset(names | {"parent_path"} if self._parent_store else names)

    def _may_set_log_columns(self) -> bool:
        """Tell whether log access columns in the values are honoured (only while data is being loaded)."""
        return not self._log_access or (self.env.uid == 1 and not self.pool.ready)

    def _with_defaults(self, vals_list) -> list:
        """Return the values with the defaults of what each dict does not give."""
        return [self._add_missing_default_values(vals) for vals in vals_list]

    def _defaultless_names(self, given) -> list:
        """Return the names of the fields that are not given and may have a default: any, if the model looks itself."""
        if any(key.startswith("default_") for key in self._context):
            return self._find_defaultless_names(given)
        user_defaults = self.env["ir.default"]._get_model_defaults(self._name) if "ir.default" in self.env else {}
        return self._lookup(
            ("defaultless", given, frozenset(user_defaults)), lambda: self._find_defaultless_names(given)
        )

    def _find_defaultless_names(self, given) -> list:
        context = self._context
        overridden = type(self).default_get is not CreateMixin.default_get
        names = []
        for name, field in self._fields.items():
            if name in given or name in MAGIC_COLUMNS or name == "display_name":
                continue
            may = overridden or field.default or f"default_{name}" in context or self._may_have_user_default(name)
            if may and not (field.inherited and self._belongs_to_given(field, given)):
                names.append(name)
        return names

    def _belongs_to_given(self, field, given) -> bool:
        """Tell whether an inherited field is one of a parent, at any depth, that is given: it has its own values."""
        fields = self._fields
        while field.inherited:
            # deeper links are inherited themselves, unless a field of that name hides them
            link = self.pool[field.model_name]._fields[field.related.split(".")[0]]
            if link.name in given and link.name in fields and fields[link.name].base_field is link.base_field:
                return True
            field = field.related_field
        return False

    def _may_have_user_default(self, name) -> bool:
        if "ir.default" not in self.env:
            return False
        return name in self.env["ir.default"]._get_model_defaults(self._name)

    @api.model
    def _add_missing_default_values(self, values):
        """Return ``values`` with the defaults of the fields that it does not give."""
        names = self._defaultless_names(frozenset(values))
        if not names:
            return values
        defaults = self.default_get(names)
        for name, value in defaults.items():
            field = self._fields.get(name)
            if field is None or not value or not isinstance(value, (list, tuple)):
                continue
            if field.type in ("many2many", "one2many"):
                if isinstance(value[0], int):
                    defaults[name] = [Command.set(list(value))]
                elif isinstance(value[0], dict):
                    defaults[name] = [Command.create(line) for line in value]
        return {**defaults, **values}

    @api.model
    def default_get(self, fields_list) -> dict:
        """Return the default values of the given fields: from the context, the users' defaults, then the fields.

        :return: ``{field name: write value}``; fields without a default are left out
        """
        defaults = {}
        context = self._context
        user_defaults = None
        parents: dict = defaultdict(list)
        for name in fields_list:
            field = self._fields.get(name)
            if f"default_{name}" in context and self._may_have_context_default(field):
                defaults[name] = context[f"default_{name}"]
                continue
            if field is None:
                continue
            if user_defaults is None:
                user_defaults = (
                    self.env["ir.default"]._get_model_defaults(self._name) if "ir.default" in self.env else {}
                )
            if not field.company_dependent and name in user_defaults:
                defaults[name] = user_defaults[name]
            elif field.default:
                value = field.convert_to_cache(field.default(self), self, validate=False)
                if field.type not in ("one2many", "many2many"):
                    # of lines also those that are not active are meant
                    value = field.convert_to_record(value, self)
                defaults[name] = field.convert_to_write(value, self)
            elif field.inherited:
                parents[field.related_field.model_name].append(field.related_field.name)
        for model_name, names in parents.items():
            defaults.update(
                {name: value for name, value in self.env[model_name].default_get(names).items() if name in self._fields}
            )
        # x2many values from outside may be anything that a write takes
        return defaults

    def _may_have_context_default(self, field) -> bool:
        """Tell whether a default from the context counts: it may come from outside, as the values of a create."""
        return self.env.su or field is None or not field.groups or self._may_access_field("create", field)

    def _add_precomputed_values(self, vals_list):
        """Compute the fields that are to be computed before the insert."""
        names = self._lookup("precomputed", lambda: [name for name, field in self._fields.items() if field.precompute])
        if not names:
            return
        sealed = self._lookup("precomputed always", lambda: [name for name in names if self._fields[name].is_sealed])
        if sealed:
            for vals in vals_list:
                for name in sealed:
                    vals.pop(name, None)
        wanting = [vals for vals in vals_list if not all(name in vals for name in names)]
        if not wanting:
            return
        fields = self._fields
        ids = [self.new({name: value for name, value in vals.items() if name in fields})._ids[0] for vals in wanting]
        # browsed together, they are computed together
        for vals, record in zip(wanting, self.browse(tuple(ids)), strict=True):
            for name in [name for name in names if name not in vals]:
                value = fields[name].convert_to_write(record[name], record)
                if not isinstance(value, NewId):
                    vals[name] = value

    # records

    def _create_records(self, vals_list):
        """Create records from complete values."""
        batch = CreateBatch(self, vals_list)
        for field in batch.plan.others:
            # before there is a row that they would be missing on
            if field.checks_written:
                for vals in vals_list:
                    if field.name in vals:
                        field.check_written(vals[field.name], self)
        if self._inherits:
            batch = CreateBatch(self, self._create_parents(batch.plan, vals_list))
        records = self._insert(batch)
        parts = batch.parts(records)
        with self.env.protecting([(plan.protected, part) for plan, part, _vals_list in parts]):
            self._after_insert(batch, records, parts)
        if self._check_company_auto:
            records._check_company()
        return records

    def _after_insert(self, batch, records, parts):
        """Relations, dependants, inverses, access rules and constraints of records just inserted."""
        records._parent_store_create()
        records._modified_by_insert()
        for field in batch.plan.others:
            name = field.name
            field.create(
                [(record, vals[name]) for record, vals in zip(records, batch.vals_list, strict=True) if name in vals]
            )
        for plan, part, _vals_list in parts:
            if plan.others:
                part.modified([field.name for field in plan.others], create=True)
        if not self.env.su:
            records._check_access_after_create()
        for plan, part, vals_list in parts:
            if plan.inverses:
                self._inverse_on_create(plan, part, vals_list)
        if records._constraint_methods:
            records._validate_fields(batch.plan.names)

    def _check_access_after_create(self):
        """Check the record rules on records just created."""
        if self.env["ir.rule"]._compute_domain(self._name, "create"):
            self.flush_recordset()
            self.check_access("create")

    def _modified_by_insert(self):
        """Mark what depends on the columns and the empty relations of records just inserted."""
        if type(self).modified is not ComputeMixin.modified:
            self.modified(self._find_inserted(), create=True)
            return
        tree = self._lookup("inserted", self._find_insert_tree)
        if tree:
            self._mark_dependents(tree, create=True)

    def _find_inserted(self) -> list:
        return [
            name
            for name, field in self._fields.items()
            if field.store and not (field.compute and not field.column_type)
        ]

    def _find_insert_tree(self) -> TriggerTree:
        """Return what depends on new rows, but for relations: what the cache has of these is true."""
        everything = self.pool.modified_tree(tuple(self._fields[name] for name in self._find_inserted()))
        tree = TriggerTree(
            field for field in everything.root if field.compute or field.type not in ("one2many", "many2many")
        )
        tree.update(everything)
        return tree

    def _inverse_on_create(self, plan, records, vals_list):
        cache = self.env.cache
        for fields in plan.inverses.values():
            if fields[0].hands_on:
                for record, vals in zip(records, vals_list, strict=True):
                    fields[0].write_through(record, vals[fields[0].name])
                continue
            for field in fields:
                if field.store and field.column_type:
                    continue
                for record, vals in zip(records, vals_list, strict=True):
                    cache.set(record, field, field.convert_to_cache(vals[field.name], record))
            fields[0].determine_inverse(records)
            # what is not stored is computed from what the inverse wrote
            for field in fields:
                if not field.store:
                    cache.invalidate([(field, records._ids)])

    def _create_parents(self, plan, vals_list) -> list:
        """Create, or write on, the records that these delegate to; return the values with their ids."""
        vals_list = [dict(vals) for vals in vals_list]
        for parent_name, link in self._inherits.items():
            inherited = plan.parents.get(parent_name, ())
            parent_model = self.env[parent_name]
            to_create, indexes = [], []
            for index, vals in enumerate(vals_list):
                values = {field.name: vals.pop(field.name) for field in inherited if field.name in vals}
                if not vals.get(link):
                    to_create.append(values)
                    indexes.append(index)
                elif values:
                    parent_model.browse(vals[link]).write(values)
            if to_create:
                for index, parent in zip(indexes, parent_model.create(to_create), strict=True):
                    vals_list[index][link] = parent.id
        return vals_list

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
            column = field.written_column(self) if field.context_keys else cache.data[field]
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
        data = self.env.cache.data
        empty_columns, empty_relations, attachments = self._lookup("empty_on_create", self._find_empty_on_create)
        for field in attachments:
            self.env.cache.field_data(self, field).update(dict.fromkeys(ids))
        if len(ids) == 1:
            id_ = ids[0]
            for field in empty_columns:
                if field not in cached:
                    data[field][id_] = None
            for field in empty_relations:
                data[field][id_] = ()
            return
        empty = dict.fromkeys(ids)
        for field in empty_columns:
            if field not in cached:
                data[field].update(empty)
        empty = dict.fromkeys(ids, ())
        for field in empty_relations:
            data[field].update(empty)

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
            columns = [column for column in self.env.cache.columns(inverse) if column]
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

    # loading data

    def _load_records_create(self, vals_list):
        """Create the records of a data file; addons override it."""
        return self.create(vals_list)

    def _load_records_write(self, values):
        """Write a record of a data file; addons override it."""
        self.ensure_one()
        return self.write(values)

    def _load_records(self, data_list, update=False, ignore_duplicates=False):
        """Create or update the records of a data file.

        :param data_list: dicts with ``values``, and ``xml_id`` and ``noupdate`` or not
        :param update: existing records with ``noupdate`` are left alone
        """
        imd = self.env["ir.model.data"].sudo()
        records: list = [None] * len(data_list)
        xml_ids = [data["xml_id"] for data in data_list if data.get("xml_id")]
        existing = {f"{row[1]}.{row[2]}": row for row in imd._lookup_xmlids(xml_ids, self)} if xml_ids else {}
        to_create, to_name = [], []
        for index, data in enumerate(data_list):
            row = existing.get(data.get("xml_id"))
            if row is None:
                self._note_new(data, index, records, to_create)
                continue
            data_id, _module, _name, model, res_id, noupdate, exists = row
            if self._name != model:
                _logger.warning(
                    "External id %s should name a record of model %s, but it names one of model %s (%s)",
                    data["xml_id"],
                    self._name,
                    model,
                    res_id,
                )
            record = self.browse(res_id)
            if exists:
                records[index] = record
                # the records it delegates to were named when it was created, and are still in use
                self.pool.loaded_xmlids.update(self._parent_xmlid(data["xml_id"], name) for name in self._inherits)
                if not (update and noupdate):
                    record._load_records_write(data["values"])
                    to_name.append(data)
                    data["record"] = record
                else:
                    # the record stays as it is, and its external id is still in use
                    self.pool.loaded_xmlids.add(data["xml_id"])
            else:
                imd.browse(data_id).unlink()
                to_create.append(index)
        self._create_loaded(data_list, records, to_create, to_name)
        imd._update_xmlids(
            [
                {"xml_id": data["xml_id"], "record": data["record"], "noupdate": data.get("noupdate", False)}
                for data in to_name
                if data.get("xml_id")
            ],
            update,
        )
        return self.concat(*records)

    def _note_new(self, data, index, records, to_create):
        if not data.get("xml_id") and data["values"].get("id"):
            record = self.browse(data["values"]["id"])
            record._load_records_write(data["values"])
            records[index] = record
        else:
            to_create.append(index)

    def _create_loaded(self, data_list, records, to_create, to_name):
        if not to_create:
            return
        created = self._load_records_create([data_list[index]["values"] for index in to_create])
        for index, record in zip(to_create, created, strict=True):
            data = data_list[index]
            data["record"] = records[index] = record
            if data.get("xml_id"):
                to_name.append(data)
                to_name.extend(
                    {**data, "xml_id": self._parent_xmlid(data["xml_id"], parent), "record": record[field_name]}
                    for parent, field_name in self._inherits.items()
                    if not data["values"].get(field_name)
                )

    @staticmethod
    def _parent_xmlid(xml_id, parent) -> str:
        """Return the external id of the record of model ``parent`` that a new record ``xml_id`` delegates to."""
        return f"{xml_id}_{parent.replace('.', '_')}"


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
