"""Events of series: the rule as the event's form shows it, and changes of one event, of later ones, of all."""

from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import UserError

from . import recurrence_rule as rule
from .calendar_event import DAY_END, DAY_START
from .calendar_recurrence import SILENTLY

#: what users answer when they change one event of a series
UPDATES = [
    ("self_only", "This event"),
    ("future_events", "This and following events"),
    ("all_events", "All events"),
]
#: the fields of the rule
_RULE_FIELDS = (
    *("rrule", "rrule_type", "event_tz", "end_type", "interval", "count"),
    *rule.WEEKDAYS,
    *("month_by", "day", "weekday", "byday", "until"),
)


def _of_rule(kind=fields.Char, *args, **kwargs):
    """Return a field of the form that shows one of the rule of the series."""
    return kind(*args, compute="_compute_recurrence", readonly=False, **kwargs)


class CalendarEventRecurrence(models.Model):
    """Events that come again."""

    _inherit = "calendar.event"

    recurrency = fields.Boolean("Recurrent")
    recurrence_id = fields.Many2one("calendar.recurrence", "Recurrence Rule")
    follow_recurrence = fields.Boolean(default=False)
    recurrence_update = fields.Selection(
        UPDATES,
        store=False,
        copy=False,
        default="self_only",
        help="Which events of the series a change is for.",
    )
    rrule = _of_rule(string="Recurrent Rule")
    rrule_type_ui = fields.Selection(
        rule.RRULE_TYPES_UI, string="Repeat", compute="_compute_rrule_type_ui", readonly=False
    )
    rrule_type = _of_rule(fields.Selection, rule.RRULE_TYPES, string="Recurrence")
    event_tz = _of_rule(fields.Selection, _tz_get, string="Timezone")
    end_type = _of_rule(fields.Selection, rule.END_TYPES, string="Recurrence Termination")
    interval = _of_rule(fields.Integer, string="Repeat On", help="1 for each week, 2 for every other one.")
    count = _of_rule(fields.Integer, string="Number of Repetitions")
    mon = _of_rule(fields.Boolean)
    tue = _of_rule(fields.Boolean)
    wed = _of_rule(fields.Boolean)
    thu = _of_rule(fields.Boolean)
    fri = _of_rule(fields.Boolean)
    sat = _of_rule(fields.Boolean)
    sun = _of_rule(fields.Boolean)
    month_by = _of_rule(fields.Selection, rule.MONTH_BY, string="Option")
    day = _of_rule(fields.Integer, string="Date of month")
    weekday = _of_rule(fields.Selection, rule.WEEKDAY_OPTIONS)
    byday = _of_rule(fields.Selection, rule.BYDAY_OPTIONS, string="By day")
    until = _of_rule(fields.Date)

    @api.model
    def _get_recurrent_fields(self):
        """Return the names of the fields of the rule."""
        return set(_RULE_FIELDS)

    # the rule in the form

    @api.depends("recurrence_id", "recurrency")
    def _compute_rrule_type_ui(self):
        """Name the simple rules; others are the user's own."""
        for event in self:
            series = event.recurrence_id
            kind = series.rrule_type if series.interval == 1 else "custom"
            event.rrule_type_ui = kind if event.recurrency and series else event.recurrency and "weekly"

    @api.depends("recurrence_id.rrule", "recurrence_id.event_tz", "recurrency", "rrule_type_ui")
    def _compute_recurrence(self):
        """Show the rule of the series; a new one follows from the start of the event."""
        nothing = dict.fromkeys(_RULE_FIELDS, False)
        for event in self:
            if event.recurrency and event.recurrence_id:
                event.update({name: event.recurrence_id[name] for name in _RULE_FIELDS} | event._chosen_type())
            elif event.recurrency:
                event.update({**nothing, **event._new_rule(), **event._chosen_type()})
            else:
                event.update(nothing)

    def _chosen_type(self):
        """Return the kind of rule, where a simple one is chosen in the form."""
        simple = self.rrule_type_ui and self.rrule_type_ui != "custom"
        return {"rrule_type": self.rrule_type_ui} if simple else {}

    def _new_rule(self):
        """Return the values of the rule that an event gets where nothing else is chosen."""
        zone = self.env.context.get("tz") or self.env.user.tz
        return {**rule.DEFAULTS, **rule.fields_of_day(self._local_start()), "event_tz": zone}

    def _complete_rule(self, given):
        """Return the values of the rule of a new series.

        :param given: what was chosen
        """
        if given.get("rrule"):
            return {name: given[name] for name in ("rrule", "event_tz") if given.get(name)}
        values = self._new_rule()
        if any(given.get(name) for name in rule.WEEKDAYS):
            values.update(dict.fromkeys(rule.WEEKDAYS, False))
        return {**values, **{name: value for name, value in given.items() if name != "rrule"}}

    # making and leaving series

    def _apply_recurrence_values(self, values, future=True):
        """Make series of events, or change the rule from them on.

        :param values: those of the rule
        :param future: change the rule of the series there are, too
        :return: events that are of no series any more
        """
        series, new = self.env["calendar.recurrence"], []
        for event in self:
            if not event.recurrence_id:
                rule_values = event._complete_rule(values)
                new.append({**rule_values, "base_event_id": event.id, "calendar_event_ids": [(4, event.id)]})
            elif future:
                series |= event.recurrence_id._split_from(event, values)
        self._write_silently({"recurrency": True, "follow_recurrence": True})
        series |= series.create(new)
        return series._apply_recurrence()

    def _leave_recurrence(self):
        """Be of no series any more."""
        if self:
            self._write_silently({"recurrence_id": False, "follow_recurrence": False})

    def _write_silently(self, values):
        """Write as part of a change of several events, which is told as a whole."""
        return self.with_context(**SILENTLY).write(values)

    # changes of more than one event

    def _write_recurring(self, values, setting):
        """Change later events of the series, or all of them.

        :param values: what to write
        :param setting: ``future_events`` or ``all_events``
        :return: the first event that has the new values
        """
        self.ensure_one()
        series = self.recurrence_id
        if setting == "future_events" and self == series.base_event_id:
            setting = "all_events"
        if values.get("recurrency") is False:
            return self._stop_recurring(values, setting)
        times, of_rule, rest = self._sorted_values(values)
        if not self._changes_series(times, of_rule):
            series._write_events(rest, dtstart=self.start if setting == "future_events" else None)
            return self
        if setting == "all_events":
            return self._rewrite_series(times, of_rule, rest)
        return self._rewrite_following(times, of_rule, rest)

    def _sorted_values(self, values):
        """Return values to write as three dicts: about the time, about the rule, and all others."""
        timed, ruled = self._get_time_fields() | {"allday", "duration"}, self._get_recurrent_fields()
        ruled = ruled | {"rrule_type_ui"}
        times = {name: value for name, value in values.items() if name in timed}
        of_rule = {name: value for name, value in values.items() if name in ruled}
        kind = of_rule.pop("rrule_type_ui", False)
        if kind and kind != "custom":
            of_rule.setdefault("rrule_type", kind)
        known = {*timed, *ruled, "recurrency", "follow_recurrence"}
        return times, of_rule, {name: value for name, value in values.items() if name not in known}

    def _changes_series(self, times, of_rule):
        """Tell whether values change when the events are."""
        for name, value in {**times, **of_rule}.items():
            field = self._fields[name]
            if field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self):
                return True
        return False

    def _moves(self, times):
        """Return by how much values move start and stop: two time spans; and whether the days are whole."""
        allday = times.get("allday", self.allday)
        start, stop = self._new_moment("start", times, allday), self._new_moment("stop", times, allday)
        if "duration" in times and stop is None:
            stop = (start or self.start) + timedelta(hours=times["duration"])
            start = start or self.start
        if start is None:
            # an end that is moved alone moves the event
            by = stop - self.stop if stop else timedelta()
            return by, by, allday
        by = start - self.start
        return by, stop - self.stop if stop else by, allday

    def _new_moment(self, name, times, allday):
        """Return the new start or stop in values, ``None`` when there is none."""
        day = times.get(f"{name}_date")
        if allday and day:
            return datetime.combine(fields.Date.to_date(day), DAY_START if name == "start" else DAY_END)
        return fields.Datetime.to_datetime(times[name]) if times.get(name) else None

    def _moved_days(self, before, of_rule):
        """Return the days of the week after an event moved: the new one instead of the old one, others stay.

        :param before: where the event started, locally
        :param of_rule: what was chosen, which counts
        """
        old, new = before.weekday(), self._local_start().weekday()
        moved = {} if old == new else {rule.WEEKDAYS[old]: False, rule.WEEKDAYS[new]: True}
        return {**moved, **of_rule}

    def _moved_rule(self, series, before, of_rule):
        """Return the values of the rule after its first event moved.

        :param series: values of the rule before
        :param before: where that event started, locally
        :param of_rule: what was chosen, which counts
        """
        if of_rule.get("rrule"):
            return {"rrule": of_rule["rrule"], "event_tz": of_rule.get("event_tz") or series.get("event_tz")}
        changed = {}
        if before.date() != self._local_start().date():
            changed = rule.fields_of_day(self._local_start())
        elif of_rule.get("rrule_type", series["rrule_type"]) != series["rrule_type"]:
            changed = rule.fields_of_day(before)
        weekly = {name: value for name, value in changed.items() if name in rule.WEEKDAYS}
        changed = {name: value for name, value in changed.items() if name not in weekly}
        if not any(series[name] for name in rule.WEEKDAYS):
            changed.update(weekly)
        return {**series, **changed, **self._moved_days(before, of_rule)}

    def _rewrite_following(self, times, of_rule, rest):
        """Make a new series of this event and those after it, and return its first event."""
        series = self.recurrence_id
        known, before = series._rule_values(), self._local_start()
        by_start, by_stop, allday = self._moves(times)
        following = series._get_events_from(self.start) | self
        count = of_rule.get("count") or len(following)
        new = series._split_from(self, {"count": count})
        moved = {"allday": allday, "start": self.start + by_start, "stop": self.stop + by_stop}
        told = {"recurrency": True, "follow_recurrence": True, **self._get_update_future_events_values()}
        self._write_silently({**rest, **moved, **told})
        values = self._moved_rule({**known, "count": count}, before, of_rule)
        new.write({**values, **({"count": count} if "rrule" not in values else {})})
        return self._apply_anew(new)

    def _rewrite_series(self, times, of_rule, rest):
        """Make a new series instead of this one, and return its first event, which moves like this one."""
        series = self.recurrence_id
        base = series.base_event_id or series._get_first_event(include_outliers=True)
        by_start, by_stop, allday = self._moves(times)
        known, before, everything = series._rule_values(), base._local_start(), series.calendar_event_ids | base
        everything._leave_recurrence()
        (everything - base)._write_silently({"active": False})
        series.unlink()
        moved = {"allday": allday, "start": base.start + by_start, "stop": base.stop + by_stop}
        told = {"active": True, "recurrency": True, "follow_recurrence": True, **self._get_remove_sync_id_values()}
        base._write_silently({**rest, **moved, **told})
        values = base._moved_rule(known, before, of_rule)
        new = series.create({**values, "base_event_id": base.id, "calendar_event_ids": [(4, base.id)]})
        return self._apply_anew(new)

    def _apply_anew(self, series):
        """Have the events of a new series, and return the first; attendees answer again, but for the user."""
        detached = series._apply_recurrence()
        detached._write_silently({"active": False})
        series.calendar_event_ids._reset_attendees_status()
        return series.base_event_id

    def _stop_recurring(self, values, setting):
        """Leave the series; events that come later, or all others, are deleted. Return this event."""
        series = self.recurrence_id
        everything = setting == "all_events"
        others = (series.calendar_event_ids if everything else series._get_events_from(self.start)) - self
        rest = series.calendar_event_ids - others - self
        if rest:
            series._stop_before(self, rest)
        self._write_silently({"recurrence_id": False, "follow_recurrence": False})
        others.with_context(**SILENTLY).unlink()
        if not rest:
            series.exists().unlink()
        _times, of_rule, _rest = self._sorted_values(values)
        self._write_silently({name: value for name, value in values.items() if name not in of_rule})
        return self

    def _reset_attendees_status(self):
        """Ask all attendees again; the user, who changed the events, comes."""
        own = self.env.user.partner_id
        coming = self.attendee_ids.filtered(lambda row: row.partner_id == own)
        coming.filtered(lambda row: row.state != "accepted").write({"state": "accepted"})
        (self.attendee_ids - coming).filtered(lambda row: row.state != "needsAction").write({"state": "needsAction"})

    def _check_recurrence_values(self, values, setting):
        """Check that the rule is not changed for one event alone.

        :raise UserError: otherwise
        """
        if self._get_recurrent_fields() & values.keys() and not (setting or values.get("recurrency")):
            raise UserError(
                self.env._("A rule is not changed for one event: choose this and following events, or all events.")
            )

    # what users do with series

    def action_mass_deletion(self, recurrence_update_setting):
        """Delete this and later events of the series, or all of them.

        :param recurrence_update_setting: ``future_events`` or ``all_events``
        """
        self.ensure_one()
        series = self.recurrence_id
        if recurrence_update_setting == "all_events":
            events = series.calendar_event_ids | self
            series.unlink()
            return events.unlink()
        if recurrence_update_setting == "future_events" and series:
            events = series._get_events_from(self.start) | self
            rest = series.calendar_event_ids - events
            if rest:
                series._stop_before(self, rest)
            else:
                series.unlink()
            return events.unlink()
        return self.unlink()

    def action_mass_archive(self, recurrence_update_setting):
        """Archive this event, this and later ones, or all of the series.

        :param recurrence_update_setting: one of the options of ``recurrence_update``
        """
        self.ensure_one()
        series, values = self.recurrence_id, self._get_archive_values()
        if not series or recurrence_update_setting == "self_only":
            return self.write(values)
        if recurrence_update_setting == "all_events":
            events = series.calendar_event_ids | self
        else:
            events = series._get_events_from(self.start) | self
            rest = series.calendar_event_ids - events
            if rest:
                series._stop_before(self, rest)
        return events.write(values)

    @api.model
    def _get_archive_values(self):
        """Return the values that archive events; extended by other modules."""
        return {"active": False}

    @api.model
    def _get_update_future_events_values(self):
        """Return values that events get when a series is split; extended by other modules."""
        return {}

    @api.model
    def _get_remove_sync_id_values(self):
        """Return values of events that are of no series any more; extended by other modules."""
        return {}

    @api.model
    def _check_values_to_sync(self, values):
        """Tell whether values are for calendars elsewhere; extended by modules that know some."""
        return False

    def change_attendee_status(self, status, recurrence_update_setting):
        """Answer for the user: this event, this and later ones, or all of the series.

        :param status: one of the states of attendees
        :param recurrence_update_setting: one of the options of ``recurrence_update``
        """
        self.ensure_one()
        events = self
        if recurrence_update_setting == "all_events":
            events |= self.recurrence_id.calendar_event_ids
        elif recurrence_update_setting == "future_events":
            events |= self.recurrence_id._get_events_from(self.start)
        own = events.attendee_ids.filtered(lambda row: row.partner_id == self.env.user.partner_id)
        answers = {"accepted": own.do_accept, "declined": own.do_decline, "tentative": own.do_tentative}
        if status in answers:
            return answers[status]()
        return own.write({"state": "needsAction"})
