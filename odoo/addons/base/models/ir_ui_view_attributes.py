"""Checks of the attributes that nodes of views may have, whatever their tag."""

import functools
import re

from odoo.tools.suggestions import nearest
from odoo.tools.view_validation import get_expression_field_names
from odoo.views.accessibility import accessibility_doubts

from .ir_ui_view_names import expressions_of

#: the component of the client that renders a template: nothing that comes from the database may touch it
COMP_REGEX = re.compile(r"\b__comp__\b")

#: directives of templates that views may use; ``t-att`` and what begins with it is allowed besides
_DIRECTIVES = frozenset(
    f"t-{name}"
    for name in (
        *("if", "elif", "else", "foreach", "as", "key", "set", "value", "esc", "out", "call", "name"),
        *("debug", "translation"),
    )
)

_REMOVED = {
    "attrs": "write the conditions in the attributes invisible, readonly, required and column_invisible",
    "states": "write a condition on the state in the attribute invisible",
}
_WITH_REMOVED = ("field", "button", "group", "page", "div", "a", "label")

#: attributes, and the method that checks them: of the node, the name and value of the attribute, the names of the view
_CHECKS = [
    ("attrs|states", "_validate_removed_attribute"),
    ("col|colspan", "_validate_number_of_columns"),
    ("(t-att-|t-attf-)?data-tooltip(-template|-info)?", "_validate_tooltip_attribute"),
    ("t-.*", "_validate_directive"),
    ("id|name", "_validate_name_attribute"),
    ("groups", "_validate_groups"),
    ("context|domain|filter_domain|invisible", "_validate_search_expression"),
]


@functools.lru_cache(maxsize=1024)
def _checks_of(attribute):
    """Return the names of the methods that check an attribute."""
    return [method for pattern, method in _CHECKS if re.fullmatch(pattern, attribute)]


class ViewAttributes:
    """The part of ``ir.ui.view`` that checks attributes."""

    __slots__ = ()

    def _validate_attributes(self, node, name_manager, node_info):
        """Check the attributes of a node, and doubt those that some people cannot do with."""
        for attribute, text in node.attrib.items():
            for check in _checks_of(attribute):
                getattr(self, check)(node, attribute, text, name_manager)
        try:
            for use, names in expressions_of(node, name_manager.view_type):
                name_manager.must_have_fields(node, names, node_info, use)
        except ValueError as error:
            self._raise_view_error(str(error), node, from_exception=error)
        for doubt in accessibility_doubts(node):
            self._log_view_warning(doubt, node)

    def _validate_removed_attribute(self, node, attribute, text, name_manager):
        if node.tag in _WITH_REMOVED:
            self._raise_view_error(f"The attribute {attribute!r} no longer exists: {_REMOVED[attribute]}", node)

    def _validate_number_of_columns(self, node, attribute, text, name_manager):
        if not text.isdecimal():
            self._raise_view_error(f'{attribute}="{text}": a number of columns has digits only', node)

    def _validate_tooltip_attribute(self, node, attribute, text, name_manager):
        self._raise_view_error(f"The attribute {attribute!r} is for the client alone: use title", node)

    def _validate_directive(self, node, attribute, text, name_manager):
        """Check a directive: views are no templates, and what is one in them must not reach the client's components."""
        if COMP_REGEX.search(text):
            self._raise_view_error(f'{attribute}="{text}": the component must not be used by views', node)
        if attribute == "t-translation":
            return
        if not self._is_qweb_based_view(name_manager.view_type):
            self._raise_view_error(
                f"The directive {attribute!r} is for templates, a <{name_manager.view_type}> view has none", node
            )
        if attribute not in _DIRECTIVES and not attribute.startswith("t-att"):
            self._raise_view_error(
                f"The directive {attribute!r} is not allowed in views{nearest(attribute, _DIRECTIVES)}", node
            )

    def _validate_name_attribute(self, node, attribute, text, name_manager):
        if attribute == "id" or node.tag != "field":
            name_manager.has_name(text)

    def _validate_groups(self, node, attribute, text, name_manager):
        """Doubt groups that do not exist: the node would be shown to nobody (or, negated, to everybody)."""
        for spec in text.split(","):
            xmlid = spec.strip().lstrip("!")
            # fast look: most groups are known by this name
            if not xmlid or self.env["res.groups"]._get_group_definitions().get_id(xmlid):
                continue
            found = self.env["ir.model.data"]._xmlid_to_res_model_res_id(xmlid, raise_if_not_found=False)
            if found[0] != "res.groups":
                known = self.env["ir.model.data"].sudo().search([("model", "=", "res.groups")]).mapped("complete_name")
                self._log_view_warning(f"Group {xmlid!r} does not exist{nearest(xmlid, known)}", node)

    def _validate_search_expression(self, node, attribute, text, name_manager):
        """Check that an expression of a search view is one; what it reads is not in the view."""
        if name_manager.view_type != "search" or not text:
            return
        try:
            get_expression_field_names(text)
        except ValueError as error:
            self._raise_view_error(f'{attribute}="{text}": {error}', node, from_exception=error)
