"""What the pages of the web client load."""

from __future__ import annotations

import functools
import hashlib
import json
import os

from markupsafe import Markup

from odoo import models
from odoo.modules.asset_js import digest, dumps
from odoo.modules.assets import AssetBundle
from odoo.tools import config, file_path, frozendict
from odoo.tools.lru import LRU

#: what pages load, by the state of the files of their bundles
_described: LRU = LRU(32)


def entry_module(bundle: AssetBundle) -> tuple[str, str]:
    """Return the module that imports all modules of a bundle, in their order, and the hash of it."""
    source = "".join(f"import {json.dumps(url)};\n" for url in bundle.module_urls())
    return source, hashlib.sha256(source.encode()).hexdigest()[:12]


def public_url(path: str) -> str:
    """Return the address of a static file with a hash of its content, so that browsers may keep it.

    :param path: `<module>/static/...`
    :raises FileNotFoundError: there is no such file
    """
    return _versioned(path) if not config["dev_mode"] else _versioned.__wrapped__(path)


@functools.cache
def _versioned(path):
    return f"/{path}?v={digest(os.path.realpath(file_path(path)))[:12]}"


class IrHttp(models.AbstractModel):
    """What the pages of the web client load: addresses and bundles."""

    _inherit = "ir.http"

    def _public_url(self, path):
        """Return the address of a static file for a page, see :func:`public_url`."""
        return public_url(path)

    def _html_attributes(self, html_data=None):
        """Return the attributes of the root of a page: its language, its direction, and what the page itself says.

        :param html_data: `{attribute: value}` of the page
        """
        code = self.env.context.get("lang") or "en_US"
        direction = {"dir": "rtl"} if self.env["res.lang"]._is_right_to_left(code) else {}
        return {"lang": code.replace("_", "-"), **direction, **(html_data or {})}

    def _page_assets(self, bundle_name, *later):
        """Return what a page needs to load a bundle.

        :param later: bundles the page may load later
        :return: `import_map` (JSON for a script element), addresses `styles`, `scripts` (no modules), `entry` (the
            module that imports all others), `description` (the address of the list of modules), `loader` (the module
            that loads them), `templates`, and `problems` (messages about what was left out)
        """
        env = self.env(su=True)
        bundle = AssetBundle(env, bundle_name, rtl=env["res.lang"]._is_right_to_left())
        state = (
            bundle_name,
            bundle.rtl,
            *_state(bundle),
            *(part for name in later for part in _state(AssetBundle(env, name))),
        )
        try:
            return _described[state]
        except KeyError:
            result = _described[state] = _describe(bundle, later)
            return result


def _state(bundle):
    """Return what changes whenever a file of a bundle does."""
    return [(file.url, file.path and os.stat(file.path).st_mtime_ns) for file in bundle.files]


def _describe(bundle, later):
    version = entry_module(bundle)[1]
    styles, templates = bundle.css_url(), bundle.templates_url()
    return frozendict(
        import_map=Markup(dumps(bundle.import_map(*later))),
        styles=(styles,),
        scripts=tuple(bundle.plain_script_urls()),
        entry=f"/web/bundle/{bundle.name}.js?v={version}",
        description=f"/web/bundle/{bundle.name}.json?v={version}",
        loader=public_url("web/static/src/boot/import_modules.js"),
        templates=templates,
        problems=tuple(bundle.problems),
    )
