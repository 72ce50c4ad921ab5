"""Passwords that everybody knows open nothing to other machines."""

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request
from odoo.http.peers import is_from_this_machine
from odoo.tools.passwords import KNOWN_PASSWORDS


class UsersKnownPassword(models.Model):
    """The password that a user was made with, to be changed before others may log in."""

    _inherit = "res.users"

    def _check_credentials(self, credential, user_agent_env):
        """Check what somebody presents, and from where the password that everybody knows comes."""
        auth_info = super()._check_credentials(credential, user_agent_env)
        if auth_info.get("auth_method") == "password":
            self.env.user._refuse_known_password(credential.get("password"))
        return auth_info

    def _check_secret(self, passwd):
        """Check a password or API key, and from where the password that everybody knows comes."""
        reads_only = super()._check_secret(passwd)
        self._refuse_known_password(passwd)
        return reads_only

    def _refuse_known_password(self, password):
        """Refuse a right password that the user was made with to clients on other machines.

        :raise AccessDenied: it is such a one
        """
        if password not in KNOWN_PASSWORDS or not request or is_from_this_machine(request.httprequest):
            return
        if self.sudo().login == password:
            raise AccessDenied(
                self.env._(
                    "This is the password that the user was made with, which everybody knows. It works on the machine"
                    " of the server only: log in there, at localhost, and choose another one."
                )
            )
