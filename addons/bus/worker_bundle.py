"""The script of the worker that holds the WebSocket of all pages of a browser."""

import json

from odoo.modules import asset_modules
from odoo.modules.asset_js import versioned_url
from odoo.modules.assets import AssetBundle

_BUNDLE = "bus.websocket_worker_assets"
_SCRIPT = "/bus/static/src/workers/websocket_worker_script.js"
#: without a compiler the modules come one by one: pages that connect meanwhile wait
_LATER = """const waiting = [];
const keep = (event) => waiting.push(event);
self.addEventListener("connect", keep);
self.addEventListener("message", keep);
import(%s).then(() => {
    self.removeEventListener("connect", keep);
    self.removeEventListener("message", keep);
    for (const { type, data, ports } of waiting) {
        self.dispatchEvent(new MessageEvent(type, { data, ports }));
    }
});
"""


def worker_script(env):
    """Return the script of the worker, and whether all modules are part of it.

    :param env: environment of the request
    """
    bundle = AssetBundle(env(su=True), _BUNDLE)
    if not asset_modules.together():
        [script] = [file for file in bundle.scripts if file.url == _SCRIPT]
        return _LATER % json.dumps(versioned_url(script)), False
    [loader] = [file.content for file in bundle.scripts if file.url == asset_modules.LOADER]
    code, _source_map = bundle.script()
    return f"{loader}\n{code}", True
