"""The engines that print: which of them is there, and how each is run."""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import io
import itertools
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from .fonts import font_environment
from .pages import COUNT_RULE, Document, Paper, overlay_html, paged_html, plain_html, strip_html

_logger = logging.getLogger(__name__)

#: engines in the order in which they are chosen: two libraries, two kinds of programs
ENGINES = ("plutoprint", "weasyprint", "chromium", "wkhtmltopdf")
_PROGRAMS = {
    "chromium": (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ),
    "wkhtmltopdf": ("wkhtmltopdf",),
}
_WORKER = Path(__file__).with_name("worker.py")

#: variables that engines get: what they need to run, and no passwords
_ENVIRONMENT = frozenset(
    [
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "TZ",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SYSTEMROOT",
        "LD_LIBRARY_PATH",
        "DYLD_FALLBACK_LIBRARY_PATH",
    ]
)

#: seconds that one printing may take
TIMEOUT = 120
#: bytes of memory that the process of a library may have
MEMORY = 2560 * 1024 * 1024
_POINTS = 72 / 25.4
_PIXELS = 96 / 25.4


class PrintError(Exception):
    """A document could not be printed; the message says why."""


class EngineFailure(PrintError):
    """An engine ended without a result; another one may have one."""


@functools.lru_cache(maxsize=8)
def _location(engine: str) -> str | None:
    """Return the path of an engine's program, or of the library; ``None`` when it is not there or does not run."""
    if engine in _PROGRAMS:
        return next(filter(None, map(shutil.which, _PROGRAMS[engine])), None)
    spec = importlib.util.find_spec(engine)
    if spec is None:
        return None
    try:
        with tempfile.TemporaryDirectory(prefix="odoo-report.") as directory:
            _run_worker(Path(directory), {"engine": engine, "action": "check"})
    except PrintError as error:
        _logger.warning("PDF files are not made with %s, which does not run here: %s", engine, error)
        return None
    return spec.origin


@functools.lru_cache(maxsize=8)
def find_engine(wanted: str = "auto") -> tuple[str | None, str | None]:
    """Return the name and the place of the engine that prints, twice ``None`` when there is none.

    :param wanted: name of the engine to be used if it is there, ``auto`` for the first of :data:`ENGINES`
    """
    if wanted in ENGINES:
        path = _location(wanted)
        if path:
            return wanted, path
        _logger.warning("PDF files cannot be made with %s, which is not installed; another engine is used", wanted)
    elif wanted != "auto":
        _logger.warning("There is no engine %r for PDF files: use auto, %s", wanted, ", ".join(ENGINES))
    return next(((name, path) for name in ENGINES if (path := _location(name))), (None, None))


def _engine(wanted: str) -> tuple[str, str]:
    name, path = find_engine(wanted)
    if not name or not path:
        raise PrintError(
            "PDF files cannot be made on this server: install the Python package plutoprint or weasyprint, Chromium or"
            " wkhtmltopdf; or print the report as HTML."
        )
    return name, path


def print_documents(documents: Sequence[Document], paper: Paper, wanted: str = "auto") -> tuple[bytes, list[int]]:
    """Print documents, each with pages numbered from 1, into one PDF file.

    :param wanted: see :func:`find_engine`
    :return: the file, and the number of pages of each document
    :raise PrintError: when there is no engine, or it fails
    """
    engine, path = _engine(wanted)
    try:
        return _print(engine, path, documents, paper)
    except EngineFailure as error:
        if wanted != "auto":
            raise
        # the document may have met a limit, and programs run without those of memory and processor time
        libraries = (name for name in ENGINES if name not in _PROGRAMS and name != engine)
        other = next(((name, place) for name in libraries if (place := _location(name))), None)
        if other is None:
            raise
        _logger.warning("A document is printed with %s, as %s", other[0], error)
        return _print(*other, documents, paper)


