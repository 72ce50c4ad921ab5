"""The values of records that are created together: by record as they come, by column as they are inserted."""

from psycopg2.extensions import AsIs

from ..cache import NOTHING
from ..plans.create import CreatePlan
from ..plans.model_plans import plans_of

__all__ = ["CreateBatch"]

#: stands in a row for what the column has without a value
DEFAULT = AsIs("DEFAULT")


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
        return plans_of(model).creates.find(frozenset(names), CreatePlan, model, names)

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

    def columns(self, model) -> tuple[dict, dict]:
        """Return what the cache and what the rows of new records of ``model`` have in the columns that are given.

        :return: ``{field: values}`` and ``{name: values}``
        """
        cached, stored = {}, {}
        plan = self.plan
        if len(self.vals_list) > 1:
            for field in plan.columns:
                cached[field], stored[field.name] = self._column(field, model)
            return cached, stored
        # fast path of _column() for each field: a record has one value in each
        [vals] = self.vals_list
        for field, name, convert, is_stored_as_cached in plan.conversions:
            values = [convert(vals[name], model)] if convert else field.create_column(self.vals_list, model)
            cached[field] = values
            stored[name] = values if is_stored_as_cached else field.to_columns(values, model)
        return cached, stored

    def _column(self, field, model) -> tuple:
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
