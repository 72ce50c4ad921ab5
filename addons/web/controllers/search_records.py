"""Records by their names, whatever model they are of."""

from __future__ import annotations

from werkzeug.exceptions import BadRequest

from odoo.http import Controller, request, route


class SearchRecords(Controller):
    """Door to the search in all that the menus of a user lead to."""

    @route("/web/search_records", type="json", auth="user", readonly=True)
    def search_records(self, text):
        """Return ``{groups}``: by model, the records whose names have a text in them, as the user may read them.

        :param text: at least two characters; only a hundred are looked for
        """
        if not isinstance(text, str):
            raise BadRequest("The text to search for has to be a string")
        return {"groups": request.env["ir.ui.menu"]._search_records(text)}
