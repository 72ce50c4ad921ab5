"""What a printed report shows beside its text: pictures and style sheets, put into the document itself.

Engines that print reach neither the network nor the disk. The server looks up what a document refers to, with the
rights of the user who prints; everything else is left out.
"""

import base64
import logging
import mimetypes
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.template_inheritance import remove_element

_logger = logging.getLogger("odoo.addons.base.models.ir_actions_report")

#: elements that a printed document has no use for, or that could fetch something
_DROPPED = frozenset({"script", "noscript", "iframe", "frame", "object", "embed", "base", "meta", "audio", "video"})
#: attributes by which elements refer to pictures
_REFERENCES = {
    "img": ("src",),
    "image": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "input": ("src",),
    "body": ("background",),
    "table": ("background",),
    "td": ("background",),
}
#: texts of users are searched: a match ends where the next one may begin, and nothing is tried twice
_FONT_FACE = re.compile(r"@font-face\s*+\{([^{}]*+)\}")
#: fonts that come with the server, which engines find by themselves: that of icons and those of npm
_OWN_FONT = re.compile(r"font-family:\s*['\"]?FontAwesome\b|/web/npm/@fontsource/")
#: formats of fonts that engines read, the smallest first
_FONT_FORMATS = (".woff2", ".woff", ".ttf", ".otf")
_URL = re.compile(r"""url\(\s*+(?:"([^"]*+)"|'([^']*+)'|([^()"'\s]*+))\s*+\)""")
#: bytes of all that one document may show
MAX_SIZE = 128 * 1024 * 1024


class ReportResources:
    """What the documents of one printing refer to.

    :param report: ``ir.actions.report`` records in the environment of the user who prints
    :param base_urls: addresses under which documents know this server
    """

    def __init__(self, report, base_urls):
        self._report = report
        self._own_hosts = {urlsplit(url).netloc for url in base_urls if url}
        self._known = {}
        self._style_sheets = {}
        self._size = 0

    def put_into(self, root):
        """Replace what a document refers to by the thing itself.

        :param root: element of the parsed document
        """
        for node in list(root.iter()):
            if not isinstance(node.tag, str) or node.tag in _DROPPED:
                remove_element(node)
            elif node.tag == "link":
                self._put_style_sheet(node)
            else:
                self._put_pictures(node)

    def _put_style_sheet(self, node):
        """Put a ``<style>`` in the place of a ``<link>`` to a style sheet."""
        node_url = node.get("href") or ""
        found = self._fetch(node_url) if node.get("rel") == "stylesheet" else None
        if found is None:
            remove_element(node)
            return
        media = node.get("media")
        node.attrib.clear()
        node.tag, node.text = "style", self._style_sheet(node_url, found[0])
        if media:
            node.set("media", media)

    def _style_sheet(self, url, content):
        """Return the text of a style sheet with what it refers to; documents share it."""
        if url not in self._style_sheets:
            self._style_sheets[url] = self._with_things(content.decode(errors="replace"))
        return self._style_sheets[url]

    def _with_things(self, rules):
        return _URL.sub(self._url_of_style, _FONT_FACE.sub(self._font_face, rules))

    def _font_face(self, match):
        """Return the rule of a font with the font itself, nothing where there is none that engines read."""
        rule = match[1]
        urls = [next(filter(None, found.groups()), "") for found in _URL.finditer(rule)]
        if any(url.startswith("data:") for url in urls):
            return match[0]
        fonts = [url for ending in _FONT_FORMATS for url in urls if urlsplit(url).path.endswith(ending)]
        if _OWN_FONT.search(rule) or not fonts:
            return ""
        kept = [line for line in rule.split(";") if line.strip() and not line.strip().startswith("src")]
        return f'@font-face {{{";".join(kept)}; src: url("{fonts[0]}")}}'

    def _put_pictures(self, node):
        node.attrib.pop("srcset", None)
        for name in _REFERENCES.get(node.tag, ()):
            if node.get(name) and not node.get(name).startswith("#"):
                node.set(name, self._data_uri(node.get(name)))
        if "url(" in (node.get("style") or ""):
            node.set("style", _URL.sub(self._url_of_style, node.get("style")))
        if node.tag == "style" and node.text and "url(" in node.text:
            node.text = self._with_things(node.text)

    def _url_of_style(self, match):
        return f'url("{self._data_uri(next(filter(None, match.groups()), ""))}")'

    def _data_uri(self, url):
        """Return the thing itself as a data URI, nothing when the document may not show it."""
        if url.startswith(("data:", "#")):
            return url
        found = self._fetch(url)
        if found is None:
            return "data:,"
        content, mimetype = found
        return f"data:{mimetype};base64,{base64.b64encode(content).decode()}"

    def _fetch(self, url):
        """Return ``(content, MIME type)`` of what stands under an address of this server, else ``None``."""
        if url not in self._known:
            found = self._look_up(url)
            self._size += len(found[0]) if found else 0
            if self._size > MAX_SIZE:
                _logger.warning("What the report refers to has more than %s bytes; the rest is left out", MAX_SIZE)
                found = None
            if found is None:
                _logger.info("A printed report leaves %s out", url[:200])
            self._known[url] = found
        return self._known[url]

    def _look_up(self, url):
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc not in self._own_hosts):
            return None
        found = self._report._get_report_resource(unquote(parts.path), dict(parse_qsl(parts.query)))
        if not found:
            return None
        content, mimetype = found
        mimetype = mimetype or mimetypes.guess_type(parts.path)[0] or guess_mimetype(content)
        return content, mimetype
