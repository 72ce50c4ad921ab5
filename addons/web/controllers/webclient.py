"""What the browser client loads when it starts."""

from __future__ import annotations

from werkzeug.exceptions import BadRequest

import odoo.conf
from odoo.http import STATIC_CACHE_LONG, Controller, request, route
from odoo.http.compression import compress
from odoo.service.common import exp_version
from odoo.tools.misc import get_lang
from odoo.tools.translate import code_translations

from .utils import guarded

#: the client with the runner of tests, and the tests of the installed addons
UNIT_TEST_BUNDLES = ("web.assets_unit_tests_setup", "web.assets_unit_tests")
#: the same for suites that are written for QUnit
QUNIT_BUNDLES = ("web.tests_assets", "web.qunit_suite_tests")
QUNIT_MOBILE_BUNDLES = ("web.tests_assets", "web.qunit_mobile_suite_tests")


class WebClient(Controller):
    """Doors to translations, versions and the browser test page."""

    @route("/web/webclient/bootstrap_translations", type="json", auth="none", readonly=True)
    def bootstrap_translations(self, mods=None):
        """Return the terms that pages without database show, in the language of the browser.

        :param mods: names of modules: those that are not installed are left out; all by default
        """
        lang = request.env.context["lang"].partition("_")[0] if request.env is not None else "en"
        installed = set(odoo.conf.server_wide_modules)
        if request.db:
            installed |= request.env.registry._init_modules
        if mods is not None and not isinstance(mods, list):
            raise BadRequest("The names of modules have to be a list")
        if mods is not None:
            installed.intersection_update(name for name in mods if isinstance(name, str))
        return {
            "modules": {module: code_translations.get_web_translations(module, lang) for module in sorted(installed)},
            "lang_parameters": None,
        }

    @route("/web/webclient/translations/<string:unique>", type="http", auth="public", cors="*", readonly=True)
    def translations(self, unique, mods=None, lang=None):
        """Return the terms of the client in a language.

        :param unique: hash of the terms: the answer may be kept as long as it does not change
        :param mods: comma-separated names of installed modules, all by default
        :param lang: code of the language, by default that of the user
        """
        names = mods.split(",") if mods else sorted(request.env.registry._init_modules)
        names = [name for name in names if name]
        lang = get_lang(request.env, lang).code
        modules, lang_parameters = request.env["ir.http"].get_translations_for_webclient(names, lang)
        response = request.make_json_response(
            {
                "lang": lang,
                "lang_parameters": lang_parameters,
                "modules": modules,
                "multi_lang": len(request.env["res.lang"].sudo().get_installed()) > 1,
            },
            headers=[("Cache-Control", f"public, max-age={STATIC_CACHE_LONG}")],
        )
        return compress(response, request.httprequest)

    @route("/web/webclient/version_info", type="json", auth="none", readonly=True)
    def version_info(self):
        """Return the version of the server."""
        return exp_version()

    @route("/web/tests", type="http", auth="user")
    def unit_tests_suite(self, mod=None, **kwargs):
        """Return the page that runs the unit tests of the client."""
        return _tests_page("web.unit_tests_suite", UNIT_TEST_BUNDLES)

    @route("/web/tests/legacy", type="http", auth="user", readonly=True)
    def test_suite(self, mod=None, **kwargs):
        """Return the page that runs the suites which addons wrote for QUnit."""
        return _tests_page("web.qunit_suite", QUNIT_BUNDLES, request.env["ir.http"].session_info())

    @route("/web/tests/legacy/mobile", type="http", auth="user", readonly=True)
    def test_mobile_suite(self, mod=None, **kwargs):
        """Return the page that runs the suites for QUnit that are about small screens."""
        return _tests_page("web.qunit_mobile_suite", QUNIT_MOBILE_BUNDLES, request.env["ir.http"].session_info())


def _tests_page(template, bundles, session_info=None):
    """Return a page with the modules of bundles, the first of which has the client.

    :param session_info: what addons tell their parts of the client, where suites count on that
    """
    env = request.env
    values = {
        "session_info": {"view_info": env["ir.ui.view"].get_view_info()},
        "told_by_addons": session_info or {},
        "test_assets": [env["ir.http"]._page_assets(name, beside=bundles) for name in bundles],
    }
    return guarded(request.render(template, values))
