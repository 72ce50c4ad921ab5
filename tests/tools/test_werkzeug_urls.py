"""The functions of ``werkzeug.urls`` that addons of the 18.0 line use."""

import pytest
import werkzeug.urls
from werkzeug.datastructures import MultiDict
from werkzeug.urls import (
    url_decode,
    url_encode,
    url_join,
    url_parse,
    url_quote,
    url_quote_plus,
    url_unparse,
    url_unquote,
)


def test_queries():
    assert url_encode({"a": "b c", "d": None, "e": ["1", "2"], "f": 3}) == "a=b+c&e=1&e=2&f=3"
    assert url_encode([("ä", "&")]) == "%C3%A4=%26"
    assert url_encode({"b": 1, "a": 2}, sort=True) == "a=2&b=1"
    decoded = url_decode("a=b+c&e=1&e=2&empty&x=%C3%A4")
    assert isinstance(decoded, MultiDict)
    assert decoded.getlist("e") == ["1", "2"]
    assert dict(decoded.items()) == {"a": "b c", "e": "1", "empty": "", "x": "ä"}
    assert url_decode("empty&a=1", include_empty=False, cls=dict) == {"a": "1"}


def test_quoting():
    assert url_quote("/a b/ü:?") == "/a%20b/%C3%BC:%3F"
    assert url_quote("/a", safe="") == "%2Fa"
    assert url_quote_plus("a b+c/d") == "a+b%2Bc%2Fd"
    assert url_unquote("a%20b%2F") == "a b/"
    assert url_unquote("a%20b%2F", unsafe="/") == "a b%2F"
    assert werkzeug.urls.url_unquote_plus("a+b%2B") == "a b+"
    assert werkzeug.urls.url_fix("http://x.test/a b?c=ü d") == "http://x.test/a%20b?c=%C3%BC+d"


@pytest.mark.parametrize(
    ("base", "url", "joined"),
    [
        ("http://x.test/a/b", "c", "http://x.test/a/c"),
        ("http://x.test/a/b", "/c?d=1", "http://x.test/c?d=1"),
        ("http://x.test", "https://y.test/z", "https://y.test/z"),
    ],
)
def test_joining(base, url, joined):
    assert url_join(base, url) == joined
    assert url_parse(base).join(url).to_url() == joined


def test_parts():
    url = url_parse("https://me:secret@Ünder.test:8443/a/b?c=1&c=2#d")
    assert (url.scheme, url.path, url.fragment, url.port) == ("https", "/a/b", "d", 8443)
    assert (url.host, url.ascii_host) == ("ünder.test", "xn--nder-zra.test")
    assert (url.auth, url.username, url.password) == ("me:secret", "me", "secret")
    assert url.decode_query().getlist("c") == ["1", "2"]
    assert url.replace(query="", fragment="").to_url() == "https://me:secret@Ünder.test:8443/a/b"
    assert url_unparse(url) == "https://me:secret@Ünder.test:8443/a/b?c=1&c=2#d"
    assert not url_parse("/only/a/path").netloc
