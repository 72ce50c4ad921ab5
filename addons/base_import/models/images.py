"""Pictures in the cells of a file."""

import base64
import binascii
import io
import re

from PIL import Image

from odoo import models
from odoo.tools import config

from ..tools.errors import ImportValidationError

#: parts of the names of fields that hold pictures
PICTURES = ("icon", "image", "logo", "picture")
#: options of the configuration, and what they are without it
ADDRESS = "import_image_regex", r"^(?:http|https)://"
SECONDS = "import_image_timeout", 3
BYTES = "import_image_maxbytes", 10 * 2**20
MAX_PIXELS = 42_000_000
_CHUNK = 2**16


class Import(models.TransientModel):
    """Pictures."""

    _inherit = "base_import.import"

    def _parse_pictures_from_data(self, data, index, path, field, options) -> None:
        """Fetch pictures that a column has addresses of; names of files are taken out, for the client to upload.

        :raise ImportValidationError: for what is neither an address, nor the name of a file, nor base64
        """
        if not (field.attachment and any(word in field.name for word in PICTURES)):
            return
        address = re.compile(config.get(*ADDRESS))
        session = None
        for number, row in enumerate(data):
            value, line = row[index], self._line(number, options)
            if not value:
                continue
            if address.match(value):
                if not self.env.user._can_import_remote_urls():
                    message = self.env._("Column %s: only administrators may import pictures from addresses.", path)
                    raise ImportValidationError(message, field=path, field_type="binary")
                if session is None:
                    import requests  # it takes a while, and few imports need it

                    session = requests.Session()
                row[index] = self._fetch_picture(value, session, path, line)
            elif "." in value:
                # in place of the name the client sends the file, when the records are there
                options.setdefault("_files", {}).setdefault(path, {})[number] = value
                row[index] = ""
            else:
                try:
                    base64.b64decode(value, validate=True)
                except (binascii.Error, ValueError):
                    message = self.env._(
                        "Column %(column)s, line %(line)s: a picture is a file name, an address or in base64.",
                        column=path,
                        line=line,
                    )
                    raise ImportValidationError(message, field=path, field_type="binary") from None

    def _fetch_picture(self, url, session, path, line) -> str:
        """Return the picture at an address, in base64."""
        most = int(config.get(*BYTES))
        try:
            with session.get(url, timeout=float(config.get(*SECONDS)), stream=True) as response:
                response.raise_for_status()
                if int(response.headers.get("Content-Length") or 0) > most:
                    raise ValueError(self.env._("it is larger than %s bytes", most))
                content = bytearray()
                for chunk in response.iter_content(_CHUNK):
                    content += chunk
                    if len(content) > most:
                        raise ValueError(self.env._("it is larger than %s bytes", most))
            with Image.open(io.BytesIO(content)) as picture:
                width, height = picture.size
            if width * height > MAX_PIXELS:
                raise ValueError(self.env._("it has more than %s million pixels", MAX_PIXELS // 10**6))
        except Exception as error:
            message = self.env._(
                "The picture %(url)s cannot be imported (column %(column)s, line %(line)s): %(error)s",
                url=url,
                column=path,
                line=line,
                error=error,
            )
            raise ImportValidationError(message, field=path, field_type="binary") from error
        return base64.b64encode(content).decode()
