"""Rules of nomenclatures."""

import re

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from .barcode_pattern import without_escaped


class BarcodeRule(models.Model):
    """What barcodes of a certain form are."""

    _name = "barcode.rule"
    _description = "Barcode Rule"
    _order = "sequence asc, id"

    name = fields.Char("Rule Name", required=True)
    barcode_nomenclature_id = fields.Many2one("barcode.nomenclature", "Barcode Nomenclature", index=True)
    sequence = fields.Integer(help="Rules are tried in this order: those for few barcodes come first.")
    encoding = fields.Selection(
        [("any", "Any"), ("ean13", "EAN-13"), ("ean8", "EAN-8"), ("upca", "UPC-A")],
        required=True,
        default="any",
        help="Barcodes of another encoding are not meant.",
    )
    type = fields.Selection([("alias", "Alias"), ("product", "Unit Product")], required=True, default="product")
    pattern = fields.Char(
        "Barcode Pattern", required=True, default=".*", help="A regular expression; {NND} stands for a number."
    )
    alias = fields.Char(required=True, default="0", help="The barcode that is meant instead.")

    @api.constrains("pattern")
    def _check_pattern(self):
        """Refuse patterns that say nothing, or nothing clear.

        :raise ValidationError: in one of the rules the pattern is wrong
        """
        for rule in self:
            problem = rule._pattern_problem()
            if problem:
                raise ValidationError(
                    _("The pattern %(pattern)s cannot be used: %(problem)s", pattern=rule.pattern, problem=problem)
                )

    def _pattern_problem(self):
        """Return what is wrong with the pattern of a rule; None when nothing is."""
        plain = without_escaped(self.pattern)
        numbers = re.findall(r"\{[^{}]*\}", plain)
        if len(numbers) > 1 or (plain.count("{"), plain.count("}")) != (len(numbers),) * 2:
            return _("only one number in braces can be in it.")
        if numbers and not re.fullmatch(r"\{N*D*\}", numbers[0]):
            return _("in braces, D for digits after the point only follow N for those before it.")
        if numbers == ["{}"]:
            return _("the braces are empty: N and D in them stand for digits.")
        if plain == "*":
            return _("a star stands for nothing by itself; .* is any barcode.")
        try:
            re.compile(re.sub(r"\{N*D*\}", "", plain))
        except re.error as error:
            return _("it is no regular expression (%s).", error)
        return None
