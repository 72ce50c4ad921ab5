"""Identifiers of the EPC standard (``urn:epc:...``), as RFID tags have them."""

from odoo.tools.barcode import get_barcode_check_digit

_PRODUCTS = ("lgtin", "sgtin", "sgtin-96", "sgtin-198")
_PACKAGES = ("sscc", "sscc-96")
#: parts that begin with a number by which readers filter tags
_FILTERED = ("sgtin-96", "sgtin-198", "sscc-96")


def parse_uri(barcode: str) -> dict | list[dict] | str:
    """Tell what an identifier names.

    :return: see :meth:`odoo.addons.barcodes.models.barcode_nomenclature.BarcodeNomenclature.parse_uri`
    """
    parts = [part.strip() for part in barcode.split(":")]
    if parts[0] != "urn" or len(parts) < 3:
        return barcode
    kind, numbers = parts[-2], parts[-1].split(".")
    if kind in _FILTERED:
        numbers = numbers[1:]
    if kind in _PRODUCTS and len(numbers) >= 3 and _are_digits(numbers[:2]):
        return _product(barcode, *numbers[:2], ".".join(numbers[2:]))
    if kind in _PACKAGES and len(numbers) == 2 and _are_digits(numbers):
        return _package(barcode, *numbers)
    return barcode


def _are_digits(numbers):
    return all(number.isascii() and number.isdigit() for number in numbers)


def _thing(barcode, kind, code):
    return {"base_code": barcode, "code": code, "encoding": "", "type": kind, "value": code}


def _product(barcode, company, item, lot):
    """Return product and lot: the first digit of the item says how it is packed, and comes first in its number."""
    payload = f"{item[0]}{company}{item[1:]}"
    code = f"{payload}{get_barcode_check_digit(f'{payload}0')}"
    return [_thing(barcode, "product", code), _thing(barcode, "lot", lot)]


def _package(barcode, company, serial):
    payload = f"{serial[0]}{company}{serial[1:]}"
    return _thing(barcode, "package", f"{payload}{get_barcode_check_digit(f'{payload}0')}")
