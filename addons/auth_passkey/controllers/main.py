"""The challenge that a passkey signs."""

from odoo import http
from odoo.addons.web.controllers import home
from odoo.http import request

# the login form sends what the passkey signed
home.CREDENTIAL_PARAMS.append("webauthn_response")


class WebauthnController(http.Controller):
    """Doors for the scripts of this addon."""

    @http.route("/auth/passkey/start-auth", type="json", auth="public", readonly=True)
    def json_start_authentication(self):
        """Return what the browser asks a passkey with: the options of ``navigator.credentials.get``, as JSON.

        The login form needs the ``csrf_token`` beside them: the session that keeps the challenge may be a new one.
        """
        options = request.env["auth.passkey.key"]._start_auth()
        return {**options, "csrf_token": request.csrf_token()}
