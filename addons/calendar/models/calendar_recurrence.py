"""``calendar.recurrence``: events that come again by a rule."""

from datetime import timedelta
from itertools import islice

import pytz

from odoo import Command, api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import UserError
from odoo.tools import get_lang

from . import recurrence_rule as rule

# what addons import: the choices of a rule
RRULE_TYPE_SELECTION, RRULE_TYPE_SELECTION_UI = rule.RRULE_TYPES, rule.RRULE_TYPES_UI
END_TYPE_SELECTION, MONTH_BY_SELECTION = rule.END_TYPES, rule.MONTH_BY
WEEKDAY_SELECTION, BYDAY_SELECTION = rule.WEEKDAY_OPTIONS, rule.BYDAY_OPTIONS

#: of the event a series is made from, what its other events do not take over
_NOT_COPIED = ("access_token", "attendee_ids", "duration", "start_date", "stop_date")
#: nobody is told of each event of a series
SILENTLY = {
    "calendar_part_of_change": True,
    "is_calendar_event_new": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class CalendarRecurrence(models.Model):
    """A series of events, and the rule they follow."""

    _name = "calendar.recurrence"
    _description = "Event Recurrence Rule"

    name = fields.Char(compute="_compute_name", store=True)
    base_event_id = fields.Many2one("calendar.event", ondelete="set null", copy=False)
    calendar_event_ids = fields.One2many("calendar.event", "recurrence_id")
    event_tz = fields.Selection(
        _tz_get,
        string="Timezone",
        default=lambda self: self.env.context.get("tz") or self.env.user.tz,
    )
    rrule = fields.Char(compute="_compute_rrule", inverse="_inverse_rrule", store=True)
    dtstart = fields.Datetime(compute="_compute_dtstart")
    rrule_type = fields.Selection(rule.RRULE_TYPES, default="weekly")
    end_type = fields.Selection(rule.END_TYPES, default="count")
    interval = fields.Integer(default=1)
    count = fields.Integer(default=1)
    mon = fields.Boolean()
    tue = fields.Boolean()
    wed = fields.Boolean()
    thu = fields.Boolean()
    fri = fields.Boolean()
    sat = fields.Boolean()
    sun = fields.Boolean()
    month_by = fields.Selection(rule.MONTH_BY, default="date")
    day = fields.Integer(default=1)
    weekday = fields.Selection(rule.WEEKDAY_OPTIONS, string="Weekday")
    byday = fields.Selection(rule.BYDAY_OPTIONS, string="By day")
    until = fields.Date("Repeat Until")
    trigger_id = fields.Many2one("ir.cron.trigger", ondelete="set null")

    _sql_constraints = [
        (
            "month_day",
            "CHECK (rrule_type != 'monthly' OR month_by != 'date' OR (day >= 1 AND day <= 31))",
            "The day of the month is a number from 1 to 31.",
        )
    ]

    # the rule

    @api.depends("rrule")
    def _compute_name(self):
        """Say the rule in words."""
        for recurrence in self:
            recurrence.name = recurrence.get_recurrence_name()

    def get_recurrence_name(self):
        """Return the rule in words, such as "Every 1 Weeks on Tuesday for 3 events"."""
        self.ensure_one()
        unit = self._option("rrule_type")
        if self.rrule_type == "weekly":
            labels = dict(self._fields["weekday"]._description_selection(self.env))
            days = ", ".join(labels[rule.WEEKDAYS[number].upper()] for number in rule.days_of(self))
            text = self.env._("Every %(interval)s %(unit)s on %(days)s", interval=self.interval, unit=unit, days=days)
        elif self.rrule_type == "monthly" and self.month_by == "day":
            text = self.env._(
                "Every %(interval)s %(unit)s on the %(position)s %(weekday)s",
                interval=self.interval,
                unit=unit,
                position=self._option("byday"),
                weekday=self._option("weekday"),
            )
        elif self.rrule_type == "monthly":
            text = self.env._(
                "Every %(interval)s %(unit)s day %(day)s", interval=self.interval, unit=unit, day=self.day
            )
        else:
            text = self.env._("Every %(interval)s %(unit)s", interval=self.interval, unit=unit)
        if self.end_type == "count":
            return self.env._("%(rule)s for %(count)s events", rule=text, count=self.count)
        if self.end_type == "end_date" and self.until:
            return self.env._("%(rule)s until %(date)s", rule=text, date=fields.Date.to_string(self.until))
        return text

    def _option(self, name):
        """Return the label of the chosen option of a field."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")

    @api.depends("calendar_event_ids.start")
    def _compute_dtstart(self):
        """Find the first start of the events."""
        for recurrence in self:
            recurrence.dtstart = min(recurrence.calendar_event_ids.mapped("start"), default=False)

    @api.depends(
        *("byday", "until", "rrule_type", "month_by", "interval", "count", "end_type", "day", "weekday"),
        *rule.WEEKDAYS,
    )
    def _compute_rrule(self):
        """Write the rule as calendars exchange it."""
        for recurrence in self:
            recurrence.rrule = recurrence._rrule_serialize()

    def _inverse_rrule(self):
        """Take the rule from its text."""
        for recurrence in self.filtered("rrule"):
            recurrence.write(self._rrule_parse(recurrence.rrule, recurrence.dtstart))

    def _rrule_serialize(self):
        """Return the rule as calendars exchange it.

        :raise UserError: for rules that make no sense
        """
        try:
            return rule.text_of(self)
        except rule.RuleError as error:
            raise self._error_of(error) from error

    @api.model
    def _rrule_parse(self, rule_str, date_start):
        """Return the values of the fields for the text of a rule.

        :param rule_str: with or without ``RRULE:``
        :param date_start: first moment in UTC, where the text leaves something to it; now without
        :raise UserError: when it is no rule
        """
        try:
            return rule.values_of(rule_str, date_start or fields.Datetime.now())
        except rule.RuleError as error:
            raise self._error_of(error) from error

    def _error_of(self, error):
        """Return what users are told of a rule that makes no sense."""
        return UserError(
            {
                "interval": self.env._("Events are repeated after at least 1 day, week, month or year."),
                "count": self.env._("Events are repeated at least once."),
                "weekday": self.env._("Choose a day of the week that the event is repeated on."),
                "text": self.env._("This is no rule for repeated events that can be kept."),
            }[error.args[0]]
        )

    def _get_rrule(self, dtstart=None):
        """Return the ``dateutil`` rule.

        :param dtstart: first moment where the events are, without zone; that of the first event if empty
        :raise UserError: for rules that make no sense
        """
        self.ensure_one()
        start = dtstart or self._to_local(self.dtstart or fields.Datetime.now())
        try:
            return rule.rule_of(self, start, self._week_start())
        except rule.RuleError as error:
            raise self._error_of(error) from error

    def _week_start(self):
        """Return the number of the day weeks begin with, 0 for Monday."""
        return int(get_lang(self.env).week_start) - 1

    # time

    def _zone(self):
        """Return the time zone in which the hour of the events stays the same."""
        return pytz.timezone(self.event_tz or self.env.context.get("tz") or self.env.user.tz or "UTC")

    def _is_allday(self):
        """Tell whether most of the events take whole days."""
        self.ensure_one()
        events = self.calendar_event_ids or self.base_event_id
        return 2 * len(events.filtered("allday")) > len(events)

    def _to_local(self, moment):
        """Return a moment in UTC as the clock shows it where the events are; whole days are everywhere the same."""
        if self._is_allday():
            return moment
        return pytz.utc.localize(moment).astimezone(self._zone()).replace(tzinfo=None)

    def _get_ranges(self, event):
        """Return when the events of the rule are, beginning with the day of one of them.

        :return: list of pairs of UTC start and stop
        """
        length = event.stop - event.start
        starts = islice(self._get_rrule(self._to_local(event.start)), rule.MAX_OCCURRENCES)
        if not self._is_allday():
            zone = self._zone()
            # hours that come twice are those after the change, hours that do not come are moved behind it
            starts = (
                zone.localize(moment, is_dst=False).astimezone(pytz.utc).replace(tzinfo=None) for moment in starts
            )
        return [(start, start + length) for start in starts]

    # the events

    def _get_first_event(self, include_outliers=False):
        """Return the first event; those that were moved away from the rule count only when asked for."""
        events = self.calendar_event_ids
        if not include_outliers:
            events = events - self._get_outliers()
        return events.sorted("start")[:1]

    def _get_outliers(self):
        """Return the events that are not when the rule says."""
        outliers = self.env["calendar.event"]
        for recurrence in self.filtered("calendar_event_ids"):
            first = recurrence.calendar_event_ids.sorted("start")[:1]
            starts = {start for start, _stop in recurrence._get_ranges(first)}
            outliers |= recurrence.calendar_event_ids.filtered(lambda event, starts=starts: event.start not in starts)
        return outliers

    def _get_events_from(self, moment):
        """Return the events that start at a moment in UTC, or later."""
        return self.calendar_event_ids.filtered(lambda event: event.start >= moment)

    def _select_new_base_event(self):
        """Choose the first event as the one the series is made from; a series without events is deleted."""
        for recurrence in self:
            first = recurrence._get_first_event() or recurrence._get_first_event(include_outliers=True)
            if first:
                recurrence.base_event_id = first
            else:
                recurrence.unlink()

    def _write_events(self, values, dtstart=None):
        """Change the events, nothing about when they are.

        :param values: what to write
        :param dtstart: only those from this moment in UTC on
        :return: the events
        """
        events = self._get_events_from(dtstart) if dtstart else self.calendar_event_ids
        events._write_silently(values)
        return events

    def _apply_recurrence(self, specific_values_creation=None, no_send_edit=False, generic_values_creation=None):
        """Have exactly the events that the rule says: those that are there stay, missing ones are made.

        :param specific_values_creation: ``{(recurrence id, start, stop): values}`` for events that are made
        :param no_send_edit: attendees are told nothing of events that are made
        :param generic_values_creation: ``{recurrence id: values}`` for all events that are made
        :return: events that the rule does not have, which are of no series any more
        """
        specific, generic = specific_values_creation or {}, generic_values_creation or {}
        silent = {**SILENTLY, "no_mail_to_attendees": no_send_edit or not specific}
        values_list, detached = [], self.env["calendar.event"]
        for recurrence in self.filtered(lambda one: one.base_event_id or one.calendar_event_ids):
            base = recurrence.base_event_id or recurrence._get_first_event(include_outliers=True)
            # the event the series is made from is preferred to others at the same time
            at = {(event.start, event.stop): event for event in recurrence.calendar_event_ids - base}
            at[(base.start, base.stop)] = base
            ranges = recurrence._get_ranges(base)
            kept = {at[period].id for period in ranges if period in at}
            detached |= recurrence.calendar_event_ids.filtered(lambda event, kept=kept: event.id not in kept)
            missing = [period for period in ranges if period not in at]
            values_list += recurrence._values_for(base, missing, specific, generic)
        self.env["calendar.event"].with_context(**silent).create(values_list)
        detached._leave_recurrence()
        astray = self.filtered(lambda one: one.base_event_id not in one.calendar_event_ids)
        astray.filtered("calendar_event_ids")._select_new_base_event()
        self._setup_alarms()
        return detached

    def _values_for(self, base, ranges, specific, generic):
        """Return the values of events that are made like another one, one for each of some periods."""
        if not ranges:
            return []
        [copied] = base.with_context(active_test=False).copy_data()
        for name in _NOT_COPIED:
            copied.pop(name, None)
        copied.update(recurrence_id=self.id, recurrency=True, follow_recurrence=True, active=True)
        copied["partner_ids"] = [Command.set(base.partner_ids.ids)]
        copied.update(generic.get(self.id, {}))
        own_rooms = base.videocall_source == "discuss"
        values_list = []
        for start, stop in ranges:
            values = {**copied, "start": start, "stop": stop, **specific.get((self.id, start, stop), {})}
            if own_rooms:
                values.update(base._discuss_videocall_values())
            values_list.append(values)
        return values_list

    def _split_from(self, event, recurrence_values=None):
        """End the series before an event, and make a new one that begins with it.

        :param event: one of the events
        :param recurrence_values: what is different in the rule of the new series
        :return: the new series, whose events are not made yet; it is this one without events before
        """
        self.ensure_one()
        given = dict(recurrence_values or {})
        following = self._get_events_from(event.start) | event
        count = given.get("count") or len(following)
        rest = self.calendar_event_ids - following
        values = {**self._rule_values(), **given, "count": count, "base_event_id": event.id}
        if rest:
            self._stop_before(event, rest)
        following._leave_recurrence()
        (following - event)._write_silently({"active": False})
        if not rest:
            self.unlink()
        return self.create({**values, "calendar_event_ids": [Command.link(event.id)]})

    def _stop_before(self, event, rest):
        """End the rule before the week or month of an event, but not before the events that stay."""
        first = rule.start_of_period(self._to_local(event.start).date(), self.rrule_type, self._week_start())
        last = max(self._to_local(one.start).date() for one in rest)
        self.write({"end_type": "end_date", "until": max(first - timedelta(days=1), last)})
        if self.base_event_id not in rest:
            self.base_event_id = rest.sorted("start")[:1]

    def _rule_values(self):
        """Return the rule, for another series."""
        self.ensure_one()
        names = self.env["calendar.event"]._get_recurrent_fields() - {"rrule"}
        return {name: self[name] for name in names}

    # alarms

    def _setup_alarms(self, recurrence_update=False):
        """Have the job look at the next e-mail alarm of each series.

        :param recurrence_update: also where a job was asked for already
        """
        now = fields.Datetime.now()
        manager = self.env["calendar.alarm_manager"]
        for recurrence in self:
            if recurrence.trigger_id and not recurrence_update:
                continue
            coming = recurrence.calendar_event_ids.filtered(lambda event: event.start >= now).sorted("start")
            before = recurrence.sudo().trigger_id
            recurrence.sudo().trigger_id = manager._trigger_for_first(coming)
            before.unlink()
