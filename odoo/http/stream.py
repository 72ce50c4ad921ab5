"""Files on their way to a client: from disk, from memory or from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import io
import mimetypes
import os
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zlib import adler32

from werkzeug import exceptions as http_errors
from werkzeug import http
from werkzeug.utils import send_file

from odoo.media.mimetypes import guess_mimetype
from odoo.tools import file_path
from odoo.tools.config import config

from .browser_policy import CONTENT_POLICY, content_policy
from .constants import STATIC_CACHE_LONG
from .local import request
from .response import Response

#: attributes of streams that :func:`werkzeug.utils.send_file` takes as they are
SEND_FILE_OPTIONS = ("mimetype", "download_name", "conditional", "etag", "last_modified")
#: headers that ask for a part of a file
_PARTS = frozenset(("HTTP_RANGE", "HTTP_IF_RANGE"))


def content_disposition(filename: str, disposition_type: str = "attachment") -> str:
    """Return the value of a `Content-Disposition` header for a file of any name.

    A name that is not ASCII is there twice: encoded, and without its accents for clients that know no encoding.

    :raises ValueError: `disposition_type` is neither `attachment` nor `inline`
    """
    if disposition_type not in ("attachment", "inline"):
        raise ValueError(f"Invalid disposition type {disposition_type!r}: attachment or inline")
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    plain = "".join(filter(str.isprintable, plain))
    parts = [disposition_type, f"filename={http.quote_header_value(plain)}"]
    if plain != filename:
        parts.append(f"filename*=UTF-8''{quote(filename, safe='', errors='replace')}")
    return "; ".join(parts)


class Stream:
    """A file to send, and how to send it.

    :ivar type: `path`, `data` or `url`: which of these attributes holds the file; `file`: what `opener()` returns, an
        open binary file of `size` bytes that can be sought in
    :ivar mimetype: content type; guessed from the name when None
    :ivar as_attachment: whether the browser saves the file rather than shows it
    :ivar conditional: whether `If-None-Match`, `If-Modified-Since` and `Range` are honoured
    :ivar etag: entity tag, or whether to make one
    :ivar immutable: whether the URL will never show anything else
    :ivar public: whether shared caches may keep the file
    """

    type = ""
    data: Any = None
    path: Any = None
    url: Any = None
    opener: Any = None

    mimetype = None
    as_attachment = False
    download_name = None
    conditional = True
    etag = True
    last_modified = None
    max_age = None
    immutable = False
    size = None
    public = False

    def __init__(self, **kwargs: Any) -> None:
        self.__dict__.update(kwargs)

    @classmethod
    def from_path(cls, path: str, filter_ext: tuple[str, ...] = ("",), public: bool = False) -> Stream:
        """Return the stream of a file below one of the addons paths.

        :raises FileNotFoundError: there is no such file
        :raises ValueError: its extension is not among `filter_ext`
        """
        found = Path(file_path(path, filter_ext))
        stat = found.stat()
        version = (int(stat.st_mtime), stat.st_size, adler32(os.fsencode(found)))
        return cls(
            type="path",
            path=str(found),
            public=public,
            mimetype=mimetypes.guess_type(found.name)[0],
            download_name=found.name,
            size=stat.st_size,
            last_modified=stat.st_mtime,
            etag="-".join(map(str, version)),
        )

    @classmethod
    def from_binary_field(cls, record: Any, field_name: str) -> Stream:
        """Return the stream of the value of a binary field that is a column."""
        content = base64.b64decode(record[field_name] or b"")
        checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        changed = record.write_date if record._log_access else None
        public = record.env.user._is_public()
        return cls(type="data", data=content, size=len(content), etag=checksum, last_modified=changed, public=public)

    def read(self) -> bytes:
        """Return the content.

        :raises ValueError: the file is elsewhere (type `url`)
        """
        if self.type == "path":
            return Path(self.path).read_bytes()
        if self.type == "data":
            return self.data
        if self.type == "file":
            with self.opener() as file:
                return file.read()
        raise ValueError(f"The content of {self.url!r} is elsewhere")

    def first_bytes(self, size: int) -> bytes:
        """Return the beginning of the content, enough to tell its kind.

        :raises ValueError: the file is elsewhere (type `url`)
        """
        if self.type == "data":
            return self.data[:size]
        if self.type not in ("path", "file"):
            raise ValueError(f"The content of {self.url!r} is elsewhere")
        with open(self.path, "rb") if self.type == "path" else self.opener() as file:
            return file.read(size)

    def get_response(
        self,
        as_attachment: bool | None = None,
        immutable: bool | None = None,
        content_security_policy: str | None = CONTENT_POLICY,
        **send_file_kwargs: Any,
    ) -> Any:
        """Return the response that sends the file.

        :param as_attachment: overrides the attribute
        :param immutable: overrides the attribute
        :param content_security_policy: value of that header; None: no header. What browsers show as a page is put into
            a sandbox unless something else is given
        :param send_file_kwargs: overrides of what goes to :func:`werkzeug.utils.send_file`
        """
        if self.type == "url":
            return self._redirection()
        if self.type not in ("data", "path", "file"):
            raise ValueError(f"Invalid stream type {self.type!r}: url, data, path or file")
        if as_attachment is None:
            as_attachment = self.as_attachment
        if immutable is None:
            immutable = self.immutable
        options = {name: getattr(self, name) for name in SEND_FILE_OPTIONS}
        options.update(
            as_attachment=as_attachment,
            max_age=STATIC_CACHE_LONG if immutable else self.max_age,
            environ=request.httprequest.environ,
            response_class=Response,
        )
        options.update(send_file_kwargs)
        filed = self._place_for_proxy()
        if filed:
            options["use_x_sendfile"] = True
            # which part of it is for who sends it
            options["environ"] = {name: value for name, value in options["environ"].items() if name not in _PARTS}
        if self.type == "data":
            if not options["mimetype"]:
                options["mimetype"] = guess_mimetype(self.data)
            source: Any = io.BytesIO(self.data)
        else:
            source = self.path if self.type == "path" else self.opener()
            options["mimetype"] = options["mimetype"] or "application/octet-stream"
        response = self._send_opened(source, options) if self.type == "file" else send_file(source, **options)
        if filed and response.status_code == 200:
            response.headers["X-Accel-Redirect"] = filed
            # of what follows the headers, not of the file
            response.content_length = 0
        elif filed:
            # the client has it
            response.headers.pop("X-Sendfile", None)
        self._set_headers(response, as_attachment, immutable, content_security_policy)
        return response

    def _place_for_proxy(self):
        """Return where a reverse proxy finds a file of the filestore, if it is to send them (``--x-sendfile``)."""
        if not config["x_sendfile"] or self.type != "path":
            return ""
        place, root = Path(self.path), Path(config.filestore(""))
        return f"/web/filestore/{quote(str(place.relative_to(root)))}" if place.is_relative_to(root) else ""

    def _send_opened(self, file, options):
        """Return the response that sends an open file, whose size Werkzeug cannot know."""
        conditional, size = options.pop("conditional"), int(self.size or 0)
        if options["etag"] is True:
            # there is no path to make one of
            options["etag"] = False
        response = send_file(file, **options, conditional=False)
        response.content_length = size
        if conditional:
            try:
                response.make_conditional(options["environ"], accept_ranges=True, complete_length=size)
            except http_errors.RequestedRangeNotSatisfiable:
                file.close()
                raise
        return response

    def _redirection(self):
        """Return the response that sends the client to the URL: for ever, unless it is good for some time only."""
        if self.max_age is None:
            return request.redirect(self.url, code=301, local=False)
        response = request.redirect(self.url, code=302, local=False)
        response.headers["Cache-Control"] = f"max-age={self.max_age}"
        return response

    def _set_headers(self, response, as_attachment, immutable, content_security_policy):
        if self.download_name:
            # Werkzeug guards plain names only; this form is right for every name.
            disposition = "attachment" if as_attachment else "inline"
            response.headers["Content-Disposition"] = content_disposition(self.download_name, disposition)
        if self.type == "data" and response.status_code == 200:
            response.content_length = len(self.data)
        if immutable:
            response.cache_control["immutable"] = None
        if self.public and (response.cache_control.max_age or 0) > 0:
            response.cache_control.public = True
        elif not self.public:
            response.cache_control.pop("public", "")
            response.cache_control.private = True
        response.headers["X-Content-Type-Options"] = "nosniff"
        if content_security_policy == CONTENT_POLICY:
            content_security_policy = content_policy(response.mimetype)
        if content_security_policy:
            response.headers["Content-Security-Policy"] = content_security_policy
