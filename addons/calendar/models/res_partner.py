"""Contacts and their meetings."""

from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Contacts who meet."""

    _inherit = "res.partner"

    meeting_count = fields.Integer("# Meetings", compute="_compute_meeting_count")
    meeting_ids = fields.Many2many(
        "calendar.event",
        "calendar_event_res_partner_rel",
        "res_partner_id",
        "calendar_event_id",
        string="Meetings",
        copy=False,
    )
    calendar_last_notif_ack = fields.Datetime("Reminders seen until", default=fields.Datetime.now)

    def _compute_meeting_count(self):
        """Count the events of the contacts and of those below them."""
        found = self._compute_meeting()
        self.meeting_count = 0
        for id_, event_ids in found.items():
            self.browse(id_).meeting_count = len(event_ids)

    def _compute_meeting(self):
        """Return ``{id: ids of events}`` of the contacts and those below them, out of what the user may read."""
        if not self.ids:
            return {}
        family = self.with_context(active_test=False).search_fetch([("id", "child_of", self.ids)], ["parent_id"])
        events = self.env["calendar.event"]._search([])
        self.env["calendar.event"].flush_model(["partner_ids"])
        rows = self.env.execute_query(
            SQL(
                """SELECT res_partner_id, calendar_event_id FROM calendar_event_res_partner_rel
                    WHERE res_partner_id = ANY(%s) AND calendar_event_id IN %s""",
                list(family._ids),
                events.subselect(),
            )
        )
        asked, found = set(self.ids), {}
        for partner_id, event_id in rows:
            partner = family.browse(partner_id)
            while partner:
                if partner.id in asked:
                    found.setdefault(partner.id, set()).add(event_id)
                partner = partner.parent_id if partner.parent_id in family else None
        return found

    def get_attendee_detail(self, meeting_ids):
        """Return the parts that the contacts have in events, for the calendar.

        :param meeting_ids: ids of events
        :return: list of dicts with ``id``, ``name``, ``status``, ``event_id``, ``attendee_id``, ``is_alone`` and
            ``is_organizer``
        """
        events = self.env["calendar.event"].browse(meeting_ids).exists()
        events.check_access("read")
        return [
            {
                "id": row.partner_id.id,
                "name": row.partner_id.display_name,
                "status": row.state,
                "event_id": event.id,
                "attendee_id": row.id,
                "is_alone": event.is_organizer_alone and event.partner_id == row.partner_id,
                "is_organizer": 1 if event.partner_id == row.partner_id else 0,
            }
            # whose calendar is looked at is seen there, be it only as busy
            for event in events.sudo()
            for row in event.attendee_ids
            if row.partner_id.id in self._ids
        ]

    def schedule_meeting(self):
        """Return the calendar, in which new events are with the contacts and the user."""
        self.ensure_one()
        own = self.env.user.partner_id
        shown = [("partner_ids", "in", self.ids)]
        if below := self._compute_meeting().get(self.id):
            shown = ["|", *shown, ("id", "in", sorted(below))]
        calendar = self.env["ir.actions.actions"]._for_xml_id("calendar.action_calendar_event")
        return {**calendar, "context": {"default_partner_ids": (own | self).ids}, "domain": shown}

    @api.model
    def _set_calendar_last_notif_ack(self):
        """Note that the user saw the reminders."""
        self.env.user.partner_id.sudo().calendar_last_notif_ack = fields.Datetime.now()
