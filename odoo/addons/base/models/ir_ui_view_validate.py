"""Checks of an architecture against the models: fields, methods, actions, groups, expressions."""

import ast
import inspect
import re

from lxml import etree

from odoo import api
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL
from odoo.tools.suggestions import nearest
from odoo.tools.text import natural_number
from odoo.tools.view_validation import check_domain, get_dict_asts, get_domain_value_names

from .ir_ui_view_names import SUBVIEW_TAGS, NameManager

#: attributes of calendars that name fields, and the spans of time that they may show
_CALENDAR_FIELDS = (
    *("date_start", "date_stop", "date_delay", "color", "all_day"),
    *("create_name_field", "recurrence_update"),
)
_CALENDAR_SCALES = ["day", "week", "month", "year"]
_SPECIAL_BUTTONS = {"save", "cancel"}
#: types of fields that a search panel shows
_PANEL_TYPES = ("many2one", "many2many", "selection")
_VIEW_TAGS = SUBVIEW_TAGS | {"search"}
#: context key: (model name, field name) of the fields without which views are checked
_GONE = "view_without_fields"


def _places_of(field):
    """Return (model name, field name) of a field and of the one that it is inherited from by delegation."""
    places = {(field.model_name, field.name)}
    while field.inherited:
        field = field.related_field
        places.add((field.model_name, field.name))
    return places


