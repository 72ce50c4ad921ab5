"""Numbers, amounts, dates and times the way a language of the database writes them."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Sequence
from typing import Any, Literal

import babel
import babel.dates
import pytz

from odoo.tools.constants import (
    DATE_LENGTH,
    DEFAULT_SERVER_DATE_FORMAT,
    DEFAULT_SERVER_DATETIME_FORMAT,
    DEFAULT_SERVER_TIME_FORMAT,
    NON_BREAKING_SPACE,
)
from odoo.tools.containers import SENTINEL, Sentinel
from odoo.tools.float_utils import float_round

__all__ = [
    "_format_time_ago",
    "babel_locale_parse",
    "formatLang",
    "format_amount",
    "format_date",
    "format_datetime",
    "format_decimalized_amount",
    "format_decimalized_number",
    "format_duration",
    "format_number",
    "format_time",
    "get_iso_codes",
    "get_lang",
    "parse_date",
    "posix_to_ldml",
]

_NO_BREAK_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_ROUNDING_UNITS = {"decimals": 1, "thousands": 10**3, "lakhs": 10**5, "millions": 10**6, "units": 1}
_LDML = {
    "a": "E",
    "A": "EEEE",
    "d": "dd",
    "-d": "d",
    "b": "MMM",
    "B": "MMMM",
    "m": "MM",
    "-m": "M",
    "y": "yy",
    "Y": "yyyy",
    "H": "HH",
    "-H": "H",
    "I": "hh",
    "-I": "h",
    "p": "a",
    "M": "mm",
    "-M": "m",
    "S": "ss",
    "-S": "s",
    "f": "SSSSSS",
    "z": "Z",
    "Z": "z",
    "j": "DDD",
    "-j": "D",
    "U": "ww",
    "W": "ww",
    "w": "e",
    "%": "%",
    "e": "d",
}


def get_lang(env: Any, lang_code: str | None = None) -> Any:
    """Return the data of an installed language: that of the code, else of the context, the company, or the first one.

    :return: data of the language (``res.lang``), with attributes ``code``, ``date_format``, ``grouping``, ...
    """
    installed = [code for code, _name in env["res.lang"].get_installed()]
    code = next((code for code in (lang_code, env.context.get("lang")) if code in installed), None)
    if code is None:
        # asked last: it takes queries to know
        code = env.company.partner_id.sudo().lang
    if code not in installed:
        code = installed[0] if installed else "en_US"
    return env["res.lang"]._get_data(code=code)


def get_iso_codes(lang: str) -> str:
    """Shorten a locale code whose territory says nothing more than its language (``fr_FR`` is ``fr``)."""
    language, _sep, territory = lang.partition("_")
    return language if territory.lower() == language else lang


def babel_locale_parse(lang_code: str | None) -> babel.Locale:
    """Return the babel locale of a language code, or English (US) when babel knows none."""
    for candidate in (lang_code, babel.default_locale()):
        if candidate:
            try:
                return babel.Locale.parse(candidate)
            except (ValueError, babel.UnknownLocaleError):
                continue
    return babel.Locale.parse("en_US")


def posix_to_ldml(fmt: str, locale: babel.Locale) -> str:
    """Translate a ``strftime`` format into a pattern of babel.

    :param fmt: the format; ``%x`` and ``%X`` give the short date and medium time of the locale
    :param locale: babel locale
    :raise ValueError: on a directive that has no counterpart
    """
    out: list[str] = []
    literal: list[str] = []

    def flush():
        if literal:
            out.append("'%s'" % "".join(literal).replace("'", "''"))
            literal.clear()

    chars = iter(fmt)
    for char in chars:
        if char != "%":
            # only letters are special in patterns
            if char.isalpha() or char == "'":
                literal.append(char)
            else:
                flush()
                out.append(char)
            continue
        directive = next(chars, "%")
        if directive == "-":
            directive += next(chars, "")
        flush()
        if directive == "x":
            out.append(locale.date_formats["short"].pattern)
        elif directive == "X":
            out.append(locale.time_formats["medium"].pattern)
        elif directive == "c":
            out.append(f"{locale.date_formats['short'].pattern} {locale.time_formats['medium'].pattern}")
        elif directive in _LDML:
            out.append(_LDML[directive])
        else:
            raise ValueError(f"directive %{directive} of {fmt!r} has no counterpart in babel")
    flush()
    return "".join(out)


def _group_sizes(grouping):
    sizes = ast.literal_eval(grouping) if isinstance(grouping, str) else grouping
    return [size for size in sizes or () if isinstance(size, int)]


def _group_digits(digits: str, grouping: str | Sequence[int], separator: str) -> str:
    """Put separators into a run of digits; sizes count from the right, the last repeats, -1 ends."""
    sizes = _group_sizes(grouping)
    if not sizes or not separator:
        return digits
    parts, position, size = [], 0, 0
    while digits:
        if position < len(sizes):
            if sizes[position] == -1:
                break
            if sizes[position] > 0:
                size = sizes[position]
            position += 1
        if size <= 0 or len(digits) <= size:
            break
        parts.append(digits[-size:])
        digits = digits[:-size]
    return separator.join([digits, *reversed(parts)]) if parts else digits


def format_number(lang: Any, value: float, digits: int = 2, grouping: bool = True) -> str:
    """Return a number with the separators of a language.

    :param lang: data of a language (see :func:`get_lang`)
    :param value: the number, already rounded
    :param digits: number of decimals
    :param grouping: whether to group the digits before the decimal point, and to separate decimals as the language
        does; else programs can read the number
    """
    text = f"{value:.{digits}f}"
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    if not text.strip("0."):
        sign = ""
    units, _point, decimals = text.partition(".")
    point = "."
    if grouping:
        units, point = _group_digits(units, lang.grouping, lang.thousands_sep or ""), lang.decimal_point or "."
    return sign + units + (point + decimals if decimals else "")


def formatLang(
    env: Any,
    value: float | Literal[""],
    digits: int = 2,
    grouping: bool = True,
    monetary: bool | Sentinel = SENTINEL,
    dp: str | None = None,
    currency_obj: Any = None,
    rounding_method: Literal["HALF-UP", "HALF-DOWN", "HALF-EVEN", "UP", "DOWN"] = "HALF-EVEN",
    rounding_unit: Literal["decimals", "units", "thousands", "lakhs", "millions"] = "decimals",
) -> str:
    """Return a number as the user's language writes it.

    :param value: the number; an empty string gives an empty string
    :param digits: number of decimals, unless ``dp`` or ``currency_obj`` say so
    :param grouping: whether to separate thousands and decimals as the language does; else programs can read the
        number, which has a point before the decimals
    :param monetary: no longer used
    :param dp: name of a decimal precision
    :param currency_obj: currency (record) whose decimals and symbol to use
    :param rounding_method: method of :func:`odoo.tools.float_round`
    :param rounding_unit: show thousands, lakhs or millions; all but ``decimals`` show no decimals
    """
    if value == "":
        return ""
    if rounding_unit not in _ROUNDING_UNITS:
        raise ValueError(f"unknown rounding unit {rounding_unit!r}; known: {', '.join(_ROUNDING_UNITS)}")
    if rounding_unit != "decimals":
        digits = 0
    elif dp:
        digits = env["decimal.precision"].precision_get(dp)
    elif currency_obj:
        digits = currency_obj.decimal_places
    rounded = float_round(
        (value or 0.0) / _ROUNDING_UNITS[rounding_unit], precision_digits=digits, rounding_method=rounding_method
    )
    text = format_number(get_lang(env), rounded, digits, grouping)
    if currency_obj and currency_obj.symbol:
        parts = (text, currency_obj.symbol)
        return NON_BREAKING_SPACE.join(parts if currency_obj.position == "after" else reversed(parts))
    return text


def format_amount(env: Any, amount: float, currency: Any, lang_code: str | None = None) -> str:
    """Return an amount with its currency's symbol and decimals, in a form that browsers do not break.

    :param currency: record of ``res.currency``
    :param lang_code: language; by default the context's
    """
    text = format_number(get_lang(env, lang_code), currency.round(amount), currency.decimal_places)
    text = text.replace(" ", NON_BREAKING_SPACE).replace("-", f"-{_NO_BREAK_MARK}")
    symbol = currency.symbol or ""
    return (
        f"{symbol}{NON_BREAKING_SPACE}{text}"
        if currency.position == "before"
        else f"{text}{NON_BREAKING_SPACE}{symbol}"
    )


def format_duration(value: float) -> str:
    """Return a number of hours as ``hh:mm``."""
    minutes = round(abs(value) * 60)
    sign = "-" if value < 0 and minutes else ""
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def format_decimalized_number(number: float, decimal: int = 1) -> str:
    """Return a number shortened with a suffix: ``1234`` is ``1.2k``."""
    for suffix in ("", "k", "M", "G"):
        if abs(number) < 1000.0:
            return f"{round(number, decimal):g}{suffix}"
        number /= 1000.0
    return f"{round(number, decimal):g}T"


def format_decimalized_amount(amount: float, currency: Any = None) -> str:
    """Return an amount shortened by :func:`format_decimalized_number`, with the currency's symbol."""
    text = format_decimalized_number(amount)
    if not currency:
        return text
    if currency.position == "before":
        return f"{currency.symbol or ''}{text}"
    return f"{text} {currency.symbol or ''}"


