"""Barcodes and PDF files of reports."""

import io

import pytest
from PIL import Image

from odoo.addons.base.models.ir_actions_report_barcode import draw_barcode
from odoo.addons.base.models.ir_actions_report_pdf import find_engine, html_to_pdf, merge_pdfs


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


@pytest.mark.skipif(not find_engine()[0], reason="no program makes PDF files here")
def test_pdf():
    one = html_to_pdf(["<html><body><p>One</p></body></html>", "<html><body><p>Two</p></body></html>"])
    assert one.startswith(b"%PDF")
    assert merge_pdfs([one]) is one
    assert merge_pdfs([one, one]).startswith(b"%PDF")
