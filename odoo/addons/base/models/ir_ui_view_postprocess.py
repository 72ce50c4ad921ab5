"""From the combined architecture of a view to what clients receive.

The first pass does not depend on the user and is cached; :meth:`_postprocess_access_rights` then removes what
the user may not see.
"""

import functools
import json
import re

from lxml import etree

from odoo import api
from odoo.orm.overrides import original
from odoo.tools.suggestions import nearest
from odoo.tools.template_inheritance import remove_element
from odoo.tools.view_validation import get_domain_value_names
from odoo.views.former_names import type_of_today

from .ir_ui_view_names import FIELD_GROUPS, SUBVIEW_TAGS, NameManager, expressions_of

#: attribute of an added field that carries to the second pass who needs it: a list of lists of group specifications,
#: those who meet all specifications of one of the lists
_NEEDED_BY = "__needed_by__"

#: widgets of x2many fields that show the records in a way of their own
_SELF_SUFFICIENT_WIDGETS = ("many2many_", "many2one", "kanban_activity", "list_activity", "mail_", "statusbar")

_VIEW_REF = re.compile(r"""['"](?P<key>\w+_view_ref)['"]\s*:\s*['"](?P<xmlid>[\w.]+)['"]""")

#: attributes of a view's root that name fields the client reads
_ROOT_FIELDS = {
    "calendar": (
        *("date_start", "date_stop", "date_delay", "color", "all_day", "aggregate"),
        *("create_name_field", "recurrence_update"),
    ),
    "kanban": ("default_group_by", "highlight_color"),
}


