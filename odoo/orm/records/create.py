"""Creating records: complete values, parents, one insert for the batch, then relations, computes and constraints."""

from .. import decorators as api
from ..features.tree import create_paths
from ..identifiers import NewId
from .batch import CreateBatch
from .insert import insert_batch

__all__ = ["CreateMixin"]


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
            _check_given_fields(self, vals_list)
        plan = self._plans.inserting
        refused = plan.refused_in_setup if _may_set_log_columns(self) else plan.refused
        for vals in vals_list:
            if not refused.isdisjoint(vals):
                for name in refused:
                    vals.pop(name, None)
        vals_list = [self._add_missing_default_values(vals) for vals in vals_list]
        for name in plan.properties:
            for vals in vals_list:
                # the parent of a new record may have defaults for them
                vals.setdefault(name, False)
        self._add_precomputed_values(vals_list)
        return vals_list

    def _add_precomputed_values(self, vals_list):
        """Compute the fields that are to be computed before the insert."""
        plan = self._plans.inserting
        names = plan.precomputed
        if not names:
            return
        for name in plan.sealed:
            for vals in vals_list:
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
        # fast path of create() for each record
        batch = CreateBatch(self, vals_list)
        for field in batch.plan.others:
            # before there is a row that they would be missing on
            if field.checks_written:
                for vals in vals_list:
                    if field.name in vals:
                        field.check_written(vals[field.name], self)
        if self._inherits:
            self._check_values(batch.plan, vals_list)
            batch = CreateBatch(self, _create_parents(self, batch.plan, vals_list))
        records = insert_batch(self, batch)
        parts = batch.parts(records)
        with self.env.protecting([(plan.protected, part) for plan, part, _vals_list in parts]):
            self._after_insert(batch, records, parts)
        if self._check_company_auto:
            records._check_company()
        return records

    def _check_values(self, plan, vals_list):
        """Refuse wrong values of any record before the first record that these delegate to is written."""
        for name, field in plan.checked:
            check = field.check_written if field.checks_written else field.convert_to_cache
            model = self.env[field.model_name]
            for vals in vals_list:
                if name in vals:
                    check(vals[name], model)

    def _after_insert(self, batch, records, parts):
        """Relations, dependants, inverses, access rules and constraints of records just inserted."""
        create_paths(records)
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
            _check_access_after_create(records)
        for plan, part, vals_list in parts:
            if plan.inverses:
                _hand_on(plan, part, vals_list)
        if records._constraint_methods:
            # before inverses work on these records
            records._validate_fields(batch.plan.names, batch.plan.inversed)
        if batch.plan.inversed:
            for plan, part, vals_list in parts:
                _inverse_on_create(self, plan, part, vals_list)
            records._validate_fields(batch.plan.inversed)

    def _modified_by_insert(self):
        """Mark what depends on the columns and the empty relations of records just inserted."""
        plan = self._plans.inserting
        for field in plan.computed_once:
            self._mark_stale(field, create=True)
        if plan.dependents is None:
            self.modified(plan.changed, create=True)
        # fast path of modified(): for models that do not override it
        elif plan.dependents:
            self._mark_dependents(plan.dependents, create=True)


def _check_given_fields(model, vals_list):
    """Check that the user may use the fields of the values for new records."""
    given = model._fields.keys() & set().union(*vals_list)
    if any(model._fields[name].groups for name in given):
        model.check_field_access_rights("create", list(dict.fromkeys(name for vals in vals_list for name in vals)))


def _may_set_log_columns(model) -> bool:
    """Tell whether log access columns in the values are honoured (only while data is being loaded)."""
    return not model._log_access or (model.env.uid == 1 and not model.pool.ready)


def _create_parents(model, plan, vals_list) -> list:
    """Create, or write on, the records that these delegate to; return the values with their ids."""
    vals_list = [dict(vals) for vals in vals_list]
    for parent_name, link in model._inherits.items():
        inherited = plan.parents.get(parent_name, ())
        parent_model = model.env[parent_name]
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


def _check_access_after_create(records):
    """Check the record rules on records just created."""
    if records.pool.services.access.domain(records, "create"):
        records.flush_recordset()
        records.check_access("create")


def _hand_on(plan, records, vals_list):
    """Write what related records are given on them."""
    for field, *_others in plan.inverses.values():
        if field.hands_on:
            for record, vals in zip(records, vals_list, strict=True):
                field.write_through(record, vals[field.name])


def _inverse_on_create(model, plan, records, vals_list):
    """Call the inverse methods of what new records are given."""
    cache = model.env.cache
    for fields in plan.inverses.values():
        if fields[0].hands_on:
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
