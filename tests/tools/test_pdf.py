"""PDF documents: attached files, merging, turning, pictures as pages, banners and forms."""

import io
from types import SimpleNamespace

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from odoo.tools.pdf import (
    OdooPdfFileReader,
    OdooPdfFileWriter,
    PdfFileReader,
    PdfFileWriter,
    PdfReadError,
    add_banner,
    createStringObject,
    fill_form_fields_pdf,
    merge_pdf,
    reshape_text,
    rotate_pdf,
    to_pdf_stream,
)


def document(*widths):
    """Return a document with a blank page of each width."""
    writer = PdfFileWriter()
    for width in widths:
        writer.add_blank_page(width, 300)
    return written(writer)


def written(writer):
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_older_names():
    reader = PdfFileReader(io.BytesIO(document(100, 200)), strict=False)
    assert reader.getNumPages() == reader.numPages == 2
    assert not reader.isEncrypted
    writer = PdfFileWriter()
    writer.addPage(reader.getPage(1))
    writer.appendPagesFromReader(reader)
    assert writer.getNumPages() == 3
    assert writer.getPage(0).mediabox.width == 200
    with pytest.raises(PdfReadError):
        PdfFileReader(io.BytesIO(b"no document"))


def test_attachments():
    writer = OdooPdfFileWriter()
    writer.cloneReaderDocumentRoot(PdfFileReader(io.BytesIO(document(100))))
    writer.addAttachment("a.xml", b"<a/>", subtype="text/xml")
    writer.embed_odoo_attachment(SimpleNamespace(name="ü.txt", raw="grün".encode(), mimetype="text/plain"))
    with pytest.raises(ValueError):
        writer.embed_odoo_attachment(SimpleNamespace(name="none", raw=b"", mimetype="text/plain"))
    reader = OdooPdfFileReader(io.BytesIO(written(writer)), strict=False)
    assert dict(reader.getAttachments()) == {"a.xml": b"<a/>", "ü.txt": "grün".encode()}
    assert len(reader.trailer["/Root"]["/AF"]) == 2


def test_archivable():
    writer = OdooPdfFileWriter()
    writer.cloneReaderDocumentRoot(PdfFileReader(io.BytesIO(document(100))))
    assert not writer.is_pdfa
    writer.convert_to_pdfa()
    writer.add_file_metadata(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><pdfaid:part>3</pdfaid:part></x:xmpmeta>")
    data = written(writer)
    assert data.startswith(b"%PDF-1.7")
    reader = OdooPdfFileReader(io.BytesIO(data), strict=False)
    assert reader.trailer["/Root"]["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    copy = OdooPdfFileWriter()
    copy.cloneReaderDocumentRoot(reader)
    assert copy.is_pdfa


def test_merge_and_rotate():
    merged = PdfReader(io.BytesIO(merge_pdf([document(100), document(200, 300)])))
    assert [page.mediabox.width for page in merged.pages] == [100, 200, 300]
    assert PdfReader(io.BytesIO(rotate_pdf(document(100)))).pages[0].rotation == 90


def test_attachment_as_document():
    data = document(100)
    assert to_pdf_stream(SimpleNamespace(raw=data, mimetype="application/pdf")).getvalue() == data
    picture = io.BytesIO()
    Image.new("RGBA", (20, 10), "red").save(picture, format="PNG")
    stream = to_pdf_stream(SimpleNamespace(raw=picture.getvalue(), mimetype="image/png"))
    assert len(PdfReader(stream).pages) == 1
    assert to_pdf_stream(SimpleNamespace(raw=b"text", mimetype="text/plain")) is None


def test_banner():
    stream = add_banner(io.BytesIO(document(200, 100)), text="PAID")
    pages = PdfReader(stream).pages
    assert [page.mediabox.width for page in pages] == [200, 100]
    assert all(len(page.images) == 1 for page in pages)


def test_form():
    writer = PdfFileWriter()
    page = writer.add_blank_page(200, 200)
    fill_form_fields_pdf(writer, {"name": "no form yet"})
    field = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/T"): createStringObject("name"),
                NameObject("/V"): createStringObject(""),
                NameObject("/Ff"): NumberObject(0),
                NameObject("/Rect"): ArrayObject(NumberObject(number) for number in (10, 10, 100, 30)),
                NameObject("/DA"): createStringObject("/Helv 10 Tf 0 g"),
            }
        )
    )
    page[NameObject("/Annots")] = ArrayObject([field])
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([field])})
    fill_form_fields_pdf(writer, {"name": "Ann"})
    reader = PdfFileReader(io.BytesIO(written(writer)))
    assert reader.getFields()["name"]["/V"] == "Ann"


def test_2_4_2_older_names_of_any_writer():
    writer = PdfFileWriter()
    writer.cloneReaderDocumentRoot(PdfFileReader(io.BytesIO(document(100, 200))))
    writer.addAttachment("a.txt", b"content")
    reader = OdooPdfFileReader(io.BytesIO(written(writer)))
    assert len(reader.pages) == 2
    assert list(reader.getAttachments()) == [("a.txt", b"content")]


def test_2_4_3_arabic_text_in_visual_order():
    assert reshape_text("Plain text, 12") == "Plain text, 12"
    # the forms of the letters in their places, the last letter first
    assert reshape_text("سلام") == "\ufee1\ufefc\ufeb3"
    assert reshape_text("abc سلام") == "abc \ufee1\ufefc\ufeb3"