def _in_user_timezone(env: Any, value: datetime.datetime, tz: str | Literal[False] = False) -> datetime.datetime:
    """Convert a datetime (naive: UTC) to the given timezone, else the context's or user's one."""
    if value.tzinfo is None:
        value = pytz.utc.localize(value)
    zone = tz or env.context.get("tz") or env.user.tz
    if not zone:
        return value
    try:
        return value.astimezone(pytz.timezone(zone))
    except pytz.UnknownTimeZoneError:
        return value


def format_date(
    env: Any,
    value: datetime.date | str | Literal[False] | None,
    lang_code: str | None = None,
    date_format: str | Literal[False] = False,
) -> str:
    """Return a date as a language writes it.

    :param value: date, datetime, or text in server format
    :param lang_code: language; by default the context's
    :param date_format: pattern of babel, or one of its names (``short``, ``medium``, ``long``, ``full``)
    :return: text, empty for no value
    """
    if isinstance(value, str):
        value = _from_server_format(value)
    if not value:
        return ""
    if isinstance(value, datetime.datetime) and not value.tzinfo:
        value = _in_user_timezone(env, value)
    lang = get_lang(env, lang_code)
    locale = babel_locale_parse(lang.code)
    return babel.dates.format_date(
        value, format=date_format or posix_to_ldml(lang.date_format, locale=locale), locale=locale
    )


