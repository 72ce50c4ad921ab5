"""Images: reading, resizing, cropping, colours."""

from __future__ import annotations

import base64
import binascii
import colorsys
import io
import math
import re
from collections.abc import Iterable, Sequence
from random import randrange
from typing import Any, Literal, Self

from PIL import Image, ImageOps

from odoo.exceptions import UserError

__all__ = [
    "FILETYPE_BASE64_MAGICWORD",
    "IMAGE_MAX_RESOLUTION",
    "ImageProcess",
    "average_dominant_color",
    "base64_to_image",
    "binary_to_image",
    "get_lightness",
    "get_saturation",
    "get_webp_size",
    "hex_to_rgb",
    "image_apply_opt",
    "image_data_uri",
    "image_fix_orientation",
    "image_guess_size_from_field_name",
    "image_process",
    "image_to_base64",
    "is_image_size_above",
    "rgb_to_hex",
]

# decompression bombs end here, and so do pictures nobody can show
IMAGE_MAX_RESOLUTION = 50e6
# first character of the base64 form of a file -> its type
FILETYPE_BASE64_MAGICWORD = {b"/": "jpg", b"R": "gif", b"i": "png", b"P": "svg+xml", b"U": "webp"}
_EXIF_ORIENTATION = 274
#: fields that people add are of any size
_SIZE_IN_NAME = re.compile(r"(?!x_).+_(\d+)")
_DEFAULT_JPEG_QUALITY = 95
_PALETTE_COLORS = 256

Image.init()


