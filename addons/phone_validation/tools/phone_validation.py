"""Reading and writing of telephone numbers."""

import contextlib

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: longest text that is looked at
LONGEST = 250
#: Brazil: mobile numbers begin with 6 to 9 after the area, and have one digit more than they once had
BRAZIL, BRAZIL_OLD_LENGTH, BRAZIL_MOBILE, BRAZIL_AREA = 55, 10, "6789", 2
_FORMATS = {
    "E164": PhoneNumberFormat.E164,
    "RFC3966": PhoneNumberFormat.RFC3966,
    "INTERNATIONAL": PhoneNumberFormat.INTERNATIONAL,
    "NATIONAL": PhoneNumberFormat.NATIONAL,
}
_PROBLEMS = {
    ValidationResult.INVALID_COUNTRY_CODE: _lt("%s is no telephone number: no country has this prefix."),
    ValidationResult.TOO_SHORT: _lt("%s is no telephone number: it is too short."),
    ValidationResult.TOO_LONG: _lt("%s is no telephone number: it is too long."),
    ValidationResult.INVALID_LENGTH: _lt("%s is no telephone number: it has a wrong length."),
}


def _problem(template, number):
    return UserError(str(template) % number[:LONGEST])


def phone_parse(number: str, country_code: str | None) -> PhoneNumber:
    """Read a number.

    :param number: as somebody wrote it
    :param country_code: code of the country whose national numbers are meant
    :return: the number; its form depends on the library
    :raise UserError: it is none
    """
    try:
        phone = phonenumbers.parse(number[:LONGEST], region=country_code or None, keep_raw_input=True)
    except NumberParseException as error:
        raise _problem(_lt("%s cannot be read as a telephone number."), number) from error
    result = phonenumbers.is_possible_number_with_reason(phone)
    if result == ValidationResult.TOO_LONG and (international := _with_plus(number)):
        return phone_parse(international, country_code)
    if not phonenumbers.is_possible_number(phone):
        raise _problem(_PROBLEMS.get(result, _PROBLEMS[ValidationResult.INVALID_LENGTH]), number)
    if not phonenumbers.is_valid_number(phone):
        phone = _with_new_digit(phone)
        if not phone or not phonenumbers.is_valid_number(phone):
            raise _problem(_lt("%s is no telephone number: nobody has such a one."), number)
    return phone


def _with_plus(number):
    """Return a number with the sign before its prefix, ``None`` when it has it already."""
    digits = number.strip()
    if digits.startswith("+"):
        return None
    return "+" + digits.removeprefix("00")


def _with_new_digit(phone):
    """Return a number with the digit that its country gave all mobile numbers, ``None`` when there is none."""
    national = str(phone.national_number)
    is_old = phone.country_code == BRAZIL and len(national) == BRAZIL_OLD_LENGTH
    if not is_old or national[BRAZIL_AREA] not in BRAZIL_MOBILE:
        return None
    national = f"{national[:BRAZIL_AREA]}9{national[BRAZIL_AREA:]}"
    return phonenumbers.parse(f"+{BRAZIL}{national}", None, keep_raw_input=True)


def phone_format(
    number: str,
    country_code: str | None,
    country_phone_code: int | None,
    force_format: str = "INTERNATIONAL",
    raise_exception: bool = True,
) -> str:
    """Write a number in a form.

    :param number: as somebody wrote it
    :param country_code: code of the country whose national numbers are meant
    :param country_phone_code: prefix of that country
    :param force_format: ``E164``, ``RFC3966``, ``INTERNATIONAL``, or ``NATIONAL`` for numbers of that country
    :param raise_exception: whether what is no number is refused, rather than given back as it is
    :return: the number
    :raise UserError: it is none, or is national and the country is not known
    """
    try:
        phone = phone_parse(number, country_code)
    except UserError:
        if raise_exception:
            raise
        return number
    if force_format == "NATIONAL" and phone.country_code != country_phone_code:
        force_format = "INTERNATIONAL"
    return phonenumbers.format_number(phone, _FORMATS[force_format])


def phone_get_region_data_for_number(number: str) -> dict[str, str]:
    """Return what an international number tells: ``{"code", "national_number", "phone_code"}``, texts.

    What cannot be read tells nothing: all are empty.
    """
    told = dict.fromkeys(("code", "national_number", "phone_code"), "")
    with contextlib.suppress(UserError):
        phone = phone_parse(number, None)
        told["phone_code"], told["national_number"] = str(phone.country_code), str(phone.national_number)
        told["code"] = phonenumbers.region_code_for_number(phone) or ""
    return told
