"""Bar codes that would take the memory or the time of the server."""

import io
import time
from urllib.parse import quote

import pytest
from PIL import Image

BAD_SIZES = [
    (65000, 65000),
    (20000, 20000),
    (4097, 1),
    (1, 4097),
    (4096, 4096),
    (3163, 3163),
    (10**9, 1),
    (1, 10**30),
    (-1, 100),
    (100, -100),
]
BAD_VALUES = ["x" * 7090, "x" * 100_000, "漢" * 3000]


@pytest.mark.parametrize("kind", ["QR", "Code128", "EAN13", "auto"])
@pytest.mark.parametrize(("width", "height"), BAD_SIZES)
def test_f3b_huge_images_are_refused(visitor, kind, width, height):
    start = time.monotonic()
    for path in (
        f"/report/barcode?barcode_type={kind}&value=123&width={width}&height={height}",
        f"/report/barcode/{kind}/123?width={width}&height={height}",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 400
        assert "4096 pixels a side" in answer.text
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("kind", ["QR", "Code128", "Standard39", "Codabar", "GS1_128", "I2of5", "auto"])
@pytest.mark.parametrize("value", BAD_VALUES, ids=["longer than QR codes", "very long", "many bytes"])
def test_f3b_long_values_are_refused(visitor, kind, value):
    start = time.monotonic()
    answer = visitor.get(f"/report/barcode?barcode_type={kind}&value={quote(value)}")
    assert answer.status_code == 400
    assert "drawn as a barcode" in answer.text
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(("width", "height"), [("x", 10), (10, "1e3"), ("9" * 5000, 10), ("0", 10)])
def test_f3b_sizes_that_are_none(visitor, width, height):
    answer = visitor.get(f"/report/barcode?barcode_type=QR&value=x&width={width}&height={height}")
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["QR", "Code128", "EAN13", "EAN8", "Codabar", "auto", "Code999"])
def test_f3b_no_value(visitor, kind):
    assert visitor.get(f"/report/barcode?barcode_type={kind}&value=").status_code == 400


def test_f3b_bars_do_not_make_the_image_wider_than_allowed(visitor):
    answer = visitor.get(f"/report/barcode?barcode_type=Code128&value={'x' * 400}&width=10&height=4096")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("kind", "value", "width", "height"),
    [
        ("QR", "x", 3000, 3000),
        ("QR", "1" * 7089, 600, 600),
        ("Code128", "x" * 100, 4096, 2000),
        ("QR", "x", 1, 1),
    ],
)
def test_f3b_large_ones_are_drawn(visitor, kind, value, width, height):
    answer = visitor.get(f"/report/barcode?barcode_type={kind}&value={value}&width={width}&height={height}")
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.data)).width >= width


@pytest.mark.parametrize("options", [{"width": 65000, "height": 65000}, {"symbology": "QR", "width": 5000}])
def test_f3b_fields_in_templates(env, options):
    converter = env["ir.qweb.field.barcode"]
    with pytest.raises(ValueError, match="4096 pixels a side"):
        converter.value_to_html("123", options)
    with pytest.raises(ValueError, match="characters at most"):
        converter.value_to_html("1" * 8000, {**options, "width": 600, "height": 100})
    assert "data:image/png" in converter.value_to_html("123", {**options, "width": 600, "height": 100})
