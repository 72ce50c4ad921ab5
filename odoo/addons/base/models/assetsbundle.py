"""Bundles as addons know them: lists of style sheets and scripts, and attachments that hold what is made of them."""

import hashlib

from odoo import SUPERUSER_ID
from odoo.modules.asset_js import is_module, versioned_url
from odoo.modules.asset_paths import AssetFile
from odoo.modules.assets import AssetBundle
from odoo.tools.json import scriptsafe

__all__ = ["AssetsBundle"]

_MIMETYPES = {"css": "text/css", "js": "text/javascript"}
#: how much of a hash is enough to tell one content from the next
_VERSION_LENGTH = 7
#: what users cannot make: contents that they give attachments are no contents of bundles
GENERATED = [
    ("create_uid", "=", SUPERUSER_ID),
    ("type", "=", "binary"),
    ("public", "=", True),
    ("res_model", "=", "ir.ui.view"),
]


class AssetsBundle(AssetBundle):
    """The files of a bundle, and attachments with its style sheet and its scripts for those who cannot ask for pages.

    :param str name: name of the bundle
    :param files: dictionaries with ``url`` and ``filename`` (and ``last_modified``) in place of what the bundle has
    :param external_assets: addresses of further files
    :param env: environment
    :param bool css: whether the style sheets are of interest
    :param bool js: whether the scripts are
    :param bool debug_assets: accepted for compatibility: files are always sent as they are
    :param bool rtl: whether the style sheet is for a language that is written from right to left
    :param assets_params: what ``ir.asset`` needs to know about the page
    """

    def __init__(
        self,
        name,
        files=None,
        external_assets=(),
        env=None,
        css=True,
        js=True,
        debug_assets=False,
        rtl=False,
        assets_params=None,
    ):
        super().__init__(env, name, assets_params, rtl)
        self.has_css, self.has_js = css, js
        self.is_debug_assets = debug_assets
        self.external_assets = list(external_assets)
        if files is not None:
            given = [AssetFile(file["url"], file["filename"], name, file.get("last_modified")) for file in files]
            self.files = given + [AssetFile(url, None, name, None) for url in self.external_assets]

    @property
    def stylesheets(self) -> list[AssetFile]:
        """The style sheets, none when they are not of interest."""
        return self.styles if self.has_css else []

    @property
    def javascripts(self) -> list[AssetFile]:
        """The scripts, none when they are not of interest."""
        return self.scripts if self.has_js else []

    def get_version(self, asset_type):
        """Return what tells one content of the bundle from another.

        :param str asset_type: ``css`` or ``js``
        """
        if asset_type == "css":
            return self.style_sheet()[1][:_VERSION_LENGTH]
        urls = "\n".join(versioned_url(file) for file in self.scripts)
        return hashlib.sha256(urls.encode()).hexdigest()[:_VERSION_LENGTH]

    def get_asset_url(self, unique, extension):
        """Return the address of an attachment of the bundle.

        :param str unique: version
        :param str extension: ``min.css``, ``min.js``
        """
        direction = ".rtl" if self.rtl and extension.endswith("css") else ""
        return self.env["ir.asset"]._get_asset_bundle_url(
            f"{self.name}{direction}.{extension}", unique, self._params or {}
        )

    def css(self):
        """Return the attachment with the style sheet, made when there is none of this version."""
        return self._attachment("css", lambda: self.style_sheet()[0])

    def js(self):
        """Return the attachment with the scripts, made when there is none of this version.

        What is no module is part of it; modules are imported from where they are.
        """
        return self._attachment("js", self._script)

    def _script(self):
        plain, imports = [], []
        for file in self.scripts:
            if is_module(file) or not file.path:
                imports.append(f"import {scriptsafe.dumps(versioned_url(file))};")
            else:
                plain.append(file.content)
        return "\n".join([*imports, *plain]).encode()

    def _attachment(self, asset_type, make):
        extension = f"min.{asset_type}"
        url = self.get_asset_url(self.get_version(asset_type), extension)
        found = self._attachments().search([*GENERATED, ("url", "=", url)], limit=1)
        return found or self.save_attachment(extension, make())

    def _attachments(self):
        """Return the model of attachments for the superuser, whose are all that are generated."""
        return self.env["ir.attachment"].with_user(SUPERUSER_ID)

    def save_attachment(self, extension, content):
        """Keep a content in an attachment, in place of those of earlier versions.

        :param str extension: ``min.css``, ``min.js``
        :param content: text or bytes
        :return: the attachment
        """
        asset_type = extension.rpartition(".")[2]
        url = self.get_asset_url(self.get_version(asset_type), extension)
        attachments = self._attachments()
        earlier = [
            *GENERATED,
            ("url", "=like", self.get_asset_url("%", extension)),
            ("url", "!=", url),
        ]
        attachments.search(earlier).unlink()
        return attachments.create(
            {
                "name": url.rpartition("/")[2],
                "mimetype": _MIMETYPES[asset_type],
                "res_model": "ir.ui.view",
                "res_id": False,
                "type": "binary",
                "public": True,
                "raw": content.encode() if isinstance(content, str) else content,
                "url": url,
            }
        )
