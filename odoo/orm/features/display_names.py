"""Display names: what records are called, and the search for records by their names."""

import logging

from odoo.exceptions import MissingError
from odoo.tools.text import natural_number

from .. import decorators as api
from ..domain import Domain
from ..domain.sql import STRICT_SEARCH
from ..overrides import original
from ..plans.model_plans import Watched

__all__ = ["DisplayNamesMixin"]

_logger = logging.getLogger("odoo.models")


class DisplayNamesMixin(metaclass=Watched):
    """What records are called."""

    __slots__ = ()

    def _display_names(self) -> dict:
        """Return ``{id: display name}`` of those records that exist."""
        if not self._ids:
            return {}
        # fast path of display_name: where the name is a column, that column alone is read, and nothing computed
        field = self._fields[self._plans.reading.name_column or "display_name"]
        if field.name != "display_name":
            known = self._known_names(field)
            if known is not None:
                return known
            self._origin.fetch([field.name])
        try:
            return dict(zip(self._ids, field.mapped(self), strict=True))
        except MissingError:
            existing = self.exists()
            if len(existing) == len(self):
                raise
            return dict(zip(existing._ids, field.mapped(existing), strict=True))

    def _known_names(self, field) -> dict | None:
        """Return ``{id: name}`` where the cache has the names of all these records, else ``None``.

        :param field: the column that is the display name
        """
        # fast path of fetch() and mapped()
        if field.context_keys or field.awaited is not None:
            return None
        known = self.env.cache.columns.known(field)
        if not all(self._ids) or not known.keys() >= set(self._ids):
            return None
        return {id_: False if known[id_] is None else known[id_] for id_ in self._ids}

    @original
    @api.depends(lambda self: (self._rec_name,) if self._rec_name else ())
    def _compute_display_name(self):
        """Compute the display name: the value of ``_rec_name``, or model and id.

        A model that overrides the older method :meth:`name_get` has the names that it gives.
        """
        if "name_get" in self._plans.overrides:
            names = dict(self.name_get())
            for record in self:
                record.display_name = names.get(record.id, False)
            return
        _compute_from_rec_name(self)

    @original
    def name_get(self) -> list:
        """Return ``[(id, display name)]`` (the older way to read display names, and to make them by overriding it)."""
        if "name_get" in self._plans.overrides:
            # called by an override
            _compute_from_rec_name(self)
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

    @api.model
    @api.readonly
    def name_search(self, name="", args=None, operator="ilike", limit=100):
        """Return ``(id, display name)`` of the records of the domain ``args`` whose name matches ``name``."""
        domain = Domain(args or [])
        if not (name == "" and operator in ("ilike", "like")):
            # fast path of a condition on display_name
            if self._fields["display_name"].search == "_search_display_name":
                domain &= Domain(self._search_display_name(operator, name))
            else:
                domain &= Domain("display_name", operator, name)
        records = self.search_fetch(list(domain), ["display_name"], limit=limit)
        names = records.sudo()._display_names()
        return [(id_, names[id_]) for id_ in records._ids if id_ in names]

    @api.model
    def _search_display_name(self, operator, value):
        """Return the domain for a condition on ``display_name``, from ``_rec_names_search`` or ``_rec_name``.

        Without any of these the condition restricts nothing, and a warning is logged.

        :raise ValueError: when a record rule has such a condition, which must not let everybody in
        """
        names = self._rec_names_search or ([self._rec_name] if self._rec_name else [])
        if not names:
            problem = f"Records of {self._name} cannot be searched by name: they have no field for it"
            if self.env.context.get(STRICT_SEARCH):
                raise ValueError(problem)
            _logger.warning(problem)
            return []
        negative = operator in ("!=", "not in", "not like", "not ilike", "not =like", "not =ilike", "<>")
        conditions = [_name_condition(self, name, operator, value, negative) for name in names]
        conditions = [condition for condition in conditions if condition is not None]
        return list(Domain.AND(conditions) if negative else Domain.OR(conditions))


def _compute_from_rec_name(records):
    name = records._rec_name
    if name:
        field = records._fields[name]
        display_name = records._fields["display_name"]
        if field.type == "char" and not display_name.store:
            # fast path of __set__() for each record: nothing depends on how the names get into the cache
            names = field.mapped(records)
            records.env.cache.update(records, display_name, [value or None for value in names])
            return
        convert = field.convert_to_display_name
        for record in records:
            record.display_name = convert(record[name], record)
    else:
        for record in records:
            record.display_name = f"{record._name},{record.id}"


def _name_condition(model, name, operator, value, negative):
    """Return the condition on one of the fields that make the name; ``None`` where the value cannot be one."""
    field = model._fields[name.split(".")[0]]
    if field.type in ("integer", "many2one_reference") and isinstance(value, str):
        number = natural_number(value.strip().removeprefix("-"))
        if number is None or operator not in ("=", "!=", "ilike", "not ilike", "like", "not like"):
            return None
        return Domain(name, "!=" if negative else "=", -number if value.strip().startswith("-") else number)
    if field.type == "many2one" and "." not in name and isinstance(value, str):
        return Domain(f"{name}.display_name", operator, value)
    return Domain(name, operator, value)
