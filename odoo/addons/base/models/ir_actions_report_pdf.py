"""From the parts of a rendered report to PDF files."""

import io
import itertools

from lxml import etree, html

from odoo.exceptions import UserError
from odoo.media.printing import Document, Paper, PrintError, Section, find_engine, print_documents, take_picture
from odoo.tools import config
from odoo.tools.template_inheritance import remove_element

#: condition of an XPath: the node has a class
HAS_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' %s ')"
#: margins where no paper is chosen, in millimetres
_PLAIN_MARGIN = 10
#: margin above or below the text where nothing else stands
_EMPTY_MARGIN = 15


def engine_state():
    """Return the name of the engine that prints here, ``None`` when there is none."""
    return find_engine(config["report_engine"])[0]


# parts of a report


def take_parts(root):
    """Take the documents of a report out of its page.

    :param root: element of the rendered page
    :return: list of ``(article, header, footer)``, elements or ``None``; header and footer are those before and
        after the article, or the only ones there are
    """
    entries, header = [], None
    kinds = {"header": [], "article": [], "footer": []}
    condition = " or ".join(HAS_CLASS % name for name in kinds)
    for node in root.xpath(f"//div[{condition}]"):
        kind = next(name for name in kinds if name in node.get("class").split())
        kinds[kind].append(node)
        if kind == "header":
            header = node
        elif kind == "article":
            entries.append([node, header, None])
            header = None
        elif entries:
            entries[-1][2] = node
    for position, kind in ((1, "header"), (2, "footer")):
        if len(kinds[kind]) == 1:
            for entry in entries:
                entry[position] = kinds[kind][0]
        for node in kinds[kind]:
            remove_element(node)
    if not entries:
        main = root.find("body")
        parts = [next(iter(kinds[kind]), None) for kind in ("header", "footer")]
        return [[main if main is not None else root, *parts]]
    return entries


def paper_of(paperformat, landscape, arguments, header=True, footer=True):
    """Return the paper that documents are printed on.

    :param paperformat: ``report.paperformat`` record, may be empty
    :param landscape: whether the longer edge lies below
    :param arguments: ``data-report-*`` attributes of the page, which override those of the format
    :param header: whether there is something above the text, without which margins for letters are too large
    :param footer: whether there is something below
    """

    def given(name, default):
        try:
            return float(arguments.get(f"data-report-{name}") or default)
        except ValueError:
            return default

    if not paperformat:
        margins = {f"margin_{side}": _PLAIN_MARGIN for side in ("top", "right", "bottom", "left")}
        return Paper(**{**margins, "margin_top": given("margin-top", _PLAIN_MARGIN), "header_spacing": 0})
    width, height = paperformat.print_page_width or 210, paperformat.print_page_height or 297
    if landscape and width < height:
        width, height = height, width
    above, below = paperformat.margin_top, paperformat.margin_bottom
    if paperformat.css_margins:
        above, below = above if header else min(above, _EMPTY_MARGIN), below if footer else min(below, _EMPTY_MARGIN)
    return Paper(
        width=width,
        height=height,
        margin_top=given("margin-top", above),
        margin_right=paperformat.margin_right,
        margin_bottom=given("margin-bottom", below),
        margin_left=paperformat.margin_left,
        header_spacing=given("header-spacing", paperformat.header_spacing),
        header_line=paperformat.header_line,
        dpi=int(given("dpi", paperformat.dpi)),
    )


class _Page:
    """A page of HTML around a part of a report, taken apart."""

    def __init__(self, text, resources):
        root = html.document_fromstring(text or "<html><body></body></html>", parser=html.HTMLParser(encoding="utf-8"))
        resources.put_into(root)
        head, self.body = root.find("head"), root.find("body")
        self.styles = "".join(
            html.tostring(node, encoding="unicode", with_tail=False)
            for node in (head if head is not None else ())
            if node.tag == "style"
        )
        self.lang = root.get("lang") or ""
        self.direction = root.get("dir") or "ltr"
        self.body_class = self.body.get("class") or "" if self.body is not None else ""

    def inner(self):
        """Return the markup of the page's body."""
        node = self.body
        if node is None:
            return ""
        return (node.text or "") + "".join(html.tostring(child, encoding="unicode") for child in node)

    def record(self):
        """Return what tells records apart: model and id of the article, ``None`` when there is none."""
        found = self.body.xpath(f".//div[{HAS_CLASS % 'article'}][@data-oe-id]") if self.body is not None else ()
        return (found[0].get("data-oe-model"), found[0].get("data-oe-id")) if found else None

    def strips(self):
        """Return the markup of the headers or footers that the page holds, one for each document."""
        holders = self.body.xpath(".//div[@id='minimal_layout_report_headers' or @id='minimal_layout_report_footers']")
        if not holders:
            return [self.inner()]
        return [html.tostring(node, encoding="unicode", with_tail=False) for node in holders[-1]]


