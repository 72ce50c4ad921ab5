"""Measurements of requests: switching them on, and looking at them."""

from __future__ import annotations

import json

from odoo.exceptions import UserError
from odoo.http import Controller, Response, request, route

from .utils import guarded


class Profiling(Controller):
    """Doors to the profiler."""

    @route("/web/set_profiling", type="http", auth="public", sitemap=False)
    def profile(self, profile=None, collectors=None, **params):
        """Switch the measuring of the session's requests on (`profile=1`) or off (`profile=0`).

        :param collectors: comma-separated names of what is collected
        :param params: parameters of the collectors
        :return: JSON of the present state
        """
        names = None
        if collectors is not None:
            names = collectors.split(",") if collectors else []
        switch = None if profile is None else profile not in ("", "0")
        try:
            state = request.env["ir.profile"].set_profiling(switch, collectors=names, params=params or None)
        except UserError as error:
            return Response(response=f"error: {error}", status=403, mimetype="text/plain")
        return Response(json.dumps(state), mimetype="application/json")

    @route(
        ["/web/speedscope", '/web/speedscope/<model("ir.profile"):profile>'],
        type="http",
        auth="user",
        sitemap=False,
        readonly=True,
    )
    def speedscope(self, profile=None):
        """Return the page of a measurement, by default of the latest one."""
        profile = profile or request.env["ir.profile"].search([], limit=1)
        if not profile or isinstance(profile, str):
            raise request.not_found("Nothing was measured yet")
        viewer = request.env["ir.config_parameter"].sudo().get_param("speedscope_cdn")
        return guarded(request.render("web.view_speedscope_index", {"profile": profile, "viewer": viewer}))
