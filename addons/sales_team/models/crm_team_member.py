"""Who is in which sales team."""

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError


class CrmTeamMember(models.Model):
    """The membership of a user in a team; what has ended is archived."""

    _name = "crm.team.member"
    _inherit = ["mail.thread"]
    _description = "Sales Team Member"
    _rec_name = "user_id"
    _order = "create_date ASC, id"
    _check_company_auto = True

    crm_team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        group_expand="_read_group_expand_full",
        # a team of the user's own is no choice of theirs
        default=False,
        check_company=True,
        index=True,
        ondelete="cascade",
        required=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        check_company=True,
        domain="[('share', '=', False), ('id', 'not in', user_in_teams_ids), ('company_ids', 'in', user_company_ids)]",
        index=True,
        ondelete="cascade",
        required=True,
    )
    user_in_teams_ids = fields.Many2many("res.users", compute="_compute_user_in_teams_ids")
    user_company_ids = fields.Many2many("res.company", compute="_compute_user_company_ids")
    active = fields.Boolean("Active", default=True)
    is_membership_multi = fields.Boolean("Multiple Memberships Allowed", compute="_compute_is_membership_multi")
    member_warning = fields.Text(compute="_compute_member_warning")
    image_1920 = fields.Image("Image", related="user_id.image_1920", max_width=1920, max_height=1920)
    image_128 = fields.Image("Image (128)", related="user_id.image_128", max_width=128, max_height=128)
    name = fields.Char("Name", related="user_id.display_name", readonly=False)
    email = fields.Char("Email", related="user_id.email")
    phone = fields.Char("Phone", related="user_id.phone")
    mobile = fields.Char("Mobile", related="user_id.mobile")
    company_id = fields.Many2one("res.company", "Company", related="user_id.company_id")

    @api.constrains("crm_team_id", "user_id", "active")
    def _constrains_membership(self):
        for member in self.filtered("active"):
            same = [
                ("id", "!=", member.id),
                ("crm_team_id", "=", member.crm_team_id.id),
                ("user_id", "=", member.user_id.id),
            ]
            if self.search_count(same, limit=1):
                raise ValidationError(
                    _(
                        "%(user)s is a member of the team “%(team)s” already.",
                        user=member.user_id.name,
                        team=member.crm_team_id.name,
                    )
                )

    @api.depends("crm_team_id", "is_membership_multi", "user_id")
    @api.depends_context("default_crm_team_id")
    def _compute_user_in_teams_ids(self):
        """Set who cannot be added: members of this team, or of any where people are in one team only."""
        of_any = self.search([]).user_id if any(not member.is_membership_multi for member in self) else None
        for member in self:
            if not member.is_membership_multi:
                member.user_in_teams_ids = of_any
                continue
            team = member.crm_team_id.id or self.env.context.get("default_crm_team_id")
            member.user_in_teams_ids = team and self.search([("crm_team_id", "=", team)]).user_id

    @api.depends("crm_team_id")
    def _compute_user_company_ids(self):
        for member in self:
            member.user_company_ids = member.crm_team_id._companies_of_members()

    @api.depends("crm_team_id")
    def _compute_is_membership_multi(self):
        multi = self.env["ir.config_parameter"].sudo().get_param("sales_team.membership_multi", False)
        self.is_membership_multi = multi

    @api.depends("is_membership_multi", "active", "user_id", "crm_team_id")
    def _compute_member_warning(self):
        self.member_warning = False
        for member in self.filtered(lambda member: member.active and not member.is_membership_multi):
            others = self.search(
                [("user_id", "in", member.user_id._origin.ids), ("crm_team_id", "!=", member.crm_team_id._origin.id)]
            )
            if others:
                member.member_warning = others._leaving_warning()

    def _leaving_warning(self):
        """Return the sentence that says that these memberships would end."""
        names = ", ".join(f"{member.user_id.name} ({member.crm_team_id.name})" for member in self)
        return _("People are in one team only. These leave their team: %s.", names)

    @api.model_create_multi
    def create(self, vals_list):
        """Create memberships; where people are in one team only, those they had end."""
        self._end_others(vals_list)
        members = super(CrmTeamMember, self.with_context(mail_create_nosubscribe=True)).create(vals_list)
        return members.with_env(self.env)

    def write(self, vals):
        """Write memberships; taking one up again ends the others where people are in one team only."""
        if vals.get("active"):
            self._end_others([{"user_id": member.user_id.id, "crm_team_id": member.crm_team_id.id} for member in self])
        return super().write(vals)

    def _end_others(self, vals_list):
        """Archive the memberships in other teams of the users that ``vals_list`` name."""
        if self.env["ir.config_parameter"].sudo().get_param("sales_team.membership_multi", False):
            return
        for vals in vals_list:
            if not vals.get("active", True):
                continue
            others = self.search(
                [("user_id", "=", vals.get("user_id")), ("crm_team_id", "!=", vals.get("crm_team_id"))]
            )
            others.active = False
