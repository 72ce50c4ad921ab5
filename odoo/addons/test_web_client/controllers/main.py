"""Pages of the addon."""

from odoo.http import Controller, request, route


class Pages(Controller):
    """A public page with widgets and components."""

    @route("/test_web_client/page", type="http", auth="public", readonly=True)
    def page(self):
        """Return the page."""
        return request.render("test_web_client.page")
