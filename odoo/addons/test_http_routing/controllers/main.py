"""Pages that tell how they were reached."""

from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

PAGE = {"type": "http", "auth": "public", "website": True}
THING = '<model("test_http_routing.thing", "[(1, \'=\', 1)]"):thing>'


class Pages(Controller):
    """Pages for visitors."""

    @route("/test_routing/page", **PAGE)
    def page(self, **params):
        """Tell the language, and what templates make of addresses."""
        values = {}
        request.env["ir.qweb"]._prepare_environment(values)
        url_for = request.params.get("url_for")
        return request.make_json_response(
            {
                "lang": request.env.context["lang"],
                "path": request.httprequest.path,
                "here": values["url_localized"](lang_code="fr_FR"),
                "url_for": values["url_for"](url_for, request.params.get("lang_code")) if url_for is not None else None,
                "functions": sorted({"slug", "unslug_url", "url_for", "url_localized"} & values.keys()),
                "info": request.env["ir.http"].get_frontend_session_info().get("translationURL"),
            }
        )

    @route(f"/test_routing/thing/{THING}", **PAGE)
    def thing(self, thing):
        """Tell of a thing."""
        return request.make_json_response([thing.name, thing.env.context["_converter_value"]])

    @route("/test_routing/plain", multilang=False, **PAGE)
    def plain(self):
        """Answer in one language."""
        return request.env.context["lang"]

    @route("/test_routing/form", methods=["POST"], csrf=False, **PAGE)
    def form(self):
        """Take a form."""
        return f"{request.env.context['lang']} {request.httprequest.path}"

    @route("/test_routing/backend", type="http", auth="public")
    def backend(self):
        """Answer as the backend does."""
        return str(request.is_frontend)

    @route("/test_routing/fail/<string:kind>", readonly=True, **PAGE)
    def fail(self, kind):
        """Fail in some way."""
        if kind == "access":
            raise AccessError("Not for you")
        if kind == "user":
            raise UserError("Not like this")
        if kind == "missing":
            raise request.not_found()
        if kind == "method":
            request.env["res.users"].browse(request.env.uid)._render_nothing()
        return request.render("test_http_routing.does_not_exist")
