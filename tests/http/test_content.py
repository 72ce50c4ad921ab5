"""Files, images, uploads and bundles: what is sent and under which headers."""

import base64
import io
import json

import pytest
from PIL import Image


def png(width=64, height=32):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#3d4a6b").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def attach(admin):
    ids = []

    def make(name, content, **values):
        answer = admin.call(
            "ir.attachment", "create", [[{"name": name, "datas": base64.b64encode(content).decode(), **values}]]
        )
        ids.extend(answer.json["result"])
        return ids[-1]

    yield make
    admin.call("ir.attachment", "unlink", [ids])


def test_file(admin, attach):
    answer = admin.get(f"/web/content/{attach('a b.txt', b'hello')}")
    assert answer.status_code == 200 and answer.data == b"hello"
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Content-Disposition"] == 'inline; filename="a b.txt"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] and answer.headers["Last-Modified"]


def test_download(admin, attach):
    answer = admin.get(f"/web/content/{attach('a.txt', b'hello')}?download=true")
    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_unique_address_is_kept(admin, attach):
    attachment = attach("a.txt", b"hello")
    assert "max-age=31536000" in admin.get(f"/web/content/{attachment}?unique=abc").headers["Cache-Control"]


def test_unchanged_file_is_not_sent_again(admin, attach):
    url = f"/web/content/{attach('a.txt', b'hello')}"
    answer = admin.get(url, headers={"If-None-Match": admin.get(url).headers["ETag"]})
    assert answer.status_code == 304 and not answer.data


def test_attachment_answers_at_its_address(admin, attach):
    attach("a.txt", b"hello", url="/at/an/address.txt")
    attach("b.txt", b"", url="/at/another/address.txt")
    answer = admin.get("/at/an/address.txt")
    assert answer.status_code == 200 and answer.data == b"hello"
    assert admin.get("/at/another/address.txt").status_code == 404, "there is nothing to send"


def test_private_file_is_not_for_visitors(visitor, attach):
    assert visitor.get(f"/web/content/{attach('secret.txt', b'secret')}").status_code == 404


def test_access_token_opens_a_file(admin, visitor, attach):
    attachment = attach("a.txt", b"shared")
    token = admin.call("ir.attachment", "generate_access_token", [[attachment]]).json["result"][0]
    assert visitor.get(f"/web/content/{attachment}?access_token={token}").data == b"shared"
    assert visitor.get(f"/web/content/{attachment}?access_token=wrong").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/web/content/999999999",
        "/web/content/no.such_xmlid",
        "/web/content/res.partner/1/name",
        "/web/content/no.such.model/1/x",
        "/web/content/res.users/2/password",
    ],
)
def test_what_is_no_file(admin, path):
    assert admin.get(path).status_code in (403, 404)


def test_image_is_resized(admin, attach):
    answer = admin.get(f"/web/image/{attach('a.png', png(), mimetype='image/png')}/16x16")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.data)).size == (16, 8)


def test_scaled_image_is_not_sent_again(admin, attach):
    path = f"/web/image/{attach('a.png', png(), mimetype='image/png')}/16x16"
    etag = admin.get(path).headers["ETag"]
    assert admin.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert admin.get(path.replace("16x16", "8x8"), headers={"If-None-Match": etag}).status_code == 200


def test_what_is_no_image_is_not_shown_as_one(admin, attach):
    answer = admin.get(f"/web/image/{attach('a.txt', b'some text', mimetype='text/plain')}")
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_image_of_a_record(admin):
    answer = admin.get("/web/image/res.partner/1/avatar_128")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("image/")


def test_missing_image_is_a_placeholder(admin):
    answer = admin.get("/web/image/res.partner/999999999/image_128")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/png"


def test_uploaded_page_cannot_run_script(admin, attach):
    answer = admin.get(f"/web/content/{attach('a.html', b'<script>alert(1)</script>', mimetype='text/html')}")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


def test_upload(admin):
    answer = admin.form(
        "/web/binary/upload_attachment", model="res.partner", id="1", ufile=(io.BytesIO(b"content"), "né.txt")
    )
    [entry] = json.loads(answer.text)
    assert (entry["filename"], entry["mimetype"], entry["size"]) == ("né.txt", "text/plain", 7)
    assert admin.get(f"/web/content/{entry['id']}").data == b"content"


def test_company_logo(visitor):
    answer = visitor.get("/logo.png")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("image/")


@pytest.mark.parametrize("number", ["²", "1" * 5000], ids=["other digit", "many digits"])
def test_numbers_that_are_none(visitor, admin, number):
    assert visitor.get("/logo.png", query_string={"company": number}).status_code == 200
    assert visitor.get("/web/login", query_string={"debug": number}).status_code == 200
    assert admin.get("/web/partner/vcard", query_string={"partner_ids": number}).status_code == 404
    assert admin.get(f"/report/html/web.preview_internalreport/{number}").status_code == 200


def test_bundle_of_styles(visitor):
    answer = visitor.get("/web/bundle/web.assets_web.css")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/css")
    assert (
        visitor.get("/web/bundle/web.assets_web.css", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


def test_bundle_of_templates(visitor):
    answer = visitor.get("/web/bundle/web.assets_web.xml?v=1")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/xml")
    assert "immutable" in answer.headers["Cache-Control"]


def test_entry_module_of_a_bundle(visitor):
    answer = visitor.get("/web/bundle/web.assets_web.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert 'import "/web/static/src/' in answer.text


@pytest.mark.parametrize("name", ["nosuch.bundle", "nosuch", "web.nosuch.css", "..", "web.assets_web.exe"])
def test_unknown_bundle(visitor, name):
    assert visitor.get(f"/web/bundle/{name}").status_code == 404


def test_manifest(visitor):
    manifest = json.loads(visitor.get("/web/manifest.webmanifest").text)
    assert {"name", "scope", "start_url", "display", "icons", "shortcuts"} <= set(manifest)


def test_service_worker(visitor):
    answer = visitor.get("/web/service-worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/odoo"


def test_health(visitor):
    answer = visitor.get("/web/health?db_server_status=1")
    assert answer.json == {"status": "pass", "db_server_status": True}
    assert "Set-Cookie" not in answer.headers


def test_robots(visitor):
    assert visitor.get("/robots.txt").text.startswith("User-agent: *")
