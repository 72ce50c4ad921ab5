"""Binary and image fields."""

import base64
import binascii
import string

import psycopg2

from odoo.exceptions import UserError
from odoo.media.image import image_process
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.text import human_size

from ..cache import NOTHING
from .base import Field

__all__ = ["Binary", "Image"]

_NOT_BASE64 = bytes(set(range(256)) - set(string.ascii_letters.encode() + string.digits.encode() + b"+/"))
#: more than what :func:`guess_mimetype` looks at
_SNIFFED_CHARS = 1 << 13


class Binary(Field):
    """Bytes, base64-encoded on the way in and out.

    :param attachment: keep the value as an ``ir.attachment`` (the default) or in a column of the table
    """

    type = "binary"
    prefetch = False
    attachment = True
    _SVG_TYPES = ("image/svg", "image/svg+xml")

    @property
    def column_type(self):
        """Contents kept as attachments have no column."""
        return None if self.attachment else ("bytea", "bytea")

    def _setup_context_keys(self, model):
        super()._setup_context_keys(model)
        self.context_keys = (*self.context_keys, "bin_size", f"bin_size_{self.name}")

    def _describe(self, env):
        return {"attachment": self.attachment}

    def convert_to_column(self, value, record, values=None, validate=True):
        """Wrap the contents for the database, after looking at what users upload."""
        if not value:
            return None
        value = value if isinstance(value, bytes) else str(value).encode("ascii")
        if validate:
            self.check_upload(value, record)
        return psycopg2.Binary(value)

    def check_upload(self, value, records):
        """Refuse SVG documents, which may hold scripts, from users who are no administrators, superuser mode or not.

        Values kept as attachments are served as the type that the attachment has for its user, so any may be uploaded.

        :param value: what is about to be written to the database
        :param records: recordset that gives the environment
        :raise UserError: for such a document
        """
        if self.attachment or not self.store or not value or records.pool.services.attachments.serves(records):
            return
        raw = value.encode() if isinstance(value, str) else bytes(value)
        start = raw.translate(None, delete=_NOT_BASE64)[:_SNIFFED_CHARS]
        decoded = base64.b64decode(start[: len(start) // 4 * 4])
        if all(guess_mimetype(content) not in self._SVG_TYPES for content in (raw[:_SNIFFED_CHARS], decoded)):
            return
        user = records.env.user
        if not (user._is_superuser() or user._is_system()):
            raise UserError(records.env._("SVG files may contain scripts, so only administrators may upload them."))

    def prepare_insert(self, value, model):
        """Return a value given for a new record as its column is to hold it.

        :raise UserError: see :meth:`check_upload`
        """
        self.check_upload(value, model)
        return value

    def to_columns(self, values, model):
        """Wrap cached contents for the database."""
        return [None if value is None else psycopg2.Binary(value) for value in values]

    def convert_to_cache(self, value, record, validate=True):
        """Return contents in base64 as bytes, ``None`` when there are none."""
        if isinstance(value, memoryview):
            return bytes(value)
        if isinstance(value, str):
            value = value.encode("ascii")
        if not value:
            # who computes an empty content knows that there is nothing in it
            return value if value == b"" and not self.store else None
        if isinstance(value, int) and self._sizes_only(record.env):
            return human_size(value)
        return value

    def _sizes_only(self, env) -> bool:
        return bool(env.context.get("bin_size") or env.context.get(f"bin_size_{self.name}"))

    def _with_contents(self, records):
        """Return ``records`` in an environment that has the contents of the field, not their sizes."""
        return records.with_context(bin_size=False, **{f"bin_size_{self.name}": False})

    def convert_to_record(self, value, record):
        """Return the contents, or their size in words; no contents read as ``False``."""
        return False if value is None else value

    def convert_to_read_multi(self, values, records, use_display_name=True):
        """Return the contents, with ``False`` for none, in base64 as they are cached."""
        return [value or False for value in values]

    def compute_value(self, records):
        """Compute real contents, then tell their sizes where sizes are asked for."""
        if not self._sizes_only(records.env):
            return super().compute_value(records)
        full = self._with_contents(records)
        super().compute_value(full)
        cache = records.env.cache
        # the database tells the sizes of what is in a column
        for record in records.filtered(lambda record: not record.id) if self.store and self.column_type else records:
            value = cache.get(full.browse(record._ids), self, None)
            if isinstance(value, str):
                value = value.encode()
            if isinstance(value, bytes):
                value = human_size(_decoded_length(value)).encode()
            cache.set(record, self, value)
        return None

    def determine_inverse(self, records):
        """Run the inverse method where it reads the contents that were written, not their sizes."""
        full = self._with_contents(records)
        if self._sizes_only(records.env):
            cache = records.env.cache
            for record in records:
                given = cache.get(record, self, None)
                if given is not None:
                    cache.set(full.browse(record._ids), self, given)
                    cache.remove(record, self)
        super().determine_inverse(full)

    # attachments

    def forget_missing(self, env, id_):
        """Forget that a record had no contents, as when an attachment was made for it."""
        for column in env.cache.columns.every(self):
            if column.get(id_, NOTHING) is None:
                del column[id_]

    def read(self, records):
        """Read attachments, of which only the size where sizes are asked for."""
        if not self.attachment:
            return super().read(records)
        attachments = records.pool.services.attachments
        if self._sizes_only(records.env):
            sizes = attachments.sizes(records, self.name)
            values = {id_: human_size(size).encode() for id_, size in sizes.items()}
        else:
            values = attachments.contents(records, self.name)
        records.env.cache.insert_missing(records, self, [values.get(id_) for id_ in records._ids])
        return None

    def create(self, record_values):
        """Make attachments of the contents."""
        if not self.attachment:
            return super().create(record_values)
        if not record_values:
            return None
        model = record_values[0][0]
        contents = {record.id: value for record, value in record_values if value}
        model.pool.services.attachments.add(model, self.name, contents)
        return None

    def create_column(self, vals_list, model):
        """Convert a column of contents, each as it is to be stored."""
        name, convert = self.name, self.convert_to_cache
        return [convert(self.prepare_insert(vals[name], model), model) for vals in vals_list]

    def write(self, records, value):
        """Look at what is uploaded for records in the database, then write."""
        if any(records._ids):
            self.check_upload(value, records)
        self._write_contents(records, value, uploaded=True)

    def write_computed(self, records, value):
        """Write contents without looking at them."""
        self._write_contents(records, value, uploaded=False)

    def _write_contents(self, records, value, uploaded):
        """Write contents: those of a column as others, the rest as attachments.

        :param uploaded: whether they come from the user, and not from a compute method
        """
        full = self._with_contents(records)
        if not self.attachment:
            self._forget_sizes(records)
            super().write(full, value)
            return
        value = self.convert_to_cache(value, full)
        records.env.remove_to_compute(self, records)
        cache = records.env.cache
        known = cache.peek(full, self)
        # where there is nothing there is no attachment to look for
        unchanged = {id_ for id_ in full._ids if value is None and known.get(id_, NOTHING) is None}
        cache.columns.forget(self, records._ids)
        cache.update(full, self, [value] * len(records))
        real = full.filtered(lambda record: record.id and record.id not in unchanged)
        if self.store and real:
            real = real if uploaded else real.with_context(binary_field_computed=True)
            real.pool.services.attachments.replace(real, self.name, value)

    def written_column(self, model):
        """Return the column of the cache that has the contents, not their sizes."""
        return super().written_column(self._with_contents(model))

    def _forget_sizes(self, records):
        """Drop what is cached of the sizes of previous contents."""
        own = self._with_contents(records).env.cache_key(self)
        records.env.cache.columns.forget_other(self, own, records._ids)

    def convert_to_export(self, value, record):
        """Return the text of the contents in base64."""
        return value.decode() if isinstance(value, bytes) else value or ""


def _decoded_length(value: bytes) -> int:
    """Return the length of contents in base64, or of the text itself where it is something else."""
    try:
        return len(base64.b64decode(value))
    except binascii.Error:
        return len(value)


class Image(Binary):
    """Image, made to fit a box when it is larger.

    :param max_width, max_height: the box in pixels, 0 for no limit
    :param verify_resolution: refuse images of more than 50 megapixels
    """

    max_width = 0
    max_height = 0
    verify_resolution = True

    def setup(self, model):
        """Refuse models without the time of the last change, which the address of an image has."""
        super().setup(model)
        if not model._abstract and not model._log_access:
            raise TypeError(f"{self}: image fields need the log access columns of their model")

    def prepare_insert(self, value, model):
        """Make the image fit its box before it is stored."""
        return self._process(super().prepare_insert(value, model), model.env)

    def create(self, record_values):
        """Keep the processed images; until they are fetched again, they read as they are here."""
        record_values = [(record, self._process(value, record.env)) for record, value in record_values]
        super().create(record_values)
        for record, value in record_values:
            self._keep(record, value)

    def write(self, records, value):
        """Write the processed image; what was given stays in the cache for the inverse of a related image."""
        super().write(records, value)
        if self.related and self.inverse == self._inverse_related:
            self._keep(records.browse(tuple(id_ for id_ in records._ids if id_)), value)

    def _write_contents(self, records, value, uploaded):
        """Write the processed image; an assignment in a compute keeps what other sizes resize from."""
        super()._write_contents(records, self._process(value, records.env), uploaded)

    def _keep(self, records, value):
        """Put a value into the cache that is not to be written."""
        full = self._with_contents(records)
        records.env.cache.update(full, self, [self.convert_to_cache(value, full)] * len(records))

    def _inverse_related(self, records):
        super()._inverse_related(records)
        for record in records:
            self._keep(record, self._process(record[self.name], record.env))

    def _related_value(self, value, env):
        # under bin_size it is no image
        return value if self._sizes_only(env) else self._process(value, env)

    def _process(self, value, env):
        """Return the value fitted into the field's box, base64-encoded.

        :raise UserError: when the content is no image
        """
        if self.readonly and not self.max_width and not self.max_height:
            return value
        if not value or not (self.max_width or self.max_height or self.verify_resolution):
            return value
        raw = value.encode() if isinstance(value, str) else value
        try:
            content = base64.b64decode(raw)
        except binascii.Error as error:
            raise UserError(env._("The image is not valid base64.")) from error
        if guess_mimetype(content) in ("image/svg+xml", "image/webp", "image/x-icon"):
            return raw
        processed = image_process(
            content, size=(self.max_width, self.max_height), verify_resolution=self.verify_resolution
        )
        return base64.b64encode(processed) if processed else value
