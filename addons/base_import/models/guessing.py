"""What the columns of a file may hold."""

from odoo import models
from odoo.tools import DEFAULT_SERVER_DATE_FORMAT, DEFAULT_SERVER_DATETIME_FORMAT
from odoo.tools.misc import get_lang

from ..tools.dates import date_patterns, datetime_patterns, first_pattern
from ..tools.numbers import has_groups, parse_number, separators_by_position

EXPORTED = "__export__"
RELATIONS = ["many2many", "many2one", "one2many"]
NUMBERS = ["integer", "float", "monetary"]
TEXTS = ["text", "char", "binary", "selection", "html", "tags"]
BOOLEANS = {"true", "false", "t", "f", ""}


class Import(models.TransientModel):
    """Guesses."""

    _inherit = "base_import.import"

    def _extract_header_types(self, preview_values, options) -> list:
        """Return the types of fields that a column may go into.

        :param preview_values: texts of the column
        :param options: options of the import; formats that are found out are added
        """
        values = [value.strip() for value in preview_values]
        filled = [value for value in values if value]
        if not filled:
            return ["all"]
        if all(value.startswith(EXPORTED) for value in filled):
            return ["id", *RELATIONS]
        if all(value.isdecimal() for value in filled):
            return [*NUMBERS, "boolean"] if {"0", "1"}.issuperset(filled) else [*NUMBERS]
        if BOOLEANS.issuperset(value.lower() for value in filled):
            return ["boolean"]
        if self._guess_separators(filled, options):
            return ["float", "monetary"]
        return self._guess_date_format(filled, options) or [*TEXTS]

    def _guess_separators(self, values, options) -> bool:
        """Tell whether all texts are numbers; what separates thousands and decimals becomes an option."""
        symbols = self._currency_symbols()
        found = next(filter(None, map(separators_by_position, values)), None)
        thousands, decimals = found or (
            options.get("float_thousand_separator") or " ",
            options.get("float_decimal_separator") or ".",
        )
        for value in values:
            if not has_groups(value, thousands, decimals) or not parse_number(value, thousands, decimals, symbols):
                return False
        if found:
            options["float_thousand_separator"], options["float_decimal_separator"] = found
        return True

    def _guess_date_format(self, values, options) -> list:
        """Return the types for dates, or for dates with times; their format becomes an option."""
        lang = get_lang(self.env)
        day, time = options.get("date_format"), lang.time_format
        dates = [day, lang.date_format, *date_patterns()]
        found = first_pattern(values, dates)
        if found:
            options["date_format"] = found
            return ["date", "datetime"]
        given = [options.get("datetime_format"), f"{lang.date_format} {time}", DEFAULT_SERVER_DATETIME_FORMAT]
        found = first_pattern(values, [*given, *datetime_patterns(filter(None, dates))])
        if found:
            options["datetime_format"] = found
            return ["datetime"]
        return []

    def _currency_symbols(self) -> set:
        currencies = self.env["res.currency"].with_context(active_test=False).search_fetch([], ["symbol"])
        return set(currencies.mapped("symbol"))

    def _date_formats(self, options) -> tuple:
        """Return the formats of dates and of dates with times."""
        return (
            options.get("date_format") or DEFAULT_SERVER_DATE_FORMAT,
            options.get("datetime_format") or DEFAULT_SERVER_DATETIME_FORMAT,
        )
