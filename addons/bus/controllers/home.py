"""A word about the password that a database begins with."""

import ipaddress

from odoo.addons.web.controllers.home import Home as WebHome
from odoo.http import request

#: the password of the first user
_FIRST_PASSWORD = "admin"


class Home(WebHome):
    """Logins with the first password from elsewhere are told that everybody knows it."""

    def _login_redirect(self, uid, redirect=None):
        if request.params.get("login_success") and self._is_exposed(uid):
            request.env(user=uid).user._bus_send(
                "simple_notification",
                {
                    "type": "danger",
                    "title": request.env._("Your password is the first one"),
                    "message": request.env._("Everybody knows it. Choose another one in your preferences."),
                    "sticky": True,
                },
            )
        return super()._login_redirect(uid, redirect=redirect)

    def _is_exposed(self, uid):
        """Tell whether the administrator of a real database came from outside, with the first password."""
        if request.params.get("password") != _FIRST_PASSWORD:
            return False
        admin = request.env.ref("base.user_admin", raise_if_not_found=False)
        return bool(admin) and uid == admin.id and _is_from_outside() and not _has_demo_data()


def _is_from_outside():
    try:
        return not ipaddress.ip_address(request.httprequest.remote_addr).is_private
    except ValueError:
        return False


def _has_demo_data():
    # nothing but a yes or no leaves
    modules = request.env["ir.module.module"].sudo()
    return bool(modules.search_count([("demo", "=", True)], limit=1))
