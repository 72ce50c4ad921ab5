"""``avatar.mixin``: a picture that is drawn from the name where there is none."""

from base64 import b64encode
from hashlib import sha512

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import file_open, html_escape


def get_hsl_from_seed(seed: str) -> str:
    """Return a colour, for CSS, that is always the same for ``seed``."""
    digest = sha512(seed.encode()).hexdigest()
    hue = int(digest[0:2], 16) * 360 / 255
    saturation = int(digest[2:4], 16) * ((70 - 40) / 255) + 40
    return f"hsl({hue:.0f}, {saturation:.0f}%, 45%)"


class AvatarMixin(models.AbstractModel):
    """Adds avatars: the record's picture, or else the initial of its name on a colour."""

    _name = "avatar.mixin"
    _inherit = ["image.mixin"]
    _description = "Avatar Mixin"
    _avatar_name_field = "name"

    avatar_1920 = fields.Image("Avatar", max_width=1920, max_height=1920, compute="_compute_avatar_1920")
    avatar_1024 = fields.Image("Avatar 1024", max_width=1024, max_height=1024, compute="_compute_avatar_1024")
    avatar_512 = fields.Image("Avatar 512", max_width=512, max_height=512, compute="_compute_avatar_512")
    avatar_256 = fields.Image("Avatar 256", max_width=256, max_height=256, compute="_compute_avatar_256")
    avatar_128 = fields.Image("Avatar 128", max_width=128, max_height=128, compute="_compute_avatar_128")

    def _compute_avatar(self, avatar_field, image_field):
        """Set ``avatar_field`` to the picture in ``image_field``, or draw one."""
        for record in self:
            avatar = record[image_field]
            if not avatar:
                if record.id and record[record._avatar_name_field]:
                    avatar = record._avatar_generate_svg()
                else:
                    avatar = b64encode(record._avatar_get_placeholder())
            record[avatar_field] = avatar

    @api.depends(lambda self: [self._avatar_name_field, "image_1920"])
    def _compute_avatar_1920(self):
        """See :meth:`_compute_avatar`."""
        self._compute_avatar("avatar_1920", "image_1920")

    @api.depends(lambda self: [self._avatar_name_field, "image_1024"])
    def _compute_avatar_1024(self):
        """See :meth:`_compute_avatar`."""
        self._compute_avatar("avatar_1024", "image_1024")

    @api.depends(lambda self: [self._avatar_name_field, "image_512"])
    def _compute_avatar_512(self):
        """See :meth:`_compute_avatar`."""
        self._compute_avatar("avatar_512", "image_512")

    @api.depends(lambda self: [self._avatar_name_field, "image_256"])
    def _compute_avatar_256(self):
        """See :meth:`_compute_avatar`."""
        self._compute_avatar("avatar_256", "image_256")

    @api.depends(lambda self: [self._avatar_name_field, "image_128"])
    def _compute_avatar_128(self):
        """See :meth:`_compute_avatar`."""
        self._compute_avatar("avatar_128", "image_128")

    def _avatar_generate_svg(self):
        """Return a drawing of the name's initial, in base64."""
        initial = html_escape(self[self._avatar_name_field][0].upper())
        created = self.create_date.timestamp() if self.create_date else ""
        colour = get_hsl_from_seed(f"{self[self._avatar_name_field]}{created}")
        drawing = Markup(
            '<?xml version="1.0" encoding="UTF-8" ?>'
            '<svg xmlns="http://www.w3.org/2000/svg" height="180" width="180">'
            '<rect fill="{}" height="180" width="180"/>'
            '<text fill="#ffffff" font-size="96" text-anchor="middle" x="90" y="125" font-family="sans-serif">{}</text>'
            "</svg>"
        ).format(colour, initial)
        return b64encode(drawing.encode())

    def _avatar_get_placeholder_path(self):
        """Return the path of the picture for records without a name."""
        return "base/static/img/avatar_grey.png"

    def _avatar_get_placeholder(self):
        """Return the picture for records without a name."""
        with file_open(self._avatar_get_placeholder_path(), "rb") as file:
            return file.read()
