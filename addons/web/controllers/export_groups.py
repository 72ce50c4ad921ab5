"""Exported records in the groups of the list they come from."""

from __future__ import annotations

import collections


class GroupsTree:
    """A group: its subgroups, its rows, and what the rows add up to.

    :param model: empty recordset of the exported model
    :param fields: paths of the exported columns
    :param groupby: specifications of the levels below and including this one
    """

    def __init__(self, model, fields, groupby, depth: int = 0):
        self.model = model
        self.fields = fields
        self.groupby = groupby
        self.depth = depth
        self.children = collections.OrderedDict()
        self.data = []
        self.count = 0
        self._sums = {}

    @property
    def aggregated_values(self) -> dict:
        """Totals of the columns that have an aggregator, by path."""
        return self._sums

    def insert(self, records, groups, groupby_types):
        """Put the rows of `records` where `groups`, results of a grouped reading, say."""
        if not groups:
            return
        names = {}
        for group in groups:
            members = records.search(group["__domain"])
            keys = [self._title(group[spec], kind) for spec, kind in zip(self.groupby, groupby_types, strict=True)]
            # records of several groups may have one name
            names[tuple(keys)] = names.get(tuple(keys), records.browse()) | members
        for keys, members in names.items():
            rows = members.export_data(self.fields).get("datas", [])
            self._place(keys, rows, len(members))

    def _title(self, value, kind):
        undefined = self.model.env._("Undefined")
        if isinstance(value, (tuple, list)) and kind in ("many2one", "many2many", "properties", "integer"):
            # records without a name are some that the user may not read
            return str(value[1] or undefined)
        if value is False and kind != "boolean":
            return undefined
        return str(value)

    def _place(self, keys, rows, count):
        self.count += count
        self._add_up(rows)
        if not keys:
            self.data.extend(rows)
            return
        child = self.children.get(keys[0])
        if child is None:
            child = self.children[keys[0]] = GroupsTree(self.model, self.fields, self.groupby, self.depth + 1)
        child._place(keys[1:], rows, count)

    def _add_up(self, rows):
        for column, path in enumerate(self.fields):
            field = self.model._fields.get(path)
            if field is None or getattr(field, "aggregator", None) not in ("sum", "max", "min", "bool_and", "bool_or"):
                continue
            values = [row[column] for row in rows if isinstance(row[column], (int, float))]
            if path in self._sums:
                values.append(self._sums[path])
            if values:
                self._sums[path] = _AGGREGATORS[field.aggregator](values)


_AGGREGATORS = {"sum": sum, "max": max, "min": min, "bool_and": all, "bool_or": any}
