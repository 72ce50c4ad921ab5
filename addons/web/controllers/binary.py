"""Files and images of records, uploads, the logo of the company."""

from __future__ import annotations

import base64
import json
import logging
import os
import unicodedata

from werkzeug.exceptions import NotFound

import odoo.modules.registry
from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, Stream, request, route
from odoo.tools import file_path, str2bool
from odoo.tools.image import image_guess_size_from_field_name
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.text import natural_number

from .utils import whole_number

_logger = logging.getLogger(__name__)

BAD_X_SENDFILE = "X-Sendfile is not in use: the file store is only served by the front web server"
LOGO_PLACEHOLDER = "web/static/img/logo.png"
NO_COMPANY_LOGO = "web/static/img/nologo.png"


def clean(name: str) -> str:
    """Return a file name without control characters."""
    return name.replace("\x3c", "").replace("\r", "").replace("\n", "")


class Binary(Controller):
    """Doors to files."""

    @route("/web/filestore/<path:_path>", type="http", auth="none", readonly=True)
    def content_filestore(self, _path):
        """Refuse: paths of the file store are for the front web server (X-Accel-Redirect)."""
        _logger.warning(BAD_X_SENDFILE)
        raise NotFound()

    @route(
        [
            "/web/content",
            "/web/content/<string:xmlid>",
            "/web/content/<string:xmlid>/<string:filename>",
            "/web/content/<int:id>",
            "/web/content/<int:id>/<string:filename>",
            "/web/content/<string:model>/<int:id>/<string:field>",
            "/web/content/<string:model>/<int:id>/<string:field>/<string:filename>",
        ],
        type="http",
        auth="public",
        readonly=True,
    )
    def content_common(
        self,
        xmlid=None,
        model="ir.attachment",
        id=None,
        field="raw",
        filename=None,
        filename_field="name",
        mimetype=None,
        unique=False,
        download=False,
        access_token=None,
        nocache=False,
    ):
        """Send the content of a binary field, by default of an attachment.

        :param unique: hash of the content: the answer may be kept for ever
        :param download: have the browser save the file
        :param access_token: opens an attachment without access rights
        :param nocache: have nobody keep the answer
        """
        try:
            record = self._find(xmlid, model, id, access_token, field)
            stream = request.env["ir.binary"]._get_stream_from(record, field, filename, filename_field, mimetype)
        except UserError as error:
            raise request.not_found() from error
        return self._send(_shared_by_token(stream), download, unique, nocache)

    def _find(self, xmlid, model, id, access_token, field):
        return request.env["ir.binary"]._find_record(
            xmlid, model, id and whole_number(id, "id"), access_token, field=field
        )

    def _send(self, stream, download, unique, nocache):
        options = {"as_attachment": str2bool(download, False) if isinstance(download, str) else bool(download)}
        if unique:
            options["immutable"] = True
            options["max_age"] = odoo.http.STATIC_CACHE_LONG
        if nocache:
            options["max_age"] = None
        return stream.get_response(**options)

    @route(
        [
            "/web/image",
            "/web/image/<string:xmlid>",
            "/web/image/<string:xmlid>/<string:filename>",
            "/web/image/<string:xmlid>/<int:width>x<int:height>",
            "/web/image/<string:xmlid>/<int:width>x<int:height>/<string:filename>",
            "/web/image/<string:model>/<int:id>/<string:field>",
            "/web/image/<string:model>/<int:id>/<string:field>/<string:filename>",
            "/web/image/<string:model>/<int:id>/<string:field>/<int:width>x<int:height>",
            "/web/image/<string:model>/<int:id>/<string:field>/<int:width>x<int:height>/<string:filename>",
            "/web/image/<int:id>",
            "/web/image/<int:id>/<string:filename>",
            "/web/image/<int:id>/<int:width>x<int:height>",
            "/web/image/<int:id>/<int:width>x<int:height>/<string:filename>",
            "/web/image/<int:id>-<string:unique>",
            "/web/image/<int:id>-<string:unique>/<string:filename>",
            "/web/image/<int:id>-<string:unique>/<int:width>x<int:height>",
            "/web/image/<int:id>-<string:unique>/<int:width>x<int:height>/<string:filename>",
        ],
        type="http",
        auth="public",
        readonly=True,
    )
    def content_image(
        self,
        xmlid=None,
        model="ir.attachment",
        id=None,
        field="raw",
        filename_field="name",
        filename=None,
        mimetype=None,
        unique=False,
        download=False,
        width=0,
        height=0,
        crop=False,
        access_token=None,
        nocache=False,
    ):
        """Send an image, resized; a placeholder when there is none or the caller may not see it.

        :param crop: cut to the size instead of fitting into it

        Other parameters as for `/web/content`.
        """
        size = {"width": whole_number(width, "width"), "height": whole_number(height, "height"), "crop": crop}
        try:
            record = self._find(xmlid, model, id, access_token, field)
            stream = request.env["ir.binary"]._get_image_stream_from(
                record, field, filename=filename, filename_field=filename_field, mimetype=mimetype, **size
            )
        except UserError as error:
            if download:
                raise request.not_found() from error
            stream = self._placeholder(field, size)
        else:
            _shared_by_token(stream)
        return self._send(stream, download, unique, nocache)

    def _placeholder(self, field, size):
        """Return the stream of the image that stands for a missing one, as large as that would have been."""
        if not (size["width"] or size["height"]):
            size["width"], size["height"] = image_guess_size_from_field_name(field)
        image = request.env.ref("web.image_placeholder").sudo()
        stream = request.env["ir.binary"]._get_image_stream_from(image, "raw", **size)
        # The next caller, or the same one later, may see the image itself.
        stream.public = False
        return stream

    @route("/web/binary/upload_attachment", type="http", auth="user")
    def upload_attachment(self, model, id, ufile, callback=None):
        """Attach uploaded files to a record.

        :param ufile: files of the multipart form
        :return: JSON list of `{filename, mimetype, id, size}` or `{error}`
        """
        res_id = whole_number(id, "id")
        result = [self._attach(model, res_id, file) for file in request.httprequest.files.getlist("ufile")]
        if callback and not callback.isidentifier():
            raise request.not_found("The callback is no name of a function")
        text = json.dumps(result)
        if not callback:
            return request.make_response(text, [("Content-Type", "text/html; charset=utf-8")])
        script = f"var win = window.top.window; win.jQuery(win).trigger({json.dumps(callback)}, {text});"
        return f"<script>{script.replace('</', '<' + chr(92) + '/')}</script>"

    def _attach(self, model, res_id, file):
        # Safari on macOS sends decomposed names.
        filename = unicodedata.normalize("NFC", file.filename)
        try:
            owner = {"res_model": model, "res_id": res_id}
            attachment = request.env["ir.attachment"]._create_from_file(file, {"name": filename, **owner})
            attachment._post_add_create()
        except AccessError:
            return {"error": request.env._("You may not attach files to this record.")}
        return {
            "filename": clean(filename),
            "mimetype": attachment.mimetype,
            "id": attachment.id,
            "size": attachment.file_size,
        }

    @route(["/web/binary/company_logo", "/logo", "/logo.png"], type="http", auth="none", cors="*", readonly=True)
    def company_logo(self, dbname=None, **kw):
        """Send the logo of a company: of the one given as `company`, of the user, or of the first one."""
        if dbname is None and request.db is None:
            return Stream.from_path(LOGO_PLACEHOLDER, public=True).get_response()
        db = request.db or dbname
        if db != request.db and db not in odoo.http.db_filter([db]):
            raise request.not_found()
        registry = request.registry if db == request.db else odoo.modules.registry.Registry(db)
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company_id = natural_number(kw.get("company"))
            if company_id is not None:
                company = env["res.company"].browse(company_id).exists()
            else:
                user = env["res.users"].browse(request.session.uid or SUPERUSER_ID)
                company = user.company_id or env["res.company"].search([], limit=1)
            image = company and company.logo_web
            if not image:
                return Stream.from_path(NO_COMPANY_LOGO, public=True).get_response()
            data = base64.b64decode(image)
            mimetype = guess_mimetype(data, default="image/png")
            extension = "svg" if mimetype.startswith("image/svg") else mimetype.partition("/")[2]
            stream = Stream(
                type="data",
                data=data,
                mimetype=mimetype,
                download_name=f"logo.{extension}",
                last_modified=company.write_date,
                public=True,
                size=len(data),
            )
        return stream.get_response()

    @route(["/web/sign/get_fonts", "/web/sign/get_fonts/<string:fontname>"], type="json", auth="none", readonly=True)
    def get_fonts(self, fontname=None):
        """Return the fonts for signatures as base64 texts: one of them or all."""
        try:
            folder = file_path("web/static/fonts/sign")
        except FileNotFoundError:
            return []
        names = sorted(os.listdir(folder)) if fontname is None else [os.path.basename(str(fontname))]
        names = [name for name in names if name.endswith((".ttf", ".otf", ".woff", ".woff2"))]
        if not all(os.path.isfile(os.path.join(folder, name)) for name in names):
            raise request.not_found("There is no such font")
        return [_font(os.path.join(folder, name)) for name in names]


def _shared_by_token(stream):
    """Return the stream; caches between server and client may keep what a token in the address opens."""
    if request.httprequest.args.get("access_token"):
        stream.public = True
    return stream


def _font(path):
    with open(path, "rb") as file:
        return base64.b64encode(file.read())