def _from_server_format(text: str) -> datetime.date | None:
    """Return the date or datetime that a text in server format is, ``None`` when it is too short for a date."""
    if len(text) > DATE_LENGTH:
        return datetime.datetime.strptime(text[:19], DEFAULT_SERVER_DATETIME_FORMAT)
    return datetime.datetime.strptime(text, DEFAULT_SERVER_DATE_FORMAT).date() if len(text) == DATE_LENGTH else None


def parse_date(env: Any, value: str, lang_code: str | None = None) -> datetime.date | str:
    """Read a date written the way a language does.

    :return: the date; the text itself when it cannot be read
    """
    locale = babel_locale_parse(get_lang(env, lang_code).code)
    try:
        return babel.dates.parse_date(value, locale=locale)
    except (ValueError, IndexError, AttributeError):
        return value


def format_datetime(
    env: Any,
    value: datetime.datetime | str | Literal[False] | None,
    tz: str | Literal[False] = False,
    dt_format: str = "medium",
    lang_code: str | None = None,
) -> str:
    """Return a datetime in the user's (or a given) timezone as a language writes it.

    :param value: datetime, naive ones are UTC, or text in server format
    :param tz: name of a timezone; by default the context's or user's one
    :param dt_format: pattern of babel, or one of its names; ``medium`` and nothing stand for the formats of the
        language record
    :param lang_code: language; by default the context's
    """
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.datetime.strptime(value[:19], DEFAULT_SERVER_DATETIME_FORMAT)
    lang = get_lang(env, lang_code)
    locale = babel_locale_parse(lang.code)
    if not dt_format or dt_format == "medium":
        dt_format = f"{posix_to_ldml(lang.date_format, locale)} {posix_to_ldml(lang.time_format, locale)}"
    return babel.dates.format_datetime(_in_user_timezone(env, value, tz), dt_format, locale=locale)


def format_time(
    env: Any,
    value: datetime.time | datetime.datetime | str | Literal[False] | None,
    tz: str | Literal[False] = False,
    time_format: str = "medium",
    lang_code: str | None = None,
) -> str:
    """Return a time of day as a language writes it.

    :param value: time (taken as it is), datetime (converted to the timezone), or text in server format
    :param tz: name of a timezone; by default the context's or user's one
    :param time_format: pattern of babel or one of its names; ``medium`` and ``short`` stand for the formats of the
        language record
    :param lang_code: language; by default the context's
    """
    if not value:
        return ""
    if isinstance(value, str):
        if len(value) <= len("00:00:00"):
            value = datetime.datetime.strptime(value, DEFAULT_SERVER_TIME_FORMAT).time()
        else:
            value = datetime.datetime.strptime(value[:19], DEFAULT_SERVER_DATETIME_FORMAT)
    if isinstance(value, datetime.datetime):
        value = _in_user_timezone(env, value, tz)
    lang = get_lang(env, lang_code)
    locale = babel_locale_parse(lang.code)
    if not time_format or time_format == "medium":
        time_format = posix_to_ldml(lang.time_format, locale)
    elif time_format == "short":
        time_format = posix_to_ldml(lang.short_time_format or "%H:%M", locale)
    return babel.dates.format_time(value, format=time_format, locale=locale)


def _format_time_ago(
    env: Any,
    time_delta: datetime.timedelta | datetime.datetime,
    lang_code: str | None = None,
    add_direction: bool = True,
) -> str:
    """Return an elapsed time in words, e.g. ``3 minutes ago``.

    :param time_delta: the time that went by, or the moment it began
    """
    if isinstance(time_delta, datetime.datetime):
        time_delta = datetime.datetime.now(time_delta.tzinfo) - time_delta
    locale = babel_locale_parse(get_lang(env, lang_code).code)
    return babel.dates.format_timedelta(-time_delta, add_direction=add_direction, locale=locale)
