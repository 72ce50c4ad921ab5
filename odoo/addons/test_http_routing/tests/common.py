"""Pages in English and French."""

from odoo.tests import HttpCase


class RoutingCase(HttpCase):
    """A visitor of pages in two languages, of which English is the default one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.default"].set("res.partner", "lang", "en_US")
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["res.lang"].search([("code", "=", "fr_FR")]).url_code = "fr"
        cls.env["res.lang"].search([("code", "=", "en_US")]).url_code = "en"
        cls.thing = cls.env["test_http_routing.thing"].create({"name": "Green Tea"})
        cls.thing.with_context(lang="fr_FR").name = "Thé Vert"

    def visit(self, path, lang="en", agent="Mozilla/5.0", **options):
        """Return the answer to somebody who prefers a language."""
        headers = {"Accept-Language": lang, "User-Agent": agent, "Accept": "text/html"}
        return self.url_open(path, headers=headers, **options)

    def location(self, path, **options):
        """Return the status, and the path that the visitor is sent to."""
        answer = self.visit(path, allow_redirects=False, **options)
        return answer.status_code, answer.headers.get("Location", "").replace(self.base_url(), "")
