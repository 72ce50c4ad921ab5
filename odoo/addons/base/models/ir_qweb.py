"""``ir.qweb``: rendering of templates stored as views, or given as XML."""

import logging
import math
import re
from contextlib import ExitStack, contextmanager
from urllib.parse import quote_plus, urlencode

from dateutil.relativedelta import relativedelta
from lxml import etree
from markupsafe import Markup

from odoo import api, models, tools
from odoo.exceptions import MissingError, UserError
from odoo.http import request
from odoo.modules.asset_modules import LOADER, together
from odoo.tools import config, is_html_empty, safe_eval
from odoo.tools.json import scriptsafe
from odoo.tools.profiler import qweb_collectors
from odoo.tools.safe_eval import unsafe_eval

from .assetsbundle import AssetsBundle
from .assetsbundle_scripts import BundleScripts
from .ir_qweb_cache import ROOT_VALUES, cached_pieces, key_of, write_pieces
from .ir_qweb_compile import QWebCompiler, indent_code
from .ir_qweb_runtime import CompiledTemplate, QWebException, QWebSyntaxError, template_globals
from .ir_qweb_standalone import render

__all__ = ["IrQWeb", "QWebException", "indent_code", "keep_query", "render", "unsafe_eval"]

_logger = logging.getLogger(__name__)


def keep_query(*keep_params, **additional_params):
    """Return a query string made of some parameters of the current request, and of others.

    :param keep_params: names to keep, ``*`` wildcards allowed; all of them when nothing at all is given
    :param additional_params: parameters to set
    """
    if not keep_params and not additional_params:
        keep_params = ("*",)
    parameters = {}
    if request:
        patterns = [re.compile(re.escape(name).replace(r"\*", ".*") + r"\Z") for name in keep_params]
        for name in request.httprequest.args:
            if name not in additional_params and any(pattern.match(name) for pattern in patterns):
                parameters[name] = request.httprequest.args.getlist(name)
    parameters.update(additional_params)
    return urlencode(parameters, doseq=True)


#: what templates can call, whatever their values are
_TOOLS = {
    "ceil": math.ceil,
    "datetime": safe_eval.datetime,
    "floor": math.floor,
    "image_data_uri": tools.image.image_data_uri,
    "is_html_empty": is_html_empty,
    "json": scriptsafe,
    "keep_query": keep_query,
    "quote_plus": quote_plus,
    "relativedelta": relativedelta,
    "time": safe_eval.time,
}


