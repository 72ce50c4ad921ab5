"""Reports as pages, files and bar codes."""

from __future__ import annotations

import json
import logging
from urllib.parse import parse_qsl, urlsplit

import werkzeug.exceptions

from odoo.http import Controller, content_disposition, request, route, serialize_exception
from odoo.http.browser_policy import report_policy
from odoo.tools.safe_eval import safe_eval, time
from odoo.tools.text import natural_number

from .utils import json_value

_logger = logging.getLogger(__name__)

#: seconds that a report may take
FILE_TIME = 600
#: for each converter the method of `ir.actions.report` that renders, and the type of what it returns
CONVERTERS = {
    "html": ("_render_qweb_html", "text/html; charset=utf-8"),
    "pdf": ("_render_qweb_pdf", "application/pdf"),
    "text": ("_render_qweb_text", "text/plain"),
}
#: for each type of report that can be saved its converter and the extension of its files
DOWNLOADS = {"qweb-pdf": ("pdf", "pdf"), "qweb-text": ("text", "txt")}


class ReportController(Controller):
    """Doors to reports."""

    @route(
        ["/report/<converter>/<reportname>", "/report/<converter>/<reportname>/<docids>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
        limit_time=FILE_TIME,
    )
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Return a report.

        :param converter: `html`, `pdf` or `text`
        :param docids: comma-separated ids of the records
        :param data: `options` and `context`, each as JSON, and parameters of the report
        """
        if converter not in CONVERTERS:
            raise werkzeug.exceptions.NotFound(f"Converter {converter} not implemented.")
        renderer, mimetype = CONVERTERS[converter]
        data |= json_value(data.pop("options", None) or "{}", "options", dict)
        Report = request.env["ir.actions.report"]
        if data.get("context"):
            data["context"] = json_value(data["context"], "context", dict)
            Report = Report.with_context({**Report.env.context, **data["context"]})
            Report.env.transaction.note_sent(Report.env)
        ids = _ids(docids) if docids else None
        content, _kind = getattr(Report, renderer)(reportname, ids, data=data)
        headers = [("Content-Type", mimetype)]
        if converter == "html":
            headers.append(("Content-Security-Policy", report_policy()))
        return request.make_response(content, headers)

    @route(
        ["/report/barcode", "/report/barcode/<barcode_type>/<path:value>"], type="http", auth="public", readonly=True
    )
    def report_barcode(self, barcode_type, value, **kwargs):
        """Return the image of a bar code.

        :param kwargs: `width, height, humanreadable, quiet, mask, barLevel`
        :raises werkzeug.exceptions.BadRequest: the value or the size is impossible
        """
        try:
            image = request.env["ir.actions.report"].barcode(barcode_type, value, **kwargs)
        except (ValueError, AttributeError) as error:
            raise werkzeug.exceptions.BadRequest(f"This cannot be drawn as a barcode: {error}") from error
        return request.make_response(
            image, [("Content-Type", "image/png"), ("Cache-Control", "public, max-age=604800, immutable")]
        )

    @route(["/report/download"], type="http", auth="user", limit_time=FILE_TIME)
    def report_download(self, data, context=None, token=None, readonly=True):
        """Return a report as a file to save.

        :param data: JSON list of the URL of the report and its type
        :param context: JSON
        """
        wanted = json_value(data, "data", list)
        if len(wanted) != 2 or not all(isinstance(part, str) for part in wanted):
            raise werkzeug.exceptions.BadRequest("The parameter 'data' has to be the URL of a report and its type")
        url, kind = wanted
        if kind not in DOWNLOADS:
            raise werkzeug.exceptions.BadRequest(f"Unknown report type {kind!r}: {' or '.join(DOWNLOADS)}")
        converter, extension = DOWNLOADS[kind]
        parts = _split(url)
        _start, found, place = parts.path.partition(f"/report/{converter}/")
        if not found:
            raise werkzeug.exceptions.BadRequest(f"{url!r:.200} is no URL of a report of this type")
        reportname, _separator, docids = place.partition("/")
        try:
            if docids:
                response = self.report_routes(reportname, docids=docids, converter=converter, context=context)
            else:
                query = dict(parse_qsl(parts.query))
                if "context" in query:
                    own = json_value(query.pop("context"), "context", dict)
                    context = json.dumps({**json_value(context or "{}", "context", dict), **own})
                response = self.report_routes(reportname, converter=converter, context=context, **query)
            filename = f"{self._report_filename(reportname, docids)}.{extension}"
            response.headers.add("Content-Disposition", content_disposition(filename))
            return response
        except Exception as error:
            # The client shows this body as an error dialog.
            _logger.warning("Report %s could not be made", reportname, exc_info=True)
            debug = request.env.user._is_internal()
            body = {"code": 200, "message": "Odoo Server Error", "data": serialize_exception(error, debug=debug)}
            return request.make_json_response(body, status=500)

    def _report_filename(self, reportname, docids):
        report = request.env["ir.actions.report"]._get_report_from_name(reportname)
        ids = _ids(docids)
        if len(ids) == 1 and report.print_report_name:
            return safe_eval(report.print_report_name, {"object": request.env[report.model].browse(ids), "time": time})
        return report.name

    @route(["/report/check_wkhtmltopdf"], type="json", auth="user", readonly=True)
    def check_wkhtmltopdf(self):
        """Return the state of the PDF converter."""
        return request.env["ir.actions.report"].get_wkhtmltopdf_state()


def _split(url):
    try:
        return urlsplit(url)
    except ValueError:
        raise werkzeug.exceptions.BadRequest(f"{url!r:.200} is no URL") from None


def _ids(docids):
    return [number for number in map(natural_number, (docids or "").split(",")) if number is not None]
