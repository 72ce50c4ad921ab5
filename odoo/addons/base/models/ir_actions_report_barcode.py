"""Barcodes as pictures: PNG for screens, SVG for print."""

import io
import re

import segno
from markupsafe import escape
from PIL import Image, ImageDraw, ImageFont

from odoo.tools import check_barcode_encoding

#: symbologies by the names that templates use, and the names of the library
SYMBOLOGIES = {
    "Codabar": "codabar",
    "Code128": "code128",
    "EAN13": "ean13",
    "EAN8": "ean8",
    "Extended39": "code39",
    "I2of5": "itf",
    "Standard39": "code39",
    "UPCA": "upca",
    "GS1_128": "gs1_128",
}
#: largest image: pixels a side, and altogether
MAX_SIDE = 4096
MAX_PIXELS = 10_000_000
#: longest texts: a QR code holds no more digits, bars of more characters do not fit the largest image
MAX_QR_LENGTH = 7089
MAX_LENGTH = 500
_QUIET_MODULES = 10
_QR_BORDER = 4
_TEXT_HEIGHT = 14


def draw_barcode(kind, value, width=600, height=100, humanreadable=False, quiet=True, error_level="L", vector=False):
    """Draw a barcode; a number that is no EAN is drawn as Code128.

    :param kind: a key of :data:`SYMBOLOGIES`, ``QR`` or ``auto``
    :param value: text to encode
    :param width: width of the image
    :param height: height of the image
    :param humanreadable: write the text below
    :param quiet: leave a margin that scanners need
    :param error_level: redundancy of QR codes: ``L``, ``M``, ``Q`` or ``H``
    :param vector: draw an SVG image, which can be printed in any size
    :return: content of a PNG or SVG image
    :raise ValueError: for an unknown kind, a value it cannot encode, or an image that would be too large
    """
    _check_size(width, height)
    if not value:
        raise ValueError("There is no text to draw as a barcode")
    longest = MAX_QR_LENGTH if kind == "QR" else MAX_LENGTH
    if len(value) > longest:
        raise ValueError(f"The text of a barcode has {longest} characters at most, this one has {len(value)}")
    if kind == "QR":
        rows = _qr_modules(value, quiet, error_level)
        return _svg_squares(rows, width, height) if vector else _draw_qr(rows, width, height)
    modules = _bar_modules(kind, value)
    text = value if humanreadable else ""
    if vector:
        margin = "0" * (_QUIET_MODULES if quiet else 0)
        return _svg_bars(margin + modules + margin, text, width, height)
    return _draw_bars(modules, text, width, height, quiet)


def _bar_modules(kind, value):
    """Return the bars of a code as text, ``1`` where one is black.

    :raise ValueError: for an unknown kind, or a value it cannot encode
    """
    if kind == "UPCA" and len(value) in (11, 12, 13):
        kind, value = "EAN13", value if len(value) == 13 else f"0{value}"
    elif kind == "auto":
        kind = {8: "EAN8", 13: "EAN13"}.get(len(value), "Code128")
    if kind not in SYMBOLOGIES:
        raise ValueError(f"Unknown barcode type {kind!r}: use one of {', '.join([*SYMBOLOGIES, 'QR', 'auto'])}")
    if kind in ("EAN8", "EAN13") and not check_barcode_encoding(value, kind):
        kind = "Code128"
    # loaded with the first code: a server starts without
    import barcode

    try:
        # codes 39 get no check character, as printers of the line do
        options = {"add_checksum": False} if SYMBOLOGIES[kind] == "code39" else {}
        modules = barcode.get_barcode_class(SYMBOLOGIES[kind])(value, **options).build()[0]
    except barcode.errors.BarcodeError as error:
        raise ValueError(f"Cannot encode {value!r} as {kind}: {error}") from error
    return modules.replace("G", "1")


def _check_size(width, height):
    """Check the size of an image.

    :raise ValueError: it is none, or too large
    """
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise ValueError(
            f"A barcode has 1 to {MAX_SIDE} pixels a side and {MAX_PIXELS} pixels at most, not {width} x {height}"
        )


def _draw_bars(modules, text, width, height, quiet):
    margin = _QUIET_MODULES if quiet else 0
    count = len(modules) + 2 * margin
    scale = max(1, width // count)
    _check_size(count * scale, height)
    image = Image.new("1", (count * scale, height), 1)
    draw = ImageDraw.Draw(image)
    bottom = height - (_TEXT_HEIGHT if text else 0)
    for index, module in enumerate(modules):
        if module == "1":
            left = (margin + index) * scale
            draw.rectangle((left, 0, left + scale - 1, bottom - 1), fill=0)
    if text:
        font = ImageFont.load_default(_TEXT_HEIGHT - 2)
        draw.text((image.width / 2, height - 1), text, fill=0, anchor="md", font=font)
    canvas = Image.new("1", (max(width, image.width), height), 1)
    canvas.paste(image, ((canvas.width - image.width) // 2, 0))
    return _png(canvas)


def _qr_modules(value, quiet, error_level):
    """Return the rows of a QR code, texts with ``1`` where a module is black.

    :raise ValueError: for a text that is too long
    """
    try:
        code = segno.make_qr(value, error=error_level, boost_error=False)
    except segno.DataOverflowError as error:
        raise ValueError(f"The text is too long for a QR code: {error}") from error
    border = _QR_BORDER if quiet else 0
    return ["".join("1" if module else "0" for module in row) for row in code.matrix_iter(border=border)]


def _draw_qr(rows, width, height):
    count = len(rows)
    scale = max(1, min(width, height) // count)
    image = Image.new("1", (count, count), 1)
    image.putdata([0 if module == "1" else 1 for row in rows for module in row])
    image = image.resize((count * scale, count * scale), Image.NEAREST)
    canvas = Image.new("1", (max(width, image.width), max(height, image.height)), 1)
    canvas.paste(image, ((canvas.width - image.width) // 2, (canvas.height - image.height) // 2))
    return _png(canvas)


def _svg_bars(modules, text, width, height):
    """Return an SVG image of bars as wide and high as asked for."""
    bottom = height - (_TEXT_HEIGHT if text else 0)
    scale = width / len(modules)
    bars = _runs(modules, 0, bottom / scale)
    label = ""
    if text:
        label = (
            f'<text x="{width / 2:g}" y="{height - 2}" font-family="sans-serif" font-size="{_TEXT_HEIGHT - 2}"'
            f' text-anchor="middle">{escape(text)}</text>'
        )
    return _svg_image(f'<path transform="scale({scale:.6g})" d="{bars}"/>{label}', width, height)


def _svg_squares(rows, width, height):
    """Return an SVG image of rows of modules, in the middle of the size asked for."""
    scale = min(width, height) / len(rows)
    left, top = (width - len(rows) * scale) / 2, (height - len(rows) * scale) / 2
    path = "".join(_runs(row, number, 1) for number, row in enumerate(rows))
    return _svg_image(
        f'<path transform="translate({left:.6g} {top:.6g}) scale({scale:.6g})" d="{path}"/>', width, height
    )


def _runs(modules, top, height):
    """Return the path of the black runs of a row."""
    return "".join(
        f"M{match.start()} {top}h{match.end() - match.start()}v{height:g}h-{match.end() - match.start()}z"
        for match in re.finditer("1+", modules)
    )


def _svg_image(content, width, height):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' shape-rendering="crispEdges">{content}</svg>'
    ).encode()


def _png(image):
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()