class IrQWeb(models.AbstractModel, QWebCompiler):
    """Template engine; templates are compiled once per language (and other cache keys) to Python functions."""

    _name = "ir.qweb"
    _description = "Qweb"

    # ------------------------------------------------------------------ rendering

    @api.model
    def _render(self, template, values=None, **options):
        """Render a template.

        :param template: id or external id of a view, or a root element
        :param dict values: names the template can use
        :param options: context keys for this rendering (``lang``, ``raise_if_not_found``, ...)
        :return: ``Markup``
        :raise QWebException: naming the template, the node and the expression at fault
        """
        values = dict(values or {})
        if values and "0" in values:
            _logger.warning('The value named "0" is reserved for the body of t-call (template %s)', template)
        if qweb_collectors():
            options["profile"] = True
        qweb = self.with_context(**options) if options else self
        try:
            compiled = qweb._compile(template)
        except (MissingError, ValueError):
            if options.get("raise_if_not_found", True) or not isinstance(template, (int, str)):
                raise
            _logger.warning("Template %s not found", template)
            return Markup()
        environment = qweb._prepare_environment(values)
        values[ROOT_VALUES] = values.copy()
        return Markup("".join(compiled(environment, values)))

    def _call_template(self, template, values, options=None):
        """Render a template called by another one, as an iterator of text.

        :param options: context keys for the called template
        """
        qweb = self.with_context(**options) if options else self
        if options and "lang" in options:
            values["lang"] = options["lang"]
            values["env"] = qweb.env
        yield from qweb._compile(template)(qweb, values)

    @contextmanager
    def _measured(self, place):
        """Let those who want to know measure a directive in a block.

        :param place: name of the template, path of the node, directive
        """
        with ExitStack() as stack:
            for collector in qweb_collectors():
                stack.enter_context(collector.measured(self.env.cr, *place))
            yield

    def _note_arch(self, ref, arch):
        """Tell those who measure templates what one looks like."""
        for collector in qweb_collectors():
            collector.archs[ref] = arch

    def _cached_part(self, place, key, function, values):
        """Write a part of a template whose text is kept under a key, as an iterator of text.

        :param place: what tells the part from those of all templates
        :param key: value of ``t-cache``; nothing is kept under a false one
        :param function: generator function that writes the part
        """
        if not key or "xml" in (config["dev_mode"] or ()):
            return function(self, values)
        # nodes for members may stand in any template that the part calls, and in values it writes
        user = self.env.user
        debug = bool(request and request.session.debug)
        own = (self.env.company.id, user._get_group_ids() if user else None, debug, values.get("csp_nonce"))
        pieces = self._cached_pieces((place, key_of(key), key_of(self._context_keys()), own), values, function)
        return write_pieces(self, values, pieces)

    @tools.ormcache("key", cache="templates.cached_values")
    def _cached_pieces(self, key, values, function):
        return cached_pieces(self, values, function)

    def _prepare_environment(self, values):
        """Add what every template can use to ``values``.

        :return: the ``ir.qweb`` on which the template runs
        """
        missing = {"true": True, "false": False}
        if not self.env.context.get("minimal_qcontext"):
            values.update(_TOOLS, env=self.env, lang=self.env.context.get("lang"), request=request or None)
            values["test_mode_enabled"] = bool(config["test_file"] or config["test_enable"])
            missing["debug"] = request.session.debug if request else ""
            missing["res_company"] = self.env.company.sudo()
            missing["user_id"] = self.env.user.with_env(self.env)
        for name in missing.keys() - values.keys():
            values[name] = missing[name]
        return self

    # ------------------------------------------------------------------ compilation

    @api.model
    def _get_template_cache_keys(self):
        """Return the context keys on which a compiled template depends."""
        return ["lang", "inherit_branding", "inherit_branding_auto", "edit_translations", "profile"]

    def _context_keys(self):
        """Return the values of the context on which a compiled template depends."""
        context = self.env.context
        keys = tuple(context.get(key) for key in self._get_template_cache_keys())
        if context.get("nsmap") or context.get("preserve_comments"):
            keys += (tuple((context.get("nsmap") or {}).items()), bool(context.get("preserve_comments")))
        return keys

    def _compile(self, template):
        """Return the compiled form of a template.

        :param template: id, external id, or element
        :return: callable ``(qweb, values) -> iterator of text``
        :raise ValueError: when there is no such template
        """
        if isinstance(template, etree._Element):
            return self._compile_uncached(template)
        if "xml" in (config["dev_mode"] or ()):
            return self._compile_uncached(template)
        return self._compile_cached(template, self._context_keys())

    @tools.ormcache("template", "keys", cache="templates")
    def _compile_cached(self, template, keys):
        return self._compile_uncached(template)

    def _compile_uncached(self, template):
        source, options, name = self._generate_code(template)
        return CompiledTemplate(source, name, options["positions"], options["ref"])

    def _generate_code(self, template):
        """Return the Python source of a template.

        :return: ``(source, options, function name)``
        """
        element, _document, ref = self._get_template(template)
        try:
            context = self.env.context
            source, name, positions = self._generate_code_from_tree(
                element,
                ref,
                nsmap=context.get("nsmap"),
                preserve_comments=context.get("preserve_comments"),
                profile=context.get("profile"),
                inline=isinstance(template, etree._Element),
            )
        except QWebSyntaxError as error:
            raise error.as_exception(ref) from error
        return source, {"positions": positions, "ref": ref}, name

    def _get_template(self, template):
        """Load a template.

        :return: ``(root element, document, ref)``
        :raise ValueError: when there is no such template
        """
        if template in (False, None, ""):
            raise UserError(self.env._("No template given to render: %r", template))
        if isinstance(template, etree._Element):
            return template, template, template.get("t-name")
        document, ref = self._load(template)
        element = document
        if isinstance(document, (str, bytes)):
            comments = self.env.context.get("preserve_comments")
            element = etree.fromstring(document, etree.XMLParser(remove_comments=not comments))
        if element.tag == "templates":
            element = next((node for node in element if node.get("t-name") == str(template)), element)
        return element, document, template if isinstance(template, str) else ref

    def _load(self, ref):
        """Return ``(architecture, name)`` of the view that a reference designates.

        :raise ValueError: when there is no such view
        """
        views = self.env["ir.ui.view"].sudo()
        view = views._get(ref)
        arch = view._get_combined_arch()
        if self.env.context.get("inherit_branding"):
            view.distribute_branding(arch)
        return arch, view.key or view.xml_id or view.id

    def _get_view_id(self, template):
        """Return the id of the view of a template.

        :raise ValueError: when there is no such view
        """
        return self.env["ir.ui.view"].sudo()._get_view_id(template)

    def __prepare_globals(self):
        """Return the names that the source of compiled templates finds, by the name under which it is known."""
        return template_globals()

    # ------------------------------------------------------------------ fields and widgets

    def _get_converter(self, name):
        """Return the model that writes values of a field type or widget."""
        model = f"ir.qweb.field.{name}"
        return self.env[model] if model in self.env else self.env["ir.qweb.field"]

    def _get_field(self, record, field_name, expression, tagName, field_options, values):
        """Write a field of a record.

        :return: ``(attributes, content, force_display)``; content is ``False`` when there is nothing to show
        :raise KeyError: when the record has no such field
        """
        field = record._fields.get(field_name)
        if field is None:
            raise KeyError(f'The model {record._name} has no field {field_name!r} (in "{expression}")')
        options = dict(field_options or {}, tagName=tagName, expression=expression)
        options["type"] = options.get("widget") or field.type
        options["inherit_branding"] = bool(self.env.context.get("inherit_branding"))
        converter = self._get_converter(options["type"])
        attributes = converter.attributes(record, field_name, options, values)
        return attributes, converter.record_to_html(record, field_name, options), options["inherit_branding"]

    def _get_widget(self, value, expression, tagName, field_options, values):
        """Write a value with a widget.

        :return: ``(attributes, content, force_display)``
        """
        options = dict(field_options or {}, tagName=tagName, expression=expression)
        widget = options.get("widget")
        if not widget:
            return {}, value, True
        options["type"] = widget
        content = self._get_converter(widget).value_to_html(value, options)
        return {"data-oe-type": widget, "data-oe-expression": expression}, content, False

    # ------------------------------------------------------------------ assets

    def _get_asset_bundle(self, bundle_name, css=True, js=True, debug_assets=False, rtl=False, assets_params=None):
        """Return the bundle of a name."""
        return AssetsBundle(
            bundle_name,
            env=self.env(su=True),
            css=css,
            js=js,
            debug_assets=debug_assets,
            rtl=rtl,
            assets_params=assets_params,
        )

    def _get_asset_content(self, bundle, assets_params=None):
        """Return the files of a bundle: ``(those that are served, addresses of others)``."""
        files = [
            {"url": file.url, "filename": file.path, "content": ""}
            for file in self._get_asset_bundle(bundle, assets_params=assets_params).files
        ]
        local = [file for file in files if file["filename"]]
        return local, [file["url"] for file in files if not file["filename"]]

    def _get_asset_nodes(self, bundle, css=True, js=True, debug=False, defer_load=False, lazy_load=False, media=None):
        """Return the nodes that load a bundle: ``(element name, attributes)``, or with a content as third item."""
        assets = self._get_asset_bundle(bundle, rtl=self.env["res.lang"]._is_right_to_left())
        nodes = []
        if css and assets.style_sheet()[0]:
            nodes.append(
                (
                    "link",
                    {
                        "type": "text/css",
                        "rel": "stylesheet",
                        "href": assets.css_url(),
                        "media": media,
                    },
                )
            )
        if js:
            source = "data-src" if lazy_load else "src"
            defer = {"defer": "defer"} if defer_load and not lazy_load else {}
            for url in assets.plain_script_urls():
                nodes.append(("script", {"type": "text/javascript", source: url, **defer}))
            nodes.extend(self._module_nodes(assets, source, debug))
        return nodes

    def _module_nodes(self, assets, source, debug):
        """Return the nodes that load the modules of a bundle; they run when the page is there.

        :param str source: attribute with the address
        """
        if not assets.modules:
            return []
        if together(debug):
            urls = [] if assets.has_loader else [LOADER]
            urls.append(assets.script_url())
            return [("script", {"type": "text/javascript", source: url, "defer": "defer"}) for url in urls]
        imports = ("script", {"type": "importmap"}, scriptsafe.dumps(assets.import_map()).__html__())
        return [imports, *(("script", {"type": "module", source: url}) for url in assets.module_urls())]

    def _get_asset_link_urls(self, bundle, debug=False):
        """Return the addresses of the files of a bundle."""
        return [
            node[1].get("href") or node[1]["src"]
            for node in self._get_asset_nodes(bundle, debug=debug)
            if "href" in node[1] or "src" in node[1]
        ]

    def _get_bundles_to_pregenarate(self):
        """Hook: ``(names of bundles with scripts, names of bundles with styles)`` to prepare before they are asked."""
        return ({"web.assets_web"}, {"web.assets_web", "web.assets_web_dark"})

    def _get_lazy_bundles_to_pregenerate(self):
        """Hook: names of the bundles with scripts for pages that run already: views, and libraries that they need."""
        names = self.env["ir.asset"]._get_bundle_names()
        return {name for name in names if name.endswith(("_lazy", "_lib"))}

    def _pregenerate_assets_bundles(self):
        """Make the scripts and style sheets of the bundles that are sure to be asked for.

        :return: their addresses
        """
        scripts, styles = self._get_bundles_to_pregenarate()
        made = []
        if together():
            made += [BundleScripts(self.env, name) for name in sorted(scripts)]
            made += [BundleScripts(self.env, name, True) for name in sorted(self._get_lazy_bundles_to_pregenerate())]
        for script in made:
            script.prepare(ahead=True)
        langs = self.env["res.lang"]._get_active_by("code").active()
        directions = sorted({lang.direction == "rtl" for lang in langs})
        sheets = [self._get_asset_bundle(name, rtl=rtl) for name in sorted(styles) for rtl in directions]
        for bundle in sheets:
            bundle.prepare()
        return [*(script.url for script in made if script.bundle.modules), *(sheet.css_url() for sheet in sheets)]
