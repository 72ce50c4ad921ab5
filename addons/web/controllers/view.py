"""Views that users arrange for themselves."""

from __future__ import annotations

from odoo.exceptions import AccessError
from odoo.http import Controller, request, route


class View(Controller):
    """Doors to custom views."""

    @route("/web/view/edit_custom", type="json", auth="user")
    def edit_custom(self, custom_id, arch):
        """Store the architecture of the caller's own variant of a view.

        :raises odoo.exceptions.AccessError: the variant is somebody else's
        """
        custom_view = request.env["ir.ui.view.custom"].sudo().browse(custom_id)
        if custom_view.user_id != request.env.user:
            raise AccessError(
                request.env._(
                    "The arrangement %(view)s of a view is not one of %(user)s's own",
                    view=custom_id,
                    user=request.env.user.login,
                )
            )
        custom_view.write({"arch": arch})
        return {"result": True}
