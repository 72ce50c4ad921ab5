"""Sessions: login and logout of programs, and what a client wants to know about its own."""

from __future__ import annotations

import json
import logging
import operator
from urllib.parse import urlencode

import psycopg2

import odoo
from odoo.exceptions import AccessError
from odoo.http import Controller, db_filter, dispatch_rpc, request, root, route

_logger = logging.getLogger(__name__)


class Session(Controller):
    """Doors to the session."""

    @route("/web/session/get_session_info", type="json", auth="user", readonly=True)
    def get_session_info(self):
        """Return what the web client has to know when it starts."""
        request.session.touch()
        return request.env["ir.http"].session_info()

    @route("/web/session/authenticate", type="json", auth="none", readonly=False)
    def authenticate(self, db, login, password, base_location=None):
        """Log in and return the session information; `{uid: None}` when a second factor is due.

        :raises odoo.exceptions.AccessDenied: wrong login or password
        :raises odoo.exceptions.AccessError: there is no such database
        """
        if not isinstance(db, str) or not db_filter([db]) or not self._is_database(db):
            raise AccessError("Database not found.")
        registry = odoo.modules.registry.Registry(db)
        if "res.users" not in registry:
            raise AccessError(f"Nothing is installed in the database {db!r}.")
        credential = {"login": login, "password": password, "type": "password"}
        auth_info = request.session.authenticate(db, credential)
        if auth_info["uid"] != request.session.uid:
            # A second factor is due: the client has to open the page that asks for it.
            return {"uid": None}
        request.session.db = db
        with registry.cursor() as cr:
            env = odoo.api.Environment(cr, request.session.uid, request.session.context)
            if not request.db:
                # Without a database at the start nothing else would store the session.
                root.session_store.rotate(request.session, env)
                request.future_response.set_cookie(
                    "session_id",
                    request.session.sid,
                    max_age=odoo.http.SESSION_LIFETIME,
                    httponly=True,
                    samesite="Lax",
                    secure=request.httprequest.scheme == "https",
                )
            return env["ir.http"].session_info()

    def _is_database(self, db):
        if db == request.db:
            return True
        try:
            return bool(dispatch_rpc("db", "db_exist", [db]))
        except psycopg2.Error:
            return False

    @route("/web/session/get_lang_list", type="json", auth="none", readonly=True)
    def get_lang_list(self):
        """Return the languages a database can be made in, as `[code, label]`."""
        return dispatch_rpc("db", "list_lang", []) or []

    @route("/web/session/modules", type="json", auth="user", readonly=True)
    def modules(self):
        """Return the names of the installed modules."""
        return list(request.env.registry._init_modules)

    @route("/web/session/check", type="json", auth="user", readonly=True)
    def check(self):
        """Do nothing: the answer is whether the session is good."""

    @route("/web/session/account", type="json", auth="user", readonly=True)
    def account(self):
        """Return the URL of the account page of the vendor's site for this database."""
        settings = request.env["ir.config_parameter"].sudo()
        parameters = {
            "response_type": "token",
            "client_id": settings.get_param("database.uuid") or "",
            "state": json.dumps({"d": request.db, "u": settings.get_param("web.base.url")}),
            "scope": "userinfo",
        }
        return "/web/login?" + urlencode(sorted(parameters.items(), key=operator.itemgetter(0)))

    @route("/web/session/destroy", type="json", auth="user", readonly=True)
    def destroy(self):
        """Log out."""
        request.session.logout()

    @route("/web/session/logout", type="http", auth="none", readonly=True)
    def logout(self, redirect="/odoo"):
        """Log out and go to `redirect`."""
        request.session.logout(keep_db=True)
        return request.redirect(redirect, 303)
