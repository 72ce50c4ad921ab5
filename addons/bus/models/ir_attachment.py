"""Attachments: what happens to one is told to whom did it, and new scripts of the client to all."""

from odoo import SUPERUSER_ID, api, models, release

#: names of the attachments that the script and the style sheet of the client are in
_PARTS_OF_CLIENT = {"web.assets_web.min.css", "web.assets_web.min.js", "web.assets_web.modules.min.js"}


class IrAttachment(models.Model):
    """Told to the user at work."""

    _name = "ir.attachment"
    _inherit = ["ir.attachment", "bus.listener.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        """Tell pages when there is another client than theirs."""
        attachments = super().create(vals_list)
        if self.env.uid == SUPERUSER_ID:
            for values in vals_list:
                if values.get("name") in _PARTS_OF_CLIENT and values.get("res_model") == "ir.ui.view":
                    version = {"server_version": release.version}
                    self.env["bus.bus"]._sendone("broadcast", "bundle_changed", version)
        return attachments

    def _bus_channel(self):
        return self.env.user._bus_channel()
