"""The sales teams of users."""

from odoo import api, fields, models


class ResUsers(models.Model):
    """Users are members of sales teams."""

    _inherit = "res.users"

    crm_team_ids = fields.Many2many(
        "crm.team",
        "crm_team_member",
        "user_id",
        "crm_team_id",
        string="Sales Teams",
        check_company=True,
        copy=False,
        readonly=True,
        compute="_compute_crm_team_ids",
        search="_search_crm_team_ids",
    )
    crm_team_member_ids = fields.One2many("crm.team.member", "user_id", "Sales Team Members")
    sale_team_id = fields.Many2one(
        "crm.team", "User Sales Team", compute="_compute_sale_team_id", readonly=True, store=True
    )

    @api.depends("crm_team_member_ids.active")
    def _compute_crm_team_ids(self):
        for user in self:
            user.crm_team_ids = user.crm_team_member_ids.crm_team_id

    def _search_crm_team_ids(self, operator, value):
        return [("crm_team_member_ids.crm_team_id", operator, value)]

    @api.depends("crm_team_member_ids.crm_team_id", "crm_team_member_ids.create_date", "crm_team_member_ids.active")
    def _compute_sale_team_id(self):
        """Set the team that the user has been in the longest."""
        for user in self:
            members = user.crm_team_member_ids.filtered("active")
            user.sale_team_id = members.sorted(lambda member: (member.create_date, member.id))[:1].crm_team_id
