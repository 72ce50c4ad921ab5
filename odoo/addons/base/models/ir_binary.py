"""``ir.binary``: streams of binary contents for the HTTP controllers."""

import logging
from datetime import UTC, datetime

import werkzeug.http

from odoo import models
from odoo.exceptions import MissingError, UserError
from odoo.http import Stream, request
from odoo.tools import file_open, file_path
from odoo.tools.image import image_guess_size_from_field_name, image_process
from odoo.tools.mimetypes import DEFAULT_MIMETYPE, get_extension, guess_extension, guess_mimetype

from .ir_attachment import CONTENT

_logger = logging.getLogger(__name__)

#: picture that stands for a missing one
DEFAULT_PLACEHOLDER_PATH = "web/static/img/placeholder.png"


class IrBinary(models.AbstractModel):
    """Finding records by what an address tells, and serving the contents of their fields."""

    _name = "ir.binary"
    _description = "Contents of Fields over HTTP"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        """Return the record that an address names, by external id or by model and id.

        :raise MissingError: when there is none
        :raise AccessError: when the user may not read it
        """
        record = self._look_up(xmlid, res_model, res_id)
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

    def _look_up(self, xmlid, res_model, res_id):
        """Return the record with an external id or, without one, with an id; something false when there is none."""
        if xmlid:
            return self.env.ref(xmlid, raise_if_not_found=False)
        designated = res_id is not None and res_model in self.env
        return designated and self.env[res_model].browse(res_id).exists()

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
        attachment = record
        if record._name != "ir.attachment" or field_name not in CONTENT:
            record.check_field_access_rights("read", [field_name])
            field = record._fields[field_name]
            if not (field.attachment and field.store):
                return Stream.from_binary_field(record, field_name)
            attachment = self._attachment_of(record, field_name)
        return attachment._to_http_stream()

    def _attachment_of(self, record, field_name):
        """Return the attachment that keeps the content of a field that the user may read.

        :raise MissingError: when there is none
        """
        key = {"res_model": record._name, "res_id": record.id, "res_field": field_name}
        attachments = record.env["ir.attachment"].sudo()
        found = attachments.search([(name, "=", value) for name, value in key.items()], limit=1)
        if not found:
            raise MissingError(self.env._("The file of field %s does not exist.", field_name))
        return found

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
        self._check_one_binary(record, field_name)
        stream = self._record_to_stream(record, field_name)
        if stream.type != "url":
            stream.mimetype = (
                mimetype or stream.mimetype or guess_mimetype(self._first_bytes(stream), default=default_mimetype)
            )
            stream.download_name = self._download_name(stream, record, field_name, filename, filename_field)
        return stream

    def _check_one_binary(self, record, field_name):
        """Check that there is one content to serve.

        :raise UserError: for several records, or none, and for fields that are not binary
        """
        if len(record) != 1:
            raise UserError(self.env._("One record can be served at a time, not %s.", len(record)))
        if getattr(record._fields.get(field_name), "type", None) != "binary":
            raise UserError(
                self.env._("%(model)s has no binary field %(field)s.", model=record._name, field=field_name)
            )

    def _first_bytes(self, stream):
        """Return enough of the content to tell its kind."""
        return stream.data if stream.type == "data" else stream.first_bytes(1024)

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
        try:
            stream = self._get_stream_from(record, field_name, filename, filename_field, mimetype, default_mimetype)
        except UserError:
            if request and request.params.get("download"):
                raise
            stream = None
        if stream is None or (stream.type == "data" and not stream.data):
            stream = self._get_placeholder_stream(placeholder or self._own_placeholder(record, field_name))
        if stream.type != "url":
            size = (width, height) if width or height else image_guess_size_from_field_name(field_name)
            self._scale(stream, size, crop, quality)
        return stream

    def _own_placeholder(self, record, field_name):
        """Return the path of the picture that stands for a missing one of ``record``, ``None`` for the general one."""
        path_of = getattr(record, "_get_placeholder_filename", None) if record else None
        return path_of and path_of(field_name)

    def _scale(self, stream, size, crop, quality):
        """Scale the picture of a stream, unless the browser has the scaled one already."""
        if not stream.mimetype.startswith("image/"):
            # saved instead of shown
            stream.mimetype = DEFAULT_MIMETYPE
        stream.etag = "-".join(map(str, (stream.etag, *size, crop, quality)))
        if not (any(size) or crop) or self._browser_has(stream):
            return
        stream.data = image_process(stream.read(), size=size, crop=crop, quality=quality)
        stream.type, stream.path, stream.size = "data", None, len(stream.data)

    def _browser_has(self, stream) -> bool:
        """Tell whether the request is for the content only if it is another one than that of the stream."""
        if not request or not isinstance(stream.last_modified, (int, float)):
            return False
        changed = datetime.fromtimestamp(stream.last_modified, UTC)
        headers = request.httprequest.environ
        return not werkzeug.http.is_resource_modified(headers, etag=stream.etag, last_modified=changed)

    def _get_placeholder_stream(self, path=None):
        """Return the stream of the picture that stands for a missing one."""
        return Stream.from_path(file_path(path or DEFAULT_PLACEHOLDER_PATH, filter_ext=(".png", ".jpg", ".svg")))

    def _placeholder(self, path=False):
        """Return the bytes of the picture that stands for a missing one."""
        with file_open(path or DEFAULT_PLACEHOLDER_PATH, "rb", filter_ext=(".png", ".jpg", ".svg")) as file:
            return file.read()
