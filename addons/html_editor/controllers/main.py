"""Files and videos that go into texts, and what those who write one together tell each other."""

import base64
import binascii
import re
from urllib.parse import urlsplit

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request
from odoo.tools import image
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.translate import _

from ..models.ir_attachment import SUPPORTED_IMAGE_MIMETYPES
from ..tools import SAVED, shared_text, tell_writers
from .videos import video_data

#: where a text belongs to when nothing is said
VIEWS = "ir.ui.view"
#: longest name and address of a file
MAX_NAME = 255
MAX_URL = 1024
#: alternative sizes of one picture
MAX_SIZES = 10
MAX_PIXELS = 10_000
_IMAGE_PATH = re.compile(r"^/(?:[a-z]{2}(?:_[A-Z]{2})?/)?web/(?:image|content)/(?P<id>\d+)(?:-[\da-f]+)?(?:/|$)")


def _both(path: str) -> list[str]:
    """Return the addresses of a route: the older one is still asked for."""
    return [f"/web_editor/{path}", f"/html_editor/{path}"]


def _content(data: object) -> bytes:
    """Return a file that was sent in base64; requests as a whole are bounded.

    :raise UserError: when it is none
    """
    try:
        content = base64.b64decode(data, validate=True) if isinstance(data, (str, bytes)) else b""
    except (binascii.Error, ValueError):
        content = b""
    if not content:
        raise UserError(_("The file is empty or damaged."))
    return content


def _whole(value: object, limit: int) -> int:
    """Return a number that was sent as a size or a quality.

    :raise UserError: when it is none, or out of bounds
    """
    if not value:
        return 0
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= limit:
        raise UserError(_("Sizes and qualities are positive numbers."))
    return int(value)


