"""Users: the privacy of their events, their meetings of today."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models, modules
from odoo.exceptions import AccessError
from odoo.osv import expression

from .calendar_event import PRIVACY


class ResUsers(models.Model):
    """Users with a calendar."""

    _inherit = "res.users"

    calendar_default_privacy = fields.Selection(
        PRIVACY,
        compute="_compute_calendar_default_privacy",
        inverse="_inverse_calendar_res_users_settings",
        help="Who sees what your events are about, where an event does not say it.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        """Users see the privacy of their events."""
        return [*super().SELF_READABLE_FIELDS, "calendar_default_privacy"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        """Users choose the privacy of their events."""
        return [*super().SELF_WRITEABLE_FIELDS, "calendar_default_privacy"]

    @api.depends("res_users_settings_id.calendar_default_privacy")
    def _compute_calendar_default_privacy(self):
        """Take it from the settings; events of people from outside are public."""
        for user in self:
            user.calendar_default_privacy = user.sudo().res_users_settings_id.calendar_default_privacy or "public"

    def _inverse_calendar_res_users_settings(self):
        """Keep it in the settings; people from outside have none."""
        for user in self.filtered(lambda user: user._is_internal()):
            settings = self.env["res.users.settings"]._find_or_create_for_user(user.sudo())
            settings.calendar_default_privacy = user.calendar_default_privacy or "public"

    @api.model_create_multi
    def create(self, vals_list):
        """Give new users the privacy of the template of users."""
        usual = self._template_user().sudo().calendar_default_privacy
        users = super().create(vals_list)
        if usual and usual != "public":
            new = [
                user
                for user, values in zip(users, vals_list, strict=True)
                if "calendar_default_privacy" not in values and user._is_internal()
            ]
            for user in new:
                user.sudo().calendar_default_privacy = usual
        return users

    def write(self, vals):
        """Change users; the privacy of their events is their own affair.

        :raise AccessError: for that of others
        """
        if "calendar_default_privacy" in vals and not self.env.su and self - self.env.user - self._template_user():
            raise AccessError(self.env._("Users choose the privacy of their events themselves."))
        return super().write(vals)

    @api.model
    def _template_user(self):
        """Return the user that new ones are made like."""
        return self.env.ref("base.default_user", raise_if_not_found=False) or self.browse()

    # calendars

    def get_selected_calendars_partner_ids(self, include_user=True):
        """Return the ids of the contacts whose calendars the user looks at.

        :param include_user: with the user's own
        """
        self.ensure_one()
        chosen = self.env["calendar.filters"].search([("user_id", "=", self.id), ("partner_checked", "=", True)])
        own = self.partner_id.ids if include_user else []
        return [*chosen.partner_id.ids, *own]

    @api.model
    def check_calendar_credentials(self):
        """Return which calendars elsewhere are known, for modules that extend it: ``{name: whether it is}``."""
        return {}

    def check_synchronization_status(self):
        """Return how calendars elsewhere are kept up to date, for modules that extend it: ``{name: state}``."""
        return {}

    # today

    @api.model
    def _systray_get_calendar_event_domain(self):
        """Return the domain of the events that are still to come today."""
        zone = pytz.timezone(self.env.user.tz or "UTC")
        now = fields.Datetime.now()
        today = pytz.utc.localize(now).astimezone(zone).date()
        midnight = zone.localize(datetime.combine(today, time.min) + timedelta(days=1))
        until = midnight.astimezone(pytz.utc).replace(tzinfo=None)
        timed = [
            ("allday", "=", False),
            ("start", "<", until),
            *("|", ("start", ">=", now), ("stop", ">=", now)),
        ]
        whole = [("allday", "=", True), ("start_date", "<=", today), ("stop_date", ">=", today)]
        own = [("partner_id", "=", self.env.user.partner_id.id), ("state", "!=", "declined")]
        return expression.AND([[("attendee_ids", "any", own)], expression.OR([timed, whole])])

    @api.model
    def _get_activity_groups(self):
        """Return what the user has to do by model; the meetings of today come first."""
        groups = super()._get_activity_groups()
        events = self.env["calendar.event"].search_read(
            self._systray_get_calendar_event_domain(), ["id", "start", "name", "allday"], order="start"
        )
        if not events:
            return groups
        meetings = {
            "id": self.env["ir.model"]._get("calendar.event").id,
            "type": "meeting",
            "name": self.env._("Today's meetings"),
            "model": "calendar.event",
            "icon": modules.module.get_module_icon("calendar"),
            "domain": [("active", "in", [True, False])],
            "meetings": events,
            # what is due today is counted by itself
            **dict.fromkeys(("overdue_count", "planned_count", "today_count", "total_count"), 0),
            "view_type": "list",
        }
        return [meetings, *(group for group in groups if group["model"] != "calendar.event")]