class ViewPostprocess:
    """The part of ``ir.ui.view`` that prepares architectures for clients."""

    __slots__ = ()

    @api.private
    def postprocess_and_fields(self, node, model=None, **options):
        """Prepare an architecture for clients, except for what depends on the user.

        :param node: root of the combined architecture, modified
        :param model: name of the model; by default that of the view
        :param options: options of :meth:`get_views` (``mobile``, ...)
        :return: ``(architecture as text, {model name: set of field names})``
        """
        if self:
            self.ensure_one()
        model = model or self.model
        manager = self._postprocess_view(node, model, **options)
        self._postprocess_on_change(node, self.env[model])
        return etree.tostring(node, encoding="unicode").replace("\t", ""), dict(manager.fields_by_model())

    def _postprocess_view(self, node, model_name, parent=None, editable=True, **options):
        """Process one view and those embedded in it.

        :param node: root of the view
        :param parent: name manager of the view around
        :param editable: whether records can be changed in what is around
        :return: the :class:`NameManager` of the view
        """
        if model_name not in self.env:
            self._raise_view_error(f"Model {model_name!r} does not exist{nearest(model_name, self.env.registry)}", node)
        manager = NameManager(self.env[model_name].sudo(False), node, parent)
        if node.tag == "list":
            editable = editable and bool(node.get("editable") or node.get("multi_edit"))
        self._postprocess_nodes([node], manager, editable, options)
        if node.tag in SUBVIEW_TAGS:
            node.set("model_access_rights", model_name)
        return manager

    def _postprocess_nodes(self, nodes, manager, editable, options):
        """Walk through nodes and what is in them, and add the fields that they need.

        :param nodes: nodes of one view, or of a part of it with names of its own
        :param manager: the :class:`NameManager` of that part
        :param editable: whether records can be changed there
        """
        stack = [*reversed(nodes)]
        while stack:
            element = stack.pop()
            if not isinstance(element.tag, str):
                continue
            info = {
                "view_type": manager.view_type,
                "children": list(element),
                "editable": editable,
                "options": options,
            }
            process = getattr(self, f"_postprocess_tag_{element.tag}", None)
            if process:
                process(element, manager, info)
            self._postprocess_attributes(element, manager, info)
            stack.extend(reversed(info["children"]))
        self._add_missing_fields(manager)

    def _postprocess_attributes(self, node, name_manager, node_info):
        """Note which fields the expressions of a node read."""
        try:
            for use, names in expressions_of(node, name_manager.view_type):
                name_manager.must_have_fields(node, names, node_info, use)
        except ValueError as error:
            self._raise_view_error(str(error), node, from_exception=error)

    # ------------------------------------------------------------------ by tag: node_info['children'] are visited next

    def _register_field(self, node, name_manager, node_info):
        """Note the field that a node shows; return it, or ``None`` when the model has it for views only.

        :raise ValueError: when the model has no such field
        """
        name, model = node.get("name"), name_manager.model
        fields = self._fields_of(model)
        field = fields.get(name)
        if field is None and not (name and model._is_virtual_field(name)):
            self._raise_view_error(
                f"Field {name!r} does not exist in model {model._name!r}{nearest(name, fields)}", node
            )
        self._mark_field_groups(node, field)
        name_manager.has_field(node, name, node_info)
        return field

    def _mark_field_groups(self, node, field):
        """Have the second pass leave out a node for those who are not in the groups of a field's definition."""
        if field is not None and field.groups:
            node.set(FIELD_GROUPS, field.groups)

    def _postprocess_tag_field(self, node, name_manager, node_info):
        field = self._register_field(node, name_manager, node_info)
        if field is None:
            return
        comodel = field.comodel_name if field.relational else None
        if not comodel or name_manager.view_type in ("search", "searchpanel"):
            return
        options, editable = node_info["options"], node_info["editable"] and _is_editable(node, field)
        if field.type in ("one2many", "many2many") and name_manager.view_type == "form":
            self._embed_missing_view(node, field, options)
        for child in node:
            if child.tag in SUBVIEW_TAGS:
                self._postprocess_view(child, comodel, parent=name_manager, editable=editable, **options)
        node_info["children"] = [child for child in node if child.tag not in SUBVIEW_TAGS]
        if field.type in ("many2one", "many2many") and name_manager.view_type in ("form", "list", "kanban"):
            node.set("model_access_rights", comodel)
        if editable and not node.get("domain"):
            # which clients offer to choose from
            self._need_fields_of_domain(node, field, name_manager, node_info)

    def _need_fields_of_domain(self, node, field, name_manager, node_info):
        """Note which fields the domain in the definition of a field reads."""
        domain = field._description_domain(self.env) if hasattr(field, "_description_domain") else None
        if isinstance(domain, str):
            names = get_domain_value_names(domain)[1]
            known = {name for name in names if name.startswith("parent.") or name in name_manager.model._fields}
            name_manager.must_have_fields(node, known, node_info, f"domain of field {field.name}")

    def _embed_missing_view(self, node, field, options):
        """Embed the comodel's default view in a x2many field that has none a client could show."""
        widget = node.get("widget") or ""
        if widget.startswith(_SELF_SUFFICIENT_WIDGETS) or node.get("invisible") in ("1", "True"):
            return
        wanted = [type_of_today(mode.strip()) for mode in (node.get("mode") or "kanban,list").split(",")]
        present = {child.tag for child in node}
        if present.intersection(wanted):
            return
        mode = wanted[0] if node.get("mode") else ("kanban" if options.get("mobile") else "list")
        references = {f"{kind}_view_ref": None for kind in (*SUBVIEW_TAGS, "tree")}
        references.update(self._get_view_refs(node))
        comodel = self.env[field.comodel_name].sudo(False).with_context(**references)
        arch, _view = comodel._get_view(view_type=mode, **options)
        node.append(arch)

    def _get_view_refs(self, node):
        """Return the ``<type>_view_ref`` that the context of a field gives as literals."""
        text = node.get("context") or ""
        if "_view_ref" not in text:
            return {}
        return {match["key"]: match["xmlid"] for match in _VIEW_REF.finditer(text)}

    def _postprocess_tag_groupby(self, node, name_manager, node_info):
        """``<groupby>`` of a list holds fields and buttons of the record that groups."""
        name = node.get("name")
        field = name_manager.model._fields.get(name)
        if field is None or not field.comodel_name:
            self._raise_view_error(f"<groupby> needs a many2one field, {name!r} is none", node)
        name_manager.has_field(node, name, node_info)
        inner = NameManager(self.env[field.comodel_name].sudo(False), node, name_manager)
        inner.view_type = "list"
        self._postprocess_nodes(list(node), inner, False, node_info["options"])
        node_info["children"] = []

    def _postprocess_tag_searchpanel(self, node, name_manager, node_info):
        """A search panel knows what is chosen in it, not what is searched beside it."""
        inner = NameManager(name_manager.model, node, name_manager)
        self._postprocess_nodes(list(node), inner, False, node_info["options"])
        node_info["children"] = []

    def _postprocess_tag_label(self, node, name_manager, node_info):
        self._mark_field_groups(node, name_manager.model._fields.get(node.get("for")))

    def _postprocess_root(self, node, name_manager, node_info):
        """Note the fields that the attributes of a view's root name."""
        if node is not name_manager.root:
            return
        for attribute in _ROOT_FIELDS.get(node.tag, ()):
            name = (node.get(attribute) or "").split(".")[0].split(":")[0]
            if name in name_manager.model._fields:
                name_manager.has_field(node, name, node_info)

    _postprocess_tag_calendar = _postprocess_tag_kanban = _postprocess_root

    # ------------------------------------------------------------------ additions

    def _add_missing_fields(self, manager):
        """Add, invisible and for those who need them, the fields that expressions read and the view does not show."""
        if manager.view_type in ("search", "graph", "pivot", "calendar", "activity"):
            return
        # what stands in a <groupby> is no column
        hidden = "column_invisible" if manager.root.tag == "list" else "invisible"
        for name, uses in list(manager.missing_fields()):
            use, field = uses[0], manager.model._fields.get(name)
            if field is None:
                if manager.model._is_virtual_field(name):
                    continue
                self._raise_view_error(
                    f"Field {name!r} used in {use.use} does not exist in model {manager.model._name!r}"
                    f"{nearest(name, manager.model._fields)}",
                    use.node,
                )
            node = etree.SubElement(
                manager.root, "field", {"name": name, hidden: "True", "readonly": "True", "data-used-by": use.use}
            )
            self._mark_field_groups(node, field)
            needs = {use.groups for use in uses}
            if frozenset() not in needs:
                node.set(_NEEDED_BY, json.dumps(sorted(map(sorted, needs))))
            if manager.view_type == "kanban":
                manager.root.insert(0, node)
            manager.adds_field(name)

    def _postprocess_on_change(self, arch, model):
        """Mark the fields whose change concerns other fields of the view."""
        if arch.tag not in ("form", "list", "kanban"):
            return
        uses = list(self._field_uses(arch, model))
        owners = {field: owner for field, owner, _node in uses}
        concerning = {field for field, owner in owners.items() if owner._has_onchange(field, owners)}
        for field, _owner, node in uses:
            if field in concerning and not node.get("on_change"):
                node.set("on_change", "1")

    def _field_uses(self, arch, model):
        """Yield ``(field, its model, node)`` of the fields that records show, in views inside of the view as well."""
        todo = [(arch, model)]
        while todo:
            node, model = todo.pop()
            if node.tag == "field" and (field := model._fields.get(node.get("name"))) is not None:
                yield field, model, node
                if field.relational:
                    model = self.env[field.comodel_name]
            children = node.iterchildren(tag=etree.Element)
            todo.extend((child, model) for child in children if child.tag != "groupby")

    # ------------------------------------------------------------------ what depends on the user

    @original
    @api.model
    def _postprocess_access_rights(self, tree):
        """Remove what the user is not in the groups for, and tell clients what he may not do.

        :param tree: root of an architecture made by :meth:`postprocess_and_fields`, modified
        :return: ``tree``
        """
        in_groups = functools.cache(self.env.user.has_groups)
        for node in list(tree.iter(etree.Element)):
            # an attribute without groups restricts nothing
            specs = [spec for name in ("groups", FIELD_GROUPS) if (spec := node.attrib.pop(name, "").strip())]
            needs = json.loads(node.attrib.pop(_NEEDED_BY, "[]"))
            if not specs and not needs:
                continue
            needed = not needs or any(all(map(in_groups, need)) for need in needs)
            if not (needed and all(map(in_groups, specs))):
                if node.getparent() is not None:
                    remove_element(node)
            elif node.tag == "t" and not node.attrib and node.getparent() is not None:
                _unwrap(node)
        for node in tree.iter(etree.Element):
            name = node.attrib.pop("model_access_rights", None)
            if name:
                self._set_access_attributes(node, self.env[name].sudo(False))
        return tree

    def _set_access_attributes(self, node, model):
        if node.tag == "field":
            node.set("can_create", str(model.has_access("create")))
            node.set("can_write", str(model.has_access("write")))
            return
        for attribute, operation in (("create", "create"), ("delete", "unlink"), ("edit", "write")):
            if not node.get(attribute) and not model.has_access(operation):
                node.set(attribute, "False")
        if node.tag != "kanban":
            return
        field = model._fields.get(node.get("default_group_by"))
        if field is not None and field.type == "many2one":
            groups = self.env[field.comodel_name].sudo(False)
            for attribute, operation in (
                ("group_create", "create"),
                ("group_delete", "unlink"),
                ("group_edit", "write"),
            ):
                if not node.get(attribute) and not groups.has_access(operation):
                    node.set(attribute, "False")


def _is_editable(node, field):
    """Tell whether a node may let its field be changed."""
    return node.get("readonly") not in ("1", "True") if "readonly" in node.attrib else not field.readonly


def _unwrap(node):
    """Replace a node by its content."""
    children = list(node)
    previous, parent = node.getprevious(), node.getparent()
    if node.text:
        if previous is not None:
            previous.tail = (previous.tail or "") + node.text
        else:
            parent.text = (parent.text or "") + node.text
    for child in children:
        node.addprevious(child)
    remove_element(node)
