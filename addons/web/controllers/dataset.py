"""Calls of model methods: the road of every button."""

from __future__ import annotations

import logging

import werkzeug.exceptions

from odoo.api import call_kw, is_readonly
from odoo.http import Controller, request, route

from .utils import client_action

_logger = logging.getLogger(__name__)

#: methods that describe models and views: their answers are long, and the same for many
DESCRIPTIONS = frozenset({"fields_get", "get_views"})


class DataSet(Controller):
    """Doors to the methods of models."""

    def _call_kw_readonly(self):
        """Tell whether the method that the request calls is marked as reading only."""
        try:
            call = request.peek_json_data()["params"]
            name, method = str(call["model"]), str(call["method"])
        except (ValueError, KeyError, TypeError):
            # whoever reads the parameters refuses them
            return False
        model_class = request.registry.get(name)
        if model_class is None:
            raise werkzeug.exceptions.NotFound(f"Unknown model {name!r:.100}")
        return is_readonly(model_class, method)

    def _describes(self):
        """Tell whether the method that the request calls describes models and views, and shows no data."""
        return request.params.get("method") in DESCRIPTIONS

    @route(
        ["/web/dataset/call_kw", "/web/dataset/call_kw/<path:path>"],
        type="json",
        auth="user",
        readonly=_call_kw_readonly,
        compress=_describes,
    )
    def call_kw(self, model, method, args, kwargs, path=None):
        """Call a public method of a model and return its result.

        :param path: only shows in logs what is called
        """
        return call_kw(request.env[model], method, args, kwargs)

    @route(
        ["/web/dataset/call_button", "/web/dataset/call_button/<path:path>"],
        type="json",
        auth="user",
        readonly=_call_kw_readonly,
    )
    def call_button(self, model, method, args, kwargs, path=None):
        """Call a public method of a model and return the action it leads to, else False."""
        return client_action(call_kw(request.env[model], method, args, kwargs), request.env)

    @route("/web/dataset/resequence", type="json", auth="user")
    def resequence(self, model, ids, field="sequence", offset=0, context=None):
        """Number records in the order given.

        :param ids: ids in their new order
        :param field: field that holds the number
        :param offset: first number
        :return: False when the model has no such field
        """
        if context:
            request.update_context(**context)
        Model = request.env[model]
        if field not in Model._fields:
            return False
        for number, record in enumerate(Model.browse(ids), start=offset):
            record[field] = number
        return True
