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


class Choice(models.Model):
    """Options that are known only when they are asked for."""

    _name = "test_orm.choice"
    _description = "Choice"

    by_method = fields.Selection("_select_options")
    by_function = fields.Selection(lambda self: [("x", "X")])
    literal = fields.Selection([("a", "A")])
    related_id = fields.Many2one("test_orm.choice")
    related_literal = fields.Selection(related="related_id.literal", readonly=False)

    def _select_options(self):
        return [("one", "One")]
