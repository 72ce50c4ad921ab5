"""``ir.binary``: streams of binary contents for the HTTP controllers."""

import logging
from datetime import UTC, datetime

import werkzeug.http

from odoo import models
from odoo.exceptions import MissingError, UserError
from odoo.http import Stream, request
from odoo.tools import file_open, file_path, replace_exceptions
from odoo.tools.image import image_guess_size_from_field_name, image_process
from odoo.tools.mimetypes import get_extension, guess_extension, guess_mimetype

_logger = logging.getLogger(__name__)

#: picture that stands for a missing one
DEFAULT_PLACEHOLDER_PATH = "web/static/img/placeholder.png"


class IrBinary(models.AbstractModel):
    """Finding records by what an address tells, and serving the contents of their fields."""

    _name = "ir.binary"
    _description = "File streaming helper model for controllers"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        """Return the record that an address names, by external id or by model and id.

        :raise MissingError: when there is none
        :raise AccessError: when the user may not read it
        """
        record = None
        if xmlid:
            record = self.env.ref(xmlid, False)
        elif res_id is not None and res_model in self.env:
            record = self.env[res_model].browse(res_id).exists()
        if not record:
            raise MissingError(
                self.env._(
                    "There is no such record: external id %(xmlid)s, model %(model)s, id %(id)s",
                    xmlid=xmlid,
                    model=res_model,
                    id=res_id,
                )
            )
        return self._find_record_check_access(record, access_token, field)

    def _find_record_check_access(self, record, access_token, field):
        """Return ``record`` in an environment that may read it.

        :raise AccessError: when the user may not
        """
        if record._name == "ir.attachment":
            return record.validate_access(access_token)
        record.check_access("read")
        return record

    def _record_to_stream(self, record, field_name):
        """Return the stream of a binary field of ``record``.

        :raise MissingError: when the field is kept in an attachment that does not exist
        """
        if record._name == "ir.attachment" and field_name in ("raw", "datas", "db_datas"):
            return record._to_http_stream()
        record.check_field_access_rights("read", [field_name])
        field = record._fields[field_name]
        if field.store and field.attachment:
            attachment = (
                record.env["ir.attachment"]
                .sudo()
                .search(
                    [
                        ("res_model", "=", record._name),
                        ("res_id", "=", record.id),
                        ("res_field", "=", field_name),
                    ],
                    limit=1,
                )
            )
            if not attachment:
                raise MissingError(self.env._("The file of field %s does not exist.", field_name))
            return attachment._to_http_stream()
        return Stream.from_binary_field(record, field_name)

    def _get_stream_from(
        self,
        record,
        field_name="raw",
        filename=None,
        filename_field="name",
        mimetype=None,
        default_mimetype="application/octet-stream",
    ):
        """Return the stream of a binary field with name and mime type.

        :param filename: name for the download, otherwise the one in ``filename_field``, otherwise made up
        :param mimetype: that of the content, otherwise guessed
        :raise UserError: when the field is not binary
        """
        with replace_exceptions(ValueError, by=UserError(f"One record can be served at a time, not {record}.")):
            record.ensure_one()
        field = record._fields.get(field_name)
        if field is None:
            raise UserError(f"{record._name} has no field {field_name}.")
        if field.type != "binary":
            raise UserError(f"Only binary fields can be served: {field} is of type {field.type}.")
        stream = self._record_to_stream(record, field_name)
        if stream.type in ("data", "path"):
            if mimetype:
                stream.mimetype = mimetype
            elif not stream.mimetype:
                stream.mimetype = guess_mimetype(self._first_bytes(stream), default=default_mimetype)
            stream.download_name = self._download_name(stream, record, field_name, filename, filename_field)
        return stream

    def _first_bytes(self, stream):
        """Return enough of the content to tell its kind."""
        if stream.type == "data":
            return stream.data
        with open(stream.path, "rb") as file:
            return file.read(1024)

    def _download_name(self, stream, record, field_name, filename, filename_field):
        """Return the file name that the content is downloaded under."""
        name = filename
        if not name and filename_field in record._fields:
            record.check_field_access_rights("read", [filename_field])
            name = str(record[filename_field] or "")
        if not name:
            name = stream.download_name or f"{record._table}-{record.id}-{field_name}"
        name = name.replace("\n", "_").replace("\r", "_")
        if not get_extension(name) and stream.mimetype != "application/octet-stream":
            name += guess_extension(stream.mimetype) or ""
        return name

    def _get_image_stream_from(
        self,
        record,
        field_name="raw",
        filename=None,
        filename_field="name",
        mimetype=None,
        default_mimetype="image/png",
        placeholder=None,
        width=0,
        height=0,
        crop=False,
        quality=0,
    ):
        """Return the stream of a picture, scaled to what is asked for; a placeholder when there is none.

        :raise UserError: when the content is no picture and there is no placeholder to serve
        """
        stream = None
        try:
            stream = self._get_stream_from(record, field_name, filename, filename_field, mimetype, default_mimetype)
        except UserError:
            if request and request.params.get("download"):
                raise
        if not stream or stream.type == "data" and not stream.data:
            if not placeholder and record and hasattr(record, "_get_placeholder_filename"):
                placeholder = record._get_placeholder_filename(field_name)
            stream = self._get_placeholder_stream(placeholder)
        if stream.type == "url":
            return stream
        if not stream.mimetype.startswith("image/"):
            stream.mimetype = "application/octet-stream"
        if (width, height) == (0, 0):
            width, height = image_guess_size_from_field_name(field_name)
        return self._scaled(stream, width, height, crop, quality)

    def _scaled(self, stream, width, height, crop, quality):
        """Return ``stream`` with the picture scaled, unless the browser has it already."""
        stream.etag = f"{stream.etag}-{width}x{height}-crop={crop}-quality={quality}"
        modified = True
        if request and isinstance(stream.last_modified, (int, float)):
            modified = werkzeug.http.is_resource_modified(
                request.httprequest.environ,
                etag=stream.etag,
                last_modified=datetime.fromtimestamp(stream.last_modified, UTC),
            )
        if modified and (width or height or crop):
            if stream.type == "path":
                with open(stream.path, "rb") as file:
                    stream.type, stream.path, stream.data = "data", None, file.read()
            stream.data = image_process(stream.data, size=(width, height), crop=crop, quality=quality)
            stream.size = len(stream.data)
        return stream

    def _get_placeholder_stream(self, path=None):
        """Return the stream of the picture that stands for a missing one."""
        return Stream.from_path(file_path(path or DEFAULT_PLACEHOLDER_PATH, filter_ext=(".png", ".jpg", ".svg")))

    def _placeholder(self, path=False):
        """Return the bytes of the picture that stands for a missing one."""
        with file_open(path or DEFAULT_PLACEHOLDER_PATH, "rb", filter_ext=(".png", ".jpg", ".svg")) as file:
            return file.read()
