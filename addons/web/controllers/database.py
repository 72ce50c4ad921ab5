"""Databases: choosing one, and making, copying, saving and dropping them."""

from __future__ import annotations

import datetime
import logging
import os
import re
import tempfile
from urllib.parse import urlencode

from lxml import etree
from markupsafe import Markup

import odoo.tools
from odoo import http
from odoo.addons.base.models.ir_qweb import render
from odoo.addons.web.models.page_assets import public_url
from odoo.exceptions import AccessDenied
from odoo.http import Controller, content_disposition, dispatch_rpc, request, route
from odoo.service import db as db_service
from odoo.tools import file_open, str2bool

from .utils import store_session

_logger = logging.getLogger(__name__)

DBNAME_PATTERN = r"^[a-zA-Z0-9][a-zA-Z0-9_.\-]+$"
NAME_RULE = (
    "A database name has at least two characters: letters without accents, digits, and after the first one also"
    " underscore, dash and dot."
)
#: the pages have no scripts, and no other site may show them
PAGE_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Frame-Options", "DENY"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
]


class InvalidName(ValueError):
    """The name is not one a database can have."""

    def __init__(self, name):
        super().__init__(f"{name!r} is no name for a database. {NAME_RULE}")


def _check_name(name):
    if not re.fullmatch(DBNAME_PATTERN, name or ""):
        raise InvalidName(name)


class Database(Controller):
    """Doors to the database manager; each of its acts asks for the master password."""

    def _render_template(self, **values):
        """Return the page, as manager or as selector.

        :param values: `manage`: show the acts; `error`: what went wrong
        """
        values.setdefault("manage", True)
        values["initial_password"] = not odoo.tools.config.has_admin_password
        values["list_db"] = odoo.tools.config["list_db"]
        values["langs"] = db_service.exp_list_lang()
        values["countries"] = db_service.exp_list_countries()
        values["pattern"] = DBNAME_PATTERN
        values["name_rule"] = NAME_RULE
        values["urlencode"] = urlencode
        values["stylesheet"] = public_url("web/static/src/public/public.css")
        try:
            values["databases"] = http.db_list()
            values["incompatible_databases"] = db_service.list_db_incompatible(values["databases"])
        except AccessDenied:
            values["databases"] = [request.db] if request.db else []
        page = render("database_manager", values, _load_template)
        return Markup("<!DOCTYPE html>\n") + page

    def _page(self, status=200, **values):
        return request.make_response(
            self._render_template(**values),
            PAGE_HEADERS,
            status=status,
        )

    def _failed(self, what, error):
        _logger.info("%s: %s", what, error, exc_info=not isinstance(error, (AccessDenied, InvalidName)))
        return self._page(error=f"{what}: {str(error) or repr(error)}")

    @route("/web/database/selector", type="http", auth="none", readonly=True)
    def selector(self, **kw):
        """Return the page with the databases to choose from."""
        return self._page(manage=False)

    @route("/web/database/manager", type="http", auth="none", readonly=True)
    def manager(self, **kw):
        """Return the page with everything that can be done to databases."""
        return self._page()

    @route("/web/database/create", type="http", auth="none", methods=["POST"], csrf=False, readonly=True)
    def create(self, master_pwd, name, lang, password, **post):
        """Make a database and log its administrator in.

        :param post: `demo`, `login`, `country_code`, `phone`
        """
        login = post.get("login") or "admin"
        country, phone = (post.get(key) or False for key in ("country_code", "phone"))
        try:
            _check_name(name)
            wanted = [master_pwd, name, bool(post.get("demo")), lang, password, login, country, phone]
            dispatch_rpc("db", "create_database", wanted)
            request.session.authenticate(name, {"type": "password", "login": login, "password": password})
            request.session.db = name
            store_session(odoo.modules.registry.Registry(name))
            return request.redirect("/odoo")
        except Exception as error:
            return self._failed("Database creation error", error)

    @route("/web/database/duplicate", type="http", auth="none", methods=["POST"], csrf=False, readonly=True)
    def duplicate(self, master_pwd, name, new_name, neutralize_database=False):
        """Copy a database."""
        try:
            _check_name(new_name)
            neutralize = str2bool(neutralize_database or "no")
            dispatch_rpc("db", "duplicate_database", [master_pwd, name, new_name, neutralize])
            if request.db == name:
                request.env.cr.close()
            return request.redirect("/web/database/manager")
        except Exception as error:
            return self._failed("Database duplication error", error)

    @route("/web/database/drop", type="http", auth="none", methods=["POST"], csrf=False, readonly=True)
    def drop(self, master_pwd, name):
        """Drop a database."""
        try:
            if request.db == name:
                request.env.cr.close()
            dispatch_rpc("db", "drop", [master_pwd, name])
            if request.db == name:
                # Nobody is left to be told of changes.
                request.registry.registry_invalidated = False
                request.registry.cache_invalidated.clear()
            if request.session.db == name:
                request.session.logout()
            return request.redirect("/web/database/manager")
        except Exception as error:
            return self._failed("Database deletion error", error)

    @route("/web/database/backup", type="http", auth="none", methods=["POST"], csrf=False, readonly=True)
    def backup(self, master_pwd, name, backup_format="zip"):
        """Return a dump of a database: `zip` with the file store, or `dump` without."""
        try:
            odoo.service.db.check_super(master_pwd)
            if name not in http.db_list(force=True):
                raise ValueError(f"Database {name!r} is not known")
            stamp = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d_%H-%M-%S")
            headers = [
                ("Content-Type", "application/octet-stream; charset=binary"),
                ("Content-Disposition", content_disposition(f"{name}_{stamp}.{backup_format}")),
            ]
            stream = db_service.dump_db(name, None, backup_format)
            return http.Response(stream, headers=headers, direct_passthrough=True)
        except Exception as error:
            return self._failed("Database backup error", error)

    @route(
        "/web/database/restore",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        max_content_length=None,
        readonly=True,
    )
    def restore(self, master_pwd, backup_file, name, copy=False, neutralize_database=False):
        """Make a database from a dump."""
        path = None
        try:
            _check_name(name)
            db_service.check_super(master_pwd)
            with tempfile.NamedTemporaryFile(prefix="odoo-restore.", delete=False) as file:
                path = file.name
                backup_file.save(file)
            db_service.restore_db(name, path, str2bool(copy or "no"), str2bool(neutralize_database or "no"))
            return request.redirect("/web/database/manager")
        except Exception as error:
            return self._failed("Database restore error", error)
        finally:
            if path:
                os.unlink(path)

    @route("/web/database/change_password", type="http", auth="none", methods=["POST"], csrf=False, readonly=True)
    def change_password(self, master_pwd, master_pwd_new):
        """Change the master password."""
        try:
            dispatch_rpc("db", "change_admin_password", [master_pwd, master_pwd_new])
            return request.redirect("/web/database/manager")
        except Exception as error:
            return self._failed("Master password update error", error)

    @route("/web/database/list", type="json", auth="none", readonly=True)
    def list(self):
        """Return the names of the databases (for the mobile application).

        :raises odoo.exceptions.AccessDenied: the server hides its list
        """
        return http.db_list()


def _load_template(name):
    with file_open(f"web/static/src/public/{name}.qweb.html", "rb") as file:
        return etree.fromstring(file.read()), name
