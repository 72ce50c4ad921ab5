"""What templates of public pages make addresses with."""

from odoo import models
from odoo.http import request


class IrQWeb(models.AbstractModel):
    """Templates with the functions for addresses."""

    _inherit = "ir.qweb"

    def _prepare_environment(self, values):
        """Add the functions for addresses; those that know the language to public pages only."""
        qweb = super()._prepare_environment(values)
        ir_http = self.env["ir.http"]
        values.update(slug=ir_http._slug, unslug_url=ir_http._unslug_url)
        is_page = request and getattr(request, "is_frontend", False)
        if is_page and not qweb.env.context.get("minimal_qcontext"):
            return qweb._prepare_frontend_environment(values)
        return qweb

    def _prepare_frontend_environment(self, values):
        """Add what templates of public pages can use to ``values``.

        :return: the ``ir.qweb`` on which the template runs
        """
        ir_http = self.env["ir.http"]
        values.update(url_for=ir_http._url_for, url_localized=ir_http._url_localized)
        return self
