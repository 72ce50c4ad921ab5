"""What guests do beside writing."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.utils import whole_number
from odoo.http import request

from ...models.discuss.mail_guest import add_guest_to_context


class GuestController(http.Controller):
    """Routes of guests."""

    @http.route("/mail/guest/update_name", methods=["POST"], type="json", auth="public")
    @add_guest_to_context
    def mail_guest_update_name(self, guest_id, name):
        """Call a guest otherwise: the guest who calls; administrators, any one."""
        own = request.env["mail.guest"]._get_guest_from_context()
        guest = request.env["mail.guest"].sudo().search([("id", "=", whole_number(guest_id, "guest_id"))])
        if not guest:
            raise NotFound
        if guest == own or request.env.user._is_admin():
            guest._update_name(str(name))
