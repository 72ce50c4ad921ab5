"""The functions of ``werkzeug.urls`` that left Werkzeug with version 3, on top of :mod:`urllib.parse`."""

import urllib.parse

import werkzeug.urls
from werkzeug.datastructures import MultiDict, iter_multi_items

__all__ = ["patch"]


class URL(urllib.parse.SplitResult):
    """The parts of an URL: ``scheme``, ``netloc``, ``path``, ``query`` and ``fragment``, and what follows from them."""

    __slots__ = ()

    @property
    def host(self) -> "str | None":
        """The host name, in lower case."""
        return self.hostname

    @property
    def ascii_host(self) -> "str | None":
        """The host name as it goes over the wire."""
        return self.hostname and self.hostname.encode("idna").decode("ascii")

    @property
    def auth(self) -> "str | None":
        """User and password as they are in the URL."""
        user, at, _host = self.netloc.rpartition("@")
        return user if at else None

    def replace(self, **parts) -> "URL":
        """Return the URL with some parts replaced."""
        return self._replace(**parts)

    def decode_query(self, *args, **kwargs) -> MultiDict:
        """Return the query as a dict, see :func:`url_decode`."""
        return url_decode(self.query, *args, **kwargs)

    def join(self, *args, **kwargs) -> "URL":
        """Return the URL that an address means on this page."""
        return url_parse(url_join(self, *args, **kwargs))

    def to_url(self) -> str:
        """Return the text."""
        return url_unparse(self)


def _text(value, charset="utf-8", errors="replace") -> str:
    return value.decode(charset, errors) if isinstance(value, bytes) else str(value)


def url_parse(url, scheme=None, allow_fragments=True) -> URL:
    """Split an URL.

    :param scheme: the scheme of URLs without one
    """
    return URL(*urllib.parse.urlsplit(_text(url), scheme or "", allow_fragments))


def url_unparse(components) -> str:
    """Return the URL of five parts."""
    return urllib.parse.urlunsplit(components)


def url_join(base, url, allow_fragments=True) -> str:
    """Return the URL that ``url`` means on the page ``base``."""
    base = url_unparse(base) if isinstance(base, tuple) else _text(base)
    url = url_unparse(url) if isinstance(url, tuple) else _text(url)
    return urllib.parse.urljoin(base, url, allow_fragments)


def url_quote(string, charset="utf-8", errors="strict", safe="/:", unsafe="") -> str:
    """Percent-encode a text, all but letters, digits and ``safe``."""
    safe = "".join(char for char in _text(safe) if char not in _text(unsafe))
    data = string if isinstance(string, bytes) else str(string).encode(charset, errors)
    return urllib.parse.quote_from_bytes(data, safe)


def url_quote_plus(string, charset="utf-8", errors="strict", safe="") -> str:
    """Percent-encode a text for a query: blanks become ``+``."""
    return url_quote(string, charset, errors, f"{_text(safe)} ", "+").replace(" ", "+")


def url_unquote(s, charset="utf-8", errors="replace", unsafe="") -> str:
    """Decode a percent-encoded text; the characters in ``unsafe`` stay encoded."""
    text = _text(s, charset, errors)
    for char in _text(unsafe):
        code = f"%{ord(char):02X}"
        text = text.replace(code, f"%25{code[1:]}").replace(code.lower(), f"%25{code[1:]}")
    return urllib.parse.unquote(text, charset or "utf-8", errors)


def url_unquote_plus(s, charset="utf-8", errors="replace") -> str:
    """Decode a text from a query: ``+`` is a blank."""
    return url_unquote(_text(s, charset, errors).replace("+", " "), charset, errors)


def url_fix(s, charset="utf-8") -> str:
    """Percent-encode what people leave as it is in an address, such as blanks."""
    url = url_parse(_text(s, charset).replace("\\", "/"))
    known = ":&%=+$!*'(),"
    return url_unparse(
        url.replace(
            path=url_quote(url.path, charset, safe="/%+$!*'(),"),
            query=url_quote_plus(url.query, charset, safe=known),
            fragment=url_quote_plus(url.fragment, charset, safe=known),
        )
    )


def url_encode(obj, charset="utf-8", sort=False, key=None, separator="&") -> str:
    """Return the query of a dict, a ``MultiDict`` or pairs; values that are ``None`` are left out.

    :param sort: sort the pairs, by ``key``
    """
    pairs = iter_multi_items(obj)
    if sort:
        pairs = sorted(pairs, key=key)
    return _text(separator).join(
        f"{url_quote_plus(name, charset)}={url_quote_plus(value, charset)}"
        for name, value in pairs
        if value is not None
    )


def url_decode(s, charset="utf-8", include_empty=True, errors="replace", separator="&", cls=None):
    """Return the pairs of a query.

    :param include_empty: keep names without a value
    :param cls: the type of the result, :class:`~werkzeug.datastructures.MultiDict` by default
    """
    pairs = []
    for part in filter(None, _text(s, charset, errors).split(_text(separator))):
        name, equals, value = part.partition("=")
        if equals or include_empty:
            pairs.append((url_unquote_plus(name, charset, errors), url_unquote_plus(value, charset, errors)))
    return (cls or MultiDict)(pairs)


def patch():
    """Add these names to ``werkzeug.urls`` where it lacks them."""
    for function in (
        url_decode,
        url_encode,
        url_fix,
        url_join,
        url_parse,
        url_quote,
        url_quote_plus,
        url_unparse,
        url_unquote,
        url_unquote_plus,
    ):
        if not hasattr(werkzeug.urls, function.__name__):
            setattr(werkzeug.urls, function.__name__, function)
    if not hasattr(werkzeug.urls, "URL"):
        werkzeug.urls.URL = werkzeug.urls.BaseURL = URL
