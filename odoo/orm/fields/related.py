"""Fields that stand for a field of a related record."""

import logging
from collections.abc import Iterable

from odoo.exceptions import AccessError
from odoo.tools.suggestions import nearest

from ..domain.operators import NEGATION
from ..domain.values import holds_for_empty

__all__ = ["RelatedField", "first"]

_logger = logging.getLogger("odoo.fields")


def first(records):
    """Return the first of ``records``, or none when it is empty."""
    return next(iter(records)) if len(records) > 1 else records


class RelatedField:
    """The related side of a field: follows the path to read, write and search."""

    def setup_related(self, model):
        """Resolve the path of a related field and take over what it does not define itself."""
        path = self._resolved_path(model)
        self.related_field = field = path[-1]
        # an id is a number: of a record, too
        if field.type != self.type and (self.type, field.type) != ("integer", "many2one_reference"):
            raise TypeError(f"Field {self} is of type {self.type}, the field {field} it is related to is not")
        self.compute = self._compute_related
        if not self.inverse and (self.inherited or not (self.readonly or field.readonly)):
            self.inverse = self._inverse_related
        if not self.store and not self.search and all(step._is_searchable() for step in path):
            self.search = self._search_related
        if self.store and self.translate:
            _logger.warning("Field %s is related, stored and translated: only one language of it can be right", self)
        for attribute in self._related_attributes():
            if attribute not in self.args or (attribute == "string" and "string" not in self.args):
                value = getattr(field, attribute)
                if value is not None or attribute == "comodel_name":
                    setattr(self, attribute, value)
        if self.inherited:
            self.required = field.required
            self.inherited_field = field

    def _resolved_path(self, model) -> list:
        """Return the fields of the path, set up: relations, and the field that this one stands for.

        :raise KeyError: when a model on the way lacks the field
        :raise TypeError: when the path goes through something else than relations
        """
        path: list = []
        for name in self.related.split("."):
            if path:
                if not path[-1].relational:
                    raise TypeError(f"Related field {self}: its path goes through {path[-1]}, which is no relation.")
                model = model[path[-1].name]
            if name not in model._fields:
                raise KeyError(
                    f"Related field {self}: model {model._name} has no field {name}{nearest(name, model._fields)}."
                )
            path.append(model._fields[name])
            path[-1].setup(model)
        return path

    def _related_attributes(self):
        """Return the attributes that a related field copies from its target when it does not set them."""
        return ("string", "help", "groups", "aggregator", "comodel_name", *self._related_extra)

    _related_extra: tuple = ()

    def traverse_related(self, record):
        """Return ``(record, field)``: the last record of the related path, and the field to read on it."""
        return self._targets([record], record.env)[0], self.related_field

    def _targets(self, records: Iterable, env) -> list:
        """Return the record at the end of the path for each of ``records``; one relation is followed for all at a time.

        :raise AccessError: naming this field, when the user may not read a record on the way
        """
        # fast path of traverse_related() for each record
        targets = list(records)
        try:
            for relation in self.related.split(".")[:-1]:
                targets = [first(target[relation]) for target in targets]
        except AccessError as error:
            hint = env._(
                "(It is read for the field “%(field)s” of '%(model)s' (%(name)s).)",
                field=self._description_string(env),
                model=env[self.model_name]._description,
                name=self.model_name,
            )
            raise AccessError(f"{error}\n\n{hint}") from error
        return targets

    def _related_target(self, model, sudo: bool):
        """Return the stored field at the end of a path of many2one fields; see ``joined_target``."""
        if not self.inherited:
            sudo = sudo or self.compute_sudo
            if not sudo:
                return None
        *way, last = self.related.split(".")
        for name in way:
            step = model._fields[name]
            if step.type != "many2one" or step.joined_target(model, sudo) is None:
                return None
            model = model.env[step.comodel_name]
        return model._fields[last].joined_target(model, sudo)

    def _compute_related(self, records):
        """Compute the values by following the path for all the records together."""
        name = self.related_field.name
        for record, target in zip(records, self._targets(records, records.env), strict=True):
            record[self.name] = self._related_value(target[name], record.env)

    def _related_value(self, value, env):
        """Return the value of the target in the environment of the related field's record."""
        return value

    def _inverse_related(self, records):
        """Write the values back through the path; a record in memory changes only what is in memory as well."""
        pairs = [(record, record[self.name]) for record in records]
        for record, value in pairs:
            target, field = self.traverse_related(record)
            if target and (record.id or not target.id) and target[field.name] != value:
                target[field.name] = value

    def _search_related(self, model, operator, value):
        """Return the domain on the path for a condition on the related field; where the path ends early it is empty."""
        return self._search_path(model, self.related, operator, value, holds_for_empty(self, operator, value))

    def search_related_part(self, model, part: str, operator: str, value) -> list:
        """Return the domain on the path for a condition on a part of the value: of a date, or one of its properties.

        :param operator: of a condition in normal form, like ``value``
        """
        if self.type in ("date", "datetime"):
            # only the absence of a date is met by nothing
            with_empty = operator == "in" and None in value
        else:
            with_empty = holds_for_empty(self, operator, value)
        return self._search_path(model, f"{self.related}.{part}", operator, value, with_empty)

    def _search_path(self, model, path, operator, value, with_empty) -> list:
        """Return the domain on ``path``, which begins with the one of the related field.

        :param with_empty: whether records whose path ends early meet the condition
        """
        if "." not in self.related:
            return [(path, operator, value)]
        head, _dot, tail = path.partition(".")
        condition = [(tail, NEGATION[operator] if with_empty else operator, value)]
        if not self.compute_sudo or model.env.su:
            return [(head, "not any" if with_empty else "any", condition)]
        # the path is followed like the value is computed, whatever the user may see of it
        comodel = model.env[model._fields[head].comodel_name].sudo().with_context(active_test=False)
        return [(head, "not in" if with_empty else "in", comodel._search(condition))]
