"""Asset bundles: what a page of the web client is made of.

A page gets one script with all modules, one style sheet and one document of templates per bundle. For authors, and
where no compiler is installed, modules are served one by one, as they are, and a page gets an import map for them.
"""

from __future__ import annotations

import functools
import logging
import os
from typing import Any

from odoo.orm.environment import Environment
from odoo.tools.lru import LRU

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

#: end of the names of bundles that pages of the client load later: of views, of dialogs, and of what addons bring
_LATER = "_backend_lazy"
#: file that says what the variables of style sheets are; a bundle without it cannot have style sheets that use them
_VARIABLES = "/web/static/src/scss/primary_variables.scss"
#: end of the names of bundles that have other colours, and the same templates
_DARK = "_dark"
#: page that loads them
PAGE = "web.assets_web"
#: documents of templates, and messages about them, by what they were made of
_documents: LRU = LRU(64)
#: start of the addresses of the client's own files
_CLIENT = "/web/"
#: libraries that every page has: scripts for pages that run already do without
_PRESENT = ("@odoo/owl", "luxon")

__all__ = ["PAGE", "AssetBundle", "AssetError", "AssetFile", "later_bundles"]


def later_bundles(env: Environment) -> tuple[str, ...]:
    """Return the names of the bundles that pages load when something of them is needed."""
    return tuple(name for name in env["ir.asset"]._get_bundle_names() if name.endswith(_LATER))


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
        return _select([*self.brought, *self.files], extensions)

    @property
    def styles(self) -> list[AssetFile]:
        """The style sheets; those that were brought come last, behind the variables that they use."""
        own = _select(self.files, STYLE_EXTENSIONS)
        has_variables = any(file.url == _VARIABLES for file in own)
        return [*own, *(_select(self.brought, STYLE_EXTENSIONS) if has_variables else ())]

    @property
    def in_dark(self) -> AssetBundle | None:
        """The bundle with the styles of this one for dark pages, where it comes later than the page."""
        return AssetBundle(self.env, f"{self.name}{_DARK}", self._params, self.rtl) if self.is_later else None

    @property
    def is_later(self) -> bool:
        """Whether pages of the client load the bundle when something of it is needed."""
        return self.name.endswith(_LATER)

    @property
    def scripts(self) -> list[AssetFile]:
        """The JavaScript files, without those that were brought."""
        return _select(self.files, SCRIPT_EXTENSIONS)

    @functools.cached_property
    def _others_later(self):
        """The bundles that come later, but for this one."""
        names = (name for name in later_bundles(self.env) if name != self.name)
        return [AssetBundle(self.env, name, self._params) for name in names]

    @functools.cached_property
    def brought(self) -> list[AssetFile]:
        """Files of other bundles that come later: modules that those of this one import, and what is beside them.

        A component has its template and its styles in its own directory; whoever imports it shows it.
        """
        own = self.scripts
        if not any(map(asset_js.is_module, own)):
            return []
        later = [file for bundle in self._others_later for file in bundle.files]
        modules = asset_js.needed_with_patches(own, _select(later, SCRIPT_EXTENSIONS))
        folders = {_folder(file) for file in modules}
        known = {file.url for file in self.files}
        beside = {
            file.url: file
            for file in _select(later, STYLE_EXTENSIONS + TEMPLATE_EXTENSIONS)
            if file.url not in known and _folder(file) in folders
        }
        return [*modules, *beside.values()]

    @functools.cached_property
    def modules(self) -> list[asset_modules.Module]:
        """The ES modules of the bundle, in order; those that were brought come between the client's and the addons'.

        Patches of addons come after those that were brought, and these find what the client puts first on each page.
        """
        own, brought = self.scripts, _select(self.brought, SCRIPT_EXTENSIONS)
        place = next((place for place, file in enumerate(own) if not file.url.startswith(_CLIENT)), len(own))
        return asset_modules.modules_of([*own[:place], *brought, *own[place:]])

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
        problems: list[str] = []
        result = compile_styles(self.styles, self.name, problems, rtl=self.rtl, icons=icons)
        self._note(problems)
        return result

    def templates(self) -> tuple[bytes, str]:
        """Return ``(content, hash)`` of the document of the bundle's templates, without those that cannot be used."""
        own = self._of_kind(TEMPLATE_EXTENSIONS)
        page, later = self._templates_around(own) if own else ([], [])
        state = (self.name, _state(own), _state(page), _state(later))
        known = _documents.get(state)
        if known is None:
            problems: list[str] = []
            result = compile_templates(own, self.name, problems, page_files=page, lazy_files=later)
            known = _documents[state] = (result, problems)
        self._note(known[1])
        return known[0]

    def _templates_around(self, own):
        """Return the templates of the page that loads the bundle, and those that this page loads later."""
        is_later = self.name.removesuffix(_DARK).endswith(_LATER)
        page = [AssetBundle(self.env, PAGE, self._params)] if is_later else []
        known = {file.url for file in own}
        files = _select((file for bundle in (*page, *self._others_later) for file in bundle.files), TEMPLATE_EXTENSIONS)
        around = [file for file in files if file.url not in known]
        return (around, []) if is_later else ([], around)

    def _note(self, problems):
        """Have what was left out logged, and told by the page."""
        for problem in problems:
            if problem not in self.problems:
                _report(self.name, problem)
                self.problems.append(problem)

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


def _select(files, extensions):
    return [file for file in files if file.extension in extensions]


def _folder(file):
    return file.url.rpartition("/")[0]


def _state(files):
    """Return what changes whenever one of some files does."""
    return tuple((file.url, file.path and os.stat(file.path).st_mtime_ns) for file in files)


@functools.lru_cache(maxsize=1024)
def _report(bundle, problem):
    """Log what was left out, once and not with every request."""
    _logger.error("Left out of bundle %s: %s", bundle, problem)
