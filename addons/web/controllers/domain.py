"""Checks of domains that users type."""
from __future__ import annotations

from werkzeug.exceptions import BadRequest

from odoo import _
from odoo.http import Controller, request, route


class Domain(Controller):
    """Doors to domain checks."""

    @route('/web/domain/validate', type='json', auth='user')
    def validate(self, model, domain) -> bool:
        """Tell whether a domain can be searched with on a model.

        :raises ValueError: the model does not exist
        """
        Model = request.env.get(model)
        if Model is None:
            raise ValueError(_("Invalid model: %s", model))
        if not isinstance(domain, list):
            raise BadRequest("A domain is a list")
        try:
            query = Model.sudo()._search(domain, limit=1)
            with request.env.cr.savepoint(flush=False):
                request.env.cr.execute(query.select())
        except Exception:  # whatever goes wrong, for the caller it means: not valid
            return False
        return True