def _print(engine: str, path: str, documents: Sequence[Document], paper: Paper) -> tuple[bytes, list[int]]:
    with tempfile.TemporaryDirectory(prefix="odoo-report.") as directory:
        if engine in _PROGRAMS:
            return _print_with_program(engine, path, Path(directory), documents, paper)
        return _print_with_library(engine, Path(directory), documents, paper)


def take_picture(html: str, width: int, height: int, image_format: str = "png", wanted: str = "auto") -> bytes | None:
    """Take a picture of an HTML document.

    :param width: width of the picture in pixels
    :param height: its height
    :param image_format: ``png`` or ``jpg``
    :return: content of the picture, ``None`` when no engine of this machine takes any
    :raise PrintError: when the engine fails
    """
    engine, path = find_engine(wanted)
    with tempfile.TemporaryDirectory(prefix="odoo-report.") as name:
        directory = Path(name)
        source, output = _write(directory, "page.html", html), directory / "picture.png"
        if engine == "plutoprint":
            job = {"engine": engine, "action": "picture", "output": str(output), "size": [width, height]}
            _run_worker(directory, {**job, "documents": [{"html": source}]})
        elif engine == "chromium" and path:
            options = ["--hide-scrollbars", f"--window-size={width},{height}", f"--screenshot={output}"]
            _run([*_chromium(path, directory), *options, f"file://{source}"], output)
        else:
            return None
        picture = output.read_bytes()
    if image_format == "png":
        return picture
    stream = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


# libraries


def _print_with_library(
    engine: str, directory: Path, documents: Sequence[Document], paper: Paper
) -> tuple[bytes, list[int]]:
    output = directory / "report.pdf"
    job = {
        "engine": engine,
        "action": "print",
        "output": str(output),
        "size": [paper.width * _POINTS, paper.height * _POINTS],
        "scale": paper.scale,
        "title": documents[0].title if documents else "",
        "documents": [_part(directory, number, document, paper) for number, document in enumerate(documents)],
    }
    counts = _run_worker(directory, job)
    return output.read_bytes(), counts


def _part(directory: Path, number: int, document: Document, paper: Paper) -> dict[str, Any]:
    """Return what the worker has to know of a document, as :mod:`worker` describes it."""
    points = _POINTS / paper.scale

    def strips(kind, texts):
        distinct = [text for text in dict.fromkeys(texts) if text]
        return [
            _write(directory, f"{kind}-{number}-{index}.html", strip_html(document, text))
            for index, text in enumerate(distinct)
        ]

    runs = itertools.groupby(document.sections, key=lambda section: (section.header, section.footer))
    parts = [dataclasses.replace(document, sections=list(sections)) for _strips, sections in runs]
    return {
        "html": _write(directory, f"document-{number}.html", paged_html(document, paper)),
        "runs": [
            _write(directory, f"run-{number}-{index}.html", paged_html(part, paper)) for index, part in enumerate(parts)
        ],
        "count_rule": COUNT_RULE,
        "headers": strips("header", (section.header for section in document.sections)),
        "footers": strips("footer", (section.footer for section in document.sections)),
        "width": paper.text_width * points,
        "top": paper.margin_top * points,
        "bottom": paper.margin_bottom * points,
        "offset": paper.header_offset * points,
    }


def _run_worker(directory: Path, job: dict[str, Any]) -> list[int]:
    """Have a library do a job in a process of its own; return what it answers."""
    job = {"memory": MEMORY, "seconds": TIMEOUT, **job}
    source = _write(directory, "job.json", json.dumps(job))
    answer = _call([sys.executable, "-I", str(_WORKER), source], job["engine"], font_environment())
    return json.loads(answer)


