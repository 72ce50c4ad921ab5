"""``ir.autovacuum``: the daily cleaning of what models leave behind."""

import inspect
import logging
import random

from odoo import api, models
from odoo.exceptions import AccessDenied

_logger = logging.getLogger(__name__)


def is_autovacuum(func) -> bool:
    """Tell whether ``func`` is marked with :func:`odoo.api.autovacuum`."""
    return callable(func) and getattr(func, "_autovacuum", False)


class IrAutovacuum(models.AbstractModel):
    """Calls every method that is marked with :func:`odoo.api.autovacuum`."""

    _name = "ir.autovacuum"
    _description = "Automatic Vacuum"

    def _run_vacuum_cleaner(self):
        """Call the marked methods of all models, each in a transaction of its own.

        :raise AccessDenied: when the user is no administrator
        """
        if not self.env.is_admin():
            raise AccessDenied()
        jobs = [
            (model, name, method)
            for model in self.env.values()
            for name, method in inspect.getmembers(type(model), is_autovacuum)
        ]
        # nobody waits behind the same slow job every day
        random.shuffle(jobs)
        for model, name, method in jobs:
            _logger.debug("Calling %s.%s()", model, name)
            try:
                method(model)
                self.env.cr.commit()
            except Exception:
                _logger.exception("Failed %s.%s()", model, name)
                self.env.cr.rollback()

    @api.model
    def power_on(self, *args, **kwargs):
        """Run the cleaning; kept for old callers."""
        return self._run_vacuum_cleaner()
