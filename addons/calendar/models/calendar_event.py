"""``calendar.event``: meetings, with what follows from their times and attendees."""

import uuid
from datetime import datetime, time, timedelta
from urllib.parse import urljoin

import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, is_html_empty

#: when events of whole days begin and end, as they are stored
DAY_START, DAY_END = time(8), time(18)
#: hours of an event whose length is not said
_LENGTH = 1.0
PRIVACY = [("public", "Public"), ("private", "Private"), ("confidential", "Only internal users")]
#: route of meeting rooms
VIDEOCALL_ROUTE = "/calendar/join_videocall"
_HALF_HOUR = timedelta(minutes=30)


def _editable(**kwargs):
    """Return the parameters of a stored field that follows from others until somebody changes it."""
    return {"store": True, "readonly": False, **kwargs}


class CalendarEvent(models.Model):
    """A meeting."""

    _name = "calendar.event"
    _description = "Calendar Event"
    _inherit = ["mail.thread"]
    _order = "start desc"

    name = fields.Char("Meeting Subject", required=True)
    description = fields.Html("Description")
    user_id = fields.Many2one("res.users", "Organizer", default=lambda self: self.env.user)
    partner_id = fields.Many2one("res.partner", string="Scheduled by", related="user_id.partner_id", readonly=True)
    location = fields.Char("Location", tracking=True)
    videocall_location = fields.Char("Meeting URL", copy=True, **_editable(compute="_compute_videocall_location"))
    access_token = fields.Char("Invitation Token", copy=False, index=True)
    videocall_source = fields.Selection(
        [("discuss", "Discuss"), ("custom", "Custom")], compute="_compute_videocall_source"
    )
    privacy = fields.Selection(
        PRIVACY, "Privacy", help="Who sees what the event is about; without a choice, the organizer's setting counts."
    )
    show_as = fields.Selection(
        [("free", "Available"), ("busy", "Busy")],
        "Show as",
        default="busy",
        required=True,
        help="Whether the attendees have time for something else.",
    )
    is_highlighted = fields.Boolean(compute="_compute_is_highlighted")
    is_organizer_alone = fields.Boolean(
        compute="_compute_is_organizer_alone", help="Everybody but the organizer said no."
    )
    active = fields.Boolean("Active", default=True, tracking=True)
    categ_ids = fields.Many2many("calendar.event.type", "meeting_category_rel", "event_id", "type_id", "Tags")
    start = fields.Datetime("Start", required=True, tracking=True, default=lambda self: self._default_start())
    stop = fields.Datetime(
        "Stop",
        required=True,
        tracking=True,
        copy=True,
        default=lambda self: self._default_stop(),
        **_editable(compute="_compute_stop"),
    )
    display_time = fields.Char("Event Time", compute="_compute_display_time")
    allday = fields.Boolean("All Day", default=False)
    start_date = fields.Date(
        "Start Date", store=True, tracking=True, compute="_compute_dates", inverse="_inverse_dates"
    )
    stop_date = fields.Date("End Date", store=True, tracking=True, compute="_compute_dates", inverse="_inverse_dates")
    duration = fields.Float("Duration", copy=True, **_editable(compute="_compute_duration"))
    res_id = fields.Many2oneReference("Document ID", model_field="res_model")
    res_model_id = fields.Many2one("ir.model", "Document Model", ondelete="cascade")
    res_model = fields.Char("Document Model Name", related="res_model_id.model", readonly=True, store=True)
    res_model_name = fields.Char(related="res_model_id.name")
    activity_ids = fields.One2many("mail.activity", "calendar_event_id", string="Activities")
    attendee_ids = fields.One2many("calendar.attendee", "event_id", "Participant")
    current_attendee = fields.Many2one(
        "calendar.attendee", compute="_compute_current_attendee", search="_search_current_attendee"
    )
    current_status = fields.Selection(string="Attending?", related="current_attendee.state", readonly=False)
    should_show_status = fields.Boolean(compute="_compute_should_show_status")
    partner_ids = fields.Many2many(
        "res.partner",
        "calendar_event_res_partner_rel",
        string="Attendees",
        default=lambda self: self._default_partners(),
    )
    invalid_email_partner_ids = fields.Many2many("res.partner", compute="_compute_invalid_email_partner_ids")
    alarm_ids = fields.Many2many(
        "calendar.alarm",
        "calendar_alarm_calendar_event_rel",
        string="Reminders",
        ondelete="restrict",
        help="Attendees are reminded by them.",
    )
    display_description = fields.Boolean(compute="_compute_display_description")
    attendees_count = fields.Integer(compute="_compute_attendees_count")
    accepted_count = fields.Integer(compute="_compute_attendees_count")
    declined_count = fields.Integer(compute="_compute_attendees_count")
    tentative_count = fields.Integer(compute="_compute_attendees_count")
    awaiting_count = fields.Integer(compute="_compute_attendees_count")
    user_can_edit = fields.Boolean(compute="_compute_user_can_edit")

    # defaults

    @api.model
    def default_get(self, fields):
        """Take the document the meeting is about from the context."""
        context = self.env.context
        model_name = context.get("default_res_model")
        taken = {}
        if not model_name and context.get("active_model") not in (None, False, self._name):
            model_name = context["active_model"]
            taken = {"default_res_model": model_name}
            if context.get("active_id"):
                taken["default_res_id"] = context["active_id"]
        if model_name and model_name in self.env and not context.get("default_res_model_id"):
            taken["default_res_model_id"] = self.env["ir.model"]._get_id(model_name)
        return super(CalendarEvent, self.with_context(**{**taken, **context})).default_get(fields)

    @api.model
    def _default_start(self):
        """Return the next half hour."""
        now = fields.Datetime.now()
        return now + (datetime.min - now) % _HALF_HOUR

    @api.model
    def _default_stop(self):
        """Return the end of an event that begins when new ones do."""
        return self._default_start() + timedelta(hours=self.get_default_duration())

    @api.model
    def _default_partners(self):
        """Return the user's contact, and that from whose form the event is planned."""
        partners = self.env.user.partner_id
        if self.env.context.get("active_model") == "res.partner" and self.env.context.get("active_id"):
            partners |= partners.browse(self.env.context["active_id"])
        return partners

    @api.model
    def get_default_duration(self):
        """Return the hours that a new event takes: the user's default, the company's, that of all, or one."""
        kept = self.env["ir.default"].sudo()
        own, company = self.env.uid, self.env.company.id
        for user_id, company_id in ((own, company), (own, False), (False, company), (False, False)):
            value = kept._get(self._name, "duration", user_id=user_id, company_id=company_id)
            if value:
                return value
        return _LENGTH

    @api.model
    def get_state_selections(self):
        """Return the answers of attendees: list of value and label."""
        return self.env["calendar.attendee"]._fields["state"]._description_selection(self.env)

    # times

    @api.depends("stop", "start")
    def _compute_duration(self):
        """Count the hours."""
        for event in self:
            event.duration = self._get_duration(event.start, event.stop)

    @api.model
    def _get_duration(self, start, stop):
        """Return the hours between two moments, 0 when one is missing."""
        return round((stop - start).total_seconds() / 3600, 2) if start and stop else 0

    @api.depends("start", "duration")
    def _compute_stop(self):
        """Keep the length when the start moves."""
        # the length before counts, not the one that would follow from the old stop
        self.env.remove_to_compute(self._fields["duration"], self)
        (self - self.filtered("start")).stop = False
        for event in self.filtered("start"):
            hours = event.duration if event.duration > 0 else _LENGTH
            seconds = 60 * round(60 * hours) - (1 if event.allday else 0)
            event.stop = event.start + timedelta(seconds=seconds)

    @api.depends("allday", "start", "stop")
    def _compute_dates(self):
        """Name the days of events that take whole ones."""
        for event in self:
            whole = event.allday and event.start and event.stop
            event.start_date = event.start.date() if whole else False
            event.stop_date = event.stop.date() if whole else False

    def _inverse_dates(self):
        """Have events of whole days begin and end at hours that are the same days nearly everywhere."""
        for event in self.filtered("allday"):
            first = event.start_date or event.start.date()
            last = event.stop_date or event.stop.date()
            hours = {"start": datetime.combine(first, DAY_START), "stop": datetime.combine(last, DAY_END)}
            event._write_silently(hours)

    @api.onchange("start_date", "stop_date")
    def _onchange_date(self):
        """Move the hours along with the days, while the event is written."""
        if self.allday and self.start_date and self.stop_date:
            # both first: each follows from the others while they are changed
            start, stop = datetime.combine(self.start_date, DAY_START), datetime.combine(self.stop_date, DAY_END)
            self.update({"start": start, "stop": stop})

    @api.constrains("start", "stop", "start_date", "stop_date")
    def _check_closing_date(self):
        """Check that events do not end before they begin."""
        for event in self:
            if event.allday:
                wrong = event.start_date and event.stop_date and event.stop_date < event.start_date
            else:
                wrong = event.start and event.stop and event.stop < event.start
            if wrong:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” would end (%(stop)s) before it begins (%(start)s).",
                        name=event.name,
                        start=event.start_date if event.allday else event.start,
                        stop=event.stop_date if event.allday else event.stop,
                    )
                )

    @api.model
    def _get_time_fields(self):
        """Return the names of the fields that say when an event is."""
        return {"start", "stop", "start_date", "stop_date"}

    def _range(self):
        """Return start and stop."""
        self.ensure_one()
        return self.start, self.stop

    def _is_to_come(self):
        """Tell whether the event begins later; days that began count."""
        self.ensure_one()
        if self.allday and self.start:
            return self.start.date() >= fields.Date.today()
        return bool(self.start) and self.start > fields.Datetime.now()

    def _local_start(self):
        """Return the start as the clock shows it in the zone of the event, or of the user."""
        self.ensure_one()
        start = self.start or self._default_start()
        if self.allday:
            return start
        zone = self.recurrence_id.event_tz or self.env.context.get("tz") or self.env.user.tz or "UTC"
        return pytz.utc.localize(start).astimezone(pytz.timezone(zone)).replace(tzinfo=None)

    # attendees

    @api.depends("attendee_ids", "attendee_ids.state", "partner_ids")
    def _compute_attendees_count(self):
        """Count the answers."""
        for event in self:
            states = event.attendee_ids.mapped("state")
            counts = {state: states.count(state) for state in ("accepted", "declined", "tentative")}
            total = len(event.partner_ids)
            event.update({f"{state}_count": number for state, number in counts.items()})
            event.attendees_count = total
            event.awaiting_count = max(total - sum(counts.values()), 0)

    @api.depends("partner_id", "attendee_ids")
    def _compute_is_organizer_alone(self):
        """Tell whether all others said no."""
        for event in self:
            organizer = event.attendee_ids.filtered(lambda row, event=event: row.partner_id == event.partner_id)
            others = event.attendee_ids - organizer
            event.is_organizer_alone = bool(organizer and others and all(other.state == "declined" for other in others))

    @api.depends_context("active_model", "active_id")
    def _compute_is_highlighted(self):
        """Mark the events of the contact from whose form the calendar was opened."""
        contact = self.env.context.get("active_model") == "res.partner" and self.env.context.get("active_id")
        for event in self:
            event.is_highlighted = bool(contact) and contact in event.partner_ids.ids

    @api.depends("attendee_ids", "attendee_ids.state")
    @api.depends_context("uid")
    def _compute_current_attendee(self):
        """Find the user among the attendees."""
        own = self.env.user.partner_id
        for event in self:
            event.current_attendee = event.attendee_ids.filtered(lambda row: row.partner_id == own)[:1]

    def _search_current_attendee(self, operator, value):
        """Find events by the user's part in them."""
        own = [("partner_id", "=", self.env.user.partner_id.id)]
        if operator in ("=", "!=") and not value:
            found = [("attendee_ids", "any", own)]
            return found if operator == "!=" else ["!", *found]
        return [("attendee_ids", "any", [*own, ("id", operator, value)])]

    @api.depends("attendee_ids")
    @api.depends_context("uid")
    def _compute_should_show_status(self):
        """Tell whether the user attends with others."""
        for event in self:
            event.should_show_status = bool(event.current_attendee) and len(event.attendee_ids) > 1

    @api.depends("partner_ids")
    def _compute_invalid_email_partner_ids(self):
        """Find attendees who get no e-mail."""
        reached = self.partner_ids.filtered(lambda partner: email_normalize(partner.email or ""))
        for event in self:
            event.invalid_email_partner_ids = event.partner_ids - reached

    @api.depends("partner_ids")
    @api.depends_context("uid")
    def _compute_user_can_edit(self):
        """Tell whether the user takes part, organizes, or administers what is not private."""
        user = self.env.user
        admin = user.has_group("base.group_system")
        for event in self:
            attending = event.partner_ids.user_ids | event._origin.partner_ids.user_ids
            event.user_can_edit = user in (attending | event.user_id) or (admin and event.privacy != "private")

    @api.depends("description")
    def _compute_display_description(self):
        """Tell whether there is something to show."""
        for event in self:
            event.display_description = not is_html_empty(event.description)

    # rooms

    @api.depends("videocall_source", "access_token")
    def _compute_videocall_location(self):
        """Lead to the room of the event, if it is one of ours."""
        for event in self:
            if event.videocall_source == "discuss":
                event.videocall_location = event._discuss_videocall_url(event.access_token)

    @api.depends("videocall_location")
    def _compute_videocall_source(self):
        """Tell our rooms from others."""
        for event in self:
            ours = event.videocall_location and VIDEOCALL_ROUTE in event.videocall_location
            event.videocall_source = "discuss" if ours else "custom"

    @api.model
    def _discuss_videocall_url(self, token):
        """Return the address of the room with a token."""
        return f"{self.get_base_url()}{VIDEOCALL_ROUTE}/{token}"

    @api.model
    def _discuss_videocall_values(self):
        """Return the values for a room of its own."""
        token = uuid.uuid4().hex
        return {"access_token": token, "videocall_location": self._discuss_videocall_url(token)}

    @api.model
    def get_discuss_videocall_location(self):
        """Return the address of a new room, for events that are not saved yet."""
        return self._discuss_videocall_url(uuid.uuid4().hex)

    def _set_discuss_videocall_location(self):
        """Give each event a room of its own."""
        for event in self:
            event.write(event._discuss_videocall_values())

    def set_discuss_videocall_location(self):
        """Give each event a room of its own; called by a button."""
        self._set_discuss_videocall_location()

    def clear_videocall_location(self):
        """Take the room away; called by a button."""
        self.write({"videocall_location": False})

    def action_join_video_call(self):
        """Return the action that opens the room."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.videocall_location, "target": "new"}

    @api.model
    def _absolute_videocall(self, values):
        """Complete the address of a room that begins with a path, in values that are about to be written."""
        location = values.get("videocall_location")
        if location and location.startswith("/") and not location.startswith("//"):
            values["videocall_location"] = urljoin(self.get_base_url() + "/", location)
        if location and VIDEOCALL_ROUTE in location and not values.get("access_token"):
            values["access_token"] = location.rstrip("/").rpartition("/")[2]

    # opening

    def action_open_calendar_event(self):
        """Return the form of the document the meeting is about, otherwise nothing."""
        document = self.env.get(self.res_model) if self.res_id else None
        return False if document is None else document.browse(self.res_id).get_formview_action()

    def action_join_meeting(self, partner_id):
        """Have a contact attend.

        :param partner_id: its id
        """
        self.ensure_one()
        if partner_id not in self.partner_ids.ids:
            self.write({"partner_ids": [Command.link(partner_id)]})

    def find_partner_customer(self):
        """Return the attendee invited first who does not organize."""
        self.ensure_one()
        others = self.attendee_ids.sorted(lambda row: (row.create_date, row.id)).partner_id - self.partner_id
        return others[:1]