def _call(command: list[str], name: str, environment: dict[str, str] | None = None) -> bytes:
    """Run a program.

    :param name: of the engine, for messages
    :param environment: variables beside those of this process
    :return: what it wrote to its standard output
    :raise EngineFailure: it did not end well
    :raise PrintError: it did not end in time
    """
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={**{name: os.environ[name] for name in _ENVIRONMENT & os.environ.keys()}, **(environment or {})},
        )
    except subprocess.TimeoutExpired:
        raise PrintError(f"{name} did not finish within {TIMEOUT} seconds.") from None
    complaint = done.stderr.decode(errors="replace").strip()
    if done.returncode:
        raise EngineFailure(f"{name} failed (code {done.returncode}): {complaint[-1000:]}")
    if complaint:
        _logger.debug("%s: %s", name, complaint)
    return done.stdout


# programs


def _write(directory: Path, name: str, text: str) -> str:
    target = directory / name
    target.write_text(text, encoding="utf-8")
    return str(target)


def _run(command: list[str], output: Path) -> bytes:
    """Run a program that writes a file; return the content of the file.

    :raise EngineFailure: it wrote none
    """
    _call(command, Path(command[0]).name, font_environment(web_fonts=False))
    if not output.exists() or not output.stat().st_size:
        raise EngineFailure(f"{Path(command[0]).name} wrote no file.")
    return output.read_bytes()


#: documents hold text of users: no script, nothing from the disk of the server or from its network
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:;'
    " style-src 'unsafe-inline' data:; font-src data:\"/>"
)


def _chromium(path: str, directory: Path) -> list[str]:
    command = [
        path,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={directory / 'profile'}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")
    return command


def _print_html(engine: str, path: str, directory: Path, name: str, html: str, paper: Paper) -> bytes:
    """Print one HTML document with a program."""
    html = html.replace("<head>", f"<head>{_POLICY}", 1)
    source, output = _write(directory, f"{name}.html", html), directory / f"{name}.pdf"
    if engine == "chromium":
        options = ["--no-pdf-header-footer", "--print-to-pdf-no-header", f"--print-to-pdf={output}"]
        return _run([*_chromium(path, directory), *options, f"file://{source}"], output)
    top, right, bottom, left = (
        (0.0,) * 4
        if name.startswith("overlay")
        else (paper.margin_top, paper.margin_right, paper.margin_bottom, paper.margin_left)
    )
    command = [path, "--quiet", "--disable-javascript", "--disable-local-file-access", "--dpi", str(paper.dpi)]
    sizes = {"page-width": paper.width, "page-height": paper.height}
    margins = {"margin-top": top, "margin-right": right, "margin-bottom": bottom, "margin-left": left}
    for option, value in {**sizes, **margins}.items():
        command += [f"--{option}", f"{value}mm"]
    return _run([*command, source, str(output)], output)


def _print_with_program(
    engine: str, path: str, directory: Path, documents: Sequence[Document], paper: Paper
) -> tuple[bytes, list[int]]:
    """Print each document, and over its pages another one with their headers and footers."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - other engines do without, and a start is quicker

    writer, counts = PdfWriter(), []
    for number, document in enumerate(documents):
        content = _print_html(engine, path, directory, f"document-{number}", plain_html(document, paper), paper)
        pages = PdfReader(io.BytesIO(content)).pages
        counts.append(len(pages))
        overlays = _overlays(engine, path, directory, number, document, paper, len(pages))
        for index, page in enumerate(pages):
            added = writer.add_page(page)
            if index < len(overlays):
                added.merge_page(overlays[index])
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue(), counts


def _overlays(
    engine: str, path: str, directory: Path, number: int, document: Document, paper: Paper, count: int
) -> Sequence[Any]:
    """Return the pages with the headers and footers of a document, none when it has none."""
    section = document.sections[0]
    if not section.header and not section.footer:
        return ()
    from pypdf import PdfReader  # noqa: PLC0415 - as above

    html = overlay_html(document, paper, count)
    content = _print_html(engine, path, directory, f"overlay-{number}", html, paper)
    return PdfReader(io.BytesIO(content)).pages
