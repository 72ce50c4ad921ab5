"""The pages of the backend as JSON."""

from __future__ import annotations

import ast
import json
from datetime import date
from urllib.parse import urlencode

from dateutil.relativedelta import relativedelta
from werkzeug.exceptions import BadRequest, NotFound

from odoo.exceptions import AccessError
from odoo.http import Controller, request, route
from odoo.tools import str2bool
from odoo.tools.safe_eval import safe_eval

from .utils import get_action_triples

DEFAULT_LIMIT = 80


class WebJsonController(Controller):
    """Doors to what a backend page shows, for programs."""

    @route("/json/<path:subpath>", auth="user", type="http", readonly=True)
    def web_json(self, subpath, **kwargs):
        """Go to the current version of this interface."""
        return request.redirect_query(f"/json/1/{subpath}", query=kwargs, code=307)

    @route("/json/1/<path:subpath>", auth="bearer", type="http", readonly=True)
    def web_json_1(self, subpath, **kwargs):
        """Return the records that the backend shows at `/odoo/<subpath>`.

        :param kwargs: `view_type, domain, offset, limit, groupby, fields, start_date, end_date`
        :raises odoo.exceptions.AccessError: the caller may not export
        """
        self._check_enabled()
        context, action, record_id = self._target(subpath)
        Model = request.env[action.res_model].with_context(context)
        view_type = kwargs.get("view_type") or ("form" if record_id else action.view_mode.split(",")[0])
        specification = self._specification(Model, kwargs.get("fields"), view_type)
        if record_id:
            return request.make_json_response(Model.browse(record_id).web_read(specification)[0])
        missing = self._defaults(action, context, kwargs, view_type)
        if missing:
            query = urlencode({**kwargs, **missing})
            return request.redirect(f"{request.httprequest.path}?{query}", 307)
        try:
            domain = ast.literal_eval(kwargs["domain"])
            offset, limit = int(kwargs["offset"]), int(kwargs["limit"])
        except (ValueError, SyntaxError) as error:
            raise BadRequest(f"domain, offset and limit must be literals: {error}") from error
        domain += self._date_domain(Model, kwargs)
        if kwargs.get("groupby"):
            fields = [name for name in specification if Model._fields[name].aggregator]
            result = Model.web_read_group(
                domain,
                fields=[f"{name}:{Model._fields[name].aggregator}" for name in fields],
                groupby=kwargs["groupby"].split(","),
                limit=limit,
                lazy=False,
            )
        else:
            result = Model.web_search_read(domain, specification, limit=limit, offset=offset)
        return request.make_json_response(result)

    def _check_enabled(self):
        parameter = request.env["ir.config_parameter"].sudo().get_param("web.json.enabled")
        if not str2bool(parameter or "false", False):
            raise NotFound()
        if not request.env.user.has_group("base.group_allow_export"):
            raise AccessError(request.env._("Reading pages as JSON takes the right to export"))

    def _target(self, subpath):
        """Return context, window action and record id of the last step of a path."""
        try:
            triples = list(get_action_triples(request.env, subpath, start_pos=1))
        except ValueError as error:
            raise BadRequest(error.args[0]) from error
        active_id, action, record_id = triples[-1]
        if action._name != "ir.actions.act_window":
            raise BadRequest(f"The action {action.display_name!r} is of type {action._name}: it shows no records")
        active = {"active_id": active_id, "active_ids": [active_id] if active_id else []}
        context = {**request.env.context, **active}
        context.update(safe_eval(action.context or "{}", {**active, "uid": request.env.uid, "context": context}))
        return context, action, record_id

    def _specification(self, Model, fields, view_type):
        names = fields.split(",") if fields else None
        if names is None:
            view = Model.get_view(view_type=view_type)
            names = list((view.get("models") or {}).get(Model._name) or ())
        unknown = [name for name in names if name not in Model._fields]
        if unknown:
            raise BadRequest(f"{Model._name} has no field {', '.join(unknown)}")
        return {
            name: {"fields": {"display_name": {}}} if Model._fields[name].relational else {}
            for name in names
            if Model._fields[name].type not in ("binary", "properties")
        }

    def _defaults(self, action, context, params, view_type):
        """Return the parameters the caller left out, with their values."""
        missing = {}
        if "domain" not in params:
            names = {
                "uid": request.env.uid,
                "context": context,
                "active_id": context.get("active_id"),
                "active_ids": context.get("active_ids"),
            }
            missing["domain"] = json.dumps(safe_eval(action.domain or "[]", names), default=str)
        if "limit" not in params:
            missing["limit"] = action.limit or DEFAULT_LIMIT
        if "offset" not in params:
            missing["offset"] = 0
        if view_type == "calendar" and not ("start_date" in params and "end_date" in params):
            start = date.today().replace(day=1)
            missing.update(start_date=start.isoformat(), end_date=(start + relativedelta(months=1)).isoformat())
        return missing

    def _date_domain(self, Model, params):
        if "start_date" not in params or "end_date" not in params:
            return []
        field = Model._fields.get(params.get("date_field") or "create_date")
        if field is None or field.type not in ("date", "datetime"):
            raise BadRequest("date_field must be a date of the model")
        return [(field.name, ">=", params["start_date"]), (field.name, "<", params["end_date"])]
