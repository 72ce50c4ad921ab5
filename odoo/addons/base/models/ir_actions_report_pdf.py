"""HTML to PDF and to images, by a program of the machine: wkhtmltopdf, or a Chromium."""

import functools
import io
import logging
import os
import re
import subprocess
import tempfile
from pathlib import Path

from markupsafe import escape
from pypdf import PdfWriter

from odoo.exceptions import UserError
from odoo.tools import find_in_path

_logger = logging.getLogger("odoo.addons.base.models.ir_actions_report")

_TIMEOUT = 120
_BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)


@functools.lru_cache(maxsize=1)
def find_engine():
    """Return ``(kind, path)`` of the program that makes PDF files: ``wkhtmltopdf``, ``chromium``, or twice ``None``."""
    names = [("wkhtmltopdf", ["wkhtmltopdf"]), ("chromium", _BROWSERS)]
    for kind, candidates in names:
        for name in candidates:
            try:
                return kind, find_in_path(name)
            except OSError:
                continue
    return None, None


def require_engine():
    """Return :func:`find_engine`.

    :raise UserError: when the machine has no such program
    """
    kind, path = find_engine()
    if kind is None:
        raise UserError(
            "PDF files cannot be made on this server: install wkhtmltopdf or Chromium, or print the report as HTML."
        )
    return kind, path


def page_style(paperformat, landscape=False):
    """Return the style sheet that gives pages the size and margins of a paper format."""
    if not paperformat:
        return ""
    width, height = paperformat.print_page_width, paperformat.print_page_height
    if landscape and width < height:
        width, height = height, width
    margins = [paperformat.margin_top, paperformat.margin_right, paperformat.margin_bottom, paperformat.margin_left]
    margin = " ".join(f"{value or 0}mm" for value in margins)
    return f"@page {{ size: {width}mm {height}mm; margin: {margin}; }}"


def html_to_pdf(bodies, header=None, footer=None, paperformat=None, landscape=False, base_url=None):
    """Make one PDF file of HTML documents.

    :param bodies: list of documents as text
    :param header: document repeated above each page, where the engine can
    :param footer: document repeated below each page, where the engine can
    :param paperformat: ``report.paperformat`` record
    :param base_url: address of the server, for relative URLs in the documents
    :return: content of the file
    :raise UserError: when there is no engine, or it fails
    """
    kind, path = require_engine()
    with tempfile.TemporaryDirectory(prefix="report.") as directory:
        where = Path(directory)
        if kind == "wkhtmltopdf":
            return _run_wkhtmltopdf(path, where, bodies, header, footer, paperformat, landscape)
        return _run_chromium(path, where, bodies, header, footer, page_style(paperformat, landscape), base_url)


def _write(directory, name, text):
    target = directory / name
    target.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(target)


def _call(command, output):
    """Run the engine and return what it wrote.

    :raise UserError: with the end of what it complained about
    """
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise UserError(f"{os.path.basename(command[0])} did not finish within {_TIMEOUT} seconds.") from None
    if not os.path.exists(output) or not os.path.getsize(output):
        complaint = done.stderr.decode(errors="replace")[-1000:]
        raise UserError(f"{os.path.basename(command[0])} failed (code {done.returncode}): {complaint}")
    if done.stderr:
        _logger.debug("%s: %s", command[0], done.stderr.decode(errors="replace"))
    return Path(output).read_bytes()


def _run_wkhtmltopdf(path, directory, bodies, header, footer, paperformat, landscape):
    output = str(directory / "report.pdf")
    command = [path, "--quiet", "--disable-local-file-access", "--allow", str(directory)]
    if paperformat:
        command += [
            "--page-width",
            f"{paperformat.print_page_width}mm",
            "--page-height",
            f"{paperformat.print_page_height}mm",
            "--margin-top",
            str(paperformat.margin_top),
            "--margin-bottom",
            str(paperformat.margin_bottom),
            "--margin-left",
            str(paperformat.margin_left),
            "--margin-right",
            str(paperformat.margin_right),
            "--dpi",
            str(paperformat.dpi),
            "--header-spacing",
            str(paperformat.header_spacing),
        ]
        if paperformat.header_line:
            command.append("--header-line")
        if paperformat.disable_shrinking:
            command.append("--disable-smart-shrinking")
    if landscape:
        command += ["--orientation", "landscape"]
    if header:
        command += ["--header-html", _write(directory, "header.html", header)]
    if footer:
        command += ["--footer-html", _write(directory, "footer.html", footer)]
    command += [_write(directory, f"body-{number}.html", body) for number, body in enumerate(bodies)]
    return _call([*command, output], output)


def _inner_body(document):
    match = re.search(r"<body[^>]*>(.*)</body>", document or "", re.DOTALL | re.IGNORECASE)
    return match[1] if match else (document or "")


#: documents hold text of users: no script, and nothing from the disk of the server
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data: http: https:; '
    "style-src 'unsafe-inline' http: https:; font-src data: http: https:\"/>"
)


def _run_chromium(path, directory, bodies, header, footer, style, base_url):
    """Print with a browser: header and footer stand once before and after each document."""
    style = f"<style>{style} .report-part + .report-part {{ break-before: page; }}</style>"
    base = f'<base href="{escape(base_url)}"/>' if base_url else ""
    parts = [
        f'<div class="report-part">{_inner_body(header)}{_inner_body(body)}{_inner_body(footer)}</div>'
        for body in bodies
    ]
    head = re.search(r"<head[^>]*>(.*)</head>", bodies[0] if bodies else "", re.DOTALL | re.IGNORECASE)
    document = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/>{_POLICY}{base}'
        f"{head[1] if head else ''}{style}</head><body>{''.join(parts)}</body></html>"
    )
    source = _write(directory, "report.html", document)
    output = str(directory / "report.pdf")
    command = [
        path,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-pdf-header-footer",
        "--print-to-pdf-no-header",
        f"--user-data-dir={directory / 'profile'}",
        f"--print-to-pdf={output}",
    ]
    if os.geteuid() == 0:
        command.append("--no-sandbox")
    return _call([*command, f"file://{source}"], output)


def html_to_image(body, width, height, image_format="png"):
    """Take a picture of an HTML document.

    :return: content of the image, or ``None`` when the machine has no browser
    """
    kind, path = find_engine()
    if kind != "chromium":
        return None
    with tempfile.TemporaryDirectory(prefix="report.") as name:
        directory = Path(name)
        output = str(directory / "image.png")
        command = [
            path,
            "--headless",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={width},{height}",
            f"--user-data-dir={directory / 'profile'}",
            f"--screenshot={output}",
        ]
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        return _call([*command, f"file://{_write(directory, 'page.html', body)}"], output)


def merge_pdfs(contents):
    """Join PDF files.

    :param contents: list of bytes
    """
    if len(contents) == 1:
        return contents[0]
    writer = PdfWriter()
    for content in contents:
        writer.append(io.BytesIO(content))
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()
