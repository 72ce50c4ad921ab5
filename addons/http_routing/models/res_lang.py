"""Languages of public pages."""

from odoo import models


class ResLang(models.Model):
    """Languages that visitors may choose."""

    _inherit = "res.lang"

    def _get_frontend(self):
        """Return the data of the languages of public pages, by code; those of a website are set by its addon."""
        return self._get_active_by("code")
