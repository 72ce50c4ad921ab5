"""Rounding and comparing floats at a decimal precision.

Every function takes either ``precision_digits`` (number of decimals) or ``precision_rounding`` (the smallest step,
like ``0.05``), never both.
"""

import builtins
import math

__all__ = [
    "float_compare",
    "float_invert",
    "float_is_zero",
    "float_repr",
    "float_round",
    "float_split",
    "float_split_str",
    "json_float_round",
]

ROUNDING_METHODS = ("HALF-UP", "HALF-DOWN", "HALF-EVEN", "UP", "DOWN")
# A value counts as lying on a boundary when it is within this many units of its last bits.
_EPSILON_BITS = 50
# ... and within this, for values so large that their last bits are whole units.
_EPSILON_LIMIT = 0.125


class _RepresentedFloat(float):
    """A float whose textual form keeps a fixed number of decimals, for JSON."""

    def __new__(cls, value, text):
        instance = super().__new__(cls, value)
        instance._text = text
        return instance

    def __repr__(self):
        return self._text

    __str__ = __repr__


def float_invert(value):
    """Return ``1 / value``, exact to what the decimal form of ``value`` says (``1 / 0.01`` is ``100``)."""
    inverse = 1.0 / value
    return float(f"{inverse:.15g}")


def _rounding_step(precision_digits, precision_rounding):
    if (precision_digits is None) == (precision_rounding is None):
        raise AssertionError("give the precision as precision_digits or as precision_rounding, not both")
    if precision_rounding is not None:
        if precision_rounding <= 0:
            raise AssertionError(f"precision_rounding must be positive, got {precision_rounding}")
        return float(precision_rounding)
    if precision_digits != int(precision_digits) or precision_digits < 0:
        raise AssertionError(f"precision_digits must be a non-negative integer, got {precision_digits}")
    return 10.0 ** -int(precision_digits)


def _epsilon(size):
    """Return the error that binary representation may have put on a scaled value."""
    return min(size * 2.0**-_EPSILON_BITS, _EPSILON_LIMIT)


def _round_scaled(scaled, method):
    """Round to an integer; values within epsilon of a boundary are taken to be on it."""
    sign = math.copysign(1.0, scaled)
    size = abs(scaled)
    if size == math.floor(size):
        return scaled
    epsilon = _epsilon(size)
    if method == "UP":
        return sign * math.ceil(size - epsilon)
    if method == "DOWN":
        return sign * math.floor(size + epsilon)
    if method == "HALF-UP":
        return sign * math.floor(size + 0.5 + epsilon)
    if method == "HALF-DOWN":
        return sign * math.ceil(size - 0.5 - epsilon)
    below = math.floor(size)
    if abs(size - below - 0.5) <= epsilon:
        return sign * (below if below % 2 == 0 else below + 1)
    return sign * builtins.round(size)


def float_round(value, precision_digits=None, precision_rounding=None, rounding_method="HALF-UP"):
    """Round a value to the nearest multiple of the precision.

    :param value: the number
    :param precision_digits: number of decimals
    :param precision_rounding: smallest step
    :param rounding_method: one of :data:`ROUNDING_METHODS`; UP is away from zero, DOWN is towards zero
    :return: float
    :raise ValueError: on an unknown method
    :raise AssertionError: on an invalid precision, none or two
    """
    if rounding_method not in ROUNDING_METHODS:
        raise ValueError(f"unknown rounding method {rounding_method!r}; known: {', '.join(ROUNDING_METHODS)}")
    step = _rounding_step(precision_digits, precision_rounding)
    if not value or not math.isfinite(value):
        return value if value else 0.0
    if step >= 1:
        return _round_scaled(value / step, rounding_method) * step
    # multiplying and dividing by the integer inverse keeps more exact digits than by a fraction
    factor = float_invert(step)
    return _round_scaled(value * factor, rounding_method) / factor


def float_is_zero(value, precision_digits=None, precision_rounding=None):
    """Tell whether a value rounds to zero at the precision.

    Not the same as comparing two values: 0.006 and 0.002 differ at 2 digits, their difference is zero there.
    """
    step = _rounding_step(precision_digits, precision_rounding)
    return value == 0.0 or abs(float_round(value, precision_rounding=step)) < step


def float_compare(value1, value2, precision_digits=None, precision_rounding=None):
    """Compare two values after rounding both to the precision.

    :return: -1, 0 or 1 when ``value1`` is lower than, equal to or greater than ``value2``
    """
    step = _rounding_step(precision_digits, precision_rounding)
    if value1 == value2:
        return 0
    one, other = (float_round(value, precision_rounding=step) for value in (value1, value2))
    # what rounds to the same multiple of the step is the same number, to the last bit
    if one == other:
        return 0
    return -1 if one < other else 1


def float_repr(value, precision_digits):
    """Return the text of a value with a fixed number of decimals; what is negative keeps its sign.

    Does no rounding of its own besides what formatting does: round first when it matters.
    """
    return f"{value:.{precision_digits}f}"


def float_split_str(value, precision_digits):
    """Round a value and split it.

    :return: pair of strings (units with sign, decimals padded to ``precision_digits``)
    """
    rounded = float_round(value, precision_digits=precision_digits)
    units, _point, cents = float_repr(rounded, precision_digits).partition(".")
    return units, cents


def float_split(value, precision_digits):
    """Round a value and split it.

    :return: pair of integers (units, decimals); without decimals the second one is 0
    """
    units, cents = float_split_str(value, precision_digits)
    return int(units), int(cents) if cents else 0


def json_float_round(value, precision_digits, rounding_method="HALF-UP"):
    """Round a value so that ``json.dumps`` writes it with no more digits than asked for.

    :return: float, whose ``repr`` is the rounded decimal text
    """
    # there is one zero for clients
    rounded = float_round(value, precision_digits=precision_digits, rounding_method=rounding_method) or 0.0
    text = float_repr(rounded, precision_digits)
    if "." in text:
        text = text.rstrip("0")
        text += "0" if text.endswith(".") else ""
    return _RepresentedFloat(float(text), text)


def round(f):
    """Round half away from zero to an integer, the way Python 2 did (the builtin rounds half to even)."""
    return math.copysign(math.floor(abs(f) + 0.5), f)
