"""Files and pictures of channels."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.addons.web.controllers.binary import Binary
from odoo.addons.web.controllers.utils import whole_number
from odoo.http import request

from ...models.discuss.mail_guest import add_guest_to_context
from .channel import channel_of

#: pixels of a side of a picture
_MAX_SIDE = 4096


class BinaryController(Binary):
    """Routes of files in channels, and of pictures of people."""

    @http.route()
    @add_guest_to_context
    def content_image(self, *args, **kwargs):
        """Return a picture, to guests, too."""
        return super().content_image(*args, **kwargs)

    @http.route(
        "/discuss/channel/<int:channel_id>/attachment/<int:attachment_id>",
        methods=["GET"],
        type="http",
        auth="public",
        readonly=True,
    )
    @add_guest_to_context
    def discuss_channel_attachment(self, channel_id, attachment_id, download=None, **kwargs):
        """Return a file of a channel that the caller sees.

        :param download: have the browser save it
        """
        stream = request.env["ir.binary"]._get_stream_from(_file_of(channel_id, attachment_id), "raw")
        return stream.get_response(as_attachment=bool(download))

    @http.route(
        [
            "/discuss/channel/<int:channel_id>/image/<int:attachment_id>",
            "/discuss/channel/<int:channel_id>/image/<int:attachment_id>/<int:width>x<int:height>",
        ],
        methods=["GET"],
        type="http",
        auth="public",
        readonly=True,
    )
    @add_guest_to_context
    def fetch_image(self, channel_id, attachment_id, width=0, height=0, **kwargs):
        """Return a picture of a channel that the caller sees.

        :param width: at most so many pixels
        :param height: the same
        """
        sides = {"width": whole_number(width, "width"), "height": whole_number(height, "height")}
        size = {name: min(side, _MAX_SIDE) for name, side in sides.items()}
        stream = request.env["ir.binary"]._get_image_stream_from(_file_of(channel_id, attachment_id), "raw", **size)
        return stream.get_response(as_attachment=False)


def _file_of(channel_id, attachment_id):
    """Return a file of a channel.

    :raise NotFound: for others
    """
    place = [("res_id", "=", channel_of(channel_id).id), ("res_model", "=", "discuss.channel")]
    # whoever sees the channel sees its files
    file_id = whole_number(attachment_id, "attachment_id")
    file = request.env["ir.attachment"].sudo().search([("id", "=", file_id), *place])
    if not file:
        raise NotFound
    return file
