"""View types as the web client knows them."""

from __future__ import annotations

from odoo import models

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

    def get_view_info(self) -> dict:
        """Return `{display_name, icon, multi_record}` of each view type the client has."""
        labels = dict(self.fields_get(["type"], ["selection"])["type"]["selection"])
        return {name: {"display_name": labels.get(name, name), **info} for name, info in self._get_view_info().items()}

    def _get_view_info(self) -> dict:
        """Return `{icon, multi_record}` of each view type; modules that bring a view type add it here."""
        return {name: {"icon": icon, "multi_record": multi_record} for name, (icon, multi_record) in VIEW_TYPES.items()}
