"""Servers for outgoing e-mails: the addresses of companies, and who uses them."""

from odoo import _, api, fields, models, tools


class IrMailServer(models.Model):
    """Mail servers of templates."""

    _inherit = "ir.mail_server"

    mail_template_ids = fields.One2many(
        "mail.template", "mail_server_id", string="Mail template using this mail server", readonly=True
    )

    def _active_usages_compute(self):
        """Name the templates that send by the servers."""
        usages = super()._active_usages_compute()
        for server in self:
            names = [_("%s (Email Template)", one.display_name) for one in server.mail_template_ids]
            if names:
                usages[server.id] = [*usages.get(server.id, ()), *names]
        return usages

    @api.model
    def _get_default_bounce_address(self):
        """Return the address of the company."""
        return self.env.company.sudo().bounce_email or super()._get_default_bounce_address()

    @api.model
    def _get_default_from_address(self):
        """Return the address of the company."""
        return self.env.company.sudo().default_from_email or super()._get_default_from_address()

    def _get_test_email_from(self):
        """Return an address that the server sends for."""
        self.ensure_one()
        parts = [part.strip() for part in (self.from_filter or "").split(",") if part.strip()]
        address = next((part for part in parts if tools.email_normalize(part)), None)
        if address:
            return address
        domains = self.env["mail.alias.domain"].sudo().search([])
        matching = domains.filtered(lambda domain: self._match_from_filter(domain.default_from_email, self.from_filter))
        if parts and matching:
            return matching[0].default_from_email
        return f"odoo@{parts[0]}" if parts else super()._get_test_email_from()
