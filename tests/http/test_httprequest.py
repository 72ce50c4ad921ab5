"""What is read of a request, and how a response goes out, by ways shorter than Werkzeug's: with the same outcome."""

import io

import pytest
import werkzeug.exceptions
import werkzeug.wrappers
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ, run_wsgi_app

from odoo.http import HTTPRequest, Response, _request_stack, borrow_request, request
from odoo.http.browser_policy import CONTENT_POLICY, HSTS_AGE, REFERRER_POLICY, guard_response

ADDRESSES = [
    ("/web", "", "http", "shop.example:8069", ""),
    ("/web/dataset/call_kw/res.partner/read", "", "http", "127.0.0.1:80", ""),
    ("/odoo/action-5/7", "debug=1&cids=1-2", "https", "shop.example:443", ""),
    ("/a b/é", "q=%C3%A9%2F&x=é", "http", "shop.example", ""),
    ("/what?", "", "http", "shop.example", ""),
    ("//other.example/x", "", "http", "shop.example", ""),
    ("/x", "a=%", "http", "[::1]:8069", ""),
    ("/x", "next=/odoo?a=1", "http", "", ""),
    ("/x", "", "http", "shop.example", "/prefix"),
]


def environ(path, query="", scheme="http", host="shop.example", root="", **more):
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin1"),
        "QUERY_STRING": query.encode().decode("latin1"),
        "wsgi.url_scheme": scheme,
        "SERVER_NAME": "server",
        "SERVER_PORT": "8069",
        "SCRIPT_NAME": root,
        **({"HTTP_HOST": host} if host else {}),
        **more,
    }


@pytest.mark.parametrize("address", ADDRESSES)
def test_url(address):
    assert HTTPRequest(environ(*address)).url == werkzeug.wrappers.Request(environ(*address)).url


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "host",
    [
        *("", "shop.example", "Shop.Example", "shop.example:80", "shop.example:443", "127.0.0.1:8069", "[::1]:8069"),
        *("shop.example:0", "shop.example:08", "shop.example:99999", "shop_example", "a b", "a\n", "é", "x:y", ":80"),
        *("shop.example/", "a@b", "shop.example:"),
    ],
)
def test_host(host, scheme):
    given = environ("/", "", scheme, host)
    assert HTTPRequest(given).host == werkzeug.wrappers.Request(given).host


@pytest.mark.parametrize("terminated", [False, True])
@pytest.mark.parametrize(("length", "limit"), [("4", 10), ("4", None), ("4", 3), ("2", 10), ("9", 10), (None, 10)])
def test_body(length, limit, terminated):
    def read(kind):
        given = environ("/", **{"wsgi.input": io.BytesIO(b"body"), "REQUEST_METHOD": "POST"})
        if length:
            given["CONTENT_LENGTH"] = length
        if terminated:
            given["wsgi.input_terminated"] = True
        request = kind(given)
        request.max_content_length = limit
        try:
            return request.get_data(), request.get_data()
        except werkzeug.exceptions.HTTPException as error:
            return type(error)

    assert read(HTTPRequest) == read(werkzeug.wrappers.Request)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("port", ["8069", "", "x", "²", None])
def test_parts(address, port):
    given = environ(*address, REMOTE_ADDR="10.0.0.1")
    del given["SERVER_PORT" if port is None else "SCRIPT_NAME"]
    if port is not None:
        given["SERVER_PORT"] = port
    own, other = vars(HTTPRequest(given)), vars(werkzeug.wrappers.Request(given, populate_request=False))
    assert own.pop("headers") == other.pop("headers")
    assert own == other
    assert werkzeug.wrappers.Request.__init__ is not HTTPRequest.__init__


def test_parts_without_a_server():
    given = {"REQUEST_METHOD": "post", "PATH_INFO": "/x", "SERVER_PORT": "1", "wsgi.url_scheme": "http"}
    own, other = HTTPRequest(given), werkzeug.wrappers.Request(given)
    assert (own.method, own.server, own.host) == (other.method, other.server, other.host) == ("POST", None, "")


KINDS = [
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/json ",
    "text/x",
    "",
    None,
]


@pytest.mark.parametrize("kind", KINDS)
def test_mimetype(kind):
    given = environ("/", **({} if kind is None else {"CONTENT_TYPE": kind}))
    assert HTTPRequest(given).mimetype == werkzeug.wrappers.Request(given).mimetype


@pytest.mark.parametrize(
    "cookie",
    [
        *(None, "", "session_id=a_B-1", "a=1; session_id=x; b=2", "a=1;session_id=x", "session_id=x; session_id=y"),
        *(
            "xsession_id=x",
            "session_id=x; xsession_id=y",
            'session_id="x"',
            "session_id=",
            "session_id",
            "session_id =x",
        ),
        *("session_id= x", "session_id=x ", "session_id=a b", "session_id=é", 'a="; session_id=x"', "a=session_id=x"),
        *("a=1;  session_id=x", "session_id=x,y", "Session_id=x", ";session_id=x", "session_id=x;", "b; session_id=x"),
    ],
)
def test_session_cookie(cookie):
    given = environ("/", **({} if cookie is None else {"HTTP_COOKIE": cookie}))
    assert HTTPRequest(given).session_cookie == werkzeug.wrappers.Request(given).cookies.get("session_id")


