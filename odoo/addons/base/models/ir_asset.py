"""Asset records: changes to bundles made in the database."""

import re

from odoo import api, fields, models
from odoo.modules import get_manifest
from odoo.modules.asset_paths import (
    DEFAULT_SEQUENCE,
    DIRECTIVES,
    BundleResolver,
    parse_command,
)
from odoo.modules.graph import topological_sort
from odoo.modules.manifest import direct_dependencies
from odoo.tools import config, ormcache


class IrAsset(models.Model):
    """One change to one bundle, applied before (sequence below 16) or after the manifests' own."""

    _name = "ir.asset"
    _description = "Asset"
    _order = "sequence, id"
    _allow_sudo_commands = False

    name = fields.Char(string="Name", required=True)
    bundle = fields.Char(string="Bundle name", required=True)
    directive = fields.Selection(
        selection=[(name, name.capitalize()) for name in DIRECTIVES],
        string="Directive",
        default="append",
    )
    path = fields.Char(string="Path (or glob pattern)", required=True)
    target = fields.Char(string="Target")
    active = fields.Boolean(string="Active", default=True)
    sequence = fields.Integer(string="Sequence", default=DEFAULT_SEQUENCE, required=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Create records; the bundles are put together anew."""
        self.env.registry.clear_cache("assets")
        return super().create(vals_list)

    def write(self, values):
        """Change records; the bundles are put together anew."""
        if self:
            self.env.registry.clear_cache("assets")
        return super().write(values)

    def unlink(self):
        """Delete records; the bundles are put together anew."""
        self.env.registry.clear_cache("assets")
        return super().unlink()

    @api.model
    def _get_asset_params(self):
        """Return what must be known about the current page to choose its assets; addons extend it."""
        return {}

    @api.model
    def _get_asset_bundle_url(self, filename, unique, assets_params, ignore_params=False):
        """Return the URL of a file made of a bundle.

        :param str unique: version, changes with the content
        """
        return f"/web/assets/{unique}/{filename}"

    @api.model
    def _parse_bundle_name(self, bundle_name, debug_assets):
        """Split a file name ``<module>.<bundle>[.rtl][.min].<css|js>``.

        :param bool debug_assets: whether the name is without ``.min``
        :return: ``(bundle, right to left, 'css' or 'js')``
        :raise ValueError: when the name is of another form
        """
        *parts, kind = bundle_name.split(".")
        if kind not in ("css", "js"):
            raise ValueError(f"{bundle_name!r}: the extension of a bundle's file is css or js")
        if not debug_assets and (not parts or parts.pop() != "min"):
            raise ValueError(f"{bundle_name!r}: '.min' is missing before the extension")
        rtl = kind == "css" and len(parts) > 2 and parts[-1] == "rtl"
        if rtl:
            parts.pop()
        if len(parts) != 2:
            raise ValueError(f"{bundle_name!r}: a bundle is named <module>.<name>")
        return ".".join(parts), rtl, kind

    @api.model
    def _get_asset_paths(self, bundle, assets_params):
        """Return the files of a bundle in order, as tuples ``(url, path, bundle, modification time)``.

        :param dict assets_params: see :meth:`_get_asset_params`
        :raise AssetError: when a directive cannot be applied
        """
        assets_params = assets_params or {}
        if config.get("dev_mode"):
            return self._resolve_bundle(bundle, assets_params)
        return self._get_asset_paths_cached(bundle, tuple(sorted(assets_params.items())))

    @ormcache("bundle", "assets_params", cache="assets")
    def _get_asset_paths_cached(self, bundle, assets_params):
        return self._resolve_bundle(bundle, dict(assets_params))

    def _resolve_bundle(self, bundle, assets_params):
        return tuple(self._get_resolver(assets_params).resolve(bundle))

    def _get_resolver(self, assets_params):
        """Return the :class:`BundleResolver` of this database."""

        def records(bundle):
            assets = self.with_context(**assets_params)._get_related_assets([("bundle", "=", bundle)])
            return [(asset.sequence, asset.directive, asset.target, asset.path) for asset in assets.filtered("active")]

        return BundleResolver(self._get_active_addons_list(), get_manifest, records)

    def _get_related_assets(self, domain):
        """Return the records of a domain, archived ones included, by sequence; addons extend it."""
        return self.with_context(active_test=False).sudo().search(domain, order="sequence, id")

    def _get_related_bundle(self, target_path_def, root_bundle):
        """Return the name of the bundle that brings a file into `root_bundle`; `root_bundle` itself if none does.

        :param str target_path_def: path of the file, or a glob of which the first match counts
        """
        resolver = self._get_resolver(self._get_asset_params())
        targets = resolver.find(target_path_def, root_bundle)
        if targets:
            for file in resolver.resolve(root_bundle):
                if file.url == targets[0].url:
                    return file.bundle
        return root_bundle

    def _get_active_addons_list(self):
        """Return the names of the modules whose assets count, those depended upon first; addons extend it."""
        names = set(self.env.registry._init_modules)
        wide = config.get("server_wide_modules") or ()
        names.update(name for name in (wide.split(",") if isinstance(wide, str) else wide) if name)
        manifests = {name: get_manifest(name) for name in names}
        return topological_sort(
            {name: direct_dependencies(name, manifest) for name, manifest in manifests.items() if manifest}
        )

    @ormcache(cache="assets")
    def _get_bundle_names(self):
        """Return the names of all bundles that a page of the client may load, in the order of their modules."""
        names = [name for addon in self._get_active_addons_list() for name in get_manifest(addon).get("assets") or ()]
        apart = re.compile(r"\._|tests|report|frontend")
        return tuple(dict.fromkeys(name for name in names if not apart.search(name)))

    @api.model
    def _process_command(self, command):
        """Return ``(directive, target, path)`` of an entry of a bundle in a manifest.

        :raise AssetError: when the entry has no valid form
        """
        return parse_command(command)
