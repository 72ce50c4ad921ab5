"""Activities that are meetings: each has an event."""

from odoo import Command, api, fields, models
from odoo.tools import html2plaintext, is_html_empty, plaintext2html
from odoo.tools.mail import append_content_to_html


class MailActivityType(models.Model):
    """Kinds of activities for which a meeting is planned."""

    _inherit = "mail.activity.type"

    category = fields.Selection(selection_add=[("meeting", "Meeting")])


class MailActivity(models.Model):
    """Things to do that are meetings."""

    _inherit = "mail.activity"

    calendar_event_id = fields.Many2one("calendar.event", string="Calendar Meeting", index=True, ondelete="cascade")

    def action_create_calendar_event(self):
        """Return the calendar, in which a new event is about the activity."""
        self.ensure_one()
        responsible, context = self.user_id, self.env.context
        defaults = {
            "name": self.summary or self.res_name,
            "description": False if is_html_empty(self.note) else self.note,
            "activity_ids": [Command.set(self.ids)],
            "activity_type_id": self.activity_type_id.id,
            "calendar_event_id": self.calendar_event_id.id,
            "partner_ids": (responsible.partner_id | self.env.user.partner_id | self._contact()).ids,
            "user_id": responsible.id,
            "res_id": context.get("default_res_id") or self.res_id,
            "res_model": context.get("default_res_model") or self.res_model,
        }
        calendar = self.env["ir.actions.actions"]._for_xml_id("calendar.action_calendar_event")
        calendar["context"] = {f"default_{name}": value for name, value in defaults.items()}
        calendar["context"]["initial_date"] = self.date_deadline
        return calendar

    def _contact(self):
        """Return the contact that the activity is about, none for other documents."""
        return self.env["res.partner"].browse(self.res_id if self.res_model == "res.partner" else ())

    def _action_done(self, feedback=False, attachment_ids=False):
        """Mark activities as done; what came of them is added to their events, which stay."""
        events = self.calendar_event_id
        # what is deleted with the activities is not their event
        messages, following = super()._action_done(feedback=feedback, attachment_ids=attachment_ids or None)
        if feedback:
            for event in events:
                text = event.env._("Feedback: %s", html2plaintext(feedback))
                event.description = append_content_to_html(
                    event.description or "", plaintext2html(text), plaintext=False
                )
        return messages, following

    def unlink_w_meeting(self):
        """Delete activities with their events."""
        events = self.calendar_event_id
        result = self.unlink()
        events.unlink()
        return result


class MailActivityMixin(models.AbstractModel):
    """Documents about which there are meetings."""

    _inherit = "mail.activity.mixin"

    activity_calendar_event_id = fields.Many2one(
        "calendar.event",
        string="Next Activity Calendar Event",
        compute="_compute_activity_calendar_event_id",
        groups="base.group_user",
    )

    @api.depends("activity_ids.calendar_event_id")
    def _compute_activity_calendar_event_id(self):
        """Take the event of the first activity."""
        for record in self:
            record.activity_calendar_event_id = record.activity_ids[:1].calendar_event_id
