"""Users and the resources that they are."""

from odoo import fields, models


class ResUsers(models.Model):
    """Users may be resources, one in each company."""

    _inherit = "res.users"

    resource_ids = fields.One2many("resource.resource", "user_id", "Resources")
    resource_calendar_id = fields.Many2one(
        "resource.calendar", "Default Working Hours", related="resource_ids.calendar_id", readonly=False
    )

    def write(self, vals):
        """The time zone that the administrator sets at the first login is that of the default calendar."""
        result = super().write(vals)
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        if vals.get("tz") and self == self.env.user == admin and not self.login_date:
            standard = self.env.ref("resource.resource_calendar_std", raise_if_not_found=False)
            for calendar in (self.resource_calendar_id or standard or ())[:1]:
                calendar.tz = vals["tz"]
        return result
