"""Nomenclatures: which barcodes mean what."""

from odoo import api, fields, models
from odoo.tools.barcode import check_barcode_encoding, get_barcode_check_digit

from .barcode_pattern import NumericPattern
from .barcode_uri import parse_uri

#: longest code that is looked at: no symbology holds more
MAX_LENGTH = 4296
UPC_EAN_CONVERSIONS = [
    ("none", "Never"),
    ("ean2upc", "EAN-13 to UPC-A"),
    ("upc2ean", "UPC-A to EAN-13"),
    ("always", "Always"),
]


class BarcodeNomenclature(models.Model):
    """An ordered list of rules; the first one that fits a barcode says what it is."""

    _name = "barcode.nomenclature"
    _description = "Barcode Nomenclature"

    name = fields.Char("Barcode Nomenclature", required=True)
    rule_ids = fields.One2many("barcode.rule", "barcode_nomenclature_id", "Rules")
    upc_ean_conv = fields.Selection(
        UPC_EAN_CONVERSIONS,
        "UPC/EAN Conversion",
        required=True,
        default="always",
        help="A UPC-A is an EAN-13 with a zero before it: rules for the one may take the other.",
    )

    @api.model
    def sanitize_ean(self, ean: str) -> str:
        """Return an EAN-13 of the first digits of a code.

        :param ean: at most 13 digits; zeros are put before shorter ones, and the last one is the check digit
        :return: 13 digits, with the right check digit
        """
        ean = ean[:13].zfill(13)
        return f"{ean[:-1]}{get_barcode_check_digit(ean)}"

    @api.model
    def sanitize_upc(self, upc: str) -> str:
        """Return a UPC-A of the first digits of a code; see :meth:`sanitize_ean`."""
        return self.sanitize_ean(f"0{upc.zfill(12)}")[1:]

    @api.private
    def match_pattern(self, barcode: str, pattern: str) -> dict:
        """Compare a barcode with the pattern of a rule.

        :param pattern: a regular expression for the start of the barcode, in which ``{NND}`` stands for digits before
            and after the point of a number
        :return: ``match`` (bool), ``value`` (the number, 0 without) and ``base_code`` (the barcode with zeros in the
            place of the number)
        """
        return NumericPattern(pattern).match(barcode)

    def parse_barcode(self, barcode: str) -> dict | list[dict]:
        """Tell what a barcode means.

        :param barcode: what was scanned; one that starts with ``urn:`` is an identifier of the EPC standard
        :return: a dict with ``encoding``, ``type``, ``code``, ``base_code`` and ``value``; a list of dicts for
            identifiers that name several things
        """
        barcode = barcode[:MAX_LENGTH]
        if barcode.startswith("urn:"):
            return self.parse_uri(barcode)
        return self.parse_nomenclature_barcode(barcode)

    def parse_nomenclature_barcode(self, barcode: str) -> dict | list[dict] | None:
        """Tell what a barcode means by the rules of the nomenclature.

        :return: as :meth:`parse_barcode`; of type ``error`` when no rule fits
        """
        found = {"encoding": "", "type": "error", "code": barcode, "base_code": barcode, "value": 0}
        for rule in self.rule_ids.sorted():
            if not check_barcode_encoding(barcode, rule.encoding):
                continue
            code = self._converted(barcode, rule.encoding)
            match = self.match_pattern(code, rule.pattern)
            if not match["match"]:
                continue
            if rule.type == "alias":
                barcode = found["code"] = rule.alias
                continue
            return found | {
                "encoding": rule.encoding,
                "type": rule.type,
                "value": match["value"],
                "code": code,
                "base_code": self._with_check_digit(match["base_code"], rule.encoding),
            }
        return found

    def _converted(self, barcode, encoding):
        """Return a UPC-A as the EAN-13 that a rule wants, or the other way round, where the nomenclature allows it."""
        conversion = self.upc_ean_conv
        if encoding == "ean13" and conversion in ("upc2ean", "always") and check_barcode_encoding(barcode, "upca"):
            return f"0{barcode}"
        is_ean = len(barcode) == 13 and barcode[0] == "0" and check_barcode_encoding(barcode[1:], "upca")
        if encoding == "upca" and conversion in ("ean2upc", "always") and is_ean:
            return barcode[1:]
        return barcode

    def _with_check_digit(self, code, encoding):
        """Return a code whose number was taken out with the check digit that it has without."""
        sanitizers = {"ean13": self.sanitize_ean, "upca": self.sanitize_upc}
        sanitize = sanitizers.get(encoding)
        return sanitize(code) if sanitize else code

    @api.model
    def parse_uri(self, barcode: str) -> dict | list[dict] | str:
        """Tell what an identifier of the EPC standard names.

        :param barcode: such as ``urn:epc:id:sgtin:9521141.012345.4711``
        :return: for products a list with the product and its lot, for packages a dict; a text that is no such
            identifier as it is
        """
        return parse_uri(barcode)
