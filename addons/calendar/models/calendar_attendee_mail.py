"""What attendees are told: invitations, and that events were moved."""

import base64

from odoo import models

#: so many e-mails are not sent while somebody waits
_SENT_AT_ONCE = 100


class CalendarAttendeeMail(models.Model):
    """The e-mails to attendees."""

    _inherit = "calendar.attendee"

    def _invite(self):
        """Invite those attendees of coming events who are not the user."""
        self._tell("calendar.calendar_template_meeting_invitation")

    def _tell_of_move(self, whole_series=False):
        """Tell attendees that their events were moved.

        :param whole_series: whether all of the series was
        """
        rows = self if whole_series else self.with_context(calendar_template_ignore_recurrence=True)
        rows._tell("calendar.calendar_template_meeting_changedate")

    def _tell(self, xml_id):
        """Send a template to the attendees of coming events who are not the user.

        :param xml_id: external id of the template
        """
        blocked = self.env["ir.config_parameter"].sudo().get_param("calendar.block_mail")
        if not self or blocked or self.env.context.get("no_mail_to_attendees"):
            return
        own = self.env.user.partner_id
        rows = self.filtered(
            lambda row: (
                row.partner_id != own
                and row.event_id.active
                and row.event_id._is_to_come()
                and not row.event_id._skip_send_mail_status_update()
            )
        )
        template = self.env.ref(xml_id, raise_if_not_found=False)
        if rows and template:
            rows._send_template(template)

    def _send_template(self, template, notify_author=False):
        """Send a template to attendees, each with the event as a file.

        :param template: of the model of attendees
        :param notify_author: also to the organizer, in whose name it is sent
        """
        template = template.sudo()
        bodies = template._render_field("body_html", self.ids, compute_lang=True)
        subjects = template._render_field("subject", self.ids, compute_lang=True)
        files = self.event_id.sudo()._get_ics_file()
        limit = int(self.env["ir.config_parameter"].sudo().get_param("mail.mail_force_send_limit") or _SENT_AT_ONCE)
        at_once = len(self) < limit
        for attendee in self:
            event = attendee.event_id
            author = event.partner_id or self.env.user.partner_id
            event.with_context(no_document=True).sudo().message_notify(
                author_id=author.id,
                email_from=event.user_id.email_formatted or self.env.user.email_formatted,
                body=bodies[attendee.id],
                subject=subjects[attendee.id],
                partner_ids=attendee.partner_id.ids,
                attachment_ids=attendee._files(template, files[event.id]).ids,
                email_layout_xmlid="mail.mail_notification_light",
                force_send=at_once,
                notify_author=notify_author,
            )

    def _files(self, template, content):
        """Return the attachments of an e-mail: the event, and copies of those of the template.

        :param content: the event as bytes
        """
        self.ensure_one()
        pending = {"res_model": "mail.compose.message", "res_id": 0}
        files = self.env["ir.attachment"].sudo()
        own = files.create(
            {
                **pending,
                "name": "invitation.ics",
                "description": "invitation.ics",
                "mimetype": "text/calendar",
                "datas": base64.b64encode(content),
            }
        )
        for attachment in template.attachment_ids:
            own |= attachment.copy(pending)
        return own
