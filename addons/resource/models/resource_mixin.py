"""``resource.mixin``: models whose records are resources."""

from collections import defaultdict

from odoo import api, fields, models

from .utils import timezone_datetime


class ResourceMixin(models.AbstractModel):
    """Records with a resource of their own, whose calendar tells when they work."""

    _name = "resource.mixin"
    _description = "Resource Mixin"

    resource_id = fields.Many2one(
        "resource.resource", "Resource", auto_join=True, index=True, ondelete="restrict", required=True
    )
    company_id = fields.Many2one(
        "res.company",
        "Company",
        default=lambda self: self.env.company,
        index=True,
        related="resource_id.company_id",
        precompute=True,
        store=True,
        readonly=False,
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        default=lambda self: self.env.company.resource_calendar_id,
        index=True,
        related="resource_id.calendar_id",
        store=True,
        readonly=False,
    )
    tz = fields.Selection(
        string="Timezone",
        related="resource_id.tz",
        readonly=False,
        help="The hours of the calendar are those of a clock in this time zone.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Make resources for records that come without one."""
        vals_list = [dict(vals) for vals in vals_list]
        alone = [vals for vals in vals_list if not vals.get("resource_id")]
        if alone:
            calendars = self.env["resource.calendar"].browse(
                {vals["resource_calendar_id"] for vals in alone if vals.get("resource_calendar_id")}
            )
            zones = {calendar.id: calendar.tz for calendar in calendars}
            resources = self.env["resource.resource"].create(
                [
                    self._prepare_resource_values(
                        vals, vals.pop("tz", False) or zones.get(vals.get("resource_calendar_id"), False)
                    )
                    for vals in alone
                ]
            )
            for vals, resource in zip(alone, resources, strict=True):
                vals["resource_id"] = resource.id
        # what the resource has already is not written to it again
        records = super(ResourceMixin, self.with_context(check_idempotence=True)).create(vals_list)
        return records.with_env(self.env)

    def _prepare_resource_values(self, vals, tz):
        """Return the values of the resource of a new record.

        :param vals: those of the record
        :param tz: time zone, ``False`` for that of the resource's user or calendar
        """
        values = {"name": vals.get(self._rec_name), "company_id": vals.get("company_id") or self.env.company.id}
        # the resource finds the others itself when they are not said
        optional = {"tz": tz or None, "calendar_id": vals.get("resource_calendar_id")}
        return values | {name: value for name, value in optional.items() if value is not None}

    def copy_data(self, default=None):
        """Give copies a resource of their own."""
        default = dict(default or {})
        changes = {}
        if default.get("company_id"):
            changes["company_id"] = default["company_id"]
        if default.get("resource_calendar_id"):
            changes["calendar_id"] = default["resource_calendar_id"]
        vals_list = super().copy_data(default=default)
        for record, vals in zip(self, vals_list, strict=True):
            if "resource_id" not in default:
                resource = record.resource_id.copy(changes)
                vals.update(
                    resource_id=resource.id,
                    company_id=resource.company_id.id,
                    resource_calendar_id=resource.calendar_id.id,
                )
        return vals_list

    def _get_calendars(self, date_from=None):
        """Return by what calendars records work: ``{record id: calendar}``, their own or their company's.

        :param date_from: on which day; models whose records change calendars look at it
        """
        return {record.id: record.resource_calendar_id or record.company_id.resource_calendar_id for record in self}

    def _by_calendar(self, date_from, calendar):
        """Return the resources of the records by their calendars: ``{calendar: resources}``."""
        if calendar:
            return {calendar: self.resource_id}
        own = self._get_calendars(date_from)
        resources = defaultdict(self.env["resource.resource"].browse)
        for record in self:
            resources[own[record.id]] |= record.resource_id
        return resources

    def _get_work_days_data_batch(self, from_datetime, to_datetime, compute_leaves=True, calendar=None, domain=None):
        """Return how much records work between two moments.

        :param from_datetime: without time zone it is in UTC, as ``to_datetime``
        :param compute_leaves: leave time off out
        :param calendar: calendar of all, instead of their own
        :param domain: which time off
        :return: ``{record id: {"days", "hours"}}``
        """

        def spans_of(calendar, resources, start, end):
            return calendar._work_intervals_batch(start, end, resources, domain, compute_leaves=compute_leaves)

        return self._days_data(from_datetime, to_datetime, calendar, spans_of)

    def _get_leave_days_data_batch(self, from_datetime, to_datetime, calendar=None, domain=None):
        """Return how much work of records time off takes between two moments; see `_get_work_days_data_batch`."""

        def spans_of(calendar, resources, start, end):
            worked = calendar._attendance_intervals_batch(start, end, resources)
            off = calendar._leave_intervals_batch(start, end, resources, domain)
            return {id_: spans & off[id_] for id_, spans in worked.items()}

        return self._days_data(from_datetime, to_datetime, calendar, spans_of)

    def _days_data(self, from_datetime, to_datetime, calendar, spans_of):
        """Return ``{record id: {"days", "hours"}}`` of spans.

        :param spans_of: function of calendar, resources, start and end that returns ``{resource id: spans}``
        """
        start, end = timezone_datetime(from_datetime), timezone_datetime(to_datetime)
        found = {}
        for followed, resources in self._by_calendar(start, calendar).items():
            if not followed:
                continue
            spans = spans_of(followed, resources, start, end)
            for resource in resources:
                found[resource.id] = followed._get_attendance_intervals_days_data(spans[resource.id])
        return {record.id: dict(found.get(record.resource_id.id, {"days": 0, "hours": 0})) for record in self}

    def _adjust_to_calendar(self, start, end):
        """Return when work begins and ends, as near to two moments as it does: ``{record: (start, end)}``."""
        bounds = self.mapped("resource_id")._adjust_to_calendar(start, end)
        return dict(zip(self, map(bounds.get, [record.resource_id for record in self]), strict=True))

    def _list_work_time_per_day(self, from_datetime, to_datetime, calendar=None, domain=None):
        """Return the hours of work of each day: ``{record id: [(date, hours)]}``, sorted.

        Under ``compute_leaves`` false in the context time off is worked. Parameters as of `_get_work_days_data_batch`.
        """
        start, end = timezone_datetime(from_datetime), timezone_datetime(to_datetime)
        compute_leaves = self.env.context.get("compute_leaves", True)
        totals: dict = defaultdict(lambda: defaultdict(float))
        for followed, resources in self._by_calendar(start, calendar).items():
            if not followed:
                continue
            spans = followed._work_intervals_batch(start, end, resources, domain, compute_leaves=compute_leaves)
            for resource in resources:
                for begin, stop, _lines in spans[resource.id]:
                    totals[resource.id][begin.date()] += (stop - begin).total_seconds() / 3600
        return {record.id: sorted(totals[record.resource_id.id].items()) for record in self}

    def list_leaves(self, from_datetime, to_datetime, calendar=None, domain=None):
        """Return the time off between two moments that is in hours of work.

        :param from_datetime: without time zone it is in UTC, as ``to_datetime``
        :param calendar: instead of that of the record
        :param domain: which time off
        :return: ``[(date, hours, time off)]``
        """
        self.ensure_one()
        resource = self.resource_id
        calendar = calendar or self._get_calendars(timezone_datetime(from_datetime))[self.id]
        if not calendar:
            return []
        start, end = timezone_datetime(from_datetime), timezone_datetime(to_datetime)
        worked = calendar._attendance_intervals_batch(start, end, resource)[resource.id]
        off = calendar._leave_intervals_batch(start, end, resource, domain)[resource.id]
        return [(begin.date(), (stop - begin).total_seconds() / 3600, leave) for begin, stop, leave in off & worked]
