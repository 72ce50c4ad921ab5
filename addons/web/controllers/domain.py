"""Checks of domains that users type."""

from __future__ import annotations

import logging

import psycopg2
from werkzeug.exceptions import BadRequest

from odoo import _
from odoo.http import Controller, request, route
from odoo.orm.domain.sql import STRICT_SEARCH
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class Domain(Controller):
    """Doors to domain checks."""

    @route("/web/domain/validate", type="json", auth="user")
    def validate(self, model, domain) -> bool:
        """Tell whether a domain can be searched with on a model.

        Nothing is searched: the database plans the query of the caller, so that the answer tells nothing of records.

        :raises ValueError: the model does not exist
        :raises odoo.exceptions.AccessError: the caller may not read the model
        """
        Model = request.env.get(model)
        if Model is None:
            raise ValueError(_("Invalid model: %s", model))
        if not isinstance(domain, list):
            raise BadRequest("A domain is a list")
        Model.browse().check_access("read")
        cr = request.env.cr
        try:
            with cr.savepoint(flush=False):
                # a term that restricts nothing is none that a user means
                query = Model.with_context(**{STRICT_SEARCH: True})._search(domain, limit=1)
                if not query.is_empty():
                    cr.execute(SQL("EXPLAIN %s", query.select()), log_exceptions=False)
        except psycopg2.OperationalError:
            raise
        except Exception:  # whatever goes wrong, for the caller it means: not valid
            _logger.debug("Domain %r is not valid on %s", domain, model, exc_info=True)
            return False
        return True
