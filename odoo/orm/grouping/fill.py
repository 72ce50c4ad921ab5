"""Groups without records: those of ``group_expand``, and the periods between the first and the last one."""

from datetime import timedelta

from odoo.tools import date_utils

from ..fields.temporal import Date, Datetime
from .terms import READ_GROUP_TIME_GRANULARITY, parse_read_group_spec

__all__ = ["ReadGroupFillMixin"]


class ReadGroupFillMixin:
    """Completion of the groups of ``read_group``; group values are still records and dates here."""

    __slots__ = ()

    def _read_group_fill(self, domain, groups, annotated_groupby, annotated_aggregates, lazy, orderby) -> list:
        """Return the groups with those that ``group_expand`` of the first group field adds."""
        spec = next(iter(annotated_groupby))
        fname, property_name, _granularity = parse_read_group_spec(spec)
        field = self._fields[fname]
        if not lazy or property_name or not field.group_expand:
            return groups
        values = self._read_group_expanded(field, groups, spec, domain)
        by_value = {self._read_group_key(group[spec]): group for group in groups}
        expanded = {self._read_group_key(value): value for value in values}
        empty = self._read_group_empty_values(annotated_aggregates)
        completed = []
        for key, value in expanded.items():
            completed.append(by_value.get(key) or {spec: value, **empty})
        completed += [group for key, group in by_value.items() if key not in expanded]
        if orderby and orderby.split(",")[0].split()[0] != spec:
            # an explicit order puts the groups with records first
            return groups + [group for group in completed if self._read_group_key(group[spec]) not in by_value]
        if orderby and orderby.split(",")[0].lower().endswith(" desc"):
            completed.reverse()
        return completed

    @staticmethod
    def _read_group_key(value):
        return value.id if hasattr(value, "_ids") else value

    def _read_group_empty_values(self, annotated_aggregates: dict) -> dict:
        """Return what the aggregates of a group without records are."""
        return {name: self._read_group_empty_value(spec) for name, spec in annotated_aggregates.items()}

    def _read_group_fill_temporal(
        self,
        groups,
        annotated_groupby,
        annotated_aggregates,
        fill_from=False,
        fill_to=False,
        min_groups=False,
    ) -> list:
        """Return the groups with a group for every period without records.

        :param fill_from: first period (a date or datetime in it); that of the first group by default
        :param fill_to: last period; that of the last group by default
        :param min_groups: least number of periods
        """
        spec, annotated = next(iter(annotated_groupby.items()))
        fname, property_name, granularity = parse_read_group_spec(annotated)
        field = self._fields[fname]
        if property_name or field.type not in ("date", "datetime") or granularity not in READ_GROUP_TIME_GRANULARITY:
            return groups
        existing = [group[spec] for group in groups if group[spec]]
        periods = self._read_group_periods(existing, field, granularity, fill_from, fill_to, min_groups)
        if not periods:
            return groups
        empty = self._read_group_empty_values(annotated_aggregates)
        others = {key: self._read_group_empty_value(value) for key, value in list(annotated_groupby.items())[1:]}
        by_period: dict = {}
        for group in groups:
            by_period.setdefault(group[spec], []).append(group)
        result = []
        for period in sorted({*periods, *existing}):
            result += by_period.get(period) or [{spec: period, **others, **empty}]
        # records without a date are in the last group
        return result + by_period.get(False, [])

    def _read_group_periods(self, existing, field, granularity, fill_from, fill_to, min_groups) -> list:
        """Return the starts of all the periods from the first to the last one."""
        step = READ_GROUP_TIME_GRANULARITY[granularity]
        first, last = min(existing, default=None), max(existing, default=None)
        if fill_from:
            first = self._read_group_period_start(fill_from, field, granularity)
        if fill_to:
            last = self._read_group_period_start(fill_to, field, granularity)
        if first is None and last is None:
            return []
        first = last if first is None else first
        last = first if last is None else last
        if min_groups:
            least = first + step * (min_groups - 1)
            last = max(last, least) if fill_from or existing else last
        periods = []
        while first <= last:
            periods.append(first)
            first += step
        return periods

    def _read_group_period_start(self, value, field, granularity):
        """Return the start of the period of a date or datetime, for a datetime field one of the user's time zone."""
        value = Datetime.to_datetime(value)
        if granularity == "week":
            offset = timedelta(days=(8 - self._read_group_week_start()) % 7)
            value = date_utils.start_of(value + offset, "week") - offset
        else:
            value = date_utils.start_of(value, granularity)
        return Date.to_date(value) if field.type == "date" else value
