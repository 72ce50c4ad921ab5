"""Teams of salespeople."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.osv import expression


class CrmTeam(models.Model):
    """Salespeople who work together, with the one who leads them."""

    _name = "crm.team"
    _inherit = ["mail.thread"]
    _description = "Sales Team"
    _order = "sequence ASC, create_date DESC, id DESC"
    _check_company_auto = True

    def _get_default_favorite_user_ids(self):
        return [(6, 0, [self.env.uid])]

    name = fields.Char("Sales Team", required=True, translate=True)
    sequence = fields.Integer("Sequence", default=10)
    active = fields.Boolean(default=True, help="Archived teams are hidden, and nothing new is theirs.")
    company_id = fields.Many2one("res.company", "Company", index=True)
    currency_id = fields.Many2one("res.currency", "Currency", related="company_id.currency_id", readonly=True)
    user_id = fields.Many2one("res.users", "Team Leader", check_company=True, domain=[("share", "!=", True)])
    is_membership_multi = fields.Boolean(
        "Multiple Memberships Allowed",
        compute="_compute_is_membership_multi",
        help="Whether people may be members of several teams at once.",
    )
    member_ids = fields.Many2many(
        "res.users",
        string="Salespersons",
        domain="['&', ('share', '=', False), ('company_ids', 'in', member_company_ids)]",
        compute="_compute_member_ids",
        inverse="_inverse_member_ids",
        search="_search_member_ids",
    )
    member_company_ids = fields.Many2many("res.company", compute="_compute_member_company_ids")
    member_warning = fields.Text("Membership Issue Warning", compute="_compute_member_warning")
    crm_team_member_ids = fields.One2many(
        "crm.team.member", "crm_team_id", "Sales Team Members", context={"active_test": True}
    )
    crm_team_member_all_ids = fields.One2many(
        "crm.team.member", "crm_team_id", "Sales Team Members (incl. inactive)", context={"active_test": False}
    )
    color = fields.Integer("Color Index")
    favorite_user_ids = fields.Many2many(
        "res.users",
        "team_favorite_user_rel",
        "team_id",
        "user_id",
        string="Favorite Members",
        default=_get_default_favorite_user_ids,
    )
    is_favorite = fields.Boolean("Show on dashboard", compute="_compute_is_favorite", inverse="_inverse_is_favorite")
    dashboard_button_name = fields.Char("Dashboard Button", compute="_compute_dashboard_button_name")

    @api.depends("sequence")
    def _compute_is_membership_multi(self):
        """Set what the settings say; ``sequence`` only has new records computed."""
        multi = self.env["ir.config_parameter"].sudo().get_param("sales_team.membership_multi", False)
        self.is_membership_multi = multi

    @api.depends("crm_team_member_ids.active")
    def _compute_member_ids(self):
        for team in self:
            team.member_ids = team.crm_team_member_ids.user_id

    def _inverse_member_ids(self):
        """Make and archive memberships as the members say."""
        for team in self:
            members = team.member_ids
            memberships = team.crm_team_member_all_ids
            known = memberships.user_id
            added = members - known
            memberships.create([{"crm_team_id": team.id, "user_id": user.id} for user in added])
            for membership in memberships:
                if membership.active != (membership.user_id in members):
                    membership.active = not membership.active

    def _search_member_ids(self, operator, value):
        return [("crm_team_member_ids.user_id", operator, value)]

    @api.depends("company_id", "name")
    def _compute_member_company_ids(self):
        for team in self:
            team.member_company_ids = team._companies_of_members()

    def _companies_of_members(self):
        """Return the companies that members of the team, if any, may be of: its own, or all."""
        return self.company_id or self.env["res.company"].search([])

    @api.depends("is_membership_multi", "member_ids")
    def _compute_member_warning(self):
        """Set the sentence on members who leave other teams for this one."""
        self.member_warning = False
        for team in self.filtered(lambda team: team.member_ids and not team.is_membership_multi):
            others = self.env["crm.team.member"].search(
                [("crm_team_id", "not in", team._origin.ids), ("user_id", "in", team.member_ids._origin.ids)]
            )
            if others:
                team.member_warning = others._leaving_warning()

    @api.depends_context("uid")
    @api.depends("favorite_user_ids")
    def _compute_is_favorite(self):
        for team in self:
            team.is_favorite = self.env.user in team.favorite_user_ids

    def _inverse_is_favorite(self):
        for team in self:
            if team.is_favorite:
                team.favorite_user_ids |= self.env.user
            else:
                team.favorite_user_ids -= self.env.user

    def _compute_dashboard_button_name(self):
        """Set the label of the button that opens what the team works on; applications override this."""
        self.dashboard_button_name = _("Members")

    @api.model_create_multi
    def create(self, vals_list):
        """Create teams, which are favourites of their members."""
        # people are told of what they follow; the one who makes a team does not follow it for that
        teams = super(CrmTeam, self.with_context(mail_create_nosubscribe=True)).create(vals_list)
        for team in teams.filtered("member_ids"):
            team.favorite_user_ids |= team.member_ids
        return teams.with_env(self.env)

    def write(self, vals):
        """Check that the members are of the company that the team is put into."""
        result = super().write(vals)
        if vals.get("company_id"):
            self.crm_team_member_ids._check_company(fnames=["crm_team_id"])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_default(self):
        names = ("sales_team.salesteam_website_sales", "sales_team.pos_sales_team")
        for team in (self.env.ref(name, raise_if_not_found=False) for name in names):
            if team and team in self:
                raise UserError(_("Orders of other applications need the team “%s”. Archive it instead.", team.name))

    def action_primary_channel_button(self):
        """Return the action of the button of the team's card: its members, until an application overrides this."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "crm.team.member",
            "view_mode": "kanban,list,form",
            "domain": [("crm_team_id", "=", self.id)],
            "context": {"default_crm_team_id": self.id},
        }

    @api.model
    def _get_default_team_id(self, user_id=False, domain=False):
        """Return the team that something new of a user belongs to, or none.

        Teams that the user leads or is a member of come first, that of the context (``default_team_id``) before
        others; then any team that suits the company.

        :param int user_id: the user; without one, whoever is logged in
        :param list domain: a domain on teams that are wanted
        """
        user = self.env["res.users"].browse(user_id) if user_id else self.env.user
        suitable = expression.AND([[("company_id", "in", [False, self.env.company.id])], domain or []])
        chosen = self.browse(self.env.context.get("default_team_id")).exists()
        own = self.search(expression.AND([suitable, ["|", ("user_id", "=", user.id), ("member_ids", "in", user.ids)]]))
        if own:
            return chosen if chosen in own else own[:1]
        return chosen or self.search(suitable, limit=1)
