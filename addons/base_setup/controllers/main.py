"""What the page of general settings asks for."""

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request
from odoo.tools.translate import _

#: users of whom the page tells that they were invited
SHOWN_INVITATIONS = 10


class BaseSetup(http.Controller):
    """Routes of the settings page."""

    @http.route("/base_setup/data", type="json", auth="user", readonly=True)
    def base_setup_data(self, **_kw) -> dict:
        """Return who uses the database, and who was invited and never came.

        :return: `active_users` and `pending_count` (internal users), `pending_users` (`[id, login]` of the last
            invited), `action_pending_users` (the action that lists all of them)
        :raise AccessError: the user does not manage users
        """
        if not request.env.user.has_group("base.group_erp_manager"):
            raise AccessError(_("Only those who manage access rights see who was invited."))
        users = request.env["res.users"].sudo()
        pending = [("share", "=", False), ("log_ids", "=", False)]
        return {
            "active_users": users.search_count([("share", "=", False)]),
            "pending_count": users.search_count(pending),
            "pending_users": [
                [user.id, user.login] for user in users.search(pending, order="id desc", limit=SHOWN_INVITATIONS)
            ],
            "action_pending_users": request.env["res.config.settings"]._action_pending_users(),
        }

    @http.route("/base_setup/demo_active", type="json", auth="user", readonly=True)
    def base_setup_is_demo(self, **_kw) -> bool:
        """Return whether a module was installed with its demonstration data."""
        # nothing but a yes or no leaves
        modules = request.env["ir.module.module"].sudo()
        return bool(modules.search_count([("demo", "=", True)], limit=1))
