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
#: characters of all that one document may show, as often as it shows it; and of what is kept for those of a printing
MAX_SIZE = 128 * 1024 * 1024


class ReportResources:
    """What the documents of one printing refer to.

    :param report: ``ir.actions.report`` records in the environment of the user who prints
    :param base_urls: addresses under which documents know this server
    """

    def __init__(self, report, base_urls):
        self._report = report
        self._own_hosts = {urlsplit(url).netloc for url in base_urls if url}
        self._data_uris = {}
        self._style_sheets = {}
        self._kept = 0
        self._shown = 0

    def put_into(self, root):
        """Replace what a document refers to by the thing itself.

        :param root: element of the parsed document
        """
        self._shown = 0
        for node in list(root.iter()):
            if not isinstance(node.tag, str) or node.tag in _DROPPED:
                remove_element(node)
            elif node.tag == "link":
                self._put_style_sheet(node)
            else:
                self._put_pictures(node)

    def _put_style_sheet(self, node):
        """Put a ``<style>`` in the place of a ``<link>`` to a style sheet."""
        text = self._style_sheet(node.get("href") or "") if node.get("rel") == "stylesheet" else None
        if text is None or not self._may_show(text):
            remove_element(node)
            return
        media = node.get("media")
        node.attrib.clear()
        node.tag, node.text = "style", text
        if media:
            node.set("media", media)

    def _style_sheet(self, url):
        """Return the text of a style sheet with what it refers to, ``None`` without one; documents share it."""
        if url not in self._style_sheets:
            found = self._fetch(url)
            # what it refers to must not depend on what else the document shows that is the first to have it
            shown, self._shown = self._shown, 0
            self._style_sheets[url] = (
                self._keep(self._with_things(found[0].decode(errors="replace"))) if found else None
            )
            self._shown = shown
        return self._style_sheets[url]

    def _with_things(self, rules):
        return _URL.sub(self._url_of_style, _FONT_FACE.sub(self._font_face, rules))

    def _font_face(self, match):
        """Return the rule of a font with the font itself, nothing where there is none that engines read."""
        rule = match[1]
        if _OWN_FONT.search(rule):
            return ""
        urls = [next(filter(None, found.groups()), "") for found in _URL.finditer(rule)]
        if any(url.startswith("data:") for url in urls):
            return match[0]
        fonts = [url for ending in _FONT_FORMATS for url in urls if urlsplit(url).path.endswith(ending)]
        if not fonts:
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
        if url not in self._data_uris:
            found = self._fetch(url)
            text = f"data:{found[1]};base64,{base64.b64encode(found[0]).decode()}" if found else None
            self._data_uris[url] = self._keep(text) if text else None
        text = self._data_uris[url]
        return text if text and self._may_show(text) else "data:,"

    def _keep(self, text):
        """Return a text that is kept for all documents of the printing, ``None`` when they have too much already."""
        self._kept += len(text)
        return text if self._kept <= MAX_SIZE else None

    def _may_show(self, text):
        """Count a text that is put into the document; return whether there is room for it."""
        if self._shown <= MAX_SIZE < self._shown + len(text):
            _logger.warning("What a report shows has more than %s characters; the rest is left out", MAX_SIZE)
        self._shown += len(text)
        return self._shown <= MAX_SIZE

    def _fetch(self, url):
        """Return ``(content, MIME type)`` of what stands under an address of this server, else ``None``."""
        found = self._look_up(url) if self._kept <= MAX_SIZE else None
        if found is None:
            _logger.info("A printed report leaves %s out", url[:200])
        return found

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