class HTML_Editor(http.Controller):
    """Routes of the editor."""

    @http.route(_both("attachment/add_data"), type="json", auth="user", methods=["POST"])
    def add_data(
        self, name, data, is_image, quality=0, width=0, height=0, res_id=False, res_model=VIEWS, **kwargs
    ) -> dict:
        """Keep an uploaded file.

        :param name: of the file
        :param data: its content in base64
        :param is_image: whether it has to be a picture
        :param quality: of 100, for pictures; 0 leaves them as they are
        :param width: pixels that a picture may have; 0 for any
        :param height: pixels that a picture may have; 0 for any
        :param res_id: record that it belongs to
        :param res_model: model of the record
        :return: what the client has to know of the file, or `{error}` when it is no picture
        :raise UserError: the file is damaged
        :raise AccessError: the user may not change the record
        """
        content = _content(data)
        if is_image:
            mimetype = guess_mimetype(content)
            if mimetype not in SUPPORTED_IMAGE_MIMETYPES:
                return {"error": _("This is no picture that browsers show: %s", str(name)[:MAX_NAME])}
            size = (_whole(width, MAX_PIXELS), _whole(height, MAX_PIXELS))
            quality = _whole(quality, 100)
            if mimetype != "image/svg+xml" and (any(size) or quality):
                content = image.image_process(content, size=size, quality=quality, verify_resolution=True)
        attachment = self._attachment_create(name=name, data=content, res_id=res_id, res_model=res_model)
        return attachment._get_media_info()

    @http.route(_both("attachment/add_url"), type="json", auth="user", methods=["POST"])
    def add_url(self, url, res_id=False, res_model=VIEWS, **kwargs) -> dict:
        """Keep the address of a file elsewhere.

        :param url: its address
        :param res_id: record that it belongs to
        :param res_model: model of the record
        :return: what the client has to know of the file, or `{error}` when the address is none
        :raise AccessError: the user may not change the record
        """
        address = str(url or "").strip()
        parts = urlsplit(address)
        if len(address) > MAX_URL or parts.scheme not in ("http", "https") or not parts.netloc:
            return {"error": _("This is no address of a file: it begins with http:// or https://.")}
        attachment = self._attachment_create(url=address, res_id=res_id, res_model=res_model)
        return attachment._get_media_info()

    @http.route(_both("get_image_info"), type="json", auth="user")
    def get_image_info(self, src="") -> dict:
        """Tell which attachment a picture of a text is, and the one that it was made of.

        :param src: address of the picture
        :return: `attachment` (`{id}`) and `original` (`{id, image_src, mimetype}`), both False when there is none
        :raise AccessError: the user may not read it
        """
        attachments = request.env["ir.attachment"]
        path = urlsplit(str(src or "")[:MAX_URL]).path
        if match := _IMAGE_PATH.match(path):
            attachment = attachments.browse(int(match["id"])).exists()
        else:
            known = [("url", "=like", f"{path}%"), ("mimetype", "in", list(SUPPORTED_IMAGE_MIMETYPES))]
            attachment = attachments.search(known, limit=1) if path.startswith("/") else attachments
        if not attachment:
            return {"attachment": False, "original": False}
        original = attachment.original_id or attachment
        return {
            "attachment": attachment.read(["id"])[0],
            "original": original.read(["id", "image_src", "mimetype"])[0],
        }

    @http.route(
        [f'{path}/<model("ir.attachment"):attachment>' for path in _both("modify_image")], type="json", auth="user"
    )
    def modify_image(
        self,
        attachment,
        res_model=None,
        res_id=None,
        name=None,
        data=None,
        original_id=None,
        mimetype=None,
        alt_data=None,
    ) -> str:
        """Keep a changed picture beside the one that it was made of.

        :param attachment: picture that was changed
        :param res_model: model of the record of the text
        :param res_id: the record
        :param name: of the changed picture
        :param data: its content in base64; without, that of the attachment is taken
        :param original_id: picture that everything began with
        :param mimetype: type of the changed picture
        :param alt_data: contents in base64 by type and size: `{size: {mimetype: data}}`
        :return: address of the changed picture
        :raise UserError: it is no picture
        :raise AccessError: the user may not read the picture or change the record
        """
        attachment.check_access("read")
        content = _content(data) if data else attachment.raw
        kind = guess_mimetype(content or b"")
        if kind not in SUPPORTED_IMAGE_MIMETYPES:
            raise UserError(_("This is no picture that browsers show: %s", attachment.name))
        original = attachment.browse(original_id or attachment.id).exists() or attachment
        original.check_access("read")
        changed = self._attachment_create(
            name=name or attachment.name,
            data=content,
            res_id=res_id or attachment.res_id,
            res_model=res_model or attachment.res_model or VIEWS,
            original_id=original.id,
        )
        self._add_sizes(changed, alt_data or {})
        return changed._get_media_info()["image_src"] + (
            f"&access_token={changed.access_token}" if not changed.public else ""
        )

    @http.route(_both("video_url/data"), type="json", auth="user")
    def video_url_data(
        self,
        video_url,
        autoplay=False,
        loop=False,
        hide_controls=False,
        hide_fullscreen=False,
        hide_dm_logo=False,
        hide_dm_share=False,
    ) -> dict:
        """Tell how the video at an address is shown.

        :param video_url: address of its page or its player
        :return: `platform`, `video_id`, `embed_url` and `params`, or `{error, message}` when there is no video
        """
        found = video_data(
            video_url,
            autoplay=autoplay,
            loop=loop,
            hide_controls=hide_controls,
            hide_fullscreen=hide_fullscreen,
            hide_dm_logo=hide_dm_logo,
            hide_dm_share=hide_dm_share,
        )
        return found or {"error": True, "message": _("No video was found at this address.")}

    @http.route(_both("bus_broadcast"), type="json", auth="user")
    def bus_broadcast(self, model_name, field_name, res_id, bus_data) -> None:
        """Tell all who write a text what one of them did.

        :param model_name: model of the record
        :param field_name: field with the text
        :param res_id: id of the record
        :param bus_data: the message: `notificationName`, `notificationPayload` and more
        :raise ValidationError: there is no such text, or that is no message
        :raise AccessError: the user may not write the text
        :raise UserError: the message is too long
        """
        record = shared_text(request.env, model_name, field_name, res_id)
        name = bus_data.get("notificationName") if isinstance(bus_data, dict) else None
        # of saves the server tells
        if not isinstance(name, str) or name == SAVED:
            raise ValidationError(_("This is no message to those who write a text."))
        # who it is does not depend on what the page says
        user = request.env.user
        tell_writers(record, field_name, {**bus_data, "user": {"id": user.id, "name": user.name}})

    # --- files ------------------------------------------------------------------------------------------------------

    def _attachment_create(self, name="", data=False, url=False, res_id=False, res_model=VIEWS, **values):
        """Return a new attachment of a record, of its model, or of all texts.

        :raise ValidationError: there is no such model or record
        :raise AccessError: the user may not add it
        """
        if not isinstance(res_model, str) or res_model not in request.env:
            raise ValidationError(_("There is no model %s.", str(res_model)[:MAX_NAME]))
        if res_id and (isinstance(res_id, bool) or not isinstance(res_id, int)):
            raise ValidationError(_("A record is named by its number."))
        if res_id:
            request.env[res_model].browse(res_id).check_access("read")
        values |= {
            "name": str(name or (url or "").rpartition("/")[2] or _("File"))[:MAX_NAME],
            "res_model": res_model,
            "res_id": res_id or False,
            # what belongs to no record in particular is shown to readers of any
            "public": res_model == VIEWS,
        }
        values |= {"raw": data} if data else {"type": "url", "url": url}
        attachments = request.env["ir.attachment"]
        if not attachments.has_access("create") and attachments._can_bypass_rights_on_media_dialog(**values):
            # an addon vouches for these values
            attachments = attachments.sudo()
        attachment = attachments.create(values)
        if not attachment.public:
            # readers of a mail have no session
            attachment.generate_access_token()
        return attachment

    def _add_sizes(self, picture, sizes):
        """Keep the other sizes and types of a picture.

        :param sizes: `{size: {mimetype: data}}`
        :raise UserError: there are too many, or they are no pictures
        """
        contents = [
            (str(size)[:20], mimetype, _content(data))
            for size, by_type in sizes.items()
            for mimetype, data in by_type.items()
        ]
        if len(contents) > MAX_SIZES:
            raise UserError(_("A picture has at most %s sizes.", MAX_SIZES))
        for size, mimetype, content in contents:
            if guess_mimetype(content) not in SUPPORTED_IMAGE_MIMETYPES:
                raise UserError(_("This is no picture that browsers show: %s", picture.name))
            stem = picture.name.rpartition(".")[0] or picture.name
            picture.create(
                {
                    "name": stem + SUPPORTED_IMAGE_MIMETYPES.get(mimetype, ""),
                    "description": f"resize: {size}",
                    "raw": content,
                    "res_model": "ir.attachment",
                    "res_id": picture.id,
                }
            )
