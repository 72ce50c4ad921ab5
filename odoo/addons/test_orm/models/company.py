"""Several companies."""

from odoo import api, fields, models


class Document(models.Model):
    _name = "test_orm.document"
    _description = "Document"
    _check_company_auto = True

    name = fields.Char()
    company_id = fields.Many2one("res.company")
    parent_id = fields.Many2one("test_orm.document", check_company=True)
    related_ids = fields.Many2many(
        "test_orm.document", "test_orm_document_rel", "left_id", "right_id", check_company=True
    )
    code = fields.Char(company_dependent=True)
    code_length = fields.Integer(compute="_compute_code_length")
    parent_code = fields.Char(related="parent_id.code")
    amount = fields.Float(company_dependent=True)
    number = fields.Integer(company_dependent=True)
    flag = fields.Boolean(company_dependent=True)
    day = fields.Date(company_dependent=True)
    choice = fields.Selection([("a", "A"), ("b", "B")], company_dependent=True)
    tag_id = fields.Many2one("test_orm.tag", company_dependent=True)
    document_id = fields.Many2one("test_orm.document", company_dependent=True, check_company=True)

    @api.depends("code")
    @api.depends_context("company")
    def _compute_code_length(self):
        for document in self:
            document.code_length = len(document.code or "")
