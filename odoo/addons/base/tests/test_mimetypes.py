"""Small files of common kinds, as base64, and that their kinds are recognised."""

import base64
import io
import zipfile

from PIL import Image

from odoo.tests import BaseCase
from odoo.tools.mimetypes import guess_mimetype


def _picture(kind):
    """Return a picture of one pixel in a format of Pillow, as base64."""
    stream = io.BytesIO()
    Image.new("RGB", (1, 1), "teal").save(stream, kind)
    return base64.b64encode(stream.getvalue())


def _archive(**texts):
    """Return a ZIP archive of texts by name, as base64."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return base64.b64encode(stream.getvalue())


PNG, JPG, GIF, BMP = map(_picture, ("PNG", "JPEG", "GIF", "BMP"))
SVG = base64.b64encode(
    b"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><path d="M0 0h2v1H0z"/></svg>"""
)
#: a picture whose elements have a prefix; plain bytes
NAMESPACED_SVG = b"""<v:svg xmlns:v="http://www.w3.org/2000/svg" width="1" height="1"><v:circle r="1"/></v:svg>"""
ZIP = _archive(note="some words")


class TestSamples(BaseCase):
    """The samples are what they are called."""

    def test_kinds(self):
        kinds = {
            "image/png": PNG,
            "image/jpeg": JPG,
            "image/gif": GIF,
            "image/bmp": BMP,
            "image/svg+xml": SVG,
            "application/zip": ZIP,
        }
        for kind, sample in kinds.items():
            with self.subTest(kind):
                self.assertEqual(guess_mimetype(base64.b64decode(sample), default="unknown"), kind)
        self.assertEqual(guess_mimetype(NAMESPACED_SVG, default="unknown"), "image/svg+xml")

    def test_archive(self):
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(ZIP))) as archive:
            self.assertEqual(archive.read("note"), b"some words")
