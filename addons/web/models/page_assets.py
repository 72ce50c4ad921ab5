"""What the pages of the web client load."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import time

from markupsafe import Markup

from odoo import models
from odoo.addons.base.models.assetsbundle_scripts import BundleScripts
from odoo.http import request
from odoo.modules import asset_modules
from odoo.modules.asset_js import digest, dumps
from odoo.modules.assets import AssetBundle, AssetError, later_bundles
from odoo.tools import config, file_path, frozendict, ormcache
from odoo.tools.lru import LRU

#: seconds between two looks at hundreds of files, except where developers change them
LOOK_INTERVAL = 1
#: what pages load, by the state of the files of their bundles
_described: LRU = LRU(32)


def entry_module(bundle: AssetBundle) -> tuple[str, str]:
    """Return the module that imports all modules of a bundle, in their order, and the hash of it."""
    source = "".join(f"import {json.dumps(url)};\n" for url in bundle.module_urls())
    return source, hashlib.sha256(source.encode()).hexdigest()[:12]


def addresses(bundle: AssetBundle) -> dict:
    """Return the addresses of the parts of a bundle: `modules`, `script`, `scripts`, `styles`, `templates`.

    A bundle that comes later may have `dark_styles`, in place of the others on dark pages.
    """
    dark = bundle.in_dark
    return {
        "modules": bundle.module_urls(),
        "script": bundle.script_url(lazy=True) if bundle.modules and asset_modules.together() else "",
        "scripts": bundle.plain_script_urls(),
        "styles": [bundle.css_url()] if bundle.styles else [],
        "dark_styles": [dark.css_url()] if dark and dark.styles else [],
        "templates": bundle.templates_url() if bundle.has_templates else "",
    }


def bundle_description(bundle: AssetBundle) -> tuple[str, str]:
    """Return the JSON of the :func:`addresses` of a bundle and the hash of it, which changes with each of its parts."""
    text = json.dumps(addresses(bundle))
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


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

    def _page_assets(self, bundle_name, styles_only=False, beside=()):
        """Return what a page needs to load a bundle.

        :param styles_only: whether the page has the modules from another bundle
        :param beside: names of other bundles of the page, of whose modules its import map tells
        :return: `import_map` (JSON for a script element, empty where one script has all modules), addresses `styles`,
            `scripts` (no modules), `entry` (the module that imports all others), `description` (the address of the
            list of modules), `loader` (the module that loads them), `modules`
            (the script with all modules; empty where each is loaded by itself),
            `templates`, and `problems` (messages about what was left out)
        """
        env = self.env(su=True)
        together = asset_modules.together(request and request.session.debug)
        # a page that imports each module by itself has to know the names of those of all bundles at once
        later = later_bundles(env) if together else (*env["ir.asset"]._get_bundle_names(), *beside)
        rtl, params = env["res.lang"]._is_right_to_left(), env["ir.asset"]._get_asset_params()
        seen = self._seen_bundle(bundle_name, later, rtl, together, tuple(sorted(params.items())))
        now = time.monotonic()
        if "assets" not in seen or config["dev_mode"] or now >= seen["looked"] + LOOK_INTERVAL:
            bundle = AssetBundle(env, bundle_name, rtl=rtl)
            state = (bundle_name, rtl, together, _state(bundle), *(_state(AssetBundle(env, name)) for name in later))
            # taken before the files were looked at
            seen.update(assets=_assets_of(state, bundle, later, together), looked=now)
        if together and not styles_only:
            self._has_script(bundle_name, seen["assets"]["modules"])
        return seen["assets"]

    @ormcache("url", cache="assets")
    def _has_script(self, bundle_name, url):
        """Make the script of a bundle before a page asks for it: another host that is asked may have other files.

        :param url: the address of the script
        """
        BundleScripts(self.env, bundle_name).prepare()
        return True

    @ormcache("bundle_name", "later", "rtl", "together", "params", cache="assets")
    def _seen_bundle(self, bundle_name, later, rtl, together, params):
        """Return what is remembered of a bundle while it has these files: `assets`, and when they were `looked` at."""
        return {}


def _assets_of(state, bundle, later, together):
    """Return what a page needs to load a bundle whose files are in a state."""
    try:
        return _described[state]
    except KeyError:
        result = _described[state] = _describe(bundle, later, together)
        return result


def _state(bundle):
    """Return what changes whenever a file of a bundle does; None for one that cannot be put together."""
    try:
        return tuple((file.url, file.path and os.stat(file.path).st_mtime_ns) for file in bundle.files)
    except AssetError:
        return None


def _describe(bundle, later, together):
    styles, templates = bundle.css_url(), bundle.templates_url()
    return frozendict(
        modules=bundle.script_url() if together else "",
        import_map=Markup(dumps(bundle.import_map(*later)) if not together else ""),
        styles=(styles,),
        scripts=tuple(bundle.plain_script_urls()),
        entry=f"/web/bundle/{bundle.name}.js?v={entry_module(bundle)[1]}",
        description=f"/web/bundle/{bundle.name}.json?v={bundle_description(bundle)[1]}",
        loader=public_url("web/static/src/boot/import_modules.js"),
        templates=templates,
        problems=tuple(bundle.problems),
    )
