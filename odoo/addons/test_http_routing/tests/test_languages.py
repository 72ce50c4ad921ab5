"""Languages in addresses: HRT-3 to HRT-8, HRT-10, HRT-13."""

from urllib.parse import quote

from odoo.tests import tagged

from .common import RoutingCase

PAGE = "/test_routing/page"


@tagged("-at_install", "post_install")
class TestLanguages(RoutingCase):
    def test_hrt_7_the_language_of_the_address(self):
        answer = self.visit(f"/fr{PAGE}?a=1").json()
        self.assertEqual((answer["lang"], answer["path"]), ("fr_FR", PAGE))
        self.assertEqual(answer["functions"], ["slug", "unslug_url", "url_for", "url_localized"])
        self.assertEqual(answer["info"], "/website/translations")
        # the cookie says French now
        self.assertEqual(self.location(f"{PAGE}?a=1&b=%2F"), (303, f"/fr{PAGE}?a=1&b=%2F"))
        self.assertEqual(self.location(f"/en{PAGE}?a=1"), (303, f"{PAGE}?a=1"))
        self.assertEqual(self.visit(f"/en{PAGE}").json()["lang"], "en_US")
        self.assertEqual(self.visit(PAGE).json()["lang"], "en_US")

    def test_hrt_7_the_language_of_the_visitor(self):
        self.opener.cookies.clear()
        answer = self.visit(PAGE, lang="fr", allow_redirects=False)
        self.assertEqual((answer.status_code, answer.cookies["frontend_lang"]), (303, "fr_FR"))
        self.assertTrue(answer.headers["Location"].endswith(f"/fr{PAGE}"))
        self.opener.cookies.clear()
        self.assertEqual(self.visit(PAGE, lang="fr", agent="Googlebot").json()["lang"], "en_US")
        self.opener.cookies.clear()
        self.assertEqual(self.visit(PAGE, lang="de").json()["lang"], "en_US")
        self.opener.cookies.clear()
        self.assertEqual(self.visit("/test_routing/plain", lang="fr").text, "fr_FR")
        self.opener.cookies.clear()
        self.assertEqual(self.visit("/test_routing/form", lang="fr", data={"a": 1}).text, "fr_FR /test_routing/form")
        self.opener.cookies.clear()
        self.assertEqual(self.visit("/fr/test_routing/form", data={"a": 1}).text, "fr_FR /test_routing/form")
        self.assertEqual(self.visit("/test_routing/backend", lang="fr").text, "False")
        self.opener.cookies.clear()
        # files that are not there are looked for once
        self.assertEqual(self.location("/web/static/no.png", lang="fr"), (404, ""))
        self.assertEqual(self.location("/nowhere", lang="fr"), (303, "/fr/nowhere"))

    def test_hrt_7_other_ways_to_say_it(self):
        for path, expected in [
            (f"/fr_FR{PAGE}", (301, f"/fr{PAGE}")),
            (f"/fr_WHATEVER{PAGE}?a=1", (301, f"/fr{PAGE}?a=1")),
            ("/fr/", (301, "/fr")),
            (f"/fr/{PAGE}", (301, f"/fr{PAGE}")),
            ("/test_routing//page", (301, PAGE)),
            ("/_not_a_lang", (404, "")),
            ("/web/nothing", (404, "")),
            ("/frx/test_routing/page", (404, "")),
            (f"/{quote('日本')}/é", (404, "")),
            (f"/fr/{quote('日本')}", (404, "")),
        ]:
            self.opener.cookies.clear()
            self.assertEqual(self.location(path), expected, path)
        self.assertEqual(self.visit("/test_routing//form", data={"a": 1}).status_code, 404)

    def test_hrt_2_hrt_8_the_address_of_a_record(self):
        id_ = self.thing.id
        name = f"/test_routing/thing/green-tea-{id_}"
        self.assertEqual(self.visit(name).json(), ["Green Tea", f"green-tea-{id_}"])
        self.assertEqual(self.location(f"/test_routing/thing/{id_}?a=1"), (301, f"{name}?a=1"))
        self.assertEqual(self.location(f"/test_routing/thing/red-tea-{id_}"), (301, name))
        self.assertEqual(
            self.location(f"/fr/test_routing/thing/{id_}"), (301, f"/fr/test_routing/thing/the-vert-{id_}")
        )
        self.assertEqual(self.visit(f"/test_routing/thing/green--{id_}").status_code, 200)
        self.assertEqual(self.visit("/test_routing/thing/green-0").status_code, 404)
        self.assertEqual(self.visit("/test_routing/thing/green").status_code, 404)

    def url_for(self, path, lang_code=None, page=PAGE):
        params = {"url_for": path, **({"lang_code": lang_code} if lang_code else {})}
        query = "&".join(f"{name}={quote(value)}" for name, value in params.items())
        return self.visit(f"{page}?{query}").json()["url_for"]

    def test_hrt_3_addresses_in_pages(self):
        for path, lang_code, english, french in [
            ("/test_routing/page", None, PAGE, f"/fr{PAGE}"),
            ("/fr/test_routing/page", None, f"/fr{PAGE}", f"/fr{PAGE}"),
            ("/en/test_routing/page?a=1", None, f"{PAGE}?a=1", f"{PAGE}?a=1"),
            ("form#a", None, "/test_routing/form#a", "/fr/test_routing/form#a"),
            ("/", None, "/", "/"),
            (PAGE, "fr_FR", f"/fr{PAGE}", f"/fr{PAGE}"),
            (f"/fr{PAGE}", "en_US", f"/en{PAGE}", f"/en{PAGE}"),
            ("", "[lang]", f"/[lang]{PAGE}", f"/[lang]{PAGE}"),
            ("", None, "", ""),
            ("http://other.example/x", "fr_FR", "http://other.example/x", "http://other.example/x"),
            ("//[broken", "fr_FR", "//[broken", "//[broken"),
            ("/web/login", None, "/web/login", "/web/login"),
            ("/web/static/x.png", "fr_FR", "/web/static/x.png", "/web/static/x.png"),
            ("/test_routing/plain", None, "/test_routing/plain", "/test_routing/plain"),
            ("/test_routing/backend", None, "/test_routing/backend", "/test_routing/backend"),
            ("/nowhere", None, "/nowhere", "/fr/nowhere"),
        ]:
            self.opener.cookies.clear()
            self.assertEqual(self.url_for(path, lang_code), english, path)
            self.assertEqual(self.url_for(path, lang_code, page=f"/fr{PAGE}"), french, path)

    def test_hrt_4_the_page_in_another_language(self):
        self.assertEqual(self.visit(f"{PAGE}?a=1").json()["here"], f"/fr{PAGE}?a=1")
        ir_http = self.env["ir.http"]
        thing = f"/test_routing/thing/{self.thing.id}"
        slug = f"/test_routing/thing/the-vert-{self.thing.id}"
        with self.request_of(thing):
            localized = ir_http._url_localized
            self.assertEqual(localized(thing, "fr_FR"), f"/fr{slug}")
            self.assertEqual(localized(f"{thing}?a=1", "en_US"), f"/test_routing/thing/green-tea-{self.thing.id}?a=1")
            self.assertEqual(localized("/", "en_US", force_default_lang=True), "/en")
            self.assertEqual(localized("/no where", "fr_FR"), "/fr/no%20where")
            canonical = localized(f"{thing}?a=1", "fr_FR", canonical_domain="https://shop.example:8443")
            self.assertEqual(canonical, f"https://shop.example:8443/fr{slug}")
            split = ("https", "shop.example", "/x", "", "")
            self.assertEqual(localized("/", "en_US", canonical_domain=split), "https://shop.example/")

    def test_hrt_5_hrt_6_hrt_10_what_addresses_lead_to(self):
        ir_http = self.env["ir.http"]
        with self.request_of("/"):
            for path, expected in [
                ("/test_routing/page", True),
                ("/fr/test_routing/page#x", True),
                ("/test_routing/plain", False),
                ("/test_routing/backend", False),
                ("/web/login", False),
                ("/x/static/y.css", False),
                ("/anything", True),
                ("/test_routing/form", True),
            ]:
                self.assertEqual(ir_http._is_multilang_url(path), expected, path)
            self.assertEqual(ir_http.url_rewrite("/anything"), ("/anything", False))
            self.assertTrue(ir_http.url_rewrite("/test_routing/form")[1].routing["website"])
            for code, nearest in [("fr_FR", "fr_FR"), ("fr_BE", "fr_FR"), ("fr", "fr_FR"), ("_x", None), ("", None)]:
                self.assertEqual(ir_http.get_nearest_lang(code), nearest, code)
            self.assertEqual(ir_http._get_default_lang().code, "en_US")
            self.env["ir.default"].set("res.partner", "lang", "fr_FR")
            self.assertEqual(ir_http._get_default_lang().code, "fr_FR")
            self.env["ir.default"].set("res.partner", "lang", "xx")
            self.assertTrue(ir_http._get_default_lang())

    def request_of(self, path):
        """Return a context in which a request for a path is answered."""
        return _Requested(self, path)

    def test_hrt_10_doors(self):
        terms = self.visit("/website/translations/abc?lang=fr_FR")
        self.assertEqual(terms.json()["lang"], "fr_FR")
        self.authenticate("admin", "admin")
        self.assertEqual(self.location("/web/session/logout"), (303, "/odoo"))
        self.assertIn("error", self.url_open("/web/session/check", json={"params": {}}).json())

    def test_hrt_10_languages_are_made_in_the_form(self):
        from odoo.tests import Form

        form = Form(self.env["res.lang"], "http_routing.res_lang_form_inherit_model")
        form.name, form.code, form.url_code = "Elvish", "el_VE", "elv"
        self.assertEqual(form.save().url_code, "elv")

    def test_hrt_13_the_request_is_led_elsewhere(self):
        self.assertEqual(self.env["ir.http"].rerouting_limit, 10)
        with self.request_of("/fr/thé?a=1") as request:
            request.httprequest.environ["REQUEST_URI"] = "/fr/th%C3%A9?a=1"
            request.reroute("/thé")
            environ = request.httprequest.environ
            self.assertEqual((request.httprequest.path, request.httprequest.args["a"]), ("/thé", "1"))
            self.assertEqual(environ["REQUEST_URI"], "/fr/th%C3%A9?a=1")
            request.reroute("/日本", "b=2")
            self.assertEqual((request.httprequest.path, dict(request.httprequest.args)), ("/日本", {"b": "2"}))


class _Requested:
    """Work on a request that was taken apart but not answered."""

    def __init__(self, case, path):
        from werkzeug.test import EnvironBuilder

        from odoo.http import Request, _request_stack
        from odoo.http.httprequest import HTTPRequest

        self.stack = _request_stack
        self.request = Request(HTTPRequest(EnvironBuilder(path=path).get_environ()))
        self.request.env, self.request.registry = case.env, case.env.registry
        self.request.httprequest.session = None
        self.request.lang = case.env["res.lang"]._get_data(code="en_US")
        self.request.is_frontend = True

    def __enter__(self):
        self.stack.push(self.request)
        return self.request

    def __exit__(self, *_exception):
        self.stack.pop()
