"""Files in channels: voices, and whom the deletion of a file is told."""

from odoo import fields, models

from ...tools.discuss import Store
from .audience import audience_of


class IrAttachment(models.Model):
    """Files of messages in channels."""

    _inherit = "ir.attachment"

    voice_ids = fields.One2many("discuss.voice.metadata", "attachment_id")

    def _bus_channel(self):
        """Return who is told of the file."""
        return audience_of(self, self.res_model, self.res_id)

    def _post_add_create(self, **kwargs):
        """Note that a file is a voice.

        :param voice: whether it is
        """
        super()._post_add_create(**kwargs)
        if kwargs.get("voice"):
            self.env["discuss.voice.metadata"].sudo().create([{"attachment_id": id_} for id_ in self.ids])

    def _to_store(self, store: Store, /, **kwargs):
        """Tell which files are voices."""
        super()._to_store(store, **kwargs)
        voices = self.env["discuss.voice.metadata"].sudo().search([("attachment_id", "in", self.ids)]).attachment_id
        for file in self:
            store.add(file, {"voice": file.id in voices._ids})
