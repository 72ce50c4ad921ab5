"""``calendar.attendee``: who is invited to an event, and what they answered."""

import uuid

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get
from odoo.exceptions import UserError

STATES = [("needsAction", "Needs Action"), ("tentative", "Maybe"), ("declined", "No"), ("accepted", "Yes")]


class CalendarAttendee(models.Model):
    """The part of a contact in an event."""

    _name = "calendar.attendee"
    _description = "Calendar Attendee Information"
    _rec_name = "common_name"
    _order = "create_date ASC"

    event_id = fields.Many2one("calendar.event", "Meeting linked", required=True, index=True, ondelete="cascade")
    recurrence_id = fields.Many2one("calendar.recurrence", related="event_id.recurrence_id")
    partner_id = fields.Many2one(
        "res.partner", "Attendee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    email = fields.Char("Email", related="partner_id.email")
    phone = fields.Char("Phone", related="partner_id.phone")
    common_name = fields.Char("Common name", compute="_compute_common_name", store=True)
    access_token = fields.Char("Invitation Token", default=lambda self: self._default_access_token())
    mail_tz = fields.Selection(_tz_get, compute="_compute_mail_tz", help="Time zone of e-mails to the attendee.")
    state = fields.Selection(STATES, string="Status", default="needsAction", copy=False)
    availability = fields.Selection([("free", "Available"), ("busy", "Busy")], "Available/Busy", readonly=True)

    @api.model
    def _default_access_token(self):
        """Return a new secret that stands for the attendee in links."""
        return uuid.uuid4().hex

    @api.depends("partner_id", "partner_id.name", "email")
    def _compute_common_name(self):
        """Take the name of the contact, or the address."""
        for attendee in self:
            attendee.common_name = attendee.partner_id.name or attendee.email

    def _compute_mail_tz(self):
        """Take the time zone of the contact."""
        for attendee in self:
            attendee.mail_tz = attendee.partner_id.tz

    @api.model_create_multi
    def create(self, vals_list):
        """Invite contacts; users who invite themselves come, and attendees follow the event."""
        own = self.env.user.partner_id.id
        prepared = []
        for values in vals_list:
            values = dict(values)
            if values.get("partner_id") == own:
                values.setdefault("state", "accepted")
            values.pop("email", None)
            values.pop("phone", None)
            prepared.append(values)
        attendees = super().create(prepared)
        attendees._follow()
        return attendees

    def unlink(self):
        """Take invitations back; who is not invited does not follow the event."""
        for event, rows in self.grouped("event_id").items():
            event.message_unsubscribe(partner_ids=rows.partner_id.ids)
        return super().unlink()

    @api.returns("self", lambda value: value.id)
    def copy(self, default=None):
        """Refuse: a contact attends an event once.

        :raise UserError: always
        """
        raise UserError(self.env._("A contact attends an event once: attendees cannot be duplicated."))

    def _follow(self):
        """Have attendees follow their events; those with the same attendees are done together."""
        by_partners = {}
        for event, rows in self.grouped("event_id").items():
            by_partners.setdefault(tuple(sorted(rows.partner_id._ids)), []).append(event.id)
        for partner_ids, event_ids in by_partners.items():
            events = self.env["calendar.event"].browse(event_ids)
            events.message_subscribe(partner_ids=list(partner_ids))

    # answers

    def do_tentative(self):
        """Say maybe."""
        return self.write({"state": "tentative"})

    def do_accept(self):
        """Say yes; the event is told."""
        self._tell_answer("accepted", self.env._("%s comes."))
        return self.write({"state": "accepted"})

    def do_decline(self):
        """Say no; the event is told."""
        self._tell_answer("declined", self.env._("%s does not come."))
        return self.write({"state": "declined"})

    def _tell_answer(self, state, text):
        """Post the answers that are new, as the attendees.

        :param state: what they answer
        :param text: with a place for the name
        """
        for attendee in self.filtered(lambda row: row.state != state):
            attendee.event_id.message_post(
                author_id=attendee.partner_id.id,
                body=text % (attendee.common_name or ""),
                subtype_xmlid="calendar.subtype_invitation",
            )


#: what addons import and patch it as
Attendee = CalendarAttendee
