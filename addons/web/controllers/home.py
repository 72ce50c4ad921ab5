"""The pages around the web client: home, login, menus."""

from __future__ import annotations

import json
import logging

import odoo
from odoo import _, http
from odoo.addons.web.models.ir_http import menus_hash
from odoo.exceptions import AccessDenied, AccessError
from odoo.http import Controller, SessionExpiredException, check_session, request, route
from odoo.http.compression import compress

from .utils import _get_login_redirect_url, ensure_db, guarded, home_path, is_user_internal

_logger = logging.getLogger(__name__)

SIGN_UP_REQUEST_PARAMS = {
    "db",
    "login",
    "debug",
    "token",
    "message",
    "error",
    "scope",
    "mode",
    "redirect",
    "redirect_hostname",
    "email",
    "name",
    "partner_id",
    "password",
    "confirm_password",
    "city",
    "country_id",
    "lang",
    "signup_email",
}
LOGIN_SUCCESSFUL_PARAMS = set()
CREDENTIAL_PARAMS = ["login", "password", "type"]


#: the web client shows live data: no frame of another site, and no copy in a cache
WEB_CLIENT_HEADERS = {"X-Frame-Options": "DENY", "Cache-Control": "no-store"}
#: pages of this site may hold the form in a frame, others would steal clicks
LOGIN_HEADERS = {"X-Frame-Options": "SAMEORIGIN", "Cache-Control": "no-cache"}


def _page(template, values, headers):
    response = request.render(template, values)
    response.headers.update(headers)
    return guarded(response)


def _picked(values, names):
    return {name: values[name] for name in values.keys() & set(names)}


