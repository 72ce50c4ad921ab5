"""Records found by their names, over all models that the menus of a user lead to."""

from __future__ import annotations

import time

import psycopg2.errors

from odoo import models, tools
from odoo.exceptions import UserError

#: models that are looked into at most; the menus say in which order
MAX_MODELS = 25
#: records of each model
MAX_RECORDS = 5
#: characters that are searched for
MIN_LENGTH, MAX_LENGTH = 2, 100
#: seconds for all models, and milliseconds for one statement
MAX_TIME, STATEMENT_TIME = 1.5, 500


class IrUiMenu(models.Model):
    """Menus also say which records a user works with."""

    _inherit = "ir.ui.menu"

    def _search_records(self, text):
        """Find records by their names as the user.

        What takes too long is left out: a model whose names are slow to search, and models once all time is used.

        :param str text: part of a name; nothing is found for one that is too short
        :return: list of dictionaries: the ``model``, its ``name``, an ``action`` that shows its records (path or
            id), and ``records`` as pairs of id and display name
        """
        text = text.strip()[:MAX_LENGTH]
        if len(text) < MIN_LENGTH or not self.env.user._is_internal():
            return []
        end = time.monotonic() + MAX_TIME
        # for the rest of the transaction, which does nothing else
        self.env.cr.execute("SELECT set_config('statement_timeout', %s, true)", [str(STATEMENT_TIME)])
        groups = []
        for model, action in self._searched_models():
            if time.monotonic() > end:
                break
            records = self._names_like(model, text)
            if records:
                name = self.env["ir.model"]._get(model).name
                groups.append({"model": model, "name": name, "action": action, "records": records})
        return groups

    def _names_like(self, model, text):
        """Return pairs of id and display name of records of a model; none when that takes too long or is refused."""
        records = self.env[model]
        if not records.has_access("read"):
            return []
        try:
            with self.env.cr.savepoint(flush=False):
                return [list(pair) for pair in records.name_search(text, limit=MAX_RECORDS)]
        except (psycopg2.errors.QueryCanceled, UserError):
            return []

    @tools.ormcache("self.env.uid")
    def _searched_models(self):
        """Return pairs of the models whose records are searched and an action that shows them.

        They are those of the window actions of the user's menus in the order of these; those of the framework
        itself come last.
        """
        menus = self.load_web_menus(False)
        action_ids = []
        stack = list(reversed(menus["root"]["children"]))
        while stack:
            menu = menus[stack.pop()]
            if menu["actionModel"] == "ir.actions.act_window":
                action_ids.append(menu["actionID"])
            stack.extend(reversed(menu["children"]))
        found = {}
        for action in self.env["ir.actions.act_window"].sudo().browse(dict.fromkeys(action_ids)).exists():
            model = self.env.get(action.res_model)
            if model is not None and not model._abstract and not model._transient and "form" in action.view_mode:
                found.setdefault(action.res_model, action.path or action.id)
        ranked = sorted(found.items(), key=lambda item: item[0].startswith("ir."))
        return tuple(ranked[:MAX_MODELS])
