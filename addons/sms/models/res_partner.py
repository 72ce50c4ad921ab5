"""Contacts with numbers."""

from odoo import models


class ResPartner(models.Model):
    """Contacts whose numbers may be blocked."""

    _name = "res.partner"
    _inherit = ["mail.thread.phone", "res.partner"]
