"""Barcodes as pictures and as vectors."""

import io
import re

import pytest
from lxml import etree
from PIL import Image

from odoo.addons.base.models.ir_actions_report_barcode import draw_barcode


@pytest.mark.parametrize(
    "kind, value",
    [
        ("Code128", "ABC-123"),
        ("EAN13", "4006381333931"),
        ("EAN8", "73513537"),
        ("UPCA", "036000291452"),
        ("Standard39", "HELLO"),
        ("I2of5", "1234"),
        ("QR", "https://example.com/é"),
        ("auto", "x"),
        ("EAN13", "12"),
    ],
)
def test_draw(kind, value):
    image = Image.open(io.BytesIO(draw_barcode(kind, value, width=400, height=300, humanreadable=True)))
    assert image.size == (400, 300)
    assert image.convert("L").getextrema() == (0, 255)


def test_refused():
    with pytest.raises(ValueError, match="Code128"):
        draw_barcode("Code129", "1")
    with pytest.raises(ValueError, match="too long"):
        draw_barcode("QR", "x" * 5000)


def test_ean_bars():
    image = Image.open(io.BytesIO(draw_barcode("EAN13", "4006381333931", width=95, height=5, quiet=False)))
    row = "".join("0" if image.getpixel((x, 0)) else "1" for x in range(95))
    assert row.startswith("101")
    assert row.endswith("101")
    assert row[45:50] == "01010"


@pytest.mark.parametrize(
    "kind, value", [("Code128", "ABC-123"), ("EAN13", "4006381333931"), ("QR", "https://example.com/é")]
)
def test_vectors(kind, value):
    root = etree.fromstring(draw_barcode(kind, value, width=400, height=300, humanreadable=True, vector=True))
    assert (root.get("width"), root.get("height")) == ("400", "300")
    assert root.find("{*}path").get("d").count("M") > 10
    assert [node.text for node in root.findall("{*}text")] == ([] if kind == "QR" else [value])


def test_vector_has_the_bars_of_the_picture():
    root = etree.fromstring(draw_barcode("EAN13", "4006381333931", width=95, height=5, quiet=False, vector=True))
    row = ["0"] * 95
    for start, length in re.findall(r"M(\d+) 0h(\d+)", root.find("{*}path").get("d")):
        row[int(start) : int(start) + int(length)] = "1" * int(length)
    image = Image.open(io.BytesIO(draw_barcode("EAN13", "4006381333931", width=95, height=5, quiet=False)))
    assert "".join(row) == "".join("0" if image.getpixel((x, 0)) else "1" for x in range(95))
