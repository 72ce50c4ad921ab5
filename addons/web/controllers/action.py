"""Actions: loading them for the client, running those of the server."""

from __future__ import annotations

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, request, route

from .utils import clean_action


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
        if context:
            request.update_context(**context)
        Actions = request.env["ir.actions.actions"]
        resolved = self._resolve(action_id)
        base_action = Actions.browse(resolved).sudo().read(["type"]) if resolved else []
        if not base_action:
            raise MissingActionError(request.env._("There is no action “%s”", action_id))
        action_type = base_action[0]["type"]
        if action_type == "ir.actions.report":
            request.update_context(bin_size=True)
        if action_type == "ir.actions.act_window":
            result = request.env[action_type].sudo().browse(resolved)._get_action_dict()
            return clean_action(result, env=request.env) if result else False
        result = request.env[action_type].sudo().browse(resolved).read()
        return clean_action(result[0], env=request.env) if result else False

    def _resolve(self, action_id):
        """Return the id of an action, None when there is none."""
        Actions = request.env["ir.actions.actions"].sudo()
        try:
            number = int(action_id)
        except (TypeError, ValueError):
            pass
        else:
            return Actions.browse(number).exists().id
        if "." in str(action_id):
            action = request.env.ref(action_id, raise_if_not_found=False)
            if action and action._name.startswith("ir.actions"):
                return action.id
            return None
        return Actions.search([("path", "=", action_id)], limit=1).id

    @route("/web/action/run", type="json", auth="user")
    def run(self, action_id, context=None):
        """Run a server action and return the action it leads to, else False."""
        if context:
            request.update_context(**context)
        action = request.env["ir.actions.server"].browse([action_id])
        result = action.run()
        return clean_action(result, env=action.env) if result else False

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
