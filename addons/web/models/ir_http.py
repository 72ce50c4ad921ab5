"""What pages of the web client are told about the session."""

from __future__ import annotations

import hashlib
import json
import logging
from http import HTTPStatus

from odoo import SUPERUSER_ID, api, fields, http, models, release
from odoo.exceptions import UserError
from odoo.http import request
from odoo.service.common import exp_version
from odoo.tools import config, ormcache
from odoo.tools.text import natural_number

_logger = logging.getLogger(__name__)

ALLOWED_DEBUG_MODES = ("", "1", "assets", "tests")
BOTS = (
    "bot",
    "crawl",
    "slurp",
    "spider",
    "curl",
    "wget",
    "facebookexternalhit",
    "whatsapp",
    "trendsmapresolver",
    "pinterest",
    "instagram",
    "google-pagerenderer",
    "preview",
)
ACTIVE_IDS_LIMIT = 20000
#: limits the client keeps to, by name: the parameter that sets each, and its value without
LIMITS = {
    "active_ids_limit": ("web.active_ids_limit", ACTIVE_IDS_LIMIT),
    "max_file_upload_size": ("web.max_file_upload_size", http.DEFAULT_MAX_CONTENT_LENGTH),
}


class IrHttp(models.AbstractModel):
    """What the web client is told of the session."""

    _inherit = "ir.http"

    @api.private
    @classmethod
    def is_a_bot(cls) -> bool:
        """Tell whether the client says it is a program that reads the web."""
        agent = request.httprequest.user_agent.string.lower()
        return any(name in agent for name in BOTS)

    @classmethod
    def _sanitize_cookies(cls, cookies):
        super()._sanitize_cookies(cookies)
        # Company ids were once joined by commas.
        if "cids" in cookies:
            cookies["cids"] = cookies["cids"].replace(",", "-")

    @classmethod
    def _handle_debug(cls):
        """Store the debug mode that the query string sets (`?debug=1`, `assets`, `tests`, `0`) in the session."""
        httprequest = request.httprequest
        debug = httprequest.args.get("debug") if httprequest.query_string else None
        if debug is None:
            return
        modes = [mode if mode in ALLOWED_DEBUG_MODES else ("1" if _is_true(mode) else "") for mode in debug.split(",")]
        request.session.debug = ",".join(mode for mode in modes if mode)

    @classmethod
    def _pre_dispatch(cls, rule, args):
        super()._pre_dispatch(rule, args)
        cls._handle_debug()

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if response.status_code >= 400 and cls._wants_page():
            page = cls._error_page(response, exception)
            if page is not None:
                response.set_data(page)
                response.headers["Content-Type"] = "text/html; charset=utf-8"
        return response

    @classmethod
    def _wants_page(cls) -> bool:
        """Tell whether a browser asks for a page, rather than a program or an image for data."""
        headers = request.httprequest.headers
        return request.dispatcher.routing_type == "http" and "text/html" in headers.get("Accept", "")

    @classmethod
    def _error_page(cls, response, exception):
        """Return the page that tells a person what went wrong; None when it cannot be made."""
        description = getattr(exception, "description", None) if response.status_code != 500 else None
        if isinstance(exception, UserError):
            description = str(exception.args[0]) if exception.args else None
        values = {
            "status_code": response.status_code,
            "status_message": HTTPStatus(response.status_code).phrase,
            "description": description,
        }
        env = request.env(user=request.env.uid or SUPERUSER_ID)
        try:
            return env["ir.qweb"]._render("web.http_error", values)
        except Exception:  # the error that is being reported matters more than its looks
            _logger.warning("The error page could not be made", exc_info=True)
            env.cr.rollback()
            return None

    @classmethod
    def _post_logout(cls):
        super()._post_logout()
        request.future_response.set_cookie("cids", max_age=0)

    @api.private
    def webclient_rendering_context(self) -> dict:
        """Return the values of the page of the web client."""
        self = self._take_user_context()
        menus = self.env["ir.ui.menu"].load_menus(request.session.debug)
        session_info = self.session_info()
        scheme = session_info["user_settings"]["color_scheme"]
        return {
            "page_assets": self._page_assets("web.assets_web"),
            "color_scheme": scheme,
            "dark_styles": self._dark_styles() if scheme != "light" else (),
            "session_info": session_info,
            "menu_data": menus,
        }

    def _dark_styles(self):
        return self._page_assets("web.assets_web_dark", styles_only=True)["styles"]

    def _take_user_context(self):
        """Have the session and the request follow the settings of the user, such as a language chosen meanwhile.

        :return: this model with the settings
        """
        session = request.session
        if session.uid:
            context = {**session.context, **self.env["res.users"].context_get()}
            if context != session.context:
                session["context"] = context
                request.update_context(**context)
                return self.with_context(**context)
        return self

    @api.private
    def session_info(self) -> dict:
        """Return what the client has to know about its session, server and user; the session follows the settings."""
        self = self._take_user_context()
        env = self.env
        user = env.user
        get_param = env["ir.config_parameter"].sudo().get_param
        context = {**env["res.users"].context_get(), "uid": request.session.uid} if request.session.uid else {}
        info = {
            **self._common_session_info(),
            **_server_info(),
            **self._user_session_info(user),
            **{name: int(get_param(key, default)) for name, (key, default) in LIMITS.items()},
            "user_context": context,
            "db": env.cr.dbname,
            "support_url": get_param("web.support_url", default=release.url),
            "documentation_url": get_param("web.documentation_url", default=""),
            "account_url": get_param("web.account_url", default=""),
            "web.base.url": get_param("web.base.url", default=""),
            "cache_hashes": {"translations": self._translations_hash(context.get("lang"))},
            "view_info": env["ir.ui.view"].get_view_info(),
        }
        if info["is_internal_user"]:
            info.update(self._internal_session_info(user))
            info["cache_hashes"]["load_menus"] = self._menus_hash()
        return info

    def _common_session_info(self) -> dict:
        """Return what every page is told, of the backend or not: who is there, and how to show things."""
        session, user = request.session, self.env.user
        logged_in = bool(session.uid)
        return {
            "uid": session.uid,
            "is_public": user._is_public(),
            "is_internal_user": user._is_internal(),
            "is_admin": logged_in and user._is_admin(),
            "is_system": logged_in and user._is_system(),
            "bundle_params": self._bundle_params(),
            "currencies": self.sudo().get_currencies(),
            "test_mode": config["test_enable"],
            **{name: session.get(name) for name in ("profile_session", "profile_collectors", "profile_params")},
        }

    def _user_session_info(self, user) -> dict:
        """Return what the client is told about its user: names, partner, settings, first action."""
        user.fetch(["login", "action_id", "partner_id", "company_id"])
        partner = user.partner_id
        # what their names are made of is all that is asked for
        partner.fetch(["name", "display_name", "write_date"])
        settings = self.env["res.users.settings"]._find_or_create_for_user(user)
        return {
            "username": user.login,
            "name": partner.name,
            "home_action_id": user.action_id.id,
            "user_settings": settings._res_users_settings_format(),
            "partner_id": (partner.id or None) if request.session.uid else None,
            "partner_display_name": partner.display_name,
            "partner_write_date": fields.Datetime.to_string(partner.write_date),
        }

    def _internal_session_info(self, user):
        """Return what only users of the backend are told: their companies."""
        allowed = self.env["res.company"].sudo().browse(user._get_company_ids())
        # archived ones are none of the ancestors
        allowed.fetch(["name", "sequence", "parent_id", "parent_path", "active"])
        children = allowed.sorted(lambda company: (company.sequence, company.name)).grouped("parent_id")
        # where all above are allowed, nobody has to look for others
        has_more = not all(parent in allowed._ids for company in allowed for parent in _above(company))
        ancestors = (allowed.parent_ids - allowed).sorted() if has_more else ()
        return {
            "user_companies": {
                "current_company": user.company_id.id,
                "allowed_companies": {company.id: _company(company, children) for company in allowed},
                "disallowed_ancestor_companies": {company.id: _company(company, children) for company in ancestors},
            },
            "show_effect": True,
            "display_switch_company_menu": user.has_group("base.group_multi_company") and len(allowed) > 1,
        }

    def _bundle_params(self):
        params = {"lang": request.session.context.get("lang") or "en_US"}
        if request.session.debug:
            params["debug"] = request.session.debug
        return params

    def _translations_hash(self, lang):
        return self.sudo().get_web_translations_hash(sorted(self.env.registry._init_modules), lang)

    def _menus_hash(self):
        return menus_hash(self.env["ir.ui.menu"].load_web_menus(request.session.debug))

    @api.private
    @api.model
    def get_frontend_session_info(self) -> dict:
        """Return what pages outside the backend have to know about the session."""
        info = self._common_session_info()
        logged_in = bool(info["uid"])
        info.update(
            is_frontend=True,
            is_website_user=logged_in and info["is_public"],
            show_effect=bool(self.env["ir.config_parameter"].sudo().get_param("base_setup.show_effect")),
        )
        return info | _server_info() if logged_in else info

    @api.private
    def get_currencies(self) -> dict:
        """Return `{id: {symbol, position, digits}}` of the active currencies."""
        self.env["res.currency"].check_access("read")
        # The first of the digits is how many there are at most, all told.
        return {
            id_: {"digits": [69, decimal_places], "position": position, "symbol": symbol}
            for id_, symbol, position, decimal_places in self._currencies()
        }

    @ormcache()
    def _currencies(self) -> tuple:
        """Return id, symbol, position of it, and number of decimals of the active currencies."""
        shown = ["symbol", "position", "decimal_places"]
        found = self.env["res.currency"].sudo().with_context(active_test=True).search_fetch([], shown)
        return tuple((currency.id, *(currency[name] for name in shown)) for currency in found)


def menus_hash(menus: dict) -> str:
    """Return the hash of the menus of a user in the form of the web client, by which pages ask for them."""
    return hashlib.sha512(json.dumps(menus, default=str).encode()).hexdigest()[:64]


def _server_info():
    version = exp_version()
    return {key: version.get(key) for key in ("server_version", "server_version_info")}


def _above(company):
    """Return the ids of the companies above a company, and its own."""
    return map(int, filter(None, (company.parent_path or "").split("/")))


def _company(company, children):
    return {
        "id": company.id,
        "name": company.name,
        "sequence": company.sequence,
        "child_ids": children[company].ids if company in children else [],
        "parent_id": company.parent_id.id,
    }


def _is_true(text):
    return text.lower() in ("true", "yes", "on", "y", "t") or bool(natural_number(text))
