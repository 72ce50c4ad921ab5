"""Methods of all models under the names that older editions gave them."""

import warnings

from lxml import etree

from odoo import api, models
from odoo.views.former_names import type_of_today


def _warn(former, today):
    warnings.warn(f"{former}() is the former name: use {today}()", DeprecationWarning, stacklevel=3)


class Base(models.AbstractModel):
    """Answers to the names of older editions."""

    _inherit = "base"

    @api.model
    def fields_view_get(self, view_id=None, view_type="form", toolbar=False, submenu=False):
        """Return one view, as :meth:`get_view` does, with its fields.

        :param view_id: id; without it the default view of the type
        :param toolbar: add the actions that are bound to the model
        :param submenu: of no meaning
        :return: ``name``, ``type``, ``model``, ``arch``, ``view_id``, ``fields`` and, when asked for, ``toolbar``
        """
        _warn("fields_view_get", "get_view")
        return self._described_view(view_id, view_type, toolbar)

    @api.model
    def load_views(self, views, options=None):
        """Return several views, as :meth:`get_views` does.

        :param views: list of ``[view id or False, view type]``
        :param options: ``toolbar``, ``load_filters`` and ``action_id``
        :return: ``fields`` of the model, ``fields_views`` (type -> what :meth:`fields_view_get` returns) and,
            when asked for, ``filters``
        """
        _warn("load_views", "get_views")
        options = options or {}
        toolbar = options.get("toolbar")
        described = {kind: self._described_view(view_id, kind, toolbar) for view_id, kind in views}
        result = {"fields": self.fields_get(), "fields_views": described}
        if options.get("load_filters"):
            result["filters"] = self.env["ir.filters"].get_filters(self._name, options.get("action_id"))
        return result

    def _described_view(self, view_id, view_type, toolbar):
        """Return a view in the shape of older editions; the fields of lines come with the field that has them."""
        kind = type_of_today(view_type)
        loaded = self.get_views([(view_id, kind)], {"toolbar": toolbar})
        view, fields = loaded["views"][kind], loaded["models"][self._name]["fields"]
        root = etree.fromstring(view["arch"])
        shown = {node.get("name") for node in root.iter("field") if not any(True for _ in node.iterancestors("field"))}
        record = self.env["ir.ui.view"].sudo().browse(int(view["id"] or 0) or ())
        return {
            "name": record.name or "default",
            "type": view_type,
            "model": self._name,
            "arch": view["arch"],
            "view_id": view["id"],
            "fields": {name: description for name, description in fields.items() if name in shown},
            **({"toolbar": view["toolbar"]} if toolbar else {}),
        }
