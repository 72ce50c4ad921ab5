"""Guessing the type of a file from its first bytes."""

from __future__ import annotations

import io
import logging
import mimetypes
import os
import re
import zipfile
import zlib
from typing import Any

__all__ = ["fix_filename_extension", "get_extension", "guess_extension", "guess_mimetype", "neuter_mimetype"]

# the name that operators know the messages by
_logger = logging.getLogger("odoo.tools.mimetypes")

DEFAULT_MIMETYPE = "application/octet-stream"
_SIGNATURES = (
    (b"%PDF", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\x00\x00\x02\x00", "image/x-icon"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"ID3", "audio/mpeg"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"{\\rtf", "application/rtf"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MARKS = (
    ("WordDocument".encode("utf-16-le"), "application/msword"),
    ("Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
    ("PowerPoint Document".encode("utf-16-le"), "application/vnd.ms-powerpoint"),
)
_OOXML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_EXTENSIONS = {
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "text/javascript": ".js",
    "application/javascript": ".js",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/x-icon": ".ico",
    "text/plain": ".txt",
    "application/gzip": ".gz",
}
#: what stands before the description of each entry of an archive, and how many parts a document may have
_ZIP_ENTRY = b"PK\x01\x02"
_MAX_ZIP_ENTRIES = 20_000
_LIKELY_EXTENSION = re.compile(r"\.[a-z0-9]{1,10}")
_XML_START = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?(?:\s|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*<(?P<root>[\w:-]+)",
    re.DOTALL,
)


def _guess_zip(data: bytes) -> str:
    if data.count(_ZIP_ENTRY) > _MAX_ZIP_ENTRIES:
        # no document, and each entry would be an object
        return "application/zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    # as long as a type may be, however much there is
                    declared = entry.read(255).decode("ascii", "replace").strip()
                if declared.startswith("application/vnd.oasis.opendocument"):
                    return declared
            if "[Content_Types].xml" in names:
                for folder, mimetype in _OOXML.items():
                    if any(name.startswith(folder) for name in names):
                        return mimetype
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        # damaged, encrypted, or packed in a way that is not known here
        return "application/zip"
    return "application/zip"


def _guess_ole(data: bytes) -> str:
    return next((mimetype for mark, mimetype in _OLE_MARKS if mark in data), "application/x-ole-storage")


def _guess_text(data: bytes) -> str | None:
    """Tell kinds of text apart: XML, SVG, HTML and plain."""
    match = _XML_START.match(data[:4096])
    if match:
        root = match["root"].lower().rpartition(b":")[2]
        if root == b"svg":
            return "image/svg+xml"
        if root in (b"html", b"head", b"body", b"script"):
            return "text/html"
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
            return "application/xml"
    try:
        data[:1024].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(data[:1024]) - 4:
            return None
    return None if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data[:1024]) else "text/plain"


def guess_mimetype(bin_data: bytes, default: str = DEFAULT_MIMETYPE) -> str:
    """Return the MIME type of data as its first bytes tell it.

    :param bin_data: the content
    :param default: returned when nothing is recognised
    """
    data = bytes(bin_data)
    for signature, mimetype in _SIGNATURES:
        if data.startswith(signature):
            return mimetype
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _guess_zip(data)
    if data.startswith(_OLE_SIGNATURE):
        return _guess_ole(data)
    if data.startswith(b"RIFF") and data[8:12] in _RIFF:
        return _RIFF[data[8:12]]
    if data[4:8] == b"ftyp":
        return "video/quicktime" if data[8:10] == b"qt" else "video/mp4"
    return (_guess_text(data) if data else None) or default


def neuter_mimetype(mimetype: str, user: Any) -> str:
    """Return a MIME type the browser does not run: scripts and pages of users without system rights become plain text.

    :param user: record of ``res.users``
    """
    risky = any(word in mimetype for word in ("ht", "xml", "svg", "javascript"))
    return "text/plain" if risky and not user._is_system() else mimetype


def get_extension(filename: str) -> str:
    """Return the extension of a file name in lower case with its dot, or an empty string when it has no likely one."""
    extension = os.path.splitext(filename)[1].lower()
    return extension if _LIKELY_EXTENSION.fullmatch(extension) else ""


def guess_extension(mimetype: str) -> str | None:
    """Return the usual extension (with its dot) of a MIME type, ``None`` when there is none."""
    return _EXTENSIONS.get(mimetype) or mimetypes.guess_extension(mimetype)


def fix_filename_extension(filename: str, mimetype: str) -> str:
    """Return the file name, with the extension of the MIME type appended if its own one is of another type."""
    if mimetypes.guess_type(filename)[0] == mimetype:
        return filename
    extension = guess_extension(mimetype)
    if not extension or filename.lower().endswith(extension):
        return filename
    if given := get_extension(filename):
        _logger.warning("%r is of type %s, which %s does not tell: %s is added", filename, mimetype, given, extension)
    return f"{filename}{extension}"
