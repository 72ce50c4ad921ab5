"""What links in e-mails say about who follows them."""

from odoo import models
from odoo.http import request

#: arguments of any address that the session keeps for the page of the login
KEPT = ("auth_signup_token", "auth_login")
#: characters of such an argument
LONGEST = 4096


class IrHttp(models.AbstractModel):
    """Requests whose address says who somebody is."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Keep login or token of the address for when the visitor logs in or makes an account."""
        super()._pre_dispatch(rule, args)
        given = request.httprequest.args
        for name in KEPT:
            value = given.get(name)
            if value and len(value) <= LONGEST and request.session.get(name) != value:
                request.session[name] = value
