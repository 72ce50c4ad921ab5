"""``discuss.voice.metadata``: which files are voices."""

from odoo import fields, models


class DiscussVoiceMetadata(models.Model):
    """A file that was recorded for a message."""

    _name = "discuss.voice.metadata"
    _description = "Metadata for voice attachments"

    attachment_id = fields.Many2one(
        "ir.attachment", "Attachment", ondelete="cascade", auto_join=True, copy=False, index=True
    )


class MailThread(models.AbstractModel):
    """Documents about which people speak."""

    _inherit = "mail.thread"

    def _create_attachments_for_post(self, values_list, extra_list):
        """Note which files are voices."""
        files = super()._create_attachments_for_post(values_list, extra_list)
        spoken = [file for file, extra in zip(files, extra_list, strict=True) if extra["info"].get("voice")]
        self.env["discuss.voice.metadata"].sudo().create([{"attachment_id": file.id} for file in spoken])
        return files
