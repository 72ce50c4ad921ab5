"""Between HTML and plain text."""

from __future__ import annotations

import re

import markupsafe
from lxml import etree
from lxml import html as lxml_html

__all__ = [
    "HTML_NEWLINES_REGEX",
    "HTML_TAGS_REGEX",
    "HTML_TAG_URL_REGEX",
    "TEXT_URL_REGEX",
    "URL_REGEX",
    "URL_SKIP_PROTOCOL_REGEX",
    "append_content_to_html",
    "create_link",
    "html2plaintext",
    "html_keep_url",
    "html_to_inner_content",
    "is_html_empty",
    "plaintext2html",
    "prepend_html_content",
    "validate_url",
]

URL_SKIP_PROTOCOL_REGEX = r"mailto:|tel:|sms:"
URL_REGEX = rf"""(\bhref=['"](?!{URL_SKIP_PROTOCOL_REGEX})([^'"]+)['"])"""
TEXT_URL_REGEX = r"https?://[\w@:%.+&~#=/-]+(?:\?\S+)?"
# a whole link: group 1 is its address, the next one its label
HTML_TAG_URL_REGEX = URL_REGEX + r"([^<>]*>([^<>]+)<\/)?"
HTML_TAGS_REGEX = re.compile("<.*?>")
HTML_NEWLINES_REGEX = re.compile(r"<(?:div|p|br|tr|h[1-6]|li|ul|ol|blockquote|pre)\b[^>]*?/?>", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "tr",
        "ul",
        "ol",
        "pre",
        "blockquote",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARKERS = {"b": "*", "strong": "*", "i": "/", "em": "/", "u": "_", "th": "*"}
_BARE_URL = re.compile(r"""(^|[\s(>])((?:https?|ftp)://[^\s<>"']*[^\s<>"'.,;:!?)])""")
_VISIBLE_VOID = frozenset(("img", "iframe", "video", "audio", "svg", "hr", "input", "canvas", "object", "embed"))
_INVISIBLE = re.compile(r"[\s\u00a0\u200b\u200c\u200d\ufeff]+")
_ICON_CLASS = re.compile(r"\bfa[a-z]?-|\boi-")


def html_keep_url(text: str) -> str:
    """Return escaped text, its URLs turned into links."""
    parts, position = [], 0
    for match in re.finditer(TEXT_URL_REGEX, text):
        parts.append(str(markupsafe.escape(text[position : match.start()])))
        parts.append(create_link(match[0], match[0]))
        position = match.end()
    parts.append(str(markupsafe.escape(text[position:])))
    return "".join(parts)


def create_link(url, label) -> str:
    """Return the HTML of a link that opens in a new tab."""
    return (
        f'<a href="{markupsafe.escape(url)}" target="_blank" rel="noreferrer noopener">{markupsafe.escape(label)}</a>'
    )


def validate_url(url: str) -> str:
    """Return the URL, with ``http://`` in front when it has no scheme."""
    return url if re.match(r"^(https?|ftps?):|^\w+://", url, re.IGNORECASE) else f"http://{url}"


def is_html_empty(html_content) -> bool:
    """Tell whether HTML shows nothing: no text, no image and no icon."""
    if not html_content:
        return True
    content = str(html_content)
    if "<" not in content:
        return not _INVISIBLE.sub("", content)
    try:
        root = lxml_html.fragment_fromstring(content, create_parent="div")
    except etree.ParserError:
        return True
    for element in root.iter():
        if not isinstance(element.tag, str):
            if element.tail and _INVISIBLE.sub("", element.tail):
                return False
            continue
        if element.tag in _VISIBLE_VOID or _ICON_CLASS.search(element.get("class") or ""):
            return False
        texts = (element.text if element.tag not in ("script", "style") else None, element.tail)
        if any(text and _INVISIBLE.sub("", text) for text in texts):
            return False
    return True


def html_to_inner_content(html) -> str:
    """Return the text of HTML as one line, entities resolved; block elements are separated by a blank."""
    if not html:
        return ""
    spaced = HTML_NEWLINES_REGEX.sub(" ", str(html))
    plain = markupsafe.Markup(HTML_TAGS_REGEX.sub("", spaced)).unescape()
    return re.sub(r"\s+", " ", plain).strip()


class _PlainTextWriter:
    """Walks over a tree and writes its text; links become numbered references listed at the end."""

    def __init__(self):
        self.parts: list[str] = []
        self.links: list[str] = []

    def _text(self, text, preformatted):
        if text:
            self.parts.append(text if preformatted else re.sub(r"\s+", " ", text))

    def _newline(self):
        self.parts.append("\n")

    def write(self, element, preformatted=False):
        """Append the text of an element, tail excluded."""
        tag = element.tag
        if not isinstance(tag, str) or tag in ("script", "style", "head", "title"):
            return
        preformatted = preformatted or tag == "pre"
        if tag == "br" or tag in _BLOCKS:
            self._newline()
        elif tag == "li":
            self.parts.append("\n* ")
        marker = "**" if tag in _HEADINGS else _MARKERS.get(tag, "")
        self.parts.append(marker)
        self._text(element.text, preformatted)
        for child in element:
            self.write(child, preformatted)
            self._text(child.tail, preformatted)
        self.parts.append(marker)
        if tag == "a":
            self._reference(element.get("href"), "".join(element.itertext()).strip())
        elif tag == "img":
            self._image(element)
        if tag in ("td", "th"):
            self.parts.append(" ")
        if tag in _BLOCKS:
            self._newline()

    def _reference(self, url, label):
        if url and url != label and url != f"mailto:{label}" and not url.startswith("#"):
            self.links.append(url)
            self.parts.append(f" [{len(self.links)}]")

    def _image(self, element):
        source = element.get("src") or ""
        if source.startswith(("http://", "https://", "/")):
            self.links.append(source)
            name = element.get("alt") or source.rpartition("/")[2].partition("?")[0]
            self.parts.append(f"{name} [{len(self.links)}]")

    def result(self) -> str:
        """Return the text with blanks tidied up and the list of links."""
        text = "".join(self.parts)
        text = re.sub(r"[ \t]+\n|\n[ \t]+(?=\S)", "\n", text)
        text = re.sub(r"\n{3,}", "\n\n", text).strip()
        if self.links:
            text += "\n\n" + "\n".join(f"[{number}] {url}" for number, url in enumerate(self.links, start=1))
        return text.strip()


def html2plaintext(html, body_id=None, encoding="utf-8", include_references=True) -> str:
    """Return HTML as readable plain text.

    It has ``*bold*``, ``/italic/``, ``_underlined_`` and ``**headings**``, and links as numbered references.

    :param html: the HTML, text or bytes
    :param body_id: id of the element to take instead of the body
    :param encoding: encoding of bytes
    :param include_references: list the addresses of the links at the end
    """
    if not (html and html.strip()):
        return ""
    source = html.decode(encoding) if isinstance(html, bytes) else str(html)
    root = (
        lxml_html.fragment_fromstring(source, create_parent="div")
        if "<body" not in source.lower()
        else lxml_html.document_fromstring(source)
    )
    if body_id:
        found = root.xpath("//*[@id=$body_id]", body_id=body_id)
    else:
        found = root.xpath("//body")
    writer = _PlainTextWriter()
    if not include_references:
        writer._reference = lambda url, label: None
        writer._image = lambda element: None
    writer.write(found[0] if found else root)
    return writer.result().replace("\N{NO-BREAK SPACE}", " ")


def plaintext2html(text, container_tag=None):
    """Return plain text as HTML: escaped, URLs as links, blank lines as paragraphs, line ends as ``<br/>``.

    :param container_tag: element put around it all; ``div`` gives ``<div>...</div>``
    :return: :class:`markupsafe.Markup`
    """
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    paragraphs = re.split(r"\n[ \t]*(?:\n[ \t]*)+", str(markupsafe.escape(text)))
    linked = (
        _BARE_URL.sub(
            lambda match: f'{match[1]}<a href="{match[2]}" target="_blank" rel="noreferrer noopener">{match[2]}</a>',
            paragraph,
        )
        for paragraph in paragraphs
    )
    content = "".join(f"<p>{paragraph}</p>" for paragraph in ("<br/>".join(item.split("\n")) for item in linked))
    if container_tag:
        content = f"<{container_tag}>{content}</{container_tag}>"
    return markupsafe.Markup(content)


def append_content_to_html(html, content, plaintext=True, preserve=False, container_tag=None):
    """Return HTML with more content at its end, inside the body.

    :param html: the HTML
    :param content: what to append
    :param plaintext: whether the content is plain text, else it is HTML
    :param preserve: put plain text into ``<pre>`` instead of making paragraphs
    :param container_tag: element put around plain text
    :return: :class:`markupsafe.Markup`
    """
    if plaintext and preserve:
        content = f"\n<pre>{markupsafe.escape(content)}</pre>\n"
    elif plaintext:
        content = f"\n{plaintext2html(content, container_tag)}\n"
    else:
        content = re.sub(r"(?i)</?(?:html|body|head|!\s*doctype)\b[^>]*>", "", str(content))
        content = f"\n{content}\n"
    source = str(html or "")
    for closing in ("</body>", "</html>"):
        position = source.lower().rfind(closing)
        if position != -1:
            return markupsafe.Markup(source[:position] + content + source[position:])
    return markupsafe.Markup(source + content)


def prepend_html_content(html_body, html_content):
    """Return HTML with more HTML at the start of its body.

    :param html_body: the HTML, a whole document or not
    :param html_content: what to put first
    :return: :class:`markupsafe.Markup`
    """
    content = re.sub(r"(?i)</?(?:html|body|head|!\s*doctype)\b[^>]*>", "", str(html_content)).strip()
    source = str(html_body)
    match = re.search(r"<body\b[^>]*>", source, re.IGNORECASE) or re.search(r"<html\b[^>]*>", source, re.IGNORECASE)
    position = match.end() if match else 0
    return markupsafe.Markup(source[:position] + content + source[position:])
