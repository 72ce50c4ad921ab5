"""``ir.attachment`` as texts use it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import image

#: types of files that are shown as pictures, and the endings of their names
SUPPORTED_IMAGE_MIMETYPES = {
    "image/gif": ".gif",
    "image/jpe": ".jpe",
    "image/jpeg": ".jpeg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
    "image/x-icon": ".ico",
}
#: what the client is told of a file that goes into a text
MEDIA_FIELDS = (
    "id",
    "name",
    "description",
    "mimetype",
    "checksum",
    "url",
    "type",
    "res_id",
    "res_model",
    "public",
    "access_token",
    "image_src",
    "image_width",
    "image_height",
    "original_id",
)


class IrAttachment(models.Model):
    """Files in texts: where they are read, and how large pictures are."""

    _inherit = "ir.attachment"

    local_url = fields.Char(string="Attachment URL", compute="_compute_local_url")
    image_src = fields.Char(compute="_compute_image_src")
    image_width = fields.Integer(compute="_compute_image_size")
    image_height = fields.Integer(compute="_compute_image_size")
    original_id = fields.Many2one(
        "ir.attachment", string="Original (unoptimized, unresized) attachment", ondelete="set null"
    )

    @api.depends("url", "checksum")
    def _compute_local_url(self):
        """Tell where a content is read: at its address, or as a content of the database."""
        for attachment in self:
            version = (attachment.checksum or "")[:8]
            attachment.local_url = attachment.url or f"/web/image/{attachment.id}?unique={version}"

    @api.depends("mimetype", "url", "name")
    def _compute_image_src(self):
        """Tell where pictures are read; nothing for other files."""
        for attachment in self:
            if attachment.mimetype not in SUPPORTED_IMAGE_MIMETYPES:
                attachment.image_src = False
            elif attachment.type == "url":
                attachment.image_src = attachment.url
            else:
                attachment.image_src = attachment.url or (
                    f"/web/image/{attachment.id}?unique={(attachment.checksum or '')[:8]}"
                )

    @api.depends("datas")
    def _compute_image_size(self):
        """Measure pictures in pixels; others have no size."""
        for attachment in self:
            size = (0, 0)
            if attachment.mimetype in SUPPORTED_IMAGE_MIMETYPES and attachment.type == "binary":
                try:
                    picture = image.ImageProcess(attachment.raw, verify_resolution=False).image
                    size = picture.size if picture else size
                except UserError:
                    # a picture that cannot be read has no size
                    pass
            attachment.image_width, attachment.image_height = size

    def _get_media_info(self) -> dict:
        """Return what the client has to know to put the file into a text."""
        self.ensure_one()
        return self._read_format(list(MEDIA_FIELDS))[0]

    def _can_bypass_rights_on_media_dialog(self, **attachment_data) -> bool:
        """Return whether a file may be added without the right to add attachments; overridden by addons.

        :param attachment_data: values of the file that is about to be created
        """
        return False
