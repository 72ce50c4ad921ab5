"""Compressed answers: what many ask for alike, such as styles, templates and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odoo.modules.asset_encodings import encoded

if TYPE_CHECKING:
    from .httprequest import HTTPRequest

#: types of contents that are texts and worth it
COMPRESSIBLE = ("text/javascript", "text/css", "application/json", "image/svg+xml")


def accepted_encodings(httprequest: HTTPRequest) -> list[str]:
    """Return the encodings of HTTP that a client takes."""
    return [encoding for encoding, quality in httprequest.accept_encodings if quality]


def compress(response: Any, httprequest: HTTPRequest, key: str = "") -> Any:
    """Compress the content of a response as its client takes it, and return the response.

    It is for what is the same for many, and holds no secret beside what a caller may choose: the length of an answer
    tells about its content.

    :param key: name that only this content has, by which its compressed form is kept; without, it is made each time
    """
    content, encoding = encoded(response.get_data(), accepted_encodings(httprequest), key)
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.set_data(content)
        response.headers["Content-Encoding"] = encoding
        etag, _is_weak = response.get_etag()
        if etag:
            # equal in content, not byte by byte
            response.set_etag(etag, weak=True)
    return response
