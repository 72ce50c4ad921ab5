"""Documents that react to scanned barcodes."""

from odoo import api, fields, models


class BarcodeEventsMixin(models.AbstractModel):
    """A document whose form has the field ``_barcode_scanned`` with the widget ``barcode_handler``."""

    _name = "barcodes.barcode_events_mixin"
    _description = "Reaction to Barcodes"

    _barcode_scanned = fields.Char("Barcode Scanned", store=False, help="What the scanner just read.")

    @api.onchange("_barcode_scanned")
    def _on_barcode_scanned(self):
        """Hand over what was scanned, once."""
        barcode = self._barcode_scanned
        if barcode:
            self._barcode_scanned = ""
            return self.on_barcode_scanned(barcode)
        return None

    def on_barcode_scanned(self, barcode: str) -> dict | None:
        """React to a barcode in a form, as an onchange does.

        :param barcode: what was scanned
        :return: what an onchange may return, such as a warning
        :raise NotImplementedError: the model has no reaction
        """
        raise NotImplementedError(f"{self._name} does not say what barcodes do: on_barcode_scanned is missing")
