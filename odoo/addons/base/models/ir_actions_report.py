"""Reports: templates rendered for records, as HTML, PDF or text."""

import collections
import io
import itertools
import logging
import mimetypes
import re
from pathlib import Path

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request
from odoo.tools import config, file_path, is_html_empty
from odoo.tools.safe_eval import safe_eval, time

from .ir_actions_report_barcode import draw_barcode
from .ir_actions_report_pdf import (
    PrintedPart,
    documents_of,
    engine_state,
    html_to_image,
    inner_html,
    merge_streams,
    outer_html,
    paper_of,
    parse_page,
    print_report,
    split_pdf,
    split_table,
    take_parts,
)
from .ir_actions_report_resources import ReportResources

_logger = logging.getLogger(__name__)

#: the name by which addons import it
_split_table = split_table

#: class by which the style of a company applies to its documents
_COMPANY_CLASS = re.compile(r"\bo_company_(\d+)_layout\b")
_STATIC_FILE = re.compile(r"/(\w+)/static/(.+)")


class IrActionsReport(models.Model):
    """A report on records of a model; ``report_name`` is the name of the template."""

    _name = "ir.actions.report"
    _former_names = ("ir.actions.report.xml",)
    _description = "Report Action"
    _inherit = ["ir.actions.actions"]
    _table = "ir_act_report_xml"
    _order = "name, id"
    _allow_sudo_commands = False

    type = fields.Char(default="ir.actions.report")
    binding_type = fields.Selection(default="report")
    model = fields.Char(required=True, string="Model Name")
    model_id = fields.Many2one("ir.model", string="Model", compute="_compute_model_id", search="_search_model_id")
    report_type = fields.Selection(
        [("qweb-html", "HTML"), ("qweb-pdf", "PDF"), ("qweb-text", "Text")],
        required=True,
        default="qweb-pdf",
        help="What the report is made into.",
    )
    report_name = fields.Char(string="Template Name", required=True)
    report_file = fields.Char(string="Report File")
    groups_id = fields.Many2many("res.groups", "res_groups_report_rel", "uid", "gid", string="Groups")
    multi = fields.Boolean(string="On Multiple Doc.", help="The report is not offered in forms.")
    paperformat_id = fields.Many2one("report.paperformat", "Paper Format")
    print_report_name = fields.Char(
        "Printed Report Name", translate=True, help='Expression of the file name; "object" is the record.'
    )
    attachment_use = fields.Boolean(
        string="Reload from Attachment", help="Give the stored attachment again instead of a new report."
    )
    attachment = fields.Char(
        string="Save as Attachment Prefix",
        help='Expression of the name under which the report is attached to the record; "object" is the record.',
    )
    domain = fields.Char(string="Filter domain", help="The report is offered for records of this domain only.")

    # ------------------------------------------------------------------ fields and bindings

    @api.depends("model")
    def _compute_model_id(self):
        """Find the model record."""
        for action in self:
            action.model_id = self.env["ir.model"]._get(action.model).id

    def _search_model_id(self, operator, value):
        models_found = self.env["ir.model"]
        if isinstance(value, str):
            ids = models_found._search([("display_name", operator, value)])
            names = models_found.browse(ids).mapped("model")
            return [("model", "in", names)]
        ids = [value] if isinstance(value, int) else list(value or [])
        negative = operator in ("!=", "not in", "<>")
        names = models_found.browse(item for item in ids if item).mapped("model")
        return [("model", "not in" if negative else "in", names)]

    def _get_readable_fields(self):
        """Add what clients need of reports."""
        return super()._get_readable_fields() | {
            "report_name",
            "report_type",
            "target",
            "context",
            "data",
            "close_on_report_download",
            "domain",
        }

    def associated_view(self):
        """Return the action that lists the templates of the report, ``False`` when there is none."""
        self.ensure_one()
        action = self.env.ref("base.action_ui_view", raise_if_not_found=False)
        if not action or len(self.report_name.split(".")) < 2:
            return False
        values = action._get_action_dict()
        name = self.report_name.split(".", 1)[1]
        values["domain"] = ["|", ("key", "=", self.report_name), ("name", "ilike", name), ("type", "=", "qweb")]
        return values

    def create_action(self):
        """Offer the report in the views of its model."""
        for model_name, reports in self.grouped("model").items():
            model_id = self.env["ir.model"]._get_id(model_name)
            reports.write({"binding_model_id": model_id, "binding_type": "report"})
        return True

    def unlink_action(self):
        """Withdraw the report from the views of its model."""
        self.check_access("write")
        self.write({"binding_model_id": False})
        return True

    def get_valid_action_reports(self, model, record_ids):
        """Return the ids of these reports that apply to some of the records.

        :param model: model name
        """
        records = self.env[model].browse(record_ids)
        return [
            report.id
            for report in self
            if not report.domain or records.filtered_domain(safe_eval(report.domain, {"time": time}))
        ]

    # ------------------------------------------------------------------ look-up

    @api.model
    def _get_report_from_name(self, report_name):
        """Return the report that renders a template, empty when there is none."""
        return (
            self.sudo()
            .with_context(**self.env["res.users"].context_get())
            .search([("report_name", "=", report_name)], limit=1)
        )

    @api.model
    def _get_report(self, report_ref):
        """Return the report that a reference designates.

        :param report_ref: record, id, external id, or name of the template
        :raise ValueError: when there is none
        """
        reports = self.env["ir.actions.report"]
        found = report_ref
        if isinstance(report_ref, int):
            found = reports.browse(report_ref)
        elif isinstance(report_ref, str):
            named = reports.sudo().search([("report_name", "=", report_ref)], limit=1)
            found = named or self.env.ref(report_ref, raise_if_not_found=False)
        if getattr(found, "_name", None) != self._name:
            raise ValueError(f"{report_ref!r} designates {found or 'nothing'}, not a report")
        return found.sudo()

    @api.private
    def get_paperformat(self):
        """Return the paper of the report: its own, or that of the company."""
        return self.paperformat_id or self.env.company.paperformat_id

    @api.private
    def get_paperformat_by_xmlid(self, xml_id):
        """Return the paper of the report with an external id, or that of the company."""
        return self.env.ref(xml_id).get_paperformat() if xml_id else self.env.company.paperformat_id

    def _get_layout(self):
        return self.env.ref("web.minimal_layout", raise_if_not_found=False)

    def _get_report_url(self, layout=None):
        """Return the address under which the engine that makes PDF files reaches the server."""
        return self.env["ir.config_parameter"].sudo().get_param("report.url") or self.get_base_url()

    @api.model
    def get_wkhtmltopdf_state(self):
        """Return ``ok`` when PDF files can be made, else ``install``."""
        return "ok" if engine_state() else "install"

    # ------------------------------------------------------------------ attachments

    def _attachment_key(self, record) -> dict:
        """Return the values by which the attachment with the report of a record is found; none when it is not kept."""
        name = self.attachment and safe_eval(self.attachment, {"object": record, "time": time})
        return {"name": name, "res_model": self.model, "res_id": record.id} if name else {}

    @api.private
    def retrieve_attachment(self, record):
        """Return the attachment that keeps the report of a record, empty when there is none."""
        key = self._attachment_key(record)
        attachments = self.env["ir.attachment"]
        return attachments.search([(name, "=", value) for name, value in key.items()], limit=1) if key else attachments

    def _prepare_pdf_report_attachment_vals_list(self, streams):
        """Return the values of the attachments that keep freshly made reports.

        :param streams: ``{record id: {'stream': file, 'attachment': record}}``
        """
        fresh = {res_id: data["stream"] for res_id, data in streams.items() if res_id and not data["attachment"]}
        keys = {record.id: self._attachment_key(record) for record in self.env[self.model].browse(fresh)}
        return [
            {**keys[res_id], "type": "binary", "raw": stream.getvalue()}
            for res_id, stream in fresh.items()
            if keys[res_id]
        ]

    # ------------------------------------------------------------------ rendering

    def _get_rendering_context_model(self, report):
        """Return the model ``report.<template>`` that prepares values for the template, or ``None``."""
        name = f"report.{report.report_name}"
        return self.env.get(name)

    def _get_rendering_context(self, report, docids, data):
        """Return the values for the template of a report."""
        values = dict(data or {})
        model = self._get_rendering_context_model(report)
        if model is not None:
            values.update(model._get_report_values(docids, data=data) or {})
        else:
            values.update(
                doc_ids=docids,
                doc_model=report.model,
                docs=self.env[report.model].browse(docids) if report.model in self.env else None,
            )
        values["is_html_empty"] = is_html_empty
        return values

    def _render_template(self, template, values=None):
        """Render a template with what all reports can use.

        :return: bytes
        """
        values = dict(values or {})
        user = self.env.user
        values.update(
            time=time,
            context_timestamp=lambda moment: fields.Datetime.context_timestamp(self.with_context(tz=user.tz), moment),
            user=user,
            res_company=self.env.company,
            web_base_url=self._get_report_url(),
        )
        views = self.env["ir.ui.view"].sudo(self.env.su).with_context(inherit_branding=False)
        return views._render_template(template, values).encode()

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        """Render a report as HTML.

        :return: ``(bytes, 'html')``
        """
        return self._render_markup(report_ref, docids, data, "html")

    @api.model
    def _render_qweb_text(self, report_ref, docids, data=None):
        """Render a report as text.

        :return: ``(bytes, 'text')``
        """
        return self._render_markup(report_ref, docids, data, "text")

    def _render_markup(self, report_ref, docids, data, kind):
        """Render the template of a report, which can ask what kind of output it is for."""
        report = self._get_report(report_ref)
        values = self._get_rendering_context(report, docids, {"report_type": kind, **(data or {})})
        return self._render_template(report.report_name, values), kind

    @api.model
    def _render(self, report_ref, res_ids, data=None):
        """Render a report as what its type says.

        :return: ``(bytes, type)``, ``None`` for a type nobody renders
        """
        report = self._get_report(report_ref)
        render = getattr(self, "_render_" + report.report_type.replace("-", "_").lower(), None)
        return render(report, res_ids, data=data) if render else None

    # ------------------------------------------------------------------ PDF

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Render the documents of a PDF report.

        :return: ``({record id: {'stream', 'attachment'}}, 'pdf')``, or HTML while tests run
        """
        ids = _as_ids(res_ids)
        data = {"report_type": "pdf", **(data or {})}
        if self._skips_printing():
            return self._render_qweb_html(report_ref, ids, data=data)
        # engines know fewer formats of pictures than browsers
        printing = self.with_context(webp_as_jpg=True, report_vectors=True)
        return printing._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=ids), "pdf"

    def _skips_printing(self) -> bool:
        """Tell whether tests run: they look at the HTML, unless the context wants them to print."""
        testing = config["test_enable"] or config["test_file"]
        return bool(testing) and not self.env.context.get("force_report_rendering")

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Make the PDF file of each record, or take it from its attachment.

        :return: ``{record id: {'stream': BytesIO, 'attachment': record}}``; the key is ``False`` for a file about
            all records
        """
        report = self._get_report(report_ref)
        streams = collections.OrderedDict()
        wanted = list(dict.fromkeys(res_ids or ()))
        for record in self.env[report.model].browse(wanted) if wanted else ():
            attachment, stream = None, None
            if report.attachment and not self.env.context.get("report_pdf_no_attachment"):
                attachment = report.retrieve_attachment(record)
                if attachment and report.attachment_use:
                    stream = io.BytesIO(attachment.raw)
            streams[record.id] = {"stream": stream, "attachment": attachment}
        missing = [res_id for res_id in wanted if streams[res_id]["stream"] is None]
        if wanted and not missing:
            return streams
        content, printed_ids = self._make_pdf(report, missing, data)
        parts = None
        if missing and set(printed_ids) == set(missing) and len(printed_ids) == len(missing):
            parts = split_pdf(content, len(missing))
        elif len(missing) == 1:
            parts, printed_ids = [content], missing
        if parts is None:
            # which pages are whose is not known
            return self._print_apart(report, missing, data, streams, content)
        for number, (res_id, part) in enumerate(zip(printed_ids, parts, strict=True)):
            streams[res_id]["stream"] = PrintedPart(part, content, number, len(parts))
        return streams

    def _print_apart(self, report, missing, data, streams, content):
        """Return the streams of a report that does not tell its records apart: a file for all, or one each to keep."""
        if not (report.attachment and missing):
            kept = {res_id: found for res_id, found in streams.items() if found["stream"]}
            return {**kept, False: {"stream": io.BytesIO(content), "attachment": None}}
        for res_id in missing:
            streams[res_id]["stream"] = io.BytesIO(self._make_pdf(report, [res_id], data)[0])
        return streams

    def _make_pdf(self, report, res_ids, data):
        """Render the template for some records and print it.

        :return: the content of the file, and the ids of the records in the order in which they stand in it
        """
        page = self._render_qweb_html(report, res_ids, data=data)[0]
        bodies, html_ids, header, footer, arguments = report.with_context(self.env.context)._prepare_html(
            page, report_model=report.model
        )
        content = self._run_wkhtmltopdf(
            bodies,
            report_ref=report,
            header=header,
            footer=footer,
            landscape=self.env.context.get("landscape"),
            specific_paperformat_args=arguments,
            set_viewport_size=self.env.context.get("set_viewport_size"),
        )
        return content, [res_id for res_id, _bodies in itertools.groupby(html_ids)]

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Render a report as PDF.

        :return: ``(bytes, 'pdf')``
        :raise UserError: when the machine cannot make PDF files
        """
        report = self._get_report(report_ref)
        streams, kind = self._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        if kind != "pdf":
            return streams, kind
        if report.attachment and not self.env.context.get("report_pdf_no_attachment"):
            values = report._prepare_pdf_report_attachment_vals_list(streams)
            if values:
                try:
                    self.env["ir.attachment"].create(values)
                except AccessError:
                    _logger.info("User %s may not keep reports of %s", self.env.user.login, report.model)
        return merge_streams([data["stream"] for data in streams.values()]), "pdf"

    def _prepare_html(self, html, report_model=False):
        """Cut a rendered report in documents.

        :param html: bytes or text
        :return: ``(bodies, record ids, header, footer, arguments)``; arguments are the ``data-report-*`` attributes
            of the root
        """
        root = parse_page(html)
        if root is None:
            return [], [], "", "", {}
        arguments = {name: value for name, value in root.items() if name.startswith("data-report-")}
        companies = {int(number) for number in _COMPANY_CLASS.findall(html if isinstance(html, str) else html.decode())}
        report = self.with_context(report_companies=sorted(companies))
        bodies, res_ids, strips = [], [], {"headers": [], "footers": []}
        for article, header, footer in take_parts(root):
            strips["headers"].append(header)
            strips["footers"].append(footer)
            if article.tag != "div":
                main = article.find(".//main")
                bodies.append(report._wrap_body(inner_html(article if main is None else main)))
                res_ids.append(None)
                continue
            lang = article.get("data-oe-lang")
            bodies.append((report.with_context(lang=lang) if lang else report)._wrap_body(outer_html(article)))
            res_id = int(article.get("data-oe-id") or 0)
            res_ids.append(res_id if article.get("data-oe-model") == report_model and res_id else None)
        wrapped = [report._wrap_strips(name, nodes) for name, nodes in strips.items()]
        return bodies, res_ids, *wrapped, arguments

    def _wrap_strips(self, name, nodes):
        """Put the headers, or the footers, of all documents into one page.

        :param nodes: elements, ``None`` for documents that have none
        """
        if not any(node is not None for node in nodes):
            return ""
        texts = ["<div></div>" if node is None else outer_html(node) for node in nodes]
        return self._wrap_body(f'<div id="minimal_layout_report_{name}">{"".join(texts)}</div>', subst=True)

    def _wrap_body(self, body, subst=False):
        """Put a part of a report into a page with the styles of reports.

        :param subst: whether the page has numbers of pages to be filled in
        """
        if not body:
            return ""
        layout = self._get_layout()
        if not layout:
            return f'<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>{body}</body></html>'
        return str(
            self.env["ir.qweb"]._render(
                layout.id,
                {
                    "subst": subst,
                    "body": Markup(body),
                    "base_url": self._get_report_url(),
                    "report_xml_id": self.xml_id,
                    "css_margins": self.get_paperformat().css_margins,
                    "report_companies": self.env["res.company"].sudo().browse(self.env.context.get("report_companies")),
                    "debug": self.env.context.get("debug"),
                },
            )
        )

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Print HTML documents with the engine that the configuration chooses, which need not be that program.

        :param bodies: pages, text each
        :param header: page with what stands above the text; ``page`` and ``topage`` are the classes of places for
            the number of the page and that of the last one
        :param footer: the same for below the text
        :param specific_paperformat_args: ``data-report-*`` values, which override those of the paper
        :return: content of the PDF file
        :raise UserError: when there is no engine, or it fails
        """
        report = self._get_report(report_ref) if report_ref else self
        arguments = specific_paperformat_args or {}
        paperformat = report.get_paperformat() if report_ref else self.env.company.paperformat_id
        if landscape is None or landscape is False:
            landscape = arguments.get("data-report-landscape") in ("True", "true", "1")
        documents = documents_of(bodies, header, footer, self._get_report_resources(), report.name or "")
        paper = paper_of(paperformat, bool(landscape), arguments, bool(header), bool(footer))
        return print_report(documents, paper)

    def _get_report_resources(self):
        """Return what the documents of a printing refer to, as the user may see it."""
        parameters = self.env["ir.config_parameter"].sudo()
        own = [self._get_report_url(), *(parameters.get_param(name) for name in ("web.base.url", "report.url"))]
        if request:
            own.append(request.httprequest.host_url)
        return ReportResources(self.sudo(False), own)

    def _get_report_resource(self, path, query):
        """Return a file that a printed report refers to; extended by modules that serve some.

        :param path: path of the address, without the server
        :param query: parameters of the address
        :return: ``(content, MIME type)``, or ``None`` when there is none for this user
        """
        match = _STATIC_FILE.fullmatch(path)
        if match:
            if ".." in path.split("/"):
                return None
            try:
                content = Path(file_path(f"{match[1]}/static/{match[2]}")).read_bytes()
            except OSError:
                return None
            return content, mimetypes.guess_type(path)[0]
        attachment = self.env["ir.attachment"].search([("url", "=", path), ("type", "=", "binary")], limit=1)
        return (attachment.raw, attachment.mimetype) if attachment else None

    def _run_wkhtmltoimage(self, bodies, width, height, image_format="jpg"):
        """Take a picture of each document.

        :return: list of contents, ``None`` where there is no engine
        """
        return [html_to_image(body, width, height, image_format) for body in bodies]

    # ------------------------------------------------------------------ barcodes

    @api.private
    @api.model
    def barcode(self, barcode_type, value, **kwargs):
        """Draw a barcode.

        :param barcode_type: ``Code128``, ``EAN13``, ``QR``, ...
        :param kwargs: ``width``, ``height``, ``humanreadable``, ``quiet``, ``barLevel``
        :return: content of a PNG image
        :raise ValueError: for an unknown type or an impossible value
        """
        return self._draw_barcode(barcode_type, value, False, **kwargs)

    def _draw_barcode(self, barcode_type, value, vector, **kwargs):
        """Draw a barcode as :meth:`barcode` does.

        :param vector: return an SVG image, which can be printed in any size
        """
        options = {name: int(kwargs[name]) for name in ("width", "height") if kwargs.get(name)}
        level = kwargs.get("barLevel")
        return draw_barcode(
            barcode_type,
            str(value),
            humanreadable=bool(int(kwargs.get("humanreadable") or 0)),
            quiet=bool(int(kwargs.get("quiet", 1) or 0)),
            error_level=level if level in ("L", "M", "Q", "H") else "L",
            vector=bool(vector),
            **options,
        )

    @api.private
    @api.model
    def get_available_barcode_masks(self):
        """Hook: functions that draw something over a barcode: ``{name: function(width, height, drawing)}``."""
        return {}

    # ------------------------------------------------------------------ action

    def report_action(self, docids, data=None, config=True):
        """Return the action that prints the report.

        :param docids: records, id or ids
        :param data: values for the template
        :param config: first ask an administrator for the layout of documents, when it was never chosen
        """
        action = {name: self[name] for name in ("name", "report_name", "report_type", "report_file")}
        records = {"active_ids": _as_ids(docids)} if docids else {}
        action.update(type=self._name, data=data, context={**self.env.context, **records})
        if config and self._lacks_layout():
            return self._action_configure_external_report_layout(action)
        return action

    def _lacks_layout(self) -> bool:
        """Tell whether the user is one to choose the layout of documents, which nobody did yet."""
        asked = not self.env.context.get("discard_logo_check") and self.env.is_admin()
        return asked and not self.env.company.external_report_layout_id

    def _action_configure_external_report_layout(
        self, report_action, xml_id="web.action_base_document_layout_configurator"
    ):
        """Return the action that asks for the layout of documents and then prints; or ``report_action``.

        :param xml_id: external id of the action that asks
        """
        if not self.env.ref(xml_id, raise_if_not_found=False):
            return report_action
        action = self.env["ir.actions.actions"]._for_xml_id(xml_id)
        context = action.get("context")
        context = safe_eval(context) if isinstance(context, str) else dict(context or {})
        context.update(report_action=report_action, close_on_report_download=True)
        action["context"] = context
        return action


def _as_ids(records):
    """Return the ids of what designates records: those themselves, an id, ids or nothing."""
    if isinstance(records, models.BaseModel):
        return records.ids
    return [records] if isinstance(records, int) else records and list(records)
