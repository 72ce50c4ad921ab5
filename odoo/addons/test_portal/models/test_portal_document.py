"""A document with a page."""

from odoo import fields, models


class TestPortalDocument(models.Model):
    """A document with a page, that customers may write messages on."""

    _name = "test.portal.document"
    _description = "Document with a page"
    _inherit = ["portal.mixin", "mail.thread"]
    _mail_post_access = "read"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner")
    company_id = fields.Many2one("res.company")
    signed_by = fields.Char()
    signature = fields.Binary()

    def _compute_access_url(self):
        """Have a page for each."""
        for document in self:
            document.access_url = f"/my/documents/{document.id}"

    def _get_report_base_filename(self):
        """Name files after the document."""
        return f"Plan {self.name}"
