"""Static files: what is served, under which headers, and what is not."""

import brotli
import pytest
from werkzeug.test import Client

from odoo.http import content_disposition, root
from odoo.http.static import find_static_file
from odoo.modules.asset_js import digest

CSS = "/web/static/src/public/public.css"


@pytest.fixture
def client():
    return Client(root)


def test_file_with_caching_headers(client):
    answer = client.get(CSS)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["ETag"] and answer.headers["Last-Modified"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_unchanged_file_is_not_sent_again(client):
    etag = client.get(CSS).headers["ETag"]
    answer = client.get(CSS, headers={"If-None-Match": etag})
    assert answer.status_code == 304 and not answer.data


def test_versioned_file_is_kept_for_a_year(client):
    cache = client.get(f"{CSS}?v={digest(find_static_file(CSS))[:12]}").headers["Cache-Control"]
    assert "max-age=31536000" in cache and "immutable" in cache


def test_versioned_texts_are_compressed(client):
    path = f"{CSS}?v={digest(find_static_file(CSS))[:12]}"
    answer = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "br" and answer.headers["Vary"] == "Accept-Encoding"
    assert brotli.decompress(answer.data) == client.get(path).data
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    etag = answer.headers["ETag"]
    assert client.get(path, headers={"Accept-Encoding": "br", "If-None-Match": etag}).status_code == 304
    image = "/web/static/img/app-icon-192x192.png"
    answer = client.get(f"{image}?v={digest(find_static_file(image))[:12]}", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers


def test_a_file_of_another_version_is_asked_for_again(client):
    """The page may be of a host that was updated already: its browser must not keep this file for ever."""
    answer = client.get(f"{CSS}?v=0123456789ab")
    assert answer.status_code == 200 and answer.headers["ETag"]
    assert "immutable" not in answer.headers["Cache-Control"] and "max-age=0" in answer.headers["Cache-Control"]


def test_range(client):
    answer = client.get(CSS, headers={"Range": "bytes=0-9"})
    assert answer.status_code == 206 and len(answer.data) == 10


def test_head(client):
    answer = client.head(CSS)
    assert answer.status_code == 200 and not answer.data and int(answer.headers["Content-Length"]) > 100


def test_module_path_without_extension():
    assert find_static_file("/web/static/src/core/registry").endswith("registry.js")
    assert find_static_file("/web/static/tests/dom.test").endswith("dom.test.js")


def test_image_cannot_run_script(client):
    answer = client.get("/web/static/img/favicon.svg")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/web/static/../__manifest__.py",
        "/web/static/..%2f__manifest__.py",
        "/web/static//etc/passwd",
        "/web/static/",
        "/web/__manifest__.py",
        "/nosuch/static/x.js",
        "/../web/static/x",
        "/web.static/static/x",
        "/web/npm/jsdom/package.json",
        "/web/npm/@odoo",
        "/web/npm/@odoo/owl/../../jsdom/package.json",
        "/web/npm/luxon/../../package.json",
        "/web/static/src/\x00",
    ],
)
def test_nothing_else_is_a_static_file(path):
    assert find_static_file(path) is None


def test_npm_library():
    assert find_static_file("/web/npm/@odoo/owl/dist/owl.es.js").endswith("owl.es.js")
    assert find_static_file("/web/npm/@fontsource/lato/files/lato-latin-400-normal.woff2")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.pdf", "attachment; filename=a.pdf"),
        ("a b.pdf", 'attachment; filename="a b.pdf"'),
        ('é "x".pdf', 'attachment; filename="e \\"x\\".pdf"; filename*=UTF-8\'\'%C3%A9%20%22x%22.pdf'),
        ("日本.pdf", "attachment; filename=.pdf; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf"),
        (
            "a\r\nSet-Cookie: x",
            "attachment; filename=\"aSet-Cookie: x\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x",
        ),
    ],
)
def test_2_14_1_content_disposition(name, expected):
    assert content_disposition(name) == expected


def test_content_disposition_type():
    assert content_disposition("a", "inline").startswith("inline;")
    with pytest.raises(ValueError, match="disposition type"):
        content_disposition("a", "x; evil")
