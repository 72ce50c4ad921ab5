"""What happens when events are planned, changed and deleted: attendees, mails, activities, reminders."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

#: a change of these is one of the reminders
_OF_REMINDERS = {"active", "alarm_ids", "allday", "attendee_ids", "duration", "partner_ids"}
#: what activities take from their event: their field by the event's
_OF_ACTIVITIES = {"name": "summary", "description": "note", "user_id": "user_id"}


class CalendarEventChanges(models.Model):
    """The changes of events."""

    _inherit = "calendar.event"

    # making

    @api.model_create_multi
    def create(self, vals_list):
        """Plan events, with their series; attendees are invited."""
        vals_list = [self._prepared_for_create(values) for values in vals_list]
        rules = [self._take_rule(values) for values in vals_list]
        # who attends follows
        here = self.with_context(mail_create_nosubscribe=True)
        events = super(CalendarEventChanges, here).create(vals_list).with_env(self.env)
        for event, values in zip(events, vals_list, strict=True):
            if any(_is_creation(command) for command in values.get("partner_ids") or ()):
                event._sync_attendees()
        for event, values in zip(events, rules, strict=True):
            if values is not None:
                detached = event._apply_recurrence_values(values)
                detached._write_silently({"active": False})
        if not self.env.context.get("calendar_part_of_change"):
            events._create_activities()
            events._after_creation()
        return events

    def _prepared_for_create(self, values):
        """Return the values of an event with its organizer and its attendees."""
        values = dict(values)
        values.pop("recurrence_update", None)
        if not values.get("current_status"):
            # forms send it for the attendee that there is not yet
            values.pop("current_status", None)
        values.setdefault("user_id", self.env.context.get("default_user_id", self.env.uid))
        self._absolute_videocall(values)
        if values.get("start") and not (values.get("stop") or values.get("stop_date")):
            # the end that new events have is of another start
            hours = values.get("duration") or self.get_default_duration()
            values["stop"] = fields.Datetime.to_datetime(values["start"]) + timedelta(hours=hours)
        if not values.get("attendee_ids"):
            if "partner_ids" not in values:
                values.update(self.default_get(["partner_ids"]))
            values["attendee_ids"] = self.browse()._attendees_values(values.get("partner_ids") or [])
        return values

    def _take_rule(self, values):
        """Take the values of a rule out of those of an event, and return them; ``None`` without series."""
        of_rule = {name: values.pop(name) for name in self._get_recurrent_fields() if name in values}
        kind = values.pop("rrule_type_ui", False)
        if kind and kind != "custom":
            of_rule.setdefault("rrule_type", kind)
        return of_rule if values.get("recurrency") and not values.get("recurrence_id") else None

    def _after_creation(self):
        """Invite attendees, and set up reminders."""
        first = self.filtered(lambda event: not event.recurrence_id) | self.recurrence_id.base_event_id
        first.attendee_ids._invite()
        if not self.env.context.get("dont_notify"):
            self.filtered(lambda event: not event.recurrence_id)._setup_alarms()
            self._notify_next_alarms(self._reminded())

    # attendees

    def _attendees_values(self, partner_commands):
        """Return the commands for the rows of attendees that follow from commands for contacts.

        :param partner_commands: commands, or ids, which are all who attend
        :return: commands; those who attend already keep their rows
        """
        known = set(self.attendee_ids.partner_id._ids)
        added, removed = {}, set()
        plain = [command for command in partner_commands if isinstance(command, int)]
        commands = [command for command in partner_commands if not isinstance(command, int)]
        if plain:
            commands.insert(0, Command.set(plain))
        for kind, id_, ids in map(_whole, commands):
            if kind == Command.LINK:
                added[id_] = True
            elif kind in (Command.UNLINK, Command.DELETE):
                removed.add(id_)
            elif kind in (Command.CLEAR, Command.SET):
                kept = ids if kind == Command.SET else ()
                removed |= (known | added.keys()) - set(kept)
                added.update(dict.fromkeys(kept, True))
        gone = self.attendee_ids.filtered(lambda row: row.partner_id.id in removed)
        new = [id_ for id_ in added if id_ not in known and id_ not in removed]
        return [Command.delete(row.id) for row in gone] + [Command.create({"partner_id": id_}) for id_ in new]

    def _sync_attendees(self):
        """Have a row for each contact who attends, and none for others."""
        gone, values_list = self.env["calendar.attendee"], []
        for event in self:
            rows = event.attendee_ids
            gone |= rows.filtered(lambda row, event=event: row.partner_id not in event.partner_ids)
            new = event.partner_ids - rows.partner_id
            values_list += [{"event_id": event.id, "partner_id": partner.id} for partner in new]
        gone.unlink()
        self.env["calendar.attendee"].create(values_list)

    # changing

    def write(self, values):
        """Change events: one, or with ``recurrence_update`` also others of its series; attendees are told."""
        self._check_private_access()
        if self.env.context.get("calendar_part_of_change"):
            return self._write_plainly(values)
        values = dict(values)
        setting = values.pop("recurrence_update", None)
        if setting not in ("future_events", "all_events"):
            setting = None
        self._check_recurrence_values(values, setting)
        bases = self.recurrence_id.base_event_id
        before = {event.id: (event.start, set(event.attendee_ids.partner_id._ids)) for event in self | bases}
        reminded, series = self._reminded(), self.recurrence_id
        if setting and len(self) == 1 and self.recurrence_id:
            changed = self._write_recurring(values, setting)
        else:
            self._write_separately(values)
            changed = self
        changed = changed.exists()
        changed._after_change(values, before)
        if (_OF_REMINDERS | self._get_time_fields()) & values.keys() and not self.env.context.get("dont_notify"):
            # a new series has asked for its reminders already
            changed.filtered(lambda event: event.recurrence_id <= series)._setup_alarms()
            changed._notify_next_alarms(reminded | changed._reminded())
        return True

    def _write_separately(self, values):
        """Change each of the events for itself."""
        values = dict(values)
        timed = self._get_time_fields() & values.keys()
        of_rule = self._take_rule(dict(values)) if values.get("recurrency") else None
        for name in (*self._get_recurrent_fields(), "rrule_type_ui"):
            values.pop(name, None)
        if timed:
            values["follow_recurrence"] = False
        if values.get("recurrency") is False and self.recurrence_id:
            leaving = self.recurrence_id.filtered(lambda series: series.base_event_id in self)
            self._leave_recurrence()
            leaving._select_new_base_event()
        self._write_plainly(values)
        if timed:
            self._ask_organizer_again()
        if of_rule is not None:
            detached = self.filtered("active")._apply_recurrence_values(of_rule, future=bool(of_rule))
            detached._write_silently({"active": False})

    def _write_plainly(self, values):
        """Write values, and what always follows from them."""
        values = dict(values)
        self._absolute_videocall(values)
        archived = "active" in values and not values["active"]
        series = self.recurrence_id.filtered(lambda one: one.base_event_id in self) if archived else None
        result = super().write(values)
        if "partner_ids" in values and not values.get("attendee_ids"):
            self._sync_attendees()
        self._update_activities(values)
        if series:
            series._select_new_base_event()
        return result

    def _ask_organizer_again(self):
        """Ask organizers whether they come when somebody else moved their events."""
        moved = self.filtered(lambda event: event.user_id and event.user_id != self.env.user)
        rows = moved.attendee_ids.filtered(lambda row: row.partner_id == row.event_id.partner_id)
        rows.filtered(lambda row: row.state != "needsAction").write({"state": "needsAction"})

    def _after_change(self, values, before):
        """Invite who was not there, and tell the others when events were moved.

        :param before: ``{id: (start, ids of contacts)}``
        """
        if self.env.context.get("is_calendar_event_new") or not values.get("active", True):
            return
        everybody = set().union(*(ids for _start, ids in before.values()))
        moved = {"start", "start_date"} & values.keys()
        invited = told = self.env["calendar.attendee"]
        for event in self:
            start, known = before.get(event.id, (None, everybody))
            rows = event.attendee_ids
            new = rows.filtered(lambda row, known=known: row.partner_id.id not in known)
            invited |= new
            if moved and event.start != start:
                told |= rows - new
        invited._invite()
        told._tell_of_move(whole_series=values.get("recurrence_update") == "all_events")

    def unlink(self):
        """Delete events; series go on without them."""
        self._check_private_access()
        partners = self._reminded()
        series = self.recurrence_id.filtered(lambda one: one.base_event_id in self)
        result = super().unlink()
        series.exists()._select_new_base_event()
        if not self.env.context.get("dont_notify"):
            self._notify_next_alarms(partners)
        return result

    def copy_data(self, default=None):
        """Return the values of copies, which are of no series."""
        alone = {"recurrency": False, "recurrence_id": False, "follow_recurrence": False}
        return super().copy_data({**alone, **(default or {})})

    # activities

    def _create_activities(self):
        """Plan a meeting about the documents of the events, where these have activities."""
        kind = self.env["mail.activity.type"].search([("category", "=", "meeting")], limit=1)
        values_list = []
        for event in self.filtered(lambda event: kind and event.res_id and not event.activity_ids):
            document = self.env.get(event.res_model)
            if document is None or "activity_ids" not in document._fields or event._name == event.res_model:
                continue
            values = {
                "activity_type_id": kind.id,
                "calendar_event_id": event.id,
                "date_deadline": event._activity_day(),
                "note": event.description,
                "res_id": event.res_id,
                "res_model_id": event.res_model_id.id,
                "summary": event.name,
            }
            if event.user_id:
                values["user_id"] = event.user_id.id
            values_list.append(values)
        if values_list:
            self.env["mail.activity"].create(values_list)

    def _activity_day(self):
        """Return the day of the event, where the user is."""
        self.ensure_one()
        if self.allday:
            return self.start_date or self.start.date()
        return fields.Datetime.context_timestamp(self, self.start).date()

    def _update_activities(self, values):
        """Have the activities say what the events say."""
        taken = [name for name in _OF_ACTIVITIES if name in values]
        moved = self._get_time_fields() & values.keys()
        if not (taken or moved):
            return
        for event in self.filtered("activity_ids"):
            changes = {_OF_ACTIVITIES[name]: event[name] for name in taken}
            if "user_id" in changes:
                user = changes.pop("user_id")
                changes.update({"user_id": user.id} if user else {})
            if moved and event.start:
                changes["date_deadline"] = event._activity_day()
            event.activity_ids.write(changes)

    # mails to attendees

    def action_sendmail(self):
        """Invite the attendees of events to come again; called by a button."""
        self.attendee_ids._invite()
        return True

    def action_open_composer(self):
        """Return the form of an e-mail to the attendees.

        :raise UserError: when there are none
        """
        if not self.partner_ids:
            raise UserError(self.env._("Nobody attends yet, so there is nobody to write to."))
        template = self.env.ref("calendar.calendar_template_meeting_update", raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to attendees"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "comment",
                "default_model": self._name,
                "default_partner_ids": self.partner_ids.ids,
                "default_res_ids": self.ids,
                "default_template_id": template.id if template else False,
                "mail_post_autofollow": False,
            },
        }

    def _skip_send_mail_status_update(self):
        """Tell whether attendees are told by somebody else; extended by other modules."""
        self.ensure_one()
        return False

    # reminders

    def _get_trigger_alarm_types(self):
        """Return the kinds of reminders that a job sends."""
        return ["email"]

    def _setup_alarms(self):
        """Have the job look at the reminders of the events when they are due."""
        manager = self.env["calendar.alarm_manager"]
        self.recurrence_id._setup_alarms(recurrence_update=True)
        for event in self.filtered(lambda event: event.alarm_ids and not event.recurrence_id and event.active):
            manager._trigger_for(event)

    def get_next_alarm_date(self, events_by_alarm):
        """Return when the next reminder of the event is due, ``None`` without one.

        :param events_by_alarm: ``{id of a reminder: ids of events}`` that are reminded of just now
        """
        self.ensure_one()
        now = fields.Datetime.now()
        due = [
            moment
            for alarm in self.alarm_ids
            if self.id not in events_by_alarm.get(alarm.id, ()) and (moment := alarm._moment_for(self)) > now
        ]
        return min(due, default=None)

    def _reminded(self):
        """Return the contacts who are reminded of the events in the browser."""
        alarms = self.alarm_ids.sudo().filtered(lambda alarm: alarm.alarm_type == "notification")
        return self.filtered(lambda event: event.alarm_ids & alarms).partner_ids

    def _notify_next_alarms(self, partners):
        """Tell browsers which reminders they are to show."""
        self.env["calendar.alarm_manager"]._notify_next_alarm(partners.ids)


def _is_creation(command):
    """Tell whether a command makes a record."""
    return not isinstance(command, int) and command[0] == Command.CREATE


def _whole(command):
    """Return a command with its three parts."""
    return (*command, 0, 0)[:3]
