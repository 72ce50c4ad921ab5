"""Views made up for models that define none."""

from lxml.builder import E

from odoo import api, models
from odoo.exceptions import UserError

#: fields that a made-up form view leaves out
_TECHNICAL = {"id", "display_name", "create_date", "create_uid", "write_date", "write_uid"}


class BaseDefaultViews(models.AbstractModel):
    """Default views of every model."""

    _inherit = "base"

    @api.model
    def _get_default_form_view(self):
        """Return a form with all fields, long ones across the whole width."""
        sheet = E.sheet(string=self._description)
        main, wide = E.group(), E.group()
        for name, field in self._fields.items():
            if field.automatic or name in _TECHNICAL:
                continue
            if field.type in ("one2many", "many2many", "text", "html"):
                title = E.separator(string=field.string or name, colspan="2")
                wide.append(E.group(title, E.field(name=name, nolabel="1", colspan="2"), colspan="2"))
            elif field.type != "binary":
                main.append(E.field(name=name))
        half = (len(main) + 1) // 2
        columns = list(main)
        sheet.append(E.group(E.group(*columns[:half]), E.group(*columns[half:])))
        if len(wide):
            sheet.append(wide)
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
