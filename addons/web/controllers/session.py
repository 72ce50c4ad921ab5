"""Sessions: login and logout of programs, and what a client wants to know about its own."""

from __future__ import annotations

import json
import logging
from urllib.parse import urlencode

import psycopg2

import odoo
from odoo.exceptions import AccessError
from odoo.http import Controller, db_filter, dispatch_rpc, request, route

from .utils import store_session

_logger = logging.getLogger(__name__)


#: OAuth 2 with the token in the answer: who logs in, and nothing more
ACCOUNT_REQUEST = {"response_type": "token", "scope": "userinfo"}


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
        registry = self._registry(db)
        auth_info = request.session.authenticate(db, {"type": "password", "login": login, "password": password})
        # also when a second factor is due: it is that of a user of this database
        request.session.db = db
        store_session(registry)
        if request.session.uid != auth_info["uid"]:
            # The client has to open the page that asks for it.
            return {"uid": None}
        with registry.cursor() as cr:
            return odoo.api.Environment(cr, request.session.uid, request.session.context)["ir.http"].session_info()

    def _registry(self, db):
        """Return the registry of a database that visitors may log in to.

        :raises odoo.exceptions.AccessError: they may not, or nothing is there to log in to
        """
        if not (isinstance(db, str) and db_filter([db]) and self._is_database(db)):
            raise AccessError("Database not found.")
        registry = odoo.modules.registry.Registry(db)
        if "res.users" not in registry:
            raise AccessError(f"Nothing is installed in the database {db!r}.")
        return registry

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
        setting = request.env["ir.config_parameter"].sudo().get_param
        query = ACCOUNT_REQUEST | {
            "client_id": setting("database.uuid") or "",
            "state": json.dumps({"d": request.db, "u": setting("web.base.url")}),
        }
        return f"/web/login?{urlencode(sorted(query.items()))}"

    @route("/web/session/destroy", type="json", auth="user", readonly=True)
    def destroy(self):
        """Log out."""
        request.session.logout()

    @route("/web/session/logout", type="http", auth="none", readonly=True)
    def logout(self, redirect="/odoo"):
        """Log out and go to `redirect`."""
        request.session.logout(keep_db=True)
        return request.redirect(redirect, 303)
