"""Images and types of files."""

import base64
import io
import zipfile

import pytest
from PIL import Image

from odoo.exceptions import UserError
from odoo.tools import image
from odoo.tools.mimetypes import fix_filename_extension, get_extension, guess_mimetype


def picture(size=(40, 20), color=(255, 0, 0), mode="RGB", fmt="PNG", **params):
    stream = io.BytesIO()
    Image.new(mode, size, color).save(stream, fmt, **params)
    return stream.getvalue()


def size_of(data):
    return Image.open(io.BytesIO(data)).size


def test_resizing():
    source = picture()
    assert size_of(image.image_process(source, size=(10, 10))) == (10, 5)
    assert size_of(image.image_process(source, size=(0, 10))) == (20, 10)
    assert image.image_process(source, size=(100, 100)) == source
    assert size_of(image.image_process(source, size=(80, 80), expand=True)) == (80, 40)
    assert size_of(image.image_process(source, size=(10, 10), crop=True)) == (10, 10)
    assert image.image_process(source) is source
    assert image.image_process(b"") == b""
    assert image.image_process(False, size=(1, 1)) is False


def test_formats():
    transparent = picture(mode="RGBA", color=(0, 0, 0, 0))
    jpeg = image.image_process(transparent, output_format="JPEG")
    assert Image.open(io.BytesIO(jpeg)).format == "JPEG"
    assert Image.open(io.BytesIO(jpeg)).getpixel((0, 0)) == (255, 255, 255)
    assert Image.open(io.BytesIO(image.image_process(picture(fmt="BMP"), size=(10, 10)))).format == "PNG"
    colored = image.ImageProcess(transparent).colorize((10, 20, 30)).image_quality()
    assert Image.open(io.BytesIO(colored)).getpixel((0, 0)) == (10, 20, 30)


def test_orientation_is_applied():
    exif = Image.Exif()
    exif[274] = 6
    source = picture(fmt="JPEG", exif=exif)
    assert image.ImageProcess(source).image.size == (20, 40)


def test_refusals(monkeypatch):
    with pytest.raises(UserError):
        image.image_process(b"not an image", size=(1, 1))
    monkeypatch.setattr(image, "IMAGE_MAX_RESOLUTION", 100)
    with pytest.raises(UserError):
        image.ImageProcess(picture())
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    assert image.image_process(svg, size=(10, 10)) == svg


def test_helpers():
    small, large = (base64.b64encode(picture(size)) for size in ((10, 10), (20, 5)))
    assert image.is_image_size_above(large, small)
    assert not image.is_image_size_above(small, small)
    assert image.image_guess_size_from_field_name("image_1920") == (1920, 1920)
    assert image.image_guess_size_from_field_name("x_avatar_128") == (128, 128)
    assert image.image_guess_size_from_field_name("logo") == (0, 0)
    assert image.image_data_uri(small).startswith("data:image/png;base64,")
    assert image.hex_to_rgb("#a1b2c3") == (161, 178, 195)
    assert image.rgb_to_hex((161, 178, 195)) == "#a1b2c3"
    assert image.get_saturation((255, 0, 0)) == 1
    assert image.get_lightness((255, 255, 255)) == 1
    main, rest = image.average_dominant_color([(10, (200, 10, 10)), (5, (190, 0, 0)), (1, (0, 0, 255))])
    assert main[0] == 175 and rest == [(1, (0, 0, 255))]


def office(folder):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/x.xml", "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (picture(), "image/png"),
        (picture(fmt="JPEG"), "image/jpeg"),
        (picture(fmt="GIF"), "image/gif"),
        (picture(fmt="WEBP"), "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<svg/>", "image/svg+xml"),
        (b"<?xml version='1.0'?><!-- x --><svg/>", "image/svg+xml"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b"<!DOCTYPE html><html></html>", "text/html"),
        (b"hello", "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "application/octet-stream"),
        (office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (office("word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office("other"), "application/zip"),
    ],
)
def test_guessing_types(data, expected):
    assert guess_mimetype(data) == expected


def test_extensions():
    assert get_extension("a.tar.GZ") == ".gz"
    assert get_extension("no extension") == ""
    assert fix_filename_extension("photo", "image/jpeg") == "photo.jpg"
    assert fix_filename_extension("photo.jpeg", "image/jpeg") == "photo.jpeg"
