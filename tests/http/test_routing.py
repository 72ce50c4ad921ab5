"""Routes made of controller classes: merging, overriding, combining."""

import uuid

import pytest

from odoo import http
from odoo.http.routing import Controller, _generate_routing_rules, route


@pytest.fixture
def addon():
    """Define controllers as if modules did; they are forgotten afterwards."""
    names = []

    def define(module, bases, **methods):
        names.append(module)
        return type(f"C{uuid.uuid4().hex[:6]}", bases, {**methods, "__module__": f"odoo.addons.{module}.controllers"})

    yield define
    for module in names:
        Controller.children_classes.pop(module, None)


def rules(*modules):
    found = {}
    for path, endpoint in _generate_routing_rules(modules, nodb_only=False):
        if path.startswith("/t/"):
            found[path] = endpoint
    return found


def test_defaults(addon):
    addon("tm_a", (Controller,), index=route("/t/a")(lambda self: "a"))
    routing = rules("tm_a")["/t/a"].routing
    assert (routing["type"], routing["auth"], routing["methods"], routing["csrf"], routing["readonly"]) == (
        "http",
        "user",
        None,
        True,
        False,
    )


def test_only_installed_modules(addon):
    addon("tm_a", (Controller,), index=route("/t/a")(lambda self: "a"))
    assert "/t/a" not in rules("tm_b")


def test_override_takes_over_what_it_does_not_say(addon):
    base = addon(
        "tm_a", (Controller,), index=route("/t/a", auth="public", methods=["get"], sitemap=False)(lambda self: "a")
    )
    addon("tm_b", (base,), index=route()(lambda self: "b"))
    endpoint = rules("tm_a", "tm_b")["/t/a"]
    assert endpoint().get_data() == b"b"
    assert (endpoint.routing["auth"], endpoint.routing["methods"], endpoint.routing["sitemap"]) == (
        "public",
        ["GET"],
        False,
    )
    assert rules("tm_a")["/t/a"]().get_data() == b"a"


def test_two_extensions_of_one_controller_are_combined(addon):
    base = addon("tm_a", (Controller,), index=route("/t/a", type="json")(lambda self: ["a"]))

    def extension(letter):
        namespace = {}

        def index(self):
            return [*super(namespace["cls"], self).index(), letter]

        namespace["cls"] = addon(f"tm_{letter}", (base,), index=route()(index))

    extension("b")
    extension("c")
    assert rules("tm_a", "tm_b", "tm_c")["/t/a"]() == ["a", "b", "c"]
    assert rules("tm_a", "tm_c")["/t/a"]() == ["a", "c"]


def test_override_without_decorator_stays_a_route(addon, caplog):
    base = addon("tm_a", (Controller,), index=route("/t/a", type="json")(lambda self: {"v": 1}))
    addon("tm_b", (base,), index=lambda self: {"v": 2})
    assert rules("tm_a", "tm_b")["/t/a"]() == {"v": 2}
    assert "should have the @route decorator" in caplog.text


def test_type_cannot_change(addon, caplog):
    base = addon("tm_a", (Controller,), index=route("/t/a", type="json")(lambda self: 1))
    addon("tm_b", (base,), index=route(type="http")(lambda self: 2))
    assert rules("tm_a", "tm_b")["/t/a"].routing["type"] == "json"
    assert "cannot change its type" in caplog.text


def test_jsonrpc_is_json(addon):
    addon("tm_a", (Controller,), index=route("/t/a", type="jsonrpc", auth="none")(lambda self: 1))
    routing = rules("tm_a")["/t/a"].routing
    assert routing["type"] == "json" and routing["csrf"] is False


def test_unknown_type_is_refused():
    with pytest.raises(ValueError, match="unknown route type 'soap'"):
        route("/t/a", type="soap")(lambda self: 1)


def test_nodb_rules_need_no_user(addon):
    addon("tm_a", (Controller,), a=route("/t/a", auth="none")(lambda self: ""), b=route("/t/b")(lambda self: ""))
    found = {path for path, _endpoint in _generate_routing_rules(["tm_a"], nodb_only=True)}
    assert "/t/a" in found and "/t/b" not in found


def test_unknown_keywords_are_dropped(addon, caplog):
    addon("tm_a", (Controller,), index=route("/t/a", type="json")(lambda self, name: name))
    assert rules("tm_a")["/t/a"](name="x", other=1) == "x"
    assert "does not take the parameters ['other']" in caplog.text


def test_http_result_must_be_a_response(addon):
    addon("tm_a", (Controller,), index=route("/t/a")(lambda self: 3))
    with pytest.raises(TypeError, match="a response, text or bytes is expected"):
        rules("tm_a")["/t/a"]()


def test_several_paths(addon):
    addon("tm_a", (Controller,), index=route(["/t/a", "/t/b"])(lambda self: "x"))
    assert set(rules("tm_a")) == {"/t/a", "/t/b"}


def test_face_has_the_names_of_the_interface():
    for name in (
        "Controller",
        "route",
        "request",
        "Response",
        "Stream",
        "root",
        "db_list",
        "db_filter",
        "dispatch_rpc",
        "SessionExpiredException",
        "content_disposition",
        "serialize_exception",
        "borrow_request",
        "SESSION_LIFETIME",
    ):
        assert hasattr(http, name)
