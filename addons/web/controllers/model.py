"""Definitions of models for clients that build forms of their own."""

from __future__ import annotations

from odoo.http import Controller, request, route

from .utils import json_value


class Model(Controller):
    """Doors to model definitions."""

    @route("/web/model/get_definitions", methods=["POST"], type="http", auth="user")
    def get_model_definitions(self, model_names, **kwargs):
        """Return the fields of some models.

        :param model_names: JSON list of model names
        """
        definitions = request.env["ir.model"]._get_definitions(json_value(model_names, "model_names", list))
        return request.make_json_response(definitions)
