"""What pages are told of the bus."""

from odoo import api, models
from odoo.addons.bus.websocket import WebsocketConnectionHandler


class IrHttp(models.AbstractModel):
    """The version of the worker in the page's session."""

    _inherit = "ir.http"

    @api.model
    def get_frontend_session_info(self):
        """Return what public pages are told, with the version of the worker."""
        return {
            **super().get_frontend_session_info(),
            "websocket_worker_version": WebsocketConnectionHandler._VERSION,
        }

    def session_info(self):
        """Return what the web client is told, with the version of the worker."""
        return {**super().session_info(), "websocket_worker_version": WebsocketConnectionHandler._VERSION}
