"""The page that asks for a code after the password."""

from odoo import _, http
from odoo.addons.web.controllers.home import LOGIN_HEADERS
from odoo.addons.web.controllers.home import Home as WebHome
from odoo.addons.web.controllers.utils import guarded
from odoo.exceptions import AccessDenied
from odoo.fields import Datetime
from odoo.http import request
from odoo.tools.date_utils import relativedelta

from ..models.res_users import read_code

TRUSTED_DEVICE_SCOPE = "2fa_trusted_device"
TRUSTED_DEVICE_COOKIE = "td_id"
#: seconds for which a device is trusted
TRUSTED_DEVICE_AGE = 90 * 86400


class Home(WebHome):
    """The second step of a login."""

    @http.route(
        "/web/login/totp",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        sitemap=False,
        website=True,
        multilang=False,
        readonly=False,
    )
    def web_totp(self, redirect=None, **kwargs):
        """Ask for a code, unless the device is trusted, and log in when it is right."""
        session = request.session
        uid = None if session.uid else session.half_login(request.env)
        if not uid:
            # nobody has given a password without the code
            return self._go_on(redirect) if session.uid else request.redirect("/web/login")
        user = request.env["res.users"].browse(uid)
        if request.httprequest.method == "POST":
            return self._try_code(user, redirect, **kwargs)
        return self._let_in(user, redirect) if self._is_trusted(user) else self._ask(user, redirect)

    def _ask(self, user, redirect, refusal=None):
        """Return the page, with the reason why a code was refused."""
        error = refusal and refusal.args[0]
        page = request.render("auth_totp.auth_totp_form", {"user": user.sudo(), "error": error, "redirect": redirect})
        page.headers.update(LOGIN_HEADERS)
        if seconds := getattr(refusal, "retry_after", None):
            page.status_code, page.headers["Retry-After"] = refusal.http_status, str(seconds)
        return guarded(page)

    def _try_code(self, user, redirect, totp_token=None, remember=None, **_fields):
        """Log in with the code of the form; show the form again when it is wrong."""
        try:
            user.with_user(user)._totp_check(read_code(totp_token))
        except AccessDenied as refusal:
            return self._ask(user, redirect, refusal)
        response = self._let_in(user, redirect)
        if remember:
            self._trust(user, response)
        return response

    def _is_trusted(self, user) -> bool:
        """Tell whether the device has the cookie of one that the user trusts."""
        key = request.httprequest.cookies.get(TRUSTED_DEVICE_COOKIE)
        devices = request.env["auth_totp.device"].sudo()
        return bool(key) and user.id == devices._check_credentials_for_uid(
            scope=TRUSTED_DEVICE_SCOPE, key=key, uid=user.id
        )

    def _let_in(self, user, redirect):
        """Make the session the user's, and return the redirection to what they came for."""
        session = request.session
        session.finalize(request.env(user=user.id))
        request.update_env(user=user.id, context={**request.env.context, **session.context})
        return self._go_on(redirect)

    def _go_on(self, redirect):
        """Return the redirection of the user who is logged in."""
        return request.redirect(self._login_redirect(request.session.uid, redirect=redirect))

    def _trust(self, user, response):
        """Trust the device: give it a cookie by which it is known again."""
        agent = request.httprequest.user_agent
        unknown = _("Unknown")
        browser, platform = ((part or unknown).capitalize() for part in (agent.browser, agent.platform))
        name = _("%(browser)s on %(platform)s", browser=browser, platform=platform)
        if request.geoip.city.name:
            name += f" ({request.geoip.city.name}, {request.geoip.country_name})"
        devices = request.env(user=user.id)["auth_totp.device"]
        end = Datetime.now() + relativedelta(seconds=TRUSTED_DEVICE_AGE)
        response.set_cookie(
            TRUSTED_DEVICE_COOKIE,
            devices._generate(TRUSTED_DEVICE_SCOPE, name, end),
            max_age=TRUSTED_DEVICE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.httprequest.scheme == "https",
        )
