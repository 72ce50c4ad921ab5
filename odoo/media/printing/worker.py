"""The process in which a library prints: ``python -I worker.py <job>``.

It runs apart from the server, so that neither a crash nor a document without end can harm that; it reads nothing but
the documents of its job, which hold their pictures and style sheets themselves.

The job is a JSON file: ``engine``, ``action`` (``check``, ``print`` or ``picture``), ``output``, ``memory`` and
``seconds`` (limits), ``size`` (of the paper, in points), ``scale``, ``title``, and ``documents``: ``html``, ``headers``
and ``footers``, paths of files, with ``width`` of these and the room that they have (``top``, ``bottom``, ``offset``
above the header), in points. ``runs`` are the parts of the document that have the same header and footer, for engines
that cannot change these; ``count_rule`` is the rule by which one writes the number of all pages. The answer is the
numbers of pages of the documents, as JSON.
"""

import functools
import importlib
import json
import sys
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]  # a system without limits

PIXEL = 0.75  # in points
#: white space between a header or footer and the text, in points
GAP = 6.0


#: the library of the job
engine: Any = None


def limit(job: dict[str, Any]) -> None:
    """Bound memory and time of this process, where the system can."""
    if resource is None:
        return
    for name, kind in (("memory", resource.RLIMIT_AS), ("seconds", resource.RLIMIT_CPU)):
        if job.get(name):
            resource.setrlimit(kind, (job[name], job[name]))


def read(path: str) -> str:
    """Return the text of a file."""
    return Path(path).read_text(encoding="utf-8")


def plutoprint_book(width: float, height: float, html: str, media: Any = None) -> Any:
    """Return a laid-out document that fetches nothing.

    :param width: width of the paper in points
    :param height: its height
    """

    class Nothing(engine.ResourceFetcher):
        def fetch_url(self, url: str) -> Any:
            raise ValueError(f"Reports load nothing: {url[:200]}")

    book = engine.Book(engine.PageSize(width, height), engine.PageMargins(0, 0, 0, 0), media or engine.MEDIA_TYPE_PRINT)
    book.custom_resource_fetcher = Nothing()
    book.load_html(html)
    return book


def height_of(paths: list[str], width: float) -> float:
    """Return the height in points of the highest of some headers or footers."""
    return max((strip_height(read(path), width) for path in paths), default=0)


@functools.lru_cache(maxsize=64)
def strip_height(html: str, width: float) -> float:
    """Return the height in points of a header or footer; documents of a company mostly have the same."""
    return plutoprint_book(width, 14400, html).get_document_height() * PIXEL


def with_rule(html: str, rule: str) -> str:
    """Return a document with another rule of style."""
    return html.replace("</head>", f"<style>{rule}</style></head>", 1) if rule else html


def with_room(html: str, part: dict[str, Any]) -> str:
    """Return a document with margins that have room for its headers and footers."""
    rules = ""
    header = height_of(part["headers"], part["width"])
    if header and header + part["offset"] + GAP > part["top"]:
        rules += f"margin-top: {header + part['offset'] + GAP:.2f}pt;"
    footer = height_of(part["footers"], part["width"])
    if footer and footer + GAP > part["bottom"]:
        rules += f"margin-bottom: {footer + GAP:.2f}pt;"
    return with_rule(html, rules and f"@page {{ {rules} }}")


def plutoprint_books(part: dict[str, Any], width: float, height: float) -> list:
    """Return the parts of a document, laid out, with numbers of pages that go on from one to the next."""
    texts = [with_room(read(path), part) for path in part["runs"]]
    books = [plutoprint_book(width, height, text) for text in texts]
    if len(books) == 1:
        return books
    counts = [book.get_page_count() for book in books]
    total = part["count_rule"] % sum(counts)
    return [
        plutoprint_book(
            width, height, with_rule(text, f"@page :first {{ counter-reset: page {sum(counts[:number]) + 1} }} {total}")
        )
        for number, text in enumerate(texts)
    ]


def print_with_plutoprint(job: dict[str, Any]) -> list[int]:
    """Print the documents of a job into one file; return their numbers of pages."""
    (width, height), scale = job["size"], job["scale"]
    counts = []
    with open(job["output"], "wb") as file:
        canvas = engine.PDFCanvas.create_for_stream(file, engine.PageSize(width, height))
        canvas.set_metadata(engine.PDF_METADATA_TITLE, job["title"])
        for part in job["documents"]:
            books = plutoprint_books(part, width / scale, height / scale)
            counts.append(sum(book.get_page_count() for book in books))
            if not counts[-1]:
                # everything is outside of the page
                canvas.show_page()
                counts[-1] = 1
            for book in books:
                for page in range(book.get_page_count()):
                    canvas.save_state()
                    canvas.scale(scale * PIXEL, scale * PIXEL)
                    book.render_page(canvas, page)
                    canvas.restore_state()
                    canvas.show_page()
        canvas.finish()
    return counts


def print_with_weasyprint(job: dict[str, Any]) -> list[int]:
    """Print the documents of a job into one file; return their numbers of pages."""
    fetcher = engine.urls.URLFetcher(allowed_protocols=("data",))
    documents = [engine.HTML(string=read(part["html"]), url_fetcher=fetcher).render() for part in job["documents"]]
    pages = [page for document in documents for page in document.pages]
    documents[0].copy(pages).write_pdf(job["output"], zoom=job["scale"])
    return [len(document.pages) for document in documents]


def picture_with_plutoprint(job: dict[str, Any]) -> list[int]:
    """Take a picture of a document, as wide and high as asked for."""
    width, height = job["size"]
    html = read(job["documents"][0]["html"])
    book = plutoprint_book(width * PIXEL, height * PIXEL, html, engine.MEDIA_TYPE_SCREEN)
    with engine.ImageCanvas(int(width), int(height)) as canvas:
        canvas.clear_surface(1, 1, 1, 1)
        book.render_document(canvas)
        canvas.write_to_png(job["output"])
    return [1]


def check(job: dict[str, Any]) -> list[int]:
    """Do nothing: the library is there when this is called."""
    return []


ACTIONS = {
    ("check", "plutoprint"): check,
    ("check", "weasyprint"): check,
    ("print", "plutoprint"): print_with_plutoprint,
    ("print", "weasyprint"): print_with_weasyprint,
    ("picture", "plutoprint"): picture_with_plutoprint,
}

if __name__ == "__main__":
    JOB = json.loads(read(sys.argv[1]))
    limit(JOB)
    engine = importlib.import_module(JOB["engine"])
    json.dump(ACTIONS[JOB["action"], JOB["engine"]](JOB), sys.stdout)
