"""Check digits of barcodes."""

import re

__all__ = ["check_barcode_encoding", "get_barcode_check_digit"]

_FIXED_LENGTHS = {"ean8": 8, "ean13": 13, "gtin14": 14, "upca": 12, "sscc": 18}


def get_barcode_check_digit(numeric_barcode: str) -> int:
    """Return the GS1 check digit of a number.

    :param numeric_barcode: the digits with any digit in the place of the check digit
    """
    # counted from the right, the digits beside the check digit weigh three and one in turns
    payload = numeric_barcode[-2::-1]
    total = sum(int(digit) * (1 if position % 2 else 3) for position, digit in enumerate(payload))
    return -total % 10


def check_barcode_encoding(barcode: str, encoding: str) -> bool:
    """Tell whether a barcode is right in an encoding.

    :param encoding: ``ean8``, ``ean13``, ``gtin14``, ``upca``, ``sscc``, or ``any``
    """
    encoding = encoding.lower()
    if encoding == "any":
        return True
    length = _FIXED_LENGTHS.get(encoding)
    if length is None:
        return False
    # an EAN-13 that starts with a zero is a UPC-A
    return (
        (encoding != "ean13" or barcode[:1] != "0")
        and len(barcode) == length
        and re.fullmatch(r"\d+", barcode) is not None
        and get_barcode_check_digit(barcode) == int(barcode[-1])
    )
