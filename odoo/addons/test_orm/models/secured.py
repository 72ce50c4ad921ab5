"""Who may do what."""

from odoo import fields, models


class Secured(models.Model):
    """Managers may do everything, users may read what the rules let them."""

    _name = "test_orm.secured"
    _description = "Secured Document"

    name = fields.Char()
    secret = fields.Char(groups="test_orm.group_manager")
    nobody = fields.Char(groups=".")
    not_for_managers = fields.Char(groups="!test_orm.group_manager")
    user_id = fields.Many2one("res.users")
    level = fields.Integer()
    public = fields.Boolean()
    line_ids = fields.One2many("test_orm.secured.line", "secured_id")
    parent_id = fields.Many2one("test_orm.secured")
    child_ids = fields.One2many("test_orm.secured", "parent_id")
    related_ids = fields.Many2many("test_orm.secured", "test_orm_secured_rel", "left_id", "right_id")
    secret_length = fields.Integer(compute="_compute_secret_length", compute_sudo=True)

    def _compute_secret_length(self):
        for record in self:
            record.secret_length = len(record.secret or "")


class SecuredLine(models.Model):
    """Nobody but managers has access."""

    _name = "test_orm.secured.line"
    _description = "Secured Line"

    name = fields.Char()
    secured_id = fields.Many2one("test_orm.secured", ondelete="cascade")


class Unreachable(models.Model):
    """No group has access."""

    _name = "test_orm.unreachable"
    _description = "Unreachable"

    name = fields.Char()
