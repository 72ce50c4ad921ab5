"""Responses and streams by themselves: what controllers return, cookies, and where content comes from."""

import pytest
import werkzeug.exceptions
import werkzeug.wrappers

from odoo.http import FutureResponse, Response, Stream, make_request_wrap_methods


@pytest.mark.parametrize(("result", "body"), [(None, b""), ("text", b"text"), (b"bytes", b"bytes")])
def test_plain_results_are_bodies(result, body):
    assert Response.load(result).data == body


def test_responses_stay_themselves():
    response = Response("text")
    assert Response.load(response) is response
    loaded = Response.load(werkzeug.wrappers.Response("text", status=201))
    assert isinstance(loaded, Response) and (loaded.status_code, loaded.is_qweb) == (201, False)


def test_returned_exceptions_are_raised():
    with pytest.raises(werkzeug.exceptions.NotFound):
        Response.load(werkzeug.exceptions.NotFound())


def test_other_results_are_refused():
    with pytest.raises(TypeError, match="the_method"):
        Response.load({"a": 1}, "the_method")


def test_templates_are_kept_for_later():
    response = Response(template="base.some", qcontext={"a": 1}, uid=2, status=202)
    assert (response.template, response.uid, response.status_code, response.is_qweb) == ("base.some", 2, 202, True)
    assert response.qcontext == {"a": 1, "response_template": "base.some"}


@pytest.mark.parametrize("jar", [FutureResponse, Response])
def test_cookies(jar):
    jar = jar()
    jar.set_cookie("year", "1")
    jar.set_cookie("short", "1", max_age=60, httponly=True, samesite="Lax", secure=True)
    jar.set_cookie("browser", "1", expires=None)
    year, short, browser = jar.headers.getlist("Set-Cookie")
    assert "Expires=" in year and "Max-Age" not in year
    assert {"Max-Age=60", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(short.split("; "))
    assert "Expires" not in browser and "Max-Age" not in browser


def test_cookies_are_deleted():
    response = Response()
    response.delete_cookie("old")
    assert "Max-Age=0" in response.headers["Set-Cookie"]


def test_streams_are_read_from_where_they_are():
    stream = Stream.from_path("base/static/img/avatar_grey.png")
    assert stream.read().startswith(b"\x89PNG") and len(stream.read()) == stream.size
    assert (stream.mimetype, stream.download_name) == ("image/png", "avatar_grey.png")
    assert Stream(type="data", data=b"content").read() == b"content"
    with pytest.raises(ValueError):
        Stream(type="url", url="https://example.com/file").read()
    with pytest.raises(ValueError):
        Stream.from_path("base/static/img/avatar_grey.png", filter_ext=(".exe",))


def test_wrapped_attributes():
    class Wrapper:
        def __init__(self, wrapped):
            self._HTTPRequest__wrapped = wrapped

        path = property(*make_request_wrap_methods("path"))

    wrapped = werkzeug.wrappers.Request.from_values("/one")
    wrapper = Wrapper(wrapped)
    assert wrapper.path == "/one"
    wrapper.path = "/two"
    assert wrapped.path == "/two"
