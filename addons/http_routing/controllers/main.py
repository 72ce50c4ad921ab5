"""Terms of public pages, and logging out from them."""

from odoo.addons.web.controllers.session import Session
from odoo.addons.web.controllers.webclient import WebClient
from odoo.http import Controller, request, route


class Routing(Controller):
    """What scripts of public pages ask for."""

    @route("/website/translations/<string:unique>", type="http", auth="public", website=True, readonly=True,
           multilang=False)  # fmt: skip
    def get_website_translations(self, unique, lang=None, mods=None):
        """Return the terms of public pages in a language.

        :param unique: hash of the terms: the answer may be kept as long as it does not change
        :param lang: code of the language, by default that of the visitor
        :param mods: comma-separated names of more modules
        """
        names = [*request.env["ir.http"].get_translation_frontend_modules(), *filter(None, (mods or "").split(","))]
        return WebClient().translations(unique, mods=",".join(names), lang=lang)


class SessionWebsite(Session):
    """Logging out from public pages."""

    @route(website=True, multilang=False, sitemap=False)
    def logout(self, redirect="/odoo"):
        """Log out and go to `redirect`."""
        return super().logout(redirect=redirect)
