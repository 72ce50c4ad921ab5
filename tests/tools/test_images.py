"""Images and types of files."""

import base64
import io
import tracemalloc
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


def test_2_8_2_cropping_without_a_limit_on_one_side():
    source = picture((192, 108))
    for size, expected in (((10, 0), (10, 6)), ((0, 54), (96, 54)), ((0, 0), (192, 108)), ((400, 0), (192, 108))):
        for crop in (True, "top", "bottom", False):
            assert size_of(image.image_process(source, size=size, crop=crop)) == expected
    for size in ((1, 500), (500, 1), (1, 1)):
        assert min(size_of(image.image_process(picture(size), size=(10, 100), crop=True))) == 1
        assert min(size_of(image.image_process(picture(size), size=(100, 10), crop=True))) == 1


def test_2_8_3_quality_never_makes_an_image_larger():
    small = image.image_process(picture(fmt="JPEG"), quality=1)
    assert image.image_process(small, quality=95) == small
    assert len(image.image_process(small, quality=95, output_format="PNG")) != len(small)
    large = image.image_process(picture((200, 200), fmt="JPEG"), quality=95)
    assert len(image.image_process(large, quality=10)) < len(large)


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
    assert image.image_guess_size_from_field_name("logo_avatar_128") == (128, 128)
    assert image.image_guess_size_from_field_name("logo") == (0, 0)
    assert image.image_data_uri(small).startswith("data:image/png;base64,")
    assert image.hex_to_rgb("#a1b2c3") == (161, 178, 195)
    assert image.rgb_to_hex((161, 178, 195)) == "#a1b2c3"
    assert image.get_saturation((255, 0, 0)) == 1
    assert image.get_lightness((255, 255, 255)) == 1
    main, rest = image.average_dominant_color([(10, (200, 10, 10)), (5, (190, 0, 0)), (1, (0, 0, 255))])
    assert main[0] == 175 and rest == [(1, (0, 0, 255))]


def test_2_8_4_fields_that_people_add_are_of_any_size():
    for name in ("x_studio_image_32", "x_image_128", "x_avatar_1920", "image", "image_8", "_16", "image_1x"):
        expected = (1024, 1024) if name == "image" else (0, 0)
        assert image.image_guess_size_from_field_name(name) == expected


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


def test_archives_that_are_no_documents():
    """Whoever sends a file has its type guessed: that takes no more than documents do, and never fails."""

    def archive(content, compression=zipfile.ZIP_DEFLATED, names=("mimetype",)):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", compression) as file:
            for name in names:
                file.writestr(name, content)
        return stream.getvalue()

    opendocument = b"application/vnd.oasis.opendocument.text"
    assert guess_mimetype(archive(opendocument)) == opendocument.decode()
    tracemalloc.start()
    try:
        assert guess_mimetype(archive(b"x" * 2**26)) == "application/zip"
        compressed = archive(b"x" * 2**26)
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        guess_mimetype(compressed)
        assert tracemalloc.get_traced_memory()[1] - before < 2**22
    finally:
        tracemalloc.stop()
    whole = archive(opendocument)
    encrypted = whole.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")
    strange = whole.replace(b"\x08\0", b"\x63\0")
    damaged = whole.replace(whole[40:60], bytes(20))
    for data in (encrypted, strange, damaged):
        assert data != whole and guess_mimetype(data) == "application/zip"


def test_2_8_7_blanks_before_a_drawing():
    # browsers run its scripts whatever is in front
    assert guess_mimetype(b" \n\t<svg/>") == "image/svg+xml"


def test_extensions():
    assert get_extension("a.tar.GZ") == ".gz"
    assert get_extension("no extension") == ""
    assert fix_filename_extension("photo", "image/jpeg") == "photo.jpg"
    assert fix_filename_extension("photo.jpeg", "image/jpeg") == "photo.jpeg"


def test_2_8_5_unlikely_extensions():
    for name in (".htaccess", "f.%", "f.", ".", "", "a.b c", "f." + "x" * 11, "f.é", "...", "dir.d/name"):
        assert get_extension(name) == ""
    for name, extension in (
        ("f.x", ".x"),
        (".profile.bak", ".bak"),
        ("a.TXT", ".txt"),
        ("f." + "x" * 10, ".xxxxxxxxxx"),
    ):
        assert get_extension(name) == extension


def test_2_8_6_an_extension_that_does_not_fit_is_told(caplog):
    assert fix_filename_extension("photo.txt", "image/jpeg") == "photo.txt.jpg"
    [record] = caplog.records
    assert (record.name, record.levelname) == ("odoo.tools.mimetypes", "WARNING")
    assert "photo.txt" in record.getMessage()
    caplog.clear()
    for name in ("photo", "photo.jpg", "photo.jpeg", ".htaccess"):
        fix_filename_extension(name, "image/jpeg")
    assert not caplog.records
