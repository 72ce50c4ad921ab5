"""Definitions of models for clients that build forms of their own."""

from __future__ import annotations

import json

from odoo.http import Controller, request, route


class Model(Controller):
    """Doors to model definitions."""

    @route("/web/model/get_definitions", methods=["POST"], type="http", auth="user")
    def get_model_definitions(self, model_names, **kwargs):
        """Return the fields of some models.

        :param model_names: JSON list of model names
        """
        definitions = request.env["ir.model"]._get_definitions(json.loads(model_names))
        return request.make_json_response(definitions)
