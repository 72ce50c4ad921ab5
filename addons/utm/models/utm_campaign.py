"""``utm.campaign``: efforts that bring visitors."""

from odoo import api, fields, models


class UtmCampaign(models.Model):
    """Something that is done to be found."""

    _name = "utm.campaign"
    _description = "UTM Campaign"
    _rec_name = "title"

    active = fields.Boolean(default=True)
    name = fields.Char(
        "Campaign Identifier",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        help="What links say; no two campaigns have the same.",
    )
    title = fields.Char("Campaign Name", required=True, translate=True)
    user_id = fields.Many2one(
        "res.users", string="Responsible", required=True, default=lambda self: self.env.uid, ondelete="restrict"
    )
    stage_id = fields.Many2one(
        "utm.stage",
        string="Stage",
        required=True,
        ondelete="restrict",
        copy=False,
        default=lambda self: self.env["utm.stage"].search([], limit=1),
        group_expand="_group_expand_stage_ids",
    )
    tag_ids = fields.Many2many("utm.tag", "utm_tag_rel", "tag_id", "campaign_id", string="Tags")
    is_auto_campaign = fields.Boolean("Automatically Generated Campaign", default=False, help="A link named it first.")
    color = fields.Integer("Color Index")

    _sql_constraints = [("unique_name", "UNIQUE(name)", "There is a campaign with this identifier already.")]

    @api.depends("title")
    def _compute_name(self):
        """The identifier is the title, numbered where there is such a one."""
        mixin = self.env["utm.mixin"].with_context(utm_check_skip_record_ids=self.ids)
        names = mixin._get_unique_names(self._name, self.mapped(lambda campaign: campaign.title or False))
        for campaign, name in zip(self, names, strict=True):
            campaign.name = name

    @api.model_create_multi
    def create(self, vals_list):
        """Number identifiers that there are already, and give campaigns without title theirs."""
        named = self.env["utm.mixin"]._with_unique_names(self._name, vals_list)
        titles = [vals.get("title") or vals.get("name") for vals in vals_list]
        return super().create(
            [{**vals, "title": title} if title else vals for vals, title in zip(named, titles, strict=True)]
        )

    @api.model
    def _group_expand_stage_ids(self, stages, domain):
        """Show all stages on the board."""
        return stages.search([])