def documents_of(bodies, header, footer, resources, title=""):
    """Return the documents of a report, those of one record as one whose pages are numbered together.

    :param bodies: pages of HTML as text
    :param header: page with the headers of all of them
    :param footer: page with the footers of all of them
    :param resources: :class:`ReportResources`
    """
    strips = [_Page(text, resources).strips() if text else [""] for text in (header, footer)]
    headers, footers = (found if len(found) == len(bodies) else found[:1] * len(bodies) for found in strips)
    pages = [_Page(body, resources) for body in bodies]
    documents = []
    numbered = itertools.groupby(range(len(pages)), key=lambda number: pages[number].record())
    for _record, numbers in numbered:
        numbers = list(numbers)
        first = pages[numbers[0]]
        documents.append(
            Document(
                [Section(pages[number].inner(), headers[number], footers[number]) for number in numbers],
                styles=first.styles,
                lang=first.lang,
                direction=first.direction,
                body_class=first.body_class,
                title=title,
            )
        )
    return documents


# files


def print_report(documents, paper):
    """Print documents into one PDF file, which tells where each of them begins.

    :raise UserError: when there is no engine, or it fails
    """
    try:
        content, counts = print_documents(documents, paper, config["report_engine"])
    except PrintError as error:
        raise UserError(str(error)) from error
    if len(counts) < 2:
        return content
    # loaded with the first report: a server starts without
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle

    writer = PdfWriter()
    writer.append(io.BytesIO(content))
    start = 0
    for count in counts:
        if count:
            writer.set_page_label(start, start + count - 1, PageLabelStyle.DECIMAL, start=1)
        start += count
    return _written(writer)


def html_to_image(body, width, height, image_format="png"):
    """Take a picture of an HTML document.

    :return: content of the image, or ``None`` when the machine has no engine that takes any
    :raise UserError: when the engine fails
    """
    try:
        return take_picture(body, width, height, image_format, config["report_engine"])
    except PrintError as error:
        raise UserError(str(error)) from error


def split_pdf(content, count):
    """Cut a PDF file where its page labels start anew, as :func:`print_report` writes them.

    :param count: number of documents that are expected
    :return: list of contents, ``None`` when the file has another number of documents
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        labels = reader.trailer["/Root"].get("/PageLabels", {}).get("/Nums", [])
    except PyPdfError:
        return None
    starts = [int(number) for number in labels[::2]]
    if count != len(starts):
        return [content] if count == 1 else None
    parts = []
    for start, end in zip(starts, [*starts[1:], len(reader.pages)], strict=True):
        writer = PdfWriter()
        writer.append(reader, pages=(start, end))
        parts.append(_written(writer))
    return parts


class PrintedPart(io.BytesIO):
    """A part of a PDF file that was cut by :func:`split_pdf`, with the file.

    :param whole: content of the file
    :param number: which of its parts this is, of how many
    """

    def __init__(self, content, whole, number, count):
        super().__init__(content)
        self._content = content
        self._whole = whole
        self._place = number, count

    @staticmethod
    def whole_of(streams):
        """Return the content of the file that streams are all the parts of, unchanged and in order; else ``None``."""
        first = streams[0] if streams else None
        if not isinstance(first, PrintedPart) or first._place != (0, len(streams)):
            return None
        complete = all(
            isinstance(stream, PrintedPart)
            and stream._whole is first._whole
            and stream._place[0] == number
            and stream.getvalue() == stream._content
            for number, stream in enumerate(streams)
        )
        return first._whole if complete else None


def merge_streams(streams):
    """Join PDF files; those that were printed as one are that again.

    :param streams: list of file objects
    """
    return PrintedPart.whole_of(streams) or merge_pdfs([stream.getvalue() for stream in streams])


def merge_pdfs(contents):
    """Join PDF files.

    :param contents: list of bytes
    """
    if len(contents) == 1:
        return contents[0]
    from pypdf import PdfWriter

    writer = PdfWriter()
    for content in contents:
        writer.append(io.BytesIO(content))
    return _written(writer)


def _written(writer):
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def outer_html(node):
    """Return the markup of a node, without the text behind it."""
    return html.tostring(node, encoding="unicode", with_tail=False)


def inner_html(node):
    """Return the markup inside of a node."""
    return (node.text or "") + "".join(html.tostring(child, encoding="unicode") for child in node)


def parse_page(page):
    """Return the root element of a rendered page, ``None`` for nothing.

    :param page: bytes or text
    """
    text = page if isinstance(page, str) else page.decode()
    return etree.HTML(text, etree.HTMLParser(encoding="utf-8")) if text.strip() else None


def split_table(tree, max_rows):
    """Cut the tables of a page that have more rows into consecutive ones, in place.

    Our engines print long tables as they are; addons use it for those of other programs.

    :param tree: element of the page
    :param max_rows: largest number of children that a table has afterwards
    """
    for table in list(tree.iter("table")):
        rows = list(table)
        last = table
        for start in range(max_rows, len(rows), max_rows):
            part = etree.Element("table", dict(table.attrib))
            part.extend(rows[start : start + max_rows])
            part.tail, last.tail = last.tail, None
            last.addnext(part)
            last = part
