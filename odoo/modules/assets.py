"""Asset bundles: what a page of the web client is made of.

Files are served one by one, as they are; a page gets an import map for its modules, one style sheet and one document
of templates per bundle.
"""
import functools

from . import asset_js
from .asset_css import compile_styles
from .asset_paths import (
    SCRIPT_EXTENSIONS,
    STYLE_EXTENSIONS,
    TEMPLATE_EXTENSIONS,
    AssetError,
    AssetFile,
)
from .asset_templates import compile_templates

__all__ = ["AssetBundle", "AssetError", "AssetFile"]


class AssetBundle:
    """The files of one bundle, as one database has them.

    :param env: environment of that database
    :param str name: name of the bundle, ``<module>.<name>``
    :param dict assets_params: what ``ir.asset`` needs to know about the page, such as the website
    """

    def __init__(self, env, name, assets_params=None):
        self.env = env
        self.name = name
        self._params = assets_params if assets_params is not None else env["ir.asset"]._get_asset_params()

    @functools.cached_property
    def files(self):
        """The bundle's files in order, as :class:`AssetFile`.

        :raise AssetError: when a directive cannot be applied
        """
        return [AssetFile(*file) for file in self.env["ir.asset"]._get_asset_paths(self.name, self._params)]

    def _of_kind(self, extensions):
        return [file for file in self.files if file.extension in extensions]

    @property
    def scripts(self):
        """The JavaScript files."""
        return self._of_kind(SCRIPT_EXTENSIONS)

    def js_urls(self):
        """Return the versioned URLs of all JavaScript of the bundle, in order."""
        return [asset_js.versioned_url(file) for file in self.scripts]

    def module_urls(self):
        """Return the versioned URLs of the ES modules among the bundle's JavaScript, in order."""
        return [asset_js.versioned_url(file) for file in self.scripts if asset_js.is_module(file)]

    def plain_script_urls(self):
        """Return the versioned URLs of the JavaScript that is no ES module, in order."""
        return [asset_js.versioned_url(file) for file in self.scripts if not asset_js.is_module(file)]

    def import_map(self, *more):
        """Return the import map ``{"imports": {specifier: url}}`` of a page that loads this bundle.

        :param more: names of further bundles that the page may load later
        """
        scripts = list(self.scripts)
        for name in more:
            scripts += AssetBundle(self.env, name, self._params).scripts
        return asset_js.import_map(scripts)

    def css(self):
        """Return ``(content, hash)`` of the bundle's style sheet.

        :raise AssetError: when a style sheet cannot be compiled
        """
        return compile_styles(self._of_kind(STYLE_EXTENSIONS), self.name)

    def templates(self):
        """Return ``(content, hash)`` of the document of the bundle's templates.

        :raise AssetError: when a template cannot be read or inherits from what is not there
        """
        return compile_templates(self._of_kind(TEMPLATE_EXTENSIONS), self.name)

    def css_url(self):
        """Return the versioned URL of the style sheet."""
        return f"/web/bundle/{self.name}.css?v={self.css()[1]}"

    def templates_url(self):
        """Return the versioned URL of the document of templates."""
        return f"/web/bundle/{self.name}.xml?v={self.templates()[1]}"
