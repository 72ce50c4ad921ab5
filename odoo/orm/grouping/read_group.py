"""``read_group``: grouped reads as dictionaries for clients, with labels, domains, ranges and empty groups."""

import functools
import inspect
import re
from collections.abc import Iterable
from datetime import date, datetime

import babel.dates
import pytz

from odoo.exceptions import UserError
from odoo.i18n.formats import babel_locale_parse, get_lang
from odoo.tools import date_utils
from odoo.tools.constants import DEFAULT_SERVER_DATE_FORMAT, DEFAULT_SERVER_DATETIME_FORMAT
from odoo.tools.suggestions import nearest

from .. import decorators as api
from ..domain.lists import AND
from .fill import ReadGroupFillMixin
from .terms import (
    READ_GROUP_AGGREGATE,
    READ_GROUP_DISPLAY_FORMAT,
    READ_GROUP_NUMBER_GRANULARITY,
    READ_GROUP_TIME_GRANULARITY,
    parse_read_group_spec,
)

__all__ = ["ReadGroupMixin"]

_FIELD_SPEC = re.compile(r"(?P<name>\w+)(?::(?P<function>\w+)(?:\((?P<field>\w+)\))?)?$")


class ReadGroupMixin(ReadGroupFillMixin):
    """Grouped reads for clients."""

    __slots__ = ()

    @api.model
    @api.readonly
    def read_group(self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True) -> list:
        """Return the groups of the records that satisfy ``domain``, one dict for each.

        :param fields: aggregates: ``field`` (with its default function), ``field:function`` or ``name:function(field)``
        :param groupby: specifications of what to group by, or one of them
        :param orderby: order clause over groups and aggregates
        :param lazy: group by the first specification only, and leave the others to ``__context``
        :return: dicts with the groups and aggregates, the count, ``__domain``, and where they apply ``__context``,
            ``__range`` and ``__fold``
        :raise ValueError: for a malformed specification
        """
        groupby = [groupby] if isinstance(groupby, str) else list(groupby or ())
        lazy_groupby = groupby[:1] if lazy else groupby
        annotated_groupby = self._read_group_get_annotated_groupby(lazy_groupby, lazy)
        self = self._read_group_knowing_properties(annotated_groupby)
        aggregates = self._read_group_annotated_aggregates(fields or [], lazy_groupby)
        count_name = f"{groupby[0].split(':')[0]}_count" if lazy and groupby else "__count"
        annotated_aggregates = {count_name: "__count", **aggregates}
        order = self._read_group_annotated_order(orderby, annotated_groupby, annotated_aggregates)
        fill_temporal = self.env.context.get("fill_temporal")
        rows = self._read_group(
            domain,
            annotated_groupby.values(),
            annotated_aggregates.values(),
            offset=offset,
            limit=limit,
            order=order,
        )
        names = [*annotated_groupby, *annotated_aggregates]
        groups = [dict(zip(names, row, strict=True)) for row in rows]
        # a page of the groups is completed by nothing
        complete = not offset and (not limit or len(groups) < limit)
        if lazy_groupby and complete:
            groups = self._read_group_fill(domain, groups, annotated_groupby, annotated_aggregates, lazy, orderby)
        # options may all have their default values
        if (fill_temporal or isinstance(fill_temporal, dict)) and annotated_groupby and complete:
            options = fill_temporal if isinstance(fill_temporal, dict) else {}
            groups = self._read_group_fill_temporal(groups, annotated_groupby, annotated_aggregates, **options)
        self._read_group_note_properties(domain, groups, annotated_groupby, complete)
        conditions = self._read_group_format_result(groups, annotated_groupby, domain, complete)
        for group, of_group in zip(groups, conditions, strict=True):
            # what is asked for twice is repeated
            group["__domain"] = AND([domain or [], *(of_group[spec] for spec in lazy_groupby)])
        if rest := groupby[len(lazy_groupby) :]:
            for group in groups:
                group["__context"] = {"group_by": rest}
        if lazy and groupby:
            self._read_group_add_fold(groups, next(iter(annotated_groupby)))
        for group in groups:
            for spec in annotated_groupby:
                group[spec] = self._read_group_label(group[spec], spec)
        return groups

    # specifications

    def _read_group_known_field(self, fname, spec):
        """Return the field of a specification.

        :raise ValueError: when the model has no such field
        """
        field = self._fields.get(fname)
        if field is None:
            raise ValueError(
                f"Invalid field {fname!r} on model {self._name!r} in {spec!r}{nearest(fname, self._fields)}"
            )
        return field

    @api.model
    def _read_group_get_annotated_groupby(self, groupby, lazy) -> dict:
        """Return ``{specification as given: specification for _read_group}``; dates are grouped by month by default."""
        annotated = {}
        for spec in groupby:
            fname, property_name, granularity = parse_read_group_spec(spec)
            field = self._read_group_known_field(fname, spec)
            if field.type == "properties" and not property_name:
                raise ValueError(f"Grouping by field {field} takes the name of a property: '{fname}.<name>'")
            with_default = field.type in ("date", "datetime") and not granularity
            annotated[spec] = f"{spec}:month" if with_default else spec
        return annotated

    def _read_group_annotated_aggregates(self, fields: Iterable[str], groupby) -> dict:
        """Return ``{name in the result: specification for _read_group}`` of the aggregates.

        :raise ValueError: for a malformed specification or an unknown field
        :raise UserError: for a function that does not exist
        """
        grouped = {spec.split(":")[0] for spec in groupby}
        aggregates = {}
        for spec in fields:
            if spec == "__count" or spec in grouped:
                continue
            match = _FIELD_SPEC.match(spec)
            if not match:
                raise ValueError(
                    f"{spec!r} is nothing to aggregate: write field, field:function or name:function(field)"
                )
            name, function, fname = match["name"], match["function"], match["field"] or match["name"]
            field = self._read_group_known_field(fname, spec)
            function = function or field.aggregator
            if not function or not field._description_groupable(self.env) or name in grouped:
                continue
            if function not in READ_GROUP_AGGREGATE:
                raise UserError(
                    self.env._(
                        "Field %(field)r: there is no aggregate function %(function)r.", function=function, field=fname
                    )
                )
            if name in aggregates:
                raise UserError(self.env._("Two aggregates are named %s.", name))
            aggregates[name] = f"{fname}:{function}"
        return aggregates

    def _read_group_annotated_order(self, orderby, annotated_groupby: dict, annotated_aggregates: dict) -> "str | None":
        """Return the order clause for ``_read_group``; terms that say nothing about groups are dropped."""
        if not orderby:
            return ",".join(annotated_groupby.values()) or None
        terms = []
        for part in orderby.split(","):
            spec, *direction = part.split()
            by_field = {key.split(":")[0]: value for key, value in annotated_groupby.items()}
            if spec in annotated_groupby:
                spec = annotated_groupby[spec]
            elif spec in by_field:
                spec = by_field[spec]
            elif spec in annotated_aggregates:
                spec = annotated_aggregates[spec]
            elif spec in annotated_groupby.values() or spec == "__count":
                pass
            elif (
                ":" not in spec
                and spec in self._fields
                and self._fields[spec].aggregator
                and self._fields[spec]._description_groupable(self.env)
            ):
                spec = f"{spec}:{self._fields[spec].aggregator}"
            elif ":" not in spec:
                continue
            terms.append(" ".join([spec, *direction]))
        seen = {term.split()[0] for term in terms}
        # the groups' own values make the order complete
        terms += [spec for spec in annotated_groupby.values() if spec not in seen]
        return ",".join(terms) or None

    # results

    def _read_group_format_result(self, groups: list, annotated_groupby: dict, domain: list, complete: bool) -> list:
        """Add ``__range`` to the groups and replace periods by their labels; other values are still records.

        :param domain: the domain of all the groups
        :param complete: whether these are all the groups
        :return: for each group, ``{specification: domain of the group's value}``
        """
        conditions = []
        without = {spec: self._read_group_unlinked(groups, spec, domain, complete) for spec in annotated_groupby}
        for group in groups:
            of_group = {}
            for spec, annotated in annotated_groupby.items():
                linked = group[spec] or without[spec] is None
                of_group[spec] = self._read_group_condition(group, spec, annotated) if linked else without[spec]
            conditions.append(of_group)
        return conditions

    def _read_group_unlinked(self, groups: list, spec: str, domain: list, complete: bool) -> "list | None":
        """Return the domain of the group without value of a many2many, ``None`` for other fields.

        The group counts the records whose links all lead to what the user may not read: they have none of the values
        of the other groups.
        """
        if self._fields[parse_read_group_spec(spec)[0]].type != "many2many":
            return None
        if all(group[spec] for group in groups):
            return []
        # fast path of _read_group(): the groups are all there
        values = [group[spec] for group in groups] if complete else [row[0] for row in self._read_group(domain, [spec])]
        return [(spec, "not in", list(dict.fromkeys(value.id for value in values if value)))]

    def _read_group_condition(self, group: dict, spec: str, annotated: str):
        """Return the domain of one group value; a period is replaced by its label and its range is noted."""
        value = group[spec]
        fname, property_name, granularity = parse_read_group_spec(annotated)
        if property_name:
            return self._read_group_property_condition(group, spec, annotated)
        field = self._fields[fname]
        kind = field.type
        if kind in ("date", "datetime"):
            if granularity in READ_GROUP_NUMBER_GRANULARITY:
                return self._read_group_number_condition(value, fname, granularity)
            return self._read_group_period_condition(group, spec, fname, kind, granularity)
        if hasattr(value, "_ids"):
            return [(fname, "=", value.id)]
        return [(fname, "=", value)]

    def _read_group_number_condition(self, value, fname, granularity):
        if value is False:
            return [(fname, "=", False)]
        return [(f"{fname}.{granularity}", "=", value)]

    def _read_group_period_condition(self, group: dict, spec, fname, kind, granularity):
        """Replace a period by its label, note its range and return its domain."""
        ranges = group.setdefault("__range", {})
        start = group[spec]
        if not start:
            ranges[spec] = False
            return [(fname, "=", False)]
        end = start + READ_GROUP_TIME_GRANULARITY[granularity]
        group[spec] = self._read_group_period_label(start, granularity)
        if kind == "datetime" or isinstance(start, datetime):
            bounds = [self._read_group_to_utc(bound).strftime(DEFAULT_SERVER_DATETIME_FORMAT) for bound in (start, end)]
        else:
            bounds = [bound.strftime(DEFAULT_SERVER_DATE_FORMAT) for bound in (start, end)]
        ranges[spec] = {"from": bounds[0], "to": bounds[1]}
        return ["&", (fname, ">=", bounds[0]), (fname, "<", bounds[1])]

    def _read_group_to_utc(self, value: datetime) -> datetime:
        """Return a datetime of the user's time zone in UTC."""
        if not self.env.context.get("tz"):
            return value
        return self.env.tz.localize(value).astimezone(pytz.utc).replace(tzinfo=None)

    def _read_group_period_label(self, value: "date | datetime", granularity: str) -> str:
        """Return the name of the period that starts at ``value``, in the user's language."""
        locale = babel_locale_parse(get_lang(self.env).code)
        if granularity == "week":
            year, week = date_utils.weeknumber(locale, value)
            return f"W{week} {year:04}"
        display = READ_GROUP_DISPLAY_FORMAT[granularity]
        if isinstance(value, datetime):
            return babel.dates.format_datetime(value, format=display, locale=locale)
        return babel.dates.format_date(value, format=display, locale=locale)

    def _read_group_add_fold(self, groups, spec):
        """Tell which groups are folded, where the comodel of the group field keeps that."""
        field = self._fields[parse_read_group_spec(spec)[0]]
        if field.type != "many2one":
            return
        fold_name = self.env[field.comodel_name]._fold_name
        if fold_name not in self.env[field.comodel_name]._fields:
            return
        for group in groups:
            group["__fold"] = bool(group[spec]) and group[spec].sudo()[fold_name]

    def _read_group_label(self, value, spec):
        """Return a group value as clients get it: records by id and name, which anyone may see."""
        if not hasattr(value, "_ids"):
            return self._read_group_property_label(value, spec) if parse_read_group_spec(spec)[1] else value
        return (value.id, value.sudo().display_name) if value else False

    def _read_group_expanded(self, field, groups, spec, domain) -> "list | None":
        """Return the values that the groups of ``field`` are completed with, in order; ``None`` without expansion."""
        if not field.group_expand:
            return None
        values = [group[spec] for group in groups if group[spec]]
        if field.relational:
            records = self.env[field.comodel_name].union(*values) if values else self.env[field.comodel_name]
            return list(self._read_group_call_expand(field.group_expand, records, domain, records._order))
        if field.group_expand is True:
            return field.get_values(self.env)
        return list(self._read_group_call_expand(field.group_expand, values, domain, None))

    @api.model
    def _read_group_expand_full(self, groups, domain):
        """Return all records of the model of ``groups``: a ``group_expand`` that shows every record as a group."""
        return groups.search([])

    def _read_group_call_expand(self, method, values, domain, order):
        """Call a ``group_expand`` method, which takes an order too in code written for earlier versions."""
        function = getattr(self, method) if isinstance(method, str) else functools.partial(method, self)
        parameters = inspect.signature(function).parameters.values()
        taken = sum(item.default is item.empty and item.kind <= item.POSITIONAL_OR_KEYWORD for item in parameters)
        return function(values, domain, order) if taken > 2 else function(values, domain)
