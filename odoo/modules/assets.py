"""Asset bundles: what a page of the web client is made of.

A page gets one script with all modules, one style sheet and one document of templates per bundle. For authors, and
where no compiler is installed, modules are served one by one, as they are, and a page gets an import map for them.
"""

from __future__ import annotations

import functools
import logging
from typing import Any

from odoo.orm.environment import Environment

from . import asset_encodings, asset_js, asset_modules
from .asset_css import compile_styles
from .asset_icons import Icons
from .asset_paths import (
    SCRIPT_EXTENSIONS,
    STYLE_EXTENSIONS,
    TEMPLATE_EXTENSIONS,
    AssetError,
    AssetFile,
    left_out,
)
from .asset_templates import compile_templates
from .paths import get_module_path

_logger = logging.getLogger("odoo.addons.base.models.assetsbundle")

#: bundle with the views that are loaded when the first one of them is opened
LAZY_VIEWS = "web.assets_backend_lazy"
#: end of the names of bundles that pages of the client load later: of views, and of what addons bring
_LATER = ".assets_backend_lazy"
#: end of the names of bundles that have other colours, and the same templates
_DARK = "_dark"
#: page that loads them
PAGE = "web.assets_web"
#: libraries that every page has: scripts for pages that run already do without
_PRESENT = ("@odoo/owl", "luxon")

__all__ = ["LAZY_VIEWS", "PAGE", "AssetBundle", "AssetError", "AssetFile"]


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

    @property
    def has_templates(self) -> bool:
        """Whether there are templates in the bundle."""
        return bool(self._of_kind(TEMPLATE_EXTENSIONS))

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

    @functools.cached_property
    def modules(self) -> list[asset_modules.Module]:
        """The ES modules of the bundle, in order, after those of bundles that come later that they import."""
        own = self.scripts
        if self.name.endswith(_LATER) or not any(map(asset_js.is_module, own)):
            return asset_modules.modules_of(own)
        names = [name for name in self.env["ir.asset"]._get_bundle_names() if name.endswith(_LATER)]
        later = [file for name in names for file in AssetBundle(self.env, name, self._params).scripts]
        return asset_modules.modules_of([*asset_js.needed(own, later), *own])

    def script_url(self, lazy: bool = False) -> str:
        """Return the address of the script that all modules of the bundle are in; it changes with any of them.

        :param lazy: whether the script is for pages that run already, which have Owl and Luxon
        """
        name = f"{self.name}.modules{'.lazy' if lazy else ''}.min.js"
        return self.env["ir.asset"]._get_asset_bundle_url(name, asset_modules.version(self.modules), self._params)

    @property
    def has_loader(self) -> bool:
        """Whether the bundle itself has the loader that scripts of modules need."""
        return any(file.url == asset_modules.LOADER for file in self.scripts)

    def script(self, lazy: bool = False) -> tuple[str, str]:
        """Return the script that all modules of the bundle are in, and its source map.

        :param lazy: as in :meth:`script_url`
        """
        source_map = f"{self.script_url(lazy).rpartition('/')[2]}.map"
        problems: list = []
        result = asset_modules.script(self.modules, problems, source_map, _PRESENT if lazy else ())
        for problem in problems:
            _report(self.name, problem)
        return result

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
        problems: list[str] = []
        for name in more:
            with left_out(problems):
                scripts += AssetBundle(self.env, name, self._params).scripts
        for problem in problems:
            _report(self.name, problem)
        return asset_js.import_map(scripts)

    def style_sheet(self) -> tuple[bytes, str]:
        """Return ``(content, hash)`` of the bundle's style sheet, without what cannot be compiled."""
        icons = Icons(path for name in self.env.registry._init_modules if (path := get_module_path(name)))
        return self._compile(functools.partial(compile_styles, rtl=self.rtl, icons=icons), STYLE_EXTENSIONS)

    def templates(self) -> tuple[bytes, str]:
        """Return ``(content, hash)`` of the document of the bundle's templates, without those that cannot be used."""
        compile_own = functools.partial(
            compile_templates,
            page_files=self._templates_of(PAGE, LAZY_VIEWS),
            lazy_files=self._templates_of(LAZY_VIEWS, PAGE),
        )
        return self._compile(compile_own, TEMPLATE_EXTENSIONS)

    def _templates_of(self, name, for_bundle):
        """Return the templates of a bundle where this is the one that they concern, or its dark variant."""
        if self.name.removesuffix(_DARK) != for_bundle:
            return []
        return AssetBundle(self.env, name, self._params)._of_kind(TEMPLATE_EXTENSIONS)

    def _compile(self, compile_files, extensions):
        problems: list = []
        result = compile_files(self._of_kind(extensions), self.name, problems)
        for problem in problems:
            if problem not in self.problems:
                _report(self.name, problem)
                self.problems.append(problem)
        return result

    def prepare(self) -> None:
        """Make the style sheet and the document of templates, and their compressed forms, before a page asks."""
        for extension, (content, key) in (("css", self.style_sheet()), ("xml", self.templates())):
            asset_encodings.prepare(content, f"{key}.{extension}")

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
