"""``mail.alias.domain``: a domain that e-mails come to, with the addresses that all companies of it have."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import _

#: what may stand before the at sign, and as a domain
DOT_ATOM = re.compile(r"^[\w!#$%&'*+\-/=?^_`{|}~]+(\.[\w!#$%&'*+\-/=?^_`{|}~]+)*$", re.ASCII)


class AliasDomain(models.Model):
    """A domain of e-mail addresses."""

    _name = "mail.alias.domain"
    _description = "Email Domain"
    _order = "sequence ASC, id ASC"

    name = fields.Char("Name", required=True, help="The domain, such as example.com.")
    company_ids = fields.One2many("res.company", "alias_domain_id", string="Companies")
    sequence = fields.Integer(default=10)
    bounce_alias = fields.Char(
        "Bounce Alias", default="bounce", required=True, help="Name of the address that hears of what did not arrive."
    )
    bounce_email = fields.Char("Bounce Email", compute="_compute_bounce_email")
    catchall_alias = fields.Char(
        "Catchall Alias", default="catchall", required=True, help="Name of the address that answers go to."
    )
    catchall_email = fields.Char("Catchall Email", compute="_compute_catchall_email")
    default_from = fields.Char(
        "Default From Alias", default="notifications", help="Name, or whole address, that notifications come from."
    )
    default_from_email = fields.Char("Default From", compute="_compute_default_from_email")

    _sql_constraints = [
        ("bounce_email_uniques", "UNIQUE(bounce_alias, name)", "This address for bounces is taken."),
        ("catchall_email_uniques", "UNIQUE(catchall_alias, name)", "This address for answers is taken."),
    ]

    def _address(self, name):
        """Return the address with a name in the domain."""
        return f"{name}@{self.name}" if name else ""

    @api.depends("bounce_alias", "name")
    def _compute_bounce_email(self):
        """Put name and domain together."""
        for domain in self:
            domain.bounce_email = domain._address(domain.bounce_alias)

    @api.depends("catchall_alias", "name")
    def _compute_catchall_email(self):
        """Put name and domain together."""
        for domain in self:
            domain.catchall_email = domain._address(domain.catchall_alias)

    @api.depends("default_from", "name")
    def _compute_default_from_email(self):
        """Put name and domain together, unless it is an address."""
        for domain in self:
            given = domain.default_from or ""
            domain.default_from_email = given if "@" in given else domain._address(given)

    @api.constrains("name")
    def _check_name(self):
        """Check that the domain is one."""
        for domain in self:
            if not domain.name or not domain.name.isascii() or not DOT_ATOM.match(domain.name):
                raise ValidationError(_("%s is no domain for e-mail addresses.", domain.name or "''"))

    @api.constrains("bounce_alias", "catchall_alias")
    def _check_bounce_catchall_uniqueness(self):
        """Check that nothing else has the two addresses."""
        for domain in self:
            names = {domain.bounce_alias, domain.catchall_alias} - {False}
            twins = self.search([("name", "=", domain.name), ("id", "!=", domain.id)])
            for twin in twins:
                if names & {twin.bounce_alias, twin.catchall_alias}:
                    raise ValidationError(_("Another domain %s has these addresses already.", domain.name))
            taken = (
                self.env["mail.alias"]
                .sudo()
                .search(
                    [
                        ("alias_full_name", "in", [domain.bounce_email, domain.catchall_email]),
                        ("alias_full_name", "!=", False),
                    ],
                    limit=1,
                )
            )
            if taken:
                owner = taken._owner_name() or taken.display_name
                raise ValidationError(
                    _("The address %(address)s belongs to %(owner)s.", address=taken.alias_full_name, owner=owner)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Create domains; the first one becomes that of all companies and addresses."""
        domains = super().create([self._sanitized(vals) for vals in vals_list])
        if domains and self.sudo().search_count([]) == len(domains):
            first = domains[0]
            companies = self.env["res.company"].sudo().with_context(active_test=False)
            companies.search([("alias_domain_id", "=", False)]).alias_domain_id = first
            self.env["mail.alias"].sudo().search([("alias_domain_id", "=", False)]).alias_domain_id = first
        return domains

    def write(self, vals):
        """Change domains, the names in normal form."""
        return super().write(self._sanitized(vals))

    def _sanitized(self, vals):
        """Return values with names in normal form."""
        vals, sanitize = dict(vals), self.env["mail.alias"]._sanitize_alias_name
        for name in ("bounce_alias", "catchall_alias"):
            if vals.get(name):
                vals[name] = sanitize(vals[name])
        if vals.get("default_from"):
            vals["default_from"] = sanitize(vals["default_from"], is_email="@" in vals["default_from"])
        return vals

    @api.model
    def _migrate_icp_to_domain(self):
        """Return a domain made from the parameters that earlier versions had, nothing without them."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        name = get_param("mail.catchall.domain")
        if not name or self.sudo().search_count([("name", "=", name)]):
            return self.browse()
        return self.create(
            {
                "name": name,
                "bounce_alias": get_param("mail.bounce.alias", "bounce"),
                "catchall_alias": get_param("mail.catchall.alias", "catchall"),
                "default_from": get_param("mail.default.from", "notifications"),
            }
        )
