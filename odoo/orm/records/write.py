"""Writing, deleting and copying records."""

import logging
from collections import defaultdict

import psycopg2

from odoo.exceptions import UserError
from odoo.sql import SQL

from .. import decorators as api
from ..commands import Command
from ..names import LOG_WRITE_COLUMNS, MAGIC_COLUMNS
from ..overrides import is_original, original
from ..write_plan import WritePlan, is_proposed

__all__ = ["CrudMixin"]

_logger = logging.getLogger("odoo.models")
_unlink = logging.getLogger("odoo.models.unlink")

#: what ``unlink`` deletes with one statement
UNLINK_BATCH = 1000


class CrudMixin:
    """Changing records in the database."""

    __slots__ = ()

    # write

    @original
    def write(self, vals):
        """Set the given values on all records.

        :param vals: ``{field name: value}``; x2many values are lists of commands
        :raise AccessError: when the user may not write a record or field
        :raise ValidationError: when a constraint refuses the values
        :raise ValueError: for an unknown field
        """
        if not self._ids:
            return True
        names = tuple(vals)
        plan = self._lookup(("write", names), lambda: WritePlan(self.browse(), names))
        if not self.env.su:
            self.check_access("write")
            # tests and extensions change the groups of a field while the server runs: that is no matter for the plan
            for field in plan.chosen:
                if field.groups:
                    self.check_field_access_rights("write", names)
                    break
        env = self.env
        for field in plan.checked:
            field.check_written(vals[field.name], self)
        converted = [field.convert_to_cache(vals[field.name], self) for field in plan.plain]
        if plan.touching:
            self._touch()
        for field in plan.read_before:
            field.mapped(self)
        if plan.companions and env.transaction.tocompute:
            self._compute_companions(plan)
        ids = self._ids
        stack = env.transaction.protected
        stack.append(dict.fromkeys(plan.protected, ids if len(ids) == 1 else frozenset(ids)))
        try:
            self._carry_out(plan, vals, converted)
            if plan.constrained:
                self._real()._validate_fields(names, self._inverse_names(plan))
        finally:
            stack.pop()
        if (plan.inverses or plan.handed_on) and plan.constrained:
            self._real()._validate_fields(self._inverse_names(plan))
        if plan.company:
            self._check_company(list(names))
        return True

    def _carry_out(self, plan, vals, converted):
        """Put the values into the cache, and change what goes with them: what is computed, the tree, other records.

        :param converted: the values of the plain fields in cache format
        """
        if plan.relations:
            self.modified(plan.relations, before=True)
        moved = plan.parent and self._parent_moved(vals)
        self._write_fields(plan, vals, converted)
        if plan.tree is None:
            self.modified(plan.changed)
        elif plan.tree:
            self._mark_dependents(plan.tree)
        if moved:
            self.flush_model([self._parent_name])
            moved._parent_store_update()
        for field in plan.handed_on:
            field.write_through(self, vals[field.name])
        if plan.inverses:
            self._run_inverses(plan, vals)

    def _assign(self, field, value) -> bool:
        """Assign a plain field of one database record, where that is all there is to a write.

        :return: whether it was done; otherwise it takes a :meth:`write`
        """
        cls = type(self)
        if not is_original(cls.write):
            return False
        plan = cls._lookups.get(field)
        if plan is None:
            plan = self._lookup(field, lambda: WritePlan(self.browse(), (field.name,)))
        if not plan.simple or not plan.fields or field.groups:
            return False
        env, ids = self.env, self._ids
        if not env.su:
            self.check_access("write")
        value = field.convert_to_cache(value, self)
        if plan.touching and self._log_access and env.cache.touched[self._name].get(ids[0]) != env.uid:
            self._touch()
        if plan.companions and env.transaction.tocompute:
            self._compute_companions(plan)
        field._write_one(self, ids[0], value)
        if not plan.protected:
            if plan.tree:
                self._mark_dependents(plan.tree)
        elif plan.tree:
            stack = env.transaction.protected
            stack.append(dict.fromkeys(plan.protected, ids))
            try:
                self._mark_dependents(plan.tree)
            finally:
                stack.pop()
        return True

    def _compute_companions(self, plan):
        """Compute what waits for the methods of the fields about to be written, so that they do not run afterwards."""
        for field in plan.companions:
            self._recompute_field(field, self._ids)

    def _write_fields(self, plan, vals, converted):
        """Put the values into the cache, field by field."""
        ids = self._ids
        if len(ids) == 1:
            for field, value in zip(plan.plain, converted):  # noqa: B905 - a keyword makes zip() half as slow again
                field._write_one(self, ids[0], value)
        else:
            for field, value in zip(plan.plain, converted, strict=True):
                field.write_converted(self, value)
        priced_by = plan.priced_by
        for field in plan.others:
            if priced_by and field.type == "monetary":
                self.modified(priced_by)
                priced_by = None
            field.write(self, vals[field.name])
        for field in plan.proposed:
            # after the others, whose commands may delete records, which makes the cache forget
            self._propose(field, vals[field.name])

    def _real(self):
        """Return the records that are in the database."""
        return self if all(self._ids) else self.browse(tuple(id_ for id_ in self._ids if id_))

    def _touch(self):
        """Note who writes these records, for their log columns."""
        if not self._log_access:
            return
        cache, fields, uid = self.env.cache, self._fields, self.env.uid
        ids = self._ids if all(self._ids) else tuple(filter(None, self._ids))
        if len(ids) == 1:
            cache.touched[self._name][ids[0]] = uid
        else:
            cache.touched[self._name].update(dict.fromkeys(ids, uid))
        data = cache.data
        for name in LOG_WRITE_COLUMNS:
            field = fields[name]
            if field in data or field in data.parked:
                data.forget(field, ids)

    @staticmethod
    def _inverse_names(plan) -> list:
        return [field.name for fields in (*plan.inverses.values(), plan.handed_on) for field in fields]

    def _run_inverses(self, plan, vals):
        """Call the inverse methods of what was written."""
        for fields in plan.inverses.values():
            for field in fields:
                if not field.store:
                    self._give_again(field, vals[field.name])
            fields[0].determine_inverse(self)
            for field in fields:
                if not field.store and field.type in ("one2many", "many2many"):
                    # it has lines in memory that the inverse made into records
                    self.env.cache.invalidate([(field, self._ids)])

    def _forgetful(self, field):
        """Return the records without a value for ``field`` in the cache."""
        return self.browse(tuple(self.env.cache.get_missing_ids(self, field)))

    def _give_again(self, field, value):
        """Put a written value back into the cache where it was forgotten, as deleting records does."""
        records = self._forgetful(field)
        if records and is_proposed(field):
            records._propose(field, value)
        elif records:
            field.write(records, value)

    def _propose(self, field, value):
        """Put a written relation, for its inverse method, into the cache: commands change what is there."""
        records = self._forgetful(field)
        if records:
            # it is protected, which keeps it from being computed
            layer = self.env.transaction.protected[-1]
            ids = layer.pop(field)
            try:
                field.mapped(records)
            finally:
                layer[field] = ids
            # what is given for others of the same method must not be taken for known
            others = [other for other in self.pool.field_computed.get(field, ()) if not other.store]
            self.env.cache.invalidate([(other, records._ids) for other in others if other is not field])
        field.write(self, value)

    def _write(self, vals):
        """Write column values without business logic: cache and flush only."""
        for name, value in vals.items():
            self._fields[name].write(self, value)
        self.modified(list(vals))
        self._flush()

    # parent_path

    def _parent_moved(self, vals):
        """Return the records whose parent changes."""
        field = self._fields[self._parent_name]
        parent = field.convert_to_cache(vals[self._parent_name], self)
        return self.filtered(lambda record: record[self._parent_name]._ids[:1] != ((parent,) if parent else ()))

    def _parent_store_create(self):
        """Set ``parent_path`` of records just created."""
        if not self._parent_store:
            return
        rows = self.env.execute_query(
            SQL(
                """ UPDATE %(table)s node SET parent_path = concat(
                    (SELECT parent.parent_path FROM %(table)s parent WHERE parent.id = node.%(parent)s), node.id, '/')
                WHERE node.id = ANY(%(ids)s) RETURNING node.id, node.parent_path """,
                table=SQL.identifier(self._table),
                parent=SQL.identifier(self._parent_name),
                ids=list(self._ids),
            )
        )
        self._cache_parent_paths(rows)

    def _parent_store_update(self):
        """Bring ``parent_path`` up to date where these records, which have got one parent, were moved with all below.

        :raise UserError: when a record would be its own ancestor
        """
        records = self.sudo()
        above = records[:1][self._parent_name].parent_path or ""
        if not set(map(str, self._ids)).isdisjoint(above.split("/")):
            raise UserError(self.env._("A record cannot be its own ancestor."))
        siblings = defaultdict(list)
        for record in records:
            own = f"{record.id}/"
            path = record.parent_path or own
            siblings[path[: -len(own)]].append((record.id, path))
        changed = self.browse()
        # one that was below another leaves it first
        for old in sorted(siblings, key=len, reverse=True):
            ids, paths = zip(*siblings[old], strict=True)
            below = SQL(" OR ").join(SQL("parent_path LIKE %s", f"{path}%") for path in paths)
            rows = self.env.execute_query(
                SQL(
                    "UPDATE %s SET parent_path = concat(%s, substr(coalesce(parent_path, concat(id, '/')), %s)) "
                    "WHERE id = ANY(%s) OR %s RETURNING id, parent_path",
                    SQL.identifier(self._table),
                    above,
                    len(old) + 1,
                    list(ids),
                    below,
                )
            )
            changed |= self._cache_parent_paths(rows)
        changed.modified(["parent_path"])

    def _cache_parent_paths(self, rows):
        """Put paths that the database worked out into the cache; return their records, none without a field for it.

        :param rows: pairs of the id of a record and its path
        """
        field = self._fields.get("parent_path")
        if field is None:
            return self.browse()
        records = self.browse([id_ for id_, _path in rows])
        self.env.cache.update(records, field, [path for _id, path in rows])
        return records

    def _parent_store_compute(self):
        """Compute ``parent_path`` of all records of the model."""
        if not self._parent_store:
            return
        self.env.execute_query(
            SQL(
                """ WITH RECURSIVE tree(id, path) AS (
                    SELECT id, concat(id, '/') FROM %(table)s WHERE %(parent)s IS NULL
                    UNION ALL
                    SELECT child.id, concat(tree.path, child.id, '/')
                    FROM %(table)s child JOIN tree ON child.%(parent)s = tree.id)
                UPDATE %(table)s node SET parent_path = tree.path
                FROM tree WHERE node.id = tree.id RETURNING node.id """,
                table=SQL.identifier(self._table),
                parent=SQL.identifier(self._parent_name),
            )
        )
        field = self._fields.get("parent_path")
        if field is not None:
            self.env.cache.invalidate([(field, None)])

    # unlink

    def unlink(self):
        """Delete the records.

        :raise AccessError: when the user may not delete one of them
        :raise UserError: when something refers to them and forbids it
        """
        if not self:
            return True
        self.check_access("unlink")
        uninstalling = self._context.get("_force_unlink")
        for name, at_uninstall in self._ondelete_methods:
            if at_uninstall or not uninstalling:
                getattr(self, name)()
        # what is pending may be about these records or refer to them
        self.env.flush_all()
        # whatever depends on these records is found as long as they are there, and computed when they are gone
        with self.env.protecting([field for field in self._fields.values() if field.store], self):
            self.modified(tuple(self._fields), before=True)
        for start in range(0, len(self), UNLINK_BATCH):
            self[start : start + UNLINK_BATCH]._unlink_rows()
        if self._name != "ir.model.data":
            _unlink.info("User %s deleted records of %s: %r", self._uid, self._name, self.ids)
        return True

    def _unlink_rows(self):
        """Delete the rows, and what other models keep about them."""
        env = self.env
        ids = list(self.ids)
        self._forget_company_values()
        self._cr.execute(SQL("DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(self._table), ids))
        for field in self._fields.values():
            env.remove_to_compute(field, self)
        # rows of other tables may be gone or changed by foreign keys
        env.cache.invalidate()
        if "ir.model.data" not in env:
            return
        about = [("model", "=", self._name), ("res_id", "in", ids)]
        env["ir.model.data"].sudo().with_context({}).search(about).unlink()
        attachments = (
            env["ir.attachment"]
            .sudo()
            .with_context({})
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", ids),
                    "|",
                    ("res_field", "=", False),
                    ("res_field", "!=", False),
                ]
            )
        )
        attachments.unlink()
        env["ir.default"].sudo().discard_records(self)

    def _forget_company_values(self):
        """Empty the company-dependent many2one values that refer to these records; they do not get the default."""
        for field in self.pool.many2one_company_dependents[self._name]:
            model = self.env[field.model_name]
            model.flush_model([field.name])
            self._cr.execute(
                SQL(
                    "UPDATE %(table)s t SET %(column)s = ("
                    "SELECT jsonb_object_agg(key, CASE WHEN value::text = ANY(%(ids)s) THEN 'null' ELSE value END) "
                    "FROM jsonb_each(t.%(column)s)) WHERE EXISTS (SELECT 1 FROM jsonb_each(t.%(column)s) "
                    "WHERE value::text = ANY(%(ids)s))",
                    table=SQL.identifier(model._table),
                    column=SQL.identifier(field.name),
                    ids=[str(id_) for id_ in self.ids],
                )
            )

    # archive

    def toggle_active(self):
        """Archive active records and unarchive archived ones."""
        active = self.filtered(self._active_name)
        active.action_archive()
        (self - active).action_unarchive()

    def action_archive(self):
        """Archive the records that are active."""
        return self.filtered(lambda record: record[self._active_name]).write({self._active_name: False})

    def action_unarchive(self):
        """Make archived records active again."""
        return self.filtered(lambda record: not record[self._active_name]).write({self._active_name: True})

    # copy

    def copy_data(self, default=None):
        """Return the values that copies of these records are created with.

        :param default: values to use instead of the records' own
        """
        values_list = []
        default = dict(default or {})
        given = self._given_by_parents(default)
        names = [
            name
            for name, field in self._fields.items()
            if field.copy
            and not (name in default or name in given or name in MAGIC_COLUMNS or name == "parent_path")
            and field.is_accessible(self.env)
        ]
        for record in self:
            # a line must not copy the document that is copying it
            seen = record._context.get("__copy_data_seen", {})
            if record.id in seen.get(self._name, ()):
                values_list.append(None)
                continue
            record = record.with_context(__copy_data_seen={**seen, self._name: {*seen.get(self._name, ()), record.id}})
            values = dict(default)
            for name in names:
                values[name] = self._copied_value(record, self._fields[name])
            values_list.append(values)
        return values_list

    def _given_by_parents(self, default) -> set:
        """Return the names that a copy does not have from this model.

        These are the links to parents at any depth, which are copied with it, and the fields of those parents that
        ``default`` gives.
        """
        names: set = set()
        own = {name for name, field in self._fields.items() if not field.inherited}
        models = [self]
        while models:
            for parent_name, link in models.pop()._inherits.items():
                parent = self.env[parent_name]
                names.add(link)
                if link in default:
                    names.update(set(parent._fields) - own)
                else:
                    models.append(parent)
        return names

    @staticmethod
    def _copied_value(record, field):
        value = record[field.name]
        if field.type == "one2many":
            lines = value.sorted("id").copy_data()
            return [Command.create(line) for line in lines if line]
        if field.type == "many2many":
            return [Command.set(value.ids)]
        return field.convert_to_write(value, record)

    @api.returns("self")
    def copy(self, default=None):
        """Duplicate the records; return the copies.

        :param default: values to use instead of the records' own
        """
        values_list = self.with_context(active_test=False).copy_data(default)
        clean = self.with_context({key: value for key, value in self._context.items() if key != "__copy_data_seen"})
        copies = clean.create([values for values in values_list if values is not None])
        for old, new in zip(self, copies, strict=False):
            old.copy_translations(new, excluded=default or ())
        return copies

    def copy_translations(self, new, excluded=()):
        """Copy the translations of this record's fields, and of its copied lines, to ``new``."""
        old = self
        for name, field in self._fields.items():
            if not field.copy or name in excluded:
                continue
            if field.inherited:
                continue
            if field.type == "one2many":
                for old_line, new_line in zip(old[name].sorted("id"), new[name].sorted("id"), strict=False):
                    old_line.copy_translations(new_line)
            elif field.translate and field.store:
                self._copy_field_translations(field, new)
        for link in self._inherits.values():
            if link not in excluded and new[link] != old[link]:
                old[link].copy_translations(new[link], excluded=excluded)

    def _copy_field_translations(self, field, new):
        stored = field._get_stored_translations(self)
        if not stored or len(stored) < 2:
            return
        lang = self.env._lang.removeprefix("_")
        current = field._get_stored_translations(new) or {}
        own = current.get(lang, current.get("en_US"))
        if callable(field.translate):
            values = {**stored, lang: own} if own == stored.get(lang, stored.get("en_US")) else current
        else:
            values = {**current, **{code: value for code, value in stored.items() if code != lang}}
        new._write_translations(field, values)

    # errors of the database

    def _convert_pgerror(self, error):
        """Return what an error of the database means for this model: the text of the constraint that was violated."""
        _ = self.env._
        diagnostics = error.diag
        field = self._fields.get(diagnostics.column_name or "")
        if isinstance(error, psycopg2.errors.NotNullViolation):
            label = field.string if field is not None else diagnostics.column_name
            return _(
                "“%(field)s” (%(column)s) of %(model)s (%(name)s) needs a value: fill it in or, "
                "if it is empty because "
                "what it refers to is being deleted, archive that record instead.",
                model=self._description,
                name=self._name,
                field=label,
                column=diagnostics.column_name,
            )
        name = diagnostics.constraint_name or ""
        for key, _definition, message in self._sql_constraints:
            if name == f"{self._table}_{key}":
                return message(self, error) if callable(message) else _(message) if message else str(error)
        return diagnostics.message_primary or str(error)
