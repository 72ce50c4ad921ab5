"""Portal users have their own home."""

from odoo import http
from odoo.addons.web.controllers.home import Home as WebHome
from odoo.addons.web.controllers.utils import is_user_internal
from odoo.http import request

HOME = "/my"


def _is_outside():
    """Tell whether the session is one of somebody who has no business in the backend."""
    return bool(request.db and request.session.uid and not is_user_internal(request.session.uid))


class Home(WebHome):
    """The doors of the backend, which lead portal users to their page."""

    @http.route()
    def index(self, *args, **kw):
        """Lead portal users to their page."""
        if _is_outside():
            return request.redirect_query(HOME, query=request.params)
        return super().index(*args, **kw)

    @http.route()
    def web_client(self, s_action=None, **kw):
        """Lead portal users to their page, which is told what they asked for."""
        if _is_outside():
            return request.redirect_query(HOME, query=request.params)
        return super().web_client(s_action, **kw)

    def _login_redirect(self, uid, redirect=None):
        """Lead portal users to their page, if they asked for nothing."""
        if not redirect and request.session.uid and not is_user_internal(uid):
            redirect = HOME
        return super()._login_redirect(uid, redirect=redirect)