class ViewValidation:
    """The part of ``ir.ui.view`` that refuses architectures clients could not use."""

    __slots__ = ()

    def _validate_view(self, node, model_name, view_type=None, editable=True, parent=None):
        """Check a view and those embedded in it.

        :param node: root of the combined architecture
        :param model_name: its model
        :param parent: name manager of the view around
        :return: the :class:`NameManager` of the view
        :raise ValidationError: naming what is wrong, where, and the nearest existing name
        """
        if model_name not in self.env:
            self._raise_view_error(f"Model {model_name!r} does not exist{nearest(model_name, self.env.registry)}", node)
        manager = NameManager(self.env[model_name], node, parent)
        self._validate_nodes([node], manager, editable)
        return manager

    def _validate_nodes(self, nodes, manager, editable):
        """Walk through nodes and what is in them: each has the checks of its tag and those of its attributes.

        :param nodes: nodes of one view, or of a part of it with names of its own
        :param manager: the :class:`NameManager` of that part, whose names are checked at the end
        :param editable: whether records can be changed in the view
        """
        stack = [*reversed(nodes)]
        while stack:
            element = stack.pop()
            if not isinstance(element.tag, str):
                continue
            info = {"view_type": manager.view_type, "children": list(element), "validate": True, "editable": editable}
            check = getattr(self, f"_validate_tag_{element.tag}", None)
            if check:
                check(element, manager, info)
            self._validate_attributes(element, manager, info)
            stack.extend(reversed(info["children"]))
        self._validate_names(manager)

    def _validate_names(self, manager):
        """Check that what expressions and labels name exists."""
        fields = self._fields_of(manager.model)
        for name, uses in manager.mandatory_fields.items():
            if name not in fields and not manager.model._is_virtual_field(name):
                use = uses[0]
                self._raise_view_error(
                    f"Field {name!r} used in {use.use} does not exist in model {manager.model._name!r}"
                    f"{nearest(name, fields)}",
                    use.node,
                )
            self._doubt_rights(manager.model, fields.get(name), uses)
        known = manager.available_names | set(manager.available_fields)
        for node in manager.labels:
            target = node.get("for")
            if target not in known:
                self._raise_view_error(
                    f'<label for="{target}"> designates neither a field of the view nor the name or id of a node'
                    f"{nearest(target, known)}",
                    node,
                )

    def _doubt_rights(self, model, field, uses):
        """Doubt the first expression that reads a field which not everybody who gets its node may read.

        :param field: field, whose groups are those of the one that it is inherited from or related to, too; or None
        :param uses: list of :class:`FieldUse`
        """
        if field is None or not field.groups:
            return
        definitions = self.env["res.groups"]._get_group_definitions()
        readers = definitions.empty
        for group_id in self.env["ir.model.access"]._get_access_groups(model._name):
            readers |= definitions.from_id(group_id) if group_id else definitions.universe
        allowed = definitions.parse(field.groups, raise_if_not_found=False)
        for use in uses:
            reached = readers
            for spec in use.groups:
                reached &= definitions.parse(spec, raise_if_not_found=False)
            if not reached <= allowed:
                self._log_view_warning(
                    f"Field {field.name!r} used in {use.use} is reserved to {field.groups}, but the node is shown to "
                    f'others, too: give it groups="{field.groups}"',
                    use.node,
                )
                return

    # ------------------------------------------------------------------ fields that are about to go

    def _fields_of(self, model):
        """Return the fields of a model by name, without those that :meth:`_check_without_fields` imagines gone."""
        gone = self.env.context.get(_GONE)
        if not gone:
            return model._fields
        return {name: field for name, field in model._fields.items() if not gone & _places_of(field)}

    @api.model
    def _check_without_fields(self, gone):
        """Check that every active view can do without fields.

        :param gone: set of (model name, field name); what other models inherit by delegation goes with them
        :raise UserError: naming a view that cannot, and why
        """
        self.flush_model(["arch_db", "active", "inherit_id", "mode"])
        pattern = "|".join(re.escape(name) for _model, name in sorted(gone))
        self.env.cr.execute(
            SQL(r"SELECT id FROM ir_ui_view WHERE active AND arch_db::text ~ %s ORDER BY id", rf"\y({pattern})\y")
        )
        views = self.sudo().with_context(load_all_views=True, lang=None).browse(id_ for [id_] in self.env.cr.fetchall())
        whole = views.browse().union(*(view._get_extended()[-1] for view in views))
        for view in views | whole._with_heirs().filtered(lambda view: view.active and view.mode == "primary"):
            error = view.with_context(**{_GONE: frozenset(gone)})._get_error()
            # a view that is broken already is no reason
            if error and not view._get_error():
                raise UserError(
                    self.env._(
                        "The view %(view)s needs %(fields)s: take that out of the view first.\n%(error)s",
                        view=view.display_name,
                        fields=", ".join(sorted(name for _model, name in gone)),
                        error=error,
                    )
                )

    def _get_error(self):
        """Return what is wrong with a view, ``None`` when it is fine."""
        try:
            self._check_view()
        except ValidationError as error:
            return error
        return None

    # ------------------------------------------------------------------ contexts, domains, paths

    def _validate_context(self, node, manager):
        """Check the context of a node, a dictionary; it may group by fields of the model."""
        text = node.get("context")
        if not text:
            return
        try:
            items = get_dict_asts(text)
        except ValueError as error:
            self._raise_view_error(f'context="{text}": {error}', node, from_exception=error)
        group_by = items.get("group_by")
        values = group_by.elts if isinstance(group_by, ast.List) else [group_by]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and manager.view_type == "search":
                for part in value.value.split(","):
                    self._check_field_path(part.strip().split(":")[0], manager.model, f'context="{text}"', node)

    def _validate_domain(self, node, text, model, use):
        """Check a domain on ``model``: the paths it searches must exist and lead to what can be searched."""
        try:
            check_domain(text)
            searched, _names = get_domain_value_names(text)
        except ValueError as error:
            self._raise_view_error(f"{use}: {error}", node, from_exception=error)
        for path in searched:
            self._check_field_path(path, model, use, node, searched=True)

    def _check_field_path(self, path, model, use, node, searched=False):
        """Check a dotted path of field names.

        :param searched: whether records are searched by the fields
        """
        for name in path.split(".") if path else ():
            if name in ("0", "1") or (model is not None and name == "id"):
                return
            fields = self._fields_of(model) if model is not None else {}
            field = fields.get(name)
            if model is not None and field is None:
                self._raise_view_error(
                    f"Field {name!r} used in {use} does not exist in model {model._name!r}{nearest(name, fields)}", node
                )
            if searched and field is not None and not field._description_searchable:
                self._raise_view_error(
                    f"Field {name!r} used in {use} is neither stored nor has a search method: it cannot be searched",
                    node,
                )
            if field is None or not field.comodel_name or field.type in ("properties", "date", "datetime"):
                return
            model = self.env[field.comodel_name]

    # ------------------------------------------------------------------ tags: node_info['children'] are visited next

    def _validate_tag_field(self, node, name_manager, node_info):
        name = node.get("name")
        if not name:
            self._raise_view_error('A <field> needs a "name"', node)
        field = self._register_field(node, name_manager, node_info)
        if field is None:
            return
        comodel = self.env[field.comodel_name] if field.relational and field.comodel_name in self.env else None
        if node.get("domain"):
            if comodel is None:
                self._raise_view_error(f"Field {name!r} is not relational: it cannot have a domain", node)
            self._validate_domain(node, node.get("domain"), comodel, f'domain="{node.get("domain")}"')
        if node.get("filter_domain"):
            self._validate_domain(
                node, node.get("filter_domain"), name_manager.model, f'filter_domain="{node.get("filter_domain")}"'
            )
        self._validate_context(node, name_manager)
        for child in node:
            if child.tag in _VIEW_TAGS:
                if comodel is None:
                    self._raise_view_error(f"Field {name!r} is not relational: it cannot hold a view", child)
                self._validate_view(child, comodel._name, parent=name_manager)
        node_info["children"] = [child for child in node if child.tag not in _VIEW_TAGS]

    def _validate_tag_button(self, node, name_manager, node_info):
        special, kind, name = node.get("special"), node.get("type"), node.get("name")
        if special and special not in _SPECIAL_BUTTONS:
            self._raise_view_error(
                f"Unknown special button {special!r}: use one of {', '.join(sorted(_SPECIAL_BUTTONS))}", node
            )
        if special:
            # what it does is known, whatever else it says
            return
        if kind in ("object", "action") and not name:
            self._raise_view_error(f'A button of type {kind!r} needs a "name"', node)
        if kind == "object":
            self._validate_method(node, name, name_manager)
        elif kind == "action":
            self._validate_action(node, name)
        self._validate_context(node, name_manager)

    def _validate_tag_a(self, node, name_manager, node_info):
        if node.get("type") in ("object", "action") and node.get("name"):
            self._validate_tag_button(node, name_manager, node_info)

    def _validate_method(self, node, name, name_manager):
        """Check that a button can call a method of the model."""
        method = getattr(type(name_manager.model), name, None)
        if method is None or not callable(method):
            methods = [
                key for key, value in inspect.getmembers(type(name_manager.model), callable) if not key.startswith("_")
            ]
            self._raise_view_error(
                f"{name!r} is not a method of model {name_manager.model._name!r}{nearest(name, methods)}", node
            )
        if name.startswith("_") or getattr(method, "_api_private", False):
            self._raise_view_error(
                f"The method {name!r} of model {name_manager.model._name!r} is private: a button cannot call it", node
            )
        try:
            inspect.signature(method).bind(self)
        except TypeError:
            self._log_view_warning(
                f"The method {name!r} of model {name_manager.model._name!r} needs arguments: a button gives none", node
            )

    def _validate_action(self, node, name):
        """Check that an action exists; the name is an id, an external id or a path."""
        actions = self.env["ir.actions.actions"].sudo()
        if name.isdecimal():
            if not actions.browse(natural_number(name)).exists():
                self._raise_view_error(f"Action with id {name} does not exist", node)
        elif "." in name:
            found = self.env["ir.model.data"]._xmlid_to_res_model_res_id(name, raise_if_not_found=False)
            if not (found[0] or "").startswith("ir.actions."):
                self._raise_view_error(f"{name!r} is not the external id of an action", node)
        elif not actions.search_count([("path", "=", name)], limit=1):
            self._raise_view_error(f"{name!r} is neither the id, the external id nor the path of an action", node)

    def _validate_tag_label(self, node, name_manager, node_info):
        if node.get("for"):
            name_manager.labels.append(node)
        elif "t-att-for" not in node.attrib and "t-attf-for" not in node.attrib:
            self._raise_view_error('A <label> needs "for"; what only looks like one has class="o_form_label"', node)

    def _validate_tag_filter(self, node, name_manager, node_info):
        if name_manager.view_type != "search":
            return
        if not node.get("name"):
            self._raise_view_error('A <filter> needs a "name"', node)
        if node.get("domain"):
            self._validate_domain(node, node.get("domain"), name_manager.model, f'domain="{node.get("domain")}"')
        date = node.get("date")
        if date:
            field = self._fields_of(name_manager.model).get(date)
            if field is None:
                self._check_field_path(date, name_manager.model, f'date="{date}"', node)
            elif field.type not in ("date", "datetime"):
                self._raise_view_error(f'date="{date}": field {date!r} is not a date', node)
        self._validate_context(node, name_manager)

    def _validate_tag_search(self, node, name_manager, node_info):
        panels = node.findall(".//searchpanel")
        if len(panels) > 1:
            self._raise_view_error("A search view holds at most one <searchpanel>", panels[1])

    def _validate_tag_searchpanel(self, node, name_manager, node_info):
        for child in node.iterchildren(etree.Element):
            if child.tag == "field" and child.get("select", "one") not in ("one", "multi"):
                self._raise_view_error(f'select="{child.get("select")}": use "one" or "multi"', child)
            field = self._fields_of(name_manager.model).get(child.get("name"))
            if child.tag == "field" and field is not None and field.type not in _PANEL_TYPES:
                self._log_view_warning(
                    f"Field {field.name!r} is of type {field.type}: the search panel shows {', '.join(_PANEL_TYPES)}",
                    child,
                )
        # domains of the panel name fields of the panel
        inner = NameManager(name_manager.model, node, name_manager)
        self._validate_nodes(list(node), inner, node_info["editable"])
        node_info["children"] = []

    def _validate_tag_groupby(self, node, name_manager, node_info):
        name = node.get("name")
        field = self._fields_of(name_manager.model).get(name)
        if field is None or field.type != "many2one":
            self._raise_view_error(
                f'<groupby name="{name}"> needs a many2one field of {name_manager.model._name!r}'
                f"{nearest(name, name_manager.model._fields)}",
                node,
            )
        name_manager.has_field(node, name, node_info)
        inner = NameManager(self.env[field.comodel_name], node, name_manager)
        inner.view_type = "list"
        self._validate_nodes(list(node), inner, node_info["editable"])
        node_info["children"] = []

    def _validate_tag_list(self, node, name_manager, node_info):
        if node is not name_manager.root:
            self._raise_view_error("A <list> stands at the root of a view or in a relational field", node)
        editable = node.get("editable")
        if editable and editable not in ("top", "bottom"):
            self._raise_view_error(f'editable="{editable}": use "top" or "bottom"', node)

    def _validate_tag_calendar(self, node, name_manager, node_info):
        for attribute in _CALENDAR_FIELDS:
            path = node.get(attribute)
            if path:
                self._check_field_path(path, name_manager.model, f'{attribute}="{path}"', node)
        if not node.get("date_start"):
            self._raise_view_error('A <calendar> needs "date_start"', node)
        limit, mode, scales = node.get("event_limit"), node.get("mode"), node.get("scales")
        if limit is not None and not limit.strip().isdecimal():
            self._raise_view_error(f'event_limit="{limit}": a number of events has digits only', node)
        offered = [scale.strip() for scale in scales.split(",")] if scales else _CALENDAR_SCALES
        if mode and mode not in offered:
            self._raise_view_error(f'mode="{mode}": this <calendar> offers {", ".join(offered)}', node)

    def _validate_tag_templates(self, node, name_manager, node_info):
        for child in node.iterchildren(etree.Element):
            if not child.get("t-name"):
                self._log_view_warning('Each template of <templates> needs a "t-name"', child)

    def _validate_tag_page(self, node, name_manager, node_info):
        if next(node.iterancestors("notebook"), None) is None:
            self._raise_view_error("A <page> stands in a <notebook>", node)
