"""From HTML to PDF files, by each engine of this machine."""

import io
import logging
import sys

import pytest
from PIL import Image
from pypdf import PdfReader

from odoo.media.printing import ENGINES, Document, Paper, PrintError, Section, engines, print_documents, take_picture
from odoo.media.printing.fonts import font_environment

INSTALLED = [name for name in ENGINES if engines._location(name)]
pytestmark = pytest.mark.skipif(not INSTALLED, reason="no engine makes PDF files here")

ROWS = "".join(f"<tr><td>row {number}</td></tr>" for number in range(100))
HEADER = 'Head <span class="page"></span> of <span class="topage"></span>.'
FOOTER = 'Foot <span class="page"></span>.'
STYLES = "<style>body { margin: 0; font-size: 12px } td { padding: 3px } thead { display: table-header-group }</style>"
MILLIMETRE = 72 / 25.4


def long_document(**values):
    table = f"<table><thead><tr><th>column</th></tr></thead><tbody>{ROWS}</tbody></table>"
    return Document([Section(table, HEADER, FOOTER)], STYLES, **values)


def texts(content):
    """Return the text of each page, in one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("engine", INSTALLED)
def test_headers_footers_numbers_and_repeated_heads(engine):
    content, counts = print_documents([long_document(), Document([Section("<p>Short</p>", HEADER)])], Paper(), engine)
    pages = texts(content)
    assert counts == [len(pages) - 1, 1]
    assert counts[0] > 1
    for number, text in enumerate(pages[:-1], 1):
        assert f"Head {number} of {counts[0]}." in text
        assert f"Foot {number}." in text
        assert "column" in text
    assert "row 99" in pages[-2]
    assert "Head 1 of 1." in pages[-1]
    assert "Short" in pages[-1]


def test_sections_start_on_pages_of_their_own():
    sections = [Section("<p>One</p>", "A"), Section('<p>Two</p><p style="page-break-before: always">Three</p>', "B")]
    content, counts = print_documents([Document(sections)], Paper())
    assert counts == [3]
    assert [sorted(text.split()) for text in texts(content)] == [["A", "One"], ["B", "Two"], ["B", "Three"]]


def test_paper():
    content, _counts = print_documents([Document([Section("<p>x</p>")])], Paper(width=100, height=50))
    page = PdfReader(io.BytesIO(content)).pages[0]
    assert float(page.mediabox.width) == pytest.approx(100 * MILLIMETRE, abs=1)
    assert float(page.mediabox.height) == pytest.approx(50 * MILLIMETRE, abs=1)


def test_resolution_makes_everything_smaller():
    usual, fine = (print_documents([long_document()], Paper(dpi=dpi))[1][0] for dpi in (90, 180))
    assert usual > fine


def test_margins_grow_with_the_header():
    high = Document([Section("<p>Text</p>", "<div style='height: 60mm'>Head</div>" + "<p>last line</p>")])
    content, _counts = print_documents([high], Paper(margin_top=20, header_spacing=10))
    heights = {}
    PdfReader(io.BytesIO(content)).pages[0].extract_text(
        visitor_text=lambda text, matrix, text_matrix, font, size: heights.setdefault(
            text.strip(), matrix[3] * text_matrix[5] + matrix[5]
        )
    )
    below = [name for name in heights if name.startswith("Text")]
    above = [name for name in heights if name.startswith("last")]
    assert below and above and heights[below[0]] < heights[above[0]]


@pytest.mark.parametrize("engine", INSTALLED)
def test_nothing_is_fetched(engine, tmp_path):
    """A document that refers to files of the machine, or to hosts of the network, is printed without them."""
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><text y="20">Secret</text></svg>')
    body = (
        f'<img src="file://{secret}"/><img src="http://127.0.0.1:1/x.png"/><style>@import "file://{secret}";</style>'
        f"<p style=\"background: url('file://{secret}')\">Text</p>"
    )
    content, _counts = print_documents([Document([Section(body)])], Paper(), engine)
    assert texts(content) == ["Text"]
    # a browser draws a sign in the place of a picture that it does not show
    pictures = list(PdfReader(io.BytesIO(content)).pages[0].images)
    assert not pictures or (engine == "chromium" and max(pictures[0].image.size) < 40)


@pytest.mark.parametrize("body", ["", "<div style='margin: -99999px; columns: 3'>x</div>"])
def test_there_is_a_page_at_least(body):
    content, counts = print_documents([Document([Section(body, "Head")])], Paper())
    assert counts == [1]
    assert len(texts(content)) == 1


def test_scripts_do_nothing():
    body = "<p>Text</p><script>document.body.textContent = 'Other'</script>"
    assert texts(print_documents([Document([Section(body)])], Paper())[0]) == ["Text"]


def test_vectors_stay_vectors():
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h20v20h-20z"/></svg>'
    content, _counts = print_documents([Document([Section(drawing)])], Paper())
    assert not list(PdfReader(io.BytesIO(content)).pages[0].images)


def test_picture():
    for kind, magic in (("png", b"\x89PNG"), ("jpg", b"\xff\xd8")):
        content = take_picture("<html><body style='background: #f00'></body></html>", 60, 40, kind)
        if content is None:
            pytest.skip("no engine takes pictures here")
        assert content.startswith(magic)
        image = Image.open(io.BytesIO(content)).convert("RGB")
        assert image.size == (60, 40)
        assert image.getpixel((30, 20))[0] > 240


def test_engine_that_is_not_there(monkeypatch, caplog):
    monkeypatch.setattr(engines, "_location", {"weasyprint": "here"}.get)
    engines.find_engine.cache_clear()
    try:
        assert engines.find_engine() == ("weasyprint", "here")
        with caplog.at_level(logging.WARNING):
            assert engines.find_engine("wkhtmltopdf") == ("weasyprint", "here")
        assert "wkhtmltopdf, which is not installed; another engine is used" in caplog.text
        monkeypatch.setattr(engines, "_location", {}.get)
        engines.find_engine.cache_clear()
        assert engines.find_engine() == (None, None)
        with pytest.raises(PrintError, match="install the Python package plutoprint"):
            print_documents([long_document()], Paper())
    finally:
        engines.find_engine.cache_clear()


def test_engines_get_no_passwords(monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "secret")
    command = [sys.executable, "-c", "import os; print(sorted(os.environ))"]
    shown = engines._call(command, "python", {"FONTCONFIG_PATH": "x"})
    assert b"PGPASSWORD" not in shown
    assert b"FONTCONFIG_PATH" in shown


def test_programs_find_the_fonts_of_the_server(tmp_path):
    output = tmp_path / "variables"
    script = "import os, sys; open(sys.argv[1], 'w').write(os.environ.get('FONTCONFIG_FILE', 'none'))"
    shown = engines._run([sys.executable, "-c", script, str(output)], output)
    assert (
        shown.decode() == font_environment(web_fonts=False)["FONTCONFIG_FILE"] != font_environment()["FONTCONFIG_FILE"]
    )


@pytest.mark.parametrize("engine", INSTALLED)
def test_icons_of_the_server(engine):
    body = "<p>Text <i style='font-family: FontAwesome; font-style: normal'>&#xf015;</i></p>"
    content, _counts = print_documents([Document([Section(body)])], Paper(), engine)
    # a sign that no font has is written as another one
    assert texts(content) == ["Text \uf015"]


def test_document_that_one_engine_cannot_print(monkeypatch, caplog):
    def run(engine, path, documents, paper):
        if engine == "plutoprint":
            raise engines.EngineFailure("plutoprint failed (code -11)")
        return engine.encode(), [1]

    monkeypatch.setattr(engines, "_print", run)
    monkeypatch.setattr(engines, "find_engine", lambda wanted: ("plutoprint", "here"))
    monkeypatch.setattr(engines, "_location", {"weasyprint": "there", "chromium": "there"}.get)
    assert print_documents([long_document()], Paper()) == (b"weasyprint", [1])
    assert "printed with weasyprint, as plutoprint failed (code -11)" in caplog.text


@pytest.mark.parametrize(
    ("wanted", "tried"), [("auto", ["weasyprint"]), ("plutoprint", [])], ids=["no other library", "asked for"]
)
def test_document_at_a_limit_is_not_printed_without_limits(monkeypatch, wanted, tried):
    def fail(*_arguments):
        raise engines.EngineFailure("plutoprint failed (code -9)")

    looked_for = []
    monkeypatch.setattr(engines, "_print", fail)
    monkeypatch.setattr(engines, "find_engine", lambda wanted: ("plutoprint", "here"))
    monkeypatch.setattr(engines, "_location", looked_for.append)
    with pytest.raises(engines.EngineFailure, match="code -9"):
        print_documents([long_document()], Paper(), wanted)
    assert looked_for == tried


def test_program_without_a_file_has_failed(tmp_path):
    with pytest.raises(engines.EngineFailure, match="wrote no file"):
        engines._run([sys.executable, "-c", ""], tmp_path / "report.pdf")


def test_broken_engine_says_why(monkeypatch):
    monkeypatch.setattr(engines, "MEMORY", 1024)
    with pytest.raises(PrintError, match=r"(plutoprint|weasyprint) failed"):
        print_documents(
            [long_document()], Paper(), next(name for name in ("plutoprint", "weasyprint") if name in INSTALLED)
        )
