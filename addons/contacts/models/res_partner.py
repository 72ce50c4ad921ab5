"""Contacts are opened below the menu of the application."""

from odoo import api, models


class ResPartner(models.Model):
    """Contacts."""

    _inherit = "res.partner"

    @api.model
    def _get_backend_root_menu_ids(self):
        """Return the ids of the menus of contacts, this application's among them."""
        return [*super()._get_backend_root_menu_ids(), self.env.ref("contacts.menu_contacts").id]
