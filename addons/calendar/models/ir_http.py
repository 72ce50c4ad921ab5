"""Links in invitations: their token stands for an attendee."""

from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Routes with ``auth="calendar"``."""

    _inherit = "ir.http"

    @classmethod
    def _auth_method_calendar(cls):
        """Ask for the token of an attendee; who is logged in has to be that one.

        :raise werkzeug.exceptions.BadRequest: otherwise
        """
        token = request.httprequest.values.get("token") or ""
        attendee = request.env["calendar.attendee"].sudo().search([("access_token", "=", token)], limit=1)
        if not token or not attendee:
            raise BadRequest(request.env._("This invitation is not known."))
        if request.session.uid:
            user = request.env["res.users"].sudo().browse(request.session.uid)
            if user.partner_id != attendee.partner_id:
                raise BadRequest(
                    request.env._("The invitation is for %s: log out, and open it again.", attendee.common_name or "")
                )
        cls._auth_method_public()