class ImageProcess:
    """An image to transform step by step; :meth:`image_quality` gives the result.

    :param source: bytes of the image; empty for nothing, SVG and WebP pass through unchanged
    :param verify_resolution: refuse images with more than :data:`IMAGE_MAX_RESOLUTION` pixels
    :raise UserError: when the data is no image, or too large
    """

    def __init__(self, source: bytes | Literal[False] | None, verify_resolution: bool = True) -> None:
        self.source = source or False
        self.operationsCount = 0
        self.image: Image.Image | Literal[False] = False
        self.original_format = ""
        if not source or source[:1] == b"<" or (source[:4] == b"RIFF" and source[8:12] == b"WEBP"):
            # vector images scale by themselves; browsers make WebP in the right size
            if source and source[:1] != b"<" and verify_resolution:
                size = get_webp_size(source)
                if size and size[0] * size[1] > IMAGE_MAX_RESOLUTION:
                    raise UserError(_too_large_message())
            return
        self.image = binary_to_image(source)
        self.original_format = (self.image.format or "").upper()
        width, height = self.image.size
        if verify_resolution and width * height > IMAGE_MAX_RESOLUTION:
            raise UserError(_too_large_message())
        self.image = image_fix_orientation(self.image)

    def image_quality(self, quality: int = 0, output_format: str = "") -> bytes | Literal[False]:
        """Return the bytes of the image.

        :param quality: from 1 to 95; 0 keeps 95 for JPEG and a full palette for PNG
        :param output_format: ``PNG``, ``JPEG``, ``GIF`` or ``ICO``; the original one by default (PNG for rarer ones)
        :return: bytes; the source itself when nothing was changed, a lower quality would be larger, or its kind is not
            processed
        """
        if not self.image:
            return self.source
        output_format = (output_format or self.original_format).upper()
        if output_format == "BMP":
            output_format = "PNG"
        elif output_format not in ("PNG", "JPEG", "GIF", "ICO"):
            output_format = "JPEG"
        is_unchanged = not self.operationsCount and output_format == self.original_format
        if is_unchanged and not quality:
            return self.source
        image = self.image
        params: dict[str, Any] = {"format": output_format}
        if output_format == "PNG":
            params["optimize"] = True
            if quality and image.mode != "P":
                image = image.convert("RGBA").convert("P", palette=Image.Palette.WEB, colors=_PALETTE_COLORS)
        elif output_format == "JPEG":
            params.update(optimize=True, quality=quality or _DEFAULT_JPEG_QUALITY)
        elif output_format == "GIF":
            params.update(optimize=True, save_all=True)
        if output_format == "JPEG" and image.mode not in ("1", "L", "RGB"):
            image = _flatten(image)
        result = image_apply_opt(image, **params)
        return self.source if is_unchanged and self.source and len(result) > len(self.source) else result

    def resize(self, max_width: int = 0, max_height: int = 0, expand: bool = False) -> Self:
        """Make the image fit into a box, keeping its proportions.

        :param max_width: 0: as the height says
        :param max_height: 0: as the width says
        :param expand: also make smaller images larger
        :return: self
        """
        if not self.image or self.original_format == "GIF" or not (max_width or max_height):
            return self
        width, height = self.image.size
        ratio = min(
            *(limit / size for limit, size in ((max_width or math.inf, width), (max_height or math.inf, height)))
        )
        if (ratio >= 1 and not expand) or ratio == 1:
            return self
        target = (max(1, round(width * ratio)), max(1, round(height * ratio)))
        if self.image.mode == "P":
            self.image = self.image.convert("RGBA")
        self.image = self.image.resize(target, Image.Resampling.LANCZOS)
        self.operationsCount += 1
        return self

    def crop_resize(self, max_width: int, max_height: int, center_x: float = 0.5, center_y: float = 0.5) -> Self:
        """Cut the image to the proportions of a box, then make it fit.

        :param max_width: 0: as the height says, and nothing is cut
        :param max_height: 0: as the width says, and nothing is cut
        :param center_x: where the box lies horizontally, 0 is left and 1 is right
        :param center_y: where the box lies vertically, 0 is top and 1 is bottom
        :return: self
        """
        if not self.image or self.original_format == "GIF" or not (max_width and max_height):
            return self.resize(max_width, max_height)
        width, height = self.image.size
        if width / max_width > height / max_height:
            new_width, new_height = max(1, max_width * height // max_height), height
        else:
            new_width, new_height = width, max(1, max_height * width // max_width)
        left = int((width - new_width) * center_x)
        top = int((height - new_height) * center_y)
        if (new_width, new_height) != (width, height):
            self.image = self.image.crop((left, top, left + new_width, top + new_height))
            self.operationsCount += 1
        return self.resize(max_width, max_height)

    def colorize(self, color: tuple[int, ...] | None = None) -> Self:
        """Put a colour behind a transparent image.

        :param color: triple of integers; a random light one by default
        :return: self
        """
        if self.image:
            color = color or tuple(randrange(32, 224, 24) for _channel in range(3))
            original = self.image.convert("RGBA")
            self.image = Image.new("RGB", original.size, tuple(color))
            self.image.paste(original, mask=original)
            self.operationsCount += 1
        return self

    def add_padding(self, padding: int) -> Self:
        """Shrink the image and put an empty border around it, the size stays.

        :param padding: width of the border in pixels
        :return: self
        """
        if self.image:
            width, height = self.image.size
            inner = self.image.convert("RGBA").resize(
                (max(1, width - 2 * padding), max(1, height - 2 * padding)), Image.Resampling.LANCZOS
            )
            self.image = Image.new("RGBA", (width, height))
            self.image.paste(inner, (padding, padding))
            self.operationsCount += 1
        return self


def _too_large_message():
    return f"Too large image (above {IMAGE_MAX_RESOLUTION / 1e6:g}Mpx), reduce the image size."


def _flatten(image):
    """Put a transparent image on white."""
    layer = image.convert("RGBA")
    flat = Image.new("RGB", layer.size, (255, 255, 255))
    flat.paste(layer, mask=layer)
    return flat


def image_process(
    source: bytes | Literal[False] | None,
    size: tuple[int, int] | None = (0, 0),
    verify_resolution: bool = False,
    quality: int = 0,
    expand: bool = False,
    crop: str | bool | None = None,
    colorize: bool | tuple[int, ...] | None = False,
    output_format: str = "",
    padding: int | Literal[False] = False,
) -> bytes | Literal[False] | None:
    """Transform an image in one go.

    :param source: bytes
    :param size: (width, height) to fit in, 0 for no limit
    :param verify_resolution: see :class:`ImageProcess`
    :param quality: see :meth:`ImageProcess.image_quality`
    :param expand: see :meth:`ImageProcess.resize`
    :param crop: cut to the proportions of ``size``; ``top`` or ``bottom`` say which part to keep, anything else the
        centre
    :param colorize: put a random colour behind; or the colour
    :param output_format: see :meth:`ImageProcess.image_quality`
    :param padding: width of a border
    :return: bytes; the source when it is empty or nothing is asked for
    :raise UserError: when the data is no image
    """
    width, height = size or (0, 0)
    if not source or not (
        width or height or verify_resolution or quality or crop or colorize or output_format or padding
    ):
        return source
    image = ImageProcess(source, verify_resolution)
    if width or height:
        if crop:
            center_y = 0.0 if crop == "top" else 1.0 if crop == "bottom" else 0.5
            image.crop_resize(max_width=width, max_height=height, center_y=center_y)
        else:
            image.resize(max_width=width, max_height=height, expand=expand)
    if padding:
        image.add_padding(padding)
    if colorize:
        image.colorize(None if isinstance(colorize, bool) else colorize)
    return image.image_quality(quality=quality, output_format=output_format)


def average_dominant_color(
    colors: Sequence[tuple[int, tuple[int, ...]]], mitigate: int = 175, max_margin: int = 140
) -> tuple[tuple[int, ...], list[tuple[int, tuple[int, ...]]]]:
    """Return the dominant colour among weighted ones, and the colours that are far from it.

    :param colors: list of (count, (red, green, blue, ...))
    :param mitigate: upper limit for a channel of the result, so that it is never too bright
    :param max_margin: how far, per channel, a colour may be to count as a shade of the dominant one
    :return: pair (triple of integers, list of the remaining colours)
    """
    dominant = max(colors, key=lambda item: item[0])[1][:3]
    near: list[tuple[int, tuple[int, ...]]] = []
    far: list[tuple[int, tuple[int, ...]]] = []
    for count, color in colors:
        is_near = all(abs(channel - main) < max_margin for channel, main in zip(color[:3], dominant, strict=True))
        (near if is_near else far).append((count, color))
    total = sum(count for count, _color in near)
    averaged = [sum(count * color[channel] for count, color in near) / total for channel in range(3)]
    brightest = max(averaged)
    factor = min(1.0, mitigate / brightest) if brightest else 1.0
    return tuple(int(channel * factor) for channel in averaged), far


def image_fix_orientation(image: Image.Image) -> Image.Image:
    """Return the image turned the way its EXIF data says; the image itself when they say nothing."""
    if image.getexif().get(_EXIF_ORIENTATION, 1) == 1:
        return image
    fixed = ImageOps.exif_transpose(image)
    fixed.format = image.format
    return fixed


def binary_to_image(source: bytes) -> Image.Image:
    """Return the PIL image of bytes.

    :raise UserError: when they are no image
    """
    try:
        return Image.open(io.BytesIO(source))
    except (OSError, binascii.Error, ValueError, Image.DecompressionBombError) as error:
        raise UserError("The file is no image that can be read.") from error


def base64_to_image(base64_source: str | bytes) -> Image.Image:
    """Return the PIL image of base64 text.

    :raise UserError: when it is no image
    """
    try:
        return binary_to_image(base64.b64decode(base64_source))
    except binascii.Error as error:
        raise UserError("The file is no image that can be read.") from error


def image_apply_opt(image: Image.Image, output_format: str = "", **params: Any) -> bytes:
    """Return the bytes of a PIL image.

    :param output_format: format, or give ``format`` among the parameters
    :param params: parameters of :meth:`PIL.Image.Image.save`
    """
    if output_format:
        params["format"] = output_format
    if params.get("format") == "JPEG" and image.mode not in ("1", "L", "RGB"):
        image = _flatten(image)
    stream = io.BytesIO()
    image.save(stream, **params)
    return stream.getvalue()


def image_to_base64(image: Image.Image, output_format: str, **params: Any) -> bytes:
    """Return a PIL image as base64 text."""
    return base64.b64encode(image_apply_opt(image, output_format, **params))


def get_webp_size(source: bytes) -> tuple[int, int] | Literal[False]:
    """Return (width, height) of a WebP image, ``False`` when its header is of no known kind."""
    if not (source[:4] == b"RIFF" and source[8:12] == b"WEBP"):
        raise UserError("The file is no WebP image.")
    kind = source[12:16]
    if kind == b"VP8 ":
        return (
            int.from_bytes(source[26:28], "little") & 0x3FFF,
            int.from_bytes(source[28:30], "little") & 0x3FFF,
        )
    if kind == b"VP8X":
        return int.from_bytes(source[24:27], "little") + 1, int.from_bytes(source[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(source[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return False


def is_image_size_above(
    base64_source_1: str | bytes | Literal[False] | None, base64_source_2: str | bytes | Literal[False] | None
) -> bool:
    """Tell whether the first image is larger than the second one in some direction; never so for vector images."""
    if not base64_source_1 or not base64_source_2:
        return False
    sizes: list[tuple[int, int]] = []
    for source in (base64_source_1, base64_source_2):
        raw = base64.b64decode(source)
        if raw[:1] == b"<":
            return False
        size = get_webp_size(raw) if raw[:4] == b"RIFF" else image_fix_orientation(binary_to_image(raw)).size
        if not size:
            return False
        sizes.append(size)
    (width1, height1), (width2, height2) = sizes
    return width1 > width2 or height1 > height2


def image_guess_size_from_field_name(field_name: str) -> tuple[int, int]:
    """Return the size a field is for, as its name says: ``image_1920`` is (1920, 1920); (0, 0) when it says nothing."""
    if field_name == "image":
        return 1024, 1024
    match = _SIZE_IN_NAME.fullmatch(field_name)
    size = int(match[1]) if match else 0
    return (size, size) if size >= 16 else (0, 0)


def image_data_uri(base64_source: bytes) -> str:
    """Return base64 text of an image as a ``data:`` URL."""
    filetype = FILETYPE_BASE64_MAGICWORD.get(base64_source[:1], "png")
    return f"data:image/{filetype};base64,{base64_source.decode()}"


def get_saturation(rgb: Iterable[int]) -> float:
    """Return the saturation (0 to 1, as in HSL) of a colour."""
    return _hls(rgb)[2]


def get_lightness(rgb: Iterable[int]) -> float:
    """Return the lightness (0 to 1, as in HSL) of a colour."""
    return _hls(rgb)[1]


def _hls(rgb):
    red, green, blue = (channel / 255 for channel in rgb)
    return colorsys.rgb_to_hls(red, green, blue)


def hex_to_rgb(hx: str) -> tuple[int, ...]:
    """Return the channels of a colour like ``#a1b2c3``."""
    return tuple(bytes.fromhex(hx.lstrip("#")))


def rgb_to_hex(rgb: Iterable[int]) -> str:
    """Return a colour like ``#a1b2c3`` from its channels."""
    return "#" + "".join(f"{channel:02x}" for channel in rgb)
