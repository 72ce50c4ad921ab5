"""Pictures that stand in the text of a message."""

import base64
import binascii
import logging

import lxml.html
from markupsafe import Markup

_logger = logging.getLogger(__name__)


def extract_images(body, keep):
    """Take the pictures out of a text, which then leads to where they are kept.

    :param body: HTML with ``<img src="data:image/...;base64,...">``
    :param keep: function from content and name to the attachment, which has an access token; called once for each
        different content
    :return: the text as ``Markup``, and the list of attachments; pictures that cannot be read are dropped
    """
    root = lxml.html.fragment_fromstring(str(body), create_parent="div")
    kept = {}
    for node in list(root.iter("img")):
        source = node.get("src") or ""
        if not source.startswith("data:image/") or "base64," not in source:
            continue
        encoded = source.partition("base64,")[2]
        if encoded not in kept:
            try:
                content = base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                _logger.warning("a picture in a message is no base64: it is left out")
                node.drop_tree()
                continue
            kept[encoded] = keep(content, node.get("data-filename") or f"image{len(kept)}")
        attachment = kept[encoded]
        node.set("src", f"/web/image/{attachment.id}?access_token={attachment.access_token}")
        node.set("alt", attachment.name)
    return Markup(inner_html(root)), list(kept.values())


def inner_html(root) -> str:
    """Return the HTML inside of an element."""
    return "".join([root.text or "", *(lxml.html.tostring(child, encoding="unicode") for child in root)])
