"""Bundles: the style sheet, the templates and the modules a page loads together."""

from __future__ import annotations

import json

from odoo.addons.base.models.assetsbundle_scripts import BundleScripts
from odoo.addons.web.models.page_assets import addresses, bundle_description, entry_module
from odoo.http import STATIC_CACHE_LONG, Controller, request, route
from odoo.http.compression import accepted_encodings, compress
from odoo.modules.assets import AssetBundle

MIMETYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}


class Bundle(Controller):
    """Doors to bundles."""

    @route(["/web/assets/<string:unique>/<string:filename>"], type="http", auth="public", methods=["GET"])
    def content_assets(self, unique, filename, **_options):
        """Send a script of modules, and other parts under the address other servers of this interface have for them.

        :param unique: version
        :param filename: `<bundle>.modules[.lazy].min.js[.map]`, or `<bundle>[.min].css|js`
        """
        name, separator, kind = filename.removesuffix(".map").partition(".modules.")
        if separator and kind in ("min.js", "lazy.min.js"):
            return self._send_script(name, kind == "lazy.min.js", request.httprequest.path)
        bundle, _dot, extension = filename.rpartition(".")
        if extension not in ("css", "js"):
            raise request.not_found()
        return request.redirect(f"/web/bundle/{bundle.removesuffix('.min')}.{extension}", 302)

    def _send_script(self, name, lazy, url):
        found = BundleScripts(request.env, name, lazy).get(url, accepted_encodings(request.httprequest))
        if not found:
            raise request.not_found(f"There is no script {url}")
        content, encoding, mimetype = found
        headers = [
            ("Content-Type", mimetype),
            ("Cache-Control", f"public, max-age={STATIC_CACHE_LONG}, immutable"),
            ("Vary", "Accept-Encoding"),
        ]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        return request.make_response(content, headers)

    @route("/web/bundle/<string:bundle_name>", type="http", auth="public", methods=["GET"], readonly=True)
    def bundle(self, bundle_name, **bundle_params):
        """Return a part of a bundle, as its extension says.

        `<bundle>.css` the style sheet, `<bundle>.xml` the templates, `<bundle>.js` a module that imports all others,
        `<bundle>.json` the addresses `{modules, script, scripts, styles, templates}`, and without extension the list of
        them as `{type, src}`. Pages whose modules came as one script load `script`, the others `modules`.

        With `.rtl` in front of `.css`, the style sheet is the one for languages that are written from right to left.

        :param bundle_params: `v`: hash of the content, for ever the same answer if it is that of this host; `lang`:
            code of the language whose style sheet is meant in lists of addresses, by default that of the user; `debug`
        """
        name, separator, extension = bundle_name.rpartition(".")
        if not separator or extension not in MIMETYPES:
            name, extension = bundle_name, ""
        if name.count(".") < 1:
            raise request.not_found(f"There is no bundle {name!r}")
        if extension == "css":
            rtl, name = name.endswith(".rtl"), name.removesuffix(".rtl")
        else:
            rtl = request.env["res.lang"]._is_right_to_left(bundle_params.get("lang"))
        bundle = AssetBundle(request.env(su=True), name, rtl=rtl)
        if not bundle.files:
            raise request.not_found(f"There is no bundle {name!r}")
        content, content_hash = _BUILDERS[extension](bundle)
        version = bundle_params.get("v")
        # while hosts are updated, the page may be of one with other files than this
        is_final = version is not None and version == content_hash
        return self._send(content, content_hash, extension or "json", is_final)

    def _send(self, content, content_hash, extension, is_final):
        headers = [("Content-Type", MIMETYPES[extension])]
        response = request.make_response(content, headers)
        if content_hash:
            response.set_etag(content_hash)
        # what is asked for by another hash than its own is not kept
        compress(response, request.httprequest, f"{content_hash}.{extension}" if is_final else "")
        if is_final:
            response.headers["Cache-Control"] = f"public, max-age={STATIC_CACHE_LONG}, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request.httprequest)
        return response


def _styles(bundle):
    return bundle.style_sheet()


def _templates(bundle):
    return bundle.templates()


def _list(bundle):
    parts = addresses(bundle)
    entries = [{"type": "link", "src": url} for url in parts["styles"]]
    entries += [{"type": "script", "src": url} for url in (*parts["scripts"], *parts["modules"])]
    if parts["templates"]:
        entries.append({"type": "templates", "src": parts["templates"]})
    return json.dumps(entries), None


_BUILDERS = {"css": _styles, "xml": _templates, "js": entry_module, "json": bundle_description, "": _list}
