"""Bundles: the style sheet, the templates and the modules a page loads together."""

from __future__ import annotations

import json

from odoo.addons.web.models.page_assets import entry_module
from odoo.http import STATIC_CACHE_LONG, Controller, request, route
from odoo.modules.assets import AssetBundle

MIMETYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}


class Bundle(Controller):
    """Doors to bundles."""

    @route("/web/bundle/<string:bundle_name>", type="http", auth="public", methods=["GET"], readonly=True)
    def bundle(self, bundle_name, **bundle_params):
        """Return a part of a bundle, as its extension says.

        `<bundle>.css` the style sheet, `<bundle>.xml` the templates, `<bundle>.js` a module that imports all others,
        `<bundle>.json` the addresses `{modules, scripts, styles, templates}`, and without extension the list of them as
        `{type, src}`.

        With `.rtl` in front of `.css`, the style sheet is the one for languages that are written from right to left.

        :param bundle_params: `v`: hash of the content, for ever the same answer; `lang`: code of the language whose
            style sheet is meant in lists of addresses, by default that of the user; `debug`
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
        return self._send(content, content_hash, extension or "json", bundle_params.get("v"))

    def _send(self, content, content_hash, extension, version):
        headers = [("Content-Type", MIMETYPES[extension])]
        response = request.make_response(content, headers)
        if content_hash:
            response.set_etag(content_hash)
        if version:
            response.headers["Cache-Control"] = f"public, max-age={STATIC_CACHE_LONG}, immutable"
        else:
            response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request.httprequest)
        return response


def _styles(bundle):
    return bundle.style_sheet()


def _templates(bundle):
    return bundle.templates()


def addresses(bundle) -> dict:
    """Return the addresses of the parts of a bundle."""
    return {
        "modules": bundle.module_urls(),
        "scripts": bundle.plain_script_urls(),
        "styles": [bundle.css_url()],
        "templates": bundle.templates_url(),
    }


def _description(bundle):
    return json.dumps(addresses(bundle)), None


def _list(bundle):
    parts = addresses(bundle)
    entries = [{"type": "link", "src": url} for url in parts["styles"]]
    entries += [{"type": "script", "src": url} for url in (*parts["scripts"], *parts["modules"])]
    entries.append({"type": "templates", "src": parts["templates"]})
    return json.dumps(entries), None


_BUILDERS = {"css": _styles, "xml": _templates, "js": entry_module, "json": _description, "": _list}
