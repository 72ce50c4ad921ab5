"""Reading, writing and stamping PDF documents, on top of pypdf.

The classes keep the names of the older interface of that library (``getNumPages``, ``addPage``, ...) which addons use.
"""

import base64
import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from typing import IO, Any, Literal

import arabic_reshaper
from bidi.algorithm import get_display
from PIL import Image, ImageCms, ImageDraw, ImageFont
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PdfReadError, PdfStreamError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
    create_string_object,
)

from odoo import release

__all__ = [
    "ArrayObject",
    "BooleanObject",
    "BrandedFileWriter",
    "ByteStringObject",
    "DecodedStreamObject",
    "DictionaryObject",
    "EncodedStreamObject",
    "FloatObject",
    "IndirectObject",
    "NameObject",
    "NullObject",
    "NumberObject",
    "OdooPdfFileReader",
    "OdooPdfFileWriter",
    "PdfFileReader",
    "PdfFileWriter",
    "PdfReadError",
    "PdfStreamError",
    "StreamObject",
    "TextStringObject",
    "add_banner",
    "createStringObject",
    "create_string_object",
    "fill_form_fields_pdf",
    "merge_pdf",
    "reshape_text",
    "rotate_pdf",
    "to_pdf_stream",
]

createStringObject = create_string_object

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff]")
#: height of the banner of :func:`add_banner`: two centimetres in points
BANNER_THICKNESS = 72 / 2.54 * 2
#: pixels of the banner's picture for one point
_BANNER_SCALE = 3
_BANNER_COLOR = "#3d4a6b"


class PdfFileReader(PdfReader):
    """A PDF document to read.

    :param stream: file object with the document
    :param strict: refuse documents with errors instead of working around them
    """

    def __init__(self, stream: IO[Any] | str | Path, strict: bool = True, *args: Any, **kwargs: Any) -> None:
        super().__init__(stream, strict, *args, **kwargs)

    def getNumPages(self) -> int:
        """Return the number of pages."""
        return len(self.pages)

    numPages = property(getNumPages)

    def getPage(self, pageNumber: int) -> PageObject:
        """Return the page with a number, from 0."""
        return self.pages[pageNumber]

    @property
    def isEncrypted(self) -> bool:
        """Is the document protected by a password?"""
        return self.is_encrypted

    def getFields(self) -> dict[str, Any] | None:
        """Return the fields of the document's form, by name."""
        return self.get_fields()


class PdfFileWriter(PdfWriter):
    """A PDF document that is being made."""

    def addPage(self, page: PageObject) -> PageObject:
        """Add a page at the end."""
        return self.add_page(page)

    def getPage(self, pageNumber: int) -> PageObject:
        """Return the page with a number, from 0."""
        return self.pages[pageNumber]

    def getNumPages(self) -> int:
        """Return the number of pages."""
        return len(self.pages)

    def appendPagesFromReader(
        self, reader: PdfReader, after_page_append: Callable[[PageObject], None] | None = None
    ) -> None:
        """Add all pages of a reader at the end."""
        self.append_pages_from_reader(reader, after_page_append)

    def addAttachment(self, name: str, data: str | bytes) -> None:
        """Attach a file of this name and content."""
        self.add_attachment(name, data)

    def cloneReaderDocumentRoot(self, reader: PdfReader) -> None:
        """Start from a copy of a document."""
        self.clone_reader_document_root(reader)

    def addMetadata(self, infos: dict[str, Any]) -> None:
        """Add entries to what the document says about itself."""
        self.add_metadata(infos)

    def addJS(self, javascript: str) -> None:
        """Add JavaScript that viewers run when they open the document."""
        self.add_js(javascript)

    def _addObject(self, obj):
        return self._add_object(obj)

    def _getObject(self, reference):
        return reference.get_object()


