"""What makes the client installable as an application."""

from __future__ import annotations

import json
from urllib.parse import quote

from odoo import release
from odoo.http import Controller, Stream, request, route
from odoo.tools import file_open

from .utils import guarded

ICON_SIZES = ("192x192", "512x512")
THEME_COLOR = "#3d4a6b"
#: it is asked for at each start, and is more than its path says: it serves the pages of the client
WORKER_HEADERS = {"Cache-Control": "no-cache", "Content-Type": "text/javascript", "Service-Worker-Allowed": "/odoo"}
#: kinds of files that other applications of the device may share with this one
SHARED_TYPES = ["image/*", "application/pdf"]


class WebManifest(Controller):
    """Doors to manifest and service worker."""

    def _get_shortcuts(self):
        """Return the applications of the user as shortcuts."""
        shortcuts = []
        if not request.env.user._is_internal():
            return shortcuts
        menus = request.env["ir.ui.menu"].load_web_menus(False)
        for app_id in menus["root"]["children"][:10]:
            app = menus[app_id]
            path = app["actionPath"] or (app["actionID"] and f"action-{app['actionID']}")
            if not path:
                continue
            module = (app["webIcon"] or "").partition(",")[0]
            shortcut = {"name": app["name"], "description": app["name"], "url": f"/odoo/{path}"}
            if module and "/" not in module:
                shortcut["icons"] = [
                    {"sizes": "100x100", "type": "image/png", "src": f"/{module}/static/description/icon.png"}
                ]
            shortcuts.append(shortcut)
        return shortcuts

    def _manifest(self, name, scope, start_url, icons):
        return {
            "name": name,
            "scope": scope,
            "start_url": start_url,
            "display": "standalone",
            "background_color": THEME_COLOR,
            "theme_color": THEME_COLOR,
            "prefer_related_applications": False,
            "icons": icons,
        }

    def _has_share_target(self):
        """Hook: whether an application takes files that others of the device share.

        Its part of the client finds them in the service `shareTarget`.
        """
        return False

    def _app_name(self):
        return request.env["ir.config_parameter"].sudo().get_param("web.web_app_name") or release.product_name

    def _send(self, manifest):
        return request.make_response(json.dumps(manifest), [("Content-Type", "application/manifest+json")])

    @route("/web/manifest.webmanifest", type="http", auth="public", methods=["GET"], readonly=True)
    def webmanifest(self):
        """Return the manifest of the client."""
        icons = [
            {"src": f"/web/static/img/app-icon-{size}.png", "sizes": size, "type": "image/png"} for size in ICON_SIZES
        ]
        manifest = self._manifest(self._app_name(), "/odoo", "/odoo", icons)
        manifest["shortcuts"] = self._get_shortcuts()
        if self._has_share_target():
            manifest["share_target"] = {
                "action": "/odoo?share_target=trigger",
                "method": "POST",
                "enctype": "multipart/form-data",
                "params": {"files": [{"name": "externalMedia", "accept": SHARED_TYPES}]},
            }
        return self._send(manifest)

    @route("/web/service-worker.js", type="http", auth="public", methods=["GET"], readonly=True)
    def service_worker(self):
        """Return the service worker; it serves the pages below `/odoo`."""
        return request.make_response(self._get_service_worker_content(), [*WORKER_HEADERS.items()])

    def _get_service_worker_content(self):
        """Return the code of the service worker; modules add theirs to it."""
        with file_open("web/static/src/service_worker.js") as file:
            return file.read()

    @route("/odoo/offline", type="http", auth="public", methods=["GET"], readonly=True)
    def offline(self):
        """Return the page shown while the server cannot be reached."""
        return guarded(request.render("web.webclient_offline", {}))

    @route("/scoped_app", type="http", auth="public", methods=["GET"])
    def scoped_app(self, app_id, path="", app_name=""):
        """Return the page from which one application can be installed by itself."""
        values = {
            "app_id": app_id,
            "app_name": app_name or app_id.replace("_", " ").title(),
            "path": path,
            "manifest_url": f"/web/manifest.scoped_app_manifest?app_id={quote(app_id)}&path={quote(path)}"
            f"&app_name={quote(app_name)}",
        }
        return guarded(request.render("web.webclient_scoped_app", values))

    @route("/scoped_app_icon_png", type="http", auth="public", methods=["GET"])
    def scoped_app_icon_png(self, app_id, add_padding=False):
        """Return the icon of an application."""
        try:
            stream = Stream.from_path(f"{app_id}/static/description/icon.png", public=True)
        except (FileNotFoundError, ValueError):
            stream = Stream.from_path("web/static/img/app-icon-192x192.png", public=True)
        return stream.get_response()

    @route("/web/manifest.scoped_app_manifest", type="http", auth="public", methods=["GET"])
    def scoped_app_manifest(self, app_id, path, app_name=""):
        """Return the manifest of one application."""
        icon = {"src": f"/scoped_app_icon_png?app_id={quote(app_id)}", "sizes": "any", "type": "image/png"}
        url = f"/{path.lstrip('/')}"
        return self._send(self._manifest(app_name or app_id, url, url, [icon]))
