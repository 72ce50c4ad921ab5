"""Making HTML of unknown origin harmless."""

from __future__ import annotations

import logging
import re

import markupsafe
from lxml import etree, html
from lxml.html import defs
from lxml_html_clean import Cleaner

__all__ = ["SANITIZE_TAGS", "html_normalize", "html_sanitize", "is_active_attribute", "loses_content", "tag_quote"]

_logger = logging.getLogger("odoo.tools.mail")

SANITIZE_TAGS = {
    "allow_tags": defs.tags
    | frozenset(
        (
            "article",
            "bdi",
            "section",
            "header",
            "footer",
            "hgroup",
            "nav",
            "aside",
            "figure",
            "main",
            "cite",
            "figcaption",
            "picture",
            "source",
            "mark",
            "details",
            "summary",
            "time",
            "wbr",
            "audio",
            "video",
            "track",
            etree.Comment,
        )
    ),
    "kill_tags": [
        "base",
        "embed",
        "frame",
        "head",
        "iframe",
        "link",
        "meta",
        "noscript",
        "object",
        "script",
        "style",
        "title",
    ],
    "remove_tags": ["html", "body"],
}
_FORM_TAGS = ("form", "input", "button", "select", "option", "optgroup", "textarea", "label", "fieldset", "legend")
safe_attrs = defs.safe_attrs | frozenset(
    (
        "style",
        # what the editor and the mail composer keep in elements
        "data-o-mail-quote",
        "data-o-mail-quote-container",
        "data-o-mail-quote-node",
        "data-oe-model",
        "data-oe-id",
        "data-oe-field",
        "data-oe-type",
        "data-oe-expression",
        "data-oe-translation-source-sha",
        "data-oe-nodeid",
        "data-last-history-steps",
        "data-oe-protected",
        "data-embedded",
        "data-embedded-editable",
        "data-embedded-props",
        "data-oe-transient-content",
        "data-behavior-props",
        "data-prop-name",
        "data-publish",
        "data-id",
        "data-res_id",
        "data-interval",
        "data-member_id",
        "data-scroll-background-ratio",
        "data-view-id",
        "data-class",
        "data-mimetype",
        "data-original-src",
        "data-original-id",
        "data-gl-filter",
        "data-quality",
        "data-resize-width",
        "data-shape",
        "data-shape-colors",
        "data-file-name",
        "data-original-mimetype",
        "data-attachment-id",
        "data-format-mimetype",
        "data-ai-field",
        "loading",
        "data-heading-link-id",
        "data-mimetype-before-conversion",
        "data-language-id",
        "data-syntax-highlighting-autofocus",
        "data-bs-toggle",
        "data-bs-target",
        "role",
        "data-width",
        "data-height",
        "data-res-model",
        "data-res-id",
        "data-view-type",
    )
)
_STYLE_PROPERTIES = frozenset(
    (
        "font-size",
        "font-family",
        "font-weight",
        "font-style",
        "background-color",
        "color",
        "text-align",
        "line-height",
        "letter-spacing",
        "text-transform",
        "text-decoration",
        "opacity",
        "float",
        "vertical-align",
        "display",
        "object-fit",
        "object-position",
        "padding",
        "padding-top",
        "padding-left",
        "padding-bottom",
        "padding-right",
        "margin",
        "margin-top",
        "margin-left",
        "margin-bottom",
        "margin-right",
        "white-space",
        "border",
        "border-color",
        "border-radius",
        "border-style",
        "border-width",
        "border-top",
        "border-bottom",
        "border-left",
        "border-right",
        "border-collapse",
        "border-spacing",
        "height",
        "width",
        "max-width",
        "min-width",
        "min-height",
        "max-height",
        "border-top-width",
        "border-bottom-width",
        "border-left-width",
        "border-right-width",
        "border-top-color",
        "border-bottom-color",
        "border-left-color",
        "border-right-color",
        "border-top-style",
        "border-bottom-style",
        "border-left-style",
        "border-right-style",
        "background-image",
        "background-position",
        "background-size",
        "background-repeat",
        "list-style-type",
    )
)
# a word is tried from its beginning only, or long ones without a colon take forever
_STYLE_DECLARATION = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*((?:[^;\"']|\"[^\"]*\"|'[^']*')+)")
_STYLE_DANGER = re.compile(
    r"(expression\s*\(|javascript\s*:|vbscript\s*:|-moz-binding|behavior\s*:|@import|url\(\s*['\"]?\s*(?!https?:|/|data:image/))",
    re.IGNORECASE,
)
_URL_DANGER = re.compile(
    r"^\s*(?:javascript|vbscript|livescript|data(?!:image/(?:png|gif|jpe?g|webp)))\s*:", re.IGNORECASE
)
_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f]+")
_LEGACY_MARKUP = re.compile(r"<\?xml[^>]*>|</?[ovw]:[^>]*>", re.IGNORECASE)
_EMAIL_IN_BRACKETS = re.compile(r"<((?:mailto:)?[^\s<>\"'=@]+@[^\s<>\"'=]+)>")
#: in the class or id of what mail programs put before a quotation: Gmail, Outlook, Hotmail, Yahoo
_QUOTE_MARKS = (
    "gmail_extra",
    "gmail_quote",
    "gmail_signature",
    "divRplyFwdMsg",
    "OutlookMessageHeader",
    "SkyDrivePlaceholder",
    "stopSpelling",
    "yahoo_quoted",
)
#: from a line of two dashes on
_SIGNATURE = re.compile(r"^--[ \t]*\r?\n(?=.*\S)", re.MULTILINE | re.DOTALL)
_BLOCKS = defs.block_tags | {"section", "article", "header", "footer", "aside", "figure", "main", "nav", "details"}
#: elements whose content browsers take for text and do not show, and those that they show it of
_NEVER_SHOWN = ("iframe", "noembed", "noframes", "noscript")
_SHOWN_AS_TEXT = ("xmp", "plaintext")
#: how often HTML is cleaned at most; what is cleaned twice mostly stays as it is
_MAX_PASSES = 6
_URL_ATTRIBUTES = ("href", "src", "action", "formaction", "background", "poster", "xlink:href", "data", "cite")


class _OdooCleaner(Cleaner):
    """The cleaner of lxml with options for styles and classes; it lets the editor's ``data-`` attributes through."""

    def __init__(self, *, strip_classes=False, sanitize_style=False, conditional_comments=True, **kwargs):
        self.strip_classes = strip_classes
        self.conditional_comments = conditional_comments
        self.sanitize_style = sanitize_style
        super().__init__(**kwargs)

    def kill_conditional_comments(self, doc):
        """Remove comments that some mail programs read, unless they are wanted."""
        if self.conditional_comments:
            super().kill_conditional_comments(doc)

    def __call__(self, doc):
        super().__call__(doc)
        for element in doc.iter(etree.Element):
            if self.strip_classes:
                element.attrib.pop("class", None)
            style = element.get("style")
            if style is not None and self.sanitize_style:
                kept = _keep_known_styles(style)
                if kept:
                    element.set("style", kept)
                else:
                    del element.attrib["style"]


def _keep_known_styles(style: str) -> str:
    declarations = ((match[1].lower(), match[2].strip()) for match in _STYLE_DECLARATION.finditer(style))
    return "; ".join(f"{name}:{value}" for name, value in declarations if name in _STYLE_PROPERTIES)


def _make_raw_text_plain(root) -> None:
    """Leave no element whose content browsers do not read as HTML, but as text that ends with a tag."""
    for element in list(root.iter(*_NEVER_SHOWN)):
        element[:] = []
        element.text = None
    for element in root.iter(*_SHOWN_AS_TEXT):
        element.tag = "pre"


def _remove_active_content(root) -> None:
    """Remove what runs whichever options are set."""
    for element in root.iter(etree.Element):
        for name, value in list(element.attrib.items()):
            if is_active_attribute(name, value):
                del element.attrib[name]


def is_active_attribute(name: str, value: str) -> bool:
    """Tell whether an attribute runs something: an event handler, a script URL, a style that loads or runs code."""
    name = name.lower()
    if name in _URL_ATTRIBUTES:
        return bool(_URL_DANGER.match(_CONTROL_OR_SPACE.sub("", value)))
    if name == "style":
        return bool(_STYLE_DANGER.search(_without_comments(value).replace("\\", "")))
    return name.startswith("on")


def _without_comments(style: str) -> str:
    """Return a style without the comments that end on the line where they begin."""
    lines = []
    for line in style.split("\n"):
        kept, end = [], 0
        # once no comment ends, none that begins later does: unlike a pattern, this does not look again
        while (start := line.find("/*", end)) >= 0 and (last := line.find("*/", start + 2)) >= 0:
            kept.append(line[end:start])
            end = last + 2
        lines.append("".join(kept) + line[end:])
    return "\n".join(lines)


def _without_legacy_markup(source: str) -> str:
    """Return HTML without the tags of word processors."""
    # behind the last bracket no tag ends, and each that begins there would be followed to the end of the text
    ended = source.rfind(">") + 1
    return _LEGACY_MARKUP.sub("", source[:ended]) + source[ended:]


def html_normalize(src, filter_callback=None, output_method="html"):
    """Return HTML as a well-formed text. Bare text becomes a paragraph.

    :param src: the HTML; addresses in angle brackets are kept as text
    :param filter_callback: function called with the tree, that returns the tree to write (or ``None``, having modified
        it)
    :param output_method: ``html`` or ``xml``
    :return: text
    """
    if not src:
        return src
    source = src.decode() if isinstance(src, bytes) else str(src)
    source = _EMAIL_IN_BRACKETS.sub(r"&lt;\1&gt;", source)
    # parsers end the document at a null byte
    source = _without_legacy_markup(source).replace("\0", "")
    try:
        root = html.fromstring(source)
    except etree.ParserError:
        # nothing but blanks and comments
        return ""
    if root.tag == "span" and not source.lstrip().startswith("<"):
        # put around bare text by the parser; around inline elements it stays
        root.tag = "p"
    elif root.tag == "div" and not source.lstrip().startswith("<"):
        # put around bare text and what follows
        _make_leading_paragraph(root)
    if filter_callback:
        root = filter_callback(root)
    text = html.tostring(root, encoding="unicode", method=output_method, with_tail=False).strip()
    if text.startswith("<div>") and text.endswith("</div>"):
        # put around several elements by the parser
        text = text[len("<div>") : -len("</div>")]
    return text.replace("\xa0", "&nbsp;")


def _until_it_stays(text, filter_callback, output_method):
    """Return what :func:`html_normalize` makes of HTML, and of that again: parts may be read in another way then."""
    for _pass in range(_MAX_PASSES):
        before, text = text, html_normalize(text, filter_callback=filter_callback, output_method=output_method)
        if not text or text == before:
            break
    return text


def _make_leading_paragraph(root) -> None:
    """Put the text that an element begins with, up to the first block, into a paragraph."""
    paragraph = etree.Element("p")
    paragraph.text, root.text = root.text, None
    for child in list(root):
        if child.tag in _BLOCKS:
            break
        paragraph.append(child)
    root.insert(0, paragraph)


def _mark_quotes(root) -> None:
    # what is put around signatures on the way needs no look
    for element in list(root.iter(etree.Element)):
        tag_quote(element)


def tag_quote(el) -> None:
    """Mark what quotes an earlier message or signs this one (``data-o-mail-quote``), so that clients can fold it.

    Some mail programs put a mark before the quotation: then all that follows it in the same parent is one, and the
    parent gets ``data-o-mail-quote-container``. Quotations as HTML knows them get ``data-o-mail-quote-node``. A
    signature begins with a line of two dashes.

    :param el: element, whose parents were marked before
    """
    names = f"{el.get('class', '')} {el.get('id', '')}"
    parent = el.getparent()
    if el.tag == "blockquote":
        el.set("data-o-mail-quote-node", "1")
        el.set("data-o-mail-quote", "1")
    elif any(mark in names for mark in _QUOTE_MARKS) and not el.get("data-o-mail-quote"):
        if parent is not None:
            parent.set("data-o-mail-quote-container", "1")
        for quoted in (el, *el.itersiblings(etree.Element)):
            for part in quoted.iter(etree.Element):
                part.set("data-o-mail-quote", "1")
    elif (
        "moz-signature" in names
        or (el.tag == "pre" and (el.text or "").lstrip().startswith("--"))
        or (parent is not None and parent.get("data-o-mail-quote"))
    ):
        el.set("data-o-mail-quote", "1")
    _wrap_signatures(el, parent)


def _wrap_signatures(el, parent) -> None:
    """Put a signature in the text of an element, or in the text behind it, into an element of its own."""
    before, signature = _split_signature(el.text)
    # one that begins an element of its own is marked already
    if signature is not None and (before or el.tag != "span" or not el.get("data-o-mail-quote")):
        el.text = before
        el.insert(0, signature)
    if parent is not None:
        before, signature = _split_signature(el.tail)
        if signature is not None:
            el.tail = None
            el.addnext(signature)
            el.tail = before


def _split_signature(text):
    """Return the text before a signature, and the element of the signature if there is one."""
    found = _SIGNATURE.search(text or "")
    if not found:
        return text, None
    signature = etree.Element("span", {"data-o-mail-quote": "1"})
    signature.text = text[found.start() :]
    return text[: found.start()], signature


def _cleaner_options(sanitize_tags, sanitize_attributes, sanitize_form) -> dict:
    """Return the options of the cleaner of lxml for those of :func:`html_sanitize`."""
    options = dict.fromkeys(
        (
            "forms",
            "comments",
            "processing_instructions",
            "remove_unknown_tags",
            "safe_attrs_only",
            "links",
            "embedded",
            "frames",
            "annoying_tags",
            "add_nofollow",
        ),
        False,
    )
    options.update(page_structure=True, scripts=True, javascript=True, meta=True)
    removed = list(_FORM_TAGS) if sanitize_form else []
    if sanitize_tags:
        allowed = SANITIZE_TAGS["allow_tags"]
        options["allow_tags"] = allowed - frozenset(_FORM_TAGS) if sanitize_form else allowed
        options["kill_tags"] = list(SANITIZE_TAGS["kill_tags"])
        removed += SANITIZE_TAGS["remove_tags"]
    options["remove_tags"] = removed
    if sanitize_attributes:
        options["safe_attrs_only"] = True
        mail_attributes = {"bgcolor", "background", "topmargin", "leftmargin"}
        options["safe_attrs"] = safe_attrs | mail_attributes if sanitize_attributes == "email_outgoing" else safe_attrs
    return options


def html_sanitize(
    src,
    silent=True,
    sanitize_tags=True,
    sanitize_attributes=False,
    sanitize_style=False,
    sanitize_form=True,
    sanitize_conditional_comments=True,
    strip_style=False,
    strip_classes=False,
    output_method="html",
):
    """Return HTML without what could do harm.

    :param src: the HTML
    :param silent: give an explanation instead of raising when the HTML cannot be parsed
    :param sanitize_tags: keep known elements only (:data:`SANITIZE_TAGS`)
    :param sanitize_attributes: keep known attributes only; ``email_outgoing`` keeps those mail clients need
    :param sanitize_style: keep known style properties only
    :param sanitize_form: remove form elements
    :param sanitize_conditional_comments: remove comments that some browsers run
    :param strip_style: remove style attributes
    :param strip_classes: remove class attributes
    :param output_method: ``html`` or ``xml``
    :return: :class:`markupsafe.Markup`
    :raise lxml.etree.ParserError: when it cannot be parsed and ``silent`` is off
    """
    if not src:
        return src
    source = src.decode() if isinstance(src, bytes) else str(src)
    cleaner_options = _cleaner_options(sanitize_tags, sanitize_attributes, sanitize_form)
    cleaner_options.update(
        style=strip_style,
        inline_style=strip_style,
        sanitize_style=sanitize_style,
        strip_classes=strip_classes,
        conditional_comments=sanitize_conditional_comments,
    )

    def clean(root):
        _mark_quotes(root)
        if root.tag in SANITIZE_TAGS["kill_tags"]:
            # what is removed with all that is in it is removed from something
            inner, root = root, html.Element("div")
            root.append(inner)
        _OdooCleaner(**cleaner_options)(root)
        _remove_active_content(root)
        _make_raw_text_plain(root)
        return root

    try:
        text = _until_it_stays(source, clean, output_method)
    except (etree.LxmlError, ValueError) as error:
        if not silent:
            raise
        _logger.warning("HTML could not be parsed and was dropped: %s", error)
        return markupsafe.Markup("<p>Unknown error when sanitizing</p>")
    return markupsafe.Markup(text)


def loses_content(src, **options) -> bool:
    """Tell whether sanitising removes something from HTML, rather than just writing it in another form.

    :param src: the HTML
    :param options: those of :func:`html_sanitize`
    """

    def mark(root):
        # what sanitising adds
        _mark_quotes(root)
        return root

    normal = _until_it_stays(src, mark, options.get("output_method", "html"))
    return str(normal) != str(html_sanitize(src, **options))
