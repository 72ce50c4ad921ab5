"""One2many fields: the records that refer to a record."""

import logging

from odoo.exceptions import UserError
from odoo.tools.suggestions import nearest

from .base import SENTINEL
from .one2many_lines import LineWork
from .x2many import RelationalMulti, updated_ids

__all__ = ["One2many"]

_logger = logging.getLogger("odoo.fields")


class One2many(RelationalMulti):
    """The records of the comodel whose many2one ``inverse_name`` points to the record."""

    type = "one2many"
    inverse_name = None
    auto_join = False
    copy = False

    def __init__(self, comodel_name=SENTINEL, inverse_name=SENTINEL, string=SENTINEL, **kwargs):
        super().__init__(comodel_name=comodel_name, inverse_name=inverse_name, string=string, **kwargs)

    def setup_nonrelated(self, model):
        """Find the field of the comodel that points back."""
        super().setup_nonrelated(model)
        if not self.inverse_name:
            return
        comodel_class = model.pool.models.get(self.comodel_name)
        if comodel_class is None:
            return
        inverse = comodel_class._fields.get(self.inverse_name)
        if inverse is None:
            raise KeyError(
                f"No inverse field {self.inverse_name!r} found for {self.comodel_name!r} (one2many {self})"
                f"{nearest(self.inverse_name, comodel_class._fields)}"
            )

    def _membership_fields(self, registry) -> list:
        return [*registry.field_inverses[self], *super()._membership_fields(registry)]

    def register_inverses(self, registry):
        """Tell the registry which field this one mirrors."""
        if not self.inverse_name or not (self.store or not self.compute) or self.related:
            return
        comodel_class = registry.models.get(self.comodel_name)
        inverse = comodel_class and comodel_class._fields.get(self.inverse_name)
        if inverse is None:
            return
        if inverse.type in ("many2one", "many2one_reference"):
            registry.field_inverses.add(self, inverse)
        if inverse.type != "many2one" or inverse.comodel_name == self.model_name:
            registry.field_inverses.add(inverse, self)
        if inverse.type == "many2one" and not self.recomputed:
            self.awaited = inverse if inverse.recomputed else None
            in_cache = inverse.store and not inverse.recomputed and not inverse.company_dependent
            self.plain_inverse = inverse if in_cache else None

    def _inverse_paths(self, registry) -> list:
        comodel_class = registry.models.get(self.comodel_name)
        inverse = comodel_class and comodel_class._fields.get(self.inverse_name)
        return [f"{self.name}.{self.inverse_name}"] if inverse is not None and not inverse.store else []

    def recompute(self, records):
        """Compute what is pending: of lines, where they belong."""
        if self.recomputed:
            super().recompute(records)
        else:
            records.env[self.comodel_name]._recompute_field(self.awaited)

    def _describe(self, env):
        return {**super()._describe(env), "relation_field": self.inverse_name}

    def get_domain_list(self, records):
        """Return the domain; a field that can point to any model must name this one."""
        domain = super().get_domain_list(records)
        if self.comodel_name and self.inverse_name:
            inverse = records.env[self.comodel_name]._fields[self.inverse_name]
            if inverse.type == "many2one_reference":
                domain = [*domain, (inverse.model_field, "=", records._name)]
        return domain

    def update_db(self, model, columns):
        """Check that the comodel has the field that points back; there is no column to make."""
        comodel = model.pool.models.get(self.comodel_name)
        if comodel is not None and self.inverse_name not in comodel._fields:
            raise UserError(
                model.env._(
                    "“%(field)s” lists records of “%(comodel)s”, which has no field “%(inverse)s” that leads back.",
                    field=self,
                    comodel=self.comodel_name,
                    inverse=self.inverse_name,
                )
            )
        return False

    def _matching(self, records):
        """Return those ``records`` of the comodel that satisfy the field's domain."""
        domain = self.get_domain_list(records.env[self.model_name])
        return records.filtered_domain(domain) if domain else records

    def read(self, records):
        """Fetch the relation of ``records`` with one search on the comodel."""
        comodel = self._comodel_to_read(records.env)
        inverse = comodel._fields[self.inverse_name]
        domain = self.get_domain_list(records)
        if inverse._is_searchable():
            domain = [*domain, (self.inverse_name, "in", records.ids)]
        else:
            _logger.warning("%s is read by computing %s, which cannot be searched, for all records", self, inverse)
        lines = comodel.search_fetch(domain, [self.inverse_name, *self._filtered_by(comodel)])
        if inverse.store:
            column = lines.env.cache.field_data(lines, inverse)
            self._cache_pairs(records, ((column.get(line_id), line_id) for line_id in lines._ids))
        else:
            self._cache_pairs(records, ((inverse._cache_value(line), line.id) for line in lines))

    # writing

    def write_real(self, records_commands_list, create=False):
        """Apply commands to database records: create, link and unlink in as few batches as their order allows."""
        model = records_commands_list[0][0].browse()
        comodel = self._check_sudo_commands(model.env[self.comodel_name].with_context(**self.context))
        work = LineWork(self, model, comodel, create)
        work.to_update = updated_ids(records_commands_list)
        for records, commands in records_commands_list:
            for command in commands:
                work.apply(records, command)
            work.end_of(records)
        work.flush()

    def _from_origin(self, value, record):
        ids = super()._from_origin(value, record)
        if self.inverse_name:
            # lines mirrored for a record in memory belong to that record
            self._link_in_memory(record, ids)
        return ids

    def write_new(self, records_commands_list):
        """Apply commands to records in memory; the lines in memory that come and go point to their new parents."""
        cache = records_commands_list[0][0].env.cache
        for records, commands in records_commands_list:
            for record in records:
                before = self._ids_before(record, commands)
                ids = self._commands_to_cache(commands, record, validate=True)
                cache.set(record, self, ids)
                if self.inverse_name:
                    self._link_in_memory(record, ids, before)

    def _link_in_memory(self, record, ids, before=()):
        """Make lines in memory point to the record that has them, and those that it had ``before`` to none."""
        comodel = record.env[self.comodel_name]
        inverse = comodel._fields[self.inverse_name]
        if inverse.type != "many2one":
            return
        parent = record._ids[0]
        # nothing was computed from what nobody looked at
        moved = record.env.cache.mirrors.point(inverse, ids, parent, record.env.cache_key(inverse))
        column = record.env.cache.field_data(comodel, inverse)
        gone = [id_ for id_ in set(before).difference(ids) if not id_ and column.get(id_) == parent]
        if moved:
            comodel.browse(moved)[self.inverse_name] = record
        if gone:
            comodel.browse(gone)[self.inverse_name] = False
