"""``resource.resource``: people and things whose time is planned."""

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get


class ResourceResource(models.Model):
    """Somebody or something that works by a calendar, or at any time without one."""

    _name = "resource.resource"
    _description = "Resources"
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean("Active", default=True, help="Archived resources are planned no more.")
    company_id = fields.Many2one("res.company", "Company", default=lambda self: self.env.company)
    resource_type = fields.Selection(
        [("user", "Human"), ("material", "Material")], "Type", required=True, default="user"
    )
    user_id = fields.Many2one("res.users", "User", help="Who the resource is, when it has a login.")
    avatar_128 = fields.Image(compute="_compute_avatar_128")
    share = fields.Boolean(related="user_id.share")
    email = fields.Char(related="user_id.email")
    phone = fields.Char(related="user_id.phone")
    time_efficiency = fields.Float(
        "Efficiency Factor",
        required=True,
        default=100,
        help="In percent: at 200 the resource needs half of the time that work is planned with.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Time",
        default=lambda self: self.env.company.resource_calendar_id,
        domain="[('company_id', 'in', [company_id, False])]",
        help="Empty: the resource works at any time.",
    )
    tz = fields.Selection(
        _tz_get,
        "Timezone",
        required=True,
        default=lambda self: self.env.context.get("tz") or self.env.user.tz or "UTC",
        help="The hours of the calendar are those of a clock where the resource is.",
    )

    _sql_constraints = [
        ("check_time_efficiency", "CHECK (time_efficiency > 0)", "The efficiency has to be more than zero.")
    ]

    @api.model
    def default_get(self, fields):
        """Propose the calendar of the company that is proposed."""
        proposed = super().default_get(fields)
        if proposed.get("calendar_id") or "calendar_id" not in fields:
            return proposed
        company = self.env["res.company"].browse(proposed.get("company_id"))
        return {**proposed, "calendar_id": company.resource_calendar_id.id} if company else proposed

    @api.depends("user_id")
    def _compute_avatar_128(self):
        """The picture of the user."""
        for resource in self:
            resource.avatar_128 = resource.user_id.avatar_128

    @api.model_create_multi
    def create(self, vals_list):
        """Give resources the calendar of their company, and the time zone of their user or calendar."""
        completed = []
        for vals in vals_list:
            vals = dict(vals)
            if vals.get("company_id") and "calendar_id" not in vals:
                vals["calendar_id"] = self.env["res.company"].browse(vals["company_id"]).resource_calendar_id.id
            if not vals.get("tz"):
                user = self.env["res.users"].browse(vals.get("user_id"))
                calendar = self.env["resource.calendar"].browse(vals.get("calendar_id"))
                zone = user.tz or calendar.tz
                if zone:
                    vals["tz"] = zone
                else:
                    vals.pop("tz", None)
            completed.append(vals)
        return super().create(completed)

    def copy_data(self, default=None):
        """Mark the names of copies."""
        copies = super().copy_data(default=default)
        if "name" not in (default or ()):
            for vals in copies:
                vals["name"] = self.env._("%s (copy)", vals["name"])
        return copies

    def write(self, values):
        """Under ``check_idempotence`` in the context, write only what is new for the one record there is."""
        if len(self) == 1 and self.env.context.get("check_idempotence"):
            values = self._changes_among(values)
        return super().write(values) if values else True

    def _changes_among(self, values):
        """Return those of some values that the record does not have."""
        same = {name for name in values.keys() & self._fields if self._written_form(name) == values[name]}
        return {name: values[name] for name in values if name not in same}

    def _written_form(self, name):
        """Return the value of a field as it would be written."""
        return self._fields[name].convert_to_write(self[name], self)

    @api.onchange("company_id")
    def _onchange_company_id(self):
        """A resource of a company has its calendar."""
        if self.company_id:
            self.calendar_id = self.company_id.resource_calendar_id

    @api.onchange("user_id")
    def _onchange_user_id(self):
        """A resource is where its user is."""
        if self.user_id.tz:
            self.tz = self.user_id.tz

    def _is_fully_flexible(self):
        """Tell whether the resource works at any time."""
        self.ensure_one()
        return not self.calendar_id

    def _is_flexible(self):
        """Tell whether the resource chooses its hours."""
        return self._is_fully_flexible() or self.calendar_id.flexible_hours
