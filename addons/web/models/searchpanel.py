"""The search panel: the categories and filters beside a list, with counts."""

import json
from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.osv.expression import AND
from odoo.tools.json import json_default
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
#: beyond this many values a search panel is of no help
SEARCH_PANEL_ERROR_MESSAGE = _lt("Too many items to display.")
_CATEGORY_TYPES = ("many2one", "selection")
_FILTER_TYPES = ("many2one", "many2many", "selection")


class Base(models.AbstractModel):
    """Search panel."""

    _inherit = "base"

    @api.model
    def search_panel_select_range(self, field_name, **kwargs):
        """Return the values of a category, which has at most one value selected.

        :param kwargs: ``category_domain``, ``comodel_domain``, ``enable_counters``, ``expand``, ``filter_domain``,
            ``hierarchize``, ``limit``, ``search_domain``
        :return: ``{"parent_field": name or False, "values": [...]}``, or ``{"error_msg": text}``
        :raise UserError: for a field of another type than many2one or selection
        """
        field = self._search_panel_field(field_name, _CATEGORY_TYPES)
        scope = _scope(kwargs)
        if field.type == "selection":
            return {"parent_field": False, "values": self._search_panel_selection(field_name, scope, kwargs)}
        comodel = self.env[field.comodel_name].with_context(hierarchical_naming=False)
        parent_name = comodel._parent_name
        if not (kwargs.get("hierarchize", True) and parent_name in comodel._fields):
            parent_name = False
        counts, domain = self._search_panel_related_scope(field_name, scope, kwargs, parent_name)
        names = ["display_name", *([parent_name] if parent_name else [])]
        limit = kwargs.get("limit")
        records = comodel.search_read(domain, names, limit=limit, load=None)
        if limit and len(records) >= limit:
            return {"error_msg": self.env._(SEARCH_PANEL_ERROR_MESSAGE)}
        if parent_name:
            records = _rooted(records, parent_name)
        values = {record["id"]: {key: record[key] for key in ("id", *names)} for record in records}
        if kwargs.get("enable_counters"):
            for id_, value in values.items():
                value["__count"] = counts.get(id_, 0)
            if parent_name:
                _add_up(values, parent_name)
        return {"parent_field": parent_name, "values": list(values.values())}

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        """Return the values of a filter, which has any number of values selected.

        :param kwargs: like those of :meth:`search_panel_select_range`, and ``group_by``, a field of the related
            records, with ``group_domain``, ``{group id as JSON: domain}`` of what is selected in the other groups
        :return: ``{"values": [...]}``, or ``{"error_msg": text}``
        :raise UserError: for a field of another type than many2one, many2many or selection
        """
        field = self._search_panel_field(field_name, _FILTER_TYPES)
        scope = _scope(kwargs)
        if field.type == "selection":
            return {"values": self._search_panel_selection(field_name, scope, kwargs)}
        comodel = self.env[field.comodel_name].with_context(hierarchical_naming=False)
        group_by = kwargs.get("group_by")
        counts, domain = self._search_panel_related_scope(field_name, scope, kwargs)
        names = ["display_name", *([group_by] if group_by else [])]
        limit = kwargs.get("limit")
        records = comodel.search_read(domain, names, limit=limit)
        if limit and len(records) >= limit:
            return {"error_msg": self.env._(SEARCH_PANEL_ERROR_MESSAGE)}
        labels = self._search_panel_group_labels(comodel, group_by)
        values = []
        for record in records:
            value = {"id": record["id"], "display_name": record["display_name"]}
            if group_by:
                value["group_id"], value["group_name"] = labels(record[group_by])
            if kwargs.get("enable_counters"):
                value["__count"] = self._search_panel_filter_count(field_name, value, counts, scope, kwargs)
            values.append(value)
        return {"values": values}

    def _search_panel_field(self, field_name, types):
        """Return the field of a search panel section.

        :raise UserError: when it is of no suitable type
        """
        field = self._fields[field_name]
        if field.type not in types:
            raise UserError(
                self.env._(
                    "Field %(field)s is of type %(type)s: the panel shows fields of types %(supported)s",
                    supported=", ".join(types),
                    type=field.type,
                    field=field_name,
                )
            )
        return field

    def _search_panel_related_scope(self, field_name, scope, kwargs, parent_name=False) -> tuple:
        """Return the counts of the related records, and the domain of those to show."""
        expand = kwargs.get("expand")
        domain = kwargs.get("comodel_domain", [])
        counts: dict = {}
        if kwargs.get("enable_counters"):
            image = self._search_panel_domain_image(
                field_name, AND([scope["model_domain"], scope["extra_domain"]]), set_count=True
            )
            counts = {id_: values["__count"] for id_, values in image.items()}
        if not expand:
            shown = list(self._search_panel_domain_image(field_name, scope["model_domain"]))
            domain = AND([domain, [("id", "parent_of" if parent_name else "in", shown)]])
        return counts, domain

    def _search_panel_filter_count(self, field_name, value, counts, scope, kwargs) -> int:
        """Return the count of a filter value; what is selected in the other groups restricts it too."""
        group_domains = kwargs.get("group_domain")
        group_domain = group_domains and group_domains.get(json.dumps(value.get("group_id"), default=json_default))
        if not group_domain:
            return counts.get(value["id"], 0)
        return self.search_count(
            AND([scope["model_domain"], scope["extra_domain"], group_domain, [(field_name, "in", [value["id"]])]])
        )

    @staticmethod
    def _search_panel_group_labels(comodel, group_by):
        """Return the function that turns the value of the group field into ``(group id, group name)``."""
        if not group_by:
            return None
        field = comodel._fields[group_by]
        missing = comodel.env._("Not Set")
        if field.type == "many2one":
            return lambda value: value if value else (False, missing)
        if field.type == "selection":
            options = dict(field._description_selection(comodel.env))
            return lambda value: (value, options[value]) if value else (False, missing)
        return lambda value: (value, value) if value else (False, missing)

    def _search_panel_selection(self, field_name, scope, kwargs) -> list:
        """Return the values of a selection field that are in use, or all of them with ``expand``."""
        enable_counters, expand = kwargs.get("enable_counters"), kwargs.get("expand")
        used, counts = {}, {}
        if not expand:
            used = self._search_panel_domain_image(field_name, scope["model_domain"])
        if enable_counters:
            counts = self._search_panel_domain_image(
                field_name, AND([scope["model_domain"], scope["extra_domain"]]), set_count=True
            )
        values = []
        for value, label in self.fields_get([field_name], ["selection"])[field_name]["selection"]:
            if expand or value in used:
                item = {"id": value, "display_name": label}
                if enable_counters:
                    item["__count"] = counts.get(value, {}).get("__count", 0)
                values.append(item)
        return values

    @api.model
    def _search_panel_domain_image(self, field_name, domain, set_count=False, limit=False):
        """Return the values that a field has on the records that satisfy a domain, and those of its ``group_expand``.

        :param set_count: count the records of each value
        :param limit: return no more values than that
        :return: ``{value: {"id": value, "display_name": name, "__count": count}}``
        """
        field = self._fields[field_name]
        if field.type in ("many2one", "many2many"):

            def describe(value):
                return value.id, value.sudo().display_name
        else:
            labels = dict(self.fields_get([field_name], ["selection"])[field_name]["selection"])

            def describe(value):
                return value, labels.get(value, value)

        image: dict = defaultdict(dict)
        domain = AND([domain, [(field_name, "!=", False)]])
        groups = self._read_group(domain, [field_name], ["__count"], limit=limit or None, order=field_name)
        for value, count in groups:
            if not value:
                continue
            id_, name = describe(value)
            image[id_] = {"id": id_, "display_name": name, **({"__count": count} if set_count else {})}
        if field.group_expand and field.relational:
            found = [{field_name: value} for value, _count in groups]
            for value in self._read_group_expanded(field, found, field_name, domain):
                id_, name = describe(value)
                image.setdefault(id_, {"id": id_, "display_name": name, **({"__count": 0} if set_count else {})})
        return dict(image)


def _scope(kwargs) -> dict:
    """Return the domain of the values to show, and what counts respect besides: the rest of the search panel."""
    return {
        "model_domain": kwargs.get("search_domain", []),
        "extra_domain": AND([kwargs.get("category_domain", []), kwargs.get("filter_domain", [])]),
    }


def _rooted(records, parent_name) -> list:
    """Return those records whose ancestors are among the records up to a root."""
    parents = {record["id"]: record[parent_name] for record in records}

    def is_rooted(id_):
        seen = set()
        while id_:
            if id_ not in parents or id_ in seen:
                return False
            seen.add(id_)
            id_ = parents[id_]
        return True

    return [record for record in records if is_rooted(record["id"])]


def _add_up(values, parent_name):
    """Add the counts of values to those of their ancestors."""
    own = {id_: value["__count"] for id_, value in values.items()}
    for id_, count in own.items():
        parent = values[id_][parent_name]
        while parent and parent in values:
            values[parent]["__count"] += count
            parent = values[parent][parent_name]
