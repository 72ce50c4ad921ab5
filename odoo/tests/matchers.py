"""Values that compare loosely, for use among expected values."""

import re

from odoo.tools import float_compare, float_round

__all__ = ["Approx", "Like"]


class Like:
    """Equal to every text that fits a pattern: ``...`` stands for anything, runs of blanks are all the same.

    :param pattern: the pattern
    """

    def __init__(self, pattern):
        self.pattern = pattern
        self.regex = re.compile(".*".join(map(_blank_tolerant, pattern.strip().split("..."))), re.DOTALL)

    def __eq__(self, other):
        return isinstance(other, str) and self.regex.fullmatch(re.sub(r"\s+", " ", other.strip())) is not None

    def __hash__(self):
        return hash(self.pattern)

    def __repr__(self):
        return repr(self.pattern)


def _blank_tolerant(text):
    return re.escape(re.sub(r"\s+", " ", text)).replace(r"\ ", " ")


class Approx:
    """Equal to every number that is the same at a precision.

    :param value: the number
    :param rounding: number of decimals (int), smallest step (float), or a currency (record)
    :param decorate: show ``~`` in front of the number in messages
    """

    def __init__(self, value, rounding, /, decorate=False):
        self.value = value
        self.decorate = decorate
        if isinstance(rounding, int):
            self.cmp = lambda one, other: float_compare(one, other, precision_digits=rounding)
            self._round = lambda number: float_round(number, precision_digits=rounding)
        elif isinstance(rounding, float):
            self.cmp = lambda one, other: float_compare(one, other, precision_rounding=rounding)
            self._round = lambda number: float_round(number, precision_rounding=rounding)
        else:
            self.cmp = rounding.compare_amounts
            self._round = rounding.round

    def __eq__(self, other):
        if not isinstance(other, (int, float)) or isinstance(other, bool):
            return NotImplemented
        return self.cmp(self.value, other) == 0

    def __hash__(self):
        return hash(self._round(self.value))

    def __repr__(self):
        return f"~{self.value!r}" if self.decorate else repr(self.value)
