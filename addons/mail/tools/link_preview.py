"""What pages say of themselves, for cards below the links to them."""

from __future__ import annotations

import lxml.html

from .public_web import Page, fetch

#: names in the head of a page -> what a preview keeps of them
_NAMES = {
    "og:description": "og_description",
    "og:image": "og_image",
    "og:site_name": "og_site_name",
    "og:title": "og_title",
    "og:type": "og_type",
    "og:image:type": "og_mimetype",
}
#: characters of a text in the head that are kept
_MAX_TEXT = 2000


def get_link_preview_from_url(url: str, request_session=None) -> dict | bool:
    """Return what a preview shows of an address.

    :param url: the address
    :param request_session: for several requests
    :return: values of ``mail.link.preview``, or ``False`` when there is nothing to show
    """
    page = fetch(url, request_session)
    if page is None:
        return False
    if page.content_type.startswith("image/"):
        return {"image_mimetype": page.content_type, "og_image": url, "source_url": url}
    return _of_html(url, page) if page.content_type.startswith("text/html") else False


def _of_html(url: str, page: Page) -> dict | bool:
    """Return what the head of a page says, ``False`` without a title."""
    try:
        tree = lxml.html.fromstring(page.content)
    except (lxml.etree.ParserError, ValueError):
        return False
    values: dict = dict.fromkeys(_NAMES.values())
    for node in tree.iter("meta"):
        key = _NAMES.get(node.get("property") or node.get("name") or "")
        if key and not values[key]:
            values[key] = (node.get("content") or "").strip()[:_MAX_TEXT] or None
    image = values["og_image"]
    if image and not image.startswith(("https://", "http://")):
        values["og_image"] = None
    if not values["og_title"]:
        values["og_title"] = (tree.findtext(".//title") or "").strip()[:_MAX_TEXT] or None
    return {**values, "source_url": url} if values["og_title"] else False
