"""The pages around the web client: home, login, menus, health."""

from __future__ import annotations

import json
import logging

import psycopg2

import odoo.exceptions
import odoo.sql_db
from odoo import _, http
from odoo.exceptions import AccessError
from odoo.http import Controller, SessionExpiredException, check_session, request, route

from .utils import _get_login_redirect_url, ensure_db, is_user_internal

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


class Home(Controller):
    """Doors to the backend."""

    @route("/", type="http", auth="none", readonly=True)
    def index(self, s_action=None, db=None, **kw):
        """Go to the backend."""
        if request.db and request.session.uid and not is_user_internal(request.session.uid):
            return request.redirect_query("/web/login_successful", query=request.params)
        return request.redirect_query("/odoo", query=request.params)

    def _web_client_readonly(self):
        return False

    @route(
        ["/web", "/odoo", "/odoo/<path:subpath>", "/scoped_app/<path:subpath>"],
        type="http",
        auth="none",
        readonly=_web_client_readonly,
    )
    def web_client(self, s_action=None, **kw):
        """Return the page in which the web client runs."""
        ensure_db()
        if not request.session.uid:
            here = request.httprequest.full_path.rstrip("?")
            return request.redirect_query("/web/login", query={"redirect": here}, code=303)
        if kw.get("redirect"):
            return request.redirect(kw.get("redirect"), 303)
        if not check_session(request.session, request.env, request):
            raise SessionExpiredException("Session expired")
        if not is_user_internal(request.session.uid):
            return request.redirect("/web/login_successful", 303)
        request.update_env(user=request.session.uid)
        try:
            if request.env.user:
                request.env.user._on_webclient_bootstrap()
            context = request.env["ir.http"].webclient_rendering_context()
            response = request.render("web.webclient_bootstrap", qcontext=context)
            response.headers["X-Frame-Options"] = "DENY"
            response.headers["Cache-Control"] = "no-store"
            return response
        except AccessError:
            return request.redirect("/web/login?error=access")

    @route("/web/webclient/load_menus/<string:unique>", type="http", auth="user", methods=["GET"], readonly=True)
    def web_load_menus(self, unique, lang=None):
        """Return the menus of the user.

        :param unique: hash of the menus: the answer may be kept as long as it does not change
        """
        if lang:
            request.update_context(lang=lang)
        menus = request.env["ir.ui.menu"].load_web_menus(request.session.debug)
        headers = [("Content-Type", "application/json"), ("Cache-Control", f"public, max-age={http.STATIC_CACHE_LONG}")]
        return request.make_response(json.dumps(menus), headers)

    def _login_redirect(self, uid, redirect=None):
        return _get_login_redirect_url(uid, redirect)

    @route("/web/login", type="http", auth="none", readonly=False)
    def web_login(self, redirect=None, **kw):
        """Show the login form; with its values, log in and go on to `redirect`."""
        ensure_db()
        request.params["login_success"] = False
        if request.httprequest.method == "GET" and redirect and request.session.uid:
            return request.redirect(redirect)
        if request.env.uid is None:
            if request.session.uid is None:
                request.env["ir.http"]._auth_method_public()
            else:
                request.update_env(user=request.session.uid)
        values = {key: value for key, value in request.params.items() if key in SIGN_UP_REQUEST_PARAMS}
        values["databases"] = self._databases()
        if request.httprequest.method == "POST":
            response = self._try_login(values, redirect)
            if response is not None:
                return response
        elif request.params.get("error") == "access":
            values["error"] = _("The backend is for internal users: ask an administrator if you should be one.")
        if "login" not in values and request.session.get("auth_login"):
            values["login"] = request.session["auth_login"]
        values["disable_database_manager"] = not odoo.tools.config["list_db"]
        response = request.render("web.login", values)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        return response

    def _databases(self):
        try:
            return http.db_list()
        except odoo.exceptions.AccessDenied:
            return None

    def _try_login(self, values, redirect):
        """Log in with the values of the form; return where to go, or None and the error in `values`."""
        credential = {key: value for key, value in request.params.items() if key in CREDENTIAL_PARAMS and value}
        credential.setdefault("type", "password")
        try:
            auth_info = request.session.authenticate(request.db, credential)
        except odoo.exceptions.AccessDenied as error:
            if error.args == odoo.exceptions.AccessDenied().args:
                values["error"] = _("Wrong login/password")
            else:
                values["error"] = error.args[0]
            return None
        request.params["login_success"] = True
        return request.redirect(self._login_redirect(auth_info["uid"], redirect=redirect))

    @route("/web/login_successful", type="http", auth="user", website=True, sitemap=False)
    def login_successful_external_user(self, **kwargs):
        """Tell users without access to the backend that they are logged in."""
        values = {key: value for key, value in kwargs.items() if key in LOGIN_SUCCESSFUL_PARAMS}
        return request.render("web.login_successful", values)

    @route("/web/become", type="http", auth="user", sitemap=False, readonly=True)
    def switch_to_admin(self):
        """Become the superuser (for users who administer the database)."""
        uid = request.env.user.id
        if request.env.user._is_system():
            uid = request.session.uid = odoo.SUPERUSER_ID
            # The token of the session is bound to its user.
            request.env.registry.clear_cache()
            user = request.env(user=uid).user
            request.session.session_token = user._compute_session_token(request.session.sid)
        return request.redirect(self._login_redirect(uid))

    @route("/web/health", type="http", auth="none", save_session=False, readonly=True)
    def health(self, db_server_status=False):
        """Tell whether the server, and with `db_server_status` the database server, answers."""
        content, status = {"status": "pass"}, 200
        if db_server_status:
            try:
                odoo.sql_db.db_connect("postgres").cursor().close()
                content["db_server_status"] = True
            except psycopg2.Error:
                content.update(status="fail", db_server_status=False)
                status = 500
        headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        return request.make_response(json.dumps(content), headers, status=status)

    @route("/robots.txt", type="http", auth="none", readonly=True)
    def robots(self, **kwargs):
        """Tell search engines to stay out, except where a module allows them in."""
        allowed = self._get_allowed_robots_routes()
        lines = ["User-agent: *", "Disallow: /", *(f"Allow: {path}" for path in allowed)]
        return request.make_response("\n".join(lines), [("Content-Type", "text/plain")])

    def _get_allowed_robots_routes(self) -> list[str]:
        """Return the paths search engines may visit."""
        return []
