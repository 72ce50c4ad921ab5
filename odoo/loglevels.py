"""Names of the log levels and two text helpers that addons import from here."""

LOG_NOTSET = "notset"
LOG_DEBUG = "debug"
LOG_INFO = "info"
LOG_WARNING = "warn"
LOG_ERROR = "error"
LOG_CRITICAL = "critical"


def get_encodings(hint_encoding="utf-8"):
    """Yield encodings worth trying on bytes of unknown origin, the likeliest first.

    :param str hint_encoding: the encoding believed to be right
    """
    seen = set()
    for encoding in (hint_encoding, "utf-8", "windows-1252", "latin1"):
        if encoding and encoding.lower() not in seen:
            seen.add(encoding.lower())
            yield encoding


def ustr(value, hint_encoding="utf-8", errors="strict"):
    """Return ``value`` as text.

    :param value: bytes, str or any object
    :param str hint_encoding: the first encoding to try on bytes
    :param str errors: how undecodable bytes are treated by the last encoding tried
    :raise UnicodeError: no encoding fits and ``errors`` is ``"strict"``
    """
    if not isinstance(value, (bytes, bytearray)):
        return str(value)
    encodings = list(get_encodings(hint_encoding))
    for encoding in encodings[:-1]:
        try:
            return bytes(value).decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return bytes(value).decode(encodings[-1], errors)


def exception_to_unicode(e):
    """Return the message of an exception as one string.

    :param BaseException e: the exception
    """
    return "\n".join(ustr(arg) for arg in getattr(e, "args", ())) or str(e)
