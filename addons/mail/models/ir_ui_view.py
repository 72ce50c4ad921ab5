"""The view type ``activity``: what has to be done about records, a column for each kind of activity."""

from lxml.builder import E

from odoo import models


class IrUiView(models.Model):
    """Views of activities."""

    _inherit = "ir.ui.view"

    def _get_view_info(self):
        """Add the view of activities, which shows several records."""
        return {**super()._get_view_info(), "activity": {"icon": "fa fa-clock-o"}}


class Base(models.AbstractModel):
    """Every model has such a view."""

    _inherit = "base"

    def _get_default_activity_view(self):
        """Return the view of models that have none of their own: a box with the name of the record."""
        name = self._rec_name_fallback()
        box = E.div({"t-name": "activity-box"}, E.field(name=name, display="full"))
        return E.activity(E.templates(box), string=self._description)
