"""``ir.autovacuum``: the daily cleaning of what models leave behind."""

import inspect
import logging
import random

from odoo import api, models
from odoo.exceptions import AccessDenied
from odoo.service import leftovers

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
        cleanings = [
            method.__get__(model)
            for model in self.env.values()
            for _name, method in inspect.getmembers(type(model), is_autovacuum)
        ]
        # nobody waits behind the same slow one every day
        for cleaning in random.sample(cleanings, len(cleanings)):
            self._clean(cleaning)

    def _clean(self, cleaning):
        """Run one cleaning and commit; what it raises is logged and does not concern the others."""
        title = f"{cleaning.__self__}.{cleaning.__name__}()"
        _logger.debug("Cleaning by %s", title)
        try:
            cleaning()
            self.env.cr.commit()
        except Exception:
            _logger.exception("Failed %s", title)
            self.env.cr.rollback()

    @api.autovacuum
    def _gc_leftovers(self):
        """Remove what killed processes of the server left behind, in databases and on the disk."""
        leftovers.sweep()

    @api.private
    @api.model
    def power_on(self, *args, **kwargs):
        """Run the cleaning; kept for old callers."""
        return self._run_vacuum_cleaner()
