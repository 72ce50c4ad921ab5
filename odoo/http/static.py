"""Files served as they are: `/<module>/static/...` and the browser libraries under `/web/npm/...`."""

from __future__ import annotations

import mimetypes
import os
from typing import TYPE_CHECKING, Any

import werkzeug.utils
from werkzeug.security import safe_join

import odoo.addons
from odoo.modules.asset_js import NODE_MODULES, digest, npm_packages
from odoo.tools.config import config

from .compression import COMPRESSIBLE, compress
from .constants import STATIC_CACHE, STATIC_CACHE_LONG
from .response import Response

if TYPE_CHECKING:
    from .httprequest import HTTPRequest

# The browser imports `.js` files as modules and refuses them under any other type, whatever this machine's table says.
for _extension, _type in (
    (".js", "text/javascript"),
    (".mjs", "text/javascript"),
    (".css", "text/css"),
    (".svg", "image/svg+xml"),
    (".woff2", "font/woff2"),
    (".wasm", "application/wasm"),
):
    mimetypes.add_type(_type, _extension)

NPM_PREFIX = "/web/npm/"


_folders: dict[str, str] = {}


def static_folder(module: str) -> str | None:
    """Return the `static` folder of a module found on the addons paths, None when it has none."""
    folder = _folders.get(module)
    if folder is None and module.isidentifier():
        # Only what was found is remembered: addons may be added while the server runs.
        for addons_path in odoo.addons.__path__:
            path = os.path.join(addons_path, module)
            if os.path.isdir(os.path.join(path, "static")) and os.path.isfile(os.path.join(path, "__manifest__.py")):
                folder = _folders[module] = os.path.join(path, "static")
                break
    return folder


def find_static_file(path: str) -> str | None:
    """Return the file that a URL path stands for, None when it stands for none.

    A module path of JavaScript may leave out its extension.
    """
    if path.startswith(NPM_PREFIX):
        return _existing(_npm_file(path[len(NPM_PREFIX) :]))
    module, separator, resource = path[1:].partition("/static/")
    if not separator or not resource or "/" in module:
        return None
    folder = static_folder(module)
    file = folder and safe_join(folder, resource)
    found = _existing(file)
    if found is None and file:
        found = _existing(f"{file}.js")
    return found


def _npm_file(resource):
    parts = resource.split("/")
    size = 2 if resource.startswith("@") else 1
    package = "/".join(parts[:size])
    if package not in npm_packages() or len(parts) <= size:
        return None
    return safe_join(os.path.join(NODE_MODULES, package), "/".join(parts[size:]))


def _existing(file):
    # no file has a name with a null character, which os.path does not look for
    return file if file and "\0" not in file and os.path.isfile(file) else None


def serve_static(httprequest: HTTPRequest) -> Response | None:
    """Return the response with the file of a request's path, None when the path names no file."""
    if httprequest.method not in ("GET", "HEAD"):
        return None
    file = find_static_file(httprequest.path)
    if file is None:
        return None
    version = httprequest.args.get("v")
    if version is not None:
        # the page may be of a host with other files: what is kept for ever must be what the address says
        max_age = STATIC_CACHE_LONG if version == digest(file)[:12] else 0
    else:
        max_age = 0 if config["dev_mode"] else STATIC_CACHE
    response: Any = werkzeug.utils.send_file(
        file, httprequest.environ, max_age=max_age, conditional=True, response_class=Response
    )
    if max_age == STATIC_CACHE_LONG:
        response.cache_control.immutable = True
        if response.status_code == 200 and response.mimetype in COMPRESSIBLE and httprequest.method == "GET":
            response.direct_passthrough = False
            compress(response, httprequest, digest(file))
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype.startswith("image/"):
        # An SVG opened by itself is a document and could carry script.
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response
