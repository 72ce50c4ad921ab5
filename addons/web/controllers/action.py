"""Actions: loading them for the client, running those of the server."""

from __future__ import annotations

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, request, route

from .utils import clean_action, client_action


class MissingActionError(UserError):
    """The action asked for does not exist."""


class Action(Controller):
    """Doors to the actions."""

    @route("/web/action/load", type="json", auth="user", readonly=True)
    def load(self, action_id, context=None):
        """Return an action.

        :param action_id: id, external id or path
        :param context: context of the client
        :raises MissingActionError: there is none
        """
        self._use_context(context)
        action = self._find(action_id)
        if not action:
            raise MissingActionError(request.env._("There is no action “%s”", action_id))
        # Clients need to know of images and files in a report's action, not to get them.
        context = {"bin_size": True} if action.type == "ir.actions.report" else {}
        described = request.env[action.type].with_context(**context).browse(action.id)._get_action_dict()
        return clean_action(described, request.env)

    def _use_context(self, context):
        if context:
            request.update_context(**context)

    def _find(self, action_id):
        """Return the action with an id, external id or path, of whatever type; an empty recordset when there is none.

        Who may read which part of it is a matter of its fields, see `_get_readable_fields`.
        """
        Actions = request.env["ir.actions.actions"].sudo()
        if not action_id:
            # It would be the path of every action without one.
            return Actions
        try:
            return Actions.browse(int(action_id)).exists()
        except (TypeError, ValueError):
            pass
        if "." not in str(action_id):
            return Actions.search([("path", "=", action_id)], limit=1)
        named = request.env.ref(action_id, raise_if_not_found=False)
        if not named or not named._name.startswith("ir.actions"):
            return Actions
        return Actions.browse(named.id)

    @route("/web/action/run", type="json", auth="user")
    def run(self, action_id, context=None):
        """Run a server action and return the action it leads to, else False."""
        self._use_context(context)
        server_action = request.env["ir.actions.server"].browse(action_id)
        return client_action(server_action.run() or None, server_action.env)

    @route("/web/action/load_breadcrumbs", type="json", auth="user", readonly=True)
    def load_breadcrumbs(self, actions):
        """Return `{display_name}` or `{error}` for each step of a backend URL.

        :param actions: list of `{action?, model?, resId?}`
        """
        return [self._breadcrumb(**{key: step.get(key) for key in ("action", "model", "resId")}) for step in actions]

    def _breadcrumb(self, action, model, resId):
        try:
            record_id = int(resId) if resId and resId != "new" else None
            if action:
                return self._action_breadcrumb(action, record_id, resId)
            if model:
                Model = request.env[model]
                if resId == "new":
                    return {"display_name": request.env._("New")}
                if record_id:
                    return {"display_name": Model.browse(record_id).display_name}
                Model.check_access("read")
                return {"display_name": request.env["ir.model"].sudo()._get(model).name}
            raise ValueError("A breadcrumb names an action or a model")
        except (MissingActionError, MissingError, AccessError, KeyError, ValueError) as error:
            return {"error": str(error)}

    def _action_breadcrumb(self, action, record_id, res_id):
        loaded = self.load(action)
        if loaded["type"] == "ir.actions.act_window":
            if res_id == "new":
                return {"display_name": request.env._("New")}
            if record_id:
                return {"display_name": request.env[loaded["res_model"]].browse(record_id).display_name}
            request.env[loaded["res_model"]].check_access("read")
        elif loaded["type"] == "ir.actions.server":
            path = request.env["ir.actions.server"].sudo().browse(loaded["id"]).path
            if not path:
                raise MissingActionError(request.env._("Only server actions with a path can be shown again"))
        return {"display_name": loaded["display_name"]}