class BrandedFileWriter(PdfFileWriter):
    """A writer whose documents name this server as their maker."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_metadata({"/Creator": release.product_name, "/Producer": release.product_name})


class OdooPdfFileReader(PdfFileReader):
    """A reader that also gives the files attached to the document."""

    def getAttachments(self) -> Iterator[tuple[str, bytes]]:
        """Yield ``(name, content)`` of the attached files.

        :raise NotImplementedError: when the document is protected by a password
        """
        if self.is_encrypted and not self.decrypt(""):
            raise NotImplementedError("The document is protected by a password")
        for attachment in self.attachment_list:
            yield attachment.name, attachment.content


class OdooPdfFileWriter(BrandedFileWriter):
    """A writer that attaches files, marks documents as archivable and describes them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: whether :meth:`convert_to_pdfa` was called, or the copied document was PDF/A
        self.is_pdfa = False

    def add_attachment(  # type: ignore[override]  # addons pass the kind, and want no object in return
        self, name: str, data: str | bytes, subtype: str | None = None
    ) -> None:
        """Attach a file.

        :param name: name of the file
        :param data: its content
        :param subtype: its MIME type
        """
        data = data.encode() if isinstance(data, str) else data
        file = DecodedStreamObject()
        file.set_data(data)
        file.update(
            {
                NameObject("/Type"): NameObject("/EmbeddedFile"),
                NameObject("/Params"): DictionaryObject(
                    {
                        NameObject("/CheckSum"): create_string_object(md5(data, usedforsecurity=False).hexdigest()),
                        NameObject("/ModDate"): create_string_object(datetime.now(UTC).strftime("D:%Y%m%d%H%M%SZ")),
                        NameObject("/Size"): NumberObject(len(data)),
                    }
                ),
            }
        )
        if subtype:
            file[NameObject("/Subtype")] = NameObject(f"/{subtype.lstrip('/')}")
        reference = self._add_object(file)
        entry = self._add_object(
            DictionaryObject(
                {
                    NameObject("/AFRelationship"): NameObject("/Data"),
                    NameObject("/Type"): NameObject("/Filespec"),
                    NameObject("/F"): create_string_object(name),
                    NameObject("/UF"): TextStringObject(name),
                    NameObject("/EF"): DictionaryObject({NameObject("/F"): reference, NameObject("/UF"): reference}),
                }
            )
        )
        root = self._root_object
        names = self._child(root, "/Names", DictionaryObject)
        tree = self._child(names, "/EmbeddedFiles", DictionaryObject)
        self._child(tree, "/Names", ArrayObject).extend([create_string_object(name), entry])
        self._child(root, "/AF", ArrayObject).append(entry)

    def addAttachment(self, name: str, data: str | bytes, subtype: str | None = None) -> None:
        """Attach a file, as :meth:`add_attachment` does."""
        self.add_attachment(name, data, subtype)

    @staticmethod
    def _child(parent: DictionaryObject, name: str, kind: Callable[[], PdfObject]) -> Any:
        """Return the object under a key of a dictionary of the document, made when it is not there."""
        if name not in parent:
            parent[NameObject(name)] = kind()
        return parent[name].get_object()

    def embed_odoo_attachment(self, attachment: Any, subtype: str | None = None) -> None:
        """Attach the file of an ``ir.attachment`` record.

        :raise ValueError: when it has no content
        """
        if not attachment.raw:
            raise ValueError(f"The attachment {attachment.name!r} is empty")
        self.add_attachment(attachment.name, attachment.raw, subtype=subtype or attachment.mimetype)

    def cloneReaderDocumentRoot(self, reader: PdfReader) -> None:
        """Start from a copy of a document."""
        self.clone_reader_document_root(reader)
        metadata = self._root_object.get("/Metadata")
        self.is_pdfa = metadata is not None and b"pdfaid" in metadata.get_object().get_data()

    def convert_to_pdfa(self) -> None:
        """Give the document what PDF/A-3 asks for beside embedded fonts: an identity and the meaning of its colours."""
        identity = ByteStringObject(md5(repr(datetime.now()).encode(), usedforsecurity=False).digest())
        self._ID = ArrayObject([identity, identity])
        self.pdf_header = "%PDF-1.7"
        profile = DecodedStreamObject()
        profile.set_data(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
        profile[NameObject("/N")] = NumberObject(3)
        intent = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/OutputIntent"),
                NameObject("/S"): NameObject("/GTS_PDFA1"),
                NameObject("/OutputConditionIdentifier"): create_string_object("sRGB"),
                NameObject("/DestOutputProfile"): self._add_object(profile),
            }
        )
        self._root_object.update(
            {
                NameObject("/OutputIntents"): ArrayObject([self._add_object(intent)]),
                NameObject("/MarkInfo"): DictionaryObject({NameObject("/Marked"): BooleanObject(True)}),
            }
        )
        self.is_pdfa = True

    def add_file_metadata(self, metadata_content: bytes) -> None:
        """Describe the document by an XMP packet.

        :param metadata_content: the packet, bytes
        """
        packet = DecodedStreamObject()
        packet.set_data(metadata_content)
        packet.update(
            {
                NameObject("/Type"): NameObject("/Metadata"),
                NameObject("/Subtype"): NameObject("/XML"),
            }
        )
        self._root_object[NameObject("/Metadata")] = self._add_object(packet)


