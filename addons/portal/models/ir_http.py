"""The terms that pages for people from outside need."""

from odoo import models


class IrHttp(models.AbstractModel):
    """Public pages with the terms of this module."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """Return the names of the modules whose terms public pages need."""
        return [*super()._get_translation_frontend_modules_name(), "portal", "mail"]
