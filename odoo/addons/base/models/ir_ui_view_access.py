"""Views as seen from models: the methods clients call to get them."""

import collections

from lxml import etree

from odoo import SUPERUSER_ID, api, models, tools
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import frozendict
from odoo.tools.suggestions import nearest
from odoo.views.former_names import type_of_today

from .ir_ui_view_names import SUBVIEW_TAGS

#: what :meth:`fields_get` tells clients about the fields of views
_FIELD_ATTRIBUTES = [
    "aggregator",
    "change_default",
    "context",
    "currency_field",
    "definition_record",
    "definition_record_field",
    "digits",
    "domain",
    "groupable",
    "groups",
    "help",
    "model_field",
    "name",
    "readonly",
    "related",
    "relation",
    "relation_field",
    "required",
    "searchable",
    "selection",
    "size",
    "sortable",
    "store",
    "string",
    "translate",
    "trim",
    "type",
]


class BaseViews(models.AbstractModel):
    """Views of every model."""

    _inherit = "base"

    # ------------------------------------------------------------------ get_views

    @api.model
    @api.readonly
    def get_views(self, views, options=None):
        """Return what a client needs to show views of the model.

        :param views: list of ``[view id or False, view type]``
        :param options: ``toolbar`` (add bound actions), ``load_filters``, ``action_id``, ``embedded_action_id``,
            ``embedded_parent_res_id``, ``mobile``
        :return: ``{'views': {type: view}, 'models': {model: {'fields': ...}}}``
        """
        options = options or {}
        wanted = {type_of_today(view_type): view_id for view_id, view_type in views}
        result = {
            "views": {view_type: self.get_view(view_id, view_type, **options) for view_type, view_id in wanted.items()}
        }
        fields_by_model = collections.defaultdict(set)
        for view in result["views"].values():
            for model, names in view.pop("models").items():
                fields_by_model[model].update(names)
        result["models"] = {}
        for model_name, names in fields_by_model.items():
            model = self.env[model_name]
            attributes = model._get_view_field_attributes()
            result["models"][model_name] = {"fields": model.fields_get(sorted(names), attributes=attributes)}
        if options.get("toolbar"):
            self._add_toolbars(result["views"])
        search_view = result["views"].get("search")
        if search_view and options.get("load_filters"):
            place = map(options.get, ("action_id", "embedded_action_id", "embedded_parent_res_id"))
            search_view["filters"] = self.env["ir.filters"].get_filters(self._name, *place)
        return result

    def _add_toolbars(self, views):
        """Add to each view the actions and reports that are bound to the model."""
        bindings = self.env["ir.actions.actions"].get_bindings(self._name)
        for view_type, view in views.items():
            toolbar = view["toolbar"] = {}
            if view_type == "search":
                continue
            for binding_type, key in (("report", "print"), ("action", "action")):
                actions = [
                    action
                    for action in bindings.get(binding_type, ())
                    if view_type in (action.get("binding_view_types") or view_type).split(",")
                ]
                if actions:
                    toolbar[key] = actions

    @api.model
    def _get_view_field_attributes(self):
        """Return the names of the field attributes that clients get."""
        return list(_FIELD_ATTRIBUTES)

    @api.model
    def _get_view_fields(self, view_type, models):
        """Complete the fields a view shows with those its type always needs.

        :param models: ``{model name: set of field names}``
        :return: ``models``
        """
        own = models.setdefault(self._name, set())
        if view_type in ("kanban", "list", "form"):
            for names in models.values():
                names.update(("id", "write_date"))
        elif view_type == "search":
            own.update(self._fields)
        elif view_type == "graph":
            own.update(name for name, field in self._fields.items() if field.type in ("integer", "float", "monetary"))
        elif view_type == "pivot":
            own.update(name for name, field in self._fields.items() if field._description_groupable(self.env))
        return {
            name: {
                field for field in names if field in self.env[name]._fields or self.env[name]._is_virtual_field(field)
            }
            for name, names in models.items()
        }

    # ------------------------------------------------------------------ one view

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Return the combined architecture of a view of the model.

        :param view_id: id, or ``None`` for the view that the context (``<type>_view_ref``) or the priorities choose
        :param view_type: type, when there is no id
        :return: ``(root element, view record)``; the record is empty for a made-up view
        :raise UserError: for a view type nobody can make up
        """
        views = self.env["ir.ui.view"].sudo().browse()
        view_id = view_id or self._find_view_id(view_type)
        if view_id:
            view = views.browse(int(view_id))
            view._check_view_access()
            return view._get_combined_arch(), view
        make = getattr(self, f"_get_default_{view_type}_view", None)
        if make is None:
            known = [value for value, _label in views._fields["type"].selection]
            raise UserError(
                self.env._(
                    "The model %(model)s has no view of type %(type)s and none can be made up",
                    model=self._name,
                    type=view_type,
                )
                + nearest(view_type, known)
            )
        return make(), views

    def _find_view_id(self, view_type):
        """Return the id of the view to use by default, or ``False``."""
        views = self.env["ir.ui.view"].sudo()
        reference = self.env.context.get(f"{view_type}_view_ref")
        if not reference and view_type == "list":
            reference = self.env.context.get("tree_view_ref")
        if reference:
            if "." in reference:
                found = self.env["ir.model.data"].sudo()._xmlid_to_res_model_res_id(reference)
                view = views.browse(int(found[1])) if found[0] == "ir.ui.view" else views
                if view and view.type == view_type and view.model in (self._name, False):
                    return view.id
            else:
                raise UserError(
                    self.env._(
                        '%(key)s in the context should be "module.name", not %(value)r',
                        key=f"{view_type}_view_ref",
                        value=reference,
                    )
                )
        return views.default_view(self._name, view_type)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        """Return what the prepared view depends on, apart from the user's rights."""
        references = tuple(
            (key, value)
            for key, value in sorted(self.env.context.items(), key=lambda item: str(item[0]))
            if isinstance(key, str) and key.endswith("_view_ref") and value
        )
        groups = ()
        if self.env["ir.ui.view"].sudo()._reserved_extensions():
            groups = tuple(sorted(self.env.user._get_group_ids()))
        return (view_id, view_type, bool(options.get("mobile")), self.env.lang, references, groups)

    @api.model
    @tools.conditional(
        "xml" not in (tools.config["dev_mode"] or ()),
        tools.ormcache("self._get_view_cache_key(view_id, view_type, **options)", cache="templates"),
    )
    def _get_view_cache(self, view_id=None, view_type="form", **options):
        """Return a view prepared for clients, except for the user's rights; do not modify the result."""
        root, view = self._get_view(view_id, view_type, **options)
        arch, shown = view.postprocess_and_fields(root, self._name, **options)
        needed = self._get_view_fields(view_type or view.type, shown).items()
        field_names = frozendict((model, tuple(sorted(names))) for model, names in needed)
        return frozendict(id=view.id, model=self._name, models=field_names, arch=arch)

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Return one view, ready for a client of the current user.

        :param int view_id: the view, that of the type by default
        :return: dict with ``arch``, ``id``, ``model`` and ``models`` (``{model: field names}``)
        :raise AccessError: when the user may not read the model
        :raise UserError: ``view_id`` is no id
        """
        self.browse().check_access("read")
        if view_id and (not isinstance(view_id, int) or isinstance(view_id, bool)):
            raise UserError(
                self.env._(
                    "A view of %(model)s is asked for by its id, not by %(given)r.", model=self._name, given=view_id
                )
            )
        prepared = self._get_view_cache(view_id or None, type_of_today(view_type), **options)
        arch, tag = self._arch_for_user(prepared["arch"])
        if title := self.view_header_get(prepared["id"], tag):
            root = etree.fromstring(arch)
            root.set("string", title)
            arch = etree.tostring(root, encoding="unicode")
        return {**prepared, "models": {**prepared["models"]}, "arch": arch}

    def _arch_for_user(self, arch):
        """Return the architecture for the rights of the user, and its tag.

        :param arch: text of an architecture for everybody
        """
        views, user = self.env["ir.ui.view"], self.env.user
        if "_postprocess_access_rights" not in views._plans.overrides:
            rights = user._get_group_ids(), self.env.uid == SUPERUSER_ID, bool(request and request.session.debug)
            found, tag, names = self._arch_for_rights(arch, *rights)
            # fast path of _postprocess_access_rights(): users with the same groups may do the same
            if not any("_check_access" in self.env[name]._plans.overrides for name in names):
                return found, tag
        root = views._postprocess_access_rights(etree.fromstring(arch))
        return etree.tostring(root, encoding="unicode"), root.tag

    @tools.ormcache("arch", "groups", "superuser", "debug", cache="templates.cached_values")
    def _arch_for_rights(self, arch, groups, superuser, debug):
        """Return the architecture for users with these groups, its tag, and the models whose access rights it tells."""
        root = etree.fromstring(arch)
        names = {node.get("model_access_rights") for node in root.iter(etree.Element)} - {None}
        root = self.env["ir.ui.view"]._postprocess_access_rights(root)
        return etree.tostring(root, encoding="unicode"), root.tag, tuple(names)

    @api.model
    def view_header_get(self, view_id=None, view_type="form"):
        """Hook: title of a view instead of the one it has.

        :return: text or ``False``
        """
        return False

    @api.model
    def get_empty_list_help(self, help_message):
        """Hook: what a list without records says.

        :param help_message: the ``help`` of the action
        """
        return help_message

    # ------------------------------------------------------------------ actions on records

    def get_formview_id(self, access_uid=None):
        """Return the id of the form view for the record, or ``False`` for the default.

        :param access_uid: the user who will see it
        """
        return False

    def get_formview_action(self, access_uid=None):
        """Return the action that opens the record in a form.

        :param access_uid: the user who will open it
        """
        view_id = self.sudo().get_formview_id(access_uid=access_uid)
        return self._window_action(view_type="form", view_mode="form", views=[(view_id, "form")], res_id=self.id)

    def _window_action(self, **values):
        """Return an action on the model, in the place of what is shown now and in the same context."""
        return {
            "type": "ir.actions.act_window",
            "target": "current",
            "context": {**self.env.context},
            "res_model": self._name,
            **values,
        }

    def _get_access_action(self, access_uid=None, force_website=False):
        """Return the action that shows the record to a user, who may not be one of the back end.

        :param access_uid: the user, by default the current one
        :param force_website: prefer a page of a site
        """
        self.ensure_one()
        return self.get_formview_action(access_uid=access_uid)

    def _get_records_action(self, **kwargs):
        """Return the action that opens these records: a form for one, a list for several.

        :param kwargs: keys of the action that replace the computed ones
        """
        form = (self[:1].get_formview_id(), "form")
        if len(self) == 1:
            shown = {"view_mode": "form", "views": [form], "res_id": self.id}
        else:
            shown = {"view_mode": "list,form", "views": [(False, "list"), form], "domain": [("id", "in", self.ids)]}
        return self._window_action(**{**shown, **kwargs})

    # ------------------------------------------------------------------ specifications

    @api.model
    def _get_fields_spec(self, view_info=None):
        """Return the fields of a form view as a specification for :meth:`onchange` and ``web_read``.

        :param view_info: result of :meth:`get_view`; by default that of the default form view
        :return: ``{field name: {'fields': ..., 'context': ...}}``
        """
        if view_info is None:
            view_info = self.get_view()
        return self._fields_spec_of(etree.fromstring(view_info["arch"]))

    def _fields_spec_of(self, node):
        spec = {}
        stack = list(reversed(node))
        while stack:
            child = stack.pop()
            if not isinstance(child.tag, str):
                continue
            if child.tag != "field":
                stack.extend(reversed(child))
                continue
            name = child.get("name")
            field = self._fields[name]
            entry = spec.setdefault(name, {})
            if field.type in ("one2many", "many2many"):
                comodel = self.env[field.comodel_name]
                for view in child:
                    if view.tag in SUBVIEW_TAGS:
                        for key, value in comodel._fields_spec_of(view).items():
                            entry.setdefault("fields", {}).setdefault(key, value)
            elif field.type == "many2one":
                entry.setdefault("fields", {"display_name": {}})
        return spec
