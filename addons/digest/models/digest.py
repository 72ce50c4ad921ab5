"""``digest.digest``: numbers that people get by e-mail, and when."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.translate import _

#: periodicity -> (time until the next e-mail, time without a login after which there are fewer, that of the fewer)
PERIODS = {
    "daily": (relativedelta(days=1), relativedelta(days=2), "weekly"),
    "weekly": (relativedelta(weeks=1), relativedelta(days=7), "monthly"),
    "monthly": (relativedelta(months=1), relativedelta(months=1), "quarterly"),
    "quarterly": (relativedelta(months=3), relativedelta(months=3), "quarterly"),
}
_KPI_PREFIXES = ("kpi_", "x_kpi_", "x_studio_kpi_")


class Digest(models.Model):
    """An e-mail with numbers.

    Addons add a number by two fields: a boolean ``kpi_<name>``, which asks for it, and ``kpi_<name>_value``, which is
    computed for the time in the context, see :meth:`_get_kpi_compute_parameters`.
    """

    _name = "digest.digest"
    _description = "Digest"

    name = fields.Char(string="Name", required=True, translate=True)
    user_ids = fields.Many2many("res.users", string="Recipients", domain="[('share', '=', False)]")
    periodicity = fields.Selection(
        [("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly"), ("quarterly", "Quarterly")],
        default="daily",
        required=True,
    )
    next_run_date = fields.Date(string="Next Mailing Date")
    currency_id = fields.Many2one(related="company_id.currency_id", string="Currency")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company.id)
    available_fields = fields.Char(compute="_compute_available_fields")
    is_subscribed = fields.Boolean("Is user subscribed", compute="_compute_is_subscribed")
    state = fields.Selection(
        [("activated", "Activated"), ("deactivated", "Deactivated")],
        string="Status",
        copy=False,
        default="activated",
        readonly=True,
    )
    kpi_res_users_connected = fields.Boolean("Connected Users")
    kpi_res_users_connected_value = fields.Integer(compute="_compute_kpi_res_users_connected_value")
    kpi_mail_message_total = fields.Boolean("Messages Sent")
    kpi_mail_message_total_value = fields.Integer(compute="_compute_kpi_mail_message_total_value")

    @api.depends("user_ids")
    @api.depends_context("uid")
    def _compute_is_subscribed(self):
        """Tell whether the user gets the e-mails."""
        for digest in self:
            digest.is_subscribed = self.env.user in digest.user_ids

    def _compute_available_fields(self):
        """Name the values that are asked for."""
        for digest in self:
            digest.available_fields = ", ".join(f"{name}_value" for name in digest._wanted_kpis())

    def _wanted_kpis(self):
        """Return the names of the flags that are set and have a value."""
        fields_ = self._fields
        return [
            name
            for name, field in fields_.items()
            if field.type == "boolean" and name.startswith(_KPI_PREFIXES) and f"{name}_value" in fields_ and self[name]
        ]

    @api.onchange("periodicity")
    def _onchange_periodicity(self):
        """Count from today."""
        self.next_run_date = self._get_next_run_date()

    @api.model_create_multi
    def create(self, vals_list):
        """Create digests, which are sent when their first period is over."""
        created = super().create(vals_list)
        undated = [digest for digest in created if not digest.next_run_date]
        for digest in undated:
            digest.next_run_date = digest._get_next_run_date()
        return created

    def _get_next_run_date(self, periodicity=None):
        """Return when the next e-mail is sent, counted from today.

        :param periodicity: that of the digest by default
        """
        self.ensure_one()
        return fields.Date.context_today(self) + PERIODS[periodicity or self.periodicity or "daily"][0]

    # states and people

    def action_activate(self):
        """Send the e-mails."""
        self.state = "activated"

    def action_deactivate(self):
        """Send no more e-mails."""
        self.state = "deactivated"

    def action_set_periodicity(self, periodicity):
        """Choose how often the e-mails are sent.

        :raise ValueError: there is no such periodicity
        """
        if periodicity not in PERIODS:
            raise ValueError(f"digests are sent {', '.join(PERIODS)}, not {periodicity}")
        self.periodicity = periodicity

    def action_subscribe(self):
        """Have the user, who is of the house, get the e-mails.

        :raise AccessError: for others
        """
        self._check_internal()
        self._put_users(Command.link)

    def action_unsubscribe(self):
        """Have the user get the e-mails no more.

        :raise AccessError: for people from outside
        """
        self._check_internal()
        self._put_users(Command.unlink)

    def _check_internal(self):
        if not self.env.user._is_internal():
            raise AccessError(_("These e-mails are for users of the house."))
        self.check_access("read")

    def _put_users(self, command, user=None):
        """Add a user, or remove one; who may read digests decides that for themselves.

        :param command: ``Command.link`` or ``Command.unlink``
        :param user: the current one by default
        """
        self.sudo().user_ids = [command((user or self.env.user).id)]

    # times

    @api.model
    def _now(self):
        return datetime.utcnow().replace(microsecond=0)
