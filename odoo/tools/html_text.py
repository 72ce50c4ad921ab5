"""Between HTML and plain text."""

from __future__ import annotations

import posixpath
import re

import markupsafe
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
#: blanks that mean nothing; a non-breaking space is content
_BLANKS = " \t\r\n\f\v"
_BLANK_RUN = re.compile(f"[{_BLANKS}]+")
#: what stands in plain text for the beginning and the end of an element, by default a blank
_MARKS = {
    **dict.fromkeys(("h1", "h2"), ("**", "**")),
    **dict.fromkeys(("h3", "b", "strong"), ("*", "*")),
    "em": ("/", "/"),
    "br": ("\n", ""),
    "tr": ("\n", " "),
    "p": (" ", "\n"),
    "img": ("", " "),
}
_SILENT = frozenset(("script", "style", "head", "title"))
#: the attributes with the addresses of what is referred to
_ADDRESSES = {"a": "href", "img": "src"}
_BARE_URL = re.compile(r"""(^|[\s(>])((?:https?|ftp)://[^\s<>"']*[^\s<>"'.,;:!?)])""")
_TEXT_TAG = re.compile(r"<\s*(?:/\s*)?(?:p|div|section|span|br|b|i|font)\b[^<>]*>", re.IGNORECASE)
_ICON_TAG = re.compile(
    r"""<\s*(?:i|span)\b[^<>]*\bclass\s*=\s*(?:"[^"<>]*\b(?:fa|fab|fad|far|oi)\b|'[^'<>]*\b(?:fa|fab|fad|far|oi)\b)""",
    re.IGNORECASE,
)
_TAG_NAME = re.compile(r"</?\w+(?=[\s/>])")


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
    """Tell whether HTML shows nothing: only blanks, and tags of text without a class for an icon.

    Where something else is, for example a non-breaking space or an image, somebody put it there.
    """
    if not html_content:
        return True
    content = str(html_content)
    return not _ICON_TAG.search(content) and not _TEXT_TAG.sub("", content).strip(_BLANKS)


def _without_tags(line: str) -> str:
    """Return a line of HTML without its tags."""
    tagged, end, rest = line.rpartition(">")
    return HTML_TAGS_REGEX.sub("", tagged + end) + rest


def html_to_inner_content(html) -> str:
    """Return the text of HTML as one line, entities resolved; block elements are separated by a blank."""
    if not html:
        return ""
    # what follows the last end of a tag has no tags: looking for them there takes long
    tagged, end, rest = str(html).rpartition(">")
    lines = (HTML_NEWLINES_REGEX.sub(" ", tagged + end) + rest).split("\n")
    plain = _BLANK_RUN.sub(" ", "\n".join(map(_without_tags, lines))).strip(_BLANKS)
    return str(markupsafe.Markup(plain).unescape())


def _file_title(address: str) -> str:
    """Return the name of the file of an address without its extension; without one it is just an image."""
    path = address.partition("?")[0].partition("#")[0]
    title, extension = posixpath.splitext(posixpath.basename(path))
    return title if extension else "Image"


class _PlainTextWriter:
    """Walks over a tree and writes its text; links and images become numbered references listed at the end.

    :param with_references: whether they do
    """

    def __init__(self, with_references):
        self.parts: list[str] = []
        self.links: list[str] = []
        self._with_references = with_references

    def write(self, element):
        """Append the text of an element, tail excluded."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            self.parts.append(" ")
            return
        before, after = _MARKS.get(tag, (" ", " "))
        self.parts += (before, element.text or "")
        for child in element:
            self.write(child)
            self.parts.append(child.tail or "")
        if self._with_references:
            self._refer_to(element)
        self.parts.append(after)

    def _refer_to(self, element):
        """Append the number of the address of a link or image."""
        attribute = _ADDRESSES.get(element.tag)
        address = element.get(attribute) if attribute else None
        if address and not address.startswith("data:"):
            self.links.append(address)
            label = _file_title(address) if element.tag == "img" else ""
            self.parts.append(f"{label} [{len(self.links)}]")

    def result(self) -> str:
        """Return the text with blanks tidied up and the list of links."""
        text = "".join(self.parts).replace("\r", "").replace("  ", " ")
        text = "\n".join(line.strip(_BLANKS) for line in text.split("\n")).replace("\n\n", "\n")
        references = "\n".join(f"[{number}] {url}" for number, url in enumerate(self.links, start=1))
        return f"{text.strip(_BLANKS)}\n\n{references}".strip(_BLANKS)


def html2plaintext(html, body_id=None, encoding="utf-8", include_references=True) -> str:
    """Return HTML as plain text.

    It has ``*bold*``, ``/emphasis/`` and ``**headings**``, a line for each paragraph and row, and links as numbered
    references.

    :param html: the HTML, text or bytes
    :param body_id: id of the element to take instead of the body
    :param encoding: encoding of bytes
    :param include_references: list the addresses of the links and images at the end
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
    writer = _PlainTextWriter(include_references)
    writer.write(found[0] if found else root)
    return writer.result()


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
    source = _TAG_NAME.sub(lambda match: match[0].lower(), str(html or ""))
    for closing in ("</body>", "</html>"):
        position = source.rfind(closing)
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
