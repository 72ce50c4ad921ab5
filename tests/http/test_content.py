"""Files, images, uploads and bundles: what is sent and under which headers."""

import base64
import gzip
import io
import json
import re
from pathlib import Path
from unittest.mock import patch

import brotli
import pytest
from PIL import Image

from odoo import SUPERUSER_ID, api
from odoo.addons.base.models.assetsbundle_scripts import BundleScripts
from odoo.addons.web.models.page_assets import bundle_description
from odoo.db.object_store import StoreAway
from odoo.modules import asset_css
from odoo.modules.asset_modules import together
from odoo.modules.assets import AssetBundle
from odoo.modules.registry import Registry
from odoo.tools import config, mute_logger


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
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] and answer.headers["Last-Modified"]


def test_files_whose_store_is_away(admin, attach, database, caplog):
    attachment = attach("a.txt", b"hello")
    away = StoreAway("The files in s3://bucket/prefix cannot be reached: Connect timeout on endpoint 10.0.0.7")
    with patch.object(Registry(database)["ir.attachment"], "_stream_source", side_effect=away):
        answer = admin.get(f"/web/content/{attachment}")
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert "cannot be read at the moment" in answer.text
    assert not any(word in answer.text for word in ("s3:", "bucket", "10.0.0.7"))
    assert f"attachment {attachment} cannot be sent: {away}" in caplog.text


@pytest.fixture
def proxy_sends(monkeypatch):
    monkeypatch.setitem(config.options, "x_sendfile", True)


def test_files_that_the_proxy_sends(admin, visitor, attach, database, proxy_sends):
    attachment = attach("a b.txt", b"hello")
    answer = admin.get(f"/web/content/{attachment}?download=1", headers={"Range": "bytes=1-2"})
    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", "0")
    path = Path(answer.headers["X-Sendfile"])
    assert path.read_bytes() == b"hello" and path.is_relative_to(config.filestore(database))
    inside = path.relative_to(config.filestore(database))
    assert answer.headers["X-Accel-Redirect"] == f"/web/filestore/{database}/{inside}"
    assert "Content-Range" not in answer.headers
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    tag = answer.headers["ETag"]
    known = admin.get(f"/web/content/{attachment}", headers={"If-None-Match": tag})
    assert known.status_code == 304 and not {"X-Sendfile", "X-Accel-Redirect"} & set(known.headers.keys())
    # access is asked for first, and where the proxy looks is no place for clients
    refused = visitor.get(f"/web/content/{attachment}")
    assert refused.status_code == 404 and "X-Sendfile" not in refused.headers
    with mute_logger("odoo.addons.web.controllers.binary"):
        assert admin.get(answer.headers["X-Accel-Redirect"]).status_code == 404


def test_files_of_elsewhere_are_sent_by_the_server(admin, attach, proxy_sends):
    assert admin.get("/web/static/img/favicon.ico").data
    answer = admin.get(f"/web/image/{attach('a.png', png())}/32x16")
    assert answer.data and "X-Sendfile" not in answer.headers


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
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; form-action 'none'")


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
    answer = visitor.get("/web/bundle/web.assets_web.xml")
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/xml")
    version = answer.headers["ETag"].strip('"')
    assert "immutable" in visitor.get(f"/web/bundle/web.assets_web.xml?v={version}").headers["Cache-Control"]


@pytest.mark.parametrize("extension", ["css", "xml", "js", "json"])
def test_a_page_of_a_host_with_other_files_spoils_no_cache(visitor, extension):
    """While hosts are updated one after the other, a page may ask one that has not the version it is made of."""
    answer = visitor.get(f"/web/bundle/web.assets_web.{extension}?v=0123456789ab")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.skipif(not together(), reason="there is no compiler of modules")
def test_scripts_of_pages_are_there_for_all_hosts_before_the_page_is(admin, database):
    """A host with other files cannot make the script that a page asks for."""
    registry = Registry(database)
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        url = BundleScripts(env, "web.assets_web").url
        env["ir.attachment"].search([("url", "=like", f"{url}%")]).unlink()
    registry.clear_cache("assets", "templates")
    assert url in admin.get("/odoo").text
    with registry.cursor() as cr:
        assert api.Environment(cr, SUPERUSER_ID, {})["ir.attachment"].search_count([("url", "=", url)]) == 1


