"""Numbers as people write them."""

import re
from collections import Counter
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

#: what else than a separator of digits is in a number; currency signs are in the category Sc of Unicode
_PLAIN = re.compile(
    r"[\d()+\-\s\u0024\u00a2-\u00a5\u058f\u060b\u09f2\u09f3\u0e3f\u17db\u20a0-\u20cf\ufdfc\ufe69\uff04]"
)
_SCIENTIFIC = re.compile(r"(?P<digits>.*\d[.,']?)[eE](?P<exponent>[+-]?\d{1,4})")
_AROUND = re.compile(r"(?P<before>[^\d.,'()+\-]*)(?P<number>.*?)(?P<after>[^\d.,'()+\-]*)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
#: a number beyond this is none that the database takes
_MAX_EXPONENT = 308


def guess_separators(value: str) -> tuple[str, str] | None:
    """Return what separates thousands and decimals in a number, ``None`` where it cannot be told.

    That is where there are two separators, and the last one occurs once.
    """
    found = _PLAIN.sub("", value)
    counts = Counter(found)
    if len(counts) != 2 or counts[found[-1]] != 1:
        return None
    return found[0], found[-1]


def separators_by_position(value: str) -> tuple[str, str] | None:
    """Return thousands and decimals separators of a number with dots and commas, ``None`` without any of them."""
    dots, commas = value.count("."), value.count(",")
    if dots > 1:
        return ".", ","
    if commas > 1:
        return ",", "."
    if dots or commas:
        return (",", ".") if value.rfind(".") > value.rfind(",") else (".", ",")
    return None


def has_groups(value: str, thousands: str, decimals: str) -> bool:
    """Tell whether a number's thousands stand where they do in numbers, and not as in ``24.12.2024``."""
    whole = value.partition(decimals)[0]
    groups = re.findall(r"\d+", whole) if thousands.strip() and thousands in whole else []
    return len(groups) < 2 or (len(groups[-1]) == 3 and all(len(group) <= 3 for group in groups))


def parse_number(value: str, thousands: str, decimals: str, symbols: Collection[str] = ()) -> str | None:
    """Return a number as Python writes it, ``None`` for what is none.

    Numbers in parentheses are negative; a currency's symbol may stand before or after them.

    :param thousands: separator of thousands
    :param decimals: separator of decimals
    :param symbols: symbols of currencies that are taken
    """
    text = value.strip()
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific:
        return _from_scientific(scientific["digits"], int(scientific["exponent"]), thousands, decimals)
    negative = text.startswith("(") and text.endswith(")")
    around = _AROUND.fullmatch(text[1:-1] if negative else text)
    if around is None:
        return None
    symbol = {around["before"].strip(), around["after"].strip()} - {""}
    number = around["number"]
    if not symbol and number[:1] in ("+", "-"):
        # the symbol may follow the sign
        inner = _AROUND.fullmatch(number[1:])
        if inner is not None and inner["before"]:
            symbol, number = {inner["before"].strip()} - {""}, number[0] + inner["number"]
    if len(symbol) > 1 or not symbol <= set(symbols):
        return None
    plain = _plain(number, thousands, decimals)
    if plain is None:
        return None
    if negative:
        return None if plain.startswith("-") else f"-{plain}"
    return plain


def _plain(number, thousands, decimals) -> str | None:
    """Return digits with a dot before the decimals, ``None`` where there is something else."""
    compact = "".join(number.split())
    if thousands.strip():
        compact = compact.replace(thousands, "")
    if decimals != ".":
        if "." in compact:
            return None
        compact = compact.replace(decimals, ".")
    return compact.removeprefix("+") if _NUMBER.fullmatch(compact) else None


def _from_scientific(digits, exponent, thousands, decimals) -> str | None:
    separators = [character for character in digits if character in ".,'"]
    if len(separators) == 1:
        # there are no thousands in such a number
        thousands, decimals = "", separators[0]
    plain = _plain(digits, thousands, decimals)
    if plain is None or abs(exponent) > _MAX_EXPONENT:
        return None
    try:
        number = Decimal(plain).scaleb(exponent)
    except InvalidOperation:
        return None
    text = format(number, "f")
    _whole, _dot, fraction = text.partition(".")
    return text if len(fraction) >= 6 else f"{number:.6f}"
