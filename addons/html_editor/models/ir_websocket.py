"""Pages that listen to what others write."""

from odoo import api, models
from odoo.addons.html_editor.tools import COLLABORATION, channel_of_text


class IrWebsocket(models.AbstractModel):
    """Listening to texts."""

    _inherit = "ir.websocket"

    @api.model
    def _build_bus_channel_list(self, channels):
        """Listen to the texts that are asked for, where the user may write them."""
        asked, others = [], []
        for each in channels:
            (asked if isinstance(each, str) and each.startswith(f"{COLLABORATION}:") else others).append(each)
        texts = [channel for name in asked if (channel := channel_of_text(self.env, name))]
        return super()._build_bus_channel_list([*others, *texts])
