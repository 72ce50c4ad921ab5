"""Patterns of rules: regular expressions in which braces stand for a number."""

import re

_NUMBER = re.compile(r"\{(N*)(D*)\}")
_ESCAPED = re.compile(r"\\[\\{}]")


def without_escaped(text: str) -> str:
    """Return a pattern with two underscores for each escaped backslash and brace."""
    return _ESCAPED.sub("__", text)


class NumericPattern:
    """The pattern of a rule.

    :ivar digits: how many digits of the number stand before the point, and after it
    :ivar start: where the number begins in barcodes
    """

    def __init__(self, pattern: str):
        """Read a pattern.

        :param pattern: that of a rule, which its constraint found right
        """
        self.digits = (0, 0)
        self.start = 0
        number = _NUMBER.search(without_escaped(pattern))
        if number:
            self.digits = (len(number[1]), len(number[2]))
            # each character before is one of the barcode, an escaped one too
            self.start = len(re.sub(r"\\(.)", r"\1", pattern[: number.start()]))
            pattern = f"{pattern[: number.start()]}{'0' * sum(self.digits)}{pattern[number.end() :]}"
        self.expression = pattern

    def match(self, barcode: str) -> dict:
        """Compare a barcode with the pattern.

        :return: ``match``, ``value`` and ``base_code`` of :meth:`BarcodeNomenclature.match_pattern`
        """
        whole, decimals = self.digits
        end = self.start + whole + decimals
        number = barcode[self.start : end]
        value, base_code = 0, barcode
        if number.isascii() and number.isdigit() and len(number) == whole + decimals:
            value = int(number[:whole] or 0)
            if decimals:
                value += int(number[whole:]) / 10**decimals
            base_code = f"{barcode[: self.start]}{'0' * len(number)}{barcode[end:]}"
        return {"value": value, "base_code": base_code, "match": bool(re.match(self.expression, base_code))}
