"""Rules for application identifiers."""

import re

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

#: what identifiers may say, by the name of the type
_TYPES = {
    "location": "Location",
    "location_dest": "Destination location",
    "lot": "Lot number",
    "pack_date": "Pack Date",
    "use_date": "Best before Date",
    "expiration_date": "Expiration Date",
    "package": "Package",
    "package_type": "Package Type",
    "quantity": "Quantity",
}


class BarcodeRule(models.Model):
    """What an application identifier says, and in which form."""

    _inherit = "barcode.rule"

    def _default_encoding(self):
        return "gs1-128" if self.env.context.get("is_gs1") else "any"

    encoding = fields.Selection(
        selection_add=[("gs1-128", "GS1-128")], default=_default_encoding, ondelete={"gs1-128": "set default"}
    )
    type = fields.Selection(selection_add=[*_TYPES.items()], ondelete=dict.fromkeys(_TYPES, "set default"))
    is_gs1_nomenclature = fields.Boolean(related="barcode_nomenclature_id.is_gs1_nomenclature")
    gs1_content_type = fields.Selection(
        [
            ("date", "Date"),
            ("measure", "Measure"),
            ("identifier", "Numeric Identifier"),
            ("alpha", "Alpha-Numeric Name"),
        ],
        "GS1 Content Type",
        help="How the value is read. The last digit of numeric identifiers is checked.",
    )
    gs1_decimal_usage = fields.Boolean(
        "Decimal", help="The last digit of the identifier tells how many digits of the value are behind the point."
    )
    associated_uom_id = fields.Many2one("uom.uom", help="Unit of the measure.")

    @api.constrains("pattern")
    def _check_pattern(self):
        """Also refuse patterns of GS1 that do not tell identifier and value apart.

        :raise ValidationError: in one of the rules the pattern is wrong
        """
        gs1_rules = self.filtered(lambda rule: rule.encoding == "gs1-128")
        super(BarcodeRule, self - gs1_rules)._check_pattern()
        for rule in gs1_rules:
            try:
                groups = re.compile(rule.pattern).groups
            except re.error as error:
                raise ValidationError(
                    _(
                        "The pattern of the rule %(name)s is no regular expression: %(error)s",
                        name=rule.name,
                        error=error,
                    )
                ) from error
            if groups != 2:
                raise ValidationError(
                    _(
                        "The pattern of the rule %s needs two pairs of brackets: the first one around the application "
                        "identifier, the second one around the value.",
                        rule.name,
                    )
                )
