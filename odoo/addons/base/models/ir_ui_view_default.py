"""Views made up for models that define none."""

import itertools

from lxml.builder import E

from odoo import api, models
from odoo.exceptions import UserError

#: types of fields that take the whole width of a made-up form
_LONG_TYPES = ("one2many", "many2many", "text", "html")


class BaseDefaultViews(models.AbstractModel):
    """Default views of every model."""

    _inherit = "base"

    @api.model
    def _get_default_form_view(self):
        """Return a form with all fields in their order, short ones in two columns, each long one in a group."""
        sheet = E.sheet(string=self._description)
        shown = (field for field in self._fields.values() if not field.automatic)
        for is_long, run in itertools.groupby(shown, lambda field: field.type in _LONG_TYPES):
            nodes = [E.field(name=field.name) for field in run]
            if is_long:
                sheet.extend(E.group(node) for node in nodes)
            else:
                columns = [nodes[::2], nodes[1::2]]
                sheet.append(E.group(*(E.group(*column) for column in columns if column)))
        sheet.append(E.group(E.separator()))
        return E.form(sheet)

    @api.model
    def _get_default_search_view(self):
        """Return a search on the name."""
        return E.search(E.field(name=self._rec_name_fallback()), string=self._description)

    @api.model
    def _get_default_list_view(self):
        """Return a list of the names."""
        return E.list(E.field(name=self._rec_name_fallback()), string=self._description)

    @api.model
    def _get_default_kanban_view(self):
        """Return cards with the name."""
        name = self._rec_name_fallback()
        return E.kanban(E.templates(E.t(E.field(name=name), **{"t-name": "card"})), string=self._description)

    @api.model
    def _get_default_pivot_view(self):
        """Return an empty pivot table."""
        return E.pivot(string=self._description)

    @api.model
    def _get_default_graph_view(self):
        """Return a graph by name."""
        return E.graph(E.field(name=self._rec_name_fallback()), string=self._description)

    @api.model
    def _get_default_calendar_view(self):
        """Return a calendar over the fields that usually hold a beginning and an end.

        :raise UserError: when the model has none
        """

        def first(*names, required=None):
            found = next((name for name in names if name in self._fields), None)
            if required and not found:
                raise UserError(
                    self.env._("No calendar of %(model)s: it has no %(role)s", model=self._name, role=required)
                )
            return found

        start = first(self._date_name, "date", "date_start", "x_date", "x_date_start", required="date")
        attributes = {"string": self._description, "date_start": start}
        color = first("user_id", "partner_id", "x_user_id", "x_partner_id")
        stop = first("date_stop", "date_end", "x_date_stop", "x_date_end")
        delay = first("date_delay", "planned_hours", "x_date_delay", "x_planned_hours")
        if color:
            attributes["color"] = color
        if stop:
            attributes["date_stop"] = stop
        elif delay:
            attributes["date_delay"] = delay
        return E.calendar(E.field(name=self._rec_name_fallback()), **attributes)

    def _rec_name_fallback(self):
        """Return the name of the field that stands for the record."""
        return self._rec_name if self._rec_name in self._fields else "id"
