"""Models that show what a field keeps, shows and accepts."""

from odoo import api, fields, models


class Reader(models.Model):
    """Values that are computed in superuser mode for whoever reads them."""

    _name = "test_orm.reader"
    _description = "Reader"

    name = fields.Char()
    reader_name = fields.Char(compute="_compute_reader", compute_sudo=True)
    reader_mode = fields.Char(compute="_compute_reader_mode")

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_reader(self):
        for record in self:
            record.reader_name = f"{record.name} for {self.env.user.login}"

    @api.depends_context("uid")
    def _compute_reader_mode(self):
        for record in self:
            record.reader_mode = f"{self.env.user.login} {self.env.su}"
