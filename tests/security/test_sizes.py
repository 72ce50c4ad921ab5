"""What comes in has a largest size, and what is made for taking long does not."""

import base64
import io
import time

import pytest
from PIL import Image
from web_client import error_of

from odoo.modules.registry import Registry


def picture(width, height, **options):
    """Return an image of one colour as base64: few bytes for many pixels."""
    target = io.BytesIO()
    Image.new("1", (width, height)).save(target, "PNG", **options)
    return base64.b64encode(target.getvalue()).decode()


@pytest.fixture(scope="module")
def bomb():
    """A picture of 81 million pixels in 10 KB."""
    return picture(9000, 9000)


@pytest.mark.parametrize("method", ["write", "web_save", "onchange"])
def test_pixels_of_fields(admin, bomb, method):
    values = {"image_1920": bomb}
    args = {
        "write": [[1], values],
        "web_save": [[1], values, {"image_128": {}}],
        "onchange": [[1], values, ["image_1920"], {"image_1920": {}, "image_128": {}}],
    }[method]
    assert error_of(admin.call("res.partner", method, args)) in ("UserError", "ValidationError")


def test_pixels_of_attachments(admin, bomb):
    file = admin.call("ir.attachment", "create", [{"name": "bomb.png", "datas": bomb}])
    if not error_of(file):
        answer = admin.get(f"/web/image/{file.json['result']}/64x64")
        assert answer.status_code in (200, 400, 404, 422)


@pytest.mark.parametrize("size", ["100000x100000", "0x99999999", "99999999999x1"])
def test_pixels_that_are_asked_for(admin, size):
    admin.call("res.partner", "write", [[1], {"image_1920": picture(20, 10)}])
    for query in ("", "?crop=1"):
        answer = admin.get(f"/web/image/res.partner/1/image_1920/{size}{query}")
        assert answer.status_code in (200, 400, 404)
        if answer.status_code == 200:
            assert max(Image.open(io.BytesIO(answer.data)).size) <= 1024
    assert admin.get("/web/image/res.partner/1/image_1920?width=-5&height=-7").status_code in (200, 400)


def test_parts_of_forms(admin):
    data = {f"part{number}": (io.BytesIO(b"x"), f"{number}.txt") for number in range(3000)}
    answer = admin.post("/web/binary/upload_attachment", data=data)
    assert answer.status_code == 413


def nested(depth, value):
    """Return a list in a list in a list."""
    for _level in range(depth):
        value = [value]
    return value


@pytest.fixture
def known_sizes(database):
    """Tables about which PostgreSQL knows what it does after a minute.

    Where it takes a table for empty that is not, it loops over its rows once for each level of a path, until
    `--limit-time-sql` ends that.
    """
    with Registry(database).cursor() as cr:
        cr.execute("ANALYZE res_partner")


def test_depth_of_domains(clerk, known_sizes):
    for domain in (
        ["!"] * 50000 + [["id", "=", 1]],
        ["&"] * 50000 + [["id", "=", 1]] * 50001,
        nested(400, ["id", "=", 1]),
        [["parent_id", "any", [["parent_id", "any", [["parent_id", "any", [["id", "=", 1]]]]]]]],
        [[".".join(["parent_id"] * 50), "=", 1]],
    ):
        for method in ("search", "search_count"):
            begin = time.thread_time()
            answer = clerk.call("res.partner", method, [domain])
            assert error_of(answer) in (None, "ValueError", "UserError", "ValidationError"), answer.text[:500]
            assert time.thread_time() - begin < 5


def test_depth_of_paths(admin):
    path = "/".join(["parent_id"] * 300 + ["name"])
    answer = admin.call("res.partner", "export_data", [[1], [path]])
    assert error_of(answer) in (None, "ValueError", "UserError")
    fields: dict = {}
    for _level in range(150):
        fields = {"parent_id": {"fields": fields}}
    assert error_of(admin.call("res.partner", "web_read", [[1], fields])) in (None, "ValueError", "UserError")


@pytest.mark.parametrize("number", [2**31, 2**63, -1, 10**400], ids=["int4", "int8", "negative", "huge"])
def test_numbers(clerk, number):
    for kwargs in ({"limit": number}, {"offset": number}):
        answer = clerk.call("res.partner", "search_read", [[], ["name"]], **kwargs)
        assert error_of(answer) in (None, "ValueError", "UserError", "ValidationError"), answer.text[:500]
    answer = clerk.call("res.partner", "search_count", [[["color", "=", number]]])
    assert error_of(answer) in (None, "ValueError", "UserError", "ValidationError"), answer.text[:500]
    answer = clerk.call("res.partner", "read", [[number], ["name"]])
    assert error_of(answer) in (None, "MissingError", "AccessError", "ValueError", "UserError"), answer.text[:500]


def test_patterns_that_take_long(admin):
    name = "a" * 5000
    partner = admin.call("res.partner", "create", [{"name": name}]).json["result"]
    begin = time.thread_time()
    answer = admin.call("res.partner", "filtered_domain", [[partner], [["name", "=like", "%a" * 12 + "%ab"]]])
    assert answer.json["result"] == []
    assert time.thread_time() - begin < 2
    admin.call("res.partner", "unlink", [[partner]])


def test_depth_of_xml(visitor):
    body = (
        "<?xml version='1.0'?><methodCall><methodName>version</methodName><params><param><value>"
        + "<array><data><value>" * 20000
        + "<int>1</int>"
        + "</value></data></array>" * 20000
        + "</value></param></params></methodCall>"
    )
    answer = visitor.post("/xmlrpc/2/common", data=body, content_type="text/xml")
    assert answer.status_code in (200, 400)
