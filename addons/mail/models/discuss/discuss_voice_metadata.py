"""``discuss.voice.metadata``: which files are voices."""

from odoo import fields, models


class DiscussVoiceMetadata(models.Model):
    """A file that was recorded for a message."""

    _name = "discuss.voice.metadata"
    _description = "Metadata for voice attachments"

    attachment_id = fields.Many2one(
        "ir.attachment", "Attachment", ondelete="cascade", auto_join=True, copy=False, index=True
    )
