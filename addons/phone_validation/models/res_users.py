"""Users from outside who close their account may want no messages any more."""

from odoo import models
from odoo.tools.translate import _


class ResUsers(models.Model):
    """Users with numbers."""

    _inherit = "res.users"

    def _deactivate_portal_user(self, **post):
        """Archive users who close their account, and block their numbers where they ask for it.

        :param post: what they sent; ``request_blacklist`` asks for it
        """
        numbers = {}
        if post.get("request_blacklist"):
            for user in self:
                names = user._phone_get_number_fields()
                found = [user._phone_format(fname=name) for name in names if user[name]]
                numbers[user] = list(dict.fromkeys(filter(None, found)))
        super()._deactivate_portal_user(**post)
        for user, found in numbers.items():
            if found:
                note = _("Blocked when %(user)s closed the account (user #%(id)s).", user=user.name, id=user.id)
                self.env["phone.blacklist"].sudo()._add(found, message=note)
