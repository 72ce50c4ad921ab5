"""What is worked out about records to create: once per model and set of fields, and once per batch of records."""

from collections import defaultdict

from psycopg2.extensions import AsIs

from .cache import NOTHING
from .names import LOG_ACCESS_COLUMNS

__all__ = ["CreateBatch", "CreatePlan"]

#: stands in a row for what the column has without a value
DEFAULT = AsIs("DEFAULT")


class CreatePlan:
    """What creating records with a given set of fields involves, worked out once per model and set."""

    __slots__ = ("names", "columns", "others", "inverses", "protected", "parents")

    def __init__(self, model, names):
        fields = model._fields
        unknown = [name for name in names if name not in fields]
        if unknown:
            raise ValueError(f"Invalid field {unknown[0]!r} on model {model._name!r}{model._nearest_field(unknown[0])}")
        self.names = names
        self.columns, self.others, self.parents = [], [], defaultdict(list)
        self.inverses = defaultdict(list)
        self.protected: dict = {}
        for name in names:
            field = fields[name]
            if name == "id" or (model._log_access and name in LOG_ACCESS_COLUMNS):
                continue
            if field.inherited:
                self.parents[fields[field.related.split(".")[0]].comodel_name].append(field)
            elif field.store:
                (self.columns if field.column_type else self.others).append(field)
            if field.inverse and not field.inherited:
                self.inverses[field.inverse].append(field)
            if field.compute and not field.inherited and (field.precompute or not field.is_sealed):
                self.protected.update(
                    dict.fromkeys(
                        other
                        for other in model.pool.field_computed.get(field, [field])
                        if not other.store or other.name in names
                    )
                )
        # relations get their values as they are declared: commands may look at those before
        declared = {field: index for index, field in enumerate(fields.values())}
        self.others.sort(key=declared.__getitem__)


class CreateBatch:
    """The values of records that are created together; each may give other fields."""

    __slots__ = ("plan", "vals_list", "_groups")

    def __init__(self, model, vals_list):
        self.vals_list = vals_list
        keys = vals_list[0].keys()
        if len(vals_list) == 1 or all(vals.keys() == keys for vals in vals_list):
            self._groups = None
            self.plan = self._plan_for(model, tuple(keys))
            return
        groups: dict = {}
        for index, vals in enumerate(vals_list):
            groups.setdefault(frozenset(vals), []).append(index)
        alike = [(tuple(vals_list[indexes[0]]), indexes) for indexes in groups.values()]
        self._groups = [(self._plan_for(model, names), indexes) for names, indexes in alike]
        self.plan = self._plan_for(model, tuple(dict.fromkeys(name for names, _indexes in alike for name in names)))

    @staticmethod
    def _plan_for(model, names):
        return model._lookup(("create", frozenset(names)), lambda: CreatePlan(model, names))

    @property
    def is_mixed(self) -> bool:
        """Whether not all records give the same fields."""
        return self._groups is not None

    def parts(self, records) -> list:
        """Return ``[(plan, records, values)]`` of the created ``records``: those that give the same fields together."""
        if self._groups is None:
            return [(self.plan, records, self.vals_list)]
        ids, vals_list = records._ids, self.vals_list
        return [
            (plan, records.browse(tuple(ids[index] for index in indexes)), [vals_list[index] for index in indexes])
            for plan, indexes in self._groups
        ]

    def alike(self, model) -> list:
        """Return ``[(indexes, batch)]`` of a mixed batch, each of records that give the same fields."""
        vals_list = self.vals_list
        return [
            (indexes, CreateBatch(model, [vals_list[index] for index in indexes])) for _plan, indexes in self._groups
        ]

    def column(self, field, model) -> tuple:
        """Return what the cache and what the rows of new records of ``model`` have in the column of ``field``."""
        if self._groups is None:
            values = field.create_column(self.vals_list, model)
            return values, field.to_columns(values, model)
        name = field.name
        given = [index for index, vals in enumerate(self.vals_list) if name in vals]
        values = field.create_column([self.vals_list[index] for index in given], model)
        count = len(self.vals_list)
        # another value than none may be read where nothing is stored
        cached, stored = [NOTHING if field.context_keys else None] * count, [DEFAULT] * count
        for index, value, term in zip(given, values, field.to_columns(values, model), strict=True):
            cached[index], stored[index] = value, term
        return cached, stored
