"""What clients ask beside messages."""

import json

from odoo import http
from odoo.http import request


class BusController(http.Controller):
    """Definitions of models, and when the last cleaning was."""

    @http.route("/bus/get_model_definitions", type="http", auth="user", methods=["POST"])
    def get_model_definitions(self, model_names_to_fetch, **kwargs):
        """Return the fields of models as JSON.

        :param str model_names_to_fetch: JSON list of names of models
        """
        names = json.loads(model_names_to_fetch)
        return request.make_json_response(request.env["ir.model"]._get_model_definitions(names))

    @http.route("/bus/get_autovacuum_info", type="json", auth="public")
    def get_autovacuum_info(self):
        """Return when messages were deleted last, and will be next: `{id, lastcall, nextcall}`."""
        # anybody may know the times
        job = request.env.ref("base.autovacuum_job").sudo()
        return {"id": job.id, "lastcall": job.lastcall, "nextcall": job.nextcall}
