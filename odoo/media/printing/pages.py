"""What a printed document is, and how it is written in the words of paged media (CSS)."""

from __future__ import annotations

import dataclasses
from html import escape

#: the resolution at which a pixel of a report is as large as the paper says; more makes everything smaller
USUAL_DPI = 90

#: classes of the places that headers and footers have for the number of the page, and for that of the last one
PAGE_NUMBERS = ("page", "sitepage", "webpage")
PAGE_COUNTS = ("topage", "sitepages", "doctopage")
FIRST_PAGES = ("frompage",)


@dataclasses.dataclass(frozen=True)
class Paper:
    """Size and margins of pages, in millimetres.

    :ivar header_spacing: distance from the beginning of the header to the text
    :ivar header_line: whether there is a line below the header
    :ivar dpi: pixels per inch, see :data:`USUAL_DPI`
    """

    width: float = 210.0
    height: float = 297.0
    margin_top: float = 40.0
    margin_right: float = 7.0
    margin_bottom: float = 20.0
    margin_left: float = 7.0
    header_spacing: float = 35.0
    header_line: bool = False
    dpi: int = USUAL_DPI

    @property
    def scale(self) -> float:
        """How much smaller or larger than it is laid out a page is printed."""
        return USUAL_DPI / self.dpi if self.dpi > 0 else 1.0

    @property
    def header_offset(self) -> float:
        """Distance from the edge of the paper to the header."""
        return max(self.margin_top - self.header_spacing, 0.0)

    @property
    def text_width(self) -> float:
        """Width between the margins."""
        return max(self.width - self.margin_left - self.margin_right, 1.0)


@dataclasses.dataclass
class Section:
    """A part of a document that starts on a page of its own: markup of its text, and of what stands on its pages."""

    body: str
    header: str = ""
    footer: str = ""


@dataclasses.dataclass
class Document:
    """Sections whose pages are numbered together.

    :ivar styles: markup of the style sheets
    :ivar body_class: classes of the element around the sections
    """

    sections: list[Section]
    styles: str = ""
    lang: str = ""
    direction: str = "ltr"
    body_class: str = ""
    title: str = ""


def _page(head: str, body: str, document: Document) -> str:
    return (
        f'<!DOCTYPE html><html lang="{escape(document.lang)}" dir="{escape(document.direction)}"><head>'
        f'<meta charset="utf-8"/><title>{escape(document.title)}</title>{document.styles}<style>{head}</style></head>'
        f'<body class="{escape(document.body_class)}">{body}</body></html>'
    )


def _millimetres(*values: float) -> str:
    return " ".join(f"{value:.3f}mm" for value in values)


def _numbers(classes: tuple[str, ...]) -> str:
    return ", ".join(f".report-header .{name}::after, .report-footer .{name}::after" for name in classes)


#: rule by which a document says how many pages there are, where that is known before
COUNT_RULE = f"{_numbers(PAGE_COUNTS)} {{ content: '%d'; }}"


def paged_html(document: Document, paper: Paper) -> str:
    """Return a document whose headers and footers are running elements, for engines that know them.

    It is laid out on paper of the size that the scale of the printing asks for.
    """
    scale = paper.scale
    size = _millimetres(paper.width / scale, paper.height / scale)
    margins = _millimetres(
        *(margin / scale for margin in (paper.margin_top, paper.margin_right, paper.margin_bottom, paper.margin_left))
    )
    line = "border-bottom: 1px solid #000;" if paper.header_line else ""
    rules = (
        f"@page {{ size: {size}; margin: {margins};"
        f" @top-center {{ content: element(report-header); vertical-align: top; width: 100%;"
        f" padding-top: {_millimetres(paper.header_offset / scale)}; }}"
        " @bottom-center { content: element(report-footer); vertical-align: top; width: 100%; } }"
        f" .report-header {{ position: running(report-header); width: 100%; {line} }}"
        " .report-footer { position: running(report-footer); width: 100%; }"
        # an empty one has a page, too
        " .report-section { min-height: 1px; } .report-section + .report-section { break-before: page; }"
        f" {_numbers(PAGE_NUMBERS)} {{ content: counter(page); }}"
        f" {_numbers(PAGE_COUNTS)} {{ content: counter(pages); }}"
        f" {_numbers(FIRST_PAGES)} {{ content: '1'; }}"
    )
    parts = [
        f'<div class="report-section"><div class="report-header">{section.header}</div>'
        f'<div class="report-footer">{section.footer}</div>{section.body}</div>'
        for section in document.sections
    ]
    return _page(rules, "".join(parts), document)


def strip_html(document: Document, markup: str) -> str:
    """Return a page without end that shows a header or a footer alone, to see how high it is."""
    return _page("@page { margin: 0; } body { margin: 0; padding: 0; }", markup, document)


def plain_html(document: Document, paper: Paper) -> str:
    """Return a document without headers and footers, for engines that know no running elements."""
    margins = _millimetres(paper.margin_top, paper.margin_right, paper.margin_bottom, paper.margin_left)
    rules = (
        f"@page {{ size: {_millimetres(paper.width, paper.height)}; margin: {margins}; }}"
        f" html {{ zoom: {paper.scale:.4f}; }} .report-section + .report-section {{ break-before: page; }}"
    )
    parts = [f'<div class="report-section">{section.body}</div>' for section in document.sections]
    return _page(rules, "".join(parts), document)


def overlay_html(document: Document, paper: Paper, pages: int) -> str:
    """Return the headers and footers of so many pages, to be laid over those pages."""
    section = document.sections[0]
    scale = paper.scale
    counts = "".join(f".{name}::after {{ content: '{pages}'; }}" for name in PAGE_COUNTS) + "".join(
        f".{name}::after {{ content: '1'; }}" for name in FIRST_PAGES
    )
    rules = (
        f"@page {{ size: {_millimetres(paper.width, paper.height)}; margin: 0; }} html {{ zoom: {scale:.4f}; }}"
        " body { margin: 0; padding: 0; }"
        f" .report-overlay {{ position: relative; overflow: hidden; height: {paper.height / scale - 0.5:.3f}mm;"
        " break-after: page; }"
        " .report-overlay > div { position: absolute;"
        f" left: {paper.margin_left / scale:.3f}mm; width: {paper.text_width / scale:.3f}mm; }}"
        f" .report-header {{ top: {paper.header_offset / scale:.3f}mm; }}"
        f" .report-footer {{ top: {(paper.height - paper.margin_bottom) / scale:.3f}mm; }} {counts}"
    )
    numbers = "".join(
        f"#report-page-{page} .{name}::after {{ content: '{page}'; }}"
        for page in range(1, pages + 1)
        for name in PAGE_NUMBERS
    )
    parts = [
        f'<div class="report-overlay" id="report-page-{page}"><div class="report-header">{section.header}</div>'
        f'<div class="report-footer">{section.footer}</div></div>'
        for page in range(1, pages + 1)
    ]
    return _page(rules + numbers, "".join(parts), document)
