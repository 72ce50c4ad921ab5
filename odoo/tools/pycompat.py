"""Old helpers around text and CSV that addons still import."""

import codecs
import csv
import io
from builtins import str as text_type

__all__ = ["csv_reader", "csv_writer", "string_types", "text_type", "to_text"]

string_types = (str,)
_reader = codecs.getreader("utf-8")
_writer = codecs.getwriter("utf-8")


def csv_reader(stream, **params):
    """Return a :func:`csv.reader` over a binary stream of UTF-8 text."""
    if isinstance(stream, io.TextIOBase):
        raise TypeError("csv_reader reads binary streams, got a text stream")
    return csv.reader(_reader(stream), **params)


def csv_writer(stream, **params):
    """Return a :func:`csv.writer` that writes UTF-8 text to a binary stream."""
    if isinstance(stream, io.TextIOBase):
        raise TypeError("csv_writer writes to binary streams, got a text stream")
    return csv.writer(_writer(stream), **params)


def to_text(source) -> str:
    """Return a value as text: nothing for ``None`` and ``False``, bytes decoded as UTF-8."""
    if source is None or source is False:
        return ""
    return source.decode() if isinstance(source, bytes) else str(source)
