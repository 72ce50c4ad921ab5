"""``mail.ice.server``: servers by which browsers find each other for calls."""

from odoo import fields, models


class MailIceServer(models.Model):
    """A server that tells browsers how they are reached, or passes calls on."""

    _name = "mail.ice.server"
    _description = "ICE server"

    server_type = fields.Selection([("stun", "stun:"), ("turn", "turn:")], "Type", required=True, default="stun")
    uri = fields.Char("URI", required=True)
    username = fields.Char()
    credential = fields.Char()

    def _get_ice_servers(self):
        """Return the servers as browsers take them."""
        return [server._as_browser_takes_it() for server in self.sudo().search([])]

    def _as_browser_takes_it(self):
        """Return one server: its address, and what it is asked with."""
        values = {"urls": f"{self.server_type}:{self.uri}"}
        return {**values, **{name: self[name] for name in ("username", "credential") if self[name]}}