class Home(Controller):
    """Doors to the backend."""

    @route("/", type="http", auth="none", readonly=True)
    def index(self, s_action=None, db=None, **kw):
        """Go where the user works."""
        uid = request.session.uid if request.db else None
        return request.redirect_query(home_path(uid), query=request.params)

    def _web_client_readonly(self):
        return False

    @route(
        ["/web", "/odoo", "/odoo/<path:subpath>", "/scoped_app/<path:subpath>"],
        type="http",
        auth="none",
        readonly=_web_client_readonly,
    )
    def web_client(self, s_action=None, **kw):
        """Return the page in which the web client runs; send visitors elsewhere for whom it is not.

        :raises odoo.http.SessionExpiredException: the session is one of an earlier password
        """
        ensure_db()
        if detour := self._detour(kw.get("redirect")):
            return detour
        request.update_env(user=request.session.uid)
        try:
            request.env.user._on_webclient_bootstrap()
            values = request.env["ir.http"].webclient_rendering_context()
        except AccessError:
            return request.redirect("/web/login?error=access")
        return _page("web.webclient_bootstrap", values, WEB_CLIENT_HEADERS)

    def _detour(self, redirect):
        """Return the redirection of a visitor who is to go elsewhere than to the web client, else None."""
        uid = request.session.uid
        if not uid:
            return request.redirect_query("/web/login", {"redirect": request.httprequest.full_path})
        if not redirect:
            if not check_session(request.session, request.env, request):
                raise SessionExpiredException("Session expired")
            redirect = None if is_user_internal(uid) else home_path(uid)
        return request.redirect(redirect) if redirect else None

    @route("/web/webclient/load_menus/<string:unique>", type="http", auth="user", methods=["GET"], readonly=True)
    def web_load_menus(self, unique, lang=None):
        """Return the menus of the user.

        :param unique: hash of the menus: the answer may be kept as long as it does not change
        """
        if lang:
            request.update_context(lang=lang)
        menus = request.env["ir.ui.menu"].load_web_menus(request.session.debug)
        # menus that changed since the page was made are not kept as those that it asked for
        is_final = unique == menus_hash(menus)
        kept = f"private, max-age={http.STATIC_CACHE_LONG}, immutable" if is_final else "no-cache"
        headers = [("Content-Type", "application/json"), ("Cache-Control", kept)]
        return compress(request.make_response(json.dumps(menus), headers), request.httprequest)

    def _login_redirect(self, uid, redirect=None):
        return _get_login_redirect_url(uid, redirect)

    # without csrf=False the form of a session that is gone would be refused instead of shown again
    @route("/web/login", type="http", auth="none", readonly=False, csrf=False)
    def web_login(self, redirect=None, **kw):
        """Show the login form; with its values, log in and go on to `redirect`.

        A form that was made for another session logs nobody in: it is shown once more, for the present session.
        """
        ensure_db()
        # overriding controllers look here for whether this call logged somebody in
        request.params["login_success"] = False
        submitted = request.httprequest.method == "POST"
        if redirect and request.session.uid and not submitted:
            return request.redirect(redirect)
        self._identify_visitor()
        values = _picked(request.params, SIGN_UP_REQUEST_PARAMS)
        if submitted and not request.validate_csrf(request.params.pop("csrf_token", None)):
            values["error"] = _("The form was open for too long: enter your password again.")
        elif submitted:
            if answer := self._try_login(values, redirect):
                return answer
        elif values.get("error") == "access":
            values["error"] = _("The backend is for internal users: ask an administrator if you should be one.")
        wait = values.pop("retry_after", None)
        if earlier := request.session.get("auth_login"):
            values.setdefault("login", earlier)
        values.update(databases=self._databases(), disable_database_manager=not odoo.tools.config["list_db"])
        page = _page("web.login", values, LOGIN_HEADERS)
        if wait:
            page.status_code, page.headers["Retry-After"] = 429, str(wait)
        return page

    def _identify_visitor(self):
        """Give the environment a user, logged in or public: the page is made from records and translations."""
        if request.env.uid is not None:
            return
        if uid := request.session.uid:
            request.update_env(user=uid)
        else:
            request.env["ir.http"]._auth_method_public()

    def _databases(self):
        try:
            return http.db_list()
        except AccessDenied:
            return None

    def _try_login(self, values, redirect):
        """Log in with the values of the form; return where to go, or None and the error in `values`."""
        filled = {name: value for name, value in _picked(request.params, CREDENTIAL_PARAMS).items() if value}
        try:
            auth_info = request.session.authenticate(request.db, {"type": "password", **filled})
        except AccessDenied as error:
            # Only the reasons that somebody wrote down are for the eyes of the visitor.
            unexplained = error.args == AccessDenied().args
            values["error"] = _("Wrong login/password") if unexplained else error.args[0]
            values["retry_after"] = getattr(error, "retry_after", None)
            return None
        request.params["login_success"] = True
        return request.redirect(self._login_redirect(auth_info["uid"], redirect=redirect))

    @route("/web/login_successful", type="http", auth="user", website=True, sitemap=False)
    def login_successful_external_user(self, **kwargs):
        """Tell users without access to the backend that they are logged in."""
        return guarded(request.render("web.login_successful", _picked(kwargs, LOGIN_SUCCESSFUL_PARAMS)))

    @route("/web/become", type="http", auth="user", sitemap=False, readonly=True)
    def switch_to_admin(self):
        """Become the superuser (for users who administer the database)."""
        user = request.env.user
        if user._is_system():
            user = self._become_superuser()
        return request.redirect(self._login_redirect(user.id))

    def _become_superuser(self):
        """Make the session one of the superuser, and return that user."""
        superuser = request.env(user=odoo.SUPERUSER_ID).user
        request.env.registry.clear_cache()
        # The token of the session is bound to its user.
        token = superuser._compute_session_token(request.session.sid)
        request.session.update(uid=superuser.id, session_token=token)
        return superuser

    @route("/robots.txt", type="http", auth="none", readonly=True)
    def robots(self, **kwargs):
        """Tell search engines to stay out, except where a module allows them in."""
        allowed = self._get_allowed_robots_routes()
        lines = ["User-agent: *", "Disallow: /", *(f"Allow: {path}" for path in allowed)]
        return request.make_response("\n".join(lines), [("Content-Type", "text/plain")])

    def _get_allowed_robots_routes(self) -> list[str]:
        """Return the paths search engines may visit."""
        return []
