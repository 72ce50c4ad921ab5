"""Fields that stand for a field of a related record."""

import logging

from odoo.exceptions import AccessError

from ..domain import NEGATION
from ..domain_values import holds_for_empty

__all__ = ["RelatedField", "first"]

_logger = logging.getLogger("odoo.fields")


def first(records):
    """Return the first of ``records``, or none when it is empty."""
    return next(iter(records)) if len(records) > 1 else records


class RelatedField:
    """The related side of a field: follows the path to read, write and search."""

    def setup_related(self, model):
        """Resolve the path of a related field and take over what it does not define itself."""
        field = target_model = None
        target_model = model
        names = self.related.split(".")
        searchable = True
        for index, name in enumerate(names, 1):
            field = target_model._fields.get(name)
            if field is None:
                raise KeyError(
                    f"Related field {self}: model {target_model._name} has no field {name}"
                    f"{target_model._nearest_field(name)}."
                )
            field.setup(target_model)
            searchable = searchable and field._is_searchable()
            if index < len(names):
                target_model = target_model[name] if field.relational else None
                if target_model is None:
                    raise TypeError(f"Related field {self}: its path goes through {field}, which is no relation.")
        self.related_field = field
        if field.type != self.type and not (field.type in ("many2one_reference", "integer") and self.type == "integer"):
            raise TypeError(f"Field {self} is of type {self.type}, the field {field} it is related to is not")
        self.compute = self._compute_related
        if self.inherited or not (self.readonly or field.readonly):
            self.inverse = self.inverse or self._inverse_related
        if not self.store and not self.search and searchable:
            self.search = self._search_related
        if self.store and self.translate:
            _logger.warning("Field %s is related, stored and translated: only one language of it can be right", self)
        for attribute in self._related_attributes():
            if attribute not in self.args or attribute == "string" and "string" not in self.args:
                value = getattr(field, attribute)
                if value is not None or attribute == "comodel_name":
                    setattr(self, attribute, value)
        if self.inherited:
            self.required = field.required
            self.inherited_field = field

    def _related_attributes(self):
        """Return the attributes that a related field copies from its target when it does not set them."""
        return ("string", "help", "groups", "aggregator", "comodel_name", *self._related_extra)

    _related_extra: tuple = ()

    def traverse_related(self, record):
        """Return ``(record, field)``: the last record of the related path, and the field to read on it."""
        for name in self.related.split(".")[:-1]:
            record = first(record[name])
        return record, self.related_field

    def _compute_related(self, records):
        """Compute the values by following the path for all the records together, relation by relation."""
        values = list(records)
        for name in self.related.split(".")[:-1]:
            try:
                values = [first(value[name]) for value in values]
            except AccessError as error:
                raise AccessError(
                    f"{error}\n\n"
                    + records.env._("(It is read for the field “%s”.)", self._description_string(records.env))
                ) from error
        target = self.related_field
        for record, value in zip(records, values):
            record[self.name] = self._related_value(value[target.name], record.env)

    def _related_value(self, value, env):
        """Return the value of the target in the environment of the related field's record."""
        return value

    def _inverse_related(self, records):
        """Write the values back through the path."""
        pairs = [(record, record[self.name]) for record in records]
        for record, value in pairs:
            target, field = self.traverse_related(record)
            if target and target[field.name] != value:
                target[field.name] = value

    def _search_related(self, model, operator, value):
        """Return the domain on the path for a condition on the related field; where the path ends early it is empty."""
        head, _dot, tail = self.related.partition(".")
        if not tail:
            return [(head, operator, value)]
        with_empty = holds_for_empty(self, operator, value)
        condition = [(tail, NEGATION[operator] if with_empty else operator, value)]
        if not self.compute_sudo or model.env.su:
            return [(head, "not any" if with_empty else "any", condition)]
        # the path is followed like the value is computed, whatever the user may see of it
        comodel = model.env[model._fields[head].comodel_name].sudo().with_context(active_test=False)
        return [(head, "not in" if with_empty else "in", comodel._search(condition))]
