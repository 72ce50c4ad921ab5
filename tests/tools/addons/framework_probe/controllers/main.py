from odoo import http
from odoo.http import request

PAGE = """<html><head><link rel="icon" href="data:,"></head><body><p id="login">%s</p><script>
    window.odoo = {isTourReady: () => true, startTour: (name) => console.log(name === "probe" ? "tour succeeded" : "")};
</script></body></html>"""


class Probe(http.Controller):
    @http.route("/probe/orders", type="json", auth="user")
    def orders(self):
        return request.env["probe.order"].search([]).mapped("name")

    @http.route("/probe/hello", type="http", auth="public")
    def hello(self):
        request.env["probe.tag"].sudo().create({"name": "from http"})
        return "hello"

    @http.route("/probe/page", type="http", auth="user")
    def page(self):
        return PAGE % request.env.user.login
