"""Views: architectures of user interfaces and templates, stored as XML."""

import logging
import re
import uuid

from lxml import etree
from markupsafe import Markup, escape

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.modules.module import get_resource_from_path
from odoo.tools import SQL, config, file_path
from odoo.tools.suggestions import nearest
from odoo.tools.text import natural_number
from odoo.tools.translate import xml_translate
from odoo.tools.view_validation import find_misplaced, valid_view
from odoo.views.former_names import arch_of_today, type_of_today

from . import ir_ui_view_access, ir_ui_view_default, reset_view_arch_wizard  # noqa: F401  (models of this room)
from .ir_actions import VIEW_TYPES
from .ir_ui_view_attributes import COMP_REGEX, ViewAttributes  # noqa: F401  (interface)
from .ir_ui_view_errors import ViewErrors, parse_arch
from .ir_ui_view_inherit import ViewInheritance
from .ir_ui_view_names import VIEW_MODIFIERS, NameManager  # noqa: F401  (interface)
from .ir_ui_view_postprocess import ViewPostprocess
from .ir_ui_view_validate import ViewValidation
from .table_indexes import indexed

_logger = logging.getLogger(__name__)

#: attributes that visual editors put on nodes to know where they come from
MOVABLE_BRANDING = ["data-oe-model", "data-oe-id", "data-oe-field", "data-oe-xpath", "data-oe-source-id"]

_ARCH_FIELDS = ("arch", "arch_base", "arch_db")


_XMLID_REFERENCE = re.compile(r"%\((?P<xmlid>[\w.]+)\)d")


def _relative_path(filename):
    """Return a data file's path relative to the addons directory that holds it."""
    found = get_resource_from_path(filename)
    return "/".join(found[:2]) if found else filename


def get_view_arch_from_file(filepath, xmlid):
    """Read the architecture of a view from its data file.

    :param filepath: path of the file, relative to an addons directory
    :param xmlid: external id of the view
    :return: architecture as text, or ``None`` when the file does not hold the view
    """
    document = etree.parse(file_path(filepath))
    module, _, short = xmlid.rpartition(".")
    for node in document.iter("record", "template"):
        if node.get("id") not in (xmlid, short):
            continue
        if node.tag == "template":
            return _arch_of_template(node, f"{module}.{short}")
        arch = node.find("field[@name='arch']")
        if arch is None:
            return None
        children = [child for child in arch if isinstance(child.tag, str)]
        return (arch.text or "").strip() if not children else _serialize(children[0])
    return None


def _random_name():
    return uuid.uuid4().hex[:6]


def _serialize(node):
    node.tail = None
    return etree.tostring(node, encoding="unicode")


def _arch_of_template(node, xmlid):
    """Return the architecture that the data loader makes of a ``<template>`` element."""
    node.tail = None
    inherit = node.get("inherit_id")
    for name in list(node.attrib):
        del node.attrib[name]
    if inherit:
        node.tag = "data"
    else:
        node.tag = "t"
        node.set("t-name", xmlid)
    return etree.tostring(node, encoding="unicode")


def _with_archs_of_today(values, kind):
    """Return the values of a view of a type with names of today in its architecture; templates may have any tags."""
    texts = {name: values[name] for name in _ARCH_FIELDS if values.get(name)}
    texts = {name: text.decode() if isinstance(text, bytes) else text for name, text in texts.items()}
    return values | {name: text if kind == "qweb" else arch_of_today(text) for name, text in texts.items()}


@indexed("ir_ui_view_custom_user_id_ref_id", ["user_id", "ref_id"])
class ViewCustom(models.Model):
    """A user's own version of a view (boards)."""

    _name = "ir.ui.view.custom"
    _description = "Custom View"
    _order = "create_date desc"
    _rec_name = "user_id"
    _allow_sudo_commands = False

    ref_id = fields.Many2one("ir.ui.view", string="Original View", index=True, required=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="User", index=True, required=True, ondelete="cascade")
    arch = fields.Text(string="View Architecture", required=True)


