"""Companies and their nomenclature."""

from odoo import fields, models


class ResCompany(models.Model):
    """Companies, each with the nomenclature of its barcodes."""

    _inherit = "res.company"

    def _get_default_nomenclature(self):
        return self.env.ref("barcodes.default_barcode_nomenclature", raise_if_not_found=False)

    nomenclature_id = fields.Many2one("barcode.nomenclature", "Nomenclature", default=_get_default_nomenclature)
