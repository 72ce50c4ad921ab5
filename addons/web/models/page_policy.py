"""What browsers may do on the pages of the web client."""

from __future__ import annotations

from odoo import models
from odoo.http import request
from odoo.http.browser_policy import guard_page, page_policy

#: names of system parameters: what becomes of the policy of pages, and further sources for it
MODE_PARAMETER = "web.csp"
MODES = ("enforce", "report-only", "off")
#: for each value of `X-Frame-Options` what says the same in a policy
FRAMES = {"DENY": "'none'", "SAMEORIGIN": "'self'"}


class IrHttp(models.AbstractModel):
    """The policy of pages."""

    _inherit = "ir.http"

    def _get_page_policy(self, frame_ancestors):
        """Return the policy of a page as `{directive: [source]}`; other modules add sources.

        :param frame_ancestors: who may show the page in a frame, as a source
        """
        return page_policy(request.csp_nonce, frame_ancestors)

    def _get_page_policy_mode(self):
        """Return what becomes of the policy: `enforce`, `report-only` (browsers tell of violations) or `off`."""
        mode = self.env["ir.config_parameter"].sudo().get_param(MODE_PARAMETER)
        return mode if mode in MODES else MODES[0]

    def _guard_page(self, response):
        """Set the headers that keep other scripts than those of its templates from running on a page.

        :param response: the response; its `X-Frame-Options` say who may show it in a frame
        """
        frames = FRAMES[response.headers.get("X-Frame-Options", "SAMEORIGIN")]
        guard_page(response.headers, self._get_page_policy(frames), self._get_page_policy_mode())
