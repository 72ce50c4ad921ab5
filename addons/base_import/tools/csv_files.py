"""Rows of files with separated values."""

import codecs
import csv
import io
import itertools
from collections.abc import Iterator

from charset_normalizer import from_bytes

# a cell may hold a picture in base64
csv.field_size_limit(2**29)

#: what stands between two values, in the order in which they are tried
SEPARATORS = (",", ";", "\t", " ", "|", "\x1f")
#: bytes that tell the encoding
_SAMPLE = 2**16
#: encodings whose texts may begin with a mark of the order of bytes, and the codec that takes it away
_MARKED = {"utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-32-le": "utf-32", "utf-32-be": "utf-32"}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def detect_encoding(content: bytes) -> str:
    """Return the name of the encoding that a text seems to have, in lower case."""
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return name
    if content.isascii():
        return "ascii"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    best = from_bytes(content[:_SAMPLE]).best()
    # every text can be read in this one
    found = (best.encoding if best else "iso-8859-1").replace("_", "-")
    try:
        content.decode(found)
    except UnicodeDecodeError:
        found = "iso-8859-1"
    return _MARKED.get(found, found).lower()


def rows_of(text: str, separator: str, quoting: str) -> Iterator[list[str]]:
    """Yield the rows of a text that are not blank."""
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar=quoting):
        # each part of an import reads all rows before it: this is the quickest way to tell
        if "".join(row).strip():
            yield row


def lazy_rows(text: str, separator: str, quoting: str) -> Iterator[list[str]]:
    """Return the rows one after the other; what cannot separate values is refused at once.

    :raise ValueError: by the iterator, at a row that cannot be read
    """
    rows = rows_of(text, separator, quoting)
    # the reader is made with the first row
    first = list(itertools.islice(rows, 1))

    def every():
        try:
            yield from first
            yield from rows
        except csv.Error as error:
            raise ValueError(str(error)) from None

    return every()


def detect_separator(text: str, quoting: str) -> str:
    """Return what separates the values: what gives all rows the same width, two at least; empty without any."""
    for separator in SEPARATORS:
        try:
            widths = map(len, rows_of(text, separator, quoting))
            width = next(widths, 0)
            if width > 1 and all(other == width for other in widths):
                return separator
        except csv.Error:
            continue
    return ""


def read_csv(text: str, separator: str, quoting: str, limit: int | None = None) -> list[list[str]]:
    """Return the rows of a text.

    :param limit: how many rows, all by default
    """
    return list(itertools.islice(rows_of(text, separator, quoting), limit))
