"""Planning a meeting about a document."""

from odoo import models
from odoo.exceptions import UserError


class MailActivitySchedule(models.TransientModel):
    """The dialog, which leads to the calendar."""

    _inherit = "mail.activity.schedule"

    def action_create_calendar_event(self):
        """Plan the activity, and return the calendar in which its event is made.

        :raise UserError: for more than one document
        """
        self.ensure_one()
        if self.is_batch_mode:
            raise UserError(self.env._("A meeting is planned about one document at a time."))
        return self._action_schedule_activities().action_create_calendar_event()
