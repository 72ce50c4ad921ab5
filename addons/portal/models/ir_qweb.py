"""What templates of public pages know."""

from odoo import models
from odoo.tools import is_html_empty, lazy


class IrQWeb(models.AbstractModel):
    """Templates of pages with the company, the user and the languages."""

    _inherit = "ir.qweb"

    def _prepare_frontend_environment(self, values):
        """Add what the layout of pages shows."""
        qweb = super()._prepare_frontend_environment(values)
        values.update(
            is_html_empty=is_html_empty,
            languages=lazy(lambda: self.env["res.lang"]._get_frontend().active()),
        )
        # pages of a site set their own
        own = {"res_company": self.env.company.sudo(), "user_id": self.env.user, "website": False}
        for name, value in own.items():
            values.setdefault(name, value)
        return qweb
