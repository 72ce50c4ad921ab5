"""New users get the digest of the house."""

from odoo import Command, api, models


class ResUsers(models.Model):
    """Users who get digests."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Create users; those of the house get the digest that the settings name."""
        users = super().create(vals_list)
        parameters = self.env["ir.config_parameter"].sudo()
        number = parameters.get_param("digest.default_digest_id")
        wanted = parameters.get_param("digest.default_digest_emails") and str(number or "").isdigit()
        internal = users.filtered(lambda user: not user.share) if wanted else users.browse()
        if internal:
            digest = self.env["digest.digest"].sudo().browse(int(number)).exists()
            digest.user_ids = [Command.link(user.id) for user in internal]
        return users
