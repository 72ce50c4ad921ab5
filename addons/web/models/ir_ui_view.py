"""View types as the web client knows them."""

from __future__ import annotations

from odoo import api, fields, models

VIEW_TYPES = {
    "list": ("oi oi-view-list", True),
    "form": ("fa fa-address-card", False),
    "graph": ("fa fa-area-chart", True),
    "pivot": ("oi oi-view-pivot", True),
    "kanban": ("oi oi-view-kanban", True),
    "calendar": ("fa fa-calendar", True),
    "search": ("oi oi-search", True),
}


class IrUiView(models.Model):
    """What the web client asks of views."""

    _inherit = "ir.ui.view"

    # what is shown in such views comes with mail; addons that have some install without it, too
    type = fields.Selection(selection_add=[("activity", "Activity")])

    @api.private
    def get_view_info(self) -> dict:
        """Return `{display_name, icon, multi_record}` of each view type the client has."""
        labels = dict(self.fields_get(["type"], ["selection"])["type"]["selection"])
        info = self._get_view_info()
        return {name: {"display_name": labels.get(name, name), "multi_record": True, **info[name]} for name in info}

    def _get_view_info(self) -> dict:
        """Return `{icon, multi_record}` of each view type; modules that bring a view type add it here.

        A type that does not say otherwise shows several records.
        """
        return {name: {"icon": icon, "multi_record": multi_record} for name, (icon, multi_record) in VIEW_TYPES.items()}

    def _is_qweb_based_view(self, view_type):
        """Is the content of such a view a template? The boxes of activities are, like cards."""
        return view_type == "activity" or super()._is_qweb_based_view(view_type)


class IrActionsActWindowView(models.Model):
    """Actions show activities, too."""

    _inherit = "ir.actions.act_window.view"

    view_mode = fields.Selection(selection_add=[("activity", "Activity")], ondelete={"activity": "cascade"})
