"""Writing records: values into the cache, and what changes with them."""

from ..features.tree import move_paths, moved_by
from ..overrides import original
from ..plans.model_plans import Watched
from ..plans.write import WritePlan, is_proposed

__all__ = ["WriteMixin"]


class WriteMixin(metaclass=Watched):
    """Changing values of records."""

    __slots__ = ()

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
        plan = self._plans.writes.find(names, WritePlan, self, names)
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
            _touch(self)
        for field in plan.read_before:
            field.mapped(self)
        stale = env.transaction.stale
        if plan.companions and stale:
            self._compute_companions(plan)
        stale.protect(plan.protected, self._ids)
        try:
            self._carry_out(plan, vals, converted)
        finally:
            stale.release(plan.protected)
        if (plan.inverses or plan.handed_on) and plan.constrained:
            self._real()._validate_fields(_inverse_names(plan))
        if plan.company:
            self._check_company(list(names))
        return True

    def _carry_out(self, plan, vals, converted):
        """Put the values into the cache, and change what goes with them: what is computed, the tree, other records.

        :param converted: the values of the plain fields in cache format
        """
        if plan.relations:
            self.modified(plan.relations, before=True)
        moved = plan.parent and moved_by(self, vals)
        _write_fields(self, plan, vals, converted)
        # fast path of modified(): for models that do not override it
        if plan.tree is None:
            self.modified(plan.changed)
        elif plan.tree:
            self._mark_dependents(plan.tree)
        if moved:
            self.flush_model([self._parent_name])
            move_paths(moved)
        for field in plan.handed_on:
            field.write_through(self, vals[field.name])
        if plan.inverses:
            # constraints may look at it before its inverse method does
            _give_all_again(self, plan.inverses, vals)
        if plan.constrained:
            # before inverses work on these records
            self._real()._validate_fields(vals, _inverse_names(plan))
        if plan.inverses:
            _run_inverses(self, plan, vals)

    def _assign(self, field, value) -> bool:
        """Assign a plain field of one database record, where that is all there is to a write.

        :return: whether it was done; otherwise it takes a :meth:`write`
        """
        # fast path of write()
        plans = self._plans
        if "write" in plans.overrides:
            return False
        plan = plans.writes.get(field) or plans.writes.find(field, WritePlan, self, (field.name,))
        if not plan.simple or not plan.fields or field.groups:
            return False
        env, ids = self.env, self._ids
        if not env.su:
            self.check_access("write")
        value = field.convert_to_cache(value, self)
        if plan.touching and self._log_access and env.cache.changes.writers(self._name).get(ids[0]) != env.uid:
            _touch(self)
        stale = env.transaction.stale
        if plan.companions and stale:
            self._compute_companions(plan)
        field.write_converted(self, value)
        if not plan.protected:
            if plan.tree:
                self._mark_dependents(plan.tree)
        elif plan.tree:
            stale.protect(plan.protected, ids)
            try:
                self._mark_dependents(plan.tree)
            finally:
                stale.release(plan.protected)
        return True

    def _compute_companions(self, plan):
        """Compute what waits for the methods of the fields about to be written, so that they do not run afterwards."""
        for field in plan.companions:
            self._recompute_field(field, self._ids)

    def _real(self):
        """Return the records that are in the database."""
        return self if all(self._ids) else self.browse(tuple(id_ for id_ in self._ids if id_))

    def _write(self, vals):
        """Write column values without business logic: cache and flush only."""
        for name, value in vals.items():
            self._fields[name].write(self, value)
        self.modified(list(vals))
        self._flush()


def _write_fields(records, plan, vals, converted):
    """Put the values into the cache, field by field."""
    # fast path of Field.write() for each field
    for field, value in zip(plan.plain, converted):  # noqa: B905 - a keyword makes zip() half as slow again
        field.write_converted(records, value)
    priced_by = plan.priced_by
    for field in plan.others:
        if priced_by and field.type == "monetary":
            records.modified(priced_by)
            priced_by = None
        field.write(records, vals[field.name])
    for field in plan.proposed:
        # after the others, whose commands may delete records, which makes the cache forget
        _propose(records, field, vals[field.name])


def _touch(records):
    """Note who writes these records, for their log columns."""
    if not records._log_access:
        return
    cache, fields, uid = records.env.cache, records._fields, records.env.uid
    ids = records._ids if all(records._ids) else tuple(filter(None, records._ids))
    # fast path of what is below
    if len(ids) == 1:
        cache.changes.writers(records._name)[ids[0]] = uid
    else:
        cache.changes.touch(records._name, ids, uid)
    cache.columns.forget_each((fields["write_uid"], fields["write_date"]), ids)


def _inverse_names(plan) -> list:
    return [field.name for fields in (*plan.inverses.values(), plan.handed_on) for field in fields]


def _give_all_again(records, inverses, vals):
    """Put all written values for inverse methods back into the cache that are not stored.

    :param inverses: ``{inverse method: fields}``
    """
    for fields in inverses.values():
        for field in fields:
            if not field.store:
                _give_again(records, field, vals[field.name])


def _run_inverses(records, plan, vals):
    """Call the inverse methods of what was written."""
    for method, fields in plan.inverses.items():
        _give_all_again(records, {method: fields}, vals)
        fields[0].determine_inverse(records)
        for field in fields:
            if not field.store and field.type in ("one2many", "many2many"):
                # it has lines in memory that the inverse made into records
                records.env.cache.invalidate([(field, records._ids)])


def _give_again(records, field, value):
    """Put a written value back into the cache where it was forgotten, as deleting records does."""
    forgetful = _forgetful(records, field)
    if forgetful and is_proposed(field):
        _propose(forgetful, field, value)
    elif forgetful:
        field.write(forgetful, value)


def _propose(records, field, value):
    """Put a written relation, for its inverse method, into the cache: commands change what is there."""
    forgetful = _forgetful(records, field)
    if forgetful:
        # it is protected, which keeps it from being computed
        stale = records.env.transaction.stale
        ids = stale.shields(field)[-1]
        stale.release((field,))
        try:
            field.mapped(forgetful)
        finally:
            stale.protect((field,), ids)
        # what is given for others of the same method must not be taken for known
        others = [other for other in records.pool.field_computed.get(field, ()) if not other.store]
        records.env.cache.invalidate([(other, forgetful._ids) for other in others if other is not field])
    field.write(records, value)


def _forgetful(records, field):
    """Return the records without a value for ``field`` in the cache."""
    return records.browse(tuple(records.env.cache.get_missing_ids(records, field)))
