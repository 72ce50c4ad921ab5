"""Numbers of contacts."""

from odoo import api, models


class ResPartner(models.Model):
    """Contacts, whose numbers are dialled from anywhere."""

    _inherit = "res.partner"

    def _write_internationally(self, name):
        """Write a number with its prefix, unless it is none."""
        if self[name]:
            self[name] = self._phone_format(fname=name, force_format="INTERNATIONAL") or self[name]

    @api.onchange("phone", "country_id", "company_id")
    def _onchange_phone_validation(self):
        """Numbers have their prefix."""
        self._write_internationally("phone")

    @api.onchange("mobile", "country_id", "company_id")
    def _onchange_mobile_validation(self):
        """Numbers have their prefix."""
        self._write_internationally("mobile")
