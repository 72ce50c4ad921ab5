"""Nomenclatures of GS1: barcodes are taken apart into what their application identifiers say."""

import datetime
import re

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.barcode import get_barcode_check_digit

from .gs1_dates import read_date

#: what scanners send in the place of the character that separates values
FNC1 = "\x1d"
#: what scanners may send first: the kind of code, or the separator
_STARTS = ("]C1", "]e0", "]d2", "]Q3", "]J1", FNC1)
#: digits that check digits are worked out of, at most
_IDENTIFIER_DIGITS = 18
_SEARCH_OPERATORS = {"=": "ilike", "ilike": "ilike", "!=": "not ilike", "not ilike": "not ilike"}


class BarcodeNomenclature(models.Model):
    """Rules that may be application identifiers of GS1."""

    _inherit = "barcode.nomenclature"

    is_gs1_nomenclature = fields.Boolean(
        "Is GS1 Nomenclature", help="Barcodes say several things, each after its application identifier."
    )
    gs1_separator_fnc1 = fields.Char(
        "FNC1 Separator",
        trim=False,
        default=r"(Alt029|#|\x1D)",
        help="A regular expression for what scanners send between values whose length is not fixed.",
    )

    @api.constrains("gs1_separator_fnc1")
    def _check_pattern(self):
        """Refuse separators that are no regular expression.

        :raise ValidationError: a separator is wrong
        """
        for nomenclature in self.filtered("gs1_separator_fnc1"):
            try:
                re.compile(f"(?:{nomenclature.gs1_separator_fnc1})?")
            except re.error as error:
                raise ValidationError(_("The FNC1 separator is no regular expression: %s", error)) from error

    @api.model
    def gs1_date_to_date(self, gs1_date: str) -> datetime.date:
        """Return the date that six digits stand for.

        :param gs1_date: ``yymmdd``; day 00 is the last one of the month, and years are at most 50 ahead of this one
        :raise ValidationError: there is no such day
        """
        try:
            return read_date(gs1_date, fields.Date.context_today(self))
        except ValueError as error:
            raise ValidationError(_("%s is no date of the form yymmdd.", gs1_date)) from error

    @api.private
    def parse_gs1_rule_pattern(self, match: re.Match, rule) -> dict | None:
        """Read a value as its rule says.

        :param match: identifier and value as groups
        :param rule: record of ``barcode.rule``
        :return: ``rule``, ``type``, ``ai``, ``string_value`` and ``value``; None when the value is none for the rule
        :raise ValidationError: a measure is no number
        """
        identifier, text = match[1], match[2]
        readers = {
            "measure": self._gs1_measure,
            "identifier": self._gs1_identifier,
            "date": self._gs1_date,
        }
        reader = readers.get(rule.gs1_content_type)
        value = reader(identifier, text, rule) if reader else text
        if value is None:
            return None
        return {"rule": rule, "type": rule.type, "ai": identifier, "string_value": text, "value": value}

    def _gs1_measure(self, identifier, text, rule):
        """Return a number, with as many decimals as the last digit of the identifier says where the rule wants that."""
        try:
            decimals = int(identifier[-1]) if rule.gs1_decimal_usage else 0
            number = int(text)
        except ValueError as error:
            raise ValidationError(
                _(
                    "The rule %(rule)s takes %(value)s for a measure, but that is no number with decimals after "
                    "identifier %(ai)s: correct its pattern.",
                    rule=rule.name,
                    value=text,
                    ai=identifier,
                )
            ) from error
        return number / 10**decimals if decimals else number

    def _gs1_identifier(self, _identifier, text, _rule):
        """Return a number whose last digit is right, None for others."""
        padded = text.zfill(_IDENTIFIER_DIGITS)
        is_right = padded.isascii() and padded.isdigit() and int(padded[-1]) == get_barcode_check_digit(padded)
        return text if is_right else None

    def _gs1_date(self, _identifier, text, _rule):
        """Return a date, None for what is none."""
        try:
            return self.gs1_date_to_date(text)
        except ValidationError:
            return None

    def gs1_decompose_extanded(self, barcode: str) -> list[dict] | None:
        """Take a barcode apart.

        :param barcode: identifiers and values, one after the other
        :return: what :meth:`parse_gs1_rule_pattern` tells of each; None when a part is nothing that is known
        """
        self.ensure_one()
        start = next((start for start in _STARTS if barcode.startswith(start)), "")
        rest = barcode[len(start) :]
        separator = f"(?:{self.gs1_separator_fnc1 or FNC1})?"
        rules = self.rule_ids.filtered(lambda rule: rule.encoding == "gs1-128").sorted()
        expressions = [(rule, re.compile(rule.pattern + separator)) for rule in rules]
        found = []
        while rest:
            part, length = self._first_part(rest, expressions)
            if not length:
                return None
            found.append(part)
            rest = rest[length:]
        return found

    def _first_part(self, text, expressions):
        """Return what the beginning of a text says, and the length of it; 0 when nothing is known."""
        for rule, expression in expressions:
            match = expression.match(text)
            part = match and self.parse_gs1_rule_pattern(match, rule)
            if part:
                return part, match.end()
        return None, 0

    def parse_nomenclature_barcode(self, barcode: str) -> dict | list[dict] | None:
        """Tell what a barcode means; for nomenclatures of GS1 as :meth:`gs1_decompose_extanded` does."""
        if self.is_gs1_nomenclature:
            return self.gs1_decompose_extanded(barcode)
        return super().parse_nomenclature_barcode(barcode)

    @api.model
    def _preprocess_gs1_search_args(self, args: list, barcode_types: list[str], field: str = "barcode") -> list:
        """Look for what barcodes of GS1 name, where somebody scans one into a search.

        :param args: domain
        :param barcode_types: types of rules whose part of the barcode is looked for
        :param field: name of the field with barcodes
        :return: the domain; it is the same where the company has no nomenclature of GS1
        """
        nomenclature = self.env.company.nomenclature_id
        if not nomenclature.is_gs1_nomenclature:
            return args
        return [self._gs1_leaf(nomenclature, leaf, barcode_types) if _is_about(leaf, field) else leaf for leaf in args]

    def _gs1_leaf(self, nomenclature, leaf, barcode_types):
        name, operator, value = leaf
        try:
            parts = nomenclature.parse_barcode(value)
        except ValidationError:
            parts = None
        parts = parts if isinstance(parts, list) else []
        part = next((part for part in parts if part["type"] in barcode_types), None)
        if part and part["type"] == "lot":
            return name, operator, part["value"]
        # codes of another length have other zeros before them
        number = re.fullmatch(r"0*(\d+)", str(part["value"]) if part else value)
        if number and (part or (value.startswith("0") and not parts)):
            return name, _SEARCH_OPERATORS[operator], number[1]
        return leaf


def _is_about(leaf, field):
    """Tell whether a part of a domain compares a field with a barcode."""
    if not isinstance(leaf, (list, tuple)) or len(leaf) != 3:
        return False
    name, operator, value = leaf
    return name == field and operator in _SEARCH_OPERATORS and isinstance(value, str) and bool(value)
