"""Attachments with the modules of bundles as one script, compressed as browsers like them."""

import datetime
import hashlib

from odoo import SUPERUSER_ID, fields
from odoo.modules import asset_encodings
from odoo.modules.asset_encodings import ENCODINGS
from odoo.modules.assets import AssetBundle

from .assetsbundle import GENERATED

#: how long pages that were loaded before a change find their scripts
_KEPT = datetime.timedelta(days=2)
_MIMETYPES = {"js": "text/javascript; charset=utf-8", "map": "application/json"}


class BundleScripts:
    """The script of the modules of a bundle, as a database keeps it: made when the bundle changes, or when asked for.

    :param env: environment; rights are not asked for, as everybody may read scripts
    :param str name: name of the bundle
    :param bool lazy: whether the bundle is for pages that run already
    """

    def __init__(self, env, name, lazy=False):
        self.env = env(user=SUPERUSER_ID, su=True)
        self.bundle = AssetBundle(self.env, name)
        self.url = self.bundle.script_url(lazy)
        self._lazy = lazy

    def prepare(self, ahead=False):
        """Make the script unless it is there; those of earlier states go when pages no longer ask for them.

        :param ahead: whether nobody waits for it, as at installation: there is time to compress it well
        """
        if self.bundle.modules and not self._find(self.url):
            self._forget_earlier()
            self._make(ahead and not self._lazy)

    def get(self, url, encodings=()):
        """Return what is at an address.

        :param str url: address of a script, of this state or an earlier one, or of its source map
        :param encodings: encodings of HTTP that the client takes
        :return: ``(content, encoding, content type)``; None when there is nothing
        """
        if url in (self.url, f"{self.url}.map"):
            self.prepare()
        for encoding in (*(name for name in ENCODINGS if name in encodings), ""):
            if found := self._find(f"{url}.{encoding}" if encoding else url):
                return found.raw, encoding, _MIMETYPES[url.rpartition(".")[2]]
        return None

    def _find(self, url):
        return self.env["ir.attachment"].search([*GENERATED, ("url", "=", url)], limit=1)

    def _make(self, first):
        script, source_map = self.bundle.script(self._lazy)
        content = script.encode()
        contents = {self.url: content, f"{self.url}.map": source_map.encode()}
        # another database with the same modules has the same script
        key = f"{self.url.rpartition('/')[2]}-{hashlib.sha256(content).hexdigest()[:16]}"
        for encoding in ENCODINGS:
            contents[f"{self.url}.{encoding}"] = asset_encodings.prepared(content, encoding, key, first)
        self.env["ir.attachment"].create(
            [
                {
                    "name": url.rpartition("/")[2],
                    "mimetype": "application/octet-stream",
                    "res_model": "ir.ui.view",
                    "res_id": False,
                    "type": "binary",
                    "public": True,
                    "raw": content,
                    "url": url,
                }
                for url, content in contents.items()
            ]
        )

    def _forget_earlier(self):
        name = self.url.rpartition("/")[2]
        anywhere = self.env["ir.asset"]._get_asset_bundle_url(f"{name}%", "%", {}, ignore_params=True)
        before = fields.Datetime.now() - _KEPT
        earlier = [*GENERATED, ("url", "=like", anywhere), ("create_date", "<", before)]
        self.env["ir.attachment"].search(earlier).unlink()
