"""The pages of documents, as addons write them."""

from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.exceptions import AccessError, MissingError
from odoo.http import request


class DocumentPortal(CustomerPortal):
    """A list of documents, and a page of each."""

    def _prepare_home_portal_values(self, counters):
        """Count the documents."""
        values = super()._prepare_home_portal_values(counters)
        if "document_count" in counters:
            values["document_count"] = request.env["test.portal.document"].search_count([])
        return values

    @http.route(
        ["/my/documents", "/my/documents/page/<int:page>"], type="http", auth="user", website=True, readonly=False
    )
    def documents(self, page=1, sortby=None, search=None, search_in="name", **kw):
        """Show the documents."""
        sortings = {
            "new": {"label": "Newest", "order": "id desc"},
            "name": {"label": "Name", "order": "name"},
        }
        inputs = {"name": {"input": "name", "label": "Search in names"}}
        sortby = sortby if sortby in sortings else "new"
        domain = [("name", "ilike", search)] if search else []
        documents = request.env["test.portal.document"]
        pages = pager("/my/documents", documents.search_count(domain), page, 2, url_args={"sortby": sortby})
        found = documents.search(domain, order=sortings[sortby]["order"], limit=2, offset=pages["offset"])
        request.session["my_documents_history"] = found.ids
        values = {
            **self._prepare_portal_layout_values(),
            "documents": found,
            "page_name": "documents",
            "pager": pages,
            "default_url": "/my/documents",
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_inputs": inputs,
            "search_in": search_in,
            "search": search,
        }
        return request.render("test_portal.documents", values)

    @http.route("/my/documents/<int:document_id>", type="http", auth="public", website=True)
    def document(self, document_id, access_token=None, **kw):
        """Show a document."""
        try:
            document = self._document_check_access("test.portal.document", document_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if kw.get("report_type"):
            report, download = "test_portal.report", bool(kw.get("download"))
            return self._show_report(document, kw["report_type"], report, download=download)
        values = self._get_page_view_values(
            document, access_token, {"page_name": "documents"}, "my_documents_history", False, **kw
        )
        return request.render("test_portal.document", values)

    @http.route("/my/documents/<int:document_id>/sign", type="json", auth="public", website=True)
    def sign(self, document_id, access_token=None, name=None, signature=None):
        """Sign a document."""
        document = self._document_check_access("test.portal.document", document_id, access_token)
        document.write({"signed_by": name, "signature": signature})
        return {"force_refresh": True, "redirect_url": document.get_portal_url(query_string="&signed=1")}
