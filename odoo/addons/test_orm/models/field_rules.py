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


class Titled(models.Model):
    """Its display name is what it is given."""

    _name = "test_orm.titled"
    _description = "Titled"

    display_name = fields.Char()
    number = fields.Integer()


class NameKeeper(models.Model):
    """Its display name is computed and stored; what extends it has a parent with an automatic one."""

    _name = "test_orm.name.keeper"
    _description = "Keeper of a Name"

    name = fields.Char()
    number = fields.Integer()
    display_name = fields.Char(compute="_compute_display_name", store=True)

    @api.depends("name", "number")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.name} no. {record.number}"


class NamelessMixin(models.AbstractModel):
    _name = "test_orm.nameless.mixin"
    _description = "Has an Automatic Name"

    mixed = fields.Integer()


class ExtendedNameKeeper(models.Model):
    _name = "test_orm.name.keeper"
    _description = "Keeper of a Name"
    _inherit = ["test_orm.nameless.mixin", "test_orm.name.keeper"]


class NameHeir(models.Model):
    """Gets the stored display name from the model that it is made like."""

    _name = "test_orm.name.heir"
    _description = "Heir of a Name"
    _inherit = "test_orm.name.keeper"


class Sized(models.Model):
    """Contents in a column and in attachments, and what is related to them."""

    _name = "test_orm.sized"
    _description = "Sized"

    column = fields.Binary(attachment=False)
    attached = fields.Binary()
    source_id = fields.Many2one("test_orm.sized")
    related_column = fields.Binary(related="source_id.column", readonly=False)
    related_attached = fields.Binary(related="source_id.attached", readonly=False)
    kept_column = fields.Binary(related="source_id.column", string="Kept", store=True, attachment=False)
    kept_attached = fields.Binary(related="source_id.attached", string="Kept Attached", store=True)
    shown = fields.Binary(compute="_compute_shown")
    listed = fields.Binary(compute="_compute_listed")

    @api.depends("column")
    def _compute_shown(self):
        for record in self:
            record.shown = record.column

    def _compute_listed(self):
        for record in self:
            record.listed = [(record.id, "text")]
