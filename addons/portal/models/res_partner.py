"""What people from outside may change about themselves."""

from odoo import models


class ResPartner(models.Model):
    """Partners who see their own data."""

    _inherit = "res.partner"

    def _can_edit_name(self):
        """Return whether the name may be changed by the partner; modules with documents extend this."""
        self.ensure_one()
        return True

    def can_edit_vat(self):
        """Return whether the tax number may be changed by the partner: not that of the company above."""
        self.ensure_one()
        return not self.parent_id
