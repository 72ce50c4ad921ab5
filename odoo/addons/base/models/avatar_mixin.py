"""``avatar.mixin``: a picture that is drawn from the name where there is none."""

from base64 import b64encode
from hashlib import sha512

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import file_open, html_escape


def get_hsl_from_seed(seed: str) -> str:
    """Return a colour, for CSS, that is always the same for ``seed``."""
    hue, saturation = sha512(seed.encode()).digest()[:2]
    return f"hsl({hue * 360 / 255:.0f}, {40 + saturation * 30 / 255:.0f}%, 45%)"


def avatar_of(size: int):
    """Return the method that computes the avatar of a size."""

    @api.depends(lambda self: [self._avatar_name_field, f"image_{size}"])
    def compute(self):
        """See :meth:`AvatarMixin._compute_avatar`."""
        self._compute_avatar(f"avatar_{size}", f"image_{size}")

    return compute


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

    _compute_avatar_1920 = avatar_of(1920)
    _compute_avatar_1024 = avatar_of(1024)
    _compute_avatar_512 = avatar_of(512)
    _compute_avatar_256 = avatar_of(256)
    _compute_avatar_128 = avatar_of(128)

    def _compute_avatar(self, avatar_field: str, image_field: str) -> None:
        """Set ``avatar_field`` to the picture in ``image_field``, or to one made for the record."""
        for record in self:
            record[avatar_field] = record[image_field] or record._avatar_without_image()

    def _avatar_without_image(self) -> bytes:
        """Return what stands for a record without a picture, in base64: a drawing, if it has a name yet."""
        if self.id and self[self._avatar_name_field]:
            return self._avatar_generate_svg()
        return b64encode(self._avatar_get_placeholder())

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