@pytest.mark.parametrize("cookie", [None, "", "a=1; b=2", 'session_id=x; a="q;w"; a=2', "=; ;é=1; a"])
def test_cookies(cookie):
    given = environ("/", **({} if cookie is None else {"HTTP_COOKIE": cookie}))
    assert list(HTTPRequest(given).cookies.items(multi=True)) == list(
        werkzeug.wrappers.Request(given).cookies.items(multi=True)
    )


@pytest.mark.parametrize("length", [None, "", "0", "17", "-1", "+1", "1_0", "²", "x"])
@pytest.mark.parametrize("transfer", [None, "chunked", "gzip"])
def test_content_length(length, transfer):
    given = environ("/")
    if length is not None:
        given["CONTENT_LENGTH"] = length
    if transfer:
        given["HTTP_TRANSFER_ENCODING"] = transfer
    assert HTTPRequest(given).content_length == werkzeug.wrappers.Request(given).content_length


def test_devices_are_told_apart():
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
    chrome = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/119.0.0.0 Safari/537.36"
    for agent, expected in (
        (firefox, ("linux", "firefox", "120.0")),
        (chrome, ("windows", "chrome", "119.0.0.0")),
        (firefox + " " * 1000, ("linux", "firefox", "120.0")),
        (firefox, ("linux", "firefox", "120.0")),
        ("", (None, None, None)),
    ):
        device = HTTPRequest(environ("/", HTTP_USER_AGENT=agent)).user_agent
        assert (device.platform, device.browser, device.version, device.string) == (*expected, agent)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "given",
    [
        {"response": "tëxt"},
        {"response": b"bytes", "headers": [("ETag", '"x"'), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]},
        {"response": ["several", b" parts"]},
        {"response": iter([b"stream", b"ed"])},
        {"status": 204},
        {"response": "gone", "status": 304, "headers": {"Content-Language": "fr"}},
        {"response": "see", "status": 303, "headers": {"Location": "/ö"}},
        {"response": "see", "headers": {"Content-Location": "/ö"}},
        {"response": "no", "status": 404},
    ],
)
def test_response(given, method):
    def sent(kind):
        parts = dict(given)
        if hasattr(parts.get("response"), "__next__"):
            parts["response"] = iter([b"stream", b"ed"])
        body, status, headers = run_wsgi_app(kind(**parts, mimetype="text/plain"), create_environ(method=method))
        return b"".join(body), status, sorted(headers)

    assert sent(Response) == sent(werkzeug.wrappers.Response)


def test_a_response_is_closed():
    closed = []
    response = Response("text")
    response.call_on_close(lambda: closed.append(True))
    run_wsgi_app(response, create_environ(), buffered=True)
    assert closed


def test_the_current_request_is_the_last_one():
    assert not request
    with pytest.raises(RuntimeError):
        request.path  # asked for the exception
    outer, inner = HTTPRequest(environ("/outer")), HTTPRequest(environ("/inner"))
    _request_stack.push(outer)
    try:
        assert request and request.path == "/outer" and request == outer
        request.note = 1
        assert outer.note == request.note == 1
        with pytest.raises(AttributeError, match="nothing"):
            request.nothing  # asked for the exception
        _request_stack.push(inner)
        assert request.path == "/inner"
        _request_stack.pop()
        with borrow_request() as borrowed:
            assert borrowed is outer and not request
            _request_stack.push(None)
            with pytest.raises(RuntimeError):
                request.path  # asked for the exception
            _request_stack.pop()
        assert request.path == "/outer"
    finally:
        _request_stack.pop()
    assert not request


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", None])
@pytest.mark.parametrize(
    "name", ["x-content-type-options", "Referrer-Policy", "Strict-Transport-Security", "Content-Security-Policy", "X"]
)
def test_what_every_response_says_is_said_once(scheme, kind, name):
    headers = Headers([(name, "own")])
    if kind:
        headers["Content-Type"] = kind
    guard_response(headers, scheme)
    expected = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": REFERRER_POLICY}
    if scheme == "https":
        expected["Strict-Transport-Security"] = f"max-age={HSTS_AGE}"
    if kind == "image/svg+xml":
        expected["Content-Security-Policy"] = CONTENT_POLICY
    expected = {key.lower(): value for key, value in expected.items()} | {name.lower(): "own"}
    if kind:
        expected["content-type"] = kind
    assert sorted((key.lower(), value) for key, value in headers) == sorted(expected.items())