def reshape_text(text: str) -> str:
    """Return a text as it is drawn from left to right: letters of the Arabic script joined and in visual order."""
    return get_display(arabic_reshaper.reshape(text)) if _ARABIC.search(text) else text


def _written(writer: PdfWriter) -> io.BytesIO:
    stream = io.BytesIO()
    writer.write(stream)
    stream.seek(0)
    return stream


def merge_pdf(pdf_data: Iterable[bytes]) -> bytes:
    """Return one document with the pages of several.

    :param pdf_data: the documents, each as bytes
    """
    writer = BrandedFileWriter()
    for document in pdf_data:
        writer.append_pages_from_reader(PdfFileReader(io.BytesIO(document), strict=False))
    return _written(writer).getvalue()


def rotate_pdf(pdf: bytes) -> bytes:
    """Return a document, given as bytes, with its pages turned clockwise by 90 degrees."""
    writer = BrandedFileWriter()
    for page in PdfFileReader(io.BytesIO(pdf), strict=False).pages:
        writer.add_page(page).rotate(90)
    return _written(writer).getvalue()


def to_pdf_stream(attachment: Any) -> io.BytesIO | None:
    """Return the content of an ``ir.attachment`` record as a PDF stream; a picture becomes a page.

    :return: the stream; ``None`` when the content is neither a PDF document nor a picture
    """
    content = io.BytesIO(attachment.raw or b"")
    if attachment.mimetype == "application/pdf":
        return content
    if not (attachment.mimetype or "").startswith("image") or attachment.mimetype == "image/svg+xml":
        return None
    stream = io.BytesIO()
    Image.open(content).convert("RGB").save(stream, format="PDF")
    stream.seek(0)
    return stream


def add_banner(
    pdf_stream: IO[Any],
    text: str | None = None,
    logo: str | bytes | Literal[False] | None = False,
    thickness: float = BANNER_THICKNESS,
) -> io.BytesIO:
    """Return a document with a band along the lower edge of its pages.

    :param pdf_stream: stream of the document
    :param text: text in the band
    :param logo: picture before the text, in base64
    :param thickness: height of the band in points
    """
    writer = BrandedFileWriter()
    writer.append_pages_from_reader(PdfFileReader(pdf_stream, strict=False))
    for page in writer.pages:
        width = float(page.mediabox.width)
        band = _band(text or "", logo, thickness, width)
        page.merge_page(PdfReader(band).pages[0])
    return _written(writer)


def _band(text: str, logo: str | bytes | Literal[False] | None, thickness: float, length: float) -> io.BytesIO:
    """Return a one-page document with the band of :func:`add_banner`."""
    size = int(length * _BANNER_SCALE), int(thickness * _BANNER_SCALE)
    picture = Image.new("RGB", size, _BANNER_COLOR)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size[1] * 0.4)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    start = int((size[0] - (right - left)) // 2)
    draw.text((start, (size[1] - (bottom - top)) // 2 - top), text, font=font, fill="white")
    if logo:
        image = Image.open(io.BytesIO(base64.b64decode(logo))).convert("RGBA")
        image.thumbnail((size[1], size[1]))
        picture.paste(image, (max(start - 2 * size[1], 0), (size[1] - image.height) // 2), image)
    stream = io.BytesIO()
    picture.save(stream, format="PDF", resolution=72 * _BANNER_SCALE)
    stream.seek(0)
    return stream


def fill_form_fields_pdf(writer: PdfWriter, form_fields: dict[str, Any]) -> None:
    """Fill in the form of a document.

    :param writer: writer of the document
    :param form_fields: ``{field name: text}``
    """
    if "/AcroForm" not in writer._root_object:
        return
    writer.set_need_appearances_writer()
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, form_fields, auto_regenerate=False)
