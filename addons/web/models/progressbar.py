"""Counts for the progress bars on top of kanban columns."""

from collections import Counter

from odoo import api, models


class Base(models.AbstractModel):
    """Progress bars."""

    _inherit = "base"

    @api.model
    @api.readonly
    def read_progress_bar(self, domain, group_by, progress_bar):
        """Return how many records of each group have each of the values that a progress bar shows.

        :param group_by: group specification of the columns
        :param progress_bar: ``{"field": name, "colors": {value: color}}``
        :return: ``{group value as text: {value: count}}``
        """
        field = self._fields[progress_bar["field"]]
        colors = progress_bar["colors"]
        result: dict = {}
        countable = field._description_groupable(self.env)
        count = self._progress_bar_stored if countable else self._progress_bar_computed
        for group, value, number in count(domain, group_by, field.name):
            key = group[0] if isinstance(group, (tuple, list)) else group
            counts = result.setdefault(str(key), dict.fromkeys(colors, 0))
            if value in counts:
                counts[value] += number
        return {group: counts for group, counts in result.items() if any(counts.values())}

    def _progress_bar_stored(self, domain, group_by, name):
        """Yield ``(group, value, count)``, counted by the database."""
        for group in self.read_group(domain, ["__count"], [group_by, name], lazy=False):
            yield group[group_by], group[name], group["__count"]

    def _progress_bar_computed(self, domain, group_by, name):
        """Yield ``(group, value, count)`` for a field that is not stored: the records of each group are read."""
        for group in self.read_group(domain, ["__count"], [group_by], lazy=False):
            records = self.search_fetch(group["__domain"], [name])
            for value, number in Counter(records.mapped(lambda record: record[name])).items():
                yield group[group_by], value, number