@pytest.mark.parametrize("part", ["css_url", "templates_url", "script_url", "module_urls"])
def test_description_of_a_bundle_changes_with_its_parts(visitor, database, part):
    with Registry(database).cursor() as cr:
        bundle = AssetBundle(api.Environment(cr, SUPERUSER_ID, {}), "web.assets_web")
        text, version = bundle_description(bundle)
        with patch.object(AssetBundle, part, lambda self, **options: ["/changed"]):
            assert bundle_description(bundle)[1] != version
    answer = visitor.get(f"/web/bundle/web.assets_web.json?v={version}")
    assert answer.text == text and "immutable" in answer.headers["Cache-Control"]
    for query in ("", "?v=0123456789ab"):
        assert visitor.get(f"/web/bundle/web.assets_web.json{query}").headers["Cache-Control"] == "no-cache"


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


def test_robots(visitor):
    assert visitor.get("/robots.txt").text.startswith("User-agent: *")


@pytest.mark.parametrize("extension", ["css", "xml"])
def test_styles_and_templates_are_compressed_as_the_client_takes_it(visitor, extension):
    path = f"/web/bundle/web.assets_web.{extension}"
    plain = visitor.get(path)
    version = plain.headers["ETag"].strip('"')
    for accepted, encoding, unpack in (("gzip", "gzip", gzip.decompress), ("gzip, br", "br", brotli.decompress)):
        answer = visitor.get(f"{path}?v={version}", headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == encoding and answer.headers["Vary"] == "Accept-Encoding"
        assert unpack(answer.data) == plain.data and len(answer.data) < len(plain.data) / 3
        etag = answer.headers["ETag"]
        assert etag == f"W/{plain.headers['ETag']}"
        unchanged = visitor.get(path, headers={"Accept-Encoding": accepted, "If-None-Match": etag})
        assert unchanged.status_code == 304
    assert "Content-Encoding" not in visitor.get(path, headers={"Accept-Encoding": "br;q=0"}).headers


def test_terms_are_compressed(visitor):
    answer = visitor.get("/web/webclient/translations/x?lang=en_US", headers={"Accept-Encoding": "br"})
    assert json.loads(brotli.decompress(answer.data) if "Content-Encoding" in answer.headers else answer.data)["lang"]


def test_descriptions_are_compressed_and_data_is_not(admin):
    def answer(method, **kwargs):
        headers = {"Accept-Encoding": "br"}
        params = {"model": "res.partner", "method": method, "args": [], "kwargs": kwargs}
        return admin.post("/web/dataset/call_kw", json={"params": params}, headers=headers)

    described = answer("fields_get")
    assert described.headers["Content-Encoding"] == "br" and described.headers["Vary"] == "Accept-Encoding"
    assert "name" in json.loads(brotli.decompress(described.data))["result"]
    assert answer("get_views", views=[[False, "form"]]).headers["Content-Encoding"] == "br"
    data = answer("search_read", domain=[])
    assert "Content-Encoding" not in data.headers and len(data.json["result"]) > 1


def test_menus_are_kept_only_at_the_address_of_these_menus(admin):
    page = admin.get("/odoo").text
    version = re.search(r'"load_menus": "(\w+)"', page)[1]
    answer = admin.get(f"/web/webclient/load_menus/{version}", headers={"Accept-Encoding": "br"})
    assert {"private", "immutable"} <= set(answer.headers["Cache-Control"].replace(",", "").split())
    assert "root" in json.loads(brotli.decompress(answer.data))
    assert admin.get("/web/webclient/load_menus/other").headers["Cache-Control"] == "no-cache"


def test_style_sheets_are_there_before_a_page_asks(database):
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["ir.qweb"]._pregenerate_assets_bundles()
        bundle = AssetBundle(env, "web.assets_web_dark")
        with patch.object(asset_css, "_compile_possible", side_effect=AssertionError("compiled again")):
            _content, key = bundle.style_sheet()
            assert (Path(config["data_dir"]) / "assets" / f"{key}.css.br").exists()
