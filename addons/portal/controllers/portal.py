"""The pages of people from outside: home, documents and their files."""

import re

from odoo import SUPERUSER_ID, http
from odoo.addons.web.controllers.utils import guarded, whole_number
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import content_disposition, request
from odoo.tools import consteq
from odoo.tools.translate import _

from .pagers import _build_url_w_params, get_records_pager, pager
from .portal_account import AccountPages, get_error

__all__ = ["CustomerPortal", "_build_url_w_params", "get_error", "get_records_pager", "pager"]

#: counters that one request asks for, and how long their names may be
MOST_COUNTERS = 100


class CustomerPortal(AccountPages):
    """The pages of somebody from outside; modules extend it by their documents."""

    #: documents on a page of a list
    _items_per_page = 80

    # home

    def _prepare_portal_layout_values(self) -> dict:
        """Return what all pages show: who takes care of the visitor."""
        partner = request.env.user.partner_id.sudo()
        keepers = (partner.user_id, partner.commercial_partner_id.user_id)
        keeper = next((user for user in keepers if user and not user._is_public()), request.env["res.users"])
        return {"sales_user": keeper, "page_name": "home"}

    def _prepare_home_portal_values(self, counters) -> dict:
        """Return what the home page shows beside the layout, for those counters that are asked for.

        :param counters: names such as ``invoice_count``
        """
        return {}

    @http.route(["/my/counters"], type="json", auth="user", website=True, readonly=True)
    def counters(self, counters, **kw):
        """Return how many documents there are of some kinds, and remember which there are.

        :param counters: list of their names
        """
        if not isinstance(counters, list) or len(counters) > MOST_COUNTERS:
            raise UserError(_("Counters are asked for by a list of at most %s names.", MOST_COUNTERS))
        values = self._prepare_home_portal_values(counters)
        seen = {name: bool(values.get(name)) for name in counters if isinstance(name, str) and name.endswith("_count")}
        known = request.session.get("portal_counters") or {}
        if {**known, **seen} != known:
            request.session["portal_counters"] = {**known, **seen}
        return values

    @http.route(["/my", "/my/home"], type="http", auth="user", website=True)
    def home(self, **kw):
        """Show what there is for the visitor; counts come afterwards."""
        layout, own = self._prepare_portal_layout_values(), self._prepare_home_portal_values([])
        return guarded(request.render("portal.portal_my_home", {**layout, **own}))

    # documents

    def _document_check_access(self, model_name, document_id, access_token=None):
        """Return a document with the rights of the superuser, for who may read it or has its token.

        :raise MissingError: there is no such document
        :raise AccessError: neither is so
        """
        document = request.env[model_name].browse([document_id])
        known = document.with_user(SUPERUSER_ID).exists()
        if not known:
            raise MissingError(_("This document does not exist any more."))
        try:
            document.check_access("read")
        except AccessError:
            token = known.access_token if "access_token" in known._fields else None
            is_right = isinstance(access_token, str) and token and consteq(token.encode(), access_token.encode())
            if not is_right:
                raise
        return known

    def _get_page_view_values(self, document, access_token, values, session_history, no_breadcrumbs, **kwargs) -> dict:
        """Return what the page of a document shows.

        :param document: as of :meth:`_document_check_access`
        :param access_token: the token of the address
        :param values: of the page itself
        :param session_history: key of the session with the ids of the list
        :param no_breadcrumbs: there is no way back to a list
        :param kwargs: arguments of the address
        """
        shown = {"object": document, **values}
        if access_token:
            # who came by a link has no list
            shown.update(no_breadcrumbs=True, access_token=access_token, token=access_token)
        shown.update(
            {name: kwargs[name] for name in ("error", "warning", "success", "pid", "hash") if kwargs.get(name)}
        )
        return {**shown, **get_records_pager(request.session.get(session_history) or [], document)}

    def _show_report(self, model, report_type, report_ref, download=False):
        """Return the printed document of one record.

        :param report_type: ``html``, ``pdf`` or ``text``
        :param report_ref: the report
        :param download: as a file
        :raise UserError: for other types, and records of several companies
        """
        renderers = {"html": "_render_qweb_html", "pdf": "_render_qweb_pdf", "text": "_render_qweb_text"}
        if report_type not in renderers:
            raise UserError(_("Documents are shown as html, pdf or text, not as %s.", report_type))
        reports = self._reports_of_company(model)
        content, *_kind = getattr(reports, renderers[report_type])(
            report_ref, model.ids, data={"report_type": report_type}
        )
        headers = self._get_http_headers(model, report_type, content, download)
        return request.make_response(content, headers=[*headers.items()])

    @staticmethod
    def _reports_of_company(records):
        """Return the model of reports, in the company that records are of.

        :raise UserError: they are of several
        """
        reports = request.env["ir.actions.report"].sudo()
        companies = records.company_id if "company_id" in records._fields else reports.env["res.company"]
        if len(companies) > 1:
            raise UserError(_("Documents of several companies are printed one by one."))
        return reports.with_company(companies) if companies else reports

    def _get_http_headers(self, model, report_type, report, download) -> dict:
        """Return the headers of a printed document."""
        kinds = {"pdf": "application/pdf", "text": "text/plain; charset=utf-8", "html": "text/html; charset=utf-8"}
        size = len(report if isinstance(report, bytes) else report.encode())
        headers = {"Content-Type": kinds[report_type], "Content-Length": str(size)}
        if report_type == "pdf" and download:
            name = re.sub(r"\W+", "-", model._get_report_base_filename())
            headers["Content-Disposition"] = content_disposition(f"{name}.pdf")
        return headers

    @http.route(["/portal/attachment/remove"], type="json", auth="public")
    def attachment_remove(self, attachment_id, access_token=None):
        """Delete a file that was not sent yet.

        :raise UserError: it was, or the visitor has neither the right nor its token
        """
        file = request.env["ir.attachment"].browse(whole_number(attachment_id, "attachment_id")).exists()
        known = file.sudo()
        given = access_token if isinstance(access_token, str) else ""
        by_token = bool(known.access_token) and consteq(known.access_token.encode(), given.encode())
        if not file or not (by_token or file.has_access("write")):
            raise UserError(_("The file does not exist, or you may not remove it."))
        if known.res_model != "mail.compose.message" or known.res_id != 0:
            raise UserError(_("The file %s was sent already.", known.name))
        if request.env["mail.message"].sudo().search_count([("attachment_ids", "in", file.ids)], limit=1):
            raise UserError(_("The file %s belongs to a message already.", known.name))
        return known.unlink()