@indexed("ir_ui_view_model_type_inherit_id", ["model", "inherit_id"])
class View(models.Model, ViewErrors, ViewInheritance, ViewPostprocess, ViewAttributes, ViewValidation):
    """A view; ``mode`` says whether it stands alone or extends ``inherit_id``."""

    _name = "ir.ui.view"
    _description = "View"
    _order = "priority,name,id"
    _allow_sudo_commands = False

    name = fields.Char(string="View Name", required=True)
    model = fields.Char(index=True)
    key = fields.Char(index="btree_not_null")
    priority = fields.Integer(string="Sequence", default=16, required=True)
    type = fields.Selection(
        [
            *VIEW_TYPES,
            ("search", "Search"),
            ("qweb", "QWeb"),
        ],
        string="View Type",
    )
    arch = fields.Text(
        compute="_compute_arch",
        inverse="_inverse_arch",
        string="View Architecture",
        help="The architecture to use: the stored one, or that of the data file in development mode.",
    )
    arch_base = fields.Text(
        compute="_compute_arch_base",
        inverse="_inverse_arch_base",
        string="Base View Architecture",
        help="The architecture without translations.",
    )
    arch_db = fields.Text(string="Arch Blob", translate=xml_translate)
    arch_fs = fields.Char(string="Arch Filename", help="The data file that defines the view.")
    arch_updated = fields.Boolean(string="Modified Architecture")
    arch_prev = fields.Text(string="Previous View Architecture", help="What a soft reset restores.")
    inherit_id = fields.Many2one("ir.ui.view", string="Inherited View", ondelete="restrict", index=True)
    inherit_children_ids = fields.One2many("ir.ui.view", "inherit_id", string="Views which inherit from this one")
    model_data_id = fields.Many2one(
        "ir.model.data", string="Model Data", compute="_compute_model_data_id", search="_search_model_data_id"
    )
    xml_id = fields.Char(string="External ID", compute="_compute_xml_id")
    groups_id = fields.Many2many("res.groups", "ir_ui_view_group_rel", "view_id", "group_id", string="Groups")
    mode = fields.Selection(
        [("primary", "Base view"), ("extension", "Extension View")],
        string="View inheritance mode",
        default="primary",
        required=True,
        help="An extension changes the view it inherits from; a base view that inherits starts from a copy of it.",
    )
    warning_info = fields.Html(string="Warnings", compute="_compute_warning_info", sanitize=False)
    active = fields.Boolean(default=True)
    model_id = fields.Many2one(
        "ir.model", string="Model of the view", compute="_compute_model_id", inverse="_inverse_compute_model_id"
    )

    _sql_constraints = [
        (
            "inheritance_mode",
            "CHECK (mode != 'extension' OR inherit_id IS NOT NULL)",
            "An extension view must inherit from another view.",
        ),
        ("qweb_required_key", "CHECK (type != 'qweb' OR key IS NOT NULL)", "A QWeb view must have a key."),
    ]

    # ------------------------------------------------------------------ computed fields

    @api.depends("arch_db", "arch_fs", "arch_updated")
    @api.depends_context("read_arch_from_file", "lang", "edit_translations", "check_translations")
    def _compute_arch(self):
        """Take the stored architecture, or read the data file again."""
        for view in self:
            view.arch = view._read_arch_file() or view.arch_db

    def _read_arch_file(self):
        """Return the architecture of the data file, when that is what should be used."""
        self.ensure_one()
        forced = self.env.context.get("read_arch_from_file")
        live = "xml" in (config["dev_mode"] or ()) and not self.arch_updated
        if not self.arch_fs or not (forced or live):
            return None
        xmlid = self.xml_id or self.key
        if not xmlid:
            return None
        try:
            arch = get_view_arch_from_file(self.arch_fs, xmlid)
        except (OSError, etree.XMLSyntaxError) as error:
            _logger.warning("Cannot read the view %s from %s: %s", xmlid, self.arch_fs, error)
            return None
        if arch:
            arch = self._resolve_external_ids(arch, xmlid)
        return arch_of_today(arch) if arch and self.type != "qweb" else arch

    def _resolve_external_ids(self, arch, view_xmlid):
        """Replace ``%(module.name)d`` by ids, as the data loader does."""
        module = view_xmlid.partition(".")[0]

        def resolve(match):
            name = match["xmlid"]
            return str(
                self.env["ir.model.data"]._xmlid_to_res_id(
                    name if "." in name else f"{module}.{name}", raise_if_not_found=True
                )
            )

        return _XMLID_REFERENCE.sub(resolve, arch)

    def _inverse_arch(self):
        for view in self:
            view.write({"arch": view.arch})

    def _arch_origin(self):
        """Return the values that tell where an architecture being written comes from."""
        filename = self.env.context.get("install_filename")
        if not filename:
            return {}
        return {"arch_fs": _relative_path(filename), "arch_updated": False}

    @api.depends("arch")
    @api.depends_context("read_arch_from_file")
    def _compute_arch_base(self):
        """Take the architecture in the source language."""
        for view in self:
            view.arch_base = view.with_context(lang=None).arch

    def _inverse_arch_base(self):
        for view in self:
            view.with_context(lang=None).arch = view.arch_base

    @api.depends("write_date")
    def _compute_model_data_id(self):
        """Find the external id record."""
        by_view = {data.res_id: data.id for data in reversed(self._external_id_records("res_id", "in", self.ids))}
        for view in self:
            view.model_data_id = by_view.get(view.id, False)

    def _search_model_data_id(self, operator, value):
        found = self._external_id_records("name" if isinstance(value, str) else "id", operator, value)
        return [("id", "in", found.mapped("res_id"))]

    def _external_id_records(self, *condition):
        """Return the external ids of views that meet a condition: field, operator and value."""
        external_ids = self.env["ir.model.data"].sudo()
        return external_ids.search([condition, ("model", "=", self._name)])

    def _compute_xml_id(self):
        xmlids = {key: value[0] for key, value in self.sudo()._get_external_ids().items() if value}
        for view in self:
            view.xml_id = xmlids.get(view.id, "")

    @api.depends("model")
    def _compute_model_id(self):
        """Find the model record of the model name."""
        for view in self:
            view.model_id = self.env["ir.model"].sudo()._get(view.model) if view.model else False

    def _inverse_compute_model_id(self):
        for view in self:
            view.model = view.model_id.model

    @api.depends("arch")
    def _compute_warning_info(self):
        """Check the view and keep what it complains about."""
        for view in self:
            warnings = []
            if isinstance(view.id, int) and view.arch and view.type != "qweb":
                try:
                    view.with_context(view_warnings=warnings)._check_view()
                except ValidationError as error:
                    warnings.append(str(error))
            view.warning_info = Markup("<br/>").join(escape(text) for text in dict.fromkeys(warnings))

    # ------------------------------------------------------------------ constraints

    @api.constrains("arch_db", "active")
    def _check_xml(self):
        """Refuse an architecture that does not combine, or that clients cannot use; inactive views may be anything."""
        self = self.with_context(validate_view_ids=self._ids)
        for view in self:
            if not view.arch:
                continue
            if not view.active:
                view._parse_arch()
                continue
            view.with_context(check_view_ids=[*self.env.context.get("check_view_ids", ()), *self.ids])._check_view()
        return True

    def _check_view(self):
        """Check one view: combination, shape, names.

        :raise ValidationError: see :meth:`_raise_view_error`
        """
        self.ensure_one()
        combined = self._get_combined_arch()
        if self.type == "qweb":
            return
        if self.model and self.model not in self.env:
            self._raise_view_error(f"Model {self.model!r} does not exist{nearest(self.model, self.env.registry)}")
        if combined.tag != self.type:
            self._raise_view_error(f"The root of a view of type {self.type!r} is <{self.type}>, not <{combined.tag}>")
        misplaced = find_misplaced(combined)
        if misplaced is not None:
            self._raise_view_error(f"<{misplaced.tag}> cannot stand directly in a <{combined.tag}> view", misplaced)
        if not valid_view(combined, env=self.env, model=self.model):
            self._raise_view_error(f"A registered check refuses this <{combined.tag}> view", combined)
        if self.model:
            self._validate_view(combined, self.model)

    @api.constrains("type", "groups_id", "inherit_id")
    def _check_groups(self):
        """Templates that extend others cannot be reserved to groups: they are rendered for everybody alike."""
        for view in self:
            if view.type == "qweb" and view.groups_id and view.inherit_id and view.mode != "primary":
                view._raise_view_error(
                    self.env._('A template that extends another one cannot have groups: use "groups" attributes in it')
                )

    @api.constrains("inherit_id")
    def _check_000_inheritance(self):
        """Refuse circles, whatever way they were made."""
        if self._has_cycle("inherit_id"):
            self._raise_circle()

    def _check_new_parent(self, parent_id):
        """Refuse a circle before it is written: writing an architecture combines and checks it at once."""
        if any(view.inherit_id.id != parent_id for view in self):
            parent = self.sudo().browse(int(parent_id or 0) or ()).exists()
            if parent and parent._get_ancestors() & self:
                self._raise_circle()

    def _raise_circle(self):
        raise ValidationError(
            self.env._("A view cannot inherit from itself, directly or not: %s", ", ".join(self.mapped("display_name")))
        )

    # ------------------------------------------------------------------ create, write, delete

    def _compute_defaults(self, values):
        """Return ``values`` completed with the mode that follows from ``inherit_id``."""
        if "mode" in values or "inherit_id" not in values:
            return values
        if not values["inherit_id"]:
            return {**values, "mode": "primary"}
        # views that have a parent already inherit from the new one as they did
        return values if self.inherit_id else {**values, "mode": "extension"}

    def _type_of_arch(self, values):
        """Return the type of a view being created: that of its parent, or its root tag."""
        if values.get("inherit_id"):
            return self.browse(values["inherit_id"]).type
        arch = next((values[name] for name in _ARCH_FIELDS if values.get(name)), None)
        if not arch:
            raise ValidationError(self.env._("A view needs an architecture."))
        try:
            tag = type_of_today(parse_arch(arch).tag)
        except etree.XMLSyntaxError as error:
            self._raise_unborn_error(values, f"The architecture is not well-formed XML: {error}", error)
        known = dict(self._fields["type"]._description_selection(self.env))
        if tag not in known and tag not in ("t", "data"):
            self._raise_unborn_error(values, f"Unknown view type <{tag}>{nearest(tag, known)}")
        return "qweb" if tag in ("t", "data") and not values.get("model") else tag

    def _raise_unborn_error(self, values, message, cause=None):
        """Raise an error about a view that does not exist yet."""
        context = self.env.context
        lines = [
            message,
            "View: " + ", ".join(filter(None, [values.get("name"), context.get("install_xmlid"), values.get("model")])),
        ]
        if context.get("install_filename"):
            lines.append(f"File: {_relative_path(context['install_filename'])}")
        error = ValidationError("\n".join(lines))
        error.context = {
            "view": self.browse(),
            "name": values.get("name"),
            "xmlid": context.get("install_xmlid"),
            "view.model": values.get("model"),
            "file": context.get("install_filename"),
            "line": 1,
        }
        raise error from cause

    @api.model_create_multi
    def create(self, vals_list):
        """Create views; type, name, key and mode have defaults that follow from the architecture."""
        vals_list = [self._prepare_create(values) for values in vals_list]
        self.env.registry.clear_cache("templates")
        return super().create(vals_list)

    def _prepare_create(self, values):
        """Return the values of a new view with all that follows from its architecture."""
        values = {name: value for name, value in values.items() if value or name != "arch_db"}
        kind = type_of_today(values.get("type")) or self._type_of_arch(values)
        values = _with_archs_of_today(values, kind)
        values.update(
            type=kind,
            name=values.get("name") or f"{values.get('model')} {kind}",
            arch_prev=values.get("arch_base") or values.get("arch_db") or values.get("arch"),
        )
        if kind == "qweb":
            values["key"] = values.get("key") or f"gen_key.{_random_name()}"
        if "arch" in values:
            values = {**self._arch_origin(), **values, "arch_db": values["arch"]}
            del values["arch"]
        return self.browse()._compute_defaults(values)

    def write(self, vals):
        """Write views; an architecture that does not come from a data file counts as modified."""
        vals = dict(vals)
        if vals.get("type"):
            vals["type"] = type_of_today(vals["type"])
        if any(name in vals for name in _ARCH_FIELDS):
            templates = self.filtered(lambda view: (vals.get("type") or view.type) == "qweb")
            if templates and templates != self:
                # each with its own tags, by this method alone: overrides have seen them all
                return View.write(templates, vals) and View.write(self - templates, vals)
            vals = _with_archs_of_today(vals, "qweb" if templates else None)
        if "arch_base" in vals:
            self, vals["arch"] = self.with_context(lang=None), vals.pop("arch_base")
        if "arch" in vals:
            # at once, so that the view is checked when all its values are there
            vals = {**self._arch_origin(), **vals, "arch_db": vals["arch"]}
            del vals["arch"]
        if vals.get("inherit_id"):
            self._check_new_parent(vals["inherit_id"])
        if "arch_db" in vals:
            if "arch_updated" not in vals:
                vals["arch_updated"] = not self.env.context.get("install_filename")
            if not self.env.context.get("no_save_prev") and len(self) == 1 and "arch_prev" not in vals:
                previous = self.with_context(lang=None).arch_db
                if previous and previous != vals.get("arch_db"):
                    vals["arch_prev"] = previous
        self._unlink_customizations(vals)
        vals = self._compute_defaults(vals)
        result = super().write(vals)
        self.env.registry.clear_cache("templates")
        return result

    def _unlink_customizations(self, vals):
        """Forget the users' own versions of views whose architecture changes."""
        if "arch_db" in vals and self.ids:
            self.env["ir.ui.view.custom"].sudo().search([("ref_id", "in", self.ids)]).unlink()

    def unlink(self):
        """Delete views; when a module goes, with the views that inherit from them, archived ones as well."""
        doomed = self._with_heirs() if self.env.context.get("_force_unlink") else self
        deleted = super(View, doomed).unlink()
        self.env.registry.clear_cache("templates")
        return deleted

    def _with_heirs(self):
        """Return these views and all that inherit from them, in the order in which they can be deleted."""
        family = generation = self.with_context(active_test=False)
        while generation := generation.inherit_children_ids - family:
            family |= generation
        return self.browse(reversed(family.ids))

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=None):
        """Write translations; rendered templates depend on them."""
        result = super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)
        self.env.registry.clear_cache("templates")
        return result

    def copy_data(self, default=None):
        """Copy views under a key of their own."""
        default = dict(default or {})
        vals_list = super().copy_data(default=default)
        for view, values in zip(self, vals_list, strict=True):
            if view.key and "key" not in default:
                values["key"] = f"{view.key}_{_random_name()}"
        return vals_list

    def reset_arch(self, mode="soft"):
        """Restore an architecture.

        :param mode: ``soft``: the previous one; ``hard``: that of the data file
        """
        for view in self.with_context(no_save_prev=True, lang=None):
            if arch := view._former_arch(mode):
                view.write({"arch_db": arch, "arch_updated": False})

    def _former_arch(self, mode):
        """Return the architecture that :meth:`reset_arch` restores, empty when there is none."""
        if mode == "soft":
            return self.arch_prev
        has_file = mode == "hard" and self.arch_fs
        return has_file and self.with_context(read_arch_from_file=True).arch

    def _load_records_write(self, values):
        """Update a view from a data file; what has been renamed by hand keeps its name."""
        if self.type == "qweb" and "key" in values and self.key:
            values = {name: value for name, value in values.items() if name != "key"}
        return super()._load_records_write(values)

    def _load_records_write_on_cow(self, cow_view, inherit_id, values):
        """Update a copy of a view from the data file of the original."""
        return cow_view.with_context(no_cow=True).write(dict(values, inherit_id=inherit_id))

    def _get_specific_views(self):
        """Return the copies of these views made for a particular site; base knows none."""
        self.ensure_one()
        return self.browse()

    def _create_all_specific_views(self, processed_modules):
        """Hook called after an upgrade; base has no copies to create."""

    # ------------------------------------------------------------------ look-up

    @api.private
    @api.model
    def default_view(self, model, view_type):
        """Return the id of the primary view to use for a model and type: the lowest priority.

        :return: id, or ``False``
        """
        candidates = self._search(
            [("mode", "=", "primary"), ("model", "=", model), ("type", "=", type_of_today(view_type))],
            order=self._order,
            limit=1,
        )
        return next(iter(candidates), False)

    def _is_qweb_based_view(self, view_type):
        """Is the content of such a view a template that the client renders?"""
        return view_type == "kanban"

    def _check_view_access(self):
        """Refuse views that are reserved to groups the user is not a member of.

        :raise AccessError: naming the groups
        """
        if self.env.uid == SUPERUSER_ID:
            return
        memberships = set(self.env.user._get_group_ids())
        for view in self.sudo():
            if view.groups_id and memberships.isdisjoint(view.groups_id.ids):
                raise AccessError(
                    self.env._(
                        "The view %(view)s is reserved to members of: %(groups)s",
                        view=view.key or view.name,
                        groups=", ".join(view.groups_id.mapped("display_name")),
                    )
                )

    @api.model
    @tools.ormcache(cache="templates")
    def _reserved_extensions(self):
        """Return the ids of the extensions for some groups only: they make views depend on the user."""
        views = self.sudo().with_context(active_test=False)
        return frozenset(views._search([("mode", "=", "extension"), ("groups_id", "!=", False)]))

    @api.model
    @tools.ormcache("template", "self._read_template_cache_key()", cache="templates")
    def _get_view_id(self, template):
        """Return the id of the view that a template name (or id, external id, key) designates.

        :raise ValueError: when there is none
        """
        if isinstance(template, int):
            return template
        text = str(template)
        number = natural_number(text)
        if number is not None:
            return number
        if "." not in text:
            raise ValueError(f'Invalid template name {template!r}: expected "module.name"')
        view = self.sudo().with_context(active_test=True).search([("key", "=", text)], limit=1)
        if view:
            return view.id
        model, res_id = self.env["ir.model.data"]._xmlid_lookup(text)
        if model != self._name:
            raise ValueError(f"The external id {text!r} designates a record of {model}, not a view")
        return res_id

    def _read_template_cache_key(self):
        """Return what, besides its name, determines which view a template is."""
        return tuple(self.env.context.get(key) for key in self._read_template_keys() if key != "lang")

    @api.model
    def _get(self, view_ref):
        """Return the view that an id, key or external id designates.

        :raise ValueError: when there is none
        """
        return self.browse(self._get_view_id(view_ref))

    def _read_template_keys(self):
        """Return the context keys on which the architecture of a template depends."""
        return ["lang", "inherit_branding", "edit_translations"]

    def _read_template(self, view_id):
        """Return the combined architecture of a template as text."""
        view = self.sudo().browse(view_id)
        view._check_view_access()
        tree = view._get_combined_arch()
        if self.env.context.get("inherit_branding"):
            self.distribute_branding(tree)
        return etree.tostring(tree, encoding="unicode")

    @api.model
    def render_public_asset(self, template, values=None):
        """Render a template for a client that asks for it by name; the view must be accessible.

        :raise AccessError: when the view is reserved to others
        """
        view = self._get(template)
        view._check_view_access()
        return view.sudo()._render_template(template, values)

    def _render_template(self, template, values=None):
        """Render a template."""
        return self.env["ir.qweb"]._render(template, values)

    # ------------------------------------------------------------------ checks of many views

    @api.model
    def _validate_custom_views(self, model):
        """Check the views of a model that no data file defines.

        :return: ``True`` when they are all fine
        """
        self.env.cr.execute(
            SQL(
                """
            SELECT max(v.id) FROM ir_ui_view v
              LEFT JOIN ir_model_data md ON md.model = 'ir.ui.view' AND md.res_id = v.id
             WHERE md.module IS NULL AND v.model = %s AND v.active
             GROUP BY coalesce(v.inherit_id, v.id)
            """,
                model,
            )
        )
        views = self.browse(row[0] for row in self.env.cr.fetchall())
        return views.with_context(load_all_views=True)._check_xml()

    @api.model
    def _validate_module_views(self, module):
        """Check the views of a module; complain in the log.

        :raise ValidationError: at the first view that is not fine
        """
        prefix = f"{module}."
        names = [xmlid[len(prefix) :] for xmlid in self.pool.loaded_xmlids if xmlid.startswith(prefix)]
        if not names:
            return
        data = (
            self.env["ir.model.data"]
            .sudo()
            .search([("module", "=", module), ("model", "=", self._name), ("name", "in", names)])
        )
        for view in self.browse(data.mapped("res_id")).exists():
            view._check_xml()
