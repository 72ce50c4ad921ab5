"""Companies: the addresses that their e-mails come from and go to, and how these look."""

from odoo import api, fields, models, tools


class Company(models.Model):
    """Companies with a domain of e-mail addresses."""

    _inherit = "res.company"

    alias_domain_id = fields.Many2one(
        "mail.alias.domain",
        string="Email Domain",
        index="btree_not_null",
        ondelete="set null",
        default=lambda self: self._default_alias_domain_id(),
    )
    alias_domain_name = fields.Char("Alias Domain Name", related="alias_domain_id.name", readonly=True, store=True)
    bounce_email = fields.Char(string="Bounce Email", compute="_compute_bounce")
    bounce_formatted = fields.Char(string="Bounce", compute="_compute_bounce")
    catchall_email = fields.Char(string="Catchall Email", compute="_compute_catchall")
    catchall_formatted = fields.Char(string="Catchall", compute="_compute_catchall")
    default_from_email = fields.Char(string="Default From", related="alias_domain_id.default_from_email", readonly=True)
    email_formatted = fields.Char(string="Formatted Email", compute="_compute_email_formatted", compute_sudo=True)
    email_primary_color = fields.Char(
        "Email Header Color", compute="_compute_email_primary_color", readonly=False, store=True
    )
    email_secondary_color = fields.Char(
        "Email Button Color", compute="_compute_email_secondary_color", readonly=False, store=True
    )

    def _default_alias_domain_id(self):
        """Return the domain that companies have at first."""
        return self.env["mail.alias.domain"].search([], limit=1)

    def _formatted(self, address):
        """Return an address with the name of the company, an empty text without one."""
        return tools.formataddr((self.name or "", address)) if address else ""

    @api.depends("alias_domain_id", "name")
    def _compute_bounce(self):
        """Take the address of the domain."""
        for company in self:
            company.bounce_email = company.sudo().alias_domain_id.bounce_email or ""
            company.bounce_formatted = company._formatted(company.bounce_email)

    @api.depends("alias_domain_id", "name")
    def _compute_catchall(self):
        """Take the address of the domain."""
        for company in self:
            company.catchall_email = company.sudo().alias_domain_id.catchall_email or ""
            company.catchall_formatted = company._formatted(company.catchall_email)

    @api.depends("partner_id", "catchall_formatted")
    def _compute_email_formatted(self):
        """Take the company's own address, otherwise that for answers."""
        for company in self:
            company.email_formatted = company.partner_id.email_formatted or company.catchall_formatted or ""

    @api.depends("primary_color")
    def _compute_email_primary_color(self):
        """Follow the colour of documents."""
        for company in self:
            company.email_primary_color = company.primary_color or "#000000"

    @api.depends("secondary_color")
    def _compute_email_secondary_color(self):
        """Follow the colour of documents."""
        for company in self:
            company.email_secondary_color = company.secondary_color or "#875A7B"
