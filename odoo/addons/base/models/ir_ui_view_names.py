"""Bookkeeping of one view: which fields it shows, which names its expressions need."""

import collections

from odoo.tools.view_validation import get_domain_value_names, get_expression_field_names

#: conditions that clients evaluate on the values of a record
MODIFIERS = ("invisible", "readonly", "required")
VIEW_MODIFIERS = ("column_invisible", *MODIFIERS)

#: root tags of the views that can stand inside of a relational field
SUBVIEW_TAGS = frozenset({"form", "list", "graph", "kanban", "calendar", "pivot", "activity"})

#: attribute that carries the groups of a field's definition from the first pass over a view to the second
FIELD_GROUPS = "__field_groups__"

#: one use of a field by an expression
FieldUse = collections.namedtuple("FieldUse", "node use groups")


class NameManager:
    """The names one view has and needs.

    :ivar model: empty recordset of the view's model
    :ivar root: root element of the view
    :ivar view_type: its tag
    :ivar parent: the manager of the view in which this one is embedded, or ``None``
    """

    def __init__(self, model, root, parent=None):
        self.model = model
        self.root = root
        self.view_type = root.tag
        self.parent = parent
        self.children = []
        self.available_fields = collections.defaultdict(list)
        self.available_names = set()
        self.mandatory_fields = collections.defaultdict(list)
        self.labels = []
        if parent is not None:
            parent.children.append(self)

    def has_field(self, node, name, info=None):
        """Note that a node of the view shows a field, or has the client read it.

        :param info: what is known about the node (see ``node_info`` of the handlers of tags)
        """
        self.available_fields[name].append(groups_around(node))

    def adds_field(self, name):
        """Note that the view has got a field for everybody who needs it."""
        self.available_fields[name].append(frozenset())

    def has_name(self, name):
        """Note the ``name`` or ``id`` of a node."""
        if name:
            self.available_names.add(name)

    def must_have_fields(self, node, names, node_info, use):
        """Note that an expression reads fields.

        :param node: the node that carries the expression
        :param names: field names; ``parent.x`` concerns the view around this one
        :param node_info: what is known about the node
        :param use: the expression, for messages
        """
        for name in names:
            if name.startswith("parent."):
                if self.parent is not None:
                    self.parent.must_have_fields(node, [name[len("parent.") :]], node_info, use)
            else:
                self.mandatory_fields[name].append(FieldUse(node, use, groups_around(node)))

    def missing_fields(self):
        """Yield ``(name, uses)`` for the fields that expressions read: the uses by those who do not get the field."""
        for name, uses in self.mandatory_fields.items():
            if name == "id":
                continue
            available = self.available_fields.get(name, ())
            field = self.model._fields.get(name)
            # nobody gets a field without being in the groups of its definition
            own = {field.groups} if field is not None and field.groups else set()
            missing = [use for use in uses if not any(groups <= use.groups | own for groups in available)]
            if missing:
                yield name, missing

    def fields_by_model(self, result=None):
        """Return ``{model name: set of field names}`` of this view and those embedded in it."""
        result = collections.defaultdict(set) if result is None else result
        result[self.model._name].update(self.available_fields)
        for child in self.children:
            child.fields_by_model(result)
        return result


def groups_around(node):
    """Return the group specifications of a node, of its field, and of what is around it in the same view tree."""
    specs = set()
    while node is not None:
        specs.update(filter(None, (node.get("groups"), node.get(FIELD_GROUPS))))
        node = node.getparent()
    return frozenset(specs)


def expressions_of(node, view_type):
    """Yield ``(use, names)`` for each expression of a node that reads values of the record.

    :raise ValueError: when an expression is not valid; the message tells the attribute
    """
    if view_type == "search":
        return
    for attribute, text in node.attrib.items():
        if not text:
            continue
        try:
            if attribute in MODIFIERS or attribute.startswith("decoration-"):
                names = get_expression_field_names(text)
            elif attribute == "column_invisible":
                names = {name for name in get_expression_field_names(text) if name.startswith("parent.")}
            elif attribute == "context" and node.tag in ("field", "button", "a", "create"):
                names = get_expression_field_names(text)
            elif attribute == "domain" and node.tag == "field":
                names = get_domain_value_names(text)[1]
            else:
                continue
        except ValueError as error:
            raise ValueError(f'{attribute}="{text}": {error}') from error
        yield f'{attribute}="{text}"', names
