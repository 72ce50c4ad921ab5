"""Asset bundles: what a page of the web client is made of.

Files are served one by one, as they are; a page gets an import map for its modules, one style sheet and one document
of templates per bundle.
"""

from __future__ import annotations

import functools
import logging
from typing import Any

from odoo.orm.environment import Environment

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

_logger = logging.getLogger("odoo.addons.base.models.assetsbundle")

__all__ = ["AssetBundle", "AssetError", "AssetFile"]


class AssetBundle:
    """The files of one bundle, as one database has them.

    :param env: environment of that database
    :param str name: name of the bundle, ``<module>.<name>``
    :param dict assets_params: what ``ir.asset`` needs to know about the page, such as the website
    :param rtl: whether the page is written from right to left
    """

    def __init__(
        self, env: Environment, name: str, assets_params: dict[str, Any] | None = None, rtl: bool = False
    ) -> None:
        self.env = env
        self.name = name
        self.rtl = rtl
        self._params = assets_params if assets_params is not None else env["ir.asset"]._get_asset_params()
        #: messages about style sheets and templates that cannot be used and are left out
        self.problems: list = []

    @functools.cached_property
    def files(self) -> list[AssetFile]:
        """The bundle's files in order, as :class:`AssetFile`.

        :raise AssetError: when a directive cannot be applied
        """
        return [AssetFile(*file) for file in self.env["ir.asset"]._get_asset_paths(self.name, self._params)]

    def _of_kind(self, extensions):
        return [file for file in self.files if file.extension in extensions]

    @property
    def styles(self) -> list[AssetFile]:
        """The style sheets."""
        return self._of_kind(STYLE_EXTENSIONS)

    @property
    def scripts(self) -> list[AssetFile]:
        """The JavaScript files."""
        return self._of_kind(SCRIPT_EXTENSIONS)

    def js_urls(self) -> list[str]:
        """Return the versioned URLs of all JavaScript of the bundle, in order."""
        return [asset_js.versioned_url(file) for file in self.scripts]

    def module_urls(self) -> list[str]:
        """Return the versioned URLs of the ES modules among the bundle's JavaScript, in order."""
        return [asset_js.versioned_url(file) for file in self.scripts if asset_js.is_module(file)]

    def plain_script_urls(self) -> list[str]:
        """Return the versioned URLs of the JavaScript that is no ES module, in order."""
        return [asset_js.versioned_url(file) for file in self.scripts if not asset_js.is_module(file)]

    def import_map(self, *more: str) -> dict[str, dict[str, str]]:
        """Return the import map ``{"imports": {specifier: url}}`` of a page that loads this bundle.

        :param more: names of further bundles that the page may load later
        """
        scripts = list(self.scripts)
        for name in more:
            scripts += AssetBundle(self.env, name, self._params).scripts
        return asset_js.import_map(scripts)

    def style_sheet(self) -> tuple[bytes, str]:
        """Return ``(content, hash)`` of the bundle's style sheet, without what cannot be compiled."""
        return self._compile(functools.partial(compile_styles, rtl=self.rtl), STYLE_EXTENSIONS)

    def templates(self) -> tuple[bytes, str]:
        """Return ``(content, hash)`` of the document of the bundle's templates, without those that cannot be used."""
        return self._compile(compile_templates, TEMPLATE_EXTENSIONS)

    def _compile(self, compile_files, extensions):
        problems: list = []
        result = compile_files(self._of_kind(extensions), self.name, problems)
        for problem in problems:
            if problem not in self.problems:
                _report(self.name, problem)
                self.problems.append(problem)
        return result

    def css_url(self) -> str:
        """Return the versioned URL of the style sheet."""
        return f"/web/bundle/{self.name}{'.rtl' if self.rtl else ''}.css?v={self.style_sheet()[1]}"

    def templates_url(self) -> str:
        """Return the versioned URL of the document of templates."""
        return f"/web/bundle/{self.name}.xml?v={self.templates()[1]}"


@functools.lru_cache(maxsize=1024)
def _report(bundle, problem):
    """Log what was left out, once and not with every request."""
    _logger.error("Left out of bundle %s: %s", bundle, problem)
